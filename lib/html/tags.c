/*
 * tags.c - the elements and what they are.
 *
 * Names are looked up by a perfect hash of their first, middle and last byte
 * and their length, in any case.  The multiplier was found by trying: it leaves
 * each name a slot of its own, which the compiler checks (two initializers of
 * one slot are an error).  Which elements are what is after the WHATWG HTML
 * standard: CLOSES_P by its rules for start tags in body, BLOCK by its style
 * sheet, HIDDEN by it and by what is shown only where the element fails.
 */
#include "html/tags.h"

enum {
	BLOCK = DESK_TAG_BLOCK,
	VOID = DESK_TAG_VOID,
	HIDDEN = DESK_TAG_HIDDEN,
	RAW = DESK_TAG_RAW,
	HEADING = DESK_TAG_HEADING,
	IN_HEAD = DESK_TAG_HEAD,
	FOREIGN = DESK_TAG_FOREIGN,
	CLOSES_P = DESK_TAG_CLOSES_P
};

/* Constant, its name, three bytes of the name, its length, flags. */
/* clang-format off */
#define TAGS(TAG) \
	TAG(A, "a", 'a', 'a', 'a', 1, 0) \
	TAG(ABBR, "abbr", 'a', 'b', 'r', 4, 0) \
	TAG(ADDRESS, "address", 'a', 'r', 's', 7, BLOCK | CLOSES_P) \
	TAG(APPLET, "applet", 'a', 'l', 't', 6, HIDDEN) \
	TAG(AREA, "area", 'a', 'e', 'a', 4, VOID) \
	TAG(ARTICLE, "article", 'a', 'i', 'e', 7, BLOCK | CLOSES_P) \
	TAG(ASIDE, "aside", 'a', 'i', 'e', 5, BLOCK | CLOSES_P) \
	TAG(AUDIO, "audio", 'a', 'd', 'o', 5, HIDDEN) \
	TAG(B, "b", 'b', 'b', 'b', 1, 0) \
	TAG(BASE, "base", 'b', 's', 'e', 4, VOID | IN_HEAD) \
	TAG(BIG, "big", 'b', 'i', 'g', 3, 0) \
	TAG(BLOCKQUOTE, "blockquote", 'b', 'q', 'e', 10, BLOCK | CLOSES_P) \
	TAG(BODY, "body", 'b', 'd', 'y', 4, BLOCK) \
	TAG(BR, "br", 'b', 'r', 'r', 2, VOID) \
	TAG(BUTTON, "button", 'b', 't', 'n', 6, 0) \
	TAG(CANVAS, "canvas", 'c', 'v', 's', 6, HIDDEN) \
	TAG(CAPTION, "caption", 'c', 't', 'n', 7, BLOCK) \
	TAG(CENTER, "center", 'c', 't', 'r', 6, BLOCK | CLOSES_P) \
	TAG(CITE, "cite", 'c', 't', 'e', 4, 0) \
	TAG(CODE, "code", 'c', 'd', 'e', 4, 0) \
	TAG(COL, "col", 'c', 'o', 'l', 3, VOID) \
	TAG(COLGROUP, "colgroup", 'c', 'r', 'p', 8, BLOCK) \
	TAG(DD, "dd", 'd', 'd', 'd', 2, BLOCK | CLOSES_P) \
	TAG(DETAILS, "details", 'd', 'a', 's', 7, BLOCK | CLOSES_P) \
	TAG(DIALOG, "dialog", 'd', 'l', 'g', 6, BLOCK | CLOSES_P) \
	TAG(DIR, "dir", 'd', 'i', 'r', 3, BLOCK | CLOSES_P) \
	TAG(DIV, "div", 'd', 'i', 'v', 3, BLOCK | CLOSES_P) \
	TAG(DL, "dl", 'd', 'l', 'l', 2, BLOCK | CLOSES_P) \
	TAG(DT, "dt", 'd', 't', 't', 2, BLOCK | CLOSES_P) \
	TAG(EM, "em", 'e', 'm', 'm', 2, 0) \
	TAG(EMBED, "embed", 'e', 'b', 'd', 5, VOID) \
	TAG(FIELDSET, "fieldset", 'f', 'd', 't', 8, BLOCK | CLOSES_P) \
	TAG(FIGCAPTION, "figcaption", 'f', 'p', 'n', 10, BLOCK | CLOSES_P) \
	TAG(FIGURE, "figure", 'f', 'u', 'e', 6, BLOCK | CLOSES_P) \
	TAG(FONT, "font", 'f', 'n', 't', 4, 0) \
	TAG(FOOTER, "footer", 'f', 't', 'r', 6, BLOCK | CLOSES_P) \
	TAG(FORM, "form", 'f', 'r', 'm', 4, BLOCK | CLOSES_P) \
	TAG(FRAME, "frame", 'f', 'a', 'e', 5, VOID) \
	TAG(FRAMESET, "frameset", 'f', 'e', 't', 8, BLOCK) \
	TAG(H1, "h1", 'h', '1', '1', 2, BLOCK | HEADING | CLOSES_P) \
	TAG(H2, "h2", 'h', '2', '2', 2, BLOCK | HEADING | CLOSES_P) \
	TAG(H3, "h3", 'h', '3', '3', 2, BLOCK | HEADING | CLOSES_P) \
	TAG(H4, "h4", 'h', '4', '4', 2, BLOCK | HEADING | CLOSES_P) \
	TAG(H5, "h5", 'h', '5', '5', 2, BLOCK | HEADING | CLOSES_P) \
	TAG(H6, "h6", 'h', '6', '6', 2, BLOCK | HEADING | CLOSES_P) \
	TAG(HEAD_ELEMENT, "head", 'h', 'a', 'd', 4, BLOCK) \
	TAG(HEADER, "header", 'h', 'd', 'r', 6, BLOCK | CLOSES_P) \
	TAG(HGROUP, "hgroup", 'h', 'o', 'p', 6, BLOCK | CLOSES_P) \
	TAG(HR, "hr", 'h', 'r', 'r', 2, BLOCK | VOID | CLOSES_P) \
	TAG(HTML, "html", 'h', 'm', 'l', 4, BLOCK) \
	TAG(I, "i", 'i', 'i', 'i', 1, 0) \
	TAG(IFRAME, "iframe", 'i', 'a', 'e', 6, HIDDEN | RAW) \
	TAG(IMG, "img", 'i', 'm', 'g', 3, VOID) \
	TAG(INPUT, "input", 'i', 'p', 't', 5, VOID) \
	TAG(LABEL, "label", 'l', 'b', 'l', 5, 0) \
	TAG(LEGEND, "legend", 'l', 'e', 'd', 6, BLOCK) \
	TAG(LI, "li", 'l', 'i', 'i', 2, BLOCK | CLOSES_P) \
	TAG(LINK, "link", 'l', 'n', 'k', 4, VOID | IN_HEAD) \
	TAG(LISTING, "listing", 'l', 't', 'g', 7, BLOCK | CLOSES_P) \
	TAG(MAIN, "main", 'm', 'i', 'n', 4, BLOCK | CLOSES_P) \
	TAG(MARK, "mark", 'm', 'r', 'k', 4, 0) \
	TAG(MATH, "math", 'm', 't', 'h', 4, FOREIGN) \
	TAG(MENU, "menu", 'm', 'n', 'u', 4, BLOCK | CLOSES_P) \
	TAG(META, "meta", 'm', 't', 'a', 4, VOID | IN_HEAD) \
	TAG(NAV, "nav", 'n', 'a', 'v', 3, BLOCK | CLOSES_P) \
	TAG(NOEMBED, "noembed", 'n', 'm', 'd', 7, HIDDEN | RAW) \
	TAG(NOFRAMES, "noframes", 'n', 'a', 's', 8, HIDDEN | RAW | IN_HEAD) \
	TAG(NOSCRIPT, "noscript", 'n', 'r', 't', 8, HIDDEN | RAW | IN_HEAD) \
	TAG(OBJECT, "object", 'o', 'e', 't', 6, HIDDEN) \
	TAG(OL, "ol", 'o', 'l', 'l', 2, BLOCK | CLOSES_P) \
	TAG(OPTGROUP, "optgroup", 'o', 'r', 'p', 8, BLOCK | HIDDEN) \
	TAG(OPTION, "option", 'o', 'i', 'n', 6, BLOCK | HIDDEN) \
	TAG(P, "p", 'p', 'p', 'p', 1, BLOCK | CLOSES_P) \
	TAG(PARAM, "param", 'p', 'r', 'm', 5, VOID) \
	TAG(PICTURE, "picture", 'p', 't', 'e', 7, 0) \
	TAG(PLAINTEXT, "plaintext", 'p', 'n', 't', 9, BLOCK | RAW | CLOSES_P) \
	TAG(PRE, "pre", 'p', 'r', 'e', 3, BLOCK | CLOSES_P) \
	TAG(Q, "q", 'q', 'q', 'q', 1, 0) \
	TAG(RP, "rp", 'r', 'p', 'p', 2, HIDDEN) \
	TAG(RT, "rt", 'r', 't', 't', 2, 0) \
	TAG(RUBY, "ruby", 'r', 'b', 'y', 4, 0) \
	TAG(S, "s", 's', 's', 's', 1, 0) \
	TAG(SCRIPT, "script", 's', 'i', 't', 6, HIDDEN | RAW | IN_HEAD) \
	TAG(SEARCH, "search", 's', 'r', 'h', 6, BLOCK | CLOSES_P) \
	TAG(SECTION, "section", 's', 't', 'n', 7, BLOCK | CLOSES_P) \
	TAG(SELECT, "select", 's', 'e', 't', 6, HIDDEN) \
	TAG(SMALL, "small", 's', 'a', 'l', 5, 0) \
	TAG(SOURCE, "source", 's', 'r', 'e', 6, VOID) \
	TAG(SPAN, "span", 's', 'a', 'n', 4, 0) \
	TAG(STRIKE, "strike", 's', 'i', 'e', 6, 0) \
	TAG(STRONG, "strong", 's', 'o', 'g', 6, 0) \
	TAG(STYLE, "style", 's', 'y', 'e', 5, HIDDEN | RAW | IN_HEAD) \
	TAG(SUB, "sub", 's', 'u', 'b', 3, 0) \
	TAG(SUMMARY, "summary", 's', 'm', 'y', 7, BLOCK | CLOSES_P) \
	TAG(SUP, "sup", 's', 'u', 'p', 3, 0) \
	TAG(SVG, "svg", 's', 'v', 'g', 3, HIDDEN | FOREIGN) \
	TAG(TABLE, "table", 't', 'b', 'e', 5, BLOCK | CLOSES_P) \
	TAG(TBODY, "tbody", 't', 'o', 'y', 5, BLOCK) \
	TAG(TD, "td", 't', 'd', 'd', 2, BLOCK) \
	TAG(TEMPLATE, "template", 't', 'l', 'e', 8, HIDDEN | IN_HEAD) \
	TAG(TEXTAREA, "textarea", 't', 'a', 'a', 8, HIDDEN | RAW) \
	TAG(TFOOT, "tfoot", 't', 'o', 't', 5, BLOCK) \
	TAG(TH, "th", 't', 'h', 'h', 2, BLOCK) \
	TAG(THEAD, "thead", 't', 'e', 'd', 5, BLOCK) \
	TAG(TIME, "time", 't', 'm', 'e', 4, 0) \
	TAG(TITLE, "title", 't', 't', 'e', 5, BLOCK | HIDDEN | RAW | IN_HEAD) \
	TAG(TR, "tr", 't', 'r', 'r', 2, BLOCK) \
	TAG(TRACK, "track", 't', 'a', 'k', 5, VOID) \
	TAG(TT, "tt", 't', 't', 't', 2, 0) \
	TAG(U, "u", 'u', 'u', 'u', 1, 0) \
	TAG(UL, "ul", 'u', 'l', 'l', 2, BLOCK | CLOSES_P) \
	TAG(VAR, "var", 'v', 'a', 'r', 3, 0) \
	TAG(VIDEO, "video", 'v', 'd', 'o', 5, HIDDEN) \
	TAG(WBR, "wbr", 'w', 'b', 'r', 3, VOID) \
	TAG(XMP, "xmp", 'x', 'm', 'p', 3, BLOCK | RAW | CLOSES_P)
