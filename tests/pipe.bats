load common

SHARED_DATA="$ROOT/../shared"

@test "the whole pipe: text in, who said what out" {
	article >a.txt
	strip-boilerplate a.txt | split-sentences | tag-entities | extract-quotes >out
	cut -f 5 out | grep -q 'Maria Lindqvist' || wrong "speaker"
	cut -f 5 out | grep -q 'Erik Dahl' || wrong "speaker"
	cut -f 7 out | grep -q '^It was the least they could do' || wrong "quotation"
}

@test "only the head of a pipe has to ask for JSON Lines" {
	article >a.txt
	strip-boilerplate -t jsonl a.txt | split-sentences | tag-entities | extract-quotes >out
	[ "$(jq -c keys out)" = '["blocks","ents","id","quotes","sents","text"]' ]
	# and -t turns back
	extract-quotes -t tsv out | cut -f 4- >got
	strip-boilerplate a.txt | tag-entities | extract-quotes | cut -f 4- >want
	same want got "tsv of the record"
}

# Members that are no filter's: spaces, order, numbers, escapes, duplicates.
odd_record() {
	printf '%s\n' '{ "z" : 1.10,"a":1e2, "s":"\u0041\/\u00e4", "big":123456789012345678901234567890,"dup":1,"dup":2,"nested":{"text":"not this", "ents":[ ]},"text" : "Anna Keller came. \"Well,\" she said.", "e":{},"l":[ 1 , 2 ],"t":true ,"neg":-0.0,"key\u0020x":null}'
}

@test "members that a filter does not know pass through byte for byte" {
	odd_record >in
	head -c -2 in >start
	for tool in split-sentences tag-entities extract-quotes; do
		exits 0 $tool in
		head -c "$(wc -c <start)" out >got
		same start got "$tool"
		jq -e . out >/dev/null || wrong "$tool: no JSON"
	done
	exits 0 strip-boilerplate in
	sed 's/"text" : "[^;]*said\.", "e"/"text" : "", "e"/' in | head -c -2 >want
	sed 's/"text" : "[^;]*said\.", "e"/"text" : "", "e"/; s/,"blocks":.*//' out | head -c -1 >got
	same want got strip-boilerplate
}

@test "a layer stands in the place of the old one, or behind all others" {
	echo '{"sents":null,"text":"One is here. Two is here.","x":1}' >in
	exits 0 split-sentences in
	[ "$(cat out)" = '{"sents":[{"start":0,"end":12},{"start":13,"end":25}],"text":"One is here. Two is here.","x":1}' ] || wrong "place"
	echo '{"text":"One is here.","x":1 }' >in
	exits 0 split-sentences in
	[ "$(cat out)" = '{"text":"One is here.","x":1 ,"sents":[{"start":0,"end":12}]}' ] || wrong "behind"
}

@test "a record without a text string passes through unchanged, exit 0" {
	printf '%s\n' '{"id":1,"error":"it broke"}' '{ }' '{"text":7,"n":1.10}' '{"text":null}' \
		'{"Text":"One."}' '[1,2]' '"text"' '1.10' 'null' >in
	for tool in $TOOLS; do
		exits 0 $tool -f jsonl in
		same in out "$tool"
		silent "$tool"
	done
}

@test "a layer that is there is used and not made again" {
	echo '{"text":"One. Two. Anna said: “Go.”","sents":[{"start":0,"end":9,"mine":1}],"ents":[{"start":0,"end":3,"label":"MISC"}],"quotes":[],"blocks":[]}' >in
	for tool in $TOOLS; do
		exits 0 $tool in
		same in out "$tool"
	done
	exits 0 split-sentences -t text in
	[ "$(cat out)" = "One. Two." ] || wrong "sentences that were there"
	exits 0 tag-entities -t tsv in
	[ "$(cut -f 2- out)" = $'0\t3\tMISC\tOne' ] || wrong "entities that were there"
	exits 0 extract-quotes -t tsv in
	[ ! -s out ] || wrong "quotations that were there"
	echo '{"text":"Xyz Abc: “Go away now,” said Qrs Tuv.","ents":[{"start":29,"end":36,"label":"PER"}]}' >in
	exits 0 extract-quotes -t tsv in
	[ "$(cut -f 5 out)" = "Qrs Tuv" ] || wrong "a speaker that was named"
}

@test "a layer may be listed in any order" {
	echo '{"text":"Anna saw Bert.","ents":[{"start":9,"end":13,"label":"PER"},{"start":0,"end":4,"label":"PER"}]}' >in
	exits 0 tag-entities -t text in
	[ "$(cat out)" = '<PER>Anna</PER> saw <PER>Bert</PER>.' ] || wrong "order"
}

@test "one record in, one record out, in order" {
	for i in $(seq 300); do echo "{\"id\":$i,\"text\":\"$LONG\"}"; done >in
	for tool in $TOOLS; do
		exits 0 $tool in
		jq -r .id out >ids
		seq 300 | cmp - ids || wrong "$tool"
	done
}

@test "text that only looks like marks passes the filters that read no marks" {
	printf 'He wrote <PER>Anna</PER> &amp; left. She &lt;3 it.\n' >in
	exits 0 split-sentences in
	printf 'He wrote <PER>Anna</PER> &amp; left.\nShe &lt;3 it.\n' >want
	same want out split-sentences
	exits 0 split-sentences -t jsonl in
	[ "$(jq -r .text out)" = "$(cat in)" ] || wrong "text"
	{ article; cat in; } >page
	exits 0 strip-boilerplate page
	grep -qxF "$(cat in)" out || wrong strip-boilerplate
}

