/*
 * sentences.c - splitting a stream of text into sentences.
 *
 * One pass goes from candidate to candidate (see decide.h) and from line end
 * to line end.  What is undecided stays with the caller; what was learnt of it
 * stays here, as offsets from its start: how far it was read, where its open
 * sentence began, what came before that one.
 *
 * Until the layout is known, only what is the same in every layout goes out:
 * reading stops at the first line end that could be a blank.
 */
#include "copydesk.h"

#include <string.h>

#include "core/error.h"
#include "core/memory.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "doc/doc.h"
#include "doc/layout.h"
#include "sentences/decide.h"
#include "sentences/hold.h"
#include "sentences/quick.h"
#include "sentences/scan.h"

/* What came before a sentence. */
enum border { SAME_LINE, NEXT_LINE, HARD_LINE, BLANK_LINE };

struct desk_splitter {
	enum desk_wrap wrap; /* as asked for */
	struct desk_own own;
	uint32_t ends[DESK_ENDS];
	struct desk_arena arena;
	const struct desk_language *language; /* NULL: to be told */
	bool keep_quotes, explain;

	/* The document so far.  Offsets count in its undecided rest. */
	struct desk_layout layout;
	struct desk_window window;
	struct desk_guess guess;
	struct desk_hold hold;
	struct desk_buffer refusals; /* steps of the open sentence */
	size_t layout_at;	     /* what the layout was told from */
	size_t guess_at;	     /* and the language */
	size_t scan;		     /* read so far */
	bool open;		     /* a sentence is, from window.start on */
	bool joined;		     /* and goes over a line end */
	bool stalled;		     /* till the layout is known */
	bool lines;		     /* it is known that lines are paragraphs */
	enum border border;
	uint32_t paragraph;

	/* Columns of the line being read, up to a place; of the blanks behind
	 * it; and of the line before. */
	uint32_t column, blanks, before;
	size_t column_at;
};

/* The sentences found in one call. */
struct found {
	struct desk_doc *doc;
	struct desk_sent *sents;
	struct desk_step *steps;
	size_t count, room, step_count, step_room;
	bool failed;
};

static void
reset(struct desk_splitter *s)
{
	memset(&s->layout, 0, sizeof s->layout);
	memset(&s->window, 0, sizeof s->window);
	s->layout.wrap = s->wrap;
	memset(&s->guess, 0, sizeof s->guess);
	memset(&s->hold, 0, sizeof s->hold);
	s->refusals.len = 0;
	s->layout_at = s->guess_at = s->scan = s->column_at = 0;
	s->open = s->joined = s->stalled = s->lines = false;
	s->border = BLANK_LINE;
	s->paragraph = s->column = s->blanks = s->before = 0;
}

static int
set_language(struct desk_splitter *s, const char *tag, struct desk_error *error)
{
	if (!tag || !strcmp(tag, "auto"))
		return 0;
	s->language = desk_language_find(tag, strlen(tag));
	return s->language ? 0
			   : desk_fail(error, DESK_EUSAGE,
				 "--lang: no language: '%.20s'", tag);
}

struct desk_splitter *
desk_splitter_new(
    const struct desk_sentences_options *options, struct desk_error *error)
{
	struct desk_splitter *s = desk_calloc(1, sizeof *s);
	if (!s) {
		desk_fail_memory(error);
		return NULL;
	}
	if (options) {
		s->wrap = options->wrap;
		s->keep_quotes = options->keep_quotes;
		s->explain = options->explain;
		if (set_language(s, options->lang, error)) {
			desk_splitter_free(s);
			return NULL;
		}
		if (desk_own_read(
			&s->own, options->abbreviations, &s->arena, error)) {
			desk_splitter_free(s);
			return NULL;
		}
	}
	desk_english_ends(s->ends);
	reset(s);
	return s;
}

void
desk_splitter_free(struct desk_splitter *s)
{
	if (!s)
		return;
	desk_buffer_release(&s->refusals);
	desk_arena_release(&s->arena);
	desk_free(s);
}

