load common

@test "no FILE and - are standard input" {
	article >a.txt
	for tool in $TOOLS; do
		exits 0 $tool -t jsonl - <a.txt
		mv out named
		exits 0 $tool -t jsonl <a.txt
		same named out "$tool"
		[ "$(jq -r .id out)" = - ] || wrong "$tool: id"
		exits 0 $tool -t jsonl a.txt - <a.txt
		[ "$(jq -r .id out | tr '\n' ' ')" = "a.txt - " ] || wrong "$tool a.txt -"
	done
}

@test "each FILE is a document of its own: a form feed between them in text, its name the id" {
	article >a.txt
	printf '%s\n' "$LONG" "$LONGER" >b.txt
	for tool in strip-boilerplate split-sentences tag-entities; do
		$tool a.txt >one
		$tool b.txt >two
		printf '\f\n' | cat one - two >want
		exits 0 $tool a.txt b.txt
		same want out "$tool"
		# and such a stream is read as the same documents
		mv out both
		exits 0 $tool -t jsonl both
		[ "$(jq -r .id out | tr '\n' ' ')" = "both both#2 " ] || wrong "$tool: ids"
	done
	for tool in $TOOLS; do
		exits 0 $tool -t jsonl a.txt b.txt
		[ "$(jq -r .id out | tr '\n' ' ')" = "a.txt b.txt " ] || wrong "$tool: ids"
	done
	for tool in split-sentences tag-entities extract-quotes; do
		exits 0 $tool -t tsv a.txt a.txt
		[ "$(cut -f1 out | uniq -c | wc -l)" -eq 1 ] || wrong "$tool: rows"
		exits 0 $tool -t tsv a.txt - <a.txt
		[ "$(cut -f1 out | uniq | tr '\n' ' ')" = "a.txt - " ] || wrong "$tool: rows"
	done
}

@test "a line that holds only a form feed separates documents; others do not" {
	for tool in $TOOLS; do
		{ article; printf '\f\n'; article; } >in
		exits 0 $tool -t jsonl in
		[ "$(wc -l <out)" -eq 2 ] || wrong "$tool"
		{ article; printf 'a\f\n\f b\n'; article; } >in
		exits 0 $tool -t jsonl in
		[ "$(wc -l <out)" -eq 1 ] || wrong "$tool: a form feed in a line"
		{ article; printf '\f'; } >in
		exits 0 $tool -t jsonl in
		[ "$(wc -l <out)" -eq 1 ] || wrong "$tool: a form feed at the end"
		{ article; printf '\f\r\n'; article; } >in
		exits 0 $tool -t jsonl in
		[ "$(wc -l <out)" -eq 2 ] || wrong "$tool: CR LF"
	done
}

@test "empty input gives nothing, exit 0" {
	: >empty
	for tool in $TOOLS; do
		for options in "" "-t jsonl" "-f jsonl" "-0" "-j 2" "-f text"; do
			exits 0 $tool $options empty
			[ ! -s out ] || wrong "$tool $options: output"
			silent "$tool $options"
			exits 0 $tool $options <empty
			[ ! -s out ] || wrong "$tool $options: output"
		done
		exits 0 $tool -o made empty
		[ -e made ] && [ ! -s made ] || wrong "$tool -o"
		rm made
		printf '\n\n \n' >blank
		exits 0 $tool -f jsonl blank
		[ ! -s out ] || wrong "$tool: output of blank lines"
	done
}

@test "the last line need not end in a newline" {
	article >a.txt
	article | head -c -1 >b.txt
	record >a.jsonl
	record | head -c -1 >b.jsonl
	for tool in $TOOLS; do
		exits 0 $tool a.txt
		sed 's/^a.txt/b.txt/' out >want
		exits 0 $tool b.txt
		same want out "$tool, text"
		exits 0 $tool a.jsonl
		mv out want
		exits 0 $tool b.jsonl
		same want out "$tool, JSON Lines"
	done
}

@test "a byte order mark is dropped" {
	article >a.txt
	record >a.jsonl
	for form in txt jsonl; do
		{ printf '\xEF\xBB\xBF'; cat a.$form; } >b.$form
		for tool in $TOOLS; do
			exits 0 $tool -t jsonl <a.$form
			mv out want
			exits 0 $tool -t jsonl <b.$form
			same want out "$tool, $form"
		done
	done
	# A mark further on is a character of the text.
	printf 'One \xEF\xBB\xBFtwo.' >in
	[ "$(split-sentences -t jsonl in | jq '.text | length')" -eq 9 ]
}

