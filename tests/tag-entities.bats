load common

# Own-written cases: what the command prints for NAME.in with no option is
# NAME.out.
@test "tag-entities: every fixture gives what stands beside it" {
	check_fixtures tag-entities
}

@test "--labels: only these, in text, tsv and jsonl" {
	text='Angela Merkel met BBC executives in Berlin on March 3, 2019.'
	run tag-entities --labels=LOC <<<"$text"
	[ "$output" = 'Angela Merkel met BBC executives in <LOC>Berlin</LOC> on March 3, 2019.' ]
	[ "$(tag-entities --labels=PER,LOC -t tsv <<<"$text" | cut -f 4 | sort -u | tr '\n' ' ')" = 'LOC PER ' ]
	tag-entities -t jsonl <<<"$text" >all
	[ "$(tag-entities --labels=PER all | jq -c '[.ents[].label]')" = '["PER"]' ]
}

@test "--labels: blanks round them do not count" {
	text='Angela Merkel met BBC executives in Berlin.'
	tag-entities --labels=PER,ORG <<<"$text" >want
	grep -q PER want
	grep -q ORG want
	exits 0 tag-entities --labels=' PER, ORG ' <<<"$text"
	same want out blanks
}

@test "--labels: one that nothing can give is refused, with those that are known" {
	echo 'Angela Merkel met BBC executives in Berlin.' >text
	printf '{"text":"We met."}\n' >feed.jsonl
	known='not one of LOC, MISC, ORG, PER, DATE, TIME, MONEY, PERCENT'
	for label in PERSON per 'PER,X Y' 'DATES, PER'; do
		for in in text feed.jsonl; do
			for jobs in 1 2; do
				exits 2 tag-entities -j $jobs --labels="$label" $in
				says_like "^tag-entities: $in\(:1\)\{0,1\}: --labels: unknown label '[^',]*', $known$"
				[ ! -s out ] || wrong "something was written"
			done
		done
	done
	for list in '' , 'PER,' ' ' 'PER,,ORG'; do
		exits 2 tag-entities --labels="$list" text
		[ "$(head -n 1 err)" = "tag-entities: --labels: an item is missing: '$list'" ] || wrong "$list"
	done
	printf 'Berlin\tDOCK\n' >names
	exits 0 tag-entities --gazetteer=names --labels=DOCK text
	[ "$(cat out)" = 'Angela Merkel met BBC executives in <DOCK>Berlin</DOCK>.' ]
	exits 2 tag-entities --gazetteer=names --labels=DOG text
	says "tag-entities: text: --labels: unknown label 'DOG', $known or the gazetteer's"
	# A text that brings its entities along may have others.
	exits 0 tag-entities --labels=GPE <<<'In <GPE>Oslo</GPE>, <FAC>Old Pier</FAC>.'
	[ "$(cat out)" = 'In <GPE>Oslo</GPE>, Old Pier.' ]
}

@test "--gazetteer: the user's own names win" {
	printf '# ours\nquiet harbour\tLOC\nBlue Ferry 7\tMISC\n' >names
	run tag-entities --gazetteer=names <<<'We saw quiet harbour from Blue Ferry 7.'
	[ "$output" = 'We saw <LOC>quiet harbour</LOC> from <MISC>Blue Ferry 7</MISC>.' ]
}

