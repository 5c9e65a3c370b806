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
