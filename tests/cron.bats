load common

# examples/todays-quotes with a web server of our own, and what may go wrong.

# Answers by path; what was asked for is a line of the file asked each.
cat_server() {
	cat <<-'END'
	import http.server, os, sys, time

	def page(who, words):
	    body = "".join(f"<p>{line}</p>" for line in (
	        "The harbour council of Sandviken voted on Tuesday to rebuild the old pier before the winter.",
	        f"“{words},” said {who}, who leads the council and has fished from the pier since 1987.",
	        "The work will cost about 12 million euros and take eighteen months, and nobody has said who pays."))
	    return f"<!DOCTYPE html><html><head><title>The pier</title></head><body><article><h1>The pier</h1>{body}</article></body></html>".encode()

	class Handler(http.server.BaseHTTPRequestHandler):
	    def log_message(self, *rest):
	        pass

	    def do_GET(self):
	        with open("asked", "a") as f:
	            f.write(self.path + "\n")
	        code, cut, body = 200, 0, page("Ana Lima", "We cannot wait for another year")
	        if self.path == "/two":
	            body = page("Erik Dahl", "It was the least that they could do")
	        elif self.path == "/moved":
	            code = 301
	        elif self.path == "/missing":
	            code = 404
	        elif self.path == "/broken":
	            code = 500
	        elif self.path == "/cut":
	            cut = 150
	        elif self.path == "/silent":
	            time.sleep(60)
	        elif self.path == "/gate":
	            while not os.path.exists("open"):
	                time.sleep(0.05)
	        elif self.path == "/picture":
	            body = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
	        elif self.path == "/long":
	            body = page("Ana Lima", "We cannot wait") + b"<p>More to come." * 40000
	        self.send_response(code)
	        if code == 301:
	            self.send_header("Location", "/one")
	        self.send_header("Content-Type", "image/png" if self.path == "/picture" else "text/html; charset=utf-8")
	        self.send_header("Content-Length", str(len(body)))
	        self.end_headers()
	        self.wfile.write(body[:len(body) - cut])

	class Server(http.server.ThreadingHTTPServer):
	    daemon_threads = True

	    def handle_error(self, *rest):
	        pass

	server = Server(("127.0.0.1", 0), Handler)
	open("port.new", "w").write(str(server.server_port))
	os.rename("port.new", "port")
	server.serve_forever()
	END
}

# A server here; list of pages in the file list.
serve() {
	command -v curl >/dev/null || skip "no curl here"
	command -v flock >/dev/null || skip "no flock here"
	cat_server >server.py
	: >asked
	python3 server.py >server.log 2>&1 3>&- &
	echo $! >server.pid
	for i in $(seq 200); do
		[ -e port ] && break
		kill -0 "$(cat server.pid)" 2>/dev/null || skip "no server on the loopback interface: $(tail -n 1 server.log)"
		sleep 0.05
	done
	base=http://127.0.0.1:$(cat port)
	unset http_proxy HTTP_PROXY all_proxy ALL_PROXY TIMEOUT
	list "$@"
}

list() {
	: >list
	for page in "$@"; do
		echo "$base$page" >>list
	done
}

teardown() {
	[ ! -e "$BATS_TEST_TMPDIR/server.pid" ] || kill "$(cat "$BATS_TEST_TMPDIR/server.pid")" || true
}

quotes() {
	go "$ROOT/examples/todays-quotes" list days
}

# Whose words are there, whatever the day is called; and nothing half-made.
has() {
	cat days/[0-9]*.tsv 2>/dev/null | cut -f 3 | tr '\n' ' ' >names
	[ "$(cat names)" = "$*${*:+ }" ] || wrong "speakers: $(cat names), expected $*"
	[ ! -e days/.work ] || wrong "something is left behind"
}

asked() {
	grep -q "^$1\$" asked
}

