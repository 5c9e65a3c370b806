# The rules of the house: rooms depend downwards only, and each does its own.
load common

# What a file may include: its own room and those behind it in this line.
rooms() {
	case $1 in
	cmd) echo "cli copydesk.h" ;;
	cli) echo "cli io boilerplate sentences entities quotes page html model doc core copydesk.h tables.h" ;;
	io) echo "io boilerplate sentences entities quotes page html model doc core copydesk.h" ;;
	boilerplate | sentences | entities | quotes) echo "$1 page html model doc core copydesk.h" ;;
	page) echo "page html doc core copydesk.h" ;;
	html) echo "html doc core copydesk.h" ;;
	model) echo "model doc core copydesk.h" ;;
	doc) echo "doc core copydesk.h" ;;
	core) echo "core copydesk.h" ;;
	*) echo unknown ;;
	esac
}

# Our own includes of a file, by room.
included() {
	sed -n 's/^#include "\([^"]*\)".*/\1/p' "$1" | grep -v '\.inc$' | sed 's|/.*||'
}

# Code without comments and strings, one line for each of the file.
code() {
	gcc -fpreprocessed -dD -E -P - <"$1" 2>/dev/null | sed 's/"\([^"\\]\|\\.\)*"/""/g'
}

@test "rooms depend downwards only" {
	bad=0
	for file in "$ROOT"/cmd/*.c "$ROOT"/lib/*/*.[ch]; do
		room=$(basename "$(dirname "$file")")
		[ "$room" != unknown ]
		for target in $(included "$file" | sort -u); do
			case " $(rooms "$room") " in
			*" $target "*) ;;
			*) echo "${file#"$ROOT"/}: includes of $target"; bad=1 ;;
			esac
		done
	done
	[ $bad -eq 0 ]
}

@test "every room of lib is one of the plan" {
	for dir in "$ROOT"/lib/*/; do
		name=$(basename "$dir")
		[ "$name" = data ] || [ "$(rooms "$name")" != unknown ] || { echo "lib/$name"; false; }
	done
}

@test "a command is cli/cli.h, copydesk.h and at most 120 lines" {
	for file in "$ROOT"/cmd/*.c; do
		[ "$(wc -l <"$file")" -le 120 ] || { echo "$file is too long"; false; }
		! grep '^#include "' "$file" | grep -v -e '"cli/cli.h"' -e '"copydesk.h"' || { echo "$file"; false; }
	done
}

# words PATTERN FILE...: no file uses one of these names as a function.
words() {
	local pattern=$1 file bad=0
	shift
	[ -n "$(code "$1")" ]
	for file in "$@"; do
		if code "$file" | grep -nE "(^|[^A-Za-z0-9_.>])($pattern) *\("; then
			echo "^ ${file#"$ROOT"/}"
			bad=1
		fi
	done
	[ $bad -eq 0 ]
}

@test "malloc and free are called in core only" {
	if words malloc "$ROOT"/lib/core/memory.c >/dev/null; then false; fi # it is seen
	words 'malloc|calloc|realloc|free|strdup|strndup|alloca|aligned_alloc|asprintf' \
		$(ls "$ROOT"/cmd/*.c "$ROOT"/lib/*/*.[ch] | grep -v /lib/core/)
}

@test "the filters' rooms free nothing but their handles" {
	for room in boilerplate sentences entities quotes; do
		! grep -l 'desk_free' "$ROOT"/lib/$room/*.c | while read -r file; do
			grep -q '_free(struct desk_' "$file" || echo "$file"
		done | grep . || false
	done
}

@test "outside lib/cli nothing prints, exits, or looks at the environment, locale or signals" {
	words 'printf|vprintf|fprintf|puts|fputs|putchar|fwrite|perror|exit|_exit|abort|getenv|secure_getenv|setlocale|signal|sigaction|system|popen|rand|srand|time|localtime' \
		$(ls "$ROOT"/cmd/*.c "$ROOT"/lib/*/*.[ch] | grep -v /lib/cli/)
}

@test "only sources read and only the writer writes descriptors" {
	words 'read|pread|fread|fgets|getline|mmap|write|pwrite|open|fopen' \
		$(ls "$ROOT"/cmd/*.c "$ROOT"/lib/*/*.[ch] | grep -v -e /io/source.c -e /io/writer.c -e /model/)
}

@test "no ctype.h on text, no strtok, no VLA-like names of old" {
	for file in "$ROOT"/lib/*/*.[ch] "$ROOT"/cmd/*.c; do
		! grep -n 'include <ctype.h>\|include <locale.h>\|include <wchar.h>\|include <alloca.h>' "$file" || { echo "$file"; false; }
	done
	words 'strtok|gets|sprintf|strcpy|strcat|atoi|atof|strtod' "$ROOT"/lib/*/*.[ch] "$ROOT"/cmd/*.c
}

@test "files have at most 600 lines" {
	bad=0
	for file in "$ROOT"/lib/*/*.[ch] "$ROOT"/cmd/*.c "$ROOT"/tests/*/*.[ch]; do
		[ "$(wc -l <"$file")" -le 600 ] || { echo "$file: $(wc -l <"$file") lines"; bad=1; }
	done
	[ $bad -eq 0 ]
}

@test "every table says at its top where it is from and its licence" {
	for file in "$ROOT"/lib/data/*.tsv "$ROOT"/lib/data/*.rules; do
		[ -e "$file" ] || continue
		sed -n '/^#/p;/^[^#]/q' "$file" | grep -qi 'licen[cs]e' || { echo "$file: no licence"; false; }
	done
}

@test "every word list is sorted and holds no entry twice" {
	for file in "$ROOT"/lib/data/*.tsv; do
		grep -v '^#' "$file" | grep . | cut -f1 | LC_ALL=C sort -c -u || { echo "$file"; false; }
	done
}

@test "the sources are formatted" {
	command -v clang-format-14 >/dev/null || skip "no clang-format-14"
	cd "$ROOT"
	clang-format-14 --dry-run -Werror cmd/*.c lib/*.h lib/*/*.[ch] lib/data/gen/*.c tests/*/*.[ch] 2>&1 | head -n 5 >"$BATS_TEST_TMPDIR/bad"
	[ ! -s "$BATS_TEST_TMPDIR/bad" ] || { cat "$BATS_TEST_TMPDIR/bad"; false; }
}
