load common

# start COMMAND...: keeps it running; its input is 7, its output 8.
start() {
	mkfifo to from
	"$@" <to >from 3>&- &
	pid=$!
	exec 7>to 8<from
	rm to from
}

finish() {
	exec 7>&-
	wait $pid
	exec 8<&-
}

@test "a live pipe: the first sentence comes out at once, with no option" {
	start split-sentences
	printf 'The first one is here. The second' >&7
	read -r -t 10 line <&8 || wrong "no sentence came"
	[ "$line" = "The first one is here." ]
	printf ' one, too. And a' >&7
	read -r -t 10 line <&8 || wrong "no second sentence came"
	[ "$line" = "The second one, too." ]
	finish
}

@test "a live pipe: a sentence that its line ends comes out before the next line" {
	start split-sentences
	printf 'The first one is here. The second ends its line.\n' >&7
	read -r -t 10 line <&8 || wrong "no sentence came"
	[ "$line" = "The first one is here." ]
	printf 'More of it.\n\n' >&7
	read -r -t 10 line <&8 || wrong "no second sentence came"
	[ "$line" = "The second ends its line." ]
	finish
}

@test "a live pipe: an answer for each record while the input stays open" {
	for tool in $TOOLS; do
		start $tool
		for id in a b c; do
			record $id >&7
			read -r -t 10 line <&8 || wrong "$tool: no answer for $id"
			[ "$(jq -r .id <<<"$line")" = $id ] || wrong "$tool: $line"
		done
		finish
	done
}

@test "-0: an answer for each document, so that a program can keep a filter running" {
	for tool in $TOOLS; do
		article | $tool -0 | tr -d '\0' >want
		start $tool -0
		for i in 1 2 3; do
			{ article; printf '\0'; } >&7
			IFS= read -r -d '' -t 10 answer <&8 || wrong "$tool: no answer"
			printf '%s' "$answer" >got
			if [ $tool = extract-quotes ]; then
				cut -f 2- got >a; cut -f 2- want >b
				same b a "$tool"
			else
				same want got "$tool"
			fi
		done
		finish
	done
}

@test "the whole pipe is live: a record in at the head, quotations out at the tail" {
	start bash -c 'strip-boilerplate | split-sentences | tag-entities | extract-quotes'
	for id in a b; do
		record $id >&7
		read -r -t 10 line <&8 || wrong "no answer for $id"
		[ "$(jq -r '.quotes | length' <<<"$line")" -ge 1 ] || wrong "$line"
	done
	finish
}

@test "a document ends at the form feed, not at the next document's end" {
	for tool in strip-boilerplate tag-entities; do
		start $tool
		{ article; printf '\f\n'; } >&7
		read -r -t 10 line <&8 || wrong "$tool: no document came"
		finish
	done
}

@test "packed input is live, too" {
	start split-sentences
	python3 -u - >&7 <<-'END' &
	import os, sys, time, zlib
	z = zlib.compressobj(6, zlib.DEFLATED, 31)
	os.write(1, z.compress(b'{"id":1,"text":"One is here."}\n') + z.flush(zlib.Z_SYNC_FLUSH))
	END
	read -r -t 10 line <&8 || wrong "no record came"
	[ "$(jq -r .id <<<"$line")" = 1 ]
	exec 7>&-
	wait $pid || true
	exec 8<&-
}

@test "tail -f | split-sentences -l works" {
	echo 'A first line. A second one here. And' >log
	mkfifo from
	tail -n +1 -s 0.1 -f log 3>&- | split-sentences -l >from 3>&- &
	exec 8<from
	read -r -t 10 line <&8 || wrong "no sentence came"
	[ "$line" = "A first line." ]
	echo ' more. And so on.' >>log
	read -r -t 10 line <&8
	[ "$line" = "A second one here." ]
	kill %1 2>/dev/null || true
	exec 8<&-
}
