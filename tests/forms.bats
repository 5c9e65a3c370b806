load common

# Columns with labels, two documents, in the ways of the shared tasks.
columns() {
	printf '%s\n' '-DOCSTART- -X- -X- O' '' 'Xi NNP I-NP I-PER' \
		'Jinping NNP I-NP I-PER' 'met VBD I-VP O' 'Lula NNP I-NP B-PER' \
		'. . O O' '' 'Brasilia NNP I-NP I-LOC' '' \
		'-DOCSTART- -X- -X- O' '' 'It PRP I-NP O' "'s VBZ I-VP O" 'late JJ I-NP O'
}

# as FORM TEXT: what tag-entities makes of columns.
as() {
	printf "$2" | tag-entities -f conll -t "$1"
}

@test "conll: one token a line with its label, a blank line behind each sentence" {
	printf '%s\n' 'President Ana Lima flew to Oslo.' '' 'Nobody saw her (again).' >in
	printf '%s\n' President:O Ana:B-PER Lima:I-PER flew:O to:O Oslo:B-LOC .:O '' \
		Nobody:O saw:O her:O '(:O' again:O '):O' .:O '' | tr : '\t' >want
	exits 0 tag-entities -t conll in
	same want out conll
	silent conll
}

@test "conll: the sentences of a record, and what lies between them" {
	echo '{"text":"One two three. Four five.","sents":[{"start":0,"end":7},{"start":15,"end":25}]}' >in
	exits 0 tag-entities -t conll in
	[ "$(cut -f1 out | tr '\n' ' ')" = 'One two  three .  Four five .  ' ] || wrong sentences
	# After split-sentences each line is one.
	printf 'Ana Lima came. She left.\n' | split-sentences | tag-entities -t conll >out
	[ "$(grep -c '^$' out)" -eq 2 ]
}

@test "conll: a token is cut where an entity begins or ends in it" {
	echo '{"text":"a Oslobased b","ents":[{"start":2,"end":6,"label":"LOC"},{"start":8,"end":9,"label":"X"}]}' >in
	exits 0 tag-entities -t conll in
	printf '%s\n' a:O Oslo:B-LOC ba:O s:B-X ed:O b:O '' | tr : '\t' >want
	same want out cut
}

@test "conll: entities that overlap or touch; labels with blanks" {
	echo '{"text":"aa bb cc","ents":[{"start":0,"end":5,"label":"A"},{"start":3,"end":8,"label":"B"},{"start":4,"end":4,"label":"C"}]}' >in
	exits 0 tag-entities -t conll in
	printf '%s\n' aa:B-A bb:I-A cc:B-B '' | tr : '\t' >want
	same want out overlap
	echo '{"text":"aa bb cc","ents":[{"start":0,"end":2,"label":"A b"},{"start":3,"end":5,"label":"A b"},{"start":6,"end":8,"label":""}]}' >in
	exits 0 tag-entities -t conll in
	printf '%s\n' aa:B-A_b bb:B-A_b cc:B-_ '' | tr : '\t' >want
	same want out blanks
}

@test "conll: documents begin with -DOCSTART-, but the first" {
	printf 'Ana Lima\n\f\nOslo\n' >in
	exits 0 tag-entities -t conll in
	printf '%s\n' Ana:B-PER Lima:I-PER '' -DOCSTART-:O '' Oslo:B-LOC '' | tr : '\t' >want
	same want out documents
	exits 0 tag-entities -f conll -t conll want
	same want out again
	exits 0 tag-entities -f conll -t jsonl want
	[ "$(jq -r '"\(.id) \(.text)"' out | tr '\n' '|')" = 'want Ana Lima|want#2 Oslo|' ] || wrong ids
	# Between files, unless the next brings its own.
	exits 0 tag-entities -f conll want want
	{ cat want; printf -- '-DOCSTART-\tO\n\n'; cat want; } >both
	same both out files
	columns >c
	exits 0 tag-entities -f conll c c
	[ "$(grep -c '^-DOCSTART-' out)" -eq 4 ] || wrong 'one -DOCSTART- each'
}

@test "conll: columns in, columns out: a line for a line, the tokens as they are" {
	columns >in
	exits 0 tag-entities -f conll in
	cut -d ' ' -f 1 in >want
	cut -f 1 out >got
	same want got tokens
	# Labels that came are used; IOB1 goes out as IOB2.
	[ "$(sed -n 3,9p out | cut -f 2 | tr '\n' ' ')" = 'B-PER I-PER O B-PER O  B-LOC ' ] || wrong labels
	# Without labels, or with O alone, the text is tagged.
	cut -d ' ' -f 1 in >one
	exits 0 tag-entities -f conll one
	grep -qx $'Xi\tB-PER' out || wrong 'one column'
	sed 's/ [^ ]*$/ O/' in >blank
	exits 0 tag-entities -f conll blank
	grep -qx $'Jinping\tI-PER' out || wrong 'all O'
	[ "$(wc -l <out)" -eq "$(wc -l <in)" ] || wrong lines
}

