load common

@test "--help and the man page name the same options" {
	for tool in $COMMANDS; do
		$tool --help | grep -o -- '--[a-z][a-z-]*' | sort -u >help
		page "$ROOT/man/$tool.1" "$ROOT/man/copydesk.7" | grep -o -- '--[a-z][a-z-]*' | sort -u >page
		comm -23 help page >missing
		[ ! -s missing ] || { echo "$tool: not in the man pages:"; cat missing; false; }
		page "$ROOT/man/$tool.1" | grep -o -- '--[a-z][a-z-]*' | sort -u >own
		comm -13 help own >unknown
		[ ! -s unknown ] || { echo "$tool: no such option:"; cat unknown; false; }
	done
}

@test "man pages are clean" {
	for page in "$ROOT"/man/*.[137]; do
		run mandoc -T lint -W warning "$page"
		[ "$status" -eq 0 ] || { echo "$output"; false; }
	done
}

@test "every command has a man page and tests" {
	for tool in $COMMANDS; do
		[ -f "$ROOT/man/$tool.1" ]
		[ -f "$ROOT/tests/$tool.bats" ]
		grep -q "$tool" "$ROOT/README.md"
	done
}

# Examples are indented displays; those that begin with a command of ours and
# read files that are here are run.
@test "EXAMPLES of the man pages run" {
	cp "$ROOT/tests/fixtures/pipe/article.txt" article.txt
	cp article.txt page.txt
	cp article.txt mail.txt
	strip-boilerplate -t jsonl article.txt >feed.jsonl
	zstd -q <feed.jsonl >crawl.jsonl.zst
	PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$ROOT/tests" python3 - <<-'END'
	import json
	from warc import *
	open("article.html", "wb").write(page("The train"))
	open("pages.jsonl", "w").write(json.dumps({"html": page("The train").decode()}) + "\n")
	open("crawl.warc.gz", "wb").write(b"".join(map(gzip.compress, crawl())))
	END
	count=0
	for page in "$ROOT"/man/*.[17]; do
		examples "$page" >commands
		while IFS= read -r line; do
			echo "$(basename "$page"): $line"
			bash -o pipefail -c "$line" >out </dev/null || false
			count=$((count + 1))
		done <commands
	done
	[ "$count" -ge 6 ]
}

@test "the example of libcopydesk(3) compiles and runs" {
	[ -z "$DESK_SLOW" ] || skip "a sanitizer must come first in the program"
	make -s -C "$ROOT" BUILD="$BUILD" install PREFIX="$PWD/root" >/dev/null
	page "$ROOT/man/libcopydesk.3" | sed -n '/#include <stdio.h>/,/^ *}$/p' >example.c
	export PKG_CONFIG_PATH="$PWD/root/lib/pkgconfig"
	cc -std=c11 example.c $(pkg-config --cflags --libs copydesk) -o example
	model=$(pkg-config --variable=datadir copydesk)/en.model
	LD_LIBRARY_PATH="$PWD/root/lib" ./example "$model" >out
	[ "$(cat out)" = 'Ada Lund: We are ready,' ]
}
