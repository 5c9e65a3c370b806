/*
 * pages.c - where paragraphs begin and end.
 *
 * A line is a paragraph, unless the text has one sentence a line: then a
 * paragraph goes on to the next blank line.
 */
#include "quotes/pages.h"

#include <string.h>

#include "core/error.h"
#include "doc/layout.h"
#include "quotes/transcript.h"

enum { PARAGRAPH_MAX = 64 << 10 };

/* Whether a sentence ends inside the line: then lines are not sentences. */
static bool
several_sentences(struct desk_slice text, struct desk_span line)
{
	if (line.end < line.start + 8)
		return false;
	const char *at = text.data + line.start + 4;
	const char *end = text.data + line.end - 2;
	/* blanks are fewer than letters, and found fast */
	while ((at = memchr(at + 1, ' ', (size_t)(end - at - 1)))) {
		char c = at[-1];
		if ((c != '.' && c != '?' && c != '!') || at[1] < 'A' ||
		    at[1] > 'Z')
			continue;
		bool word = true;
		for (const char *k = at - 5; k < at - 1; k++)
			word &= *k >= 'a' && *k <= 'z';
		if (word)
			return true;
	}
	return false;
}

/* Ends a paragraph that is too long at a blank. */
static uint32_t
cut(struct desk_slice text, struct desk_span span)
{
	if (span.end - span.start <= PARAGRAPH_MAX)
		return span.end;
	uint32_t end = span.start + PARAGRAPH_MAX;
	for (uint32_t i = end; i > span.start + PARAGRAPH_MAX / 2; i--)
		if (text.data[i - 1] == ' ' || text.data[i - 1] == '\n')
			return i;
	while ((text.data[end] & 0xC0) == 0x80)
		end--;
	return end;
}

/* A turn of a transcript that has one sentence a line goes on to a blank line.
 */
static size_t
take_turn(const struct desk_pages *g, struct desk_span *span, size_t at)
{
	struct desk_turn turn;
	struct desk_span line;
	size_t end = at;
	uint32_t stop = span->end;
	if (!desk_transcript_turn(g->text, *span, &turn) ||
	    several_sentences(g->text, *span))
		return at;
	while (desk_line_next(g->text, &at, &line) && line.start < line.end) {
		if (line.end - span->start > PARAGRAPH_MAX ||
		    several_sentences(g->text, line) ||
		    desk_transcript_turn(g->text, line, &turn))
			return end;
		stop = line.end;
	}
	span->end = stop;
	return at;
}

bool
desk_pages_unwrap(
    struct desk_slice *text, struct desk_arena *arena, struct desk_error *error)
{
	struct desk_span line;
	size_t at = 0;
	uint32_t end = 0;
	if (!desk_layout_wrapped(*text))
		return true;
	char *copy = desk_arena_alloc(arena, text->len);
	if (!copy) {
		desk_fail_memory(error);
		return false;
	}
	memcpy(copy, text->data, text->len);
	while (desk_line_next(*text, &at, &line)) {
		if (end && line.start < line.end)
			memset(copy + end, ' ', line.start - end);
		end = line.start < line.end ? line.end : 0;
	}
	text->data = copy;
	return true;
}

bool
desk_pages_next(struct desk_pages *g, struct desk_span *span)
{
	size_t at = g->at;
	struct desk_span line;
	do {
		if (!desk_line_next(g->text, &at, &line))
			return false;
	} while (line.start == line.end);
	*span = line;
	size_t end = g->turns ? take_turn(g, span, at) : at;
	if (!g->turns && line.start >= g->block_end) {
		bool sentences = true;
		size_t next = at;
		while (desk_line_next(g->text, &next, &line) &&
		       line.start < line.end &&
		       line.end - span->start <= PARAGRAPH_MAX) {
			end = next;
			sentences &= !several_sentences(g->text, line);
			span->end = line.end;
		}
		line = *span;
		if (!sentences || several_sentences(g->text, *span)) {
			g->block_end = end;
			end = g->at;
			desk_line_next(g->text, &end, &line);
			while (line.start == line.end)
				desk_line_next(g->text, &end, &line);
			*span = line;
		}
	}
	g->at = end;
	uint32_t stop = cut(g->text, *span);
	if (stop < span->end) {
		span->end = stop;
		g->at = stop;
	}
	return true;
}