/* Columns matter only where lines are or may be wrapped at a known width. */
static bool
counts_columns(const struct desk_splitter *s)
{
	return s->wrap == DESK_WRAP_AUTO && s->layout.wrap != DESK_WRAP_NO;
}

static void
count_columns(struct desk_splitter *s, size_t to)
{
	if (!counts_columns(s) || to <= s->column_at)
		return;
	s->column += (uint32_t)desk_utf8_count(
	    s->window.text + s->column_at, to - s->column_at);
	s->column_at = to;
}

static void
end_columns(struct desk_splitter *s, size_t next)
{
	if (s->column)
		s->before = s->column;
	s->column = s->blanks = 0;
	s->column_at = next;
}

/* Whether the line before ended on purpose: the word here had fitted it. */
static bool
is_hard(struct desk_splitter *s, size_t at)
{
	struct desk_window *w = &s->window;
	uint32_t columns = s->before + 1;
	for (size_t size; columns <= s->layout.limit; columns++, at += size) {
		uint32_t c = desk_peek(w, at, &size);
		if (c == DESK_PEEK_END || desk_class(c) & DESK_SPACE)
			return true;
	}
	return false;
}

/* Notes why the sentence goes on at a place. */
static void
refuse(struct desk_splitter *s, size_t end, enum desk_rule rule)
{
	struct desk_step v = {(uint32_t)end, false, desk_rule_name(rule)};
	if (s->explain)
		desk_buffer_append(&s->refusals, &v, sizeof v);
}

/* Gives out the steps of a sentence, the last being why it ended. */
static void
give_steps(
    struct desk_splitter *s, struct found *f, size_t end, enum desk_rule rule)
{
	struct desk_step v = {(uint32_t)end, true, desk_rule_name(rule)};
	desk_buffer_append(&s->refusals, &v, sizeof v);
	for (size_t at = 0; at < s->refusals.len; at += sizeof v) {
		memcpy(&v, s->refusals.data + at, sizeof v);
		if (!DESK_RESERVE(&f->doc->arena, f->steps, f->step_count,
			f->step_room)) {
			f->failed = true;
			return;
		}
		f->steps[f->step_count++] = v;
	}
	f->failed |= s->refusals.failed;
	s->refusals.len = 0;
}

/* The language as far as the text up to a place tells it.  It is
 * read in the same steps however the text comes: up to each candidate, up to
 * the end of each sentence, and from the begin of the next. */
static void
guess_language(struct desk_splitter *s, size_t at)
{
	if (s->language || s->guess.sure || at <= s->guess_at)
		return;
	desk_guess_read(
	    &s->guess, s->window.text + s->guess_at, at - s->guess_at);
	s->guess_at = at;
	s->window.language = desk_guess_best(&s->guess);
}

/* Gives out the open sentence.  alone: its line holds no other after it. */
static void
emit(struct desk_splitter *s, struct found *f, size_t end, bool alone,
    enum desk_rule rule)
{
	bool paragraph = s->border == BLANK_LINE;
	if (s->layout.wrap != DESK_WRAP_YES) {
		s->lines |= !alone;
		paragraph |= s->border != SAME_LINE && s->lines;
	} else {
		paragraph |= s->border == HARD_LINE && s->layout.tight;
	}
	s->paragraph += paragraph;
	s->open = false;
	s->border = SAME_LINE;
	guess_language(s, end);
	count_columns(s, end);
	if (!DESK_RESERVE(&f->doc->arena, f->sents, f->count, f->room)) {
		f->failed = true;
		return;
	}
	f->sents[f->count++] = (struct desk_sent){
	    (uint32_t)s->window.start, (uint32_t)end, s->paragraph};
	if (s->explain)
		give_steps(s, f, end, rule);
}