@test "CR LF is read as LF" {
	article >a.txt
	sed 's/$/\r/' a.txt >b.txt
	record >a.jsonl
	sed 's/$/\r/' a.jsonl >b.jsonl
	for tool in $TOOLS; do
		for form in txt jsonl; do
			exits 0 $tool -t jsonl <a.$form
			mv out want
			exits 0 $tool -t jsonl <b.$form
			same want out "$tool, $form"
		done
	done
}

@test "NUL bytes are characters like any other" {
	printf 'One\0two is here. \0 Three is here.\n' >in
	exits 0 split-sentences in
	printf 'One\0two is here.\n\0 Three is here.\n' >want
	same want out split-sentences
	for tool in $TOOLS; do
		{ article; printf '\0'; article; } >in
		exits 0 $tool -t jsonl in
		[ "$(wc -l <out)" -eq 1 ] || wrong "$tool"
		jq -e . out >/dev/null || wrong "$tool: no JSON"
		[ $tool = strip-boilerplate ] || jq -j .text out | cmp - in || wrong "$tool: text"
	done
}

@test "-0: documents end in NUL on both sides" {
	for tool in $TOOLS; do
		article | $tool | sed 's/^/ /' >one
		{ article; printf '\0'; printf '\0'; article; printf '\0'; } >in
		status=0
		$tool -0 in >out 2>err || status=$?
		[ "$(tr -cd '\0' <out | wc -c)" -eq 3 ] || wrong "$tool: NULs"
		[ "$(tail -c 1 out | od -An -tx1 | tr -d ' ')" = 00 ] || wrong "$tool: end"
		{ record a; echo; record b; } | tr '\n' '\0' >in
		exits 0 $tool -0 in
		[ "$(tr -cd '\0' <out | wc -c)" -eq 2 ] || wrong "$tool: NULs of records"
		[ "$(tr -d '\n' <out | tr '\0' '\n' | jq -r .id | tr '\n' ' ')" = "a b " ] || wrong "$tool: records"
	done
}

@test "-0: a document that fails has an empty answer, so that no one waits for it" {
	{ printf 'Bad \xff one.\0'; article; printf '\0'; } >in
	for tool in $TOOLS; do
		exits 1 $tool -0 --invalid=error in
		[ "$(tr -cd '\0' <out | wc -c)" -eq 2 ] || wrong "$tool"
		[ "$(head -c 1 out | od -An -tx1 | tr -d ' ')" = 00 ] || wrong "$tool: not empty"
	done
}

@test "--encoding: other encodings by their iconv names" {
	article >a.txt
	for tool in $TOOLS; do
		exits 0 $tool -t jsonl <a.txt
		mv out want
		for name in UTF-16LE UTF-16BE UTF-16 windows-1252 utf-8; do
			iconv -f UTF-8 -t $name a.txt >b.txt
			exits 0 $tool --encoding=$name -t jsonl <b.txt
			same want out "$tool $name"
		done
		printf 'Ren\xe9 came. She left.\n' >latin
		exits 0 $tool --encoding=ISO-8859-1 -t jsonl latin
		[ "$(jq -r .text out | head -c 5)" = "René" ] || [ $tool = strip-boilerplate ] || wrong "$tool"
	done
}

@test "--encoding: what cannot be converted is U+FFFD, or what --invalid says" {
	printf 'a\x81b came here.\n' >in
	[ "$(split-sentences --encoding=windows-1252 in)" = "a�b came here." ]
}

@test "--encoding: a name that iconv does not know is one line, exit 2" {
	article >a.txt
	for tool in $TOOLS; do
		for name in klingon-8 ''; do
			exits 2 $tool --encoding=$name a.txt a.txt
			says_like "^$tool: .*unknown encoding '$name'"
		done
	done
}

