load common

# Own-written cases: what the command prints for NAME.in with no option is
# NAME.out.
@test "strip-boilerplate: every fixture gives what stands beside it" {
	check_fixtures strip-boilerplate
}

NAMED='Angela Merkel told the council in Berlin that the night train would run again, and that nobody would have to wait for it in the rain.'

@test "--mark shows every line that is not blank, with verdict and reason" {
	printf 'Home » News\n\n%s\n%s\n' "$LONG" "$LONGER" >page
	run strip-boilerplate --mark page
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 3 ]
	for line in "${lines[@]}"; do
		[[ "$line" =~ ^(keep|drop)$'\t'[a-z-]+$'\t'. ]]
	done
}

@test "a paragraph that is kept is kept as it stands" {
	printf 'Home » News\n%s\n%s\n' "$LONG" "$LONGER" >page
	run strip-boilerplate page
	[ "$status" -eq 0 ]
	[ "$output" = "$LONG"$'\n\n'"$LONGER" ]
}

@test "one sentence alone is not lost" {
	run strip-boilerplate <<<"$LONG"
	[ "$status" -eq 0 ]
	[ "$output" = "$LONG" ]
}

@test "src is where a block came from, in bytes" {
	printf 'Home » News\n%s\n%s\n' "$LONG" "$LONGER" >page
	strip-boilerplate -t jsonl page >out
	python3 - <<-'END'
	import json
	source = open("page", "rb").read()
	doc = json.load(open("out"))
	assert doc["blocks"]
	for b in doc["blocks"]:
	    assert source[slice(*b["src"])].decode() == doc["text"][b["start"]:b["end"]]
	END
}

@test "layers that were there move along with the text" {
	printf 'Home » News\n%s\n%s\n' "$LONG" "$NAMED" >page
	split-sentences -t jsonl page | tag-entities | strip-boilerplate >out
	jq -r '. as $d | .ents[] | $d.text[.start:.end]' out >moved
	strip-boilerplate page | tag-entities -t tsv | cut -f 5 >direct
	[ -s direct ]
	diff direct moved
	[ "$(jq '.sents | length' out)" -eq 2 ]
}

@test "--wrap=yes keeps a paragraph's lines together, --wrap=no does not" {
	fold -s -w 60 <<<"$LONG" >page
	[ "$(strip-boilerplate --wrap=yes -t jsonl page | jq '.blocks | length')" -eq 1 ]
	run strip-boilerplate --wrap=maybe page
	[ "$status" -eq 2 ]
}

@test "what was mended comes from where it was, and stays where layers count on it" {
	bad='CafÃ© owners told the council that â€œnobodyâ€ would pay &amp;quot;a cent&amp;quot; more for the benches in front of their doors this year.'
	printf 'Home » News\n%s\n%s\n' "$bad" "$LONG" >page
	strip-boilerplate -t jsonl page >out
	python3 - <<-'END'
	import json
	source = open("page", "rb").read()
	doc = json.load(open("out"))
	first, second = doc["blocks"]
	assert doc["text"].startswith("Café owners told the council that “nobody” would pay \"a cent\" more")
	assert source[slice(*first["src"])].decode().startswith("CafÃ© owners")
	assert source[slice(*first["src"])].decode().endswith("doors this year.")
	assert source[slice(*second["src"])].decode() == doc["text"][second["start"]:second["end"]]
	END
	jq -nc --arg text "$bad" '{text: $text, sents: [{start: 0, end: 10}]}' | strip-boilerplate | jq -e --arg text "$bad" '.text == $text'
}

@test "what happened is told in the words of forms, and is no form" {
	for said in "Apple declined to comment." "Subscribers fell to two million." "The newsletter was shut down in May." "Reporters waited outside the court for hours."; do
		printf '%s\n\n%s\n\n%s\n' "$LONG" "$said" "$LONGER" >page
		exits 0 strip-boilerplate page
		grep -qxF "$said" out || wrong "$said"
	done
	for asked in "Log in to comment." "Please log in to comment." "Subscribe to the newsletter that won prizes." "You must be logged in to post a comment." "Reporting by Jo Lamb in Paris; edited by Erik Dahl."; do
		printf '%s\n\n%s\n\n%s\n' "$LONG" "$asked" "$LONGER" >page
		exits 0 strip-boilerplate page
		! grep -qF "$asked" out || wrong "$asked"
	done
}
