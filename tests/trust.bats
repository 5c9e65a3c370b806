# What SECURITY.md promises and no other file shows.
load common

# Standard error of the last go holds no control characters but line ends.
plain() {
	! LC_ALL=C grep -q '[[:cntrl:]]' err || wrong "$1: control characters"
	python3 -c 'import sys; sys.stdin.buffer.read().decode()' <err || wrong "$1: not UTF-8"
}

@test "a message that quotes the input is one line without control characters" {
	python3 - "$ROOT/tests" <<-'END' >packed.warc
		import sys
		sys.path.insert(0, sys.argv[1])
		from warc import response
		out = response("a", b"\x01\x02", more="Content-Encoding: \x1b]0;x\x07\x9b\r\n")
		sys.stdout.buffer.write(out + response("b"))
	END
	exits 1 strip-boilerplate -t jsonl packed.warc
	says_like '^strip-boilerplate: packed.warc:1: cannot unpack content-encoding'
	plain "a header of a page"
	[ "$(jq -r .url out)" = http://example.org/b ] || wrong "the other record"
	go strip-boilerplate -t jsonl --on-error=record packed.warc
	[ "$(jq -r 'select(.error) | .error | test("^[^[:cntrl:]]*$")' out)" = true ] || wrong "an error record"

	printf 'Ana\tX\033[31m\n' >labels.conll
	go tag-entities -f conll labels.conll
	says_like "not a label"
	plain "a label"

	jq -n -c '{text: "“It is,” x said. It is so.", ents: [], quotes:
		[{start: 1, end: 7, kind: "direct", speaker: {start: 9, end: 10, name: ("a\u001b[2J\n" * 40 + "b")}}]}' >said.jsonl
	go extract-quotes --speaker='(a|\s|\S)*(\x1b|[^z])*z$' said.jsonl
	[ "$(wc -l <err)" -le 1 ] || wrong "a speaker: lines"
	plain "a speaker"
}

@test "a file whose name is hostile is one line without control characters" {
	name=$(printf 'a\nb\033[31m\302\233m')
	for tool in $TOOLS; do
		exits 2 $tool "$name"
		says_like "^$tool: a?b?\[31m??m: cannot open: No such file or directory$"
		plain "$tool"
	done
}

@test "a list of names that is not UTF-8 is one line with its place, exit 2" {
	echo '{"text":"Oslo.","ents":[{"start":0,"end":4,"label":"LOC"}]}' >train.jsonl
	printf 'name\tlabel\nOslo\tLOC\nL\xf8k\tLOC\n' >names.tsv
	exits 2 train-entities -g names.tsv -o my.model train.jsonl
	says 'train-entities: names.tsv:3: not UTF-8'
	[ ! -e my.model ]
	printf 'Oslo\tLOC\nL\xf8k\tLOC\n' >own.tsv
	exits 2 tag-entities --gazetteer=own.tsv train.jsonl
	says 'tag-entities: gazetteer line 2: not UTF-8'
}

@test "the programs and the library ask for no connection and start no program" {
	for file in $(printf "$BUILD/bin/%s " $COMMANDS) "$BUILD"/libcopydesk.so.*; do
		nm -D --undefined-only "$file" | sed 's/@.*//' >asks
		grep -qw malloc asks || wrong "$file: nothing listed"
		# A sanitizer's runtime brings its own.
		[ -n "$DESK_SLOW" ] ||
			! grep -wE 'socket|connect|bind|getaddrinfo|execve|execvp|execv|fork|vfork|popen|system|posix_spawnp?|dlopen' asks ||
			wrong "$file asks for these"
	done
}

@test "a fuzz target for each form that is read, each filter, and what users bring" {
	for target in source reader json html decode pages warc conll boilerplate sentences entities \
		quotes view model train lists names pattern; do
		[ -f "$ROOT/tests/fuzz/$target.c" ] || wrong "no target $target"
		[ "$(find "$ROOT/tests/fuzz/corpus/$target" -type f | wc -l)" -gt 0 ] || wrong "$target: no corpus"
	done
	[ "$(du -sk --apparent-size "$ROOT/tests/fuzz/corpus" | cut -f 1)" -lt 1024 ] || wrong "the corpora are not small"
}
