# The same for the forms and options that faults.bats leaves, for the training
# of models, and for files that do not open and threads that do not start.
load common
load faults/loops

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	[ -z "$DESK_SLOW" ] || skip "sanitizers have a malloc, reads and writes of their own"
	COARSE=12
}

corpus() {
	local i
	for i in 1 2 3 4 5 6; do
		echo '{"text":"Ana Lima sailed to Oslo on day '$i'.","ents":[{"start":0,"end":8,"label":"PER"},{"start":19,"end":23,"label":"LOC"}]}'
	done
}

# A page, a crawl of two pages, an article, records, and names.
inputs() {
	cp "$ROOT/tests/fixtures/view/page.html" page.html
	article >text
	few >records
	PYTHONPATH="$ROOT/tests" python3 -c '
import gzip, sys
from warc import page, response
packed = gzip.compress(page("c"))
records = [response("a"), response("b", more="Content-Encoding: gzip\r\n", body=packed)]
sys.stdout.buffer.write(b"".join(map(gzip.compress, records)))' >crawl.warc.gz
	printf 'Sandviken\tPLACE\nErik Dahl\tFISHER\n' >names.tsv
	strip-boilerplate -t jsonl page.html | split-sentences | tag-entities | extract-quotes >all
}

# Each line of standard input is a command.
each() {
	local line
	while read -r line; do
		exits 0 $line
		[ ! -e made ] || mv made out
		mv out want
		"$@" $line || return 1
	done
}

COMMANDS_OF_FORMS='strip-boilerplate page.html
strip-boilerplate -t markdown page.html
strip-boilerplate --mark -t jsonl page.html
strip-boilerplate --meta --links -t markdown page.html
strip-boilerplate --encoding=windows-1252 page.html
strip-boilerplate -t jsonl crawl.warc.gz
split-sentences --explain text
split-sentences -t tsv records
split-sentences -t html text
tag-entities --gazetteer=names.tsv --header -t tsv text
tag-entities --scores -t jsonl text
extract-quotes --scare -t jsonl text
extract-quotes --speaker=Dahl --kind=direct,scare text
extract-quotes -t brat text
extract-quotes -t html --scare text
extract-quotes -t text -j 2 all records'

@test "memory runs out in any form: one line, never a crash or short output" {
	inputs
	LEAST=5 SAYS=$MEMORY each every memory <<<"$COMMANDS_OF_FORMS"
}

@test "no file opens, is mapped or renamed, no thread starts: one line, never a crash" {
	inputs
	corpus >train.jsonl
	each every system <<-END
		$COMMANDS_OF_FORMS
		strip-boilerplate -j 3 -o made records
		split-sentences -o made text
		tag-entities -j 3 records
		extract-quotes --model=en -o made text
		train-entities --epochs=1 -o made train.jsonl
	END
}

@test "any read fails in pages, packed files, lists and corpora: one line, nothing written" {
	inputs
	corpus >train.jsonl
	gzip -k records
	zstd -q records
	for command in "strip-boilerplate page.html" "strip-boilerplate -t html page.html" "strip-boilerplate crawl.warc.gz" \
		"tag-entities records.gz" "extract-quotes records.zst" "split-sentences --encoding=ISO-8859-1 text"; do
		LEAST=2 reads $command
	done
	for command in "tag-entities --gazetteer=names.tsv text" \
		"train-entities --epochs=1 --dev=train.jsonl -o made train.jsonl" \
		"train-entities --epochs=1 --gazetteer=names.tsv -o made train.jsonl"; do
		rm -f made
		exits 0 $command
		[ ! -e made ] || mv made out
		mv out want
		LEAST=2 every read $command
	done
}

@test "any write fails in any form: one line, exit 2" {
	inputs
	for i in $(seq 12); do cat text; printf '\f\n'; done >long
	for i in $(seq 12); do cat all; done >pages
	while read -r command; do
		writes $command
	done <<-END
		strip-boilerplate -t markdown page.html
		strip-boilerplate -t html pages
		split-sentences -t html -o made long
		split-sentences --explain -l long
		tag-entities -t conll long
		tag-entities --count long
		tag-entities -t tsv --header -l long
		extract-quotes -t brat long
		extract-quotes -t html -j 2 pages
	END
}

@test "train-entities: memory runs out anywhere: one line, exit 2, no model" {
	corpus >train.jsonl
	printf 'name\tlabel\nOslo\tLOC\nAna Lima\tPER\nOslo\tORG\n' >names.tsv
	printf 'word\tc64\tc256\tc1024\nOslo\t1\t2\t3\n' >words.tsv
	train-entities --epochs=1 -o old.model train.jsonl
	for arguments in "--gazetteer=names.tsv --clusters=words.tsv" "--start=old.model --labels=LOC,PER"; do
		rm -f made
		exits 0 train-entities --epochs=1 $arguments -o made train.jsonl
		mv made want
		LEAST=20 SAYS=$MEMORY every memory train-entities --epochs=1 $arguments -o made train.jsonl
	done
	exits 0 train-entities --epochs=1 --dev=train.jsonl -o made train.jsonl
	mv out want
	mv made model
	n=1
	while :; do
		rm -f done made
		go inject memory $n train-entities --epochs=1 --dev=train.jsonl -o made train.jsonl
		[ -s done ] || break
		if [ "$status" -eq 0 ]; then
			same want out "memory $n: scores"
			same model made "memory $n: model"
		else
			[ "$status" -eq 2 ] || wrong "memory $n: crashed"
			says_like "^train-entities: $MEMORY"
			[ ! -e made ] || wrong "memory $n: a model stays"
		fi
		n=$((n + 1 + n / 12))
	done
	[ "$n" -gt 20 ]
}

@test "train-entities: a model that cannot be written: one line, exit 2, no model" {
	corpus >train.jsonl
	writes train-entities --epochs=1 -o made train.jsonl
	go train-entities --epochs=1 --dev=train.jsonl -o made train.jsonl
	status=0
	train-entities --epochs=1 --dev=train.jsonl -o made train.jsonl >/dev/full 2>err || status=$?
	[ "$status" -eq 2 ] || wrong "scores on a full disk"
	says_like '^train-entities: cannot write'
}
