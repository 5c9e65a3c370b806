load common

# Many records, some damaged, some without text, some long.
many() {
	awk -v article="$(article | jq -R -s .)" 'BEGIN {
		for (i = 1; i <= 900; i++) {
			if (i % 97 == 0) print "{\"id\":" i ",\"text\":\"no end"
			else if (i % 89 == 0) print "{\"id\":" i ",\"n\":1.10}"
			else if (i % 83 == 0) print "{\"id\":" i ",\"text\":\"x\",\"ents\":9,\"sents\":9}"
			else if (i % 10 == 0) print "{\"id\":" i ",\"text\":" article "}"
			else print "{\"id\":" i ",\"text\":\"Line " i " is here. Anna Keller said so.\"}"
		}
	}'
}

# alike WHAT COMMAND...: with -j 1, 2, 4 the same output, errors and status.
alike() {
	local what=$1 tool=$2 jobs was
	shift 2
	go $tool -j 1 "$@"
	mv out one.out
	mv err one.err
	was=$status
	for jobs in 2 4; do
		go $tool -j $jobs "$@"
		same one.out out "$tool -j $jobs, $what"
		same one.err err "$tool -j $jobs, $what, standard error"
		[ "$status" -eq "$was" ] || wrong "$tool -j $jobs, $what: was $was"
	done
}

@test "-j: the same bytes for many records, damaged ones too, however they fail" {
	many >in
	for tool in $TOOLS; do
		for options in "" "--on-error=record" "--on-error=stop" "-t text" "-0 -f text" "-l"; do
			alike "$options" $tool $options in
		done
	done
}

@test "-j: the same bytes for several files, some of them missing" {
	many | head -n 300 >a.jsonl
	article >b.txt
	many | tail -n 300 >c.jsonl
	gzip -k c.jsonl
	for tool in $TOOLS; do
		for form in jsonl text; do
			alike "files, $form" $tool -t $form a.jsonl missing b.txt c.jsonl.gz . b.txt a.jsonl
		done
		[ $tool = strip-boilerplate ] || alike "files, tsv" $tool -t tsv b.txt a.jsonl missing b.txt
	done
}

@test "-j: the same bytes for many documents of text" {
	for i in $(seq 40); do article; printf '\f\n'; printf 'Bad \xff byte %d. And on.\n\f\n' $i; done >in
	for tool in $TOOLS; do
		for options in "" "-t jsonl" "--invalid=error" "--invalid=error -0"; do
			alike "text $options" $tool $options in
		done
	done
}

@test "-j 0 is a thread for each processor" {
	many >in
	for tool in $TOOLS; do
		go $tool in
		mv out want
		go $tool -j 0 in
		same want out "$tool -j 0"
	done
}

@test "-j: many more threads than records" {
	record >in
	for tool in $TOOLS; do
		go $tool in
		mv out want
		exits 0 $tool -j 40 in
		same want out "$tool -j 40"
	done
}

@test "-j: records go out while the input stays open" {
	mkfifo to from
	for tool in $TOOLS; do
		$tool -j 3 <to >from 3>&- &
		exec 7<>to 8<from
		for id in a b; do
			record $id >&7
			read -r -t 10 line <&8 || wrong "$tool: no answer for $id"
			[ "$(jq -r .id <<<"$line")" = $id ] || wrong "$tool"
		done
		exec 7>&- 8<&-
		wait $! || true
	done
}
