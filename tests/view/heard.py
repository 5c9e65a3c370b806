"""heard.py CHROMIUM PAGE...: whether pages can be read by ear and by keyboard.

What is judged is the accessibility tree, from which screen readers speak, of the
page in Chromium; what it has to say is told from the page's own elements.  Each
function is a promise of copydesk(7) and yields what is against it.
"""
import os
import re
import sys
import tempfile
import xml.etree.ElementTree as tree

from check import BLOCKS, classes, fold
from devtools import Browser

# Roles that are spoken where they begin or end, and may be within a text.
STRUCTURE = {"paragraph", "heading", "list", "listitem", "blockquote", "table",
             "row", "cell", "group", "DisclosureTriangle"}
QUIET = {"StaticText", "InlineTextBox", "LineBreak", "ListMarker", "generic",
         "link", "emphasis", "strong", "code"}
LANDMARKS = ("banner", "navigation", "main", "region", "complementary", "form",
             "search", "contentinfo")
QUOTED = r"Quotation (\d+), (direct|mixed|indirect|scare)(?:, by (.+))?"


class Page:
    def __init__(self, browser, path):
        self.browser, self.path = browser, path
        self.root = tree.parse(path).getroot()
        self.articles = self.root.findall(".//article")
        browser.open(path)
        self.tree = browser.tree()
        self.heard = list(self.tree.root.all())

        # The key, the text, the quotations and the names of each part.
        self.parts = []
        for i, e in enumerate(e for e in self.root.iter("div") if "part" in classes(e)):
            self.parts.append({name: self.thing(".part", i, "> ." + name)
                               for child in e for name in classes(child)})

    def thing(self, selector, number, within=""):
        """What is heard of an element."""
        script = "document.querySelectorAll(%r)[%d]" % (selector, number)
        if within:
            script += ".querySelector(%r)" % (":scope " + within)
        return self.tree.by_backend[self.browser.backend(script)]


def written(e):
    """What is to be heard of an element of the text: its words, a reason or a
    figure before them; of what is folded away the summary."""
    parts = [e.get(name) + " " for name in ("data-why", "data-n")
             if e.get(name) and "ref" not in classes(e)]
    parts.append(e.text or "")
    for child in e:
        if e.tag != "details" or child.tag == "summary":
            parts.append(written(child))
        parts.append(child.tail or "")
    text = "".join(parts)
    return " %s " % text if e.tag in BLOCKS else text


def spoken(thing):
    """What is heard of it, apart from references and the signs of lists."""
    if thing.role == "StaticText":
        return thing.name
    if thing.role == "ListMarker" or \
            thing.role == "link" and re.fullmatch(QUOTED, thing.name):
        return ""
    text = "".join(spoken(child) for child in thing.children)
    return " %s " % text if thing.role in STRUCTURE else text


def the_page_has_a_title_and_landmarks(page):
    if not page.tree.root.name:
        yield "no title"
    found = [t.role for t in page.heard if t.role in LANDMARKS]
    several = len(page.articles) > 1
    if found != ["banner"] + ["navigation"] * several + ["main", "contentinfo"]:
        yield "landmarks: %s" % found
    if several and next(page.tree.root.all("navigation")).name != "Contents":
        yield "the contents have no name"


def documents_have_the_names_of_their_headlines(page):
    names = [t.name for t in page.heard if t.role == "article"]
    heads = [fold("".join(a.find("header/h2").itertext())) for a in page.articles]
    if names != heads:
        yield "articles: %s" % names


def headings_go_down_by_steps_of_one(page):
    level = 0
    for t in page.tree.root.all("heading"):
        if not t.name:
            yield "a heading without words"
        if t.told["level"] > level + 1:
            yield "%s: level %d below %d" % (t.name, t.told["level"], level)
        level = t.told["level"]
    if [t.told["level"] for t in page.tree.root.all("heading")].count(1) != 1:
        yield "not one heading of the page"


