/*
 * quick.c - what the splitter's quick way decides is what the long way does,
 * on random texts and in each language and layout; and the search finds each
 * candidate wherever it begins.
 */
#include "tap.h"

#include <stdint.h>
#include <stdlib.h>

#include "core/memory.h"
#include "core/slice.h"
#include "sentences/decide.h"
#include "sentences/quick.h"
#include "sentences/scan.h"

enum { TEXTS = 30000, PIECES = 60 };

static uint32_t seed = 1;

static uint32_t
below(uint32_t n)
{
	seed = seed * UINT32_C(1664525) + UINT32_C(1013904223);
	return (seed >> 8) % n;
}

/* More of what ends sentences than any text has. */
static const char *const pieces[] = {"word", "Word", "fine", "Dr", "etc", "Inc",
    "p", "I", "i", "ii", "x", "a", "No", "foo", "1", "12", "123", "1999",
    "12345", "Yahoo", "the", "U.S", "a.m", "extraordinarily",
    "internationalisation", "caf\xC3\xA9", "\xD0\x94\xD0\xB0", ".", "!", "?",
    ")", "(", "[", "]", "\"", "'", "\xE2\x80\x99", "\xE2\x80\x9C",
    "\xE2\x80\x9D", "\xE2\x80\xA6", "-", "*", "/", ":", ",", "\xE3\x80\x82",
    "\xC2\xB0", " ", " ", " ", "\n", "\n\n", "\t", "11) ", " 12) ", "1. ",
    " 2. ", "a) ", " b) ", "iii. ", "z. Zt", "s. ", ". The ", ". Word", ".\"\n",
    "? A", " word. ", " Word! "};

static void
random_text(struct desk_buffer *text)
{
	text->len = 0;
	for (uint32_t n = 1 + below(PIECES); n; n--)
		desk_buffer_string(
		    text, pieces[below(sizeof pieces / sizeof *pieces)]);
}

/* How far both ways agree in one text; the sentence begins somewhere. */
static size_t
differing(struct desk_window *w, size_t *quick)
{
	size_t wrong = 0;
	for (size_t at = w->start; at < w->len; at++) {
		struct desk_decision q, d;
		if (!strchr(".!?)", w->text[at]) || !w->text[at] ||
		    !desk_decide_quickly(w, at, &q))
			continue;
		w->gap.to = 0;
		desk_decide(w, at, &d);
		bool splits = desk_rule_splits(q.rule);
		++*quick;
		if (splits == desk_rule_splits(d.rule) && q.end == d.end &&
		    (!splits || (q.rule == d.rule && q.alone == d.alone)))
			continue;
		if (!wrong++)
			printf("# %s to %zu, not %s to %zu, at %zu of '%.*s'\n",
			    desk_rule_name(q.rule), q.end,
			    desk_rule_name(d.rule), d.end, at, (int)w->len,
			    w->text);
	}
	return wrong;
}

static void
test_quick(const char *language, const char *abbreviations, enum desk_wrap wrap)
{
	uint32_t ends[DESK_ENDS] = {0};
	struct desk_arena arena = {0};
	struct desk_own own = {0};
	struct desk_buffer text = {0};
	size_t wrong = 0, quick = 0;
	desk_english_ends(ends);
	desk_own_read(&own, desk_slice(abbreviations, strlen(abbreviations)),
	    &arena, NULL);
	for (int i = 0; i < TEXTS; i++) {
		random_text(&text);
		struct desk_window w = {.text = text.data,
		    .len = text.len,
		    .final = true,
		    .wrap = wrap,
		    .flows = i & 1,
		    .own = &own,
		    .language = desk_language_find(language, strlen(language)),
		    .ends = ends};
		while (w.start < w.len && below(9))
			w.start++;
		while (
		    w.start < w.len && (strchr(" \n\t", text.data[w.start]) ||
					   (text.data[w.start] & 0xC0) == 0x80))
			w.start++;
		w.nest.at = w.start;
		wrong += w.start < w.len ? differing(&w, &quick) : 0;
	}
	is_int(wrong, 0, language);
	ok(quick > TEXTS, "the quick way is gone often");
	desk_buffer_release(&text);
	desk_arena_release(&arena);
}

static void
test_search(void)
{
	struct desk_buffer text = {0};
	size_t wrong = 0, found = 0;
	for (int i = 0; i < TEXTS; i++) {
		struct desk_scan whole = {0};
		random_text(&text);
		/* Byte by byte, so that each look is at the text's last. */
		for (size_t at = 0; at < text.len;) {
			struct desk_scan fresh = {0};
			size_t next =
			    desk_candidate(&whole, text.data, text.len, at);
			size_t slow = at;
			while (slow < text.len && slow < next + 4 &&
			       desk_candidate(&fresh, text.data,
				   slow + 3 < text.len ? slow + 3 : text.len,
				   slow) != slow)
				slow++;
			wrong += slow != next;
			found += next < text.len;
			at = below(8) ? next + 1 : at + below(9) + 1;
		}
	}
	is_int(wrong, 0, "a block holds the candidates that its bytes do");
	ok(found > TEXTS, "there are some");
	desk_buffer_release(&text);
}

int
main(void)
{
	test_quick("en", "", DESK_WRAP_NO);
	test_quick("en", "", DESK_WRAP_YES);
	test_quick("en", "", DESK_WRAP_AUTO);
	test_quick("en", "foo\nword\n", DESK_WRAP_NO);
	test_quick("de", "", DESK_WRAP_NO);
	test_quick("fr", "", DESK_WRAP_YES);
	test_quick("xx", "", DESK_WRAP_NO);
	test_search();
	return done();
}