@test "--gazetteer: dates and amounts on either side of a name of yours stay" {
	printf 'quiet harbour\tDOCK\n' >names
	run tag-entities --gazetteer=names <<<'On 3 March 2019 the quiet harbour got $4.5 million, on 4 May 2020 quiet harbour got more.'
	[ "$output" = 'On <DATE>3 March 2019</DATE> the <DOCK>quiet harbour</DOCK> got <MONEY>$4.5 million</MONEY>, on <DATE>4 May 2020</DATE> <DOCK>quiet harbour</DOCK> got more.' ]
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

@test "--count: the names of all documents, joined, most frequent first" {
	cat >in <<-'END'
	President Xi Jinping met Lula in Brasilia. Xi said yes, and Xi left Brasilia.
	END
	echo 'Xi came.' >other
	exits 0 tag-entities --count --labels=PER,LOC --header in other in
	cat >want <<-'END'
	label	name	mentions	documents
	PER	Xi Jinping	6	2
	LOC	Brasilia	4	2
	PER	Lula	2	2
	PER	Xi	1	1
	END
	same want out --count
	# The same from records, from marked text, in threads.
	tag-entities -t jsonl in other in >records
	exits 0 tag-entities --count --labels=PER,LOC --header -j 3 records
	same want out records
	tag-entities in other in >marked
	exits 0 tag-entities --count --labels=PER,LOC --header -t tsv marked
	same want out marked
}

# counted ENTS: names of a text of one-letter-coded entities, "PER Ana Lima".
counted() {
	python3 - "$@" <<-'END' | tag-entities --count | tr '\t' ' '
	import json, sys
	text, ents = "", []
	for arg in sys.argv[1:]:
	    label, name = arg.split(" ", 1)
	    ents.append({"start": len(text), "end": len(text) + len(name), "label": label})
	    text += name + " . "
	print(json.dumps({"text": text, "ents": ents}))
	END
}

@test "--count: one word counts for the fuller name that begins or ends with it" {
	[ "$(counted 'PER Lima' 'PER Ana Lima')" = 'PER Ana Lima 2 1' ]
	[ "$(counted 'PER Ana' 'PER Ana Lima')" = 'PER Ana Lima 2 1' ]
	[ "$(counted 'PER LIMA' 'PER Ana Lima')" = 'PER Ana Lima 2 1' ]
	[ "$(counted 'PER Lima' 'PER Ana Lima Jr.')" = 'PER Ana Lima Jr. 2 1' ]
	[ "$(counted $'PER Ana\n Lima' 'PER Ana Lima')" = 'PER Ana Lima 2 1' ]
	# not what stands in the middle, nor other labels, nor two words
	[ "$(counted 'PER Rosa' 'PER Ana Rosa Lima' | wc -l)" -eq 2 ]
	[ "$(counted 'LOC Lima' 'PER Ana Lima' | wc -l)" -eq 2 ]
	[ "$(counted 'LOC Lima' 'LOC New Lima' | wc -l)" -eq 2 ]
	[ "$(counted 'PER Ana Lima' 'PER Ana Lima Jr.' | wc -l)" -eq 2 ]
	# of two the one with more mentions, the longer one, the first
	[ "$(counted 'PER Lima' 'PER Ana Maria Lima' 'PER Bo Lima' 'PER Bo Lima' | head -n 1)" = 'PER Bo Lima 3 1' ]
	[ "$(counted 'PER Lima' 'PER Bo Lima' 'PER Ana Lima' | head -n 1)" = 'PER Ana Lima 2 1' ]
	[ "$(counted 'PER Lima' 'PER Ed Lima' 'PER Bo Lima' | head -n 1)" = 'PER Ed Lima 2 1' ]
}

@test "--count: a name too long is none, odd ones are cells; parts are one document" {
	[ "$(counted "PER $(printf '%0300d' 0)" 'PER a\b' 'X  ')" = 'PER a\\b 1 1' ]
	for i in $(seq 200); do printf 'Nobody here knows Ana Lima of Oslo.\n\n'; done >in
	exits 0 tag-entities --count --max-document=1K in
	[ "$(head -n 2 out | tr '\t' ' ' | cut -d ' ' -f 2- | sort | tr '\n' ' ')" = 'Ana Lima 200 1 Oslo 200 1 ' ] || wrong parts
}

@test "--count is tsv, and only that" {
	for form in text jsonl conll brat; do
		exits 2 tag-entities --count -t $form <<<x
		[ "$(head -n 1 err)" = "tag-entities: --count: is tsv, not $form" ] || wrong $form
	done
	exits 1 tag-entities --count <<<'{"text":'
	[ ! -s out ]
}

@test "--min-score: leaves out what is less sure; what says nothing stays" {
	echo '{"text":"a b c d e","ents":[{"start":0,"end":1,"label":"A","score":0.5},{"start":2,"end":3,"label":"B"},{"start":4,"end":5,"label":"C","score":9.1e-1},{"start":6,"end":7,"label":"D","score":1},{"start":8,"end":9,"label":"E","score":0}]}' >in
	left() {
		tag-entities --min-score="$1" in | jq -r '[.ents[].label] | add'
	}
	[ "$(left 0)" = ABCDE ]
	[ "$(left .001)" = ABCDE ]
	[ "$(left 0.5)" = ABCD ]
	[ "$(left 0.501)" = BCD ]
	[ "$(left 0.91)" = BCD ]
	[ "$(left 0.9109)" = BCD ]
	[ "$(left 0.911)" = BD ]
	[ "$(left 1.0)" = BD ]
	[ "$(tag-entities --min-score=1 --labels=B,A -t text in)" = 'a <B>b</B> c d e' ]
	for value in '' x . -1 1.1 1.001 2 10 1e-1 0.5x +1 ' 1'; do
		exits 2 tag-entities --min-score="$value" in
		[ "$(head -n 1 err)" = "tag-entities: --min-score: not a number from 0 to 1: '$value'" ] || wrong "$value"
	done
}

@test "score: in JSON Lines as it came, three digits when written again; in tsv with --scores" {
	echo '{"text":"a b c","ents":[{"start":0,"end":1,"label":"A","score":0.98765},{"start":2,"end":3,"label":"B"}]}' >in
	[ "$(tag-entities in)" = "$(cat in)" ]
	[ "$(tag-entities --labels=A in | jq -c .ents)" = '[{"start":0,"end":1,"label":"A","score":0.987}]' ]
	[ "$(tag-entities --scores --header -t tsv in)" = $'document\tstart\tend\tlabel\ttext\tscore\nin:1\t0\t1\tA\ta\t0.987\nin:1\t2\t3\tB\tb\t' ]
	[ "$(tag-entities -t tsv in | head -n 1)" = $'in:1\t0\t1\tA\ta' ]
}

@test "--model: the name of an installed one, or a file" {
	text='Angela Merkel spoke in Berlin.'
	want='<PER>Angela Merkel</PER> spoke in <LOC>Berlin</LOC>.'
	for model in en en-open "$BUILD/share/copydesk/en.model"; do
		[ "$(tag-entities -m "$model" <<<"$text")" = "$want" ] || wrong "-m $model"
	done
	cp "$BUILD/share/copydesk/en.model" mine.model
	[ "$(tag-entities --model=mine.model <<<"$text")" = "$want" ]
	[ "$(extract-quotes -m mine.model <<<'"We go," said Ana Lima.' | cut -f 5)" = 'Ana Lima' ]
}

@test "COPYDESK_DATA names the directory of the models" {
	mkdir data
	exits 2 env COPYDESK_DATA=data tag-entities <<<x
	says 'tag-entities: data/en.model: cannot open: No such file or directory'
	cp "$BUILD/share/copydesk/en-open.model" data/en.model
	exits 0 env COPYDESK_DATA=data tag-entities <<<'To Berlin.'
	[ "$(cat out)" = 'To <LOC>Berlin</LOC>.' ]
	exits 2 env COPYDESK_DATA=data tag-entities -m other <<<x
	says 'tag-entities: data/other.model: cannot open: No such file or directory'
	exits 0 env COPYDESK_DATA= tag-entities <<<x
}

@test "a model that is cut short, damaged or none is one line, exit 2" {
	model=$BUILD/share/copydesk/en.model
	size=$(stat -c %s "$model")
	for len in 0 1 7 31 39 40 1000 $((size / 2)) $((size - 1)); do
		head -c "$len" "$model" >cut.model
		for tool in tag-entities extract-quotes; do
			exits 2 $tool -m cut.model <<<x
			says_like "^$tool: cut.model: "
			[ ! -s out ]
		done
	done
	for at in 8 12 20 28 34 50 5000 $((size - 9)); do
		cp "$model" bad.model
		byte=$(od -An -tu1 -j "$at" -N 1 "$model")
		printf "\\$(printf %o $((byte ^ 16)))" | dd of=bad.model bs=1 seek="$at" conv=notrunc status=none
		exits 2 tag-entities -m bad.model <<<x
		says_like '^tag-entities: bad.model: '
	done
	exits 2 tag-entities -m . <<<x
	says_like '^tag-entities: .: cannot open: '
}

@test "labels that a model has learned are its own: patterns leave them alone" {
	for day in Monday Tuesday Wednesday Thursday Friday Saturday Sunday; do
		for boat in Petrel Gannet Curlew Dunlin; do
			jq -n -c --arg d "$day" --arg b "$boat" '
				{text: ($b + " sails on " + $d + " for $4."), ents: [
				{start: 0, end: ($b | length), label: "DATE"}]}'
		done
	done >train.jsonl
	train-entities -q -o boats.model train.jsonl
	run tag-entities -m boats.model <<<'Merlin sails on Friday for $5.'
	[ "$output" = '<DATE>Merlin</DATE> sails on Friday for <MONEY>$5</MONEY>.' ]
}

# What users feed it.
@test "a name that could be a day or month for short leaves the stop to its sentence" {
	run tag-entities --labels=PER,ORG <<<'Mick Dean told The Sun. He left. We like Apple Inc. It grew.'
	[ "$output" = '<PER>Mick Dean</PER> told <ORG>The Sun</ORG>. He left. We like <ORG>Apple Inc.</ORG> It grew.' ]
	[ "$(tag-entities -t conll <<<'Mick Dean told The Sun. He left.' | grep -A 1 '^Sun')" = $'Sun\tI-ORG\n.\tO' ]
	run tag-entities --plain --labels=ORG <<<'Mick Dean told The Sun. He left.'
	[ "$output" = 'Mick Dean told <ORG>The Sun.</ORG> He left.' ]
}

@test "MONEY and PERCENT: amounts that begin with an article, parts, pence" {
	while IFS= read -r amount; do
		run tag-entities --labels=MONEY,PERCENT -t tsv <<<"It cost $amount, as we know."
		[ "$(cut -f 5 <<<"$output")" = "$amount" ] || { echo "$amount: $output"; false; }
	done <<-'END'
	a million dollars
	A hundred euros
	a billion Colombian pesos
	half a million pounds
	a half-million dollars
	a quarter of a million pounds
	two and a half million dollars
	a few million dollars
	a couple of thousand pounds
	two million dollars
	20p
	345.5p
	half a per cent
	a hundred percent
	END
	run tag-entities --labels=MONEY,PERCENT <<<'Half a pound of butter, a pound of beef, a million people, 720p, 5pm, page 1080p, half a dollar.'
	[[ $output != *'<'* ]]
}

@test "capitals, small letters, other languages, one word: sane output" {
	run tag-entities <<<'ANGELA MERKEL MEETS ENVOYS IN BERLIN ON MONDAY'
	[ "$output" = '<PER>ANGELA MERKEL</PER> MEETS ENVOYS IN <LOC>BERLIN</LOC> ON <DATE>MONDAY</DATE>' ]
	[ "$(tag-entities <<<Berlin)" = '<LOC>Berlin</LOC>' ]
	text='angela merkel met the envoys in berlin.'
	[ "$(tag-entities <<<"$text" | sed 's/<[^>]*>//g')" = "$text" ]
	for text in 'Президент Ана Лима прилетела в Осло.' '安娜·利马飞往奥斯陆。' 'سافرت آنا ليما إلى أوسلو.' 'Die Kanzlerin sprach in Berlin über den Haushalt.'; do
		exits 0 tag-entities <<<"$text"
		[ "$(sed 's/<[^>]*>//g' out)" = "$text" ] || wrong "$text"
	done
}

@test "a name has one label in a document; --plain: each mention its own" {
	text='Ms. Geneva spoke. Ruth Geneva was tired. In Geneva they said nothing. Ruth Geneva left.'
	[ "$(tag-entities -t tsv <<<"$text" | cut -f 4 | sort -u)" = PER ]
	[ "$(tag-entities -t tsv --plain <<<"$text" | cut -f 4 | sort -u | tr '\n' ' ')" = 'LOC PER ' ]
	# but not where it is in the minority only just, nor in another document
	printf '%s\n\f\n%s\n' "$text" 'In Geneva they said nothing.' >two
	[ "$(tag-entities -t tsv two | cut -f 4 | uniq -c | tr -s ' \n' ' ')" = ' 4 PER 1 LOC ' ]
	# the user's own names and dates stay as they are
	printf 'Geneva\tSHIP\n' >names
	[ "$(tag-entities -t tsv --gazetteer=names <<<"$text" | grep -c SHIP)" -eq 4 ]
}

@test "a listed name of several words is marked whole, a title ends a name" {
	run tag-entities <<<'Asked by Agence France-Presse about it, he left.'
	[ "$output" = 'Asked by <ORG>Agence France-Presse</ORG> about it, he left.' ]
	for who in UN EU NATO; do
		run tag-entities <<<"Marking the day, $who Secretary-General Antonio Costa will also speak at the summit."
		[ "$output" = "Marking the day, <ORG>$who</ORG> Secretary-General <PER>Antonio Costa</PER> will also speak at the summit." ] || wrong "$who"
	done
	run tag-entities <<<'Secretary of State Jane Hall left.'
	[ "$output" = 'Secretary of State <PER>Jane Hall</PER> left.' ]
}

@test "a name glued to what stands before or behind it is cut off where the document knows it" {
	text='Vladimir Putin came. Then Putin left. I saw Putin and Putin saw me. Nobody asked for itPutin said. Then Putinand others left.'
	run tag-entities <<<"$text"
	[[ "$output" == *'for it<PER>Putin</PER> said. Then <PER>Putin</PER>and others'* ]]
	[ "$(sed 's/<[^>]*>//g' <<<"$output")" = "$text" ]
	run tag-entities <<<'The onPremise and inDesign tools left.'
	[ "$(sed 's/<[^>]*>//g' <<<"$output")" = 'The onPremise and inDesign tools left.' ]
}

@test "broken UTF-8 is U+FFFD, and names round it are found" {
	printf 'Angela \xff Merkel met\xc3 Vera Stolpe in \xe2\x82Berlin.\nTo \xf0\x9f\x98 Oslo.\n' >in
	exits 0 tag-entities in
	iconv -f UTF-8 -t UTF-8 out >/dev/null || wrong 'not UTF-8'
	grep -q '<PER>Vera Stolpe</PER>' out || wrong "$(cat out)"
	grep -q '<LOC>Oslo</LOC>' out || wrong "$(cat out)"
}

# --min-score and --scores tell the same in all forms, be it written or not.
@test "--min-score leaves out the same in text as in TSV and JSON Lines" {
	for i in 1 2 3; do echo 'Angela Merkel met Vera Stolpe of Petrel Nord in Berlin; Merkel and Gannet left.'; done >in
	tag-entities -t tsv --scores in >all
	[ "$(cut -f 6 all | sort -u | wc -l)" -gt 3 ]
	for least in 0.5 0.9 0.95; do
		awk -F '\t' -v l=$least '$6 >= l' all | cut -f 5 >want
		tag-entities -t text --min-score=$least in | grep -o '<[A-Z]*>[^<]*' | sed 's/.*>//' >got
		diff want got || wrong "text $least"
		tag-entities -t jsonl in | tag-entities -t tsv --min-score=$least - | cut -f 5 >got
		diff want got || wrong "jsonl $least"
	done
}

@test "a long text in parts: places of the whole, the same for any -j" {
	for i in $(seq 6000); do
		printf 'Minister Vera Stolpe met %d envoys of Peru in Nairobi – on a Monday – and left for Oslo.\n\n' "$i"
	done >in # 650 KB
	exits 0 tag-entities -t tsv in
	[ "$(cut -f 5 out | grep -c '^Vera Stolpe$')" -eq 6000 ]
	python3 - in out <<-'END'
	import sys
	text = open(sys.argv[1], encoding="utf-8").read()
	for line in open(sys.argv[2], encoding="utf-8"):
	    row = line.rstrip("\n").split("\t")
	    assert text[int(row[1]):int(row[2])] == row[4], row
	END
	for form in text tsv conll brat; do
		exits 0 tag-entities -t $form in
		mv out one
		exits 0 tag-entities -t $form -j 3 in
		cmp one out || wrong "$form"
	done
	[ "$(tag-entities in | sed 's/<[^>]*>//g' | cksum)" = "$(cksum <in)" ]
	[ "$(tag-entities -t jsonl in | wc -l)" -eq 1 ]
}

@test "a document of 16 MB in one line, and one of 16 MB of lines: in 25 MB" {
	[ -z "$DESK_SLOW" ] || skip "slow under a sanitizer"
	line='Minister Vera Stolpe met envoys in Nairobi on Monday and left for Oslo. '
	yes "$line" | head -c 16000000 >lines
	tr '\n' ' ' <lines >line
	for in in lines line; do
		/usr/bin/time -f %M -o peak tag-entities -t tsv $in >out
		[ "$(cut -f 5 out | grep -c 'Vera Stolpe')" -gt 200000 ] || wrong "$in"
		[ "$(tail -n 1 peak)" -le 25600 ] || wrong "$in: $(tail -n 1 peak) KiB"
	done
}
@test "what \"the island of\" names is no person, here or elsewhere in the text" {
	printf 'A boat sails to the island of Skarne.\n\nOn Skarne nobody had heard of it.\n' | tag-entities >out
	[ "$(grep -c '<LOC>Skarne</LOC>' out)" -eq 2 ]
	printf 'They moved to the town of Anna Maria.\n' | tag-entities | grep -q '<LOC>Anna Maria</LOC>'
}
