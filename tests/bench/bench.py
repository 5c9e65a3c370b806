#!/usr/bin/env python3
"""Speed, start-up, latency and memory, as `make bench` prints them.

Each command is timed in turn with its peers (wc -w, jq -c .) on the same input
in the same run, and quoted as a ratio of medians of processor time: machines
differ and are noisy.  The input is made here, from a fixed seed.
"""
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

BIN = os.path.join(os.environ.get("BUILD", "build"), "bin")
ROUNDS = 5
MB = int(os.environ.get("DESK_BENCH_MB", "50"))
PEER_MB = 10  # jq is slow

FIRST = "Anna Peter Maria John Olga Carlos Mei Yusuf Ingrid Pavel".split()
LAST = "Keller Novak Silva Brown Larsen Okafor Tanaka Costa Weber Petrov".split()
PLACES = "Lisbon Kenya Toronto Vienna Peru Osaka Cairo Norway Texas Dublin".split()
WORDS = ("the a new report on trade and water was sent to council after months of talks about prices in towns "
         "where people had waited for an answer from officials who said little while costs rose again").split()


def sentence(rng):
    words = " ".join(rng.choice(WORDS) for _ in range(rng.randint(12, 30)))
    name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    kind = rng.random()
    if kind < 0.15:
        return f"“{words.capitalize()},” said {name} in {rng.choice(PLACES)}."
    if kind < 0.3:
        return f"{name} said on Tuesday that {words}."
    if kind < 0.4:
        return f"Mr. {name.split()[1]} paid $4.5 million for it on March 3, 2021."
    return f"{words.capitalize()} in {rng.choice(PLACES)}."


def article(rng):
    return "\n\n".join(" ".join(sentence(rng) for _ in range(rng.randint(1, 5))) for _ in range(12))


def make_inputs(folder):
    import json
    rng = random.Random(1)
    docs = [article(rng) for _ in range(2000)]
    text, jsonl = os.path.join(folder, "text"), os.path.join(folder, "jsonl")
    with open(text, "w", encoding="utf-8") as t, open(jsonl, "w", encoding="utf-8") as j:
        size = n = 0
        while size < MB * 1e6:
            doc = docs[n % len(docs)]
            t.write(("\f\n" if n else "") + doc + "\n")
            j.write(json.dumps({"id": n, "url": f"https://example.org/{n}", "price": 1.10, "text": doc},
                               ensure_ascii=False) + "\n")
            size += len(doc.encode())
            n += 1
    return text, jsonl


def head(path, megabytes):
    """The first lines of a file, about so many megabytes."""
    small = path + ".head"
    with open(path, "rb") as f, open(small, "wb") as out:
        size = 0
        for line in f:
            out.write(line)
            size += len(line)
            if size > megabytes * 1e6:
                break
    return small


def cpu(command, path):
    """Processor seconds and peak megabytes of one run, as time(1) tells them."""
    said = path + ".time"
    with open(path, "rb") as f:
        done = subprocess.run(["/usr/bin/time", "-o", said, "-f", "%U %S %M", *command], stdin=f,
                              stdout=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8"})
    if done.returncode:
        sys.exit(f"{' '.join(command)}: status {done.returncode}")
    with open(said) as f:
        user, system, kilobytes = f.read().split()[-3:]
    return float(user) + float(system), int(kilobytes) / 1024


def rates(commands):
    """Median MB per processor second of each, run in turn; peak memory."""
    found = {name: [] for name in commands}
    memory = {}
    for _ in range(ROUNDS):
        for name, (command, path) in commands.items():
            seconds, memory[name] = cpu(command, path)
            found[name].append(os.path.getsize(path) / 1e6 / max(seconds, 5e-3))
    return {name: statistics.median(v) for name, v in found.items()}, memory


def table(title, commands, peer):
    speed, memory = rates(commands)
    print(title)
    for name in commands:
        print(f"  {name:<44}{speed[name]:8.0f} MB/s  {speed[name] / speed[peer]:8.2f} x {peer}  {memory[name]:6.1f} MB")


def startup(folder):
    small = os.path.join(folder, "small")
    with open(small, "w", encoding="utf-8") as f:
        f.write(article(random.Random(2))[:1000] + "\n")
    print("start to exit on 1 KB, median wall time")
    for name in ("strip-boilerplate", "split-sentences", "tag-entities", "extract-quotes", "/bin/true"):
        command = [name if "/" in name else f"{BIN}/{name}"]
        times = []
        for _ in range(30):
            with open(small, "rb") as f:
                begin = time.perf_counter()
                subprocess.run(command, stdin=f, stdout=subprocess.DEVNULL)
                times.append(time.perf_counter() - begin)
        print(f"  {name:<44}{1000 * statistics.median(times):8.2f} ms")


def latency():
    times = []
    for _ in range(10):
        p = subprocess.Popen([f"{BIN}/split-sentences"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        time.sleep(0.05)
        begin = time.perf_counter()
        p.stdin.write(b"The first sentence is here.\n")
        p.stdin.flush()
        p.stdout.readline()
        times.append(time.perf_counter() - begin)
        p.stdin.close()
        p.wait()
    print("live pipe, newline to first sentence, median")
    print(f"  {'split-sentences':<44}{1000 * statistics.median(times):8.2f} ms")


def large(folder, text):
    """Peak memory on a file and on a line of 300 MB."""
    print("peak memory on 300 MB, as many lines / as one")
    many, one = os.path.join(folder, "many"), os.path.join(folder, "one")
    with open(text, "rb") as f:
        block = f.read().replace(b"\f", b"")
    with open(many, "wb") as m, open(one, "wb") as o:
        size = 0
        while size < 300e6:
            m.write(block)
            o.write(block.replace(b"\n", b" "))
            size += len(block)
    for name in ("strip-boilerplate", "split-sentences", "tag-entities", "extract-quotes"):
        peaks = [cpu([f"{BIN}/{name}"], path)[1] for path in (many, one)]
        print(f"  {name:<44}{peaks[0]:8.1f} MB  {peaks[1]:8.1f} MB")


def main():
    with tempfile.TemporaryDirectory() as folder:
        text, jsonl = make_inputs(folder)
        small = head(jsonl, PEER_MB)
        layered = os.path.join(folder, "layered")
        with open(layered, "wb") as out:
            subprocess.run([f"{BIN}/split-sentences", jsonl], stdout=out, check=True)
        table(f"text, {MB} MB", {
            "wc -w": (["wc", "-w"], text),
            **{t: ([f"{BIN}/{t}"], text)
               for t in ("strip-boilerplate", "split-sentences", "tag-entities", "extract-quotes")}}, "wc -w")
        table(f"JSON Lines in and out, {MB} MB (jq: {PEER_MB} MB)", {
            "jq -c .": (["jq", "-c", "."], small),
            "split-sentences, sents are there": ([f"{BIN}/split-sentences"], layered),
            **{t: ([f"{BIN}/{t}"], jsonl)
               for t in ("split-sentences", "strip-boilerplate", "tag-entities", "extract-quotes")}}, "jq -c .")
        startup(folder)
        latency()
        large(folder, text)


if __name__ == "__main__":
    main()
