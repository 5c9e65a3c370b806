load common

# Own-written cases: what the command prints for NAME.in with no option is
# NAME.out.
@test "tag-entities: every fixture gives what stands beside it" {
	check_fixtures tag-entities
}

@test "--labels: only these, in text, tsv and jsonl" {
	text='Angela Merkel met Ford executives in Berlin on March 3, 2019.'
	run tag-entities --labels=LOC <<<"$text"
	[ "$output" = 'Angela Merkel met Ford executives in <LOC>Berlin</LOC> on March 3, 2019.' ]
	[ "$(tag-entities --labels=PER,LOC -t tsv <<<"$text" | cut -f 4 | sort -u | tr '\n' ' ')" = 'LOC PER ' ]
	tag-entities -t jsonl <<<"$text" >all
	[ "$(tag-entities --labels=PER all | jq -c '[.ents[].label]')" = '["PER"]' ]
}

@test "--gazetteer: the user's own names win" {
	printf '# ours\nquiet harbour\tLOC\nBlue Ferry 7\tMISC\n' >names
	run tag-entities --gazetteer=names <<<'We saw quiet harbour from Blue Ferry 7.'
	[ "$output" = 'We saw <LOC>quiet harbour</LOC> from <MISC>Blue Ferry 7</MISC>.' ]
}

@test "--gazetteer: a bad line is named" {
	printf 'one\tPER\nno label here\n' >names
	run --separate-stderr tag-entities --gazetteer=names <<<'x'
	[ "$status" -eq 2 ]
	[[ "$stderr" == *2* ]]
	[ "${#stderr_lines[@]}" -eq 1 ]
}

@test "--relative-dates=no leaves out days that need a calendar" {
	text='He left last week and came back on March 3, 2019.'
	[ "$(tag-entities -t tsv <<<"$text" | cut -f 4 | grep -c DATE)" -eq 2 ]
	[ "$(tag-entities -t tsv --relative-dates=no <<<"$text" | cut -f 5)" = 'March 3, 2019' ]
}

@test "marks are taken out again, and offsets do not count them" {
	text='Angela Merkel & co. spoke in Berlin.'
	tag-entities -t tsv <<<"$text" >direct
	tag-entities <<<"$text" | tag-entities -t tsv >again
	diff direct again
}

@test "a text that only looks marked is taken as it stands" {
	text='a <PER>b</PER> & c < d'
	run tag-entities <<<"$text"
	[ "$output" = 'a &lt;PER&gt;b&lt;/PER&gt; &amp; c &lt; d' ]
}