def the_text_is_heard_as_it_is_written(page):
    """No word is cut, no label is between; and nothing is announced on the way
    but paragraphs, headings, lists, tables, links and emphasis."""
    texts = [e for e in page.root.iter("div") if "text" in classes(e)]
    for i, e in enumerate(texts):
        thing = page.thing(".text", i)
        want, got = fold(written(e)), fold(spoken(thing))
        if want != got:
            at = len(os.path.commonprefix([want, got]))
            near = slice(max(0, at - 20), at + 20)
            yield "heard: %r, not %r" % (got[near], want[near])
        roles = {t.role for t in thing.all()} - STRUCTURE - QUIET
        if roles:
            yield "announced within the text: %s" % roles


def headlines_are_heard_as_they_are_written(page):
    for i, a in enumerate(page.articles):
        want = fold("".join(a.find("header/h2").itertext()))
        if fold(spoken(page.thing("article h2", i))) != want:
            yield "headline: %s" % want


def all_that_takes_the_focus_has_a_name(page):
    for t in page.heard:
        if t.told.get("focusable") and t.role != "RootWebArea" and \
                not re.search(r"\w", t.name):
            yield "%s without a name: %r" % (t.role, t.name)


def quotations_say_by_whom_they_are(page):
    """The link behind each says of which kind it is and who said it; it is
    listed under that name, and from there a link leads back."""
    for part in page.parts:
        behind = [re.fullmatch(QUOTED, t.name) for t in part["text"].all("link")]
        behind = {m[1]: (m[2], m[3] or "Nobody named") for m in behind if m}
        speaker, left = "", 0
        for t in part["said"].all("heading", "listitem") if "said" in part else []:
            if t.role == "heading":
                if left:
                    yield "%s: fewer are listed" % speaker
                if t.told["level"] == 4:
                    speaker, left = re.fullmatch(r"(.*) (\d+) quotations?", t.name).groups()
                    left = int(left)
                continue
            left -= 1
            how = re.search(r"(direct|mixed|indirect|scare)(, .*)?, (\d+) in the text$",
                            fold(spoken(t)))
            links = [link.name for link in t.all("link")]
            if links != ["Quotation %s in the text" % how[3]] * bool(how):
                yield "links back: %s" % links
            if how:
                kind, name = behind.pop(how[3], ("none", "none"))
                if kind != how[1] or name[:20] != speaker[:20]:
                    yield "quotation %s: %s, %s, not %s" % (how[3], kind, name, speaker)
        if left or behind:
            yield "not listed: %s" % behind


def lists_say_what_is_marked_and_how_often(page):
    for part in page.parts:
        heads = {}
        for t in part["names"].all("heading", "listitem") if "names" in part else []:
            if t.role == "heading" and t.told["level"] == 4:
                label, count = re.fullmatch(r"(.*) (\d+) mentions?", t.name).groups()
                heads[label] = [int(count), 0]
            elif t.role == "listitem":
                heads[label][1] += int(fold(spoken(t)).rsplit(" ", 1)[1])
        for label, (said, sum_of) in heads.items():
            if said != sum_of:
                yield "%s: %d mentions, listed with %d" % (label, said, sum_of)
        if "said" in part:
            for t in part["said"].all("listitem"):
                kind = re.search(r"(direct|mixed|indirect|scare)(, .*)?$", fold(spoken(t)))[1]
                heads.setdefault(kind + " quotations", [0, 0])[0] += 1
        key = [t.name for t in part["key"].all("link")] if "key" in part else []
        if sorted(key) != sorted("%s %d" % (k, v[0]) for k, v in heads.items()):
            yield "the key says %s" % key
        if heads and not next(part["key"].all("list")).name:
            yield "the key has no name"


def what_was_dropped_is_folded_away(page):
    for t in page.tree.root.all("DisclosureTriangle"):
        if t.told.get("expanded") or not re.match(r"\d+ blocks? dropped\b", t.name):
            yield "%s: %s" % (t.name, t.told)


