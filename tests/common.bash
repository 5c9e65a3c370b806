# common.bash - what all bats files load: where things are, a clean environment,
# a directory of its own for each test, and a few words to test in.

bats_require_minimum_version 1.5.0
ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
BUILD=$(cd "${BUILD:-$ROOT/build}" && pwd)
TOOLS="strip-boilerplate split-sentences tag-entities extract-quotes"
COMMANDS="$TOOLS train-entities"
PATH="$BUILD/bin:$PATH"
LC_ALL=C.UTF-8
export ROOT BUILD PATH LC_ALL
unset NO_COLOR COPYDESK_DATA LANGUAGE

# Sanitizers are slow, use much memory and cannot live with a preloaded malloc.
if [ -z "$DESK_SLOW" ] && grep -q __asan_init "$BUILD/bin/split-sentences"; then
	DESK_SLOW=1
fi

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
}

LONG='The night train from the coast was late again, and the two porters who had waited since four in the morning sat down on the last of the crates.'
LONGER='Nobody had told them that the bridge over the river was closed, that the drivers had gone home hours ago, or that the crates they were sitting on belonged to a circus.'

# An article that each of the tools has something to say about.
article() {
	cat <<-'END'
	The harbour council of Sandviken voted on Tuesday to rebuild the old pier before the winter storms arrive.

	“We cannot wait for another year,” said Maria Lindqvist, who leads the council. “The pier is older than anyone in this room.”

	The work will cost about 12 million euros and take eighteen months. Fishermen from Norrland asked for a temporary landing, and the council agreed to pay for one.

	"It was the least they could do," Erik Dahl told reporters after the meeting. He has fished from the pier since 1987.
	END
}

# The same as a record of JSON Lines, with the id given.
record() {
	article | jq -c -R -s --arg id "${1:-a1}" '{id: $id, text: .}'
}

# go COMMAND...: runs it; $status, and the files out and err.
go() {
	status=0
	"$@" >out 2>err || status=$?
}

# Says what is wrong, shows what the last go left, and fails.
wrong() {
	echo "$*"
	[ -n "$status" ] && echo "status $status"
	[ -s err ] && head -c 600 err | sed 's/^/stderr: /'
	[ -s out ] && head -c 600 out | sed 's/^/stdout: /'
	return 1
}

# exits N COMMAND...: runs it and checks its status.
exits() {
	local want=$1
	shift
	go "$@"
	[ "$status" -eq "$want" ] || wrong "$*: exit status is not $want"
}

# Standard error of the last go is this one line.
says() {
	printf '%s\n' "$1" >want
	cmp -s want err || wrong "expected one line: $1"
}

# Standard error of the last go is one line, and holds this.
says_like() {
	[ "$(wc -l <err)" -eq 1 ] || wrong "expected one line on standard error"
	grep -q -e "$1" err || wrong "expected a line like: $1"
}

silent() {
	[ ! -s err ] || wrong "${1:-expected} nothing on standard error"
}

# same A B WHAT: two files are equal.
same() {
	cmp -s "$1" "$2" && return
	echo "$3: not the same bytes"
	diff "$1" "$2" | head -n 6 | cut -c 1-300
	return 1
}

# Man pages as plain text.
page() {
	mandoc -T utf8 -O width=200 "$@" | sed $'s/.\b//g'
}

# Polls for up to ten seconds.
soon() {
	local i
	for i in $(seq 200); do
		"$@" && return
		sleep 0.05
	done
	echo "waited in vain: $*"
	return 1
}

# What TOOL prints for each fixtures/TOOL/NAME.in is NAME.out.
check_fixtures() {
	local in count=0 bad=0
	for in in "$ROOT/tests/fixtures/$1"/*.in; do
		[ -f "$in" ] || continue
		count=$((count + 1))
		"$1" <"$in" >got || true
		diff -u "${in%.in}.out" got || bad=$((bad + 1))
	done
	echo "$1: $bad of $count fixtures differ"
	[ "$count" -gt 0 ] && [ "$bad" -eq 0 ]
}

# The commands of a man page's EXAMPLES that begin with one of the tools, one a
# line, where the files they read are in this directory.
examples() {
	awk '
	/^\.Sh/ { on = $2 == "EXAMPLES"; next }
	!on { next }
	/^\.Bd/ { block = 1; line = ""; next }
	/^\.Ed/ { block = 0; if (line != "") print line; next }
	/^\.Dl/ { sub(/^\.Dl /, ""); print; next }
	block {
		line = line == "" ? $0 : line " " $0
		if (sub(/\\e$/, "", line) || line ~ /[|]$/) next
		print line
		line = ""
	}' "$1" | sed 's/\\e/\\/g; s/\\-/-/g; s/\\(aq/'"'"'/g; s/\\&//g; s/^"\(.*\)"$/\1/' |
	while IFS= read -r line; do
		case " $TOOLS " in
		*" ${line%% *} "*) ;;
		*) continue ;;
		esac
		# A file that is written is none that is read.
		read=$(printf '%s' "$line" | sed 's/-o [^ ]*//g; s/>[^ ]*//g')
		for file in $(printf '%s' "$read" |
			grep -o '[A-Za-z0-9_./*-]*[.]\(txt\|html\|jsonl\|zst\|gz\|tsv\|list\)' |
			sort -u); do
			[ -e "$file" ] || continue 2
		done
		printf '%s\n' "$line"
	done
}
