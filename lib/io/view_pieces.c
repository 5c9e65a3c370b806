/*
 * view_pieces.c - what a document is shown as: its paragraphs and the like.
 *
 * Blocks of a page say what they are.  The paragraphs of other texts are told
 * from their lines: those of a text with a sentence on each line, as
 * split-sentences leaves it, flow together up to a blank line, and a short line
 * by itself before a longer text is a heading.  Nothing of the text is lost:
 * what no block covers is shown as paragraphs, too.
 */
#include "io/view.h"

#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "doc/layout.h"

enum { HEADLINE_MAX = 240, HEADING_MAX = 80 };

struct builder {
	struct desk_view_writer *w;
	struct desk_piece *items;
	size_t count, room;
	size_t at; /* of the text, up to where all is in a piece */
	bool wrapped;
};

static void
add(struct builder *b, struct desk_piece piece)
{
	if (!DESK_RESERVE(b->w->arena, b->items, b->count, b->room)) {
		b->w->failed = true;
		return;
	}
	const char *text = b->w->doc->text.data;
	size_t before = b->count ? b->items[b->count - 1].end : 0, lines = 0;
	for (size_t i = before; i < piece.start && lines < 2; i++)
		lines += text[i] == '\n';
	piece.tight = b->count && lines < 2;
	b->items[b->count++] = piece;
	b->at = piece.end;
}

/* Text that is in no block, up to end. */
static void
add_lines(struct builder *b, size_t end)
{
	struct desk_slice text = desk_slice(b->w->doc->text.data, end);
	struct desk_span span;
	size_t at = b->at;
	while (
	    !b->w->failed && desk_paragraph_next(text, b->wrapped, &at, &span))
		if (span.start < span.end)
			add(b, (struct desk_piece){.start = span.start,
				   .end = span.end,
				   .keep = true});
	b->at = end;
}

static void
add_blocks(struct builder *b)
{
	const struct desk_doc *doc = b->w->doc;
	for (size_t i = 0; i < doc->block_count && !b->w->failed; i++) {
		const struct desk_block *block = &doc->blocks[i];
		if (block->end <= b->at)
			continue;
		if (block->start > b->at)
			add_lines(b, block->start);
		struct desk_piece piece = {.start = block->start,
		    .end = block->end,
		    .kind = block->kind,
		    .level = block->level,
		    .ordered = block->ordered,
		    .keep = block->keep,
		    .reason = b->w->options->mark ? block->reason : NULL};
		if (piece.start < b->at)
			piece.start = (uint32_t)b->at;
		if (piece.start < piece.end)
			add(b, piece);
	}
}

/* The splitter knows best where paragraphs are. */
static void
add_paragraphs(struct builder *b)
{
	const struct desk_doc *doc = b->w->doc;
	const struct desk_sent *s = doc->sents;
	for (size_t i = 0, n; i < doc->sent_count && !b->w->failed; i += n) {
		uint32_t start = s[i].start, end = s[i].end;
		for (n = 1; i + n < doc->sent_count &&
			    s[i + n].paragraph == s[i].paragraph;
		     n++)
			if (s[i + n].end > end)
				end = s[i + n].end;
		if (start > b->at)
			add_lines(b, start);
		if (start < b->at)
			start = (uint32_t)b->at;
		if (start < end)
			add(b, (struct desk_piece){
				   .start = start, .end = end, .keep = true});
	}
}

/* -- what lines are ------------------------------------------------------- */

/* Whether text ends as a sentence does, marks behind it or not. */
static bool
ended(const char *s, size_t len)
{
	size_t size;
	while (len) {
		uint32_t c = desk_utf8_before(s, s + len, &size);
		len -= size;
		switch (c) {
		case '.':
		case '!':
		case '?':
		case ':':
		case ';':
		case 0x2026: /* … */
		case 0x3002: /* 。 */
		case 0x061F: /* Arabic question mark */
			return true;
		case '"':
		case '\'':
		case ')':
		case 0x2019:
		case 0x201D:
		case 0xBB:
			continue;
		default:
			return false;
		}
	}
	return false;
}

static bool
piece_ended(const struct builder *b, const struct desk_piece *piece)
{
	return ended(
	    b->w->doc->text.data + piece->start, piece->end - piece->start);
}

/* Whether a sentence ends within a line: a stop, a blank, a capital. */
static bool
holds_more(const char *s, size_t len)
{
	for (size_t i = 0; i + 2 < len; i++)
		if ((s[i] == '.' || s[i] == '?' || s[i] == '!') &&
		    s[i + 1] == ' ' && s[i + 2] >= 'A' && s[i + 2] <= 'Z')
			return true;
	return false;
}

