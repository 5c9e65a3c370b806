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

VOICES='Mayor Anna Keller opened the “Hall of Ice” on Friday. “We are ready for winter,” Keller said. “Let it snow.”

Paul Roth, a clerk, said that the pumps had been tested twice. Officials called the plan “a risk that nobody needs”.'

# speakers OPTION...: who is left of VOICES, one a line.
speakers() {
	extract-quotes "$@" <<<"$VOICES" | cut -f 5
}

@test "--speaker: a regular expression on the full name" {
	[ "$(speakers)" = $'Anna Keller\nPaul Roth\nOfficials' ]
	[ "$(speakers --speaker=Anna)" = 'Anna Keller' ]
	[ "$(speakers --speaker='^Keller')" = '' ]
	[ "$(speakers --speaker='Keller$|Roth')" = $'Anna Keller\nPaul Roth' ]
}

@test "--speaker: case-sensitive, but for (?i)" {
	[ "$(speakers --speaker=anna)" = '' ]
	[ "$(speakers --speaker='(?i)anna')" = 'Anna Keller' ]
}

@test "--speaker: the words of the text where nobody is named" {
	[ "$(speakers --speaker='^Officials$')" = Officials ]
}

@test "--speaker: a bad expression is wrong usage, with the place of the error" {
	exits 2 extract-quotes --speaker='é(a' </dev/null
	[ "$(head -n 1 err)" = 'extract-quotes: --speaker: bad regular expression: missing closing parenthesis at character 4' ] ||
		wrong "another message"
	[ "$(wc -l <err)" -eq 2 ]
}

@test "--speaker: an expression that takes too long fails the document, and says so" {
	long=$(printf 'A%.0s' {1..40})
	exits 1 extract-quotes --speaker='(A+)+$' <<<"“We are ready,” said Anna ${long}b Keller."
	grep -q '^extract-quotes: .*too many steps' err || wrong "not said"
}

@test "--min-words: quotations of so many words or more" {
	[ "$(speakers --min-words=7)" = $'Anna Keller\nPaul Roth\nOfficials' ]
	[ "$(speakers --min-words=8)" = 'Anna Keller' ]
	[ "$(speakers --min-words=9)" = '' ]
	for n in -1 x 3x ''; do
		exits 2 extract-quotes --min-words="$n" </dev/null
	done
}

@test "--scare: what stands in marks and is no speech" {
	[ "$(extract-quotes --scare <<<"$VOICES" | awk -F'\t' '$4 == "scare" { print $5 "|" $6 "|" $7 }')" = '||Hall of Ice' ]
	[ "$(extract-quotes <<<"$VOICES" | grep -c scare)" -eq 0 ]
	extract-quotes --scare -t jsonl <<<"$VOICES" >out
	[ "$(jq -c '[.quotes[] | select(.kind == "scare") | has("speaker"), has("cue")]' out)" = '[false,false]' ]
}

@test "--scare and --kind: these kinds and the scares" {
	[ "$(extract-quotes --scare --kind=direct <<<"$VOICES" | cut -f 4 | sort -u)" = $'direct\nscare' ]
	[ "$(extract-quotes --kind=scare <<<"$VOICES" | cut -f 7)" = 'Hall of Ice' ]
}

@test "what to list: all options together, for every form, and for a layer that is there" {
	extract-quotes --scare -t jsonl <<<"$VOICES" >ready
	for options in --kind=direct --speaker=Roth --min-words=8 \
		'--kind=direct,indirect --speaker=Anna|Roth --min-words=8' '--kind=scare'; do
		extract-quotes --scare $options <<<"$VOICES" >want
		extract-quotes $options --scare -t tsv ready >got
		diff want got
		extract-quotes $options --scare ready | extract-quotes -t tsv >got
		diff want got
		n=$(wc -l <want)
		extract-quotes --scare $options -t jsonl <<<"$VOICES" >out
		[ "$(jq '.quotes | length' out)" -eq "$n" ]
		extract-quotes --scare $options -t text <<<"$VOICES" >out
		[ "$(grep -c '^  ' out)" -eq "$n" ]
		extract-quotes --scare $options -t brat <<<"$VOICES" >out
		[ "$(grep -c -P '^T\d+\t(Direct|Mixed|Indirect|Scare) ' out)" -eq "$n" ]
	done
}

