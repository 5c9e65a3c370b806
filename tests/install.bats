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
	for tool in $COMMANDS; do
		[ -s "x/usr/share/bash-completion/completions/$tool" ]
		[ -s "x/usr/share/zsh/site-functions/_$tool" ]
		[ -s "x/usr/share/fish/vendor_completions.d/$tool.fish" ]
	done
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

@test "LIBDIR= puts the library elsewhere, and pkg-config finds it there" {
	make -s -C "$ROOT" BUILD="$BUILD" install DESTDIR="$PWD/x" PREFIX=/usr \
		LIBDIR=/usr/lib/some-machine >/dev/null
	[ -f x/usr/lib/some-machine/libcopydesk.a ]
	[ ! -e x/usr/lib/libcopydesk.a ]
	PKG_CONFIG_LIBDIR=x/usr/lib/some-machine/pkgconfig pkg-config --variable=libdir copydesk >out
	[ "$(cat out)" = /usr/lib/some-machine ]
}

@test "make uninstall leaves no trace, and what is not ours" {
	mkdir -p x/usr/bin x/usr/include x/usr/lib x/usr/share/doc x/usr/share/man
	find x | sort >before
	install_to "$PWD/x"
	find x | sort >between
	! cmp -s before between
	make -s -C "$ROOT" BUILD="$BUILD" uninstall DESTDIR="$PWD/x" PREFIX=/usr >/dev/null
	find x | sort >after
	diff before after

	install_to "$PWD/x"
	touch x/usr/share/copydesk/my.model x/usr/share/man/man1/other.1
	make -s -C "$ROOT" BUILD="$BUILD" uninstall DESTDIR="$PWD/x" PREFIX=/usr >/dev/null
	[ "$(find x -type f -o -type l | sort | tr '\n' ' ')" = \
		"x/usr/share/copydesk/my.model x/usr/share/man/man1/other.1 " ]
}

@test "two builds from two directories are equal byte for byte" {
	[ -z "$DESK_SLOW" ] || skip "once is enough"
	for dir in one another/below; do
		mkdir -p $dir
		(cd "$ROOT" && cp -R LICENSE Makefile README.md cmd lib man "$OLDPWD/$dir")
		make -s -C $dir BUILD=build CFLAGS='-O0 -g' all >log 2>&1 || { cat log; false; }
		make -s -C $dir BUILD=build CFLAGS='-O0 -g' install \
			DESTDIR="$PWD/$dir/root" PREFIX=/usr >/dev/null
	done
	[ "$(find one/root -type f | wc -l)" -gt 30 ]
	diff -r one/root another/below/root
}

@test "the Debian packages have the version of the library" {
	[ "$(sed -n '1s/.*(\(.*\)).*/\1/p' "$ROOT/debian/changelog")" = \
		"$(split-sentences --version | sed 's/.*(copydesk) \([0-9.]*\),.*/\1/')" ]
}

@test "the shared library exports desk_ names only, and the tools need few libraries" {
	! grep -q __gcov_ "$BUILD/libcopydesk.a" || skip "coverage adds its own"
	so=$(ls "$BUILD"/libcopydesk.so.*)
	nm -D --defined-only "$so" | awk '$2 ~ /[A-Z]/ {print $3}' | grep -v -e '^desk_' -e '^_' >others || true
	[ ! -s others ] || { cat others; false; }
}

@test "the library holds no data that can be written" {
	[ -z "$DESK_SLOW" ] || skip "a sanitizer adds its own"
	! grep -q __gcov_ "$BUILD/libcopydesk.a" || skip "coverage adds its own"
	size -A "$BUILD/libcopydesk.a" |
		awk '/ex / {file = $1} $1 ~ /^\.(data|bss)$/ && $2 {print file, $1, $2}' >writable
	[ ! -s writable ] || { cat writable; false; }
}