/* Lines without a blank one between are one paragraph where each of them is a
 * sentence, and not where most of them hold several. */
static void
join_sentences(struct builder *b)
{
	size_t tight = 0, several = 0, apart = 0;
	for (size_t i = 0; i < b->count; i++) {
		const struct desk_piece *p = &b->items[i];
		tight += p->tight;
		apart += i && !p->tight;
		several +=
		    p->tight && holds_more(b->w->doc->text.data + p->start,
				    p->end - p->start);
	}
	bool flows = tight && apart && several * 4 <= tight;
	for (size_t i = 1; i < b->count; i++)
		b->items[i].flows = flows && b->items[i].tight &&
				    piece_ended(b, &b->items[i - 1]);
	/* Of lines alone none is closer to the next than the others. */
	for (size_t i = 1; !apart && i < b->count; i++)
		b->items[i].tight = false;
}

/* A short line by itself that is no sentence, before one that is. */
static bool
heads(const struct builder *b, size_t i)
{
	const struct desk_piece *p = &b->items[i], *next = p + 1;
	const char *s = b->w->doc->text.data;
	size_t size, len = p->end - p->start;
	if (p->tight || i + 1 >= b->count || next->tight || len > HEADING_MAX ||
	    next->end - next->start < 2 * len)
		return false;
	return desk_class(desk_utf8_decode(s + p->start, &size)) &
		   (DESK_UPPER | DESK_DIGIT) &&
	       desk_class(desk_utf8_before(s, s + p->end, &size)) & DESK_WORD &&
	       piece_ended(b, next) && !memchr(s + p->start, '\n', len);
}

static void
find_headings(struct builder *b)
{
	for (size_t i = 0; i < b->count; i++)
		if (heads(b, i)) {
			b->items[i].kind = DESK_HEADING;
			b->items[i].level = 1;
		}
}

/* The title stands in the text itself, or nothing else says what it is. */
static bool
has_headline(const struct builder *b)
{
	const struct desk_piece *p = b->items;
	struct desk_slice title = b->w->title;
	if (b->count < 2 || !p->keep || b->w->record->frame.part)
		return false;
	struct desk_slice text =
	    desk_slice(b->w->doc->text.data + p->start, p->end - p->start);
	if (p->kind == DESK_HEADING && p->level == 1)
		return true;
	if (title.len)
		return desk_slice_equal(text, title);
	return text.len <= HEADLINE_MAX &&
	       (p->kind == DESK_HEADING ||
		   (p->kind == DESK_PARAGRAPH && !p[1].tight &&
		       !memchr(text.data, '\n', text.len) &&
		       !piece_ended(b, p)));
}

/* Whether what is known of the text is paragraphs only. */
static bool
plain(const struct builder *b)
{
	for (size_t i = 0; i < b->count; i++)
		if (b->items[i].kind != DESK_PARAGRAPH)
			return false;
	return true;
}

/* Headings below the title count from 1, and none skips a level, folded away or
 * not: those that were dropped stand below the last one kept. */
static void
settle_levels(struct builder *b, size_t from)
{
	uint8_t least = UINT8_MAX, last = 0;
	for (size_t i = from; i < b->count; i++)
		if (b->items[i].kind == DESK_HEADING && b->items[i].keep &&
		    b->items[i].level < least)
			least = b->items[i].level;
	for (size_t i = from; i < b->count; i++) {
		struct desk_piece *p = &b->items[i];
		if (p->kind != DESK_HEADING)
			continue;
		if (!p->keep || p->level - least > last)
			p->level = (uint8_t)(last + 1);
		else
			p->level = (uint8_t)(p->level - least + 1);
		if (p->keep)
			last = p->level;
	}
}

void
desk_view_find_pieces(struct desk_view_writer *w)
{
	const struct desk_doc *doc = w->doc;
	struct builder b = {.w = w, .wrapped = desk_layout_wrapped(doc->text)};
	if (doc->layers & DESK_BLOCKS)
		add_blocks(&b);
	else if (w->options->makes == DESK_SENTS)
		add_paragraphs(&b);
	add_lines(&b, doc->text.len);
	if (w->failed)
		return;
	if (plain(&b)) {
		if (!(doc->layers & DESK_BLOCKS))
			join_sentences(&b);
		if (!doc->page.html.data && !w->options->mark)
			find_headings(&b);
	}
	w->pieces = b.items;
	w->piece_count = b.count;
	w->headline = has_headline(&b);
	settle_levels(&b, w->headline);
}

size_t
desk_view_next(const struct desk_view_writer *w, size_t i)
{
	return i + 1 < w->piece_count ? w->pieces[i + 1].start : SIZE_MAX;
}
