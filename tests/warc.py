"""Web pages and WARC files for tests: `from warc import *`."""
import gzip
import zlib

LONG = ("The night train from the coast was late again, and the two porters who had "
        "waited since four in the morning sat down on the last of the crates.")
LONGER = ("Nobody had told them that the bridge over the river was closed, that the "
          "drivers had gone home hours ago, or that the crates they were sitting on "
          "belonged to a circus.")


def page(name, more=""):
    """A page of one article, with a menu before it and a line behind."""
    return f"""<!DOCTYPE html>
<html lang="en"><head><title>{name}</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a> <a href="/login">Log in</a></nav>
<article><h1>{name}</h1>
<p>{LONG}</p>
<p>{LONGER}</p>
<p>That is what was said of {name}, and nobody who was there that morning has denied it since.</p>
{more}</article>
<footer>© 2024 <a href="/terms">Terms</a></footer></body></html>
""".encode()


def record(kind, body, name="1", content="application/http; msgtype=response",
           length=None, end=b"\r\n\r\n", version="1.0"):
    head = (f"WARC/{version}\r\nWARC-Type: {kind}\r\n"
            f"WARC-Record-ID: <urn:uuid:{name}>\r\n"
            f"WARC-Target-URI: http://example.org/{name}\r\n"
            f"WARC-Date: 2024-05-06T07:08:09Z\r\nContent-Type: {content}\r\n"
            f"Content-Length: {len(body) if length is None else length}\r\n\r\n")
    return head.encode() + body + end


def response(name, body=None, status="200 OK", content="text/html; charset=utf-8",
             more="", **rest):
    body = page(name) if body is None else body
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content}\r\n{more}\r\n"
    return record("response", head.encode() + body, name, **rest)


def chunked(body, size=900):
    parts = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"


def crawl():
    """A crawl as it comes: info, requests, images, errors, and four pages."""
    yield record("warcinfo", b"software: none\r\n", "info", "application/warc-fields")
    yield record("request", b"GET /a HTTP/1.1\r\n\r\n", "ra", "application/http; msgtype=request")
    yield response("a")
    yield record("metadata", b"fetchTimeMs: 3\r\n", "ma", "application/warc-fields")
    yield response("gone", status="404 Not Found")
    yield response("image", b"\x89PNG\r\n\x1a\n", content="image/png")
    yield response("b", version="1.1")
    yield record("revisit", b"", "c")
    yield response("d", content="application/xhtml+xml")
    yield response("moved", b"<p>Moved.", status="301 Moved Permanently")
    yield response("e", content="text/html")
