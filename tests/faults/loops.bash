# loops.bash - what makes the n-th allocation, read or write of a command fail,
# for every n until none does.

setup_file() {
	[ -z "$DESK_SLOW" ] || return 0
	cc -std=gnu11 -O1 -fPIC -shared -o "$BATS_FILE_TMPDIR/inject.so" "$ROOT/tests/faults/inject.c"
}

inject() {
	FAULT_KIND=$1 FAULT_AT=$2 FAULT_DONE=$PWD/done LD_PRELOAD=$BATS_FILE_TMPDIR/inject.so "${@:3}"
}

MEMORY='.*\(out of memory\|: Cannot allocate memory\|cannot start a thread: .*\)$'

# every KIND COMMAND...: the loop.  The good output is in want, and what it says is
# like $SAYS.
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
			[ -s done ] || break
		else
			[ "$status" -le 2 ] || wrong "$*: $fault $n: crashed"
			says_like "^$1: ${SAYS:-}" || wrong "$*: $fault $n"
			if [ -s out ]; then
				grep -vxFf want out >strange && wrong "$*: $fault $n: output that should not be"
			fi
		fi
		[ "$(find . -name 'made.*' | wc -l)" -eq 0 ] || wrong "$*: $fault $n: a temporary file stays"
		hits=$((hits + 1))
		n=$((n + 1 + n / ${COARSE:-40}))
	done
	[ "$hits" -ge "${LEAST:-1}" ] || wrong "$*: no $fault failed"
}

few() {
	record a
	echo '{"id":"none"}'
	record b
}

reads() {
	local n=1
	while :; do
		rm -f done
		go inject read $n "$@"
		[ -s done ] || break
		[ "$status" -eq 1 ] || wrong "$*: read $n failed, status"
		grep -q "cannot read: Input/output error$" err || wrong "$*: read $n"
		[ "$(grep -vc 'no article found' err)" -eq 1 ] || wrong "$*: read $n: lines"
		n=$((n + 1))
	done
	[ "$status" -eq 0 ] || wrong "$*: at the end"
	[ "$n" -ge 3 ] || wrong "$*: no read failed"
}

# writes COMMAND...: each write, or the last flush, fails: one line, exit 2.
writes() {
	local n=1
	while :; do
		rm -f done made
		go inject write $n "$@"
		[ -s done ] || break
		[ "$status" -eq 2 ] || wrong "$*: write $n, status"
		says_like "^$1: .*cannot write: No space left on device" || wrong "$*: write $n"
		[ ! -e made ] || wrong "$*: write $n: half a file"
		n=$((n + 1 + n / 10))
	done
	[ "$status" -eq 0 ] || wrong "$*: at the end"
	[ "$n" -ge 2 ] || wrong "$*: no write failed"
}