@test "UTF-16 with a byte order mark is read as UTF-8 is" {
	article >a.txt
	record a >a.jsonl
	for tool in $TOOLS; do
		exits 0 $tool -t jsonl <a.txt
		mv out text
		exits 0 $tool a.jsonl
		mv out records
		for name in UTF-16LE UTF-16BE; do
			printf '\ufeff' | cat - a.txt | iconv -f UTF-8 -t $name >b.txt
			printf '\ufeff' | cat - a.jsonl | iconv -f UTF-8 -t $name >b.jsonl
			for from in auto text; do
				exits 0 $tool -f $from -t jsonl <b.txt
				same text out "$tool $name -f $from"
			done
			for from in auto jsonl; do
				exits 0 $tool -f $from b.jsonl
				same records out "$tool $name -f $from"
			done
		done
	done
	# One that comes in single bytes, and what only begins like one.
	for byte in $(od -An -v -tx1 b.txt | head -n 3); do
		printf "\\x$byte"
		sleep 0.01
	done | split-sentences >out
	[ "$(cut -c 1-11 out)" = "The harbour" ] || wrong "in single bytes"
	printf '\xff\xfdOne. Two.' | split-sentences >out
	[ "$(tail -n 1 out)" = Two. ] || wrong "no byte order mark"
	printf '\xff' | split-sentences >out
	[ "$(cat out)" = "�" ] || wrong "one byte"
}

