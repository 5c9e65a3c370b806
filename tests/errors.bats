load common

@test "a missing file is one line: prog: FILE: cannot open: why; exit 2" {
	for tool in $TOOLS; do
		exits 2 $tool missing.txt
		says "$tool: missing.txt: cannot open: No such file or directory"
		[ ! -s out ]
	done
}

@test "a missing file among good ones: the others are processed, exit 1" {
	article >a.txt
	article >b.txt
	for tool in $TOOLS; do
		exits 0 $tool -t jsonl a.txt b.txt
		mv out both
		for jobs in 1 2; do
			exits 1 $tool -j $jobs -t jsonl a.txt missing.txt b.txt
			says "$tool: missing.txt: cannot open: No such file or directory"
			same both out "$tool -j $jobs"
		done
	done
}

@test "only missing files: a line for each, exit 2, and -o makes no file" {
	echo old >old
	for tool in $TOOLS; do
		exits 2 $tool one two
		[ "$(wc -l <err)" -eq 2 ] || wrong "$tool"
		exits 2 $tool -o made one
		[ ! -e made ] || wrong "$tool made a file of nothing"
		exits 2 $tool -o old one
		[ "$(cat old)" = old ] || wrong "$tool replaced a file with nothing"
		[ "$(ls | grep -c '^\(made\|old\)\.')" -eq 0 ] || wrong "$tool left a temporary file"
	done
}

@test "a directory as input is one line, and others are processed" {
	mkdir dir
	article >a.txt
	for tool in $TOOLS; do
		exits 2 $tool dir
		says "$tool: dir: cannot read: Is a directory"
		exits 1 $tool dir a.txt
		says "$tool: dir: cannot read: Is a directory"
		[ -s out ] || wrong "$tool"
		status=0
		$tool <dir >out 2>err || status=$?
		[ "$status" -eq 2 ] || wrong "$tool <dir"
		says "$tool: <stdin>: cannot read: Is a directory"
	done
}

@test "a file that may not be read is one line" {
	article >a.txt
	chmod 0 a.txt
	! cat a.txt >/dev/null 2>&1 || skip "root reads everything"
	for tool in $TOOLS; do
		exits 2 $tool a.txt
		says "$tool: a.txt: cannot open: Permission denied"
	done
}

@test "standard input or output that is closed is one line, exit 2" {
	article >a.txt
	for tool in $TOOLS; do
		status=0
		$tool <&- >out 2>err || status=$?
		[ "$status" -eq 2 ] || wrong "$tool <&-"
		says "$tool: <stdin>: cannot read: Bad file descriptor"
		status=0
		$tool a.txt >&- 2>err || status=$?
		: >out
		[ "$status" -eq 2 ] || wrong "$tool >&-"
		says "$tool: cannot write: Bad file descriptor"
	done
}

@test "a full disk is one line and exit 2, never silence" {
	article >a.txt
	for tool in $TOOLS; do
		for form in text jsonl; do
			status=0
			$tool -t $form a.txt >/dev/full 2>err || status=$?
			: >out
			[ "$status" -eq 2 ] || wrong "$tool >/dev/full"
			says "$tool: cannot write: No space left on device"
			exits 2 $tool -t $form -o /dev/full a.txt
			says "$tool: /dev/full: cannot write: No space left on device"
		done
	done
}

@test "a full disk ends the work: not one line for each record" {
	for i in $(seq 3000); do echo "{\"id\":$i,\"text\":\"A line of text.\"}"; done >in
	for tool in $TOOLS; do
		for jobs in 1 3; do
			status=0
			$tool -j $jobs in >/dev/full 2>err || status=$?
			[ "$status" -eq 2 ] || wrong "$tool -j $jobs"
			says "$tool: cannot write: No space left on device"
		done
	done
}

@test "-o into a directory that is not there, or onto a directory: one line, exit 2" {
	article >a.txt
	mkdir dir
	for tool in $TOOLS; do
		exits 2 $tool -o no/such/dir a.txt
		says "$tool: no/such/dir: cannot open: No such file or directory"
		exits 2 $tool -o dir a.txt
		says "$tool: dir: cannot open: Is a directory"
	done
}

damaged() {
	record a
	echo '{"id":"b","text":"No end'
	record c
	echo '{"id":"d" "text":"No comma."}'
	echo 'not json at all'
	record e
}

@test "--on-error=skip, the default: a damaged record is named and left out" {
	damaged >in
	for tool in $TOOLS; do
		exits 1 $tool in
		[ "$(jq -r .id out | tr '\n' ' ')" = "a c e " ] || wrong "$tool"
		[ "$(wc -l <err)" -eq 3 ] || wrong "$tool"
		cut -d: -f1-3 err >places
		printf "$tool: in:%d\n" 2 4 5 >want
		same want places "$tool"
		mv out before
		exits 1 $tool --on-error=skip <in
		same before out "$tool"
		sed -n 1p err | grep -q "^$tool: <stdin>:2: " || wrong "$tool"
	done
}

@test "--on-error=stop: the records before it come out, exit 1" {
	damaged >in
	record z >more
	for tool in $TOOLS; do
		for jobs in 1 2; do
			exits 1 $tool -j $jobs --on-error=stop in more
			[ "$(jq -r .id out)" = a ] || wrong "$tool -j $jobs"
			says_like "^$tool: in:2: "
			exits 2 $tool -j $jobs --on-error=stop missing more
			[ ! -s out ] || wrong "$tool read on"
		done
		# Never half a file.
		exits 1 $tool --on-error=stop -o made in
		[ ! -e made ] || wrong "$tool: half a file"
	done
}

