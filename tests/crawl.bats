load common

# py: a script that makes files of pages and records; see warc.py.
py() {
	PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$ROOT/tests" python3 -c "
import sys
from warc import *
$(cat)"
}

setup_file() {
	cd "$BATS_FILE_TMPDIR"
	py <<-'END'
	records = list(crawl())
	open("crawl.warc", "wb").write(b"".join(records))
	open("crawl.warc.gz", "wb").write(b"".join(map(gzip.compress, records)))
	open("whole.warc.gz", "wb").write(gzip.compress(b"".join(records)))
	END
	zstd -q crawl.warc
}

setup() {
	cd "$BATS_TEST_TMPDIR"
	cp "$BATS_FILE_TMPDIR"/* .
}

# names: which pages came out.
names() {
	jq -r '.id | sub("urn:uuid:"; "")' "${1:-out}" | tr '\n' ' ' | sed 's/ $//'
}

got() {
	[ "$(names)" = "$1" ] || wrong "pages: $(names), expected $1"
}

@test "a crawl gives one JSON record for each page, with id, url and time of capture" {
	exits 0 strip-boilerplate crawl.warc
	silent
	got "a b d e"
	[ "$(jq -r .url out | head -n 1)" = http://example.org/a ] || wrong url
	[ "$(jq -r .captured out | sort -u)" = 2024-05-06T07:08:09Z ] || wrong captured
	[ "$(jq -r .title out | tr -d '\n')" = abde ] || wrong title
	grep -c "night train" out
	for name in a b d e; do
		jq -r --arg id "urn:uuid:$name" 'select(.id == $id).text' out >text
		grep -q "^That is what was said of $name, " text || wrong "text of $name"
		! grep -q "Log in" text || wrong "menu of $name"
	done
}

@test "plain, packed record by record, packed as a whole, zstd, on a pipe: the same" {
	exits 0 strip-boilerplate crawl.warc
	mv out want
	for file in crawl.warc.gz whole.warc.gz crawl.warc.zst; do
		exits 0 strip-boilerplate $file
		same want out $file
		for i in 1 2 3 4 5 6 7 8; do head -c $((i * 37)) $file | tail -c 37; done >start
		{ head -c 296 $file; sleep 0.1; tail -c +297 $file; } | strip-boilerplate -f warc >out
		same want out "$file on a pipe"
	done
	exits 0 strip-boilerplate -f warc crawl.warc
	same want out "-f warc"
}

@test "a zstd frame with a bad header costs its record only, and no time" {
	py <<-'END'
	for name in "abc":
	    open(name, "wb").write(response(name, page(name)))
	END
	zstd -q a b c
	# The bit of the descriptor that is reserved: zstd takes none of it.
	printf '\050\265\057\375\010\003bad header' >bad
	cat a.zst bad b.zst bad bad c.zst bad >in.warc.zst
	status=0
	timeout 20 strip-boilerplate in.warc.zst >out 2>err || status=$?
	[ "$status" -eq 1 ] || wrong "status $status"
	got "a b c"
	grep -q "damaged gzip or zstd data" err || wrong "no word on it"
}

@test "-j: the same bytes, damage included" {
	py <<-'END'
	records = [response(f"p{i}", page(f"p{i}") * (1 + i % 7)) for i in range(300)]
	for i in range(10, 300, 60):
	    records[i] = records[i][:-200]
	    records[i + 7] = b"stray bytes\r\n" + records[i + 7]
	open("in.warc.gz", "wb").write(b"".join(map(gzip.compress, records)))
	END
	exits 1 strip-boilerplate -j 1 in.warc.gz
	mv out one.out
	mv err one.err
	[ "$(wc -l <one.out)" -eq 295 ] || wrong "records: $(wc -l <one.out)"
	for jobs in 2 4; do
		exits 1 strip-boilerplate -j $jobs in.warc.gz
		same one.out out "-j $jobs"
		same one.err err "-j $jobs, standard error"
	done
}

@test "chunks and packing of bodies are undone, also where headers say it and bytes do not" {
	py >in.warc <<-'END'
	gz, ch = "Content-Encoding: gzip\r\n", "Transfer-Encoding: chunked\r\n"
	write = sys.stdout.buffer.write
	write(response("chunks", chunked(page("chunks")), more=ch))
	write(response("packed", gzip.compress(page("packed")), more=gz))
	write(response("both", chunked(gzip.compress(page("both"))), more=ch + gz))
	write(response("neither", more=ch + gz))
	write(response("deflate", zlib.compress(page("deflate")), more="Content-Encoding: deflate\r\n"))
	write(response("cut", chunked(page("cut"))[:1500], more=ch))
	END
	exits 0 strip-boilerplate in.warc
	silent
	got "chunks packed both neither deflate cut"
	for name in chunks packed both neither deflate; do
		jq -r .text out | grep -q "^That is what was said of $name, " || wrong "$name"
	done
	[ "$(jq -r .text out | grep -c '^The night train')" -eq 6 ] || wrong "night train"
}

@test "a body packed in a way that is not known is one line; the others come" {
	py >in.warc <<-'END'
	sys.stdout.buffer.write(response("x", b"\x0b\x02\x80", more="Content-Encoding: br\r\n"))
	sys.stdout.buffer.write(response("y"))
	END
	exits 1 strip-boilerplate in.warc
	says "strip-boilerplate: in.warc:1: cannot unpack content-encoding 'br'"
	got y
	exits 1 strip-boilerplate --on-error=record in.warc
	[ "$(wc -l <out)" -eq 2 ] || wrong records
}

@test "the server's charset is believed, one that is none is not, --encoding counts more" {
	py >in.warc <<-'END'
	body = page("x", "<p>The café on the square was open, and it was the only one for miles around.</p>").decode()
	write = sys.stdout.buffer.write
	write(response("latin", body.encode("latin-1"), content="text/html; charset=ISO-8859-1"))
	write(response("quoted", body.encode("koi8-r", "xmlcharrefreplace"), content='text/html;charset="koi8-r"'))
	write(response("none", body.encode(), content="text/html; charset=nonsense"))
	END
	exits 0 strip-boilerplate in.warc
	silent
	[ "$(jq -r .text out | grep -c '^The café on')" -eq 3 ] || wrong "cafés"
	py >in.warc <<-'END'
	body = page("x", "<p>The café on the square was open, and it was the only one for miles around.</p>").decode()
	sys.stdout.buffer.write(response("wrong", body.encode("cp850"), content="text/html; charset=utf-8"))
	END
	exits 0 strip-boilerplate --encoding=cp866 in.warc
	! jq -r .text out | grep -q '^The café on' || wrong "cafés"
	exits 2 strip-boilerplate --encoding=nonsense in.warc
	[ "$(wc -l <err)" -eq 1 ] || wrong "lines"
	[ ! -s out ] || wrong "output"
}

@test "WET: the text of a conversion record is a document" {
	py >in.wet <<-'END'
	def wet(name, text):
	    return record("conversion", text.encode(), name, "text/plain")
	sys.stdout.buffer.write(record("warcinfo", b"x", "i") + wet("one", f"Home » News\r\n{LONG}\r\n{LONGER}\r\n")
	    + wet("two", f"{LONGER}\n{LONG}\nZürich\n"))
	END
	gzip -k in.wet
	exits 0 strip-boilerplate in.wet
	silent
	got "one two"
	[ "$(jq -r 'select(.id == "urn:uuid:one").text' out)" = "$LONG"$'\n\n'"$LONGER" ] || wrong text
	[ "$(jq -r .url out | tail -n 1)" = http://example.org/two ] || wrong url
	mv out want
	exits 0 strip-boilerplate in.wet.gz
	same want out gz
}

@test "a damaged gzip member costs its record and one line, wherever it is" {
	py <<-'END'
	packed = [gzip.compress(response(f"p{i}")) for i in range(6)]
	for i in range(6):
	    bad = list(packed)
	    bad[i] = bad[i][:80] + b"\x00" * 40 + bad[i][120:]
	    open(f"bad{i}.warc.gz", "wb").write(b"".join(bad))
	open("between.warc.gz", "wb").write(packed[0] + b"no gzip at all\n" * 9000 + packed[1])
	open("cut.warc.gz", "wb").write(b"".join(packed)[:-100])
	END
	for i in 1 2 3 4; do
		exits 1 strip-boilerplate bad$i.warc.gz
		says_like "^strip-boilerplate: bad$i.warc.gz:$((i + 1)): .*damaged "
		got "$(echo p0 p1 p2 p3 p4 p5 | sed "s/p$i //")"
	done
	exits 1 strip-boilerplate bad5.warc.gz
	[ "$(wc -l <err)" -eq 1 ] || wrong bad5
	got "p0 p1 p2 p3 p4"
	exits 1 strip-boilerplate between.warc.gz
	[ "$(wc -l <err)" -eq 1 ] || wrong between
	got "p0 p1"
	exits 1 strip-boilerplate cut.warc.gz
	says "strip-boilerplate: cut.warc.gz: gzip data ends too early"
	got "p0 p1 p2 p3 p4"
}

@test "damage in a plain file costs its record and one line" {
	py <<-'END'
	def put(name, *records):
	    open(name, "wb").write(b"".join(records))
	a, b = response("a"), response("b")
	put("stray.warc", a, b"stray\r\n\r\nWARC/x\r\n" * 50, b)
	put("short.warc", a, response("bad", length=300), b)
	put("long.warc", a, response("bad", length=2000), b)
	put("beyond.warc", a, response("bad", length=10**6), b)
	put("huge.warc", a, response("bad", length=10**18), b)
	put("overflow.warc", a, response("bad", length=10**30), b)
	put("minus.warc", a, response("bad", length=-1), b)
	put("none.warc", a, response("bad").replace(b"Content-Length", b"Content-Lengthy"), b)
	put("cut.warc", a, b, response("bad")[:-50])
	put("head.warc", a, b, response("bad")[:50])
	END
	for file in stray short long beyond huge overflow minus none cut head; do
		exits 1 strip-boilerplate $file.warc
		[ "$(wc -l <err)" -eq 1 ] || wrong "$file: not one line"
		says_like "^strip-boilerplate: $file.warc:[123]: "
		got "a b"
	done
}

@test "an empty page is a record, and no error unless that is asked" {
	py >in.warc <<-'END'
	sys.stdout.buffer.write(response("a", b"<html><body></body></html>") + response("b"))
	END
	exits 0 strip-boilerplate -v in.warc
	got "a b"
	says_like "2 documents, 1 empty, "
	[ "$(jq -c 'select(.id == "urn:uuid:a").text' out)" = '""' ] || wrong text
	exits 1 strip-boilerplate --on-empty=error in.warc
	says "strip-boilerplate: in.warc:1: no content found"
	got "a b"
}

@test "other forms: text with form feeds between, Markdown" {
	exits 0 strip-boilerplate -t text crawl.warc
	[ "$(grep -c $'^\f$' out)" -eq 3 ] || wrong "form feeds"
	[ "$(grep -c '^The night train' out)" -eq 4 ] || wrong "texts"
	exits 0 strip-boilerplate -t text --meta crawl.warc
	[ "$(grep -c '^URL: http://example.org/' out)" -eq 4 ] || wrong "addresses"
	exits 0 strip-boilerplate -t markdown crawl.warc
	[ "$(grep -c '^The night train' out)" -eq 4 ] || wrong "texts"
}

@test "what is not there or no archive" {
	exits 0 strip-boilerplate -f warc /dev/null
	silent
	[ ! -s out ] || wrong output
	article >text
	exits 1 strip-boilerplate -f warc text
	says "strip-boilerplate: text: bytes that belong to no record"
	for tool in split-sentences tag-entities extract-quotes; do
		exits 2 $tool -f warc crawl.warc
		exits 2 $tool -f html crawl.warc
	done
}

@test "records over --max-document are cut, packed ones too, and the next is fine" {
	py >in.warc <<-'END'
	big = page("big", "<p>And on it went, without an end that anybody could see.</p>\n" * 9000)
	bomb = page("bomb") + b" " * 30_000_000
	write = sys.stdout.buffer.write
	write(response("big", big))
	write(response("bomb", gzip.compress(bomb), more="Content-Encoding: gzip\r\n"))
	write(response("small"))
	END
	for jobs in 1 2; do
		exits 1 strip-boilerplate -j $jobs --max-document=100K in.warc
		printf 'strip-boilerplate: in.warc:%d: page over --max-document, cut\n' 1 2 >want
		same want err "-j $jobs"
		got "big bomb small"
		[ "$(jq -r .text out | grep -c '^The night train')" -eq 3 ] || wrong texts
	done
}

# Without sanitizers at most 64 MiB for a crawl of any length.
@test "a long crawl does not exhaust memory" {
	[ -z "$DESK_SLOW" ] || skip "sanitizers use memory of their own"
	py >long.warc.gz <<-'END'
	part = b"".join(gzip.compress(response(f"p{i}", page(f"p{i}", "<p>More of it, and more.</p>" * 900)), 1) for i in range(40))
	video = gzip.compress(record("response", b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n" + b"\0" * 90_000_000, "v"), 1)
	for i in range(60):
	    sys.stdout.buffer.write(part)
	    if i % 20 == 0:
	        sys.stdout.buffer.write(video)
	END
	for jobs in 1 3; do
		/usr/bin/time -f %M -o peak strip-boilerplate -j $jobs <long.warc.gz >out 2>err || wrong "-j $jobs"
		[ "$(wc -l <out)" -eq 2400 ] || wrong "records: $(wc -l <out)"
		[ "$(tail -n 1 peak)" -le 65536 ] || wrong "-j $jobs: $(tail -n 1 peak) KiB"
	done
}