/* Skips to the next sentence and opens it; false where there is none yet. */
static bool
open_sentence(struct desk_splitter *s)
{
	struct desk_window *w = &s->window;
	size_t size;
	for (; s->scan < w->len; s->scan += size) {
		uint32_t c = desk_peek(w, s->scan, &size);
		if (c == '\n') {
			s->border =
			    s->border >= NEXT_LINE ? BLANK_LINE : NEXT_LINE;
			end_columns(s, s->scan + 1);
		} else if (c == ' ' || desk_class_of(c) & DESK_SPACE) {
			s->blanks++;
			s->column_at = s->scan + size;
		} else {
			break;
		}
	}
	if (s->scan == w->len)
		return false;
	if (s->border == NEXT_LINE && s->layout.wrap == DESK_WRAP_AUTO) {
		s->stalled = true;
		return false;
	}
	if (s->border == NEXT_LINE && s->layout.wrap == DESK_WRAP_YES) {
		w->hungry = false;
		bool hard = is_hard(s, s->scan);
		if (w->hungry)
			return false;
		if (hard)
			s->border = HARD_LINE;
	}
	s->column += s->blanks;
	s->blanks = 0;
	s->column_at = s->scan;
	w->start = s->scan;
	if (s->guess_at < w->start)
		s->guess_at = w->start;
	w->nest = (struct desk_nest){.at = w->start};
	s->hold.at = w->start;
	s->hold.closer = 0;
	s->open = true;
	s->joined = false;
	return true;
}

/* A line all in capitals is a heading where the next one is not; the first
 * line of a text without blank lines may be its title. */
static bool
is_heading(struct desk_splitter *s, size_t at, size_t next)
{
	struct desk_window *w = &s->window;
	struct desk_token word;
	size_t words = 0;
	if (s->joined || s->border == SAME_LINE)
		return false;
	desk_token_at(w, next, &word);
	if (!s->paragraph && s->layout.tight && desk_ends_title(w, at, &word))
		return true;
	if (word.count < 2 || word.shout || !word.letters)
		return false;
	for (size_t i = at; i > w->start; i--) {
		unsigned char c = (unsigned char)w->text[i - 1];
		if (c >= 0x80 || desk_ascii_classes[c] & DESK_LOWER ||
		    at - i > DESK_LAYOUT_LONG)
			return false;
		words += c == ' ';
	}
	return words > 0;
}

/* The line end joins: on to the next line. */
static void
join_line(struct desk_splitter *s, size_t at, size_t next)
{
	refuse(s, at, DESK_RULE_FLOWED);
	end_columns(s, at + 1);
	s->joined = true;
	s->scan = next;
}

/* At a line end inside an open sentence; false where more must be known. */
static bool
end_line(struct desk_splitter *s, struct found *f, size_t at)
{
	struct desk_window *w = &s->window;
	size_t start = w->start, end = at;
	guess_language(s, at);
	desk_trim(w->text, &start, &end);
	w->hungry = w->layout = false;
	struct desk_gap gap = desk_gap_at(w, at);
	bool over = gap.over;
	if (w->hungry && s->layout.wrap == DESK_WRAP_NO)
		return false;
	if (!over && s->layout.wrap != DESK_WRAP_NO) {
		s->stalled = w->layout;
		if (w->hungry || w->layout)
			return false;
		count_columns(s, end);
		uint32_t column = s->column, before = s->before;
		s->before = column;
		over =
		    !desk_lone_mark(w, gap.to) &&
		    (is_hard(s, gap.to) || is_heading(s, at, gap.to) ||
			(s->layout.tight && desk_parts_lines(w, end, gap.to)));
		s->before = before;
		if (w->hungry)
			return false;
	}
	if (over) {
		emit(s, f, end, true, DESK_RULE_LINE);
		s->scan = at;
	} else {
		join_line(s, end, gap.to);
		s->column_at = at + 1;
	}
	return true;
}

