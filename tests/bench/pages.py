#!/usr/bin/env python3
"""Speed of strip-boilerplate on web pages, beside resiliparse in the same run.

Takes the 90 aeb pages of ../shared/eval; without them it says so and stops.
The peer is asked in its own process, start-up left out, page by page: a str in,
the main content out.  Run with an interpreter that has resiliparse (pip), or
only our own figures are printed.
"""
import glob
import gzip
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

BIN = os.path.join(os.environ.get("BUILD", "build"), "bin")
PAGES = os.path.join("..", "shared", "eval", "boilerplate", "html", "aeb")
ROUNDS = 7
TIMES = 4  # each page so often in one run of ours, so that start-up is small


def ours(paths):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([f"{BIN}/strip-boilerplate", "-f", "html", "--on-empty=ok", *paths * TIMES],
                   stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / TIMES


def peer(texts, extract):
    begin = time.process_time()
    for text in texts:
        extract(text, main_content=True)
    return time.process_time() - begin


def memory(paths):
    """Peak megabytes over all pages, as time(1) tells them."""
    with tempfile.NamedTemporaryFile("r") as said:
        subprocess.run(["/usr/bin/time", "-o", said.name, "-f", "%M", f"{BIN}/strip-boilerplate", "-f", "html",
                        "--on-empty=ok", *paths], stdout=subprocess.DEVNULL, check=True)
        return int(said.read()) / 1024


def startup(path):
    """Median wall seconds of one page."""
    walls = []
    for _ in range(30):
        begin = time.perf_counter()
        subprocess.run([f"{BIN}/strip-boilerplate", path], stdout=subprocess.DEVNULL)
        walls.append(time.perf_counter() - begin)
    return statistics.median(walls)


def main():
    if not os.path.isdir(PAGES):
        print("the speed on pages needs ../shared/eval: skipped")
        return
    try:
        from resiliparse.extract.html2text import extract_plain_text
    except ImportError:
        extract_plain_text = None
    with tempfile.TemporaryDirectory() as folder:
        paths, texts = [], []
        for name in sorted(glob.glob(os.path.join(PAGES, "*.gz"))):
            with gzip.open(name) as f:
                page = f.read()
            paths.append(os.path.join(folder, os.path.basename(name)[:-3]))
            with open(paths[-1], "wb") as f:
                f.write(page)
            texts.append(page.decode("utf-8", "replace"))
        size = sum(map(os.path.getsize, paths)) / 1e6
        mine, theirs = [], []
        for _ in range(ROUNDS):
            mine.append(size / ours(paths))
            if extract_plain_text:
                theirs.append(size / peer(texts, extract_plain_text))
        print(f"{len(paths)} pages, {size:.0f} MB")
        if theirs:
            print(f"  {'resiliparse':<44}{statistics.median(theirs):8.0f} MB/s")
        ratio = f"{statistics.median(mine) / statistics.median(theirs):8.2f} x resiliparse" if theirs else ""
        print(f"  {'strip-boilerplate':<44}{statistics.median(mine):8.0f} MB/s  {ratio}")
        middle = min(paths, key=lambda p: abs(os.path.getsize(p) - 77e3))
        print(f"  {'one page of 77 KB, start to exit':<44}{1000 * startup(middle):8.2f} ms")
        peak = memory(paths)
        print(f"  {'peak memory over all pages':<44}{peak:8.1f} MB")


if __name__ == "__main__":
    sys.exit(main())
