/*
 * transcript.c - lines that begin with a speaker's name and a colon.
 *
 * A name is one to five words with capitals.  A form ("Phone: ...", "Email:
 * ...") looks the same but for one thing: nobody comes again in it.
 */
#include "quotes/transcript.h"

#include "core/lexicon.h"
#include "doc/layout.h"

enum { NAME_BYTES = 48, NAME_WORDS = 5, SPEAKERS = 64 };

static bool
capital(char c)
{
	return (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xC3;
}

/* The length of the name at the start of a line, or 0. */
static size_t
name_length(struct desk_slice text, struct desk_span line)
{
	size_t words = 0, i = line.start;
	while (i < line.end && i < line.start + NAME_BYTES) {
		if (!capital(text.data[i]) || ++words > NAME_WORDS)
			return 0;
		while (i < line.end && text.data[i] != ' ' &&
		       text.data[i] != ':' && text.data[i] != ',')
			i++;
		if (i + 1 >= line.end)
			return 0;
		if (text.data[i] == ':')
			return text.data[i + 1] == ' ' ? i - line.start : 0;
		if (text.data[i] != ' ')
			return 0;
		i++;
	}
	return 0;
}

bool
desk_transcript(struct desk_slice text)
{
	uint32_t known[SPEAKERS];
	size_t count = 0, lines = 0, at = 0;
	bool again = false;
	struct desk_span line;
	/* the first line is the title */
	if (!desk_line_next(text, &at, &line))
		return false;
	while (desk_line_next(text, &at, &line)) {
		size_t n = name_length(text, line);
		if (!n)
			continue;
		uint32_t hash = desk_lexicon_hash(text.data + line.start, n);
		size_t i = 0;
		while (i < count && known[i] != hash)
			i++;
		again |= i < count;
		if (i == count && count < SPEAKERS)
			known[count++] = hash;
		if (++lines >= 3 && count >= 2 && again)
			return true;
	}
	return false;
}

bool
desk_transcript_turn(const struct desk_paragraph *p, struct desk_claim *claim)
{
	struct desk_span line = p->span;
	if (!name_length(p->text, line))
		return false;
	for (size_t i = 1; i < p->item_count && i < 3 * NAME_WORDS; i++) {
		if (p->items[i].sign != ':' || p->items[i].region)
			continue;
		if (i + 1 == p->item_count)
			return false;
		*claim = (struct desk_claim){.part_count = 1,
		    .parts = {{i + 1, p->item_count}},
		    .cue = {i, i + 1},
		    .speaker = {0, i}};
		return true;
	}
	return false;
}
