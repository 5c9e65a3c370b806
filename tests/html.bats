# Web pages in, by themselves and in JSON Lines, and what comes of them.
load common

py() {
	PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$ROOT/tests" python3 -c "
import json, sys
from warc import *
put = sys.stdout.buffer.write
$(cat)"
}

setup() {
	cd "$BATS_TEST_TMPDIR"
	py >page.html <<-'END'
	put(page("The train", '''<h2>What it cost</h2>
	<ul><li>The crates, all of them, and the straw inside.</li><li>A morning.</li></ul>
	<p>There is <a href="/more">more about the bridge</a> in the report of the town, and it says *nothing* new.</p>
	'''))
	END
}

LINE='The night train from the coast was late again'

@test "a page is told by its first bytes, in a file or on a pipe" {
	exits 0 strip-boilerplate page.html
	silent
	grep -q "^$LINE" out || wrong "no article"
	! grep -q 'Log in\|<p>\|Terms' out || wrong "menu or markup"
	[ "$(sed -n 2p out)" = "" ] || wrong "no blank line"
	mv out want
	for options in "" "-f html"; do
		strip-boilerplate $options <page.html >out
		same want out "on a pipe $options"
	done
	gzip -k page.html
	exits 0 strip-boilerplate page.html.gz
	same want out gzip
}

@test "-f text takes a page for text, -f html a text for a page" {
	exits 0 strip-boilerplate -f text page.html
	grep -q '<p>' out || wrong "markup"
	echo "$LINE" >text
	exits 0 strip-boilerplate text
	[ "$(cat out)" = "$LINE" ] || wrong text
	go strip-boilerplate -f html -t jsonl text
	[ "$(jq -c .text out)" != null ] || wrong html
}

@test "each page is read in its own encoding, or the one that --encoding names" {
	py <<-'END'
	more = "<p>The café in Zürich was closed, and so was the other one, as everybody could see.</p>"
	text = page("x", more).decode()
	def save(name, encoding, head=""):
	    body = text.replace("<head>", "<head>" + head)
	    open(name, "wb").write(body.encode(encoding))
	save("utf8.html", "utf-8")
	save("bom.html", "utf-8-sig")
	save("utf16.html", "utf-16")
	save("declared.html", "iso-8859-15", '<meta charset="iso-8859-15">')
	save("windows.html", "cp1252")
	save("odd.html", "cp850")
	END
	for file in utf8 bom utf16 declared windows; do
		exits 0 strip-boilerplate $file.html
		grep -q '^The café in Zürich was closed' out || wrong "$file"
	done
	exits 0 strip-boilerplate --encoding=ibm866 odd.html
	! grep -q 'café' out || wrong "--encoding"
	exits 2 strip-boilerplate --encoding=nonsense utf8.html
	[ "$(wc -l <err)" -eq 1 ] || wrong "not one line"
	# The same option for text, after a look at its first bytes.
	printf 'Das Café in Zürich war am Morgen geschlossen.\n' | iconv -t UTF-16LE >text
	exits 0 strip-boilerplate --encoding=UTF-16LE text
	[ "$(cat out)" = "Das Café in Zürich war am Morgen geschlossen." ] || wrong text
	exits 2 strip-boilerplate --encoding=nonsense text
	says "strip-boilerplate: text: unknown encoding 'nonsense'"
}

@test "blocks say what they are, and where in the page they came from" {
	exits 0 strip-boilerplate -t jsonl page.html
	[ "$(jq -r .id out)" = page.html ] || wrong id
	[ "$(jq -r .title out)" = "The train" ] || wrong title
	[ "$(jq -r .lang out)" = en ] || wrong lang
	[ "$(jq '[.blocks[] | select(.kind == "paragraph")] | length' out)" -eq 4 ] || wrong paragraphs
	[ "$(jq -c '[.blocks[] | select(.kind == "item") | .level]' out)" = '[1,1]' ] || wrong items
	[ "$(jq -c '[.blocks[] | select(.kind == "heading") | .level] | last' out)" = 2 ] || wrong headings
	python3 - <<-'END'
	import json
	source = open("page.html", "rb").read()
	doc = json.load(open("out"))
	for b in doc["blocks"]:
	    words = doc["text"][b["start"]:b["end"]].split()
	    assert words[0].encode() in source[slice(*b["src"])], b
	    assert words[-1].encode() in source[slice(*b["src"])], b
	    assert not {"keep", "reason", "score"} & set(b), b
	END
	exits 0 strip-boilerplate -t jsonl --mark page.html
	[ "$(jq '[.blocks[] | has("keep") and has("reason")] | all' out)" = true ] || wrong marks
	exits 0 strip-boilerplate --mark page.html
	grep -q $'^keep\t[a-z-]*\t'"$LINE" out || wrong "--mark"
}

