load common

# Every option that all filters know: copydesk(7), OPTIONS.
SHARED="from to output jobs line-buffered null encoding invalid offsets on-error
max-document color header no-sandbox quiet verbose help version"

# usage COMMAND...: wrong usage is two lines on standard error, exit 2.
usage() {
	exits 2 "$@"
	[ ! -s out ] || wrong "$*: something on standard output"
	[ "$(wc -l <err)" -eq 2 ] || wrong "$*: not two lines"
	[ "$(sed -n 1p err | cut -d: -f1)" = "$1" ] || wrong "$*: no name"
	[ "$(sed -n 2p err)" = "Try '$1 --help' for more information." ] ||
		wrong "$*: no second line"
}

@test "-h and --help print to standard output, exit 0, and name every option" {
	for tool in $TOOLS; do
		exits 0 $tool --help
		silent "$tool"
		mv out long
		exits 0 $tool -h
		same long out "$tool -h"
		for option in $SHARED; do
			grep -q -e "--$option\b" long || wrong "$tool: --$option is not in --help"
		done
		[ "$(head -n 1 long)" = "Usage: $tool [OPTION]... [FILE]..." ]
		[ "$(awk 'length > 80' long | wc -l)" -eq 0 ] || wrong "$tool: lines over 80 columns"
	done
}

@test "-V and --version name program, version and tables, exit 0" {
	for tool in $TOOLS; do
		exits 0 $tool --version
		silent "$tool"
		grep -Eqx "$tool \(copydesk\) [0-9]+\.[0-9]+\.[0-9]+, tables [0-9a-f]+.*" out ||
			wrong "$tool --version"
		mv out long
		exits 0 $tool -V
		same long out "$tool -V"
	done
}

@test "a bad option is two lines on standard error, exit 2" {
	for tool in $TOOLS; do
		usage $tool --no-such-option
		says_first "$tool: unknown option --no-such-option"
		usage $tool -X
		says_first "$tool: unknown option -X"
		usage $tool -qX
		usage $tool --quiet=yes
		says_first "$tool: --quiet=yes: takes no value"
	done
}

says_first() {
	[ "$(head -n 1 err)" = "$1" ] || wrong "expected first: $1"
}

begins() {
	[[ "$(head -n 1 err)" == "$1"* ]] || wrong "expected first: $1..."
}

@test "a missing value is two lines on standard error, exit 2" {
	for tool in $TOOLS; do
		for option in --from --to --output --jobs --encoding --invalid \
			--offsets --on-error --max-document --color -f -t -o -j; do
			usage $tool $option
			says_first "$tool: $option: a value is missing"
		done
	done
}

@test "a bad value is two lines on standard error, exit 2" {
	for tool in $TOOLS; do
		for option in --from --to --invalid --offsets --on-error --color; do
			usage $tool $option=nonsense
			begins "$tool: $option: unknown value 'nonsense', not one of "
			usage $tool $option=
		done
		for value in x 1x -1 +1 '' 1025 99999999999999999999; do
			usage $tool --jobs="$value"
		done
		for value in x 0 1023 -1K 1T 1KK K '' 257M 1G 99999999999999999999; do
			usage $tool --max-document="$value"
			says_first "$tool: --max-document: not a size from 1K to 256M: '$value'"
		done
		for value in 1024 1K 262144K 256M; do
			exits 0 $tool --max-document=$value /dev/null
		done
	done
	usage tag-entities --relative-dates=perhaps
	usage split-sentences --wrap=perhaps
	usage strip-boilerplate --wrap=perhaps
	usage extract-quotes --kind=direct,loud
}

@test "--help tells the limits of --max-document as they are" {
	limit() { "$1" --help | sed -n 's/.*--max-document=SIZE *//p'; }
	[ "$(limit strip-boilerplate)" = 'largest document, 1K-256M (default 16M, pages 64M)' ]
	[ "$(limit split-sentences)" = 'largest document, 1K-256M (default 16M)' ]
	[ "$(limit tag-entities)" = 'largest document, 1K-256M (default 16M, text 512K)' ]
	[ "$(limit extract-quotes)" = 'largest document, 1K-256M (default 16M, text 5M)' ]
}

@test "a form that is not known, or not this tool's, is wrong usage" {
	for tool in $TOOLS; do
		usage $tool --to=xml
		begins "$tool: --to: unknown value 'xml', not one of "
		head -n 1 err | grep -q jsonl
		usage $tool --from=tsv
		usage $tool -f docx
	done
	usage strip-boilerplate --to=tsv
}

@test "wrong usage is told before any input is read or output made" {
	for tool in $TOOLS; do
		usage $tool -o made --to=xml missing
		[ ! -e made ]
	done
}

@test "--help and --version say so when they cannot be written" {
	for tool in $TOOLS; do
		for option in --help --version; do
			status=0
			$tool $option >/dev/full 2>err || status=$?
			[ "$status" -eq 2 ] || wrong "$tool $option >/dev/full"
			says_like "^$tool: cannot write"
		done
	done
}

@test "options may stand behind files; -- ends them" {
	article >a.txt
	article >./--to=nonsense
	article >./-o
	for tool in $TOOLS; do
		exits 0 $tool -t jsonl a.txt
		mv out before
		exits 0 $tool a.txt -t jsonl
		same before out "$tool"
		exits 0 $tool -t jsonl -- --to=nonsense -o
		[ "$(jq -r .id out | tr '\n' ' ')" = "--to=nonsense -o " ] || wrong "$tool --"
	done
}

