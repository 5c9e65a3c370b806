load common

# The commands of a section of README.md: its indented lines.
commands_of() {
	sed -n "/^## $1/,/^## /s/^    //p" "$ROOT/README.md"
}

setup_files() {
	cp "$ROOT/tests/fixtures/pipe/article.txt" article.txt
	mkdir feed 2025
	cp article.txt 2025/january.txt
	PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$ROOT/tests" python3 - <<-'END'
	import gzip, html
	from warc import *
	text = open("article.txt", encoding="utf-8").read().split("\n\n")
	more = "".join(f"<p>{html.escape(p)}</p>\n" for p in text)
	for name in "article.html", "feed/a.html", "feed/b.html":
	    open(name, "wb").write(page("The train", more))
	open("crawl.warc.gz", "wb").write(b"".join(map(gzip.compress, crawl())))
	plain = f"{LONG}\n{LONGER}\n".encode()
	open("crawl.wet.gz", "wb").write(gzip.compress(record("conversion", plain, "w", "text/plain")))
	END
	tag-entities -t jsonl article.txt >train.jsonl
}

@test "every one-liner of README.md runs and gives something" {
	setup_files
	commands_of 'Ten things' >commands
	[ "$(wc -l <commands)" -eq 10 ]
	while IFS= read -r line; do
		echo "$line"
		rm -f read.html corpus.txt crawl.csv feed.jsonl.gz article.md
		bash -o pipefail -c "$line" >out 2>err </dev/null
		[ ! -s err ] || [[ $line == train-entities* ]] || { cat err; false; }
		for file in out read.html corpus.txt crawl.csv feed.jsonl.gz article.md; do
			[ ! -s "$file" ] || found=$file
		done
		[ -n "$found" ]
		found=
	done <commands
}

@test "the one-liners of README.md say what is claimed" {
	setup_files
	strip-boilerplate feed/*.html | tag-entities --count --labels=PER >names
	head -n 1 names | grep -q "$(printf '^PER\tIngrid Solberg\t[0-9]*\t2$')"
	extract-quotes --speaker='\bSolberg$' --min-words=5 2025/*.txt >quotes
	[ -s quotes ]
	[ -z "$(cut -f5 quotes | grep -v 'Solberg$')" ]
	strip-boilerplate -t text crawl.wet.gz | split-sentences | tr -d '\f' | grep . >corpus.txt
	[ "$(wc -l <corpus.txt)" -eq 2 ]
	strip-boilerplate -t jsonl crawl.warc.gz | jq -r '[.url, .date, .author, .title] | @csv' >crawl.csv
	[ "$(wc -l <crawl.csv)" -eq 4 ]
}

@test "README.md names every target that users run" {
	for target in $(grep -o '^    make [a-z -]*' "$ROOT/README.md" | sed 's/make//' | tr ' ' '\n' | sort -u); do
		grep -q "^$target:\|^PHONY.*\b$target\b" "$ROOT/Makefile" "$ROOT/lib/data/models.mk" "$ROOT/tests/checks.mk" || { echo "no target $target"; false; }
	done
}