@test "items stand on lines of their own, other blocks have a blank line between" {
	exits 0 strip-boilerplate page.html
	grep -A 1 '^The crates' out | tail -n 1 | grep -qx 'A morning.' || wrong items
	[ "$(grep -B 1 '^Nobody had' out | head -n 1)" = "" ] || wrong paragraphs
}

@test "--meta: lines about the page, a blank line, the text" {
	exits 0 strip-boilerplate page.html
	mv out text
	exits 0 strip-boilerplate --meta page.html
	sed '/^$/q' out >head
	grep -qx 'Title: The train' head || wrong title
	grep -qx 'Lang: en' head || wrong lang
	! grep -vE '^(Title|Author|Date|Site|Lang|URL): .|^$' head || wrong head
	sed '1,/^$/d' out >rest
	same text rest "the text behind"
	exits 0 strip-boilerplate --meta -t markdown page.html
	[ "$(head -n 1 out)" = --- ] || wrong "front matter"
	sed -n '2,/^---$/p' out | grep -qx 'title: "The train"' || wrong "front matter"
}

@test "-t markdown: headings, lists, escapes, links" {
	exits 0 strip-boilerplate -t markdown page.html
	grep -qx '## What it cost' out || wrong heading
	grep -A 1 -Fx -e '- The crates, all of them, and the straw inside.' out | grep -Fqx -e '- A morning.' || wrong list
	grep -F 'it says \*nothing\* new' out | grep -q 'There is more about' || wrong escapes
	exits 0 strip-boilerplate -t markdown --links page.html
	grep -F '[more about the bridge](/more)' out || wrong link
	exits 0 strip-boilerplate -t jsonl page.html
	mv out page.jsonl
	exits 0 strip-boilerplate -t markdown page.html
	mv out want
	exits 0 strip-boilerplate -t markdown page.jsonl
	same want out "from blocks that are there"
}

@test "--links: where they lead, in jsonl; not in text" {
	exits 0 strip-boilerplate -t jsonl --links page.html
	[ "$(jq -c '. as $d | .links[] | [$d.text[.start:.end], .href]' out)" = '["more about the bridge","/more"]' ] || wrong links
	for options in "-t text" "" "-f html"; do
		exits 2 strip-boilerplate --links $options page.html
		head -n 1 err | grep -q -- '--links: text has no links, use --to=markdown or jsonl' || wrong "$options"
		[ ! -s out ] || wrong "output"
	done
	exits 2 strip-boilerplate --mark -t markdown page.html
}

@test "a record with html and no text is a page" {
	py >in.jsonl <<-'END'
	record = {"id": 7, "url": "http://example.org/x", "n": [1.0, "é"], "title": "Mine", "html": page("The train").decode()}
	put(json.dumps(record).encode() + b"\n")
	del record["title"]
	record["text"] = None
	put(json.dumps(record, ensure_ascii=False).encode() + b"\n")
	END
	exits 0 strip-boilerplate in.jsonl
	silent
	[ "$(jq -r .text out | grep -c "^$LINE")" -eq 2 ] || wrong texts
	[ "$(jq -r .title out | tr '\n' ,)" = "Mine,The train," ] || wrong titles
	[ "$(jq -c 'del(.text, .blocks, .lang, .title)' out)" = "$(jq -c 'del(.text, .title)' in.jsonl)" ] || wrong others
	grep -qF '"n": [1.0, "\u00e9"]' out || wrong "bytes of other members"
	[ "$(jq '.blocks[0].src[0]' out | sort -u | wc -l)" -eq 1 ] || wrong src
	mv out want
	exits 0 strip-boilerplate <want
	same want out "run again"
	exits 0 strip-boilerplate --drop-html in.jsonl
	[ "$(jq -c 'del(.html)' want)" = "$(jq -c . out)" ] || wrong drop-html
	for tool in split-sentences tag-entities extract-quotes; do
		exits 0 $tool -t jsonl in.jsonl
		same in.jsonl out "$tool: no text yet"
	done
	exits 0 strip-boilerplate -j 3 in.jsonl in.jsonl
	cat want want >twice
	same twice out "-j"
}

@test "a page without content: one line and exit 1, or nothing with --on-empty=ok" {
	printf '<html><head><title>x</title></head><body><script>go(1)</script></body></html>' >none.html
	exits 1 strip-boilerplate none.html
	says "strip-boilerplate: none.html: no content found"
	exits 1 strip-boilerplate --type=article none.html
	says "strip-boilerplate: none.html: no article found"
	exits 0 strip-boilerplate --on-empty=ok -t jsonl none.html
	silent
	[ "$(jq -c .text out)" = '""' ] || wrong text
	exits 0 strip-boilerplate --on-empty=ok /dev/null
}