@test "the last of an option given twice counts" {
	article >a.txt
	for tool in $TOOLS; do
		exits 0 $tool -t jsonl a.txt
		mv out before
		exits 0 $tool -t text -t jsonl a.txt
		same before out "$tool"
	done
}

@test "nothing is said on success" {
	article >a.txt
	for tool in $TOOLS; do
		exits 0 $tool a.txt
		silent "$tool"
		[ -s out ] || wrong "$tool: no output"
	done
}

@test "-v says at the end how much was done" {
	record a >in
	echo '{"broken' >>in
	record b >>in
	for tool in $TOOLS; do
		exits 1 $tool -v in
		tail -n 1 err | grep -Eqx "$tool: 3 documents, [0-9]+ (blocks|sentences|entities|quotations), 1 errors, [0-9.]+ MB in [0-9.]+ s" ||
			wrong "$tool -v"
		items=$(tail -n 1 err | sed 's/.*documents, \([0-9]*\) .*/\1/')
		made=$(jq -s 'map((.blocks, .sents, .ents, .quotes) | arrays | length) | add' out)
		[ "$items" -eq "$made" ] || wrong "$tool: counted $items, made $made"
	done
}

@test "-q says nothing of documents that fail; the exit status does" {
	{ record a; echo '{"broken'; } >in
	for tool in $TOOLS; do
		exits 1 $tool -q in
		silent "$tool -q"
		[ "$(wc -l <out)" -eq 1 ]
		# That an input is not there is no matter of a single document.
		exits 1 $tool -q in missing
		says "$tool: missing: cannot open: No such file or directory"
	done
}

@test "--header names the columns of tsv, once" {
	article >a.txt
	for tool in split-sentences tag-entities extract-quotes; do
		exits 0 $tool -t tsv a.txt a.txt
		mv out rows
		exits 0 $tool -t tsv --header a.txt a.txt
		sed 1d out >rest
		same rows rest "$tool"
		head -n 1 out | grep -q $'^document\t' || wrong "$tool"
		[ "$(head -n 1 out | tr -cd '\t' | wc -c)" -eq "$(head -n 1 rows | tr -cd '\t' | wc -c)" ]
		exits 0 $tool -t jsonl --header a.txt
		[ "$(wc -l <out)" -eq 1 ] || wrong "$tool: a header in JSON Lines"
	done
}

@test "--scores is wrong usage in forms that have no place for them" {
	article >a.txt
	for form in text conll brat html; do
		usage tag-entities -t $form --scores a.txt
		says_first "tag-entities: --scores: not in $form, use --to=tsv or jsonl"
	done
	exits 2 tag-entities --scores a.txt
	says "tag-entities: a.txt: --scores: not in text, use --to=tsv or jsonl"
	usage tag-entities --count --scores a.txt
	says_first "tag-entities: --scores: not with --count, which has none"
	exits 0 tag-entities -t jsonl --scores a.txt
	grep -q '"score":0' out || wrong "scores in JSON Lines"
	exits 0 tag-entities --count --header a.txt
}

@test "--color=always colours text, never and NO_COLOR do not, auto only a terminal" {
	article >a.txt
	esc=$(printf '\033')
	for tool in strip-boilerplate tag-entities extract-quotes; do
		own=
		[ $tool = strip-boilerplate ] && own=--mark
		exits 0 $tool $own -t text a.txt
		mv out plain
		! grep -q "$esc" plain || wrong "$tool: colour in a file"
		exits 0 $tool $own -t text --color=never a.txt
		same plain out "$tool --color=never"
		exits 0 env NO_COLOR=1 $tool $own -t text --color=auto a.txt
		same plain out "NO_COLOR $tool"
		exits 0 env NO_COLOR=1 $tool $own -t text --color=always a.txt
		grep -q "$esc" out || wrong "$tool --color=always"
		sed "s/$esc\[[0-9;]*m//g" out >bare
		same plain bare "$tool without its colours"
		exits 0 $tool -t jsonl --color=always a.txt
		! grep -q "$esc" out || wrong "$tool: colour in JSON Lines"
	done
}

@test "on a terminal: colour, but not with NO_COLOR, -o or a TERM that has none" {
	script -qec true /dev/null </dev/null >out 2>&1 || skip "no terminals here"
	command -v script >/dev/null || skip "no script(1)"
	article >a.txt
	esc=$(printf '\033')
	export TERM=xterm
	script -qec "tag-entities a.txt" /dev/null </dev/null >out
	grep -q "$esc" out || wrong "no colour on a terminal"
	for term in TERM=dumb TERM= -uTERM; do
		script -qec "env $term tag-entities a.txt" /dev/null </dev/null >out
		! grep -q "$esc" out || wrong "colour with $term"
		script -qec "env $term tag-entities --color=always a.txt" /dev/null </dev/null >out
		grep -q "$esc" out || wrong "no colour with --color=always, $term"
	done
	NO_COLOR=1 script -qec "tag-entities a.txt" /dev/null </dev/null >out
	! grep -q "$esc" out || wrong "colour with NO_COLOR"
	script -qec "tag-entities -o made a.txt" /dev/null </dev/null >out
	! grep -q "$esc" made || wrong "colour in a file"
}
