# Hadoop Streaming: the real one, with its local runner; see streaming.
# The jar comes from Maven by way of Spark's own resolver, Hadoop's client is in
# pyspark.  Sourced by run.

HADOOP=3.4.2
jar=$lab/ivy/jars/org.apache.hadoop_hadoop-streaming-$HADOOP.jar
if [ ! -s "$jar" ]; then
	echo '# fetching hadoop-streaming'
	: >"$dir/nothing.py"
	"$venv/bin/spark-submit" --master 'local[1]' --conf spark.jars.ivy="$lab/ivy" \
		--packages org.apache.hadoop:hadoop-streaming:$HADOOP \
		"$dir/nothing.py" >"$dir/said" 2>&1 || true
fi
if [ ! -s "$jar" ]; then
	skip 'Hadoop Streaming: hadoop-streaming cannot be fetched from Maven'
else
	HADOOP_JARS="$jar:$SPARK_HOME/jars/*"
	export HADOOP_JARS

	hadoop() {
		rm -rf "$2"
		streaming "$@"
	}

	# Part files are in the order of the size of splits, not of the input.
	ok 'hadoop: JSON Lines in four splits through all filters, status 0' \
		hadoop "$data/feed.jsonl" "$dir/hadoop" worker
	ok 'hadoop: ... in four tasks' [ -e "$dir/hadoop/part-00003" ]
	gather "$dir/hadoop"
	ok 'hadoop: ... the records of one process, byte for byte' same_lines "$one/feed" "$dir/got"

	ok 'hadoop: a damaged record is no failure' \
		hadoop "$data/damaged.jsonl" "$dir/hadoop" worker
	gather "$dir/hadoop"
	ok 'hadoop: ... and costs only itself' same_lines "$one/damaged" "$dir/got"

	ok 'hadoop: a killed worker fails the job' fails \
		hadoop "$data/feed.jsonl" "$dir/hadoop" "$killed"
	ok 'hadoop: ... and leaves no _SUCCESS' [ ! -e "$dir/hadoop/_SUCCESS" ]

	# A line of the list to each mapper; ignoreKey leaves its number out.
	printf '%s\n' "$data"/crawl-*.warc.gz >"$dir/list"
	ok 'hadoop: a list of WARC files, a mapper for every two, status 0' \
		hadoop "$dir/list" "$dir/hadoop" 'xargs -n 1 worker' \
		-D stream.map.input.ignoreKey=true \
		-D mapreduce.input.lineinputformat.linespermap=2 \
		-inputformat org.apache.hadoop.mapred.lib.NLineInputFormat
	gather "$dir/hadoop"
	ok 'hadoop: ... the records of one process, byte for byte' same_lines "$one/warc" "$dir/got"
fi