def lists_without_signs_are_lists_to_voiceover(page):
    for tag in page.browser.ask("""
            [...document.querySelectorAll("ul, ol")].filter(e =>
                getComputedStyle(e).listStyleType === "none" &&
                e.getAttribute("role") !== "list").map(e => e.outerHTML.slice(0, 40))"""):
        yield tag


def words_are_in_the_language_that_they_are_said_to_be_in(page):
    """Those of a document in its own, ours in English."""
    for bad in page.browser.ask("""
            [...document.querySelectorAll("article")].flatMap(a => {
                const lang = e => e.closest("[lang]").lang.replace(/^en\\b.*/i, "en");
                const wrong = (want, within, what) => [...within.querySelectorAll(what)]
                    .filter(e => lang(e) !== want)
                    .map(e => what + " in " + lang(e) + ", not in " + want);
                const own = lang(a.querySelector(".text")), all = [];
                all.push(...wrong(own, a, "h2, .text p, .said blockquote, .how .cue, .names li"));
                all.push(...wrong(own, document, `nav a[href="#${a.id}"]`));
                all.push(...wrong("en", a, ".key, .ref, summary, h3[id], h4 .n, .how > a"));
                return all;
            })"""):
        yield bad


def the_keyboard_goes_where_the_ear_does(page):
    """From link to link in the order in which they are heard, the one that
    skips to the text first; what is folded away opens."""
    browser = page.browser
    want = [t.backend for t in page.heard if t.told.get("focusable") and t.role != "RootWebArea"]
    got = []
    while len(got) <= len(want):
        browser.press("Tab", 9)
        if browser.ask("document.activeElement === document.body"):
            break
        got.append(browser.backend("document.activeElement"))
        if len(got) == 1:
            seen = browser.ask("document.activeElement.getBoundingClientRect().top >= 0")
            if not seen or browser.ask("document.activeElement.hash") != "#text":
                yield "nothing that skips to the text"
    if got != want:
        at = len(os.path.commonprefix([got, want]))
        yield "the order is another from number %d of %d on" % (at + 1, len(want))
    browser.ask("document.querySelector('.skip').focus()")
    browser.press("Enter", 13)
    browser.press("Tab", 9)
    if len(want) > 1 and not browser.ask(
            "!!document.activeElement.closest('main') || !document.querySelector('main a')"):
        yield "the text is not skipped to"
    if browser.ask("!!document.querySelector('summary')"):
        browser.ask("document.querySelector('summary').focus()")
        browser.press("Enter", 13)
        if not browser.ask("document.querySelector('details').open"):
            yield "what is folded away does not open"


def fingers_find_what_they_are_to_touch(page):
    """At 360 pixels: 24 pixels by 24, or nothing else so near (WCAG 2.5.8); what
    stands within a line of text is as high."""
    for bad in page.browser.ask("""(() => {
            const of = e => { const r = e.getBoundingClientRect(); return {
                e, w: r.width, h: r.height, x: r.x + r.width / 2, y: r.y + r.height / 2}; };
            const all = [...document.querySelectorAll("a[href]:not(.skip), summary")]
                .filter(e => e.checkVisibility()).map(of);
            const small = t => t.w < 24 || t.h < 24;
            const near = (t, o) => small(o) ? Math.hypot(t.x - o.x, t.y - o.y) < 24
                : Math.hypot(Math.max(0, Math.abs(t.x - o.x) - o.w / 2),
                    Math.max(0, Math.abs(t.y - o.y) - o.h / 2)) < 12;
            return all.filter(t => t.e.matches(".ref") ? t.h < 24
                : small(t) && !t.e.closest(".text p, .text li, .text td, h2") &&
                    all.some(o => o !== t && near(t, o))).map(t => t.e.outerHTML.slice(0, 80));
        })()"""):
        yield bad


