# Apache Spark in local mode: rdd.pipe(), see spark.py.  Sourced by run.

spark() {
	rm -rf "$2"
	"$PYSPARK_PYTHON" "$here/spark.py" "$@"
}

ok 'spark: JSON Lines in four parts through all filters, status 0' \
	spark "$data/feed.jsonl" "$dir/spark" 4 worker
gather "$dir/spark"
ok 'spark: ... in four tasks' [ -e "$dir/spark/part-00003" ]
ok 'spark: ... the bytes of one process' cmp "$one/feed" "$dir/got"

ok 'spark: a damaged record is no failure' \
	spark "$data/damaged.jsonl" "$dir/spark" 4 worker
gather "$dir/spark"
ok 'spark: ... and costs only itself' one_line "$one/feed" "$dir/got"

ok 'spark: a killed worker fails the job' fails \
	spark "$data/feed.jsonl" "$dir/spark" 4 "$killed"
ok 'spark: ... and leaves no _SUCCESS' [ ! -e "$dir/spark/_SUCCESS" ]

# Archives go by name: a part is a few lines of a list of files.
printf '%s\n' "$data"/crawl-*.warc.gz >"$dir/list"
ok 'spark: a list of WARC files, status 0' \
	spark "$dir/list" "$dir/spark" 3 'xargs -n 1 worker'
gather "$dir/spark"
ok 'spark: ... the bytes of one process' cmp "$one/warc" "$dir/got"