@test "-0: pages end in NUL, and each has its answer" {
	{ cat page.html; printf '\0'; cat page.html; printf '\0'; } >pages
	go strip-boilerplate -0 -f html pages
	[ "$(tr -cd '\0' <out | wc -c)" -eq 2 ] || wrong NULs
	[ "$(tr '\0' '\n' <out | grep -c "^$LINE")" -eq 2 ] || wrong texts
	exits 0 strip-boilerplate -0 -t jsonl pages
	[ "$(tr '\0' '\n' <out | jq -r .id | tr '\n' ' ')" = "pages pages#2 " ] || wrong ids
	# Without it a NUL is one of a page's bytes.
	exits 0 strip-boilerplate -f html -t jsonl pages
	[ "$(wc -l <out)" -eq 1 ] || wrong pages
}

@test "a page over --max-document is cut, and that is said" {
	py >long.html <<-'END'
	put(page("Long", "<p>And on it went, without an end that anybody could see.</p>\n" * 9000))
	END
	for jobs in 1 2; do
		exits 1 strip-boilerplate -j $jobs --max-document=100K long.html
		says "strip-boilerplate: long.html: page over --max-document, cut"
		grep -q "^$LINE" out || wrong text
	done
	exits 0 strip-boilerplate long.html
}

@test "several pages: a form feed between, one record each, any number of threads" {
	cp page.html b.html
	exits 0 strip-boilerplate page.html b.html
	[ "$(grep -c $'^\f$' out)" -eq 1 ] || wrong "form feed"
	mv out want
	exits 0 strip-boilerplate -j 2 page.html b.html
	same want out "-j 2"
	exits 0 strip-boilerplate -j 2 -t jsonl page.html b.html
	[ "$(jq -r .id out | tr '\n' ' ')" = "page.html b.html " ] || wrong ids
}

@test "options for pages: a bad value is wrong usage" {
	for option in --type=nothing --tables=maybe --on-empty=perhaps --links=yes --precision=2; do
		exits 2 strip-boilerplate $option page.html
		[ "$(wc -l <err)" -eq 2 ] || wrong "$option"
	done
	for option in --precision --recall --comments --tables=no --tables=yes --type=auto --type=article; do
		exits 0 strip-boilerplate $option page.html
		grep -q "^$LINE" out || wrong "$option"
	done
}

@test "hostile pages: cut off anywhere, deep, many attributes, NUL: an answer, and no noise" {
	for n in 1 2 5 20 100 300 500 700; do
		head -c $n page.html >cut.html
		go strip-boilerplate -f html cut.html
		[ "$status" -le 1 ] || wrong "$n bytes"
		[ "$(wc -l <err)" -le 1 ] || wrong "$n bytes"
	done
	py <<-'END'
	open("deep.html", "wb").write(b"<div>" * 100000 + page("deep"))
	open("bold.html", "wb").write(page("bold", "<b>" * 50000))
	open("many.html", "wb").write(b"<p " + b" ".join(b"a%d=1" % i for i in range(20000)) + b">" + page("many"))
	open("nul.html", "wb").write(page("nul").replace(b"<p>", b"<p>\0"))
	END
	for file in deep bold many nul; do
		exits 0 strip-boilerplate -f html $file.html
		grep -q "night train" out || wrong "$file"
	done
}

@test "what holds nothing but blanks that do not break is no block" {
	for blank in '<pre>&nbsp;</pre>' '<p>&nbsp; &#8203;</p>' '<p>&amp;nbsp;</p>' '<ul><li><pre> &nbsp;</pre></ul>'; do
		printf '<html><body><p>One.</p>%s<p>Two.</p>' "$blank" | strip-boilerplate -t jsonl >out
		[ "$(jq -c '[.text, (.blocks | length)]' out)" = '["One.\n\nTwo.",2]' ] || { echo "$blank"; cat out; false; }
	done
}

@test "furniture that no markup tells goes by its words, but not with --recall" {
	cat >in.html <<-END
	<!DOCTYPE html><html><head><title>The old pier</title></head><body><h1>The old pier</h1>
	<p>By John Smith</p><p>$LONG</p><p>Advertisement</p>
	<p>Sign up for our newsletter to get the news of the harbour every morning.</p>
	<p>$LONGER</p><p>Apple declined to comment.</p>
	<p>Have a tip? Email tips@example.com</p>
	<p>John Smith is a reporter in London. Follow him on Twitter at @johnsmith.</p>
	<p>(Reporting by Jo Lamb; Editing by Erik Dahl)</p></body></html>
	END
	exits 0 strip-boilerplate in.html
	grep -v '^The old pier$' out | grep . >kept
	printf '%s\n%s\n%s\n' "$LONG" "$LONGER" "Apple declined to comment." >want
	same want kept furniture
	[ "$(strip-boilerplate --mark in.html | grep '^drop' | cut -f 2 | tr '\n' ' ')" = "byline crumb contact contact contact credit " ] || wrong reasons
	strip-boilerplate --recall in.html | grep -qx Advertisement || wrong --recall
}

