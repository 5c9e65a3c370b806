# The n-th allocation, read or write fails, for every n until none does: a
# command says so in one line and exits 1 or 2, or its output is whole.
load common
load faults/loops

@test "memory runs out at any allocation: one line, never a crash or short output" {
	[ -z "$DESK_SLOW" ] || skip "sanitizers have a malloc of their own"
	article >text
	few >records
	record | gzip >packed.gz
	record | zstd -q >packed.zst
	for tool in $TOOLS; do
		for arguments in "text" "-t jsonl text" "records" "-j 2 records" "-o made records" \
			"packed.gz" "packed.zst" "--encoding=ISO-8859-1 text"; do
			rm -f made
			go $tool $arguments
			[ ! -e made ] || mv made out
			mv out want
			# glibc does not tell why it has no converter.
			case $arguments in
			--encoding=*) says= ;;
			*) says=$MEMORY ;;
			esac
			LEAST=5 SAYS=$says every memory $tool $arguments
		done
	done
}

@test "memory runs out in columns, standoff and counts" {
	[ -z "$DESK_SLOW" ] || skip "sanitizers have a malloc of their own"
	article >text
	printf 'Ana B-PER\nLima I-PER\n. O\n\n-DOCSTART- O\n\nOslo S-LOC\n' >columns
	for arguments in "-t conll text" "-t brat text" "-f conll columns" "-f conll -t jsonl columns" \
		"--count text" "--count -j 2 text"; do
		exits 0 tag-entities $arguments
		mv out want
		LEAST=5 SAYS=$MEMORY every memory tag-entities $arguments
	done
}

@test "memory runs out in pages: what is written is a page all the same" {
	[ -z "$DESK_SLOW" ] || skip "sanitizers have a malloc of their own"
	strip-boilerplate -t jsonl "$ROOT/tests/fixtures/view/page.html" | split-sentences |
		tag-entities | extract-quotes >all
	for tool in $TOOLS; do
		exits 0 $tool -t html all all
		mv out want
		n=1
		while :; do
			rm -f done
			go inject memory $n $tool -t html all all
			if [ "$status" -eq 0 ]; then
				same want out "$tool: memory $n"
				[ -s done ] || break
			else
				[ "$status" -le 2 ] || wrong "$tool: memory $n: crashed"
				says_like "^$tool: $MEMORY"
			fi
			# Only where the page itself cannot be written it is cut off.
			[ "$status" -ne 1 ] || python3 "$ROOT/tests/view/check.py" out || wrong "$tool: memory $n"
			n=$((n + 1 + n / 20))
		done
		[ "$n" -gt 20 ] || wrong "$tool: no memory failed"
	done
}

@test "any read fails: one line, exit 1 or 2" {
	[ -z "$DESK_SLOW" ] || skip "sanitizers read for themselves"
	few >records
	for i in $(seq 200); do article; done | tr -s '\n' >text
	for tool in $TOOLS; do
		for arguments in "records" "-j 2 records" "text"; do
			reads $tool $arguments
		done
	done
}

@test "any write fails, or the last flush: one line, exit 2" {
	[ -z "$DESK_SLOW" ] || skip "sanitizers write for themselves"
	for i in $(seq 80); do record $i; done >records
	tr '\n' '\0' <records >nulls
	for tool in $TOOLS; do
		for arguments in "records" "-l records" "-j 2 records" "-o made records" "-0 nulls"; do
			writes $tool $arguments
		done
	done
}

@test "short and interrupted reads and writes give the same bytes" {
	[ -z "$DESK_SLOW" ] || skip "sanitizers read and write for themselves"
	article >text
	few >records
	record | gzip >packed.gz
	record | zstd -q >packed.zst
	for tool in $TOOLS; do
		for arguments in text records packed.gz packed.zst "-j 2 records" "--encoding=UTF-8 text"; do
			exits 0 $tool $arguments
			mv out want
			exits 0 inject short 1 $tool $arguments
			same want out "$tool $arguments"
		done
	done
}
