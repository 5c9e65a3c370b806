load common

# corpus N: annotated sentences about boats and ports, labels BOAT and PORT.
corpus() {
	local i boats=(Petrel Gannet Curlew Dunlin Merlin Osprey)
	local ports=(Alnmouth Seaham Whitby Blyth Amble)
	for i in $(seq "$1"); do
		local boat=${boats[i % 6]} port=${ports[i % 5]}
		jq -n -c --arg boat "$boat" --arg port "$port" --arg n "$i" '
			("The ferry " + $boat + " sailed to " + $port + " harbour on day " + $n + ".") as $text
			| {text: $text, ents: [
				{start: 10, end: (10 + ($boat | length)), label: "BOAT"},
				{start: (21 + ($boat | length)), end: (21 + ($boat | length) + ($port | length)), label: "PORT"}]}'
	done
}

@test "train-entities: learns labels of one's own, also for words it has not seen" {
	corpus 60 >train.jsonl
	echo '{"text":"The ferry Zephyr sailed to Mostyn harbour on day 3.","ents":[{"start":10,"end":16,"label":"BOAT"},{"start":27,"end":33,"label":"PORT"}]}' >dev.jsonl
	exits 0 train-entities --dev=dev.jsonl -o boats.model train.jsonl
	silent "a run that goes well says"
	[ "$(tail -n 1 out | cut -f 2-5)" = $'dev.jsonl\t100.0\t100.0\t100.0' ] || wrong "not learned"
	[ "$(tail -n 1 out | cut -f 6,8)" = $'BOAT\tPORT' ] || wrong "labels are not those of the corpus"
}

@test "train-entities: the same bytes on every run" {
	corpus 20 >train.jsonl
	train-entities -o one.model train.jsonl
	train-entities -o two.model train.jsonl
	same one.model two.model "two runs"
	gzip -c train.jsonl >train.jsonl.gz
	train-entities -o three.model train.jsonl.gz
	same one.model three.model "a packed corpus"
	train-entities --note=other -o four.model train.jsonl
	! cmp -s one.model four.model
}

@test "--dropout: leaves out by chance, the same on every run; 0.9 is the largest" {
	corpus 60 >train.jsonl
	train-entities -o all.model train.jsonl
	train-entities --dropout=0 -o none.model train.jsonl
	same all.model none.model "nothing is left out by default"
	exits 0 train-entities --dropout=0.2 --dev=train.jsonl -o one.model train.jsonl
	[ "$(tail -n 1 out | cut -f 3-5)" = $'100.0\t100.0\t100.0' ] || wrong "not learned"
	! cmp -s all.model one.model || wrong "nothing was left out"
	train-entities --dropout=0.2 -o two.model train.jsonl
	same one.model two.model "two runs"
	exits 2 train-entities --dropout=1 -o x.model train.jsonl
	head -n 1 err | grep -q -- "--dropout: not a number that makes sense: '1'" || wrong "all left out"
}

@test "--labels: only these are learned" {
	corpus 20 >train.jsonl
	train-entities --labels=PORT --dev=train.jsonl -o one.model train.jsonl >out
	[ "$(tail -n 1 out | cut -f 6)" = PORT ]
	[ "$(tail -n 1 out | cut -f 8)" = '' ]
}

@test "--start: goes on from a model, which must be whole and have the labels" {
	corpus 20 >train.jsonl
	train-entities -o one.model train.jsonl
	exits 0 train-entities --start=one.model -o two.model train.jsonl
	exits 2 train-entities --start=one.model --labels=SHIP -o two.model train.jsonl
	says 'train-entities: labels are not those of the model to go on from'
	head -c 1000 one.model >cut.model
	exits 2 train-entities --start=cut.model -o two.model train.jsonl
	says_like '^train-entities: cut.model: model is cut short: 1000 of [0-9]* bytes are there$'
	exits 2 train-entities --start=train.jsonl -o two.model train.jsonl
	says 'train-entities: train.jsonl: not a model file'
}

@test "--clusters and --gazetteer become a part of the model" {
	corpus 20 >train.jsonl
	printf 'word\tc64\tc256\tc1024\nferry\t1\t2\t3\n' >words.tsv
	printf 'name\tlabel\nSouth Shields\tLOC\n' >names.tsv
	train-entities -o plain.model train.jsonl
	train-entities -c words.tsv -g names.tsv -o rich.model train.jsonl
	! grep -q clusters plain.model
	grep -q clusters rich.model
	exits 2 train-entities -c none.tsv -o x.model train.jsonl
	says 'train-entities: none.tsv: cannot open: No such file or directory'
}

@test "train-entities: what is wrong is told, and no model is left" {
	corpus 5 >train.jsonl
	exits 2 train-entities train.jsonl
	head -n 1 err | grep -q '^train-entities: -o: ' || wrong "-o is missing"
	exits 2 train-entities -o x.model
	head -n 1 err | grep -q '^train-entities: no corpus' || wrong "no corpus"
	exits 2 train-entities --epochs=none -o x.model train.jsonl
	head -n 1 err | grep -q -- '--epochs' || wrong "a bad number"
	exits 2 train-entities -o x.model none.jsonl
	says 'train-entities: none.jsonl: cannot open: No such file or directory'
	echo '{"text":"x","ents":[{"start":0,"end":9,"label":"A"}]}' >bad.jsonl
	exits 2 train-entities -o x.model train.jsonl bad.jsonl
	says 'train-entities: bad.jsonl:1: "ents": offsets do not fit the text'
	echo '{"text":"nothing here"}' >empty.jsonl
	exits 2 train-entities -o x.model empty.jsonl
	says 'train-entities: no entities to learn from'
	[ ! -e x.model ] || wrong "a model was left"
	exits 2 train-entities -o no/such/model train.jsonl
	says 'train-entities: no/such/model: cannot open: No such file or directory'
	exits 2 train-entities -o /dev/full train.jsonl
	says 'train-entities: /dev/full: cannot write: No space left on device'
}

@test "train-entities: a model that cannot be written is told before anything is read" {
	exits 2 train-entities -o none/x.model none.jsonl
	says 'train-entities: none/x.model: cannot open: No such file or directory'
}

@test "train-entities: the old model stays, and no other, if it is stopped" {
	corpus 5 >train.jsonl
	mkfifo pipe
	for signal in TERM INT HUP; do
		echo old >x.model
		set -m
		train-entities -o x.model train.jsonl pipe 3>&- &
		pid=$!
		set +m
		exec 7<>pipe
		soon temporary
		kill -$signal $pid
		status=0
		wait $pid 2>/dev/null || status=$?
		exec 7>&-
		[ "$status" -eq $((128 + $(kill -l $signal))) ] || wrong "SIG$signal is not why it ended"
		[ "$(cat x.model)" = old ] || wrong "SIG$signal changed the model"
		! temporary || wrong "SIG$signal leaves a temporary file"
	done
}

temporary() {
	ls | grep -q '^x\.model\.'
}
