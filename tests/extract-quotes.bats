load common

# Own-written cases: what the command prints for NAME.in with no option is
# NAME.out.
@test "extract-quotes: every fixture gives what stands beside it" {
	check_fixtures extract-quotes
}

QUOTED='Mayor Anna Keller opened the hall. “We are ready for winter,” Keller said. “Let it snow.”'

@test "who said what: kind, full name, cue, quotation" {
	run extract-quotes --header <<<"$QUOTED"
	[ "${#lines[@]}" -eq 2 ]
	[ "${lines[0]}" = $'document\tstart\tend\tkind\tspeaker\tcue\tquotation' ]
	IFS=$'\t' read -r doc start end kind speaker cue quotation <<<"${lines[1]}"
	[ "$doc/$kind/$speaker/$cue" = "-/direct/Anna Keller/said" ]
	[[ "$quotation" == 'We are ready for winter,'*'Let it snow.' ]]
}

@test "parts round the cue are one quotation" {
	extract-quotes -t jsonl <<<"$QUOTED" >out
	[ "$(jq '.quotes | length' out)" -eq 1 ]
	[ "$(jq -r '. as $d | [.quotes[0].parts[] | $d.text[.[0]:.[1]]] | join("|")' out)" = 'We are ready for winter,|Let it snow.' ]
}

@test "--kind: only these kinds" {
	text="$QUOTED Keller said that the pumps had been tested twice."
	[ "$(extract-quotes --kind=direct <<<"$text" | cut -f 4 | sort -u)" = direct ]
	[ "$(extract-quotes --kind=indirect <<<"$text" | cut -f 4 | sort -u)" = indirect ]
	run extract-quotes --kind=loud <<<"$text"
	[ "$status" -eq 2 ]
}

@test "plain, tagged and JSON Lines give the same quotations" {
	extract-quotes <<<"$QUOTED" >plain
	tag-entities <<<"$QUOTED" | extract-quotes >tagged
	tag-entities -t jsonl <<<"$QUOTED" | extract-quotes -t tsv >layered
	[ -s plain ]
	diff plain tagged
	diff plain layered
}

@test "one sentence a line gives the same quotations" {
	extract-quotes <<<"$QUOTED" | cut -f 4- >plain
	split-sentences <<<"$QUOTED" | extract-quotes | cut -f 4- | sed 's/\\n/ /g' >split
	diff plain split
}

@test "entities that were not there are not written" {
	[ "$(extract-quotes -t jsonl <<<"$QUOTED" | jq 'has("ents")')" = false ]
}

@test "-t text: the speaker and what was said" {
	run extract-quotes -t text <<<"$QUOTED"
	[ "$output" = 'Anna Keller: We are ready for winter, … Let it snow.' ]
}

@test "one text in four forms gives the same quotations" {
	text='Mayor Anna Keller said on Friday that the pumps had been tested twice. According to a clerk, nobody had asked for it. “We are ready,” she said.'
	extract-quotes <<<"$text" | cut -f 4- >plain
	split-sentences <<<"$text" | extract-quotes | cut -f 4- >split
	tag-entities <<<"$text" | extract-quotes | cut -f 4- >tagged
	jq -Rc '{id: "a", text: .}' <<<"$text" | extract-quotes -t tsv | cut -f 4- >record
	[ "$(wc -l <plain)" -eq 3 ]
	diff plain split
	diff plain tagged
	diff plain record
}

@test "marked terms are no speech, marked speech is" {
	run extract-quotes <<<'The so-called “miracle” lasted a week.'
	[ -z "$output" ]
	run extract-quotes <<<'“We will not leave this valley, whatever they offer us.”'
	[[ "$output" == *'We will not leave this valley'* ]]
}
