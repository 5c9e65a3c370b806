load common

install_to() {
	make -s -C "$ROOT" BUILD="$BUILD" install DESTDIR="$1" PREFIX=/usr >/dev/null
}

@test "make install DESTDIR= PREFIX= puts everything in its place" {
	install_to "$PWD/x"
	for tool in $COMMANDS; do
		[ -x "x/usr/bin/$tool" ]
		[ "$(x/usr/bin/$tool --version | cut -d' ' -f1)" = "$tool" ]
		page "x/usr/share/man/man1/$tool.1" | grep -q "$tool "
	done
	[ -f x/usr/include/copydesk.h ]
	[ -f x/usr/lib/libcopydesk.a ]
	[ -e x/usr/lib/libcopydesk.so ]
	[ -f x/usr/lib/pkgconfig/copydesk.pc ]
	page x/usr/share/man/man7/copydesk.7 | grep -q copydesk
	page x/usr/share/man/man3/libcopydesk.3 | grep -q libcopydesk
}

@test "what was installed finds its model, wherever it was moved" {
	install_to "$PWD/x"
	mv x/usr moved
	[ "$(moved/bin/tag-entities <<<'Ana Lima flew to Oslo.')" = '<PER>Ana Lima</PER> flew to <LOC>Oslo</LOC>.' ]
	[ "$(moved/bin/tag-entities -m en-open <<<'Ana Lima flew to Oslo.')" = '<PER>Ana Lima</PER> flew to <LOC>Oslo</LOC>.' ]
	for model in moved/share/copydesk/*.model; do
		[ -s "${model%.model}.md" ] || { echo "no note beside $model"; false; }
	done
}

@test "make uninstall takes everything away" {
	install_to "$PWD/x"
	make -s -C "$ROOT" BUILD="$BUILD" uninstall DESTDIR="$PWD/x" PREFIX=/usr >/dev/null
	[ -z "$(find x -type f -o -type l)" ]
}

@test "the shared library exports desk_ names only, and the tools need few libraries" {
	so=$(ls "$BUILD"/libcopydesk.so.*)
	nm -D --defined-only "$so" | awk '$2 ~ /[A-Z]/ {print $3}' | grep -v -e '^desk_' -e '^_' >others || true
	[ ! -s others ] || { cat others; false; }
}

@test "the library holds no data that can be written" {
	[ -z "$DESK_SLOW" ] || skip "a sanitizer adds its own"
	size -A "$BUILD/libcopydesk.a" |
		awk '/ex / {file = $1} $1 ~ /^\.(data|bss)$/ && $2 {print file, $1, $2}' >writable
	[ ! -s writable ] || { cat writable; false; }
}
