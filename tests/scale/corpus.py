#!/usr/bin/env python3
"""corpus.py DIR: what the engines are tested on, the same bytes every time.

    feed.jsonl           news in records as they come: members that nobody knows,
                         escapes, a tab between members, records without a text
    damaged.jsonl        the same with one record cut off
    texts.nul            the texts alone, each ended by NUL
    crawl-N.warc.gz      web pages, packed record by record
    crawl-N.warc.wet.gz  the text of pages, packed in the same way
    damaged.warc.gz      one of them with a record whose packing is broken
    all.warc, all.wet    all records in one file, not packed

DESK_SCALE_MB sets the size of feed.jsonl (4).
"""
import gzip
import json
import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from warc import page, record, response  # noqa: E402

FIRST = "Ana Pekka Maria João Olga Carlos Mei Yusuf Ingrid Pavel Zoë Łucja".split()
LAST = "Lindqvist Novak Silva Brown Larsen Okafor Tanaka Costa Weber Petrov".split()
TOWNS = "Lisbon Nairobi Toronto Vienna Lima Osaka Cairo Oslo Houston Dublin".split()
BODIES = ["the World Bank", "the harbour council", "Nordic Rail", "the Ministry of Health",
          "the United Nations", "Baltic Energy Ltd."]
SAYS = "the old bridge will be closed until spring|nobody was asked before the vote|" \
    "prices have doubled since last winter|we are ready to pay our part|" \
    "the water is safe to drink|this was never about money|trains will run again by Friday|" \
    "they knew about the leak for months".split("|")
PLAIN = "The work takes eighteen months and costs about 12 million euros.|" \
    "Reporters had waited outside since the morning.|Talks go on next week in {town}.|" \
    "{body} did not answer questions on Tuesday.|Two years ago the same plan had failed.|" \
    "Mr. {last} has lived in {town} since 1987.|Shops on the main street stayed closed.".split("|")


def sentence(rng):
    parts = {"last": rng.choice(LAST), "town": rng.choice(TOWNS), "body": rng.choice(BODIES)}
    name = rng.choice(FIRST) + " " + parts["last"]
    said, kind = rng.choice(SAYS), rng.random()
    if kind < 0.2:
        return f"“{said.capitalize()},” said {name} of {parts['body']}."
    if kind < 0.3:
        return f"\"{said.capitalize()},\" {name} told reporters in {parts['town']}."
    if kind < 0.5:
        return f"{name} said that {said}."
    return rng.choice(PLAIN).format(**parts)


def paragraphs(rng):
    return [" ".join(sentence(rng) for _ in range(rng.randint(1, 5)))
            for _ in range(rng.randint(3, 14))]


def feed(rng, size):
    n = done = 0
    while done < size:
        text = "\n\n".join(paragraphs(rng))
        line = json.dumps({"id": f"n{n}", "price": 1, "text": text, "tags": ["a\u2028b", "\r\n\t\\"]},
                          ensure_ascii=n % 7 == 0)
        if n % 5 == 0:
            line = line.replace('"price": 1', '\t"price":1.10e+00', 1)
        if n % 50 == 3:
            line = json.dumps({"id": f"n{n}", "error": "no answer"})
        if n % 50 == 4:
            line = json.dumps({"id": f"n{n}", "text": ""})
        yield line.encode() + b"\n"
        done += len(line)
        n += 1


def web(rng, n):
    more = "".join(f"<p>{p}</p>\n" for p in paragraphs(rng))
    return response(f"p{n}", page(f"p{n}", more))


def wet(rng, n):
    text = "Home\nNews\nLog in\n" + "\n".join(paragraphs(rng)) + "\n© 2024 Terms\n"
    return record("conversion", text.encode(), f"t{n}", "text/plain")


def damaged(packed):
    """One record's packing broken in its middle."""
    bad = bytearray(packed)
    bad[len(bad) // 2:len(bad) // 2 + 8] = b"\xff" * 8
    return bytes(bad)


def main():
    folder, rng = sys.argv[1], random.Random(7)
    os.makedirs(folder, exist_ok=True)

    def put(name, chunks):
        with open(os.path.join(folder, name), "wb") as f:
            f.writelines(chunks)

    lines = list(feed(rng, float(os.environ.get("DESK_SCALE_MB", "4")) * 1e6))
    put("feed.jsonl", lines)
    middle = len(lines) // 100 * 50 + 7
    cut = lines[middle][:90] + b"\n"
    put("damaged.jsonl", lines[:middle] + [cut] + lines[middle + 1:])
    texts = [json.loads(line).get("text", "") for line in lines]
    put("texts.nul", [t.encode() + b"\0" for t in texts])

    info = record("warcinfo", b"software: none\r\n", "info", "application/warc-fields")
    for kind, name in ((web, "warc"), (wet, "wet")):
        every = []
        for file in range(6):
            records = [info] + [kind(rng, 100 * file + n) for n in range(40 + 7 * file)]
            every += records
            packed = [gzip.compress(r, mtime=0) for r in records]
            put(f"crawl-{file}.warc{'' if name == 'warc' else '.wet'}.gz", packed)
            if name == "warc" and file == 3:
                packed[20] = damaged(packed[20])
                put("damaged.warc.gz", packed)
        put(f"all.{name}", every)


main()
