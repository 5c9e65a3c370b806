# The page that -t html writes.
load common

FIXTURES="$ROOT/tests/fixtures/view"
CHECK="$ROOT/tests/view/check.py"

# good PAGE...: what holds of every page (tests/view/check.py) holds of these.
good() {
	local page
	for page in "$@"; do
		python3 "$CHECK" "$page" || wrong "$page"
	done
}

# of PAGE WHAT: what a page shows.
of() {
	python3 "$CHECK" "$1" "$2"
}

# Text on one line, white space folded.
folded() {
	tr '\n\t\f' '   ' <"$1" | tr -s ' ' | sed 's/^ //; s/ $//'
}

# shows PAGE TEXT WHAT: below its headline the page has this text.
shows() {
	of "$1" text | tail -n 1 >shown
	folded shown >got
	folded "$2" >want
	same want got "$3"
}

# A page with all layers, and the record that it is made of.
layers() {
	cp "$FIXTURES/page.html" .
	strip-boilerplate -t jsonl page.html | split-sentences | tag-entities | extract-quotes >all.jsonl
	extract-quotes -t html all.jsonl >all.html
}

@test "every filter writes one self-contained page, HTML and XML at once" {
	article >in
	for tool in $TOOLS; do
		exits 0 "$tool" -t html in
		silent "$tool"
		good out
		[ "$(of out titles | wc -l)" -eq 1 ]
		[ "$(head -n 1 out)" = '<!DOCTYPE html>' ]
		[ "$(tail -n 1 out)" = '</html>' ]
	done
}

@test "an empty input, and a document without a text, are pages too" {
	for tool in split-sentences tag-entities extract-quotes; do
		exits 0 "$tool" -t html /dev/null
		good out
	done
	echo '{"id":"x","title":"Nothing"}' | tag-entities -t html >out
	good out
	[ "$(of out titles)" = Nothing ]
}

@test "the text is there, all of it and nothing else, whatever lies over it" {
	layers
	jq -r .text all.jsonl >text
	shows all.html text 'a record with all layers'
	article >in
	for tool in split-sentences tag-entities extract-quotes; do
		$tool -t html in >page
		shows page in "$tool"
	done
	strip-boilerplate page.html >text
	strip-boilerplate -t html page.html >page
	shows page text strip-boilerplate
	# A line that heads the text is the headline, and not shown twice.
	{ echo 'Pier to be built again'; echo; article; } >in
	tag-entities -t html in >page
	[ "$(of page titles)" = 'Pier to be built again' ]
	of page text >shown
	folded shown >got
	folded in >want
	same want got headline
}

@test "what a page says of itself stands above the text, in the text's language" {
	layers
	[ "$(of all.html './/article/header/h2')" = 'Ferry line to close after forty years as harbour silts up' ]
	of all.html './/p[@class="by"]' >by
	[ "$(cat by)" = 'Astrid Lunde · 2024-09-17 · Northern Press · page.html' ] || wrong "$(cat by)"
	grep -q '<time datetime="2024-09-17">' all.html
	grep -q '<a rel="nofollow noreferrer" href="https://example.org/harbour/ferry">Northern Press</a>' all.html
	grep -q '<div class="text" lang="en-GB" dir="auto">' all.html
	grep -q '<title>Ferry line to close .*harbour silts up – Who said what</title>' all.html
	# What a record says itself counts; what is no tag of a language is none.
	echo '{"text":"Ana came.","title":" A  b ","author":"C","date":"2023-02-30","lang":"en\" x","url":"http://a.example/b"}' |
		tag-entities -t html >out
	good out
	[ "$(of out './/p[@class="by"]')" = 'C · 2023-02-30 · a.example · -:1' ] || of out './/p[@class="by"]' | grep -x 'C · 2023-02-30 · a.example'
	grep -q '<div class="text" lang=""' out
	if grep -q '<time' out; then wrong 'no such day'; fi
}

