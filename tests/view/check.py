"""check.py PAGE [WHAT]: whether a page is what copydesk(7) says of it.

A page is HTML and XML at once, so an XML parser tells whether it nests.  Without
WHAT all that holds of every page is checked.  WHAT prints something of it:
text (headline and text of all articles, white space folded), names (label, name,
mentions), quotes (kind, speaker, number), marks (label, text), titles, or an
XPath expression of which the texts are printed.
"""
import re
import sys
import xml.etree.ElementTree as tree

VOID = {"meta", "br"}
BLOCKS = {"article", "aside", "blockquote", "details", "div", "footer", "h1",
          "h2", "h3", "h4", "h5", "h6", "header", "li", "main", "nav", "ol",
          "p", "pre", "section", "summary", "table", "td", "tr", "ul"}
PHRASING = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "summary", "span",
            "q", "a", "em", "strong", "code", "time"}


def classes(element):
    return element.get("class", "").split()


def fold(text):
    return " ".join(text.split())


def text_of(element):
    """Its text; blocks are apart from one another."""
    parts = [element.text or ""]
    for child in element:
        parts.append(text_of(child))
        parts.append(child.tail or "")
    text = "".join(parts)
    return " %s " % text if element.tag in BLOCKS else text


def check(page, root):
    bad = []
    parent = {child: element for element in root.iter() for child in element}
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    if len(ids) != len(set(ids)):
        bad.append("an id stands twice")
    for e in root.iter():
        up, here = [], e
        while here in parent:
            here = parent[here]
            up.append(here)
        above = [u.tag for u in up]
        if e.tag in BLOCKS and PHRASING & set(above):
            bad.append("<%s> inside %s" % (e.tag, above[0]))
        if e.tag == "a" and "a" in above:
            bad.append("a link inside a link")
        if e.tag in ("script", "link", "img", "iframe", "object", "form", "base"):
            bad.append("<%s>" % e.tag)
        for name, value in e.attrib.items():
            if name.startswith("on") or name in ("src", "style", "srcdoc"):
                bad.append("attribute %s" % name)
            if name == "href" and value.startswith("#"):
                if value[1:] not in ids:
                    bad.append("a link to %s, which is not there" % value)
            elif name == "href" and not re.match(r"https?://", value, re.I):
                bad.append("a link to %s" % value)
            if name in ("aria-labelledby",) and value not in ids:
                bad.append("labelled by %s, which is not there" % value)
        if e.tag == "a" and not fold(text_of(e)) and not e.get("aria-label"):
            bad.append("a link without a name")
    for tag in ("h1", "main", "title", "style"):
        if len(list(root.iter(tag))) != 1:
            bad.append("not one <%s>" % tag)
    for a in articles(root):
        head = a.find("header/h2")
        if head is not None and a.get("aria-labelledby") != head.get("id"):
            bad.append("an article without its headline's name")
    first = next(root.find("body").iter("a"))
    if first.get("href") != "#text" or root.find("body/main").get("id") != "text":
        bad.append("nothing that skips to the text")
    level = 0
    for e in root.iter():
        if re.fullmatch("h[1-6]", e.tag):
            if int(e.tag[1]) > level + 1:
                bad.append("<%s> below h%d" % (e.tag, level))
            level = int(e.tag[1])
    style = root.find("head/style").text
    if re.search(r"@import|url\(|expression|</", style):
        bad.append("the style asks for more than itself")
    if re.search(r"animation|transition|scroll-behavior", style):
        bad.append("something moves")
    head = {m.get("http-equiv") or m.get("name"): m.get("content") for m in root.iter("meta")}
    policy = head.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "script-src" in policy:
        bad.append("policy")
    if "width=device-width" not in head.get("viewport", ""):
        bad.append("viewport")
    if not page.startswith("<!DOCTYPE html>\n") or root.get("lang") != "en":
        bad.append("no doctype, or no language")
    if re.search(r"<(?!meta)[a-z0-9]+[^>]*/>", page):
        bad.append("an element that HTML would not close")
    return bad


def articles(root):
    return root.findall(".//article")


def show(root, what):
    if what == "text":
        for a in articles(root):
            head = a.find("header/h2")
            text = [text_of(d) for d in a.iter("div") if "text" in classes(d)]
            # The headline is text of the document where it has marks' place.
            print(fold(text_of(head)) + "\n" + fold(" ".join(text)))
    elif what == "names":
        for aside in root.iter("aside"):
            for section in aside.iter("section"):
                for item in section.iter("li"):
                    name = item.find("a") if item.find("a") is not None else item
                    count = item.find("span").text
                    text = name.text if name is not item else item.text
                    print("%s\t%s\t%s" % (section.find("h4").text.strip(), text.strip(), count))
    elif what == "marks":
        for d in articles(root):
            for m in d.iter("span"):
                if m.get("data-l"):
                    print("%s\t%s" % (m.get("data-l"), fold(text_of(m))))
    elif what == "quotes":
        for section in root.iter("section"):
            if "said" not in classes(section):
                continue
            for block in section.findall("section"):
                for item in block.iter("li"):
                    how = re.match(r"\w*", item.find("p").text)[0]
                    print("%s\t%s\t%s" % (how, block.find("h4").text.strip(), item.get("id")))
    elif what == "titles":
        for a in articles(root):
            print(fold(text_of(a.find("header/h2"))))
    else:
        for e in root.findall(what):
            print(fold(text_of(e)))


def main():
    page = open(sys.argv[1], encoding="utf-8", newline="").read()
    root = tree.fromstring(page)
    if len(sys.argv) > 2:
        show(root, sys.argv[2])
        return 0
    bad = check(page, root)
    for line in bad[:10]:
        print("%s: %s" % (sys.argv[1], line))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
