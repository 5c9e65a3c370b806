#!/usr/bin/env python3
"""Texts for property tests, and the properties.

texts.py random COUNT SEED      documents, each ended by NUL
texts.py kept COMMAND IN OUT    no character of kept text changed (NUL records)
texts.py slices FILE...         offsets of JSON Lines fit the text
"""
import json
import random
import re
import sys

WORDS = """the a of and to in is was he she said that Mr. Mrs. Dr. U.S. e.g. i.e.
No. St. Jan. Anna Keller Berlin United Nations 3.14 1,000 $5 5% www.example.org
don't “Well it's 'tis naïve Zürich Łódź 東京 你好。 мир. قال नमस्ते। 👩‍👩‍👧 é ﬁ Ⅷ
... … ?! !! -- – — ( ) [ ] " " “ ” ‘ ’ « » „ ; : , . . . ? ! & < > &amp; <b>
</b> AT&T a<b x>y * • 1. 2) a) http://example.org/a?b=c&d=e @anna #tag said. says,
told reporters according Tuesday October 31, 2024 p.m. 7:30""".split()
GAPS = [" "] * 30 + ["\n"] * 4 + ["\n\n", "\n\n\n", "  ", "\t", " \n ", "\u00a0",
                                  "\u2028", "\u200b", "\u3000", "", "\r", "\x0b", "\x85"]


def randoms(count, seed):
    """Words and gaps; some documents are hard-wrapped, some a single line."""
    rng = random.Random(seed)
    for _ in range(count):
        gaps = rng.choice([GAPS, [" "], [" "] * 12 + ["\n"], [" "] * 20 + ["\n\n"]])
        parts = []
        for _ in range(rng.choice([0, 1, 5, 40, 200, 600])):
            parts += [rng.choice(WORDS), rng.choice(gaps)]
        text = "".join(parts)
        if rng.random() < 0.2:
            text = re.sub(r"(.{1,60}) ", r"\1\n", text)
        sys.stdout.write(text + "\0")


def letters(text):
    return "".join(text.split())


def unmarked(text):
    text = re.sub(r"</?[A-Z][A-Z0-9_]*>", "", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def is_marked(text):
    """What copydesk(7) calls marked: only whole marks and the three escapes."""
    rest = re.sub(r"<([A-Z][A-Z0-9_]*)>[^<>]+</\1>", "", text)
    return not re.search("[<>]|&(?!(?:amp|lt|gt);)", rest)


def documents(path):
    data = open(path, encoding="utf-8", newline="").read()
    assert data == "" or data.endswith("\0"), f"{path} does not end in NUL"
    return data.split("\0")[:-1]


def spaced(text):
    """White space as one blank, none at the ends."""
    return " ".join(text.split())


def fits(command, before, after):
    if command == "split-sentences":
        return letters(before) == letters(after)
    if command == "tag-entities":
        if is_marked(before):
            before = unmarked(before)
        return before.rstrip("\r\n") == unmarked(after).rstrip("\r\n")
    # What strip-boilerplate keeps stands there in this order.
    at, text = 0, spaced(before)
    for line in after.split("\n"):
        line = spaced(line)
        at = text.find(line, at)
        if at < 0:
            return False
        at += len(line)
    return True


def kept(command, source, result):
    a, b = documents(source), documents(result)
    assert len(a) == len(b), f"{command}: {len(a)} documents in, {len(b)} out"
    for i, (before, after) in enumerate(zip(a, b)):
        before = before.replace("\r\n", "\n")
        assert fits(command, before, after), (
            f"{command}: document {i + 1} changed:\n{before[:400]!r}\n{after[:400]!r}")


def slices(paths):
    """Prints every slice that a layer points to, as jq does it in the test."""
    for path in paths:
        for line in open(path, encoding="utf-8"):
            record = json.loads(line)
            text = record["text"]
            for layer in ("blocks", "sents", "ents", "quotes"):
                for item in record.get(layer, []):
                    assert 0 <= item["start"] <= item["end"] <= len(text), item
                    piece = text[item["start"]:item["end"]]
                    print(layer, json.dumps(piece, ensure_ascii=False))
                    for part in ("cue", "speaker"):
                        if "start" in item.get(part, {}):
                            p = item[part]
                            print(part, json.dumps(text[p["start"]:p["end"]], ensure_ascii=False))


def main():
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    what, rest = sys.argv[1], sys.argv[2:]
    if what == "random":
        randoms(int(rest[0]), int(rest[1]))
    elif what == "kept":
        kept(*rest)
    else:
        slices(rest)


try:
    main()
except AssertionError as error:
    sys.exit(str(error))
