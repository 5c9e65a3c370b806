"""tab.py KEYS SHELL...: types KEYS into an interactive shell, which prints READY
as its prompt, and prints what it shows until it prints DONE.  For completions."""

import os
import pty
import select
import sys

keys, shell = sys.argv[1], sys.argv[2:]
pid, fd = pty.fork()
if pid == 0:
    os.execvp(shell[0], shell)
shown = b""


def wait_for(mark):
    global shown
    while mark not in shown:
        if not select.select([fd], [], [], 60)[0]:
            sys.exit("nothing more came: %r" % shown)
        try:
            shown += os.read(fd, 4096)
        except OSError:
            sys.exit("the shell ended: %r" % shown)


wait_for(b"READY")
shown = b""
os.write(fd, keys.encode())
wait_for(b"DONE")
os.close(fd)
os.waitpid(pid, 0)
sys.stdout.buffer.write(shown)
