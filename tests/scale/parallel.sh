# GNU parallel: blocks of standard input to a filter each, results in order.
# Sourced by run.

for filter in $filters; do
	parallel --pipe --block 1M -k "$filter -f jsonl" <"$data/feed.jsonl" >"$dir/got"
	ok "parallel: JSON Lines through $filter, the bytes of one process" \
		cmp "$one/$filter" "$dir/got"
done

ok 'parallel: records end at LF; all filters, status 0' \
	sh -c 'parallel --pipe --block 1M -k worker <"$1" >"$2"' sh "$data/feed.jsonl" "$dir/got"
ok 'parallel: ... the bytes of one process' cmp "$one/feed" "$dir/got"

# Plain text goes as documents that end in NUL: in text form the line between
# two documents would lack where two blocks meet.
split-sentences -0 <"$data/texts.nul" >"$one/texts"
parallel --pipe --block 1M -k --recend '\0' 'split-sentences -0' <"$data/texts.nul" >"$dir/got"
ok 'parallel: texts that end in NUL, the bytes of one process' cmp "$one/texts" "$dir/got"

for kind in warc wet; do
	strip-boilerplate -f warc "$data/all.$kind" >"$one/all"
	parallel --pipe --block 100k -k --recend '\r\n\r\n' --recstart 'WARC/1.0\r\n' \
		'strip-boilerplate -f warc' <"$data/all.$kind" >"$dir/got"
	ok "parallel: a $kind stream cut between records, the bytes of one process" \
		cmp "$one/all" "$dir/got"
done

ok 'parallel: a damaged record is no failure' \
	sh -c 'parallel --pipe --block 1M -k worker <"$1" >"$2"' sh "$data/damaged.jsonl" "$dir/got"
ok 'parallel: ... and costs only itself' one_line "$one/feed" "$dir/got"
ok 'parallel: ... the bytes of one process' cmp "$one/damaged" "$dir/got"

ok 'parallel: a killed worker is noticed by the exit status' fails \
	sh -c 'parallel --pipe --block 1M -k --joblog "$3" "$4" <"$1" >"$2"' sh \
	"$data/feed.jsonl" "$dir/got" "$dir/log" "$killed"
ok 'parallel: ... and named by the job log' \
	awk -F'\t' 'NR > 1 && ($7 == 137 || $8 == 9) { n++ } END { exit n != 1 }' "$dir/log"
ok 'parallel: --halt stops all the rest' fails \
	sh -c 'parallel --pipe --block 1M -k --halt now,fail=1 "$3" <"$1" >"$2"' sh \
	"$data/feed.jsonl" "$dir/got" "$killed"
