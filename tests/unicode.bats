load common

# Emoji of several code points, combining marks, CJK, right-to-left, beyond the
# BMP; entities and quotations stand behind them.
wide() {
	cat <<-'END'
	👩‍👩‍👧 𝔘𝔫𝔦 cafe\u0301 東京で会った。 שלום. Mayor Anna Keller opened the hall in Zürich on Tuesday 🎉.

	“Ça va — we are ready 🚀 for winter,” Keller said in Łódź. “Let it snow ❄️.”
	END
}

wide_text() {
	printf '%b' "$(wide)"
	echo
}

# Slices of layers as jq cuts them.
jq_slices() {
	jq -r '. as $d
	| def cut: $d.text[.start:.end] | tojson;
	  (["blocks", "sents", "ents", "quotes"][] as $l
	   | $d[$l] // [] | .[]
	   | "\($l) \(cut)",
	     (("cue", "speaker") as $p | .[$p] // empty | select(has("start"))
	      | "\($p) \(cut)"))' "$@"
}

@test "offsets count code points: text[start:end] is right in jq and in Python" {
	wide_text >in
	tag-entities -t jsonl in | split-sentences | extract-quotes >out
	[ "$(jq '.ents | length' out)" -ge 2 ] || wrong "entities"
	[ "$(jq '.quotes | length' out)" -ge 1 ] || wrong "quotations"
	jq_slices out >by_jq
	python3 "$ROOT/tests/texts.py" slices out >by_python
	same by_jq by_python "jq and Python"
	grep -q '^ents "Anna Keller"$' by_jq || wrong "entity"
	grep -q '^sents "“Ça va — we are ready 🚀 for winter,” Keller said in Łódź."$' by_jq || wrong "sentence"
	grep -q '^speaker ".*Keller"$' by_jq || wrong "speaker"
}

@test "offsets of tsv are those of JSON Lines, and cut what the row says" {
	wide_text >in
	for tool in split-sentences tag-entities extract-quotes; do
		$tool -t tsv in >rows
		$tool -t jsonl in | jq -r '.sents // .ents // .quotes | .[] | "\(.start)\t\(.end)"' >want
		cols=2,3
		[ $tool = split-sentences ] && cols=3,4
		cut -f $cols rows >got
		same want got "$tool"
		python3 - rows $cols <<-'END' || wrong "$tool"
		import sys
		text = open("in", encoding="utf-8", newline="").read()
		a, b = (int(n) - 1 for n in sys.argv[2].split(","))
		for row in open(sys.argv[1], encoding="utf-8", newline="\n"):
		    cells = row.rstrip("\n").split("\t")
		    last = cells[-1].replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")
		    assert text[int(cells[a]):int(cells[b])] == last, cells
		END
	done
}

@test "--offsets=byte: they count bytes of UTF-8, written and read" {
	wide_text >in
	tag-entities -t jsonl in | split-sentences | extract-quotes >points
	tag-entities --offsets=byte -t jsonl in | split-sentences --offsets=byte |
		extract-quotes --offsets=byte >bytes
	python3 - <<-'END' || wrong "bytes"
	import json
	points, octets = (json.loads(open(name, encoding="utf-8").read()) for name in ("points", "bytes"))
	text = points["text"]
	def convert(value):
	    if isinstance(value, dict):
	        return {k: len(text[:v].encode()) if k in ("start", "end") else convert(v) for k, v in value.items()}
	    if isinstance(value, list):
	        return [len(text[:v].encode()) if isinstance(v, int) else convert(v) for v in value]
	    return value
	assert points["ents"] and convert(points) == octets
	END
	exits 0 tag-entities --offsets=byte -t text bytes
	tag-entities -t text points | cmp - out || wrong "layers read by bytes"
}

@test "--offsets=byte: an offset inside a character is an error of that record" {
	echo '{"id":1,"text":"Äb.","ents":[{"start":1,"end":3,"label":"PER"}]}' >in
	exits 1 tag-entities --offsets=byte -t text in
	says_like '^tag-entities: in:1: "ents": '
}

@test "bad UTF-8: each bad sequence is one U+FFFD" {
	# maximal parts: a lone byte, a cut-off sequence, an overlong form, a surrogate
	printf 'a\xffb\xe2\x80c\xc0\xafd\xed\xa0\x80e\xf0\x9f\x98f.' >in
	[ "$(split-sentences in)" = "a�b�c��d���e�f." ]
	for tool in $TOOLS; do
		{ article; printf 'x\xfe\xe2\x82'; } >in
		exits 0 $tool -t jsonl in
		silent "$tool"
		iconv -f UTF-8 -t UTF-8 out >/dev/null || wrong "$tool: bad UTF-8 out"
		[ $tool = strip-boilerplate ] ||
			[ "$(jq -r '.text[-3:]' out)" = "x��" ] || wrong "$tool"
	done
}

@test "bad UTF-8: --invalid=skip leaves it out" {
	printf 'a\xffb\xe2\x80c.' >in
	[ "$(split-sentences --invalid=skip in)" = "abc." ]
	printf '\xff' >in
	for tool in split-sentences tag-entities extract-quotes; do
		exits 0 $tool --invalid=skip in
		[ ! -s out ] || wrong "$tool"
	done
}

@test "bad UTF-8: --invalid=error makes its document an error, and no other" {
	{ article; printf '\f\nBad \xff one.\n\f\n'; article; } >a.txt
	{ record a; printf '{"id":"bad","text":"\xff"}\n'; record c; } >a.jsonl
	for tool in $TOOLS; do
		exits 1 $tool --invalid=error -t jsonl a.txt
		says_like "^$tool: a.txt:[0-9]*: bad UTF-8$"
		[ "$(jq -r .id out | tr '\n' ' ')" = "a.txt a.txt#3 " ] || wrong "$tool"
		exits 1 $tool --invalid=error a.jsonl
		says "$tool: a.jsonl:2: bad UTF-8"
		[ "$(jq -r .id out | tr '\n' ' ')" = "a c " ] || wrong "$tool"
		exits 1 $tool --invalid=error a.txt
		says_like "^$tool: a.txt:[0-9]*: bad UTF-8$"
	done
}

@test "bad UTF-8 in a member that is not ours is repaired, and the rest stays" {
	printf '{"n":1.10,"x":"\xff","text":"Anna came."}\n' >in
	for tool in $TOOLS; do
		exits 0 $tool in
		grep -q '^{"n":1.10,"x":"�","text":"Anna came."' out || wrong "$tool"
	done
}

@test "a lone surrogate in an escape is U+FFFD where it is read, and stays where it is not" {
	printf '{"x":"\\ud800","text":"One \\udc00 is. Two."}\n' >in
	exits 0 split-sentences in
	grep -q '^{"x":"\\ud800","text":"One \\udc00 is. Two.","sents":\[{"start":0,"end":9},{"start":10,"end":14}\]}$' out ||
		wrong "record"
	exits 0 split-sentences -t text in
	[ "$(head -n 1 out)" = "One � is." ]
}

@test "white space of all scripts is white space" {
	printf 'One is here.\xe3\x80\x80Two is here.\xc2\xa0Three is here.\n' >in
	[ "$(split-sentences in | wc -l)" -eq 3 ]
}