@test "entities: each with its label, the names with their mentions and a link to the first" {
	cp "$FIXTURES/page.html" .
	strip-boilerplate page.html >text
	tag-entities -t html text >page
	good page
	tag-entities -t tsv text | awk -F '\t' '{ print $4 "\t" $5 }' | sort >want
	# The key shows every label once more, with its name for people.
	of page marks | sort >got
	of page './/ul[@class="key"]//span[@data-l]' >key
	[ "$(wc -l <got)" -eq $(($(wc -l <want) + $(wc -l <key))) ]
	[ -z "$(comm -23 want got)" ]
	tag-entities --count text >counts
	of page names | cut -f 2,3 | sort >got
	cut -f 2,3 counts | sort >want
	same want got 'names and counts'
	[ "$(of page names | grep -c '^Persons')" -eq "$(grep -c '^PER	' counts)" ]
	# The link leads to a mention of the name.
	id=$(grep -o '<li><a href="#[^"]*">Ingrid Solberg</a>' page | sed 's/.*#//; s/".*//')
	[ "$(of page ".//span[@id='$id']")" = 'Ingrid Solberg' ]
}

@test "labels of all kinds have a sign of their own that is no colour" {
	echo '{"text":"aa bb","ents":[{"start":0,"end":2,"label":"VESSEL"},{"start":3,"end":5,"label":"PER"}]}' |
		tag-entities -t html >out
	good out
	[ "$(of out marks | sort -u | tr '\t\n' ' |')" = 'PER Persons|PER bb|VESSEL VESSEL|VESSEL aa|' ]
	grep -q 'content: attr(data-l)' out
}

@test "labels are seen and not heard, in lists alone it is said what a name is" {
	cp "$FIXTURES/page.html" .
	strip-boilerplate page.html | tag-entities -t html >out
	grep -q '\.e\[data-l\]::after { content: attr(data-l); content: attr(data-l) / "";' out
	if grep -q '<mark' out; then wrong 'spoken where it begins and ends'; fi
	[ "$(of out './/aside/section[1]/h4')" = 'Persons 6 mentions' ] || of out './/aside//h4'
	[ "$(of out './/ul[@class="key"]/li[1]/a')" = 'Persons 6' ]
	# Figures and reasons are apart from the words behind them.
	grep -q '\[data-n\]::before { content: attr(data-n) "\\a0"' out
	grep -q '\[data-why\]::before { content: attr(data-why) "\\a0"' out
}

@test "words of a document are in its language wherever they stand, ours in English" {
	record='"text":"„Nein“, sagte Anna.","ents":[{"start":14,"end":18,"label":"PER"}],
		"quotes":[{"start":1,"end":5,"kind":"direct","cue":{"start":8,"end":13},"speaker":{"start":14,"end":18,"name":"Anna"}}]'
	{ echo "{\"title\":\"Ein Nein\",\"lang\":\"de-AT\",$record}" | tr -d '\n'; echo
		echo '{"text":"All is well."}'; } | extract-quotes -t html >out
	good out
	own=' lang="de-AT" dir="auto"' ours=' lang="en" dir="ltr"'
	for part in "<h2 id=\"d1t0\"$own>Ein" "<div class=\"text\"$own>" "<blockquote class=\"direct\"$own>" \
		"<span class=\"cue\"$own>sagte<" "<h4$own>Anna <span class=\"n\"$ours>1 quotation<" \
		"<ul role=\"list\"$own>" "data-n=\"1\"$ours aria-label=\"Quotation 1, direct, by Anna\"" \
		"<a href=\"#d1\"$own>Ein Nein</a>" '<a href="#d2" lang="" dir="auto">Untitled</a>'; do
		grep -qF "$part" out || wrong "$part"
	done
	# What is in English is said to be once.
	for lang in en EN-gb en-US; do
		echo "{\"lang\":\"$lang\",$record}" | tr -d '\n' | extract-quotes -t html >out
		[ "$(grep -c " lang=\"$lang\" dir=\"auto\"" out)" -eq 2 ] || wrong "$lang"
		[ "$(grep -o ' lang=' out | wc -l)" -eq 3 ] || wrong "$lang"
	done
	for lang in enm e en_US english; do
		echo "{\"lang\":\"$lang\",$record}" | tr -d '\n' | extract-quotes -t html >out
		[ "$(grep -o ' lang=' out | wc -l)" -gt 3 ] || wrong "$lang"
	done
}

@test "quotations: each in its speaker's block, with links to the text and back" {
	layers
	jq -r '.quotes | to_entries[] | "\(.value.kind)\tw\(.key + 1)"' all.jsonl | sort >want
	of all.html quotes | sed 's/\t[^\t]*\td1/\t/' | sort >got
	same want got 'all quotations'
	n=$(wc -l <want)
	[ "$n" -ge 8 ]
	for i in $(seq "$n"); do
		grep -q "<a class=\"ref\" href=\"#d1w$i\" data-n=\"$i\" aria-label=\"Quotation $i, " all.html || wrong "to the list: $i"
		grep -q "<a href=\"#d1q$i\" aria-label=\"Quotation $i in the text\">" all.html || wrong "to the text: $i"
		[ "$(grep -c "id=\"d1q$i\"" all.html)" -eq 1 ] || wrong "place $i"
	done
	jq -r '.quotes[] | select(.speaker.name == "Peder Aune") | .kind' all.jsonl | sort >want
	of all.html quotes | awk -F '\t' '$2 == "Peder Aune" { print $1 }' | sort >got
	same want got 'one speaker'
	grep -q '<q class="q direct" id="d1q2">“We have looked at every number twice,”</q>' all.html
	grep -q '<span class="cue">told</span>' all.html
	grep -q '<span class="who"><span class="e per"[^>]*>Solberg</span></span>' all.html
	# One kind only.
	extract-quotes --kind=direct -t html all.jsonl >out
	good out
	[ "$(of out quotes | cut -f 1 | sort -u)" = direct ]
}

@test "layers over one another: entities across quotations, quotations over paragraphs" {
	cat >in <<-'END'
	{"text":"He said: one Two three.\n\nFour five Six seven.\nEight.",
	"sents":[{"start":0,"end":34},{"start":30,"end":52}],
	"ents":[{"start":5,"end":16,"label":"ORG"},{"start":9,"end":12,"label":"PER"},{"start":20,"end":40,"label":"LOC"},{"start":20,"end":40,"label":"GPE"}],
	"quotes":[{"start":9,"end":52,"kind":"direct","parts":[[9,30],[35,52]],"cue":{"start":3,"end":7},"speaker":{"start":0,"end":12,"name":"He"}},
	{"start":13,"end":39,"kind":"indirect","cue":{"start":26,"end":30}},{"start":13,"end":13,"kind":"mixed"}]}
	END
	tr -d '\n' <in >one
	for tool in split-sentences tag-entities extract-quotes; do
		exits 0 "$tool" -t html one
		good out
		of out text | tail -n 1 >got
		[ "$(cat got)" = 'He said: one Two three. Four five Six seven. Eight.' ] || wrong "$(cat got)"
	done
	# A mark that is cut says its label once, where it ends.
	[ "$(of out marks | grep -c ^LOC)" -eq 2 ] || wrong "$(of out marks)"
	# What marks nothing is listed and leads nowhere.
	[ "$(of out quotes | wc -l)" -eq 3 ]
	if grep -q 'href="#d1q3"' out; then wrong 'a link to nothing'; fi
}

@test "nothing of a document is read as markup" {
	cp "$FIXTURES/hostile.jsonl" .
	for tool in $TOOLS; do
		exits 0 "$tool" -t html hostile.jsonl
		good out
		if grep -qi '<script\|<img\|<b>\|href="javascript' out; then wrong "$tool: markup"; fi
		[ "$(grep -c '</style' out)" -eq 1 ] || wrong "$tool: style"
	done
	of out text >got
	grep -q '<script>alert("x")</script> & </style> &amp; ]]> <!-- --!>' got
	# Control characters and what is no character are shown as signs.
	grep -q 'a␀b␁c␛d␡e�f�g' got
	[ "$(LC_ALL=C tr -d '\11\12\40-\176\200-\377' <out | wc -c)" -eq 0 ]
	# A name of a file can be anything.
	article >"$(printf 'a\377<b>')"
	tag-entities -t html a*b* >out
	good out
	grep -q '<span class="id">\|<h2' out
}

@test "links of a page only with --links, and none but to http and https" {
	cp "$FIXTURES/page.html" .
	strip-boilerplate -t html page.html >out
	good out
	[ "$(of out './/div/p/a' | wc -l)" -eq 0 ]
	strip-boilerplate --links -t html page.html >out
	good out
	[ "$(of out './/div/p/a')" = Tromso ]
	grep -q '<em>only</em>' out
	if grep -qi javascript out; then wrong javascript; fi
}

@test "--mark: dropped blocks folded away with their reasons, the others with theirs" {
	cp "$FIXTURES/page.html" .
	strip-boilerplate --mark -t html page.html >out
	good out
	strip-boilerplate --mark page.html >verdicts
	[ "$(of out './/details//*[@data-why]' | wc -l)" -eq "$(grep -c '^drop' verdicts)" ]
	of out './/details' | grep -q 'Ten harbours to see before winter'
	grep -q '<summary>[0-9]* blocks* dropped: ' out
	if grep -q '<details[^>]*open' out; then wrong 'open'; fi
	strip-boilerplate -t html page.html >out
	if grep -q '<details' out; then wrong 'dropped ones without --mark'; fi
}

@test "headings that were dropped stand below those kept, and move none of them" {
	cp "$FIXTURES/page.html" .
	strip-boilerplate --mark -t html page.html >out
	[ "$(of out './/div/h3' | tr '\n' '|')" = 'Anger on the quay|' ] || of out './/article//h4'
	[ "$(of out './/details/h3')" = 'Ferry line to close after forty years as harbour silts up' ]
	[ "$(of out './/details/h4')" = 'Most read' ]
}

@test "headings, lists and tables of a page are such; no level is skipped" {
	printf '%s\n' '<!doctype html><title>T</title><body><article><h1>Harbour news of the week</h1>' \
		"<p>$LONG $LONG</p><h4>Further down</h4><p>$LONGER</p><ul><li>$LONG<ul><li>$LONGER</li></ul></li><li>$LONG</li></ul>" \
		"<p>$LONGER</p><table><tr><td>Boats</td><td>Fish</td></tr><tr><td>Seven</td><td>Nine tons</td></tr></table><p>$LONG</p><pre>a  b" \
		" c</pre><p>$LONG</p></article>" >in.html
	strip-boilerplate --mark -t html in.html >out
	good out
	[ "$(of out './/article//h3' | tail -n 1)" = 'Further down' ]
	[ "$(of out './/td' | tr '\n' '|')" = 'Boats|Fish|Seven|Nine tons|' ]
	[ "$(of out './/ul/li/ul/li' | wc -l)" -eq 1 ]
	grep -q '^a  b$' out
}

@test "text with a sentence on each line is shown in paragraphs" {
	article | split-sentences | tag-entities -t html >page
	good page
	[ "$(of page './/div/p' | wc -l)" -eq 4 ] || wrong "$(of page './/div/p')"
	of page './/div/p' | sed -n 2p | grep -q '^“We cannot wait .*in this room.”$'
	# Hard-wrapped text, too.
	article | fold -s -w 60 | sed 's/ $//' | split-sentences -t html >page
	[ "$(of page './/div/p' | wc -l)" -eq 4 ]
}

@test "sentences are numbered by split-sentences" {
	article >in
	split-sentences -t html in >page
	n=$(split-sentences in | grep -c .)
	[ "$(of page './/span[@data-n]' | wc -l)" -eq "$n" ]
	split-sentences in | grep . >want
	of page './/span[@data-n]' >got
	same want got sentences
}

@test "several documents: an article each, and a list of contents" {
	{ article; printf '\f\n'; echo 'A headline of one line'; echo; article; } >two
	exits 0 tag-entities -t html two - <<<'The third.'
	good out
	[ "$(of out titles | tr '\n' '|')" = 'two|A headline of one line|Untitled|' ] || wrong "$(of out titles)"
	[ "$(of out './/nav/ol/li' | tr '\n' '|')" = 'two|A headline of one line|Untitled|' ]
	[ "$(grep -c '<article' out)" -eq 3 ]
	# One needs no contents.
	tag-entities -t html <<<'The third.' >out
	if grep -q '<nav' out; then wrong contents; fi
}

@test "the same bytes with -j, -l, -o, and with all documents at once" {
	for i in $(seq 60); do record "r$i"; done >in
	{ cat in; echo '{"text":'; record last; } >bad
	for tool in $TOOLS; do
		exits 1 "$tool" -t html bad
		good out
		cp out want
		[ "$(grep -c '<article' want)" -eq 61 ] || wrong "$tool: articles"
		go "$tool" -j 3 -t html bad
		same want out "$tool -j"
		go "$tool" -l -t html bad
		same want out "$tool -l"
		go "$tool" -t html -o page bad
		same want page "$tool -o"
	done
	for tool in split-sentences tag-entities; do
		for i in 1 2 3; do article; printf '\f\n'; done >text
		$tool -t html text >want
		$tool -j 2 -t html text >out
		same want out "$tool text -j"
		# In whatever pieces it comes.
		$tool -t html <text >want
		(while IFS= read -r line; do printf '%s\n' "$line"; done <text) | $tool -t html >out
		same want out "$tool line by line"
	done
}

@test "-0: a page for each document, with its NUL" {
	printf 'Ana Lima came.\0Oslo is far.\0' | tag-entities -0 -t html >out
	[ "$(tr -dc '\0' <out | wc -c)" -eq 2 ]
	tr '\0' '\n' <out | csplit -s -z -f part - '/^<!DOCTYPE/' '{*}'
	for part in part00 part01; do
		good "$part"
		[ "$(grep -c '<article' "$part")" -eq 1 ]
	done
	grep -q Oslo part01
}

@test "a document over the limit is one article of several parts" {
	for i in $(seq 40); do article; echo; done >in
	for tool in split-sentences tag-entities extract-quotes; do
		exits 0 "$tool" --max-document=4K -t html in
		good out
		[ "$(grep -c '<article' out)" -eq 1 ]
		[ "$(grep -c '<div class="part' out)" -gt 3 ]
		for part in $(of out text | tail -n +2 | tr ' ' '\n' | grep -c .); do
			[ "$part" -eq "$(wc -w <in)" ] || wrong "$tool: $part words"
		done
	done
}

@test "a page grows with the text and its layers, also with those that lie over one another" {
	nested() {
		jq -cn --argjson n "$1" '{text: ("ab cd. \n\n" * $n),
			ents: [range($n) | {start: ., end: ($n * 9 - .), label: "PER"}],
			quotes: [range($n) | {start: (. * 3), end: ($n * 9), kind: "direct"}]}'
	}
	nested 1000 | extract-quotes -t html >one
	nested 2000 | extract-quotes -t html >two
	good one two
	a=$(wc -c <one) b=$(wc -c <two)
	# Each quotation is shown in the list, cut to a length.
	[ "$b" -lt $((a * 22 / 10)) ] || wrong "$a bytes, then $b"
}

@test "what makes no sense with a page is wrong usage" {
	exits 2 split-sentences --explain -t html
	grep -q -e '--explain: not in html' err || wrong
	exits 2 tag-entities --count -t html
	grep -q -e '--count: is tsv, not html' err || wrong
	exits 2 train-entities -t html
}
