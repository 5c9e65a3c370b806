# The n-th allocation, read or write fails, for every n until none does: a
# command says so in one line and exits 1 or 2, or its output is whole.
load common

setup_file() {
	[ -z "$DESK_SLOW" ] || return 0
	mkdir -p "$BUILD/faults"
	cc -std=gnu11 -O1 -fPIC -shared -o "$BUILD/faults/inject.so" "$ROOT/tests/faults/inject.c"
}

inject() {
	FAULT_KIND=$1 FAULT_AT=$2 FAULT_DONE=$PWD/done LD_PRELOAD=$BUILD/faults/inject.so "${@:3}"
}

# every KIND COMMAND...: the loop.  The good output is in want.
every() {
	local fault=$1 n=1 hits=0
	shift
	while :; do
		rm -f done made
		go inject $fault $n "$@"
		[ ! -e made ] || mv made out
		if [ "$status" -eq 0 ]; then
			same want out "$*: $fault $n: success, but not the output"
			silent "$*: $fault $n: success, but"
			[ -e done ] || break
		else
			[ "$status" -le 2 ] || wrong "$*: $fault $n: crashed"
			says_like "^$1: " || wrong "$*: $fault $n"
			if [ -s out ]; then
				grep -vxFf want out >strange && wrong "$*: $fault $n: output that should not be"
			fi
		fi
		[ "$(find . -name 'made.*' | wc -l)" -eq 0 ] || wrong "$*: $fault $n: a temporary file stays"
		hits=$((hits + 1))
		n=$((n + 1 + n / 40))
	done
	[ "$hits" -ge "${LEAST:-1}" ] || wrong "$*: no $fault failed"
}

few() {
	record a
	echo '{"id":"none"}'
	record b
}

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
			LEAST=5 every memory $tool $arguments
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
		LEAST=5 every memory tag-entities $arguments
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

reads() {
	local n=1
	while :; do
		rm -f done
		go inject read $n "$@"
		[ -e done ] || break
		[ "$status" -eq 1 ] || wrong "$*: read $n failed, status"
		grep -q "cannot read: Input/output error$" err || wrong "$*: read $n"
		[ "$(grep -vc 'no article found' err)" -eq 1 ] || wrong "$*: read $n: lines"
		n=$((n + 1))
	done
	[ "$status" -eq 0 ] || wrong "$*: at the end"
	[ "$n" -ge 3 ] || wrong "$*: no read failed"
}

@test "any write fails, or the last flush: one line, exit 2" {
	[ -z "$DESK_SLOW" ] || skip "sanitizers write for themselves"
	for i in $(seq 80); do record $i; done >records
	tr '\n' '\0' <records >nulls
	for tool in $TOOLS; do
		for arguments in "records" "-l records" "-j 2 records" "-o made records" "-0 nulls"; do
			n=1
			while :; do
				rm -f done made
				go inject write $n $tool $arguments
				[ -e done ] || break
				[ "$status" -eq 2 ] || wrong "$tool $arguments: write $n, status"
				says_like "^$tool: .*cannot write: No space left on device"
				[ ! -e made ] || wrong "$tool: write $n: half a file"
				n=$((n + 1 + n / 10))
			done
			[ "$status" -eq 0 ] || wrong "$tool $arguments: at the end"
			[ "$n" -ge 2 ] || wrong "$tool $arguments: no write failed"
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
