/*
 * transcript.c - lines that begin with a speaker's name and a colon.
 *
 * A name is one to five words with capitals.  A form ("Phone: ...", "Email:
 * ...") looks the same but for one thing: nobody comes again in it.  Notes
 * below a report ("Lions: ...", "Bears: ...") do, but far apart.
 */
#include "quotes/transcript.h"

#include <string.h>

#include "core/lexicon.h"
#include "doc/layout.h"

enum { NAME_BYTES = 48, NAME_WORDS = 5, SPEAKERS = 64, GAP_LINES = 5 };

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
	/* a letter's opening names who is to read it */
	if (line.end - i > 5 && (text.data[i] | 32) == 'd' &&
	    (text.data[i + 1] | 32) == 'e' && (text.data[i + 2] | 32) == 'a' &&
	    (text.data[i + 3] | 32) == 'r' && text.data[i + 4] == ' ')
		return 0;
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

static bool
one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

/* Whether a line ends like a sentence. */
static bool
spoken(struct desk_slice text, struct desk_span line)
{
	uint32_t end = line.end;
	while (end > line.start && one_of(text.data[end - 1], " \"')]"))
		end--;
	while (end > line.start + 3 &&
	       (!memcmp(text.data + end - 3, "\xE2\x80\x9D", 3) ||
		   !memcmp(text.data + end - 3, "\xE2\x80\x99", 3)))
		end -= 3;
	if (end > line.start && one_of(text.data[end - 1], ".?!-"))
		return true;
	return end > line.start + 3 &&
	       (!memcmp(text.data + end - 3, "\xE2\x80\xA6", 3) ||
		   !memcmp(text.data + end - 3, "\xE2\x80\x94", 3));
}

/* The length of a mark of quotation at the start of a line. */
static size_t
mark_length(struct desk_slice text, struct desk_span line)
{
	if (line.start < line.end && text.data[line.start] == '"')
		return 1;
	return line.end > line.start + 3 &&
		       !memcmp(text.data + line.start, "\xE2\x80\x9C", 3)
		   ? 3
		   : 0;
}

bool
desk_transcript(struct desk_slice text)
{
	uint32_t known[SPEAKERS];
	size_t count = 0, lines = 0, said = 0, at = 0, gap = 0;
	bool again = false;
	struct desk_span line;
	/* the first line is the title */
	if (!desk_line_next(text, &at, &line))
		return false;
	while (desk_line_next(text, &at, &line)) {
		line.start += (uint32_t)mark_length(text, line);
		size_t n = name_length(text, line);
		if (!n) {
			gap += line.end > line.start;
			continue;
		}
		if (gap > GAP_LINES)
			count = lines = said = 0, again = false;
		gap = 0;
		uint32_t hash = desk_lexicon_hash(text.data + line.start, n);
		size_t i = 0;
		while (i < count && known[i] != hash)
			i++;
		again |= i < count;
		if (i == count && count < SPEAKERS)
			known[count++] = hash;
		said += spoken(text, line);
		if (++lines >= 3 && count >= 2 && again && 2 * said >= lines)
			return true;
	}
	return false;
}

/* White space and marks at the end of a turn go. */
static uint32_t
turn_end(struct desk_slice text, struct desk_span line)
{
	uint32_t end = line.end;
	while (end > line.start && text.data[end - 1] == ' ')
		end--;
	if (end > line.start && text.data[end - 1] == '"')
		return end - 1;
	if (end > line.start + 3 &&
	    !memcmp(text.data + end - 3, "\xE2\x80\x9D", 3))
		return end - 3;
	return end;
}

bool
desk_transcript_turn(
    struct desk_slice text, struct desk_span line, struct desk_turn *turn)
{
	line.start += (uint32_t)mark_length(text, line);
	size_t n = name_length(text, line);
	if (!n)
		return false;
	uint32_t colon = line.start + (uint32_t)n;
	turn->speaker = (struct desk_span){line.start, colon};
	turn->cue = (struct desk_span){colon, colon + 1};
	turn->said = (struct desk_span){colon + 1, turn_end(text, line)};
	while (turn->said.start < turn->said.end &&
	       text.data[turn->said.start] == ' ')
		turn->said.start++;
	return turn->said.start < turn->said.end;
}
