load common

# Own-written cases: what the command prints for NAME.in with no option is
# NAME.out.
@test "split-sentences: every fixture gives what stands beside it" {
	check_fixtures split-sentences
}

@test "a sentence of hard-wrapped text is one line" {
	fold -s -w 60 <<<"$LONG $LONGER" >page
	run split-sentences page
	[ "$output" = "$LONG"$'\n'"$LONGER" ]
	run split-sentences --wrap=no page
	[ "${#lines[@]}" -gt 2 ]
}

@test "--wrap=yes joins lines even where it is not evident" {
	run split-sentences --wrap=yes <<<$'The two\nlines.'
	[ "$output" = "The two lines." ]
	run split-sentences --wrap=no <<<$'The two\nlines.'
	[ "$output" = $'The two\nlines.' ]
}

@test "--abbreviations: a listed word does not end a sentence" {
	printf '# ours\nxyzz.\n' >list
	run split-sentences <<<'It took xyzz. Nine hours went by.'
	[ "${#lines[@]}" -eq 2 ]
	run split-sentences --abbreviations=list <<<'It took xyzz. Nine hours went by.'
	[ "${#lines[@]}" -eq 1 ]
}

@test "tsv: document, paragraph, start, end, sentence" {
	printf 'One is here. Two is here.\n\nÄ third one.\n' |
		split-sentences -t tsv --header >out
	diff out - <<-'END'
	document	paragraph	start	end	sentence
	-	1	0	12	One is here.
	-	1	13	25	Two is here.
	-	2	27	39	Ä third one.
	END
}

@test "tsv offsets go on where a long text is cut" {
	for i in 1 2 3 4 5 6; do printf '%s %s\n\n' "$LONG" "$LONGER"; done >page
	split-sentences -t tsv page >whole
	split-sentences -t tsv --max-document=1K page >parts
	cut -f 3- whole >a; cut -f 3- parts >b
	diff a b
}

@test "-l: each line is decided when it has arrived" {
	mkfifo in
	split-sentences -l <in >out &
	exec 7>in
	for line in "One is here." "no stop here" "“What?”"; do
		printf '%s\n' "$line" >&7
		soon grep -q "$line" out
	done
	exec 7>&-
	wait
}

@test "--lang: abbreviations of the language; a bad tag is refused" {
	run split-sentences --lang=de <<<'Am 3. Mai kam z. B. Dr. Abt. Er blieb.'
	[ "$output" = $'Am 3. Mai kam z. B. Dr. Abt.\nEr blieb.' ]
	run split-sentences --lang=ru <<<'Это г. Тула, ул. Мира. Там тихо.'
	[ "${#lines[@]}" -eq 2 ]
	run split-sentences --lang=4 <<<'Nothing.'
	[ "$status" -eq 2 ]
	[[ ${lines[0]} == *"--lang: no language: '4'" ]]
}

@test "--lang=auto: the language is told from small words" {
	run split-sentences <<<'Wir sind mit dem Auto am 12. Juni da gewesen. Gut.'
	[ "${#lines[@]}" -eq 2 ]
}

@test "--keep-quotes: a quotation stays in one line" {
	text='“Go home. Now!” he said. She left.'
	run split-sentences <<<"$text"
	[ "${#lines[@]}" -eq 3 ]
	run split-sentences --keep-quotes <<<"$text"
	[ "${#lines[@]}" -eq 2 ]
}

@test "--explain: a rule for each boundary and each refusal" {
	split-sentences --explain <<<'Dr. Abt left at 3.15. He ran.' >out
	printf '%s\t%s\t%s\n' 'goes on' abbreviation 'Dr.' \
		'goes on' no-blank 'Abt left at 3.' ends stop '15.' \
		ends line-end 'He ran.' | diff out -
}

@test "--explain: tsv and jsonl have no place for it" {
	for form in tsv jsonl; do
		run split-sentences --explain -t $form <<<'He ran.'
		[ "$status" -eq 2 ]
		[[ "${lines[0]}" == *"--explain: not in $form, use --to=text" ]]
	done
	echo '{"text":"He ran."}' >in.jsonl
	run split-sentences --explain in.jsonl
	[ "$status" -eq 2 ]
	[[ "$output" == *"--explain: not in jsonl, use --to=text" ]]
	run split-sentences --explain -t text in.jsonl
	[ "$output" = $'ends\tline-end\tHe ran.' ]
}

@test "sentences that a record came with may overlap, touch, or stand apart" {
	cat >in.jsonl <<-'END'
	{"id":1,"text":"One is. Two is.\nThree","sents":[{"start":0,"end":15},{"start":4,"end":7},{"start":8,"end":21}]}
	{"id":2,"text":"A.B.  C.\n\n\nD.","sents":[{"start":0,"end":2},{"start":2,"end":4},{"start":6,"end":8},{"start":11,"end":13}]}
	END
	split-sentences -t text in.jsonl >out
	printf '%s\n' 'One is. Two is.' is. 'Two is. Three' $'\f' A. B. C. '' D. |
		diff out -
}