/* At a mark inside an open sentence. */
static bool
end_sentence(struct desk_splitter *s, struct found *f, size_t at)
{
	struct desk_window *w = &s->window;
	guess_language(s, at);
	struct desk_decision d;
	w->hungry = w->layout = false;
	if (!desk_decide_quickly(w, at, &d))
		desk_decide(w, at, &d);
	if (d.rule == DESK_RULE_HUNGRY)
		return false;
	s->stalled = d.rule == DESK_RULE_LAYOUT;
	if (s->stalled)
		return false;
	bool splits = desk_rule_splits(d.rule);
	if (splits && s->keep_quotes && !d.alone) {
		bool held = desk_is_held(w, &s->hold, d.end);
		s->stalled = w->layout && !w->hungry;
		if (w->hungry || w->layout)
			return false;
		if (held) {
			splits = false;
			d.rule = DESK_RULE_QUOTED;
			/* An item would have ended before its marker. */
			if (d.end <= at)
				d.end = at + desk_sign_at(w, at).size;
		}
	}
	s->scan = d.end;
	if (splits)
		emit(s, f, d.end, d.alone, d.rule);
	else if (desk_is_end(w, at))
		refuse(s, d.end, d.rule);
	return true;
}

static void
split(struct desk_splitter *s, struct found *f)
{
	struct desk_window *w = &s->window;
	struct desk_scan scan = {0};
	while (!f->failed && !s->stalled) {
		if (!s->open && !open_sentence(s))
			break;
		s->scan = desk_candidate(&scan, w->text, w->len, s->scan);
		if (s->scan == w->len)
			break;
		if (w->text[s->scan] == '\n' ? !end_line(s, f, s->scan)
					     : !end_sentence(s, f, s->scan))
			break;
	}
	if (w->final && s->open && !f->failed) {
		size_t start = w->start, end = w->len;
		desk_trim(w->text, &start, &end);
		emit(s, f, end, true, DESK_RULE_LINE);
	}
}

/* The caller drops what is decided: offsets move. */
static size_t
rebase(struct desk_splitter *s)
{
	struct desk_window *w = &s->window;
	size_t drop = s->open ? w->start : s->scan;
	s->scan -= drop;
	s->layout_at -= drop;
	s->column_at = s->column_at > drop ? s->column_at - drop : 0;
	s->guess_at = s->guess_at > drop ? s->guess_at - drop : 0;
	if (w->nest.at > drop) {
		w->nest.at -= drop;
		w->nest.opened -= drop < w->nest.opened ? drop : w->nest.opened;
	} else {
		w->nest = (struct desk_nest){0};
	}
	if (w->gap.to > drop && w->gap_at >= drop) {
		w->gap_at -= drop;
		w->gap.to -= drop;
	} else {
		w->gap.to = 0;
	}
	desk_hold_rebase(&s->hold, drop);
	for (size_t at = 0; at < s->refusals.len;
	     at += sizeof(struct desk_step)) {
		struct desk_step v;
		memcpy(&v, s->refusals.data + at, sizeof v);
		v.end -= (uint32_t)drop;
		memcpy(s->refusals.data + at, &v, sizeof v);
	}
	w->start = 0;
	return drop;
}

int
desk_splitter_annotate(struct desk_splitter *s, struct desk_doc *doc,
    bool final, size_t *consumed, struct desk_error *error)
{
	struct desk_window *w = &s->window;
	struct found found = {.doc = doc};
	w->text = doc->text.data;
	w->len = doc->text.len;
	w->final = final;
	w->own = &s->own;
	w->ends = s->ends;
	w->flows = s->wrap == DESK_WRAP_AUTO;
	w->language = s->language ? s->language : desk_guess_best(&s->guess);
	if (!s->layout.wrap) {
		struct desk_slice fresh = {
		    w->text + s->layout_at, w->len - s->layout_at};
		desk_layout_read(&s->layout, fresh, final);
	}
	s->layout_at = w->len;
	if (w->wrap != s->layout.wrap) {
		w->wrap = s->layout.wrap;
		w->gap.to = 0;
		s->stalled = false;
	}
	split(s, &found);
	if (found.failed)
		return desk_fail_memory(error);
	*consumed = w->len;
	if (final)
		reset(s);
	else
		*consumed = rebase(s);
	desk_doc_set_sents(doc, found.sents, found.count);
	doc->steps = found.steps;
	doc->step_count = found.step_count;
	return 0;
}