@test "conll: IOB1, IOB2, BIOES and BILOU are read" {
	want=$'-\t0\t1\tA\ta\n-\t2\t5\tA\tb c\n-\t6\t7\tB\td'
	[ "$(as tsv 'a I-A\nb B-A\nc I-A\nd I-B\ne O\n')" = "$want" ]
	[ "$(as tsv 'a B-A\nb B-A\nc I-A\nd B-B\ne O\n')" = "$want" ]
	[ "$(as tsv 'a S-A\nb B-A\nc E-A\nd S-B\ne O\n')" = "$want" ]
	[ "$(as tsv 'a U-A\nb B-A\nc L-A\nd U-B\ne O\n')" = "$want" ]
	# What was ended does not go on, nor over the end of a sentence.
	[ "$(as tsv 'a E-A\nb I-A\n\nc I-A\n' | cut -f 5 | tr '\n' ' ')" = 'a b c ' ]
}

@test "conll: the text has ordinary spacing, a sentence a line" {
	printf '%s\n' He said : '"' It "'s" '$' 5 , '"' '(' "don't" ca "n't" ')' the workers "'" \
		rights '“' so '”' 10 % . '' '"' New '"' line >in
	exits 0 tag-entities -f conll -t jsonl in
	[ "$(jq -r .text out)" = "He said: \"It's \$5,\" (don't can't) the workers' rights “so” 10%.
\"New\" line" ] || wrong spacing
	[ "$(jq -c '.sents' out)" = '[{"start":0,"end":63},{"start":64,"end":74}]' ] || wrong sentences
	# Its text form is that of split-sentences.
	exits 0 tag-entities -f conll -t text in
	[ "$(wc -l <out)" -eq 2 ] || wrong lines
}

@test "conll: tabs alone cut a line that has any" {
	[ "$(as tsv 'New York\tx y\tB-LOC\nis\t\tO\n')" = $'-\t0\t8\tLOC\tNew York' ]
	[ "$(as conll 'New York\tx y\tB-LOC\n \tO\n')" = $'New York\tB-LOC\n\tO' ]
}

@test "conll: what is no label is one line with its place; the rest goes on" {
	columns >in
	printf '\n-DOCSTART- O\n\nA B-X\nB NNP\n\n-DOCSTART- O\n\nOslo B-LOC\n' >>in
	exits 1 tag-entities -f conll -t tsv in
	says "tag-entities: in:20: not a label such as B-PER or O: 'NNP'"
	grep -qx $'in#4\t0\t4\tLOC\tOslo' out || wrong rest
	exits 1 tag-entities -f conll -q in
	silent -q
	for label in B- B Bx-PER PER b-PER 'Élan'; do
		exits 1 tag-entities -f conll -t tsv <<<"x $label"
		says "tag-entities: <stdin>:1: not a label such as B-PER or O: '$label'"
	done
	exits 1 tag-entities -f conll -0 <<<$'x O\nx Y'
	says "tag-entities: <stdin>:1: not a label such as B-PER or O: 'Y'"
}

@test "conll: a long document is worked on in parts, cut at blank lines" {
	for i in $(seq 400); do
		printf 'Ana%d B-PER\nLima I-PER\nsaw O\nÖslo B-LOC\n. O\n\n' "$i"
	done >in
	exits 0 tag-entities -f conll -t tsv in
	mv out want
	[ "$(wc -l <want)" -eq 800 ]
	for j in 1 3; do
		exits 0 tag-entities -f conll -t tsv --max-document=1K -j $j in
		same want out "offsets go on"
		exits 0 tag-entities -f conll -t brat --max-document=1K -j $j in
		[ "$(cut -f 1 out | sort | uniq -d | wc -l)" -eq 0 ] || wrong 'brat: numbers twice'
		[ "$(cut -f 2 out | tr ' ' '\t' | cut -f 1-3)" = "$(awk -F '\t' '{ print $4 "\t" $2 "\t" $3 }' want)" ] ||
			wrong 'brat: places'
		exits 0 tag-entities -f conll --max-document=1K -j $j in
		cut -f 1 out | cmp - <(cut -d ' ' -f 1 in) || wrong 'columns'
	done
	exits 0 tag-entities -f conll -t jsonl --max-document=1K in
	[ "$(wc -l <out)" -gt 10 ] || wrong parts
	exits 0 tag-entities -f conll -t jsonl --max-document=1K \
		<<<"$(printf 'a B-X\n-DOCSTART- O\n%2000s B-X\n' x)"
	[ "$(jq -r .id out | sort -u | tr '\n' ' ')" = '- -#2 ' ] || wrong documents
}

@test "conll: with -0 documents end in NUL" {
	printf 'Ana B-PER\n\0Oslo B-LOC\n\n-DOCSTART- O\nx O\n\0' >in
	exits 0 tag-entities -f conll -0 in
	printf 'Ana\tB-PER\n\0Oslo\tB-LOC\n\n-DOCSTART-\tO\nx\tO\n\0' >want
	same want out -0
}