def nothing_hangs_on_colour(page):
    """Where the system forces its own colours, kinds of quotations and names
    still have lines of their own."""
    page.browser.media(forced_colors="active")
    for line in page.browser.ask("""(() => {
            const lines = {}, bad = [];
            for (const e of document.querySelectorAll(".text .q, .text .e")) {
                const s = getComputedStyle(e);
                const line = s.borderBottomStyle + " " + s.borderBottomWidth;
                if (/^none| 0px/.test(line))
                    bad.push(e.className + ": no line");
                lines[e.className] = line;
            }
            const kinds = Object.keys(lines).filter(c => c.startsWith("q "));
            if (new Set(kinds.map(c => lines[c])).size < kinds.length)
                bad.push("kinds alike: " + JSON.stringify(lines));
            return bad;
        })()"""):
        yield line
    page.browser.media()


def paper_is_light(page):
    colours = """["--ink", "--soft", "--link", "--per"].map(name =>
        getComputedStyle(document.documentElement).getPropertyValue(name)).join()"""
    page.browser.media(prefers_color_scheme="light")
    light = page.browser.ask(colours)
    page.browser.media(prefers_color_scheme="dark")
    dark = page.browser.ask(colours)
    page.browser.media("print", prefers_color_scheme="dark")
    if light == dark or page.browser.ask(colours) != light:
        yield "printed in the colours of a dark screen"
    page.browser.media()


def colours_have_contrast(page):
    """Each that the style names for words or lines, on each ground that may be
    behind it, in light and in dark."""
    def light(colour):
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [c / 12.92 if c <= .04045 else ((c + .055) / 1.055) ** 2.4 for c in parts]
        return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2]

    style = page.root.find("head/style").text
    schemes = re.findall(r":root \{(.*?)\}", style, re.S)
    if len(schemes) != 2:
        yield "not both light and dark"
    for scheme in schemes:
        colour = dict(re.findall(r"--([\w-]+): (#\w{6});", scheme))
        grounds = {"ink": "paper wash said", "soft": "paper wash", "link": "paper wash said",
                   "said-line": "paper said"}
        for name in colour:
            if name.endswith("-bg"):
                grounds["ink"] += " " + name
                grounds[name[:-3]] = "paper wash said " + name
        for name, behind in grounds.items():
            for ground in behind.split():
                pair = sorted([light(colour[name]), light(colour[ground])])
                ratio = (pair[1] + .05) / (pair[0] + .05)
                if ratio < (3 if name.endswith("line") else 4.5):
                    yield "%s on %s: %.2f" % (name, ground, ratio)


PROMISES = [
    the_page_has_a_title_and_landmarks, documents_have_the_names_of_their_headlines,
    headings_go_down_by_steps_of_one, headlines_are_heard_as_they_are_written,
    the_text_is_heard_as_it_is_written, all_that_takes_the_focus_has_a_name,
    quotations_say_by_whom_they_are, lists_say_what_is_marked_and_how_often,
    what_was_dropped_is_folded_away, lists_without_signs_are_lists_to_voiceover,
    words_are_in_the_language_that_they_are_said_to_be_in,
    fingers_find_what_they_are_to_touch, nothing_hangs_on_colour, paper_is_light,
    colours_have_contrast, the_keyboard_goes_where_the_ear_does]


def main():
    bad = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile, \
            Browser(sys.argv[1], profile) as browser:
        for path in sys.argv[2:]:
            page = Page(browser, path)
            for promise in PROMISES:
                try:
                    wrong = list(promise(page))
                except (AttributeError, LookupError, NameError, TypeError, ValueError) as e:
                    wrong = ["%s: %s" % (type(e).__name__, e)]
                for what in wrong[:5]:
                    print("%s: not so: %s: %s" % (
                        os.path.basename(path), promise.__name__.replace("_", " "), what))
                    bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