/* clang-format on */

#define HASH(first, middle, last, len)                                         \
	((((uint32_t)(first) | (uint32_t)(middle) << 8 |                       \
	      (uint32_t)(last) << 16 | (uint32_t)(len) << 24) *                \
	     UINT32_C(0xB6B49B8D)) >>                                          \
	    23)

#define INFO(tag, name, first, middle, last, len, flags)                       \
	[DESK_TAG_##tag] = {name, flags},
#define SLOT(tag, name, first, middle, last, len, flags)                       \
	[HASH(first, middle, last, len)] = DESK_TAG_##tag,

const struct desk_tag_info desk_tags[DESK_TAG_COUNT] = {
    [DESK_TAG_OTHER] = {"", 0}, TAGS(INFO)};

static const uint8_t slots[512] = {TAGS(SLOT)};

static inline unsigned char
lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

enum desk_tag
desk_tag_find(const char *name, size_t len)
{
	if (!len || len > 10)
		return DESK_TAG_OTHER;
	enum desk_tag tag = slots[HASH(
	    lower(name[0]), lower(name[len / 2]), lower(name[len - 1]), len)];
	if (tag == DESK_TAG_OTHER)
		return tag;
	const char *known = desk_tags[tag].name;
	for (size_t i = 0; i < len; i++)
		if (!known[i] || (unsigned char)known[i] != lower(name[i]))
			return DESK_TAG_OTHER;
	return known[len] ? DESK_TAG_OTHER : tag;
}