@test "quotations come in the order of the text, whatever the form" {
	extract-quotes --scare <<<"$VOICES" >want
	[ "$(cut -f 2 want | sort -n)" = "$(cut -f 2 want)" ]
	extract-quotes --scare -t jsonl <<<"$VOICES" | extract-quotes -t tsv >got
	diff want got
}

# confidence TEXT: of its first quotation, in hundredths.
confidence() {
	extract-quotes -t jsonl <<<"$1" | jq '.quotes[0].speaker.confidence * 100 | round'
}

@test "confidence: the surer the way to the name, the larger" {
	full=$(confidence '“We are ready for winter,” Anna Keller said.')
	surname=$(confidence '“We are ready for winter,” Keller said. Anna Keller is the mayor.')
	role=$(confidence 'Mayor Anna Keller came. “We are ready for winter,” the mayor said.')
	pronoun=$(confidence 'Anna Keller came. “We are ready for winter,” she said.')
	word=$(confidence '“We are ready for winter,” Ms. Keller said.')
	[ "$full" -le 100 ]
	[ "$full" -gt "$surname" ]
	[ "$surname" -gt "$role" ]
	[ "$role" -gt "$pronoun" ]
	[ "$pronoun" -gt "$word" ]
	[ "$word" -gt 50 ]
	extract-quotes -t jsonl >out <<-'END'
	“We are ready for winter, whatever comes,” Anna Keller said.

	“Nobody has to fear the snow this time.” The square was full.
	END
	[ "$(jq -c '[.quotes[].speaker.name]' out)" = '["Anna Keller","Anna Keller"]' ]
	[ "$(jq '.quotes | .[0].speaker.confidence - .[1].speaker.confidence > 0.2' out)" = true ]
}

@test "confidence: two decimals, and none where there is no name" {
	extract-quotes -t jsonl <<<"$VOICES" >out
	grep -Eq '"confidence":0\.[0-9][0-9][,}]' out
	[ "$(jq -c '[.quotes[].speaker | select(.name == null) | has("confidence")] | unique' out)" = '[false]' ]
	[ "$(jq -c '[.quotes[].speaker | select(.name) | has("confidence")] | unique' out)" = '[true]' ]
}

@test "a role that nobody bears is not given the name of whoever stands near" {
	extract-quotes -t jsonl <<<'Anna Keller came on Friday. A clerk said that the pumps had been tested twice.' >out
	[ "$(jq -c '[.quotes[].speaker.name]' out)" = '[null]' ]
}

