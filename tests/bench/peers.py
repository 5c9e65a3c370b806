#!/usr/bin/env python3
"""The tables of `make bench-peers`: speed and quality beside the peers.

peers.py FOLDER    called by tests/bench/peers, with the interpreter of the peers

Each peer runs in a process of its own (peers_run.py), in turn with ours, on one
core, over the same files.  Of two rounds the better counts.  Ours is charged for
the whole process by getrusage, a peer for its work alone: imports and models are
left out.  A slow peer gets a part of the files, which its row says.

The texts and the gold are those of ../shared/eval, and its scorers judge all
alike.  Without it there is speed alone, on made texts.
"""
import gzip
import importlib.metadata
import json
import os
import platform
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import bench  # noqa: E402
import sentences as icu  # noqa: E402

BUILD = os.environ.get("BUILD", "build")
BIN = os.path.join(BUILD, "bin")
EVAL = os.path.join("..", "shared", "eval")
SHARED = os.path.isdir(EVAL)
ROUNDS = 3
LIMIT = 300  # seconds a peer may take for one input
ONE = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")}
PEERS = ("trafilatura", "resiliparse", "pysbd", "sentencex", "blingfire", "spacy", "textacy")
TIME = "/usr/bin/time"
notes = []


def one_core():
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def run(command, source=None):
    """Processor and wall seconds, peak megabytes and last output of one process, shell text or a list."""
    said = os.path.join(FOLDER, "time")
    argv = ["sh", "-c", command] if isinstance(command, str) else command
    if os.path.exists(TIME):
        argv = [TIME, "-q", "-o", said, "-f", "%M %e", *argv]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(source or os.devnull, "rb") as f, open(os.path.join(FOLDER, "said"), "w+b") as out:
        child = subprocess.Popen(argv, stdin=f, stdout=out, stderr=subprocess.PIPE, preexec_fn=one_core,
                                 start_new_session=True, env={**os.environ, **ONE, "LC_ALL": "C.UTF-8"})
        try:
            complaint = child.communicate(timeout=LIMIT)[1]
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
            raise RuntimeError(f"no end within {LIMIT} seconds") from None
        out.seek(-min(out.seek(0, os.SEEK_END), 1000), os.SEEK_END)
        said_last = out.read()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if child.returncode:
        tail = complaint.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise RuntimeError(f"status {child.returncode}: {' '.join(tail).rstrip('.')}")
    facts = {"cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, "memory": None, "out": said_last}
    if os.path.exists(TIME):
        kilobytes, wall = open(said).read().split()[-2:]
        facts.update(memory=int(kilobytes) / 1024, wall=float(wall))
    return facts


def peer(task, source, name="peer"):
    """A peer over a file; what it found lies in FOLDER/name.  Its facts, or None."""
    result = os.path.join(FOLDER, name)
    facts = run([sys.executable, os.path.join(HERE, "peers_run.py"), task, source, result])
    facts.update(json.loads(facts["out"].decode().splitlines()[-1]))
    return {**facts, "path": result}


def rounds(jobs):
    """The best of each job's rounds, run in turn; a peer that fails is named and left out, ours comes first and may not."""
    best, ours = {}, next(iter(jobs))
    for _ in range(ROUNDS):
        for name, job in list(jobs.items()):
            try:
                facts = job()
            except RuntimeError as error:
                if name == ours:
                    raise
                notes.append(f"{name} is left out: {error}".replace("\n", " "))
                del jobs[name]
                best.pop(name, None)
                continue
            if name in best:
                facts = {**facts, **{k: min(facts[k], best[name][k]) for k in ("cpu", "alone", "wall") if k in best[name]}}
            best[name] = facts
    return best


def judged(name, quality, *args):
    """The columns of quality, none where the peer fails."""
    try:
        return list(quality(*args)) if SHARED else []
    except RuntimeError as error:
        notes.append(f"{name} was not judged: {error}")
        return []


def have(name):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def write(name, rows):
    path = os.path.join(FOLDER, name)
    with open(path, "w", encoding="utf-8") as f:
        for row in rows:
            f.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def load(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def upto(docs, megabytes):
    """The documents, again and again, up to a size; and that size in MB."""
    out, size = [], 0
    while size < megabytes * 1e6:
        row = docs[len(out) % len(docs)]
        out.append({"id": str(len(out)), "text": row["text"]})
        size += len(row["text"].encode())
    return out, size / 1e6


def score(script, *args):
    done = subprocess.run([sys.executable, os.path.join(EVAL, script), *args], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C.UTF-8"})
    if not done.stdout:
        sys.exit(f"{script}: {done.stderr.decode()}")
    return done.stdout.decode()


def made():
    rng = random.Random(1)
    return [{"text": bench.article(rng)} for _ in range(500)]


def rate(megabytes, seconds):
    speed = megabytes / max(seconds, 1e-4)
    return f"{speed:.0f}" if speed >= 20 else f"{speed:.1f}" if speed >= 1 else f"{speed:.3f}"


def table(title, files, heads, rows):
    print(f"\n**{title}**: {files}\n")
    print("| " + " | ".join(heads) + " |")
    print("|" + "|".join(["---"] + ["--:"] * (len(heads) - 1)) + "|")
    for row in rows:
        row = row + [None] * (len(heads) - len(row))
        print("| " + " | ".join("" if cell is None else str(cell) for cell in row) + " |")
    sys.stdout.flush()


def speeds(ours, found):
    """Columns of speed for each: MB/s, how often ours is as fast, peak memory."""
    mine = ours["mb"] / ours["cpu"]
    for name, facts in found.items():
        speed = facts["mb"] / facts["cpu"]
        times = "1" if facts is ours else f"{mine / speed:.0f}" if mine / speed >= 10 else f"{mine / speed:.1f}"
        yield name, [name, rate(facts["mb"], facts["cpu"]), times, f"{facts['memory']:.0f}" if facts["memory"] else None]


SPEED = ["MB/s", "ours is × as fast", "peak MB"]


def percent(x):
    return f"{100 * x:.1f}"


def page_files():
    """The pages as files: those of aeb, and where gold is the articles of WCXB; else made ones."""
    sets = {}
    for name, base, wanted in (("aeb", "html", "aeb"), ("wcxb", "wcxb", "wcxb-article")):
        if not SHARED:
            break
        folder = os.path.join(EVAL, "boilerplate", base)
        rows = [r for r in load(os.path.join(folder, "pages.jsonl")) if r["set"] == wanted]
        for row in rows:
            path = os.path.join(FOLDER, row["id"] + ".html")
            with gzip.open(os.path.join(folder, row["html"])) as f, open(path, "wb") as out:
                out.write(f.read())
            row["html"] = path
        sets[name] = [{"id": r["id"], "html": r["html"]} for r in rows]
    if not sets:
        sets["aeb"] = []
        for i, doc in enumerate(made()):
            menu = "".join(f'<li><a href="/{n}">{word} and more</a></li>'
                           for n, word in enumerate(bench.WORDS))
            body = "".join(f"<p>{p}</p>" for p in doc["text"].split("\n\n"))
            path = os.path.join(FOLDER, f"page{i}.html")
            with open(path, "w", encoding="utf-8") as f:
                f.write(f"<!DOCTYPE html><html><head><title>Page {i}</title></head><body><nav><ul>{menu}</ul></nav>"
                        f"<article><h1>Page {i}</h1>{body}</article><footer><ul>{menu}</ul></footer></body></html>")
            sets["aeb"].append({"id": str(i), "html": path})
    return sets


def cross():
    """Scores of pages whose sites the models have not seen, from what `make cross` runs."""
    tool = os.path.join(BUILD, "gen", "fit_pages")
    if not SHARED or os.environ.get("DESK_PEERS_CROSS") == "no" or not os.path.exists(tool):
        return None
    base = os.path.join(EVAL, "boilerplate")
    out = subprocess.run([tool, "--scores", f"{base}/html", f"{base}/wcxb"], stdout=subprocess.PIPE, check=True)
    found = {}
    for line in out.stdout.decode().splitlines():
        words = line.split()
        if "wF1" in words:
            found[words[0]] = [float(words[words.index(k) + 1]) for k in ("F1", "wF1")]
    return [percent(found["aeb"][0]), percent(found["aeb"][1]), percent(found["wcxb-article"][1])]


def pages():
    sets = page_files()
    files = [r["html"] for r in sets["aeb"]]
    size = sum(map(os.path.getsize, files)) / 1e6
    paths = {name: write(f"{name}.pages", rows) for name, rows in sets.items()}
    tasks = {"trafilatura": "trafilatura", "trafilatura, fast": "trafilatura_fast", "resiliparse": "resiliparse"}
    tasks = {name: task for name, task in tasks.items() if have(task.split("_")[0])}
    strip = f"{BIN}/strip-boilerplate -f html --on-empty=ok"
    mine = [*strip.split(), *files * 4]
    found = rounds({"strip-boilerplate": lambda: {**run(mine), "mb": 4 * size},
                    **{name: lambda t=task: {**peer(t, paths["aeb"], f"{t}.aeb"), "mb": size}
                       for name, task in tasks.items()}})

    def quality(facts, task):
        out = []
        for name, base, wanted in (("aeb", "html", "aeb"), ("wcxb", "wcxb", "wcxb-article")):
            how = ["--cmd", strip]
            if task:
                if name == "wcxb":
                    facts = peer(task, paths[name], f"{task}.wcxb")
                how = ["--pred", facts["path"]]
            row = json.loads(score("boilerplate/score_html.py", os.path.join(EVAL, "boilerplate", base), "--set", wanted,
                                   "--json", *how))[wanted]
            out += [percent(row["F1"]), percent(row["wF1"])] if name == "aeb" else [percent(row["wF1"])]
        return out

    rows = []
    for name, cells in speeds(found["strip-boilerplate"], found):
        rows.append(cells + judged(name, quality, found[name], tasks.get(name)))
    if SHARED:
        rows[0][0] += " (has learned from these pages)"
        unseen = cross()
        if unseen:
            rows.insert(1, ["strip-boilerplate, sites that it has not seen (`make cross`)", None, None, None, *unseen])
    heads = ["F1 aeb, 4-grams", "word F1 aeb", "word F1 WCXB articles"] if SHARED else []
    table("Pages to articles", f"{len(files)} pages, {size:.0f} MB of HTML" +
          (f", quality also on {len(sets['wcxb'])} articles of WCXB dev" if SHARED else ""),
          ["", *SPEED, *heads], rows)


def splitters():
    base = f"{EVAL}/sentences"
    docs, _ = icu.texts()
    docs = [{"text": d} for d in docs]
    random.Random(1).shuffle(docs)
    long, long_mb = upto(docs, 20)
    short, short_mb = upto(docs, 0.2)
    text = os.path.join(FOLDER, "text")
    with open(text, "w", encoding="utf-8") as f:
        f.write("\n\n".join(r["text"] for r in long) + "\n")
    whole, part = write("sents", long), write("sents.part", short)
    command = icu.build_peer(FOLDER) if subprocess.run(
        ["sh", "-c", "pkg-config --exists icu-uc"]).returncode == 0 else None
    if not command:
        notes.append("ICU is left out: no libicu-dev")
    jobs = {"split-sentences": lambda: {**run([f"{BIN}/split-sentences"], text), "mb": long_mb}}
    for name in ("sentencex", "blingfire"):
        if have(name):
            jobs[name] = lambda n=name: {**peer(n, whole), "mb": long_mb}
    if command:
        jobs["ICU"] = lambda: {**run(command, text), "mb": long_mb}
    if have("pysbd"):
        jobs["pysbd"] = lambda: {**peer("pysbd", part), "mb": short_mb}
    found = rounds(jobs)
    sets = (("golden/en", ["--golden"]), ("golden-more/en", ["--golden", "--skip", "style=whole-quote"]),
            ("ud/ewt-dev", ["--punct", "--json"]), ("ud/gum-dev", ["--punct", "--json"]))

    def quality(name):
        for gold, options in sets:
            path = f"{base}/{gold}.jsonl"
            if name in ("split-sentences", "ICU"):
                how = ["--cmd", command[0] if name == "ICU" else f"{BIN}/split-sentences --lang={{lang}}"
                       if "golden" in gold else f"{BIN}/split-sentences"]
            else:
                how = ["--pred", peer(name, write("gold", load(path)))["path"]]
            said = score("sentences/score-sentences", path, *options, *how)
            if "--json" in options:
                yield percent(json.loads(said)["total"]["in-par"][2])
            else:
                yield said.split("total")[-1].split()[0]

    rows = [cells + judged(name, quality, name) for name, cells in speeds(found["split-sentences"], found)]
    heads = ["golden rules, English", "more rules", "F1 EWT dev", "F1 GUM dev"] if SHARED else []
    what = "texts of UD English" if SHARED else "made text"
    table("Text to sentences", f"{long_mb:.0f} MB of {what}, {short_mb:.1f} MB of it for pysbd", ["", *SPEED, *heads], rows)


def label(trained):
    return f"spaCy, {trained}" if trained else "spaCy untrained, in the sizes of its small model"


def entities():
    base = f"{EVAL}/entities"
    docs = made()
    if SHARED:
        docs = load(f"{base}/ww_dev.jsonl.gz") + load(f"{EVAL}/quotes/polnear-dev.jsonl.gz")
        random.Random(1).shuffle(docs)
    long, long_mb = upto(docs, 10)
    short, short_mb = upto(docs, 0.4)
    whole, part = write("news", long), write("news.part", short)
    one = write("one", [{"id": "1", "text": "President Ana Lima flew to Oslo on Tuesday."}])
    jobs = {"tag-entities": lambda: {**run([f"{BIN}/tag-entities"], whole), "mb": long_mb},
            "spaCy": lambda: {**peer("spacy_ner", part), "mb": short_mb}}
    starts = {"tag-entities": lambda: run([f"{BIN}/tag-entities"], one), "spaCy": lambda: peer("spacy_ner", one)}
    if not have("spacy"):
        del jobs["spaCy"], starts["spaCy"]
    found, begun = rounds(jobs), rounds(starts)
    fast = min(wall([f"{BIN}/tag-entities"], one) for _ in range(10))
    sets = ("ww_dev", "gum_dev_open", "uner_ewt_dev")
    trained = found.get("spaCy", {}).get("trained")

    def quality(name):
        for gold in sets:
            path = f"{base}/{gold}.jsonl.gz"
            if name == "spaCy" and not trained:
                continue
            if name == "spaCy":
                how = [peer("spacy_ner", write("gold", load(path)))["path"]]
            else:
                how = ["--cmd", f"{BIN}/tag-entities"]
            cells = []
            for options in ([], ["--lenient"]):
                said = score("entities/score_entities.py", path, *how, "--labels", "PER,ORG,LOC", *options)
                cells.append(next(l.split()[3] for l in said.splitlines() if l.split()[:1] == ["all"]))
            yield " / ".join(percent(float(c) / 100) for c in cells)

    rows = []
    for name, cells in speeds(found["tag-entities"], found):
        start = {"tag-entities": fast, "spaCy": begun.get("spaCy", {}).get("wall")}[name]
        if name == "spaCy" and not trained:  # that it sets up random weights is no start
            cells += [None, None]
        else:
            cells += [f"{1000 * start:.0f} ms" if start else None,
                      f"{begun[name]['memory']:.0f}" if begun[name]["memory"] else None]
        rows.append(cells + judged(name, quality, name))
        if name == "spaCy":
            rows[-1][0] = label(trained) + ", names alone"
            if not trained:
                notes.append("spaCy's English model could not be had: a pipeline of the same layers and sizes with random "
                             "weights was timed, which finds nothing of worth, so its quality and textacy's stand empty")
    heads = [f"F1 {s}, strict / lenient" for s in sets] if SHARED else []
    table("Text to names", f"{long_mb:.0f} MB of news in JSON Lines, {short_mb:.1f} MB of it for spaCy",
          ["", *SPEED, "one sentence, start to exit", "its peak MB", *heads], rows)


def wall(command, source):
    begin = time.perf_counter()
    with open(source, "rb") as f:
        subprocess.run(command, stdin=f, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def quotes():
    gold = f"{EVAL}/quotes/polnear-dev.jsonl.gz"
    docs = load(gold) if SHARED else made()
    long, long_mb = upto(docs, 5)
    whole = write("quotes", long)
    tagged, short = os.path.join(FOLDER, "tagged"), docs
    subprocess.run(f"{BIN}/split-sentences {whole} | {BIN}/tag-entities >{tagged}", shell=True, check=True)
    if not SHARED:
        short = upto(docs, 0.4)[0]
    short = [{"id": d.get("id", "-"), "text": d["text"]} for d in short]
    short_mb = sum(len(d["text"].encode()) for d in short) / 1e6
    part = write("quotes.part", short)
    chain = f"{BIN}/split-sentences {whole} | {BIN}/tag-entities | {BIN}/extract-quotes >/dev/null"
    jobs = {"pipe": lambda: {**run(chain), "mb": long_mb},
            "alone": lambda: {**run(f"{BIN}/extract-quotes {tagged} >/dev/null"), "mb": long_mb},
            "textacy": lambda: {**peer("textacy", part, "textacy"), "mb": short_mb}}
    if not have("textacy"):
        del jobs["textacy"]
    found = rounds(jobs)
    mine = found["pipe"]["mb"] / found["pipe"]["cpu"], found["alone"]["mb"] / found["alone"]["cpu"]

    def quality(how):
        said = json.loads(score("quotes/score_quotes.py", gold, *how, "--core", "--json"))
        return [" / ".join(percent(said[kind][k]) for k in ("F", "sF", "e2e")) for kind in ("direct", "all")]

    rows = [["split-sentences, tag-entities, extract-quotes", rate(1, 1 / mine[0]), "1", rate(1, 1 / mine[1]), "1",
             "0" if SHARED else None]]
    rows[0] += quality(["--cmd", f"{BIN}/split-sentences | {BIN}/tag-entities | {BIN}/extract-quotes"]) if SHARED else []
    if "textacy" in found:
        facts = found["textacy"]
        theirs = facts["mb"] / facts["cpu"], facts["mb"] / max(facts["alone"], 1e-4)
        row = [f"textacy on {label(facts['trained'])}", rate(1, 1 / theirs[0]), f"{mine[0] / theirs[0]:.0f}"]
        row += [rate(1, 1 / theirs[1]), f"{mine[1] / theirs[1]:.1f}"] if facts["trained"] else [None, None]
        row.append(facts["lost"] if SHARED else None)
        if SHARED:
            row += judged("textacy", quality, [facts["path"]]) if facts["trained"] else []
        rows.append(row)
    heads = ["direct: exact F / soft F / with speaker", "all kinds"] if SHARED else []
    times = "ours is × as fast"
    table("Text to quotations", f"{long_mb:.0f} MB of news, {short_mb:.1f} MB of it for textacy" +
          (f"; quality on the {len(docs)} articles of PolNeAR dev" if SHARED else ""),
          ["", "MB/s from plain text", times, "MB/s from tagged text", times, "articles lost", *heads], rows)


def machine():
    model = platform.processor() or platform.machine()
    try:
        model = next(l.split(":", 1)[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name"))
    except (OSError, StopIteration):
        pass
    version = subprocess.run([f"{BIN}/tag-entities", "--version"], stdout=subprocess.PIPE).stdout.decode().splitlines()[0]
    print(f"{os.environ.get('DESK_DATE', 'no date')}, {model}, {os.cpu_count()} cores, {platform.system()} "
          f"{platform.machine()}, Python {platform.python_version()}; {version}; " + ", ".join(
              f"{name} {have(name) or '(not installed)'}" for name in PEERS) + ".\n")
    print(f"MB per processor second on one core, best of {ROUNDS} rounds run in turn; ours with start-up and reading, the "
          "peers without imports, models and reading. A megabyte is 10^6 bytes of input. F1 in percent, by scorers that "
          "judge all alike, on development sets: what ours does was chosen by its scores there.")
    if not SHARED:
        print("\nNo ../shared/eval: speed alone, on made texts.")


def main():
    machine()
    pages()
    splitters()
    entities()
    quotes()
    for note in dict.fromkeys(notes):
        print(f"\n{note[0].upper()}{note[1:]}.")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[1]) as FOLDER:
        main()
