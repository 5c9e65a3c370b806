#!/usr/bin/env python3
"""spark.py INPUT OUTPUT PARTS COMMAND: each part of the lines of INPUT through
COMMAND, by Apache Spark in local mode; OUTPUT is a folder of part files, whose
order is that of the input.

COMMAND begins with a program, not with the shell.  pipe() gives it an empty
environment unless told, and takes no notice of its exit status without
checkCode.
"""
import os
import sys

from pyspark import SparkConf, SparkContext


def main():
    source, target, parts, command = sys.argv[1:]
    conf = SparkConf().setMaster("local[2]").setAppName("copydesk")
    with SparkContext(conf=conf.set("spark.ui.enabled", "false")) as sc:
        sc.setLogLevel("OFF")
        lines = sc.textFile(source, int(parts))
        lines.pipe(command, env=dict(os.environ), checkCode=True).saveAsTextFile(target)


main()