@test "--on-error=record: an error record stands in its place" {
	damaged >in
	for tool in $TOOLS; do
		exits 1 $tool --on-error=record in
		[ "$(wc -l <out)" -eq 6 ] || wrong "$tool"
		[ "$(jq -r 'if .error then "!" else .id end' out | tr '\n' ' ')" = "a ! c ! ! e " ] ||
			wrong "$tool"
		[ "$(jq -c 'select(.error) | keys' out | sort -u)" = '["error","id"]' ] || wrong "$tool"
		[ "$(wc -l <err)" -eq 3 ] || wrong "$tool"
	done
}

@test "an error record keeps the id of a record whose layer is bad" {
	echo '{"id":1.10,"text":"Anna said so.","ents":7}' >in
	exits 1 extract-quotes --on-error=record in
	grep -q '^{"id":1.10,"error":"' out || wrong "id"
}

@test "an error record of a filter before passes unchanged, exit 0" {
	damaged >in
	strip-boilerplate --on-error=record in 2>/dev/null | grep error >first
	[ "$(wc -l <first)" -eq 3 ]
	for tool in $TOOLS; do
		exits 0 $tool first
		same first out "$tool"
		silent "$tool"
	done
}

# Layers that the tool looks at: offset beyond the text, end before start,
# missing end, no list, no objects, a negative number, a fraction.
@test "a bad layer is an error of its record only" {
	for bad in '[{"start":0,"end":99,"label":"PER"}]' '[{"start":3,"end":1,"label":"PER"}]' \
		'[{"start":0,"label":"PER"}]' '{"start":0,"end":1}' '7' '"x"' '[7]' '[[0,1]]' \
		'[{"start":-1,"end":1,"label":"PER"}]' '[{"start":0.5,"end":1,"label":"PER"}]' \
		'[{"start":"0","end":"1","label":"PER"}]' '[{"start":0,"end":4}]' \
		'[{"start":0,"end":1e30,"label":"PER"}]'; do
		{
			record a
			echo '{"id":"bad","text":"Anna came.","ents":'"$bad"'}'
			record c
		} >in
		exits 1 extract-quotes in
		says_like '^extract-quotes: in:2: "ents": '
		[ "$(jq -r .id out | tr '\n' ' ')" = "a c " ] || wrong "$bad"
		exits 1 tag-entities -t text in
		says_like '^tag-entities: in:2: "ents": '
		exits 1 strip-boilerplate in
		says_like '^strip-boilerplate: in:2: "ents": '
	done
	for bad in '[{"start":0,"end":99}]' '[{"end":3}]' '{}' '[null]'; do
		echo '{"id":"bad","text":"Anna came.","sents":'"$bad"'}' >in
		for tool in strip-boilerplate "split-sentences -t tsv" "tag-entities -t text"; do
			exits 1 $tool in
			says_like ' in:1: "sents": '
		done
	done
	echo '{"text":"Anna came.","quotes":[{"start":0,"end":4,"parts":[[0,9]]}]}' >in
	exits 1 extract-quotes -t tsv in
	says_like '"quotes": '
}

@test "a layer that is null is none; one that the tool does not need is not read" {
	record a | jq -c '. + {sents: null, ents: null, quotes: null, blocks: null}' >in
	for tool in $TOOLS; do
		exits 0 $tool in
		silent "$tool"
		[ "$(jq '[.sents, .ents, .quotes, .blocks | arrays] | length' out)" -eq 1 ] || wrong "$tool"
	done
	echo '{"text":"Anna came.","quotes":7}' >in
	exits 0 tag-entities in
	grep -q '"quotes":7' out || wrong "quotes"
}

@test "deep nesting: 10,000 levels pass through, 200,000 are an error of that record" {
	deep() {
		printf '{"id":1,"x":'
		head -c "$1" /dev/zero | tr '\0' '['
		head -c "$1" /dev/zero | tr '\0' ']'
		printf ',"text":"One line."}\n'
	}
	for tool in $TOOLS; do
		deep 10000 >in
		exits 0 $tool in
		head -c 20000 in >a
		head -c 20000 out >b
		same a b "$tool"
		{ deep 200000; record good; } >in
		exits 1 $tool in
		says_like "^$tool: in:1: .*deep"
		[ "$(jq -r .id out)" = good ] || wrong "$tool"
	done
}

@test "a user's file that is missing is one line, exit 2" {
	article >a.txt
	exits 2 split-sentences --abbreviations=none a.txt
	says "split-sentences: none: cannot open: No such file or directory"
	exits 2 tag-entities --gazetteer=none a.txt
	says "tag-entities: none: cannot open: No such file or directory"
	exits 2 tag-entities --gazetteer=. -o made a.txt
	says "tag-entities: .: cannot read: Is a directory"
	[ ! -e made ]
}

@test "strip-boilerplate names an input that holds no article, exit 1" {
	printf 'Home\nSign in\nShare\n' >in
	exits 1 strip-boilerplate in
	says_like "^strip-boilerplate: in: no article"
	article >a.txt
	exits 1 strip-boilerplate -t jsonl in a.txt
	[ "$(jq -r 'select(.text != "") | .id' out)" = a.txt ]
}

@test "a closed pipe ends a tool quietly by SIGPIPE" {
	for i in $(seq 20000); do echo '{"id":1,"text":"A line of text."}'; done >in
	for tool in $TOOLS; do
		for jobs in 1 3; do
			{ status=0; $tool -j $jobs in 2>err || status=$?; echo $status >code; } | head -n 1 >out
			[ "$(wc -l <out)" -eq 1 ]
			silent "$tool -j $jobs"
			[ "$(cat code)" -eq 141 ] || wrong "$tool -j $jobs: $(cat code)"
		done
	done
}
