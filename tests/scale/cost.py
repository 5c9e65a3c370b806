#!/usr/bin/env python3
"""cost.py DIR: what `parallel --pipe --block 1M -k` costs beside one process.

Runs take turns and the least of each counts.  By the clock a job for each core
stands beside one process.  The processor's time of all processes together is of
one job at a time: with more, two that share a core's caches slow each other down,
which is no cost of parallel's.  What parallel takes for itself, as seen with cat,
is told apart from what a filter takes to be started for each block and to know
its words again ("filter").

Ends with status 1 where any output differs; and, on more cores than it takes by
itself, where a filter that works on a block for longer than parallel takes to
hand it out (tag-entities; extract-quotes, which tags on its way; the whole pipe,
which is four processes side by side already) takes more than 1.1 times the time
of one.  The others are shown.
DESK_SCALE_ROUNDS: turns (3).
"""
import filecmp
import os
import resource
import subprocess
import sys
import time

ROUNDS = int(os.environ.get("DESK_SCALE_ROUNDS", "3"))
MOST = 1.10
FEED = os.path.join(os.environ["BUILD"], "scale", "data", "feed.jsonl")
FILTERS = {  # name: command, how often the feed, on more cores than so many cheap
    "cat (parallel alone)": ("cat", 8, None),
    "split-sentences": ("split-sentences -f jsonl", 8, None),
    "strip-boilerplate": ("strip-boilerplate -f jsonl --on-empty=ok", 8, None),
    "tag-entities": ("tag-entities -f jsonl", 4, 1),
    "extract-quotes": ("extract-quotes -f jsonl", 4, 1),
    "worker (all four)": ("worker", 4, 4),
}


def run(command, source, target):
    """Seconds of the processor, with all children, and by the clock."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with open(source, "rb") as i, open(target, "wb") as o:
        subprocess.run(["sh", "-c", command], stdin=i, stdout=o, check=True)
    after, end = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, end - begin


def main():
    folder, bad = sys.argv[1], False
    source, target, other = (os.path.join(folder, "cost." + n) for n in ("in", "one", "many"))
    alone = 0  # seconds that parallel takes for a byte
    print(f"{'filter':<22}{'MB':>5}{'one':>8}{'-j1':>8}{'ratio':>7}{'filter':>8}   by the clock: {'one':>6}{'all cores':>11}{'ratio':>7}")
    for name, (command, times, cheap) in FILTERS.items():
        with open(FEED, "rb") as f, open(source, "wb") as o:
            o.write(f.read() * times)
        spread = f"parallel --pipe --block 1M -k %s '{command}'"
        best, same = {}, True
        for turn in range(ROUNDS):
            ways = [("one", command), ("single", spread % "-j1"), ("all", spread % "")]
            for way, line in ways[:3 if turn < 2 else 2]:
                took = run(line, source, target if way == "one" else other)
                best[way] = tuple(map(min, took, best.get(way, took)))
                same &= way == "one" or filecmp.cmp(target, other, shallow=False)
        size, one = os.path.getsize(source), best["one"][0]
        alone = alone or best["single"][0] / size
        cpu, clock = best["single"][0] / one, best["all"][1] / best["one"][1]
        own = (best["single"][0] - alone * size) / one
        over = cheap is not None and os.cpu_count() > cheap and clock > MOST
        bad |= over or not same
        print(f"{name:<22}{size / 1e6:5.0f}{one:8.2f}{best['single'][0]:8.2f}{cpu:7.2f}{own:8.2f}"
              f"{'':>17}{best['one'][1]:6.2f}{best['all'][1]:11.2f}{clock:7.2f}"
              f"{'' if same else '  NOT THE SAME BYTES'}{'  OVER' if over else ''}", flush=True)
    return bad


sys.exit(main())
