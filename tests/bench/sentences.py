#!/usr/bin/env python3
"""Speed of split-sentences beside ICU's sentence breaker and wc -w.

The peer is built from icu.c; without ICU's headers it says so and is left out.
All are run in turn on the same 20 MB: the UD texts of ../shared/eval, or made
ones where these are not there.  Machines are noisy, so the ratios of the medians
of processor time count, not the figures.
"""
import glob
import json
import os
import random
import resource
import shlex
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BIN = os.path.join(os.environ.get("BUILD", "build"), "bin", "split-sentences")
GOLD = os.path.join("..", "shared", "eval", "sentences", "ud", "*.jsonl")
ROUNDS = int(os.environ.get("DESK_BENCH_ROUNDS", "11"))
MB = 20


def texts():
    """Documents, and what they are."""
    paths = sorted(glob.glob(GOLD))
    if paths:
        docs = [json.loads(line)["text"].strip() for path in paths for line in open(path, encoding="utf-8")]
        return docs, "UD texts"
    sys.path.insert(0, HERE)
    import bench
    rng = random.Random(1)
    return [bench.article(rng) for _ in range(2000)], "made texts: ../shared is not there"


def write_input(path):
    docs, kind = texts()
    rng, size = random.Random(1), 0
    with open(path, "wb") as f:
        while size < MB * 1e6:
            rng.shuffle(docs)
            for doc in docs:
                size += f.write(doc.encode() + b"\n\n")
                if size >= MB * 1e6:
                    break
    return kind


def build_peer(folder):
    """The command of the peer, or None."""
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "icu-uc"], capture_output=True, text=True)
    if flags.returncode:
        print("no ICU (libicu-dev): its part is skipped")
        return None
    peer = os.path.join(folder, "icu")
    subprocess.run(["cc", "-std=c11", "-O2", "-o", peer, os.path.join(HERE, "icu.c"), *shlex.split(flags.stdout)],
                   check=True)
    return [peer]


def seconds(command, path):
    """Processor seconds of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(path, "rb") as f:
        subprocess.run(command, stdin=f, stdout=subprocess.DEVNULL, check=True,
                       env={**os.environ, "LC_ALL": "C.UTF-8"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "text")
        kind = write_input(path)
        commands = {"split-sentences": [BIN], "wc -w": ["wc", "-w"]}
        peer = build_peer(folder)
        if peer:
            commands["ICU"] = peer
        times = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(seconds(command, path))
        size = os.path.getsize(path) / 1e6
        ours = statistics.median(times["split-sentences"])
        print(f"sentences, {MB} MB of {kind}")
        for name, found in times.items():
            median = statistics.median(found)
            print(f"  {name:<20}{size / median:8.0f} MB/s  split-sentences is {median / ours:5.2f} x as fast")


if __name__ == "__main__":
    main()
