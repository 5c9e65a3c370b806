"""A browser without a window, asked through the pipes of its remote debugging.

Messages are JSON, each with a NUL behind it: ours go to its descriptor 3, its
own come from 4.  What is not an answer is an event, and kept until it is asked for.
"""
import fcntl
import json
import os
import pathlib
import select
import signal
import time

PATIENCE = 60  # seconds for one answer


class Browser:
    def __init__(self, program, profile):
        theirs, self.out = os.pipe()
        self.into, ours = os.pipe()
        # Out of the way of 3 and 4.
        theirs, ours = (fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10)
                        for fd in (theirs, ours))
        args = [program, "--headless", "--no-sandbox", "--disable-gpu",
                "--hide-scrollbars", "--force-renderer-accessibility",
                "--user-data-dir=" + profile, "--remote-debugging-pipe",
                "about:blank"]
        self.pid = os.posix_spawnp(program, args, os.environ, setsid=True, file_actions=[
            (os.POSIX_SPAWN_OPEN, 2, os.path.join(profile, "log"),
             os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
            (os.POSIX_SPAWN_DUP2, theirs, 3), (os.POSIX_SPAWN_DUP2, ours, 4)])
        os.close(theirs)
        os.close(ours)
        self.number, self.rest, self.events, self.session = 0, b"", [], None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.out)
        os.close(self.into)
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)

    def message(self):
        end = time.monotonic() + PATIENCE
        while b"\0" not in self.rest:
            if not select.select([self.into], [], [], max(0, end - time.monotonic()))[0]:
                raise TimeoutError("the browser does not answer")
            more = os.read(self.into, 1 << 16)
            if not more:
                raise EOFError("the browser has ended")
            self.rest += more
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **params):
        self.number += 1
        ask = {"id": self.number, "method": method, "params": params}
        if self.session:
            ask["sessionId"] = self.session
        ask = json.dumps(ask).encode() + b"\0"
        while ask:
            ask = ask[os.write(self.out, ask):]
        while True:
            answer = self.message()
            if answer.get("id") != self.number:
                self.events.append(answer.get("method"))
            elif "error" in answer:
                raise RuntimeError("%s: %s" % (method, answer["error"]["message"]))
            else:
                return answer["result"]

    def open(self, path):
        """Shows a page in a new tab, as wide as a telephone."""
        self.session = None
        tab = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=tab, flatten=True)["sessionId"]
        self.call("Page.enable")
        self.call("Accessibility.enable")
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)
        self.call("Emulation.setDeviceMetricsOverride", width=360, height=800,
                  deviceScaleFactor=1, mobile=True)
        address = pathlib.Path(path).resolve().as_uri()
        self.events.clear()
        self.call("Page.navigate", url=address)
        # The empty page that a tab begins with says that it is loaded, too.
        while True:
            while "Page.loadEventFired" not in self.events:
                self.events.append(self.message().get("method"))
            self.events.clear()
            if self.ask("location.href") == address:
                break
        self.ask("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")

    def ask(self, script):
        """What a script of ours says: the page's policy is for its own."""
        answer = self.call("Runtime.evaluate", expression=script,
                           returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def backend(self, script):
        """The number that a node has in the accessibility tree, too."""
        thing = self.call("Runtime.evaluate", expression=script)["result"]["objectId"]
        return self.call("DOM.describeNode", objectId=thing)["node"]["backendNodeId"]

    def press(self, key, code):
        for kind in ("rawKeyDown", "char", "keyUp") if key == "Enter" else ("rawKeyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                      windowsVirtualKeyCode=code, text="\r" if kind == "char" else "")

    def media(self, kind="", **features):
        self.call("Emulation.setEmulatedMedia", media=kind, features=[
            {"name": name.replace("_", "-"), "value": value}
            for name, value in features.items()])

    def tree(self):
        return Tree(self.call("Accessibility.getFullAXTree")["nodes"])


class Tree:
    """What a screen reader is given: things with a role and a name, in order."""

    def __init__(self, nodes):
        by_id = {node["nodeId"]: node for node in nodes}
        self.by_backend = {}
        self.root = self.take(nodes[0], by_id)

    def take(self, start, by_id):
        root = Thing(start)
        todo = [(root, start)]
        while todo:
            thing, node = todo.pop()
            self.by_backend.setdefault(node.get("backendDOMNodeId"), thing)
            for child in node.get("childIds", []):
                if child in by_id:
                    thing.children.append(Thing(by_id[child]))
                    todo.append((thing.children[-1], by_id[child]))
        return root


class Thing:
    def __init__(self, node):
        value = lambda member: node.get(member, {}).get("value", "")
        self.role = "" if node["ignored"] else value("role")
        self.name = value("name")
        self.told = {p["name"]: p["value"].get("value") for p in node.get("properties", [])}
        self.backend = node.get("backendDOMNodeId")
        self.children = []

    def all(self, *roles):
        """All that is in it, and it, in order; of some roles."""
        todo = [self]
        while todo:
            thing = todo.pop()
            todo.extend(reversed(thing.children))
            if thing.role and (not roles or thing.role in roles):
                yield thing