@test "what is no text is named in one line, exit 1, and other files are processed" {
	article >a.txt
	while read -r bytes what; do
		printf "$bytes" >bad
		for tool in $TOOLS; do
			exits 1 $tool bad
			says_like "^$tool: bad: looks $what"
			[ ! -s out ] || wrong "$tool $bytes"
		done
		exits 0 split-sentences -f text bad
		silent "$bytes"
		gzip -c bad >packed
		exits 1 tag-entities -j 2 packed a.txt
		says_like "^tag-entities: packed: looks $what"
		grep -q PER out || wrong "a.txt behind $what"
		# Inside an input it is text.
		(echo 'Nothing.'; cat bad) >inside
		exits 0 split-sentences inside
		silent
		printf 'One.\0' | cat - bad >inside
		exits 0 split-sentences -0 inside
		silent
	done <<-'END'
	%%PDF-1.7\n%%x like a PDF document, not text: run pdftotext first$
	\x7fELF\x02\x01 like a program, not text$
	PK\x03\x04\x14 like a zip archive or an office document, not text$
	\xfd7zXZ\x00\x00 packed by xz, not text: run xz -dc first$
	BZh61AY&SY packed by bzip2, not text: run bzip2 -dc first$
	7z\xbc\xaf\x27\x1c like a 7z archive, not text$
	Rar!\x1a\x07 like a rar archive, not text$
	\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 like an office document, not text$
	{\\rtf1 like an RTF document, not text$
	\x89PNG\r\n\x1a\n like a picture, not text$
	\xff\xd8\xff\xe0 like a picture, not text$
	SQLite\x20format\x203\x00 like a database, not text$
	END
}

@test "what almost looks like something else is text" {
	for text in '%PDF is a form.' 'PK won. He left.' 'BZh is short.' '[{here}] is it.' \
		'[Music] Go on.' '7z packs. Rar too.' '{\rt x}' 'Raritan is far.' '['; do
		for option in '' -0; do
			printf '%s\n' "$text" >in
			exits 0 split-sentences $option in
			silent "$text"
			[ "$(tr -d '\0\n ' <out)" = "$(tr -d ' \n' <in)" ] || wrong "$text"
		done
	done
}

@test "JSON in another shape is named in one line that tells the way, exit 1" {
	printf '[{"text":"One."},{"text":"Two."}]\n' >line
	printf ' [\n  {\n    "text": "One."\n  }\n]\n' >array
	printf '{\n  "text": "One."\n}\n' >object
	for tool in $TOOLS; do
		for from in auto jsonl; do
			for in in line array; do
				exits 1 $tool -f $from $in
				says "$tool: $in: looks like an array of JSON, not JSON Lines: run jq -c '.[]' first"
				[ ! -s out ] || wrong "$tool $in"
			done
			exits 1 $tool -f $from object
			says "$tool: object: looks like JSON over several lines, not JSON Lines: run jq -c . first"
			exits 0 $tool -f $from -0 object
			silent "$tool -0: a record over several lines"
		done
	done
	[ "$(jq -c '.[]' array | split-sentences | jq -c .sents)" = '[{"start":0,"end":4}]' ]
	[ "$(jq -c . object | split-sentences | jq -c .sents)" = '[{"start":0,"end":4}]' ]
}

@test "eight records or more of which none has a text pass, and one line says so" {
	for n in 1 2 3 4; do
		printf '{"content":"One."}\n{"content":"Two.","text":null}\n'
	done >none
	head -n 7 none >few
	(cat none; record a) >some
	(cat none; echo '{"id":1,"error":"it broke"}') >failed
	for tool in $TOOLS; do
		what=text
		[ $tool = strip-boilerplate ] && what='text or html'
		for jobs in 1 2; do
			exits 0 $tool -j $jobs some none failed
			says "$tool: none: no record has a $what: jq -c '.text = .content' makes one of another member"
			exits 0 $tool -j $jobs -t html none
			says_like 'no record has'
			exits 0 $tool -j $jobs -q none
			silent "$tool -q"
			same none out "$tool"
			exits 0 $tool -j $jobs few
			silent "$tool of a few records"
		done
	done
	for n in 1 2 3 4 5 6 7 8; do
		echo '{"html":"<p>One.</p>"}'
	done >page
	exits 0 strip-boilerplate page
	silent "a page"
	exits 0 split-sentences page
	says_like 'no record has a text:'
}

@test "a web page given to a filter of text is read, and one line says what is amiss" {
	printf '<!DOCTYPE html>\n<html><body><p>One. Two.</p></body></html>\n' >a
	printf '\n<HTML lang="en"><body><p>One.</p></body></html>\n' >b
	printf '\xef\xbb\xbf<?xml version="1.0"?>\n<!doctype HTML>\n<html></html>\n' >c
	for tool in split-sentences tag-entities extract-quotes; do
		for in in a b c; do
			exits 0 $tool -f text $in
			silent "$tool -f text $in"
			mv out plain
			exits 0 $tool $in
			says "$tool: $in: looks like a web page: run strip-boilerplate first"
			same plain out "$tool $in"
			exits 0 $tool -q $in
			silent "$tool -q"
		done
		for text in '<PER>Ann</PER> left.' '<b>One.</b> Two.' '<htmlx>One.' '<ht' '<!doc' \
			'<?xml version="1.0"?><rss></rss>' '<?xm' 'See <html>.'; do
			printf '%s' "$text" >in
			exits 0 $tool in
			silent "$tool $text"
		done
	done
	# A co-process has its answer at once.
	mkfifo in.fifo
	split-sentences -0 <in.fifo >out &
	exec 7>in.fifo
	printf '<ht\0' >&7
	soon grep -q '<ht' out
	exec 7>&-
	wait
}

@test "gzip and zstd input is unpacked, several members too" {
	record a >a
	record b >b
	cat a b >plain
	gzip <a >packed.gz; gzip <b >>packed.gz
	zstd -q <a >packed.zst; zstd -q <b >>packed.zst
	for tool in $TOOLS; do
		exits 0 $tool plain
		mv out want
		for packed in packed.gz packed.zst; do
			exits 0 $tool $packed
			same want out "$tool $packed"
			exits 0 $tool <$packed
			same want out "$tool <$packed"
		done
	done
}

@test "packed text is a document like any other" {
	article >a.txt
	gzip -k a.txt
	zstd -q a.txt
	for tool in $TOOLS; do
		exits 0 $tool -t jsonl a.txt
		jq -c .text out >want
		for packed in a.txt.gz a.txt.zst; do
			exits 0 $tool -t jsonl $packed
			jq -c .text out >got
			same want got "$tool $packed"
		done
	done
}

@test "a packed file that is cut off: what came before is processed, one line, exit 1" {
	for i in $(seq 4000); do
		echo "{\"id\":$i,\"text\":\"Line $i of $RANDOM has $RANDOM words in it.\"}"
	done >plain
	gzip <plain >packed.gz
	zstd -q --no-check <plain >packed.zst
	for tool in $TOOLS; do
		$tool plain >want
		for kind in gz zst; do
			head -c -12 packed.$kind >cut.$kind
			exits 1 $tool cut.$kind
			says_like "^$tool: cut.$kind: .*too early"
			lines=$(wc -l <out)
			[ "$lines" -ge 1 ] || wrong "$tool: nothing of $kind"
			head -n "$lines" want >part
			same part out "$tool $kind"
			exits 1 $tool cut.$kind plain
			[ "$(wc -l <out)" -eq $((lines + 4000)) ] || wrong "$tool: not the next"
		done
	done
}

@test "a packed file that is damaged is one line, exit 1" {
	record >plain
	gzip <plain | head -c 60 >bad.gz
	head -c 100 /dev/urandom >>bad.gz
	for tool in $TOOLS; do
		exits 1 $tool bad.gz
		says_like "^$tool: bad.gz: "
		{ gzip <plain; echo garbage; } >more.gz
		exits 1 $tool more.gz
		says_like "^$tool: more.gz: damaged gzip data"
		[ "$(wc -l <out)" -eq 1 ] || wrong "$tool"
	done
}

@test "input in single bytes gives the same bytes" {
	{ printf '\xEF\xBB\xBF'; article; printf '\f\n'; article | sed 's/$/\r/'; printf 'B\xffd \xe2\x80 end.'; } >a.txt
	{ printf '\xEF\xBB\xBF'; record; echo '{"bad'; printf '{"text":"a\xf0\x9f"}\r\n'; record | head -c -1; } >a.jsonl
	record | gzip >a.gz
	record | zstd -q >a.zst
	for input in a.txt a.jsonl a.gz a.zst; do
		for tool in $TOOLS; do
			for options in "" "--invalid=skip" "--invalid=error" "-0"; do
				go $tool $options <$input
				mv out want
				mv err want.err
				was=$status
				go bash -c 'python3 -u -c "$1" "$2" | "${@:3}"; exit ${PIPESTATUS[1]}' - '
import os, sys
for b in open(sys.argv[1], "rb").read(): os.write(1, bytes([b]))' $input $tool $options
				same want out "$tool $options <$input"
				same want.err err "$tool $options <$input, errors"
				[ "$status" -eq "$was" ] || wrong "$tool $options <$input"
			done
			[ -z "$DESK_SLOW" ] || break
		done
	done
}

@test "the result does not depend on the locale" {
	{ article; echo 'Élan vital, ĳssel, straße. İstanbul is big. ǅ is one letter.'; } >in
	for tool in $TOOLS; do
		for form in text jsonl; do
			LC_ALL=C exits 0 $tool -t $form in
			mv out want
			for locale in C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8 en_US.ISO-8859-1; do
				locale -a 2>/dev/null | tr -d - | grep -qix "$(echo $locale | tr -d -)" || continue
				LC_ALL=$locale LANGUAGE=de exits 0 $tool -t $form in
				same want out "$tool in $locale"
			done
		done
		LC_ALL=C.UTF-8 LANG=xx exits 2 $tool missing
		says "$tool: missing: cannot open: No such file or directory"
	done
}

@test "-o: the file is what standard output would have been" {
	article >a.txt
	for tool in $TOOLS; do
		exits 0 $tool a.txt
		mv out want
		exits 0 $tool -o made a.txt
		[ ! -s out ] || wrong "$tool -o: output"
		same want made "$tool -o"
		echo old >made
		exits 0 $tool --output=made a.txt
		same want made "$tool --output"
		[ "$(ls | grep -c made)" -eq 1 ] || wrong "$tool: a temporary file stays"
		rm made
	done
}

@test "-o: input and output may be the same file" {
	for tool in $TOOLS; do
		record >same
		$tool same >want
		exits 0 $tool -o same same
		same want same "$tool"
	done
}

@test "-o: the old file stays until the end, and if the tool is stopped or killed" {
	mkfifo pipe
	for tool in $TOOLS; do
		for signal in TERM INT HUP KILL; do
			echo old >made
			# Without job control children ignore SIGINT.
			set -m
			$tool -o made pipe 3>&- &
			pid=$!
			set +m
			exec 7<>pipe
			record >&7
			soon temporary
			[ "$(cat made)" = old ] || wrong "$tool wrote to the file"
			kill -$signal $pid
			status=0
			wait $pid 2>/dev/null || status=$?
			exec 7>&-
			[ "$status" -eq $((128 + $(kill -l $signal))) ] || wrong "$tool: SIG$signal is not why it ended"
			[ "$(cat made)" = old ] || wrong "$tool: SIG$signal changed the file"
			if [ $signal != KILL ]; then
				! temporary || wrong "$tool: SIG$signal leaves a temporary file"
			fi
			rm -f made.*
		done
	done
}

temporary() {
	ls | grep -q '^made\.'
}

@test "-o: a signal that is ignored stays so (nohup)" {
	mkfifo pipe
	for tool in $TOOLS; do
		(trap '' HUP; exec $tool -o made pipe 3>&-) &
		pid=$!
		exec 7<>pipe
		record >&7
		soon temporary
		kill -HUP $pid
		exec 7>&-
		status=0
		wait $pid || status=$?
		[ "$status" -eq 0 ] || wrong "$tool"
		[ "$(wc -l <made)" -eq 1 ] || wrong "$tool"
		rm made
	done
}
