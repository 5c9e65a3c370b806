/*
 * sentencebreak.c - the splitter against Unicode's SentenceBreakTest.txt, as
 * text of a language without a list.
 *
 * Boundaries are compared by the characters other than white space before
 * them, since only ours leave it out.  We differ from UAX #29 on purpose, and
 * each case in which we do is of one of these classes:
 * - wordless: a sentence has a letter or digit, so a mark that comes before
 *   the first one ends nothing;
 * - joined: a word joiner (U+2060) between all characters is no white space,
 *   and in a quotation or an abbreviation it is a character like another;
 * - marked: a combining mark behind a blank is a character of its own;
 * - glued: a full stop without white space behind it ends nothing.
 * A case in no class is a defect, and so is one more that differs.
 */
#include "tap.h"

#include <stdint.h>
#include <stdlib.h>

#include "copydesk.h"
#include "core/memory.h"
#include "core/unicode.h"
#include "core/utf8.h"

#define SUITE "../shared/eval/conformance/unicode/SentenceBreakTest.txt"

enum { AGREE = 470, CHARACTERS = 62 };

static const struct desk_sentences_options options = {
    .lang = "xx", .wrap = DESK_WRAP_NO};

/* A case: its text, and a bit for each number of characters, white space left
 * out, that are before a boundary. */
struct sample {
	struct desk_buffer text;
	uint32_t characters[CHARACTERS];
	size_t count, solid;
	uint64_t want;
};

static bool
is_space(uint32_t c)
{
	return (desk_class(c) & DESK_SPACE) != 0;
}

/* A line: ÷ or × between code points as hexadecimal numbers.  False: none. */
static bool
read_sample(struct sample *s, const char *line)
{
	static const char boundary[] = "\xC3\xB7";
	s->text.len = s->count = s->solid = 0;
	s->want = 0;
	while (*line && *line != '#' && *line != '\n') {
		char *rest, form[4];
		if (!strncmp(line, boundary, 2))
			s->want |= UINT64_C(1) << s->solid;
		uint32_t c = (uint32_t)strtoul(line, &rest, 16);
		if (rest == line) {
			line++;
			continue;
		}
		line = rest;
		if (s->count == CHARACTERS)
			return false;
		s->characters[s->count++] = c;
		s->solid += !is_space(c);
		desk_buffer_append(&s->text, form, desk_utf8_encode(c, form));
	}
	/* The ends of the text are no news. */
	s->want &= ~(UINT64_C(1) | UINT64_C(1) << s->solid);
	return s->count > 0;
}

/* Where the splitter parts a text. */
static uint64_t
parts_of(struct desk_splitter *splitter, struct desk_doc *doc,
    const struct sample *s)
{
	size_t used, count, at = 0, solid = 0;
	uint64_t got = 0;
	desk_doc_clear(doc);
	if (desk_doc_set_text(doc, s->text.data, s->text.len, NULL) ||
	    desk_splitter_annotate(splitter, doc, true, &used, NULL))
		exit(1);
	const struct desk_sent *sents = desk_doc_sents(doc, &count);
	for (size_t i = 0; i < count; i++) {
		for (size_t size; at < sents[i].end; at += size)
			solid += !is_space(
			    desk_utf8_decode(s->text.data + at, &size));
		got |= UINT64_C(1) << solid;
	}
	return got & ~(UINT64_C(1) | UINT64_C(1) << s->solid);
}

/* The class of a case in which we differ; NULL: it is in none. */
static const char *
class_of(const struct sample *s)
{
	bool word = false, space = false;
	for (size_t i = 0; i < s->count; i++) {
		uint32_t c = s->characters[i];
		if (c == 0x2060)
			return "joined";
		if (space && c == 0x308)
			return "marked";
		space |= is_space(c);
		if ((c == '.' || c == '!') && !word)
			return "wordless";
		word |= (desk_class(c) & DESK_WORD) != 0;
	}
	return space ? NULL : "glued";
}

static void
run(FILE *f)
{
	struct desk_splitter *splitter = desk_splitter_new(&options, NULL);
	struct desk_doc *doc = desk_doc_new();
	struct sample s = {0};
	size_t cases = 0, agree = 0, unknown = 0;
	char line[4096];
	if (!splitter || !doc)
		exit(1);
	while (fgets(line, sizeof line, f)) {
		if (!read_sample(&s, line))
			continue;
		cases++;
		if (parts_of(splitter, doc, &s) == s.want) {
			agree++;
			continue;
		}
		const char *class = class_of(&s);
		unknown += !class;
		printf("# %s: %.*s\n", class ? class : "differs",
		    (int)strcspn(line, "#\n"), line);
	}
	printf("# %zu of %zu cases agree\n", agree, cases);
	ok(cases > 500, "the suite is whole");
	ok(agree >= AGREE, "no more cases differ than are known");
	is_int(unknown, 0, "each case that differs is of a known class");
	desk_buffer_release(&s.text);
	desk_doc_free(doc);
	desk_splitter_free(splitter);
}

int
main(void)
{
	FILE *f = fopen(SUITE, "r");
	if (!f) {
		ok(true, "SentenceBreakTest.txt # SKIP no ../shared");
		return done();
	}
	run(f);
	fclose(f);
	return done();
}
