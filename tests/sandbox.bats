# The rights that commands give up when they have opened what they need
# (SECURITY.md, "What a command can still do").
load common

setup_file() {
	[ -n "$DESK_SLOW" ] ||
		cc -std=gnu11 -O1 -fPIC -shared -o "$BATS_FILE_TMPDIR/probe.so" "$ROOT/tests/sandbox/probe.c"
	cd "$BATS_FILE_TMPDIR" && corpus >train.jsonl && pages
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	cp "$BATS_FILE_TMPDIR"/*.* .
	printf 'no program\n' >probe.run
	chmod +x probe.run
	article >text
	record >records
}

corpus() {
	for i in $(seq 9); do
		echo '{"text":"Ana Lima went to Oslo.","ents":[{"start":0,"end":8,"label":"PER"},{"start":17,"end":21,"label":"LOC"}]}'
	done
}

# Pages in encodings that iconv needs files for.
pages() {
	for name in shift_jis gb18030 euc-kr big5 iso-2022-jp koi8-u; do
		word='日本' && [ $name != koi8-u ] || word='Київ'
		{
			echo "<html><head><meta charset=$name><title>$word</title></head><body><article>"
			article | sed "s,^..*,<p>$word &</p>,; s,[“”],\",g"
			echo "</article></body></html>"
		} | iconv -t "$name" >"$name.html"
	done
}

# Tests that look at the kernel's part say why they cannot.
needs_landlock() {
	[ -z "$DESK_SLOW" ] || skip "this build has no sandbox"
	version=$(python3 -c 'import ctypes; print(ctypes.CDLL(None).syscall(444, None, 0, 1))')
	[ "$version" -ge 1 ] || skip "the kernel has no Landlock, or does not let us"
	asked=-
	[ "$version" -ge 4 ] || asked=connect
}

# probed CALL COMMAND...: what the command could do at each such call, in seen.
probed() {
	local call=$1
	shift
	rm -f seen probe.made
	go env PROBE_AT="$call" PROBE_LOG="$PWD/seen" LD_PRELOAD="$BATS_FILE_TMPDIR/probe.so" "$@"
	[ "$status" -eq 0 ] || wrong "$*: under the probe"
	[ -s seen ] || wrong "$*: no $call was seen"
}

# could WHAT [LINES] : each line of seen, or each of these (sed), is this.
could() {
	local want=$1 line
	sed -n "${2:-p}" seen | while read -r line; do
		[ "$line" = "$want" ] || { echo "could: $line, expected: $want"; cat seen; false; }
	done
}

@test "before a byte is read, a filter cannot open, make or run a file, or connect" {
	needs_landlock
	for tool in $TOOLS; do
		for input in - text; do
			probed read $tool $input <text
			could "- - - $asked"
			probed write $tool $input <text
			could "- - - $asked"
			[ ! -e probe.made ]
		done
	done
}

@test "of several files, all before the last are read with the right to open files" {
	needs_landlock
	for tool in $TOOLS; do
		probed read $tool text records text
		could "look - - $asked" 1p
		could "- - - $asked" '$p'
		probed write $tool text records text
		could "- - - $asked" '$p'
		[ ! -e probe.made ]
	done
}

@test "threads that work on documents cannot open files, whatever is read" {
	needs_landlock
	probed iconv_open strip-boilerplate -j 2 -t jsonl shift_jis.html gb18030.html big5.html
	could "- - - $asked"
	[ "$(wc -l <seen)" -ge 3 ] || wrong "converters"
}

@test "with -o a file is written and takes its name, and no other is written" {
	needs_landlock
	mkdir out.d
	for tool in $TOOLS; do
		$tool text >want
		probed write $tool -o made text
		could "- - - $asked"
		same want made "$tool"
		# Here it may take a new name, so that an empty file can be made.
		[ ! -s probe.made ]
		probed write $tool -o out.d/made text
		could "- - - $asked"
		same want out.d/made "$tool"
		[ ! -e probe.made ]
	done
}

@test "train-entities opens its model first, and when its corpora are read nothing more" {
	needs_landlock
	mkdir out.d
	probed read train-entities --epochs=1 -o out.d/my.model train.jsonl
	could "look - - $asked"
	probed write train-entities --epochs=1 -o out.d/my.model train.jsonl
	could "- - - $asked"
	probed write train-entities --epochs=1 --dev=train.jsonl -o out.d/my.model train.jsonl
	could "look - - $asked"
	[ ! -e probe.made ]
}

@test "--no-sandbox keeps all rights" {
	needs_landlock
	for tool in $TOOLS; do
		probed read $tool --no-sandbox text
		could "look make run connect"
	done
	probed write train-entities --no-sandbox --epochs=1 -o my.model train.jsonl
	could "look make run connect"
}

@test "where a part of it cannot be had, the same bytes come and nothing is said" {
	[ -z "$DESK_SLOW" ] || skip "this build has no sandbox"
	for command in "extract-quotes text records" "split-sentences -o made text" \
		"strip-boilerplate -j 2 big5.html shift_jis.html" \
		"train-entities --epochs=1 -o made train.jsonl"; do
		rm -f made
		exits 0 $command
		[ ! -e made ] || mv made out
		mv out want
		for n in $(seq 30); do
			rm -f made
			exits 0 env PROBE_FAIL=$n PROBE_LOG="$PWD/failed" LD_PRELOAD="$BATS_FILE_TMPDIR/probe.so" $command
			silent "$command, $n:"
			[ ! -e made ] || mv made out
			same want out "$command, $n"
			[ -s failed ] || break
			rm failed
		done
		[ "$n" -gt 1 ] || wrong "$command: nothing failed"
		[ "$n" -lt 30 ] || wrong "$command: no end"
	done
}

# alike COMMAND...: with and without a sandbox the same bytes, said and done.
alike() {
	local tool=$1 was
	shift
	rm -f made
	go $tool --no-sandbox "$@"
	[ ! -e made ] || mv made out
	was=$status
	mv out want.out
	mv err want.err
	rm -f made
	go $tool "$@"
	[ ! -e made ] || mv made out
	same want.out out "$tool $*"
	same want.err err "$tool $*, standard error"
	[ "$status" -eq "$was" ] || wrong "$tool $*: was $was"
	[ "$status" -eq "${STATUS:-0}" ] || wrong "$tool $*: not ${STATUS:-0}"
}

@test "with and without it: the same bytes, messages and status, whatever is opened" {
	gzip -k records
	zstd -q records
	printf 'Sandviken\tPLACE\n' >names.tsv
	printf 'approx.\n' >short.txt
	iconv -t UTF-16 text >wide.txt
	iconv -c -t SHIFT_JIS text >jis.txt
	mkdir sub
	ln -s ../text sub/link
	for tool in $TOOLS; do
		alike $tool text records records.gz records.zst sub/link wide.txt text
		alike $tool -j 3 text records records.gz records.zst sub/link wide.txt text
		alike $tool -t jsonl -o made text records
		alike $tool -o made records
		alike $tool --encoding=SHIFT_JIS jis.txt
		STATUS=1 alike $tool text none sub /etc/none/none text
		STATUS=1 alike $tool text sub
		STATUS=1 alike $tool text none
		STATUS=2 alike $tool none
		STATUS=2 alike $tool sub
		STATUS=2 alike $tool -o none/made text
		STATUS=2 alike $tool -o sub text
		STATUS=2 alike $tool --encoding=none text text
	done
	alike strip-boilerplate *.html
	alike strip-boilerplate -j 4 -t jsonl *.html
	alike tag-entities --gazetteer=names.tsv text text
	alike tag-entities --count text records
	alike split-sentences --abbreviations=short.txt text text
	for model in en en-open "$BUILD/share/copydesk/en-open.model"; do
		alike tag-entities -m "$model" text
		alike extract-quotes -m "$model" text
	done
	alike train-entities --epochs=2 --dev=train.jsonl -o made train.jsonl
	alike train-entities --epochs=2 -g "$ROOT/lib/data/places.tsv" -o made train.jsonl
	cp "$BUILD/share/copydesk/en.model" old.model
	STATUS=2 alike train-entities -o made none.jsonl
}

@test "the model of names is found when a text needs it, and its lack told as ever" {
	printf '{"text":"“We go,” said Ana Lima.","ents":[{"start":14,"end":22,"label":"PER"}]}\n' >both
	cat records >>both
	alike extract-quotes both
	alike extract-quotes -j 2 both
	mkdir models
	export COPYDESK_DATA=models
	STATUS=2 alike extract-quotes both
	says 'extract-quotes: both:2: models/en.model: cannot open: No such file or directory'
	cp "$BUILD/share/copydesk/en.model" models
	alike extract-quotes both
	mv models/en.model elsewhere
	ln -s ../elsewhere models/en.model
	alike extract-quotes both
	COPYDESK_DATA=none STATUS=2 alike extract-quotes both
	says 'extract-quotes: both:2: none/en.model: cannot open: No such file or directory'
}

@test "a page in any encoding that iconv knows is read from a pipe" {
	{
		echo "<html><body><article>"
		article | sed 's,^..*,<p>&</p>,'
		printf '<p>\244\242\304\343 \201\100 \360\341.</p></article></body></html>\n'
	} >page
	iconv -l | tr -s ', ' '\n' | sed 's,//$,,' | grep . >names
	[ "$(wc -l <names)" -gt 100 ] || skip "this iconv has few converters"
	read_as() {
		while IFS= read -r name; do
			echo "$name"
			strip-boilerplate -f html --encoding="$name" "$@" 2>&1 <page || true
		done <names
	}
	read_as --no-sandbox >want
	read_as >got
	same want got "pages"
	[ "$(grep -c 'harbour council' got)" -gt 100 ] || { echo "few were read"; false; }
}

@test "files that come or are replaced while others are read are read as they are then" {
	mkfifo first
	for tool in $TOOLS; do
		rm -rf late
		echo old >second
		$tool first second late/third text >out 2>err 3>&- &
		exec 7>first
		record | tr -d '\n' >&7
		record >second.new
		mv second.new second
		mkdir late
		record >late/third
		exec 7>&-
		wait $! || wrong "$tool"
		silent "$tool"
		record >want.in
		$tool want.in second late/third text >want
		same <(sed 's/first/want.in/' out) want "$tool"
	done
}

@test "files that are pipes, by whatever name, open" {
	for tool in $TOOLS; do
		alike $tool /dev/stdin <text
		alike $tool text /dev/stdin <records
		for option in --no-sandbox --to=jsonl; do
			$tool $option -t jsonl <(article) <(record) >out.$option
		done
		same <(sed 's,/dev/fd/[0-9]*,,' out.--no-sandbox) <(sed 's,/dev/fd/[0-9]*,,' out.--to=jsonl) "$tool"
		go $tool -o /dev/stdout text
		cat out >shown
		$tool text | cmp - shown
	done
}