@test "marks survive split-sentences behind tag-entities" {
	article | tag-entities | split-sentences >one
	article | split-sentences | tag-entities >two
	tr -s '\n ' ' ' <one >a
	tr -s '\n ' ' ' <two >b
	grep -q '<PER>' a
	same a b "order of the filters"
}

# twice TOOL FILE: run on its own output a filter changes nothing.
twice() {
	go $1 $2
	mv out once
	[ "$status" -lt 2 ] || wrong "$1 $2"
	go $1 once
	same once out "$1 | $1 of $2"
}

@test "idempotence on own texts, in text and JSON Lines" {
	for i in 1 2 3; do article; printf '%s %s\n' "$LONG" "$LONGER"; printf '\f\n'; done >a.txt
	{ record a; odd_record; echo '{"error":"x"}'; } >a.jsonl
	for tool in strip-boilerplate split-sentences tag-entities; do
		for input in a.txt a.jsonl "$ROOT"/tests/fixtures/*/*.in "$ROOT"/tests/fixtures/pipe/article.txt; do
			[ -e "$input" ] || continue
			twice $tool "$input"
		done
	done
	twice extract-quotes a.jsonl
}

@test "idempotence on random texts" {
	n=600
	[ -z "$DESK_SLOW" ] || n=100
	python3 "$ROOT/tests/texts.py" random $n 1 >in
	for tool in strip-boilerplate split-sentences tag-entities; do
		go $tool -0 in
		mv out once
		go $tool -0 once
		tr '\0' '\f' <once >a
		tr '\0' '\f' <out >b
		same a b "$tool | $tool"
	done
}

@test "no character of kept text changes, on random texts" {
	n=600
	[ -z "$DESK_SLOW" ] || n=100
	for seed in 2 3; do
		python3 "$ROOT/tests/texts.py" random $n $seed >in
		for tool in strip-boilerplate split-sentences tag-entities; do
			go $tool -0 in
			python3 "$ROOT/tests/texts.py" kept $tool in out
			go $tool -0 --wrap=yes in
			[ $tool = tag-entities ] || python3 "$ROOT/tests/texts.py" kept $tool in out
		done
	done
}

@test "offsets fit the text, on random texts" {
	python3 "$ROOT/tests/texts.py" random 200 4 >in
	strip-boilerplate -f text -0 -t jsonl in 2>/dev/null | tr '\0' '\n' |
		split-sentences | tag-entities | extract-quotes >out
	python3 "$ROOT/tests/texts.py" slices out >pieces
	[ "$(grep -c '^sents' pieces)" -gt 100 ]
	! grep -E '^(sents|ents) "( |\\n|")|^(sents|ents) ".*( |\\n)"$' pieces | grep -v 'ents ".*\\""$' || wrong "white space at an end"
}

# Each file of a kind as a document of its own, ended by NUL.
gather() {
	local file
	for file in "$@"; do
		tr -d '\0' <"$file"
		printf '\0'
	done
}

@test "real texts: idempotent, no character changed, quotations in the source" {
	[ -d "$SHARED_DATA/seeds" ] || skip "no ../shared"
	gather "$SHARED_DATA"/seeds/*.txt >in
	for tool in strip-boilerplate split-sentences tag-entities; do
		go $tool -0 in
		[ "$status" -eq 0 ] || wrong "$tool"
		mv out once
		python3 "$ROOT/tests/texts.py" kept $tool in once
		go $tool -0 once
		cmp once out || wrong "$tool | $tool"
	done
	for seed in "$SHARED_DATA"/seeds/*.txt; do
		strip-boilerplate -t jsonl "$seed" | split-sentences | tag-entities | extract-quotes >out
		[ "$(jq '.quotes | length' out)" -ge 1 ] || wrong "no quotation in $seed"
		python3 "$ROOT/tests/texts.py" slices out >/dev/null || wrong "$seed"
		strip-boilerplate "$seed" | split-sentences | tag-entities | extract-quotes |
			python3 -c '
import sys
source = " ".join(open(sys.argv[1], encoding="utf-8").read().split())
for row in sys.stdin:
    said = row.rstrip("\n").split("\t")[6].replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")
    assert " ".join(said.split()) in source, said' "$seed" || wrong "$seed"
	done
}

@test "real texts: treebank text in many languages is split without a change" {
	[ -d "$SHARED_DATA/eval/sentences/golden" ] || skip "no ../shared"
	python3 - "$SHARED_DATA"/eval/sentences/golden/*.jsonl >in <<-'END'
	import json, sys
	for path in sys.argv[1:]:
	    for line in open(path, encoding="utf-8"):
	        record = json.loads(line)
	        text = record.get("text") or record.get("input") or ""
	        sys.stdout.write(text.replace("\0", "") + "\0")
	END
	[ "$(tr -cd '\0' <in | wc -c)" -gt 50 ]
	for tool in split-sentences tag-entities; do
		go $tool -0 in
		mv out once
		python3 "$ROOT/tests/texts.py" kept $tool in once
		go $tool -0 once
		same once out "$tool | $tool"
	done
}
