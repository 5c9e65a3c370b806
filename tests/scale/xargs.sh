# xargs -P: a file to each worker.  -o leaves a result that is whole, or none,
# so what lacks is what is to be done again.  Sourced by run.

# A worker for one file: what it writes appears when all is done.
each='out=$2/${1##*/}.jsonl; worker "$1" >"$out.part" && mv "$out.part" "$out"'
direct='strip-boilerplate -f warc --on-error=record -o "$2/${1##*/}.jsonl" "$1" ||
	[ $? -eq 1 ]'

spread() {
	script=$1 out=$2
	shift 2
	mkdir -p "$out"
	printf '%s\0' "$@" | xargs -0 -P 2 -I FILE sh -c "$script" sh FILE "$out"
}

for kind in warc wet; do
	ok "xargs: $kind files, status 0" spread "$each" "$dir/x.$kind" "$data"/crawl-*.$kind.gz
	cat "$dir/x.$kind"/*.jsonl >"$dir/got"
	ok "xargs: ... the bytes of one process" cmp "$one/$kind" "$dir/got"
done

ok 'xargs: a file with a damaged record is no failure' spread "$direct" "$dir/x.bad" \
	"$data/damaged.warc.gz" "$data/crawl-0.warc.gz"
strip-boilerplate -f warc "$data/crawl-3.warc.gz" >"$one/whole"
ok 'xargs: ... and loses only that' one_line "$one/whole" "$dir/x.bad/damaged.warc.gz.jsonl"

# The third file's worker dies by SIGKILL while it writes.
dies='case $1 in *crawl-2*)
	(head -c 30000 "$1"; kill -KILL "$(cat "$2/pid")"; sleep 1) |
		{ sh -c "echo \$\$ >\"\$0/pid\"; exec strip-boilerplate -f warc -o \"\$0/crawl-2.warc.gz.jsonl\"" "$2"; }
	exit ;; esac; '$direct
ok 'xargs: a killed worker is noticed by the exit status' fails \
	spread "$dies" "$dir/x.kill" "$data"/crawl-*.warc.gz
ok 'xargs: ... its result is not there, all others are' \
	[ "$(cd "$dir/x.kill" && echo *.jsonl | tr -d '[:alpha:].-')" = '0 1 3 4 5' ]
ok 'xargs: ... and it is made by running what lacks' \
	spread "$each" "$dir/x.kill" "$data/crawl-2.warc.gz"