# A page whose article is a string of JSON-LD: $1 as it stands there, $2 the
# page's own paragraphs.
scripted() {
	cat <<-END
	<!DOCTYPE html><html><head><title>The old pier</title><script type="application/ld+json">
	{"@type": "NewsArticle", "headline": "The old pier", "datePublished": "2024-03-05", "articleBody": "$1"}
	</script></head><body><noscript>You need to enable JavaScript to run this app.</noscript>$2</body></html>
	END
}

@test "articleBody is the text where it is more than twice as long as the page's own" {
	printf '%s\n\n“We cannot wait,” & so on. 😀\n' "$LONG" >want
	for body in "$LONG\\n\\n\\u201cWe cannot wait,\\u201d &amp; so on. \\ud83d\\ude00" \
		"<p>$LONG<\\/p>\\n<p>\\u201cWe cannot wait,\\u201d <b>&amp;<\\/b> so on. 😀<\\/p>" \
		"&lt;p&gt;$LONG&lt;/p&gt;&lt;p&gt;“We cannot wait,” &amp;amp; so on. 😀&lt;/p&gt;" \
		"$LONG
	“We cannot wait,” &amp; so on. 😀"; do
		scripted "$body" >in.html
		exits 0 strip-boilerplate in.html
		same want out "$body"
		exits 0 strip-boilerplate -t jsonl in.html
		[ "$(jq -r .date out)" = 2024-03-05 ] || wrong date
		python3 - <<-'END'
		import json
		source = open("in.html", "rb").read()
		doc = json.load(open("out"))
		assert len(doc["blocks"]) == 2
		for b in doc["blocks"]:
		    place = source[slice(*b["src"])].decode()
		    assert doc["text"][b["start"]:b["end"]][:20] in place or "We cannot" in place, place
		END
	done
	scripted "$LONG\\n\\n$LONGER" "<p>The night train was late.</p>" >in.html
	exits 0 strip-boilerplate --mark in.html
	[ "$(grep '^keep' out | cut -f 3-)" = "$LONG"$'\n'"$LONGER" ] || wrong "what is kept"
	grep -q '^drop.*The night train was late.$' out || wrong --mark
	scripted "$LONG\\n\\n$LONGER By others." "<p>$LONG</p><p>$LONGER</p>" >in.html
	[ "$(strip-boilerplate in.html)" = "$LONG"$'\n\n'"$LONGER" ] || wrong "a page that has its article"
}

@test "an empty file that is called a page is one without content" {
	: >none.html
	: >none.txt
	gzip -k none.html
	for file in none.html none.html.gz; do
		exits 1 strip-boilerplate -t jsonl page.html $file page.html
		says "strip-boilerplate: $file: no content found"
		[ "$(jq -c 'select(.text == "") | .id' out)" = "\"$file\"" ] || wrong "$file: no record"
		[ "$(wc -l <out)" -eq 3 ] || wrong "$file: not three records"
	done
	exits 1 strip-boilerplate -f html -t jsonl none.txt
	exits 0 strip-boilerplate --on-empty=ok -t jsonl none.html
	[ "$(wc -l <out)" -eq 1 ] || wrong --on-empty
	for options in none.txt "-f text none.html" "-0 -f html none.html"; do
		exits 0 strip-boilerplate -t jsonl $options
		[ ! -s out ] || wrong "$options"
	done
	exits 0 strip-boilerplate -f html </dev/null
	[ ! -s out ] || wrong "standard input"
}

@test "in other XML with a doctype unknown elements are lines, names in a paragraph are not" {
	cat >in.xml <<-END
	<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-4.dtd"><nitf><head><title>The old pier</title></head><body>
	<body.head><hedline><hl1>The old pier</hl1></hedline><byline>By <person>Jo Lamb</person></byline><dateline><location>PORT HAVEN</location></dateline></body.head>
	<body.content><p>$LONG</p><p><person>Jo Lamb</person> said so. $LONGER</p></body.content></body></nitf>
	END
	exits 0 strip-boilerplate --mark in.xml
	cut -f 3- out >blocks
	printf '%s\n' "The old pier" "By Jo Lamb" "PORT HAVEN" "$LONG" "Jo Lamb said so. $LONGER" >want
	same want blocks nitf
}

@test "--mark is not in markdown" {
	exits 2 strip-boilerplate --mark -t markdown page.html
	head -n 1 err | grep -q 'use --to=text, jsonl or html$' || wrong message
	exits 0 strip-boilerplate --mark -t html page.html
}

@test "the record of a page is not changed by another run" {
	exits 0 strip-boilerplate -t jsonl page.html
	mv out once
	exits 0 strip-boilerplate once
	same once out "JSON Lines"
}
