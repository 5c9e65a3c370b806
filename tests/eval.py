#!/usr/bin/env python3
"""Run the scorers of ../shared/eval on development data and print one table.

Called by `make eval`.  Without ../shared it says so and stops.
"""
import glob
import json
import os
import subprocess
import sys

import quote_damage

EVAL = os.path.join("..", "shared", "eval")
BIN = os.path.join(os.environ.get("BUILD", "build"), "bin")


def tool(name, options=""):
    return f"{BIN}/{name} {options}".strip()


def score(script, *args):
    command = [sys.executable, os.path.join(EVAL, script), *args]
    done = subprocess.run(command, stdout=subprocess.PIPE)
    if done.returncode:
        print(f"{' '.join(command)}: exit status {done.returncode}", file=sys.stderr)
    return done.stdout.decode()


def percent(x):
    return f"{100 * x:.1f}"


def lines():
    for name in ("full", "crop"):
        out = json.loads(score("boilerplate/score_lines.py", f"{EVAL}/boilerplate/text/{name}.jsonl.gz",
                               "--set", "aeb", "--json", "--jobs", "2",
                               "--cmd", tool("strip-boilerplate")))
        yield f"text {name} (aeb), word P / R / F1", " / ".join(percent(out["word micro"][k]) for k in ("P", "R", "F1"))


def pages():
    """Of pages that the models have learned from: `make cross` tells what holds on unseen sites."""
    base = f"{EVAL}/boilerplate"
    strip = tool("strip-boilerplate", "-f html --on-empty=ok")

    def sets(*options):
        return json.loads(score("boilerplate/score_html.py", *options, "--json", "--jobs", "2", "--cmd", strip))

    for name, row in sets().items():
        yield f"pages {name}, P / R / F1", " / ".join(percent(row[k]) for k in ("P", "R", "F1"))
    yield "pages traf in English, F1", percent(sets("--set", "traf", "--lang", "en")["traf"]["F1"])
    types = sets(f"{base}/wcxb")
    yield "pages wcxb-article, P / R / F1", " / ".join(percent(types["wcxb-article"][k]) for k in ("P", "R", "F1"))
    yield "pages wcxb, all types, word F1", percent(
        sum(row["wF1"] * row["pages"] for row in types.values()) / sum(row["pages"] for row in types.values()))
    out = json.loads(score("boilerplate/score_meta.py", "--set", "wcxb-article", "--json",
                           "--cmd", tool("strip-boilerplate", "-f html -t jsonl --on-empty=ok")))
    yield "metadata, F of title / author / date", " / ".join(percent(out[k]["F"]) for k in ("title", "author", "date"))


def sentences():
    base = f"{EVAL}/sentences"
    split = tool("split-sentences")
    golden = score("sentences/score-sentences", f"{base}/golden/en.jsonl", "--golden", "--cmd", split)
    yield "golden rules, English", golden.split("total")[-1].split()[0]
    sets = sorted(glob.glob(f"{base}/golden/*.jsonl"))
    for what, options in (("language given", "--lang={lang}"), ("language told from the text", "")):
        golden = score("sentences/score-sentences", *sets, "--golden", "--cmd", tool("split-sentences", options))
        yield f"golden rules, {len(sets)} languages, {what}", golden.split("total")[-1].split()[0]
    for what, path, options in (
            ("golden-more and sentencex, rows right", None, ["--skip", "style=whole-quote"]),
            ("EWT dev --punct, in-par F1", "ud/ewt-dev.jsonl", ["--punct"]),
            ("GUM dev --punct, in-par F1", "ud/gum-dev.jsonl", ["--punct"]),
            ("GUM dev, exact-sentence F1", "ud/gum-dev.jsonl", []),
            ("  wrapped at 72", "ud/gum-dev.jsonl", ["--wrap", "72"]),
            ("  wrapped at 72, no blank lines", "ud/gum-dev.jsonl", ["--wrap", "72", "--tight"])):
        files = [f"{base}/{path}"] if path else sorted(
            glob.glob(f"{base}/golden-more/*.jsonl") + glob.glob(f"{base}/sentencex/*.jsonl"))
        command = split if path else tool("split-sentences", "--lang={lang}")
        out = json.loads(score("sentences/score-sentences", *files, "--json", *options, "--cmd", command))["total"]
        value = percent(out["in-par" if "in-par" in what else "sent"][2])
        if path is None:
            value = f"{out['pass']}/{out['rows']}"
        yield what, value + (f" (altered: {out['altered']})" if out["altered"] else "")


def entities():
    base = f"{EVAL}/entities"
    for name, labels, options, extra in (
            ("ww_dev", "PER,ORG,LOC", "", []), ("ww_dev_noise", "PER,ORG,LOC", "", []),
            ("gum_dev_open", "PER,ORG,LOC", "", []), ("uner_ewt_dev", "PER,ORG,LOC", "", []),
            ("ww_dev", "DATE,MONEY", "--relative-dates=no", ["--lenient"])):
        out = score("entities/score_entities.py", f"{base}/{name}.jsonl.gz", "--labels", labels, *extra,
                    "--cmd", tool("tag-entities", options))
        row = next(l.split() for l in out.splitlines() if l.split()[:1] == ["all"])
        yield f"{name}, {labels}, P / R / F1", " / ".join(percent(float(x) / 100) for x in row[1:4])


def quotes():
    base = f"{EVAL}/quotes"
    extract = tool("extract-quotes")
    out = json.loads(score("quotes/score_quotes.py", f"{base}/polnear-dev.jsonl.gz", "--core", "--json", "--cmd", extract))
    for kind in ("direct", "mixed", "indirect", "all"):
        yield f"PolNeAR dev, {kind}: exact / soft F, e2e", " / ".join(percent(out[kind][k]) for k in ("F", "sF", "e2e"))
    out = json.loads(score("quotes/score_quotes.py", f"{base}/polnear-dev.jsonl.gz", "--quoted", "--json", "--cmd", extract))
    yield "PolNeAR dev, stretches in marks: soft F", percent(out["all"]["sF"])
    out = json.loads(score("quotes/score_quotes.py", f"{base}/names-dev.jsonl.gz", "--core", "--json", "--cmd", extract))
    yield "names: right on matched / e2e-n", " / ".join(percent(out["all"][k]) for k in ("name", "e2e-n"))
    out = quote_damage.measure(f"{base}/polnear-dev.jsonl.gz", 3)
    whole = out["quotations"] - out["hit"]
    yield "marks damaged: other quotations found / with name", " / ".join(percent(out[k] / whole) for k in ("near", "said by the same"))
    yield "  hit quotations found in spite, articles lost", f"{percent(out['found in spite'] / out['hit'])}, {out['lost articles']}"


def main():
    if not os.path.isdir(EVAL):
        print("make eval needs the development data in ../shared/eval: skipped")
        return
    for title, rows in (("strip-boilerplate, text", lines), ("strip-boilerplate, pages", pages), ("split-sentences", sentences),
                        ("tag-entities", entities), ("extract-quotes", quotes)):
        print(title)
        for what, value in rows():
            print(f"  {what:<52}{value}", flush=True)


if __name__ == "__main__":
    main()