@test "lost marks: the cue tells where speech is, and \"repaired\" says so" {
	while IFS='|' read -r said text; do
		extract-quotes -t jsonl <<<"$text" >out
		[ "$(jq -r '. as $d | [.quotes[] | select(.repaired and .kind == "direct" and .speaker.name == "Anna Keller")
			| .parts // [[.start, .end]] | map($d.text[.[0]:.[1]]) | join("/")] | join("+")' out)" = "$said" ] || wrong "$text"
	done <<-'END'
	It was the best winter in our history|It was the best winter in our historyAnna Keller said on Monday.
	We are ready for winter,/Let it snow.|“We are ready for winter, Anna Keller said. “Let it snow.”
	We are ready for winter,|"We are ready for winter, Anna Keller said on Monday.
	We are ready for winter,|We are ready for winter,” Anna Keller said on Monday.
	We are ready for winter,/Let it snow.|“We are ready for winter,” Anna Keller said. Let it snow.”
	END
	extract-quotes -t jsonl <<<"$VOICES" >out
	[ "$(jq '[.quotes[] | has("repaired")] | any' out)" = false ]
}

@test "doubled and turned marks are marks still" {
	for text in '““We are ready for winter,”” Anna Keller said.' '""We are ready for winter,"" Anna Keller said.' \
		'”We are ready for winter,” Anna Keller said.' '“We are ready for winter,“ Anna Keller said.'; do
		[ "$(extract-quotes <<<"$text" | cut -f 4,5,7)" = $'direct\tAnna Keller\tWe are ready for winter,' ] || wrong "$text"
	done
}

# Each damage hits the first quotation of the second paragraph.
@test "an odd mark costs its own quotation only" {
	head='“The road is open,” said Paul Roth. “Drive slowly, please.”'
	tail='“Nobody was hurt this time,” Clara Berg said after the storm.'
	for middle in '“We are ready for winter, and more' 'We are ready”, and more”' '““We are ready' '"We are” ready “now' '”” ““'; do
		printf '%s\n\n%s\n\n%s\n' "$head" "$middle" "$tail" >in
		extract-quotes in | cut -f 5,7 >out
		grep -qx $'Paul Roth\tThe road is open,” said Paul Roth. “Drive slowly, please.' out || wrong "before: $middle"
		grep -qx $'Clara Berg\tNobody was hurt this time,' out || wrong "behind: $middle"
	done
}

# places: kind, content, cue and speaker of each quotation as offsets, from JSON Lines.
places() {
	jq -c '.quotes[] | [.kind, .start, .end, .parts, .cue.start, .cue.end, .speaker]'
}

@test "plain, tagged, one sentence a line and JSON Lines give the same quotations at the same places" {
	for text in "$QUOTED" "$VOICES"; do
		extract-quotes -t jsonl <<<"$text" | places >want
		[ -s want ]
		tag-entities <<<"$text" | extract-quotes -t jsonl | places >got
		diff want got
		tag-entities -t jsonl <<<"$text" | extract-quotes | places >got
		diff want got
		jq -Rsc '{text: .}' <<<"$text" | extract-quotes | places >got
		diff want got
		split-sentences <<<"$text" | extract-quotes -t jsonl | places >got
		diff want got
		split-sentences <<<"$text" | tag-entities | extract-quotes -t jsonl | places >got
		diff want got
		extract-quotes <<<"$text" >plain
		tag-entities <<<"$text" | extract-quotes >got
		diff plain got
	done
}

@test "entities that were not there are not written" {
	[ "$(extract-quotes -t jsonl <<<"$QUOTED" | jq 'has("ents")')" = false ]
}

@test "-t text: a block for each speaker" {
	extract-quotes -t text --scare >out <<-'END'
	Mayor Anna Keller opened the “Hall of Ice”. “We are ready for winter,” Keller said. “Let it snow.”

	Paul Roth, a clerk, said that the pumps had been tested twice. “Nobody has to fear the flood,” she said.
	END
	diff - out <<-'END'
	Anna Keller
	  “We are ready for winter,” … “Let it snow.”
	  “Nobody has to fear the flood,”

	Paul Roth
	  that the pumps had been tested twice

	(not said)
	  “Hall of Ice”
	END
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

@test "the model of names is opened for the first text that has no entities" {
	tag-entities -t jsonl <<<"$QUOTED" >tagged.jsonl
	extract-quotes -t jsonl tagged.jsonl >want
	COPYDESK_DATA=/nowhere extract-quotes -t jsonl tagged.jsonl >got
	cmp want got
	for jobs in 1 3; do
		{ cat tagged.jsonl && record && record; } >both.jsonl
		COPYDESK_DATA=/nowhere go extract-quotes -j "$jobs" -t jsonl both.jsonl
		[ "$status" -eq 2 ] || wrong "without a model"
		[ "$(cat err)" = "extract-quotes: both.jsonl:2: /nowhere/en.model: cannot open: No such file or directory" ] || wrong "what is said"
		cmp want out
	done
	COPYDESK_DATA=/nowhere go extract-quotes --model=en tagged.jsonl
	[ "$status" -eq 2 ] || wrong "a model that was asked for is opened at once"
}

# claims TEXT: kind, speaker, cue and quotation of each, one a line.
claims() {
	extract-quotes <<<"$1" | cut -f 4-
}

@test "marked words in what somebody wants or thinks come with their clause" {
	[ "$(claims 'Roth wants to “clean up” the harbour by spring.')" = \
		$'mixed\tRoth\twants\tto “clean up” the harbour by spring' ]
	[ "$(claims 'Fishermen fear that the “tidal fee” will ruin them.')" = \
		$'mixed\tFishermen\tfear\tthat the “tidal fee” will ruin them' ]
	[ -z "$(claims 'Roth wants to clean up the harbour by spring.')" ]
	[ -z "$(claims 'The “tidal fee” will rise in May.')" ]
	[ -z "$(claims 'The band “Red Kite” played in the “Hall of Ice” until noon.')" ]
}