@test "todays-quotes: a row for each quotation, and nothing said" {
	serve /one /two
	quotes
	[ "$status" -eq 0 ] || wrong "failed"
	silent
	[ ! -s out ]
	has Ana Lima Erik Dahl
	printf '%s\tdirect\tAna Lima\tWe cannot wait for another year,\n' "$base/one" >want
	head -n 1 days/*.tsv | same - want "the first row"
	ls days | grep -qx '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9].tsv'
}

@test "todays-quotes: what is there, today or from another day, does not come again" {
	serve /one
	quotes
	list /one /two /one
	quotes
	has Ana Lima Erik Dahl
	mv days/*.tsv days/2001-01-01.tsv
	quotes
	silent
	has Ana Lima Erik Dahl
	[ "$(ls days | wc -l)" -eq 1 ]
}

@test "todays-quotes: comments and blank lines in the list, no LF at its end, other places" {
	serve /moved
	printf '# the pier\n\n%s/two' "$base" >>list
	quotes
	[ "$status" -eq 0 ] || wrong "failed"
	has Ana Lima Erik Dahl
}

@test "todays-quotes: pages that fail are a line each, and cost no other" {
	serve /missing /one /broken /cut /two
	quotes
	[ "$status" -eq 1 ] || wrong "should end with 1"
	has Ana Lima Erik Dahl
	[ "$(wc -l <err)" -eq 3 ] || wrong "expected three lines"
	grep -q "^todays-quotes: $base/missing: .*404" err
	grep -q "^todays-quotes: $base/broken: .*500" err
	grep -q "^todays-quotes: $base/cut: " err
}

@test "todays-quotes: a page cut off is not used" {
	serve /cut
	quotes
	[ "$status" -eq 1 ] || wrong "should end with 1"
	has
}

@test "todays-quotes: a server that is gone is one line, and the day's file stays" {
	serve /one
	quotes
	cp days/*.tsv before
	kill "$(cat server.pid)"
	wait "$(cat server.pid)" || true
	rm server.pid
	quotes
	[ "$status" -eq 1 ] || wrong "should end with 1"
	says_like "^todays-quotes: $base/one: "
	same before days/*.tsv "the day's file"
}

@test "todays-quotes: a server that does not answer is given up" {
	serve /silent
	TIMEOUT=1 quotes
	[ "$status" -eq 1 ] || wrong "should end with 1"
	says_like "^todays-quotes: $base/silent: "
	has
}

@test "todays-quotes: what is no web page is said, and not read as one" {
	serve /picture /one
	quotes
	[ "$status" -eq 1 ] || wrong "should end with 1"
	says "todays-quotes: $base/picture: no web page, but image/png"
	has Ana Lima
}

@test "todays-quotes: a list that is not there" {
	serve
	rm list
	quotes
	[ "$status" -ne 0 ] || wrong "should fail"
	[ ! -e days ]
	go "$ROOT/examples/todays-quotes"
	[ "$status" -eq 2 ] || wrong "should end with 2"
}

@test "todays-quotes: twice at once, the second leaves it to the first" {
	serve /gate
	"$ROOT/examples/todays-quotes" list days >first 2>&1 3>&- &
	first=$!
	soon asked /gate
	quotes
	[ "$status" -eq 0 ] || wrong "failed"
	silent
	: >open
	wait "$first"
	[ ! -s first ]
	has Ana Lima
	[ "$(wc -l <asked)" -eq 1 ]
}

@test "todays-quotes: ended or killed half-way, it leaves nothing that the next run minds" {
	serve /one
	quotes
	cp days/*.tsv before
	for signal in TERM KILL; do
		list /two /gate
		: >asked
		"$ROOT/examples/todays-quotes" list days >/dev/null 2>&1 3>&- &
		pid=$!
		soon asked /gate
		kill -$signal "$pid"
		[ $signal = KILL ] || : >open # sh sees to it when curl is done
		wait "$pid" && wrong "should not end with 0"
		same before days/*.tsv "the day's file"
		[ $signal = KILL ] || [ ! -e days/.work ]
		rm -f open
	done
	list /two
	quotes
	[ "$status" -eq 0 ] || wrong "failed"
	has Ana Lima Erik Dahl
}

# A limit on the size of files stands for a disk that is full.
@test "todays-quotes: no room for a page costs that page, and is said" {
	serve /long /one
	go bash -c 'trap "" XFSZ; ulimit -f 64; exec "$0" list days' "$ROOT/examples/todays-quotes"
	[ "$status" -eq 1 ] || wrong "should end with 1"
	says_like "^todays-quotes: $base/long: "
	has Ana Lima
}

@test "todays-quotes: no room for the day's file, and it stays as it was" {
	serve /one /two
	mkdir days
	yes 'http://example.org/	direct	Nobody	Nothing at all,' | head -n 2000 >days/2001-01-01.tsv
	today=days/$(date +%Y-%m-%d).tsv
	cp days/2001-01-01.tsv "$today"
	cp "$today" before
	# The whole of it fits, to the block; the new rows do not.
	blocks=$((($(wc -c <"$today") + 1023) / 1024))
	while [ $(($(wc -c <"$today") + 60)) -lt $((blocks * 1024)) ]; do
		echo 'http://example.org/	direct	Nobody	Nothing more,' >>"$today"
	done
	cp "$today" before
	go bash -c 'trap "" XFSZ; ulimit -f '$blocks'; exec "$0" list days' "$ROOT/examples/todays-quotes"
	[ "$status" -ne 0 ] || wrong "should fail"
	[ "$(wc -l <err)" -eq 1 ] || wrong "expected a line"
	same before "$today" "the day's file"
	[ ! -e days/.work ]
}

@test "worker: damage is no failure, a filter that is killed is one" {
	worker=$ROOT/examples/worker
	{ record a; echo '{"id":"b","text":"cut'; record c; } >feed.jsonl
	exits 0 "$worker" <feed.jsonl
	[ "$(jq -c '[.id, (.quotes | length > 0), .error != null]' out | tr -d '\n')" = '["a",true,false][null,false,true]["c",true,false]' ] ||
		wrong "other records"
	mkdir fake
	for tool in strip-boilerplate split-sentences tag-entities extract-quotes; do
		printf '#!/bin/sh\n%s/bin/%s "$@" | head -c 300\nkill -KILL $$\n' "$BUILD" "$tool" >"fake/$tool"
		chmod +x "fake/$tool"
		PATH="$PWD/fake:$PATH" exits 137 "$worker" <feed.jsonl
		rm "fake/$tool"
	done
}
