#!/usr/bin/env python3
"""What damage to quotation marks costs extract-quotes, beyond the quotations whose own marks it hit.

usage: quote_damage.py [--show] [--seeds=N] ARTICLES.jsonl.gz

../shared/eval/noise.py loses, doubles and turns marks of each article.  A quotation of the clean text whose words and
the marks beside them stayed as they were has to be found again at its new place.
"""
import argparse
import gzip
import json
import os
import subprocess
import sys

EVAL = os.path.join("..", "shared", "eval")
BIN = os.path.join(os.environ.get("BUILD", "build"), "bin")


def extract(docs):
    data = "".join(json.dumps({"id": d["id"], "text": d["text"]}, ensure_ascii=False) + "\n" for d in docs)
    done = subprocess.run([f"{BIN}/extract-quotes"], input=data.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def parts(quote):
    return quote.get("parts") or [[quote["start"], quote["end"]]]


def letters(quote):
    return {i for start, end in parts(quote) for i in range(start, end)}


def overlap(a, b):
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1


def around(text, quote):
    """The stretch from the first word to the last, with three characters on both sides, where the marks are."""
    return text[max(0, quote["start"] - 3):quote["end"] + 3]


def compare(before, moved, after, count, show):
    new = [(letters(q), q) for q in after["quotes"]]
    for old, place in zip(before["quotes"], moved["quotes"]):
        count["quotations"] += 1
        if around(before["text"], old) != around(moved["text"], place):
            count["hit"] += 1
            hull = set(range(place["start"], place["end"]))
            found = any(overlap(hull, set(range(q["start"], q["end"]))) >= .8 for _, q in new)
            count["found in spite"] += found
            if show and not found:
                print(f"{before['id']}: hit: {around(before['text'], old)!r}\n\tis {around(moved['text'], place)!r}")
            continue
        shift = place["start"] - old["start"]
        want = {i + shift for i in letters(old)}
        best = max(((overlap(want, got), q) for got, q in new), key=lambda x: x[0], default=(0, None))
        name = (old.get("speaker") or {}).get("name")
        exact = best[0] == 1
        count["same"] += exact
        count["near"] += best[0] >= .8
        count["said by the same"] += best[0] >= .8 and name == ((best[1] or {}).get("speaker") or {}).get("name")
        if show and best[0] < .8:
            start = max(0, place["start"] - 300)
            print(f"{before['id']}: {old['kind']} {around(before['text'], old)!r}\n\tin {moved['text'][start:place['end'] + 80]!r}")
    count["lost articles"] += bool(before["quotes"]) and not after["quotes"]
    count["articles"] += 1


def measure(path, seeds, show=False):
    sys.path.insert(0, EVAL)
    import noise
    with gzip.open(path, "rt", encoding="utf-8") as f:
        docs = [json.loads(line) for line in f]
    clean = extract(docs)
    count = dict.fromkeys(("quotations", "hit", "found in spite", "same", "near", "said by the same", "lost articles", "articles"), 0)
    for seed in range(1, seeds + 1):
        moved = [noise.damage(d, str(seed), 1.0, {"quotes"})[0] for d in clean]
        for before, place, after in zip(clean, moved, extract(moved)):
            compare(before, place, after, count, show)
    return count


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("articles")
    ap.add_argument("--seeds", type=int, default=3, metavar="N", help="damage each article N times, each time otherwise")
    ap.add_argument("--show", action="store_true", help="print what was lost")
    opt = ap.parse_args()
    count = measure(opt.articles, opt.seeds, opt.show)
    whole = count["quotations"] - count["hit"]
    print(" ".join(f"{k}={v}" for k, v in count.items()))
    print(f"of {whole} whose own marks stayed: the same {100 * count['same'] / whole:.1f} %, "
          f"nearly {100 * count['near'] / whole:.1f} %, with the same speaker {100 * count['said by the same'] / whole:.1f} %")


if __name__ == "__main__":
    main()