@test "brat: a line for each entity, places in characters" {
	printf 'Élan: Ana Lima came to\nOslo.\n' >in
	exits 0 tag-entities -t brat in
	printf 'T1\tPER 6 14\tAna Lima\nT2\tLOC 23 27\tOslo\n' >want
	same want out brat
	exits 0 tag-entities -t brat --offsets=byte in
	[ "$(head -n 1 out)" = $'T1\tPER 7 15\tAna Lima' ] || wrong bytes
}

@test "brat: a name over a line end is in fragments" {
	echo '{"text":"a New \n\tYork b","ents":[{"start":2,"end":12,"label":"L O C"},{"start":5,"end":7,"label":"X"}]}' >in
	exits 0 tag-entities -t brat in
	[ "$(cat out)" = $'T1\tL_O_C 2 5;8 12\tNew York' ] || wrong fragments
}

@test "brat: a form feed stands between documents" {
	printf 'Oslo\n\f\nRome\n' >in
	exits 0 tag-entities -t brat in
	printf 'T1\tLOC 0 4\tOslo\n\f\nT1\tLOC 0 4\tRome\n' >want
	same want out border
}

@test "brat: quotations, cues and speakers are tied" {
	printf '"We are ready," Ada Lund said, "and able." "Yes," said Lund.\n' >in
	exits 0 extract-quotes -t brat in
	cat >want <<-'END'
	T1	Direct 1 14;32 41	We are ready, and able.
	T2	Cue 25 29	said
	T3	Speaker 16 24	Ada Lund
	R1	HasCue Arg1:T1 Arg2:T2
	R2	SaidBy Arg1:T1 Arg2:T3
	T4	Direct 44 48	Yes,
	T5	Cue 50 54	said
	T6	Speaker 55 59	Lund
	R3	HasCue Arg1:T4 Arg2:T5
	R4	SaidBy Arg1:T4 Arg2:T6
	#1	AnnotatorNotes T6	Ada Lund
	END
	same want out quotations
}

@test "the new forms are this tool's only" {
	for tool in strip-boilerplate split-sentences extract-quotes; do
		exits 2 $tool -f conll </dev/null
		exits 2 $tool -t conll </dev/null
	done
	exits 2 split-sentences -t brat </dev/null
	exits 2 tag-entities -f brat </dev/null
	head -n 1 err | grep -q 'not one of auto, text, jsonl, conll' || wrong --from
}

# all OPTIONS...: runs each of the new forms.
all() {
	for options in "-f conll" "-f conll -t jsonl" "-f conll -t brat" "-f conll --count" "-t conll" "-t brat" "--count"; do
		"$@" || return 1
	done
}

@test "new forms: empty input gives nothing" {
	: >empty
	one() {
		exits 0 tag-entities $options empty
		[ ! -s out ] || wrong "$options: output"
		silent "$options"
		exits 0 tag-entities $options -0 -j 2 <empty
		[ ! -s out ] || wrong "$options: output"
	}
	all one
}

@test "new forms: byte order mark, CR LF, no last line end, bad bytes, NUL" {
	columns >a
	article >>a
	sed -i '/^[A-Z“"].* [a-z]/d' a
	one() {
		exits 0 tag-entities $options <a
		mv out want
		sed 's/$/\r/' a | { printf '\xEF\xBB\xBF'; cat; } >b
		exits 0 tag-entities $options <b
		same want out "$options, CR LF"
		head -c -1 a >b
		exits 0 tag-entities $options <b
		same want out "$options, no line end"
		{ cat a; printf '\nO\xff\0slo B-LOC\n'; } >b
		exits 0 tag-entities $options <b
		iconv -f UTF-8 -t UTF-8 out >/dev/null || wrong "$options, bad bytes"
	}
	all one
}

@test "new forms: input in single bytes, threads and locales give the same bytes" {
	for i in 1 2 3 4 5 6; do columns; echo; done >a
	one() {
		exits 0 tag-entities $options <a
		mv out want
		go bash -c 'python3 -u -c "$1" a | tag-entities $2; exit ${PIPESTATUS[1]}' - '
import os, sys
for b in open(sys.argv[1], "rb").read(): os.write(1, bytes([b]))' "$options"
		same want out "$options, single bytes"
		exits 0 tag-entities $options -j 4 <a
		same want out "$options -j"
		LC_ALL=C exits 0 tag-entities $options <a
		same want out "$options LC_ALL=C"
		exits 0 tag-entities $options -o made a
		exits 0 tag-entities $options a
		same made out "$options -o"
	}
	all one
}

@test "new forms: a full disk is exit 2" {
	for i in $(seq 50); do columns; echo; done >a
	one() {
		status=0
		tag-entities $options a >/dev/full 2>err || status=$?
		[ "$status" -eq 2 ] || wrong "$options"
		says_like '^tag-entities: cannot write: '
	}
	all one
}
