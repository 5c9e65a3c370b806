load common

# peak COMMAND...: its peak memory in KiB goes to the file peak.
peak() {
	/usr/bin/time -f %M -o peak "$@"
}

# Without sanitizers at most 64 MiB, whatever comes.
small() {
	[ -n "$DESK_SLOW" ] || [ "$(tail -n 1 peak)" -le 65536 ] ||
		wrong "$1: $(tail -n 1 peak) KiB"
}

# Under sanitizers and coverage (DESK_SLOW) sizes are a fifth, and memory is not
# looked at; under coverage (DESK_COV), which counts each line that runs, text
# that is there for its length alone is a twentieth.

# megabytes N COMMAND...: N MB of what the command prints, over and over.
megabytes() {
	local n=$1
	shift
	[ -z "$DESK_SLOW" ] || n=$((n / 5))
	[ -z "$DESK_COV" ] || [ "$n" -lt 20 ] || n=${long:-$n}
	"$@" >block
	while [ "$(wc -c <block)" -lt 1000000 ]; do
		cat block block >more
		mv more block
	done
	for i in $(seq $n); do cat block; done | head -c ${n}000000
}

@test "a line of 100 MB does not exhaust memory" {
	local long=5
	one_line() { article | tr '\n' ' '; }
	for tool in $TOOLS; do
		megabytes 100 one_line | peak $tool >out 2>err || [ $tool = strip-boilerplate ] || wrong "$tool"
		small "$tool"
		[ $tool = strip-boilerplate ] || [ "$(wc -c <out)" -gt 1000000 ] || wrong "$tool: output"
	done
	rm out
}

@test "a line of 100 MB without a blank or a mark does not exhaust memory" {
	local long=5 size=100000000
	[ -z "$DESK_SLOW" ] || size=20000000
	[ -z "$DESK_COV" ] || size=5000000
	for tool in split-sentences tag-entities; do
		megabytes 100 printf %08000d 0 | peak $tool >out || wrong "$tool"
		small "$tool"
		[ "$(tr -d '\n ' <out | wc -c)" -eq $size ] || wrong "$tool: $(wc -c <out) bytes"
	done
	rm out
}

@test "a long file does not exhaust memory: text, JSON Lines" {
	for tool in $TOOLS; do
		megabytes 30 article | peak $tool >out
		small "$tool text"
		megabytes 30 record | head -n -1 | peak $tool >out
		small "$tool jsonl"
	done
	rm out
}

@test "columns without end, and a count of many names, do not exhaust memory" {
	columns() { printf 'Ana%d B-PER\nLima I-PER\nsaw O\nOslo B-LOC\n. O\n\n' $(seq 100); }
	endless() { columns | tr -s '\n'; }
	for what in columns endless; do
		megabytes 30 $what | peak tag-entities -f conll >out
		small "$what"
		[ "$(wc -l <out)" -gt 100000 ] || wrong "$what: output"
	done
	megabytes 30 article | peak tag-entities -t conll >out
	small "-t conll"
	megabytes 30 article | peak tag-entities --count >out
	small "--count"
	rm out
}

@test "a record of 100 MB is an error of its own, and the next one is fine" {
	for tool in $TOOLS; do
		{
			printf '{"id":1,"text":"'
			megabytes 100 printf 'no end '
			printf '"}\n'
			record next
		} | {
			status=0
			peak $tool >out 2>err || status=$?
			[ "$status" -eq 1 ] || wrong "$tool"
		}
		says "$tool: <stdin>:1: record over --max-document"
		small "$tool"
		[ "$(jq -r .id out)" = next ] || wrong "$tool"
	done
}

@test "--max-document: a longer text is worked on in parts, cut between paragraphs, and nothing is lost" {
	for i in $(seq 12); do article; echo; done >in
	for tool in split-sentences tag-entities strip-boilerplate; do
		exits 0 $tool in
		mv out want
		for jobs in 1 3; do
			exits 0 $tool -j $jobs --max-document=2K in
			silent "$tool"
			if [ $tool = strip-boilerplate ]; then
				# What repeats is seen in each part alone.
				grep . out | sort -u >got
				grep . in | sort -u >all
				same all got "$tool"
				[ "$(cat -s out | cmp - out; head -c 1 out)" != "" ] || wrong "$tool: blank lines"
			else
				same want out "$tool -j $jobs"
			fi
		done
	done
	for tool in split-sentences tag-entities extract-quotes; do
		exits 0 $tool -t tsv in
		cut -f 2- out >want
		[ $tool = extract-quotes ] && cut -f 2-4,7 out >want
		exits 0 $tool -t tsv --max-document=2K in
		cut -f 2- out >got
		[ $tool = extract-quotes ] && cut -f 2-4,7 out >got
		same want got "$tool -t tsv"
	done
	exits 0 split-sentences -t jsonl --max-document=2K in
	[ "$(jq -c '[.id, .part]' out | sort -u | wc -l)" -eq "$(wc -l <out)" ] || wrong "parts"
	[ "$(wc -l <out)" -gt 3 ] || wrong "parts"
	jq -j .text out >got
	same in got "text of the parts"
}

@test "--max-document: a longer record is that record's error, and the next one is fine" {
	{ record a; article | jq -c -R -s '{id: "long", text: (. + . + . + .)}'; record b; } >in
	for tool in $TOOLS; do
		for jobs in 1 2; do
			exits 1 $tool -j $jobs --max-document=2K in
			says "$tool: in:2: record over --max-document"
			[ "$(jq -r .id out | tr '\n' ' ')" = "a b " ] || wrong "$tool"
		done
		exits 1 $tool --max-document=2K --on-error=record in
		[ "$(sed -n 2p out)" = '{"id":null,"error":"record over --max-document"}' ] || wrong "$tool"
	done
}

@test "millions of short lines do not exhaust memory, and none is lost" {
	local size=20000000
	[ -z "$DESK_SLOW" ] || size=4000000
	[ -z "$DESK_COV" ] || size=1000000
	yes a | head -c $size >lines
	for tool in $TOOLS; do
		peak $tool lines >out || wrong "$tool"
		small "$tool"
		[ $tool = extract-quotes ] ||
			[ "$(grep -c a out)" -eq "$(wc -l <lines)" ] || wrong "$tool: lines"
	done
	rm out lines
}
