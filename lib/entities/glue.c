/*
 * glue.c - cuts words that lost the blank between them.
 *
 * A capitalised word is looked at when no list knows it and the document has
 * it at most twice.  It is cut when its head is a name for itself, because the
 * document has it in mid-sentence or a list knows it, and its tail is a common
 * word.  Capitals that go on in small letters ("SRIhas") are cut by their tail
 * alone.  The longest head is taken.
 */
#include "entities/glue.h"

#include <string.h>

#include "core/error.h"
#include "core/unicode.h"
#include "entities/lists.h"

enum {
	HEAD_MIN = 3,	/* of a name that the document has */
	LISTED_MIN = 5, /* of a name that only a list has */
	TAIL_MIN = 2,
	SMALL = 2,
	COMMON_MIN = 4, /* of a tail that no list of small words has */
	TAIL_MAX = 12,
	WHOLE_MAX = 40,
	FREQUENT = 2
};

struct cutter {
	const struct desk_context *context;
	const struct desk_knowledge *knowledge;
	const struct desk_lexeme *lexemes;
	bool second; /* a capitalised word stands before the one at hand */
};

static bool
has_cluster(const struct cutter *c, const char *s, size_t len)
{
	return desk_knowledge_has(c->knowledge, s, len);
}

static const struct desk_fact *
fact_of(const struct cutter *c, const char *s, size_t len)
{
	return desk_context_find(c->context, desk_word_key(s, len));
}

/* Whether letters of a tail make a common word. */
static bool
common(const struct cutter *c, const char *s, size_t len)
{
	if (desk_word_bits(s, len) & WORD_GLUE)
		return true;
	const struct desk_fact *fact = fact_of(c, s, len);
	if (len > TAIL_MIN && fact && fact->lower)
		return true;
	return len >= COMMON_MIN && has_cluster(c, s, len);
}

static bool
is_name(const struct cutter *c, const char *s, size_t len, bool small)
{
	const struct desk_fact *fact = fact_of(c, s, len);
	if (len >= HEAD_MIN && fact && fact->mid > fact->lower)
		return true;
	if (len < LISTED_MIN)
		return false;
	uint32_t bits = desk_word_bits(s, len);
	uint16_t clusters[3];
	return bits & WORD_CALENDAR ||
	       (small && (bits & (WORD_PLACE | WORD_FAMILY) ||
			     desk_knowledge_word(
				 c->knowledge, desk_word_key(s, len)) ||
			     desk_knowledge_clusters(
				 c->knowledge, s, len, clusters)));
}

/* How many bytes of a word are capitals, if it is capitals first and then
 * small letters. */
static size_t
capitals(const char *s, size_t len)
{
	size_t n = 0;
	while (n < len && s[n] >= 'A' && s[n] <= 'Z')
		n++;
	for (size_t i = n; i < len; i++)
		if (s[i] < 'a' || s[i] > 'z')
			return 0;
	return n;
}

/* Whether a small word of two letters stands before a name ("itPutin"); longer
 * ones are cut off as tokens are made. */
static bool
small_before(const struct cutter *c, const char *s, size_t len)
{
	if (len < SMALL + HEAD_MIN || s[0] < 'a' || s[0] > 'z' || s[1] < 'a' ||
	    s[1] > 'z' || capitals(s + SMALL, len - SMALL) != 1 ||
	    !(desk_word_bits(s, SMALL) & WORD_FUNCTION))
		return false;
	const struct desk_fact *fact = fact_of(c, s + SMALL, len - SMALL);
	return fact && fact->mid > FREQUENT && fact->mid > fact->lower;
}

/* Where a word is to be cut, or 0. */
static size_t
cut_of(const struct cutter *c, const char *s, size_t len)
{
	if (small_before(c, s, len))
		return SMALL;
	size_t upper = capitals(s, len);
	if (upper > 2 && upper < len && len - upper >= TAIL_MIN &&
	    common(c, s + upper, len - upper))
		return upper;
	for (size_t n = TAIL_MIN; n <= TAIL_MAX && n + HEAD_MIN <= len; n++) {
		const char *tail = s + len - n;
		if (*tail < 'a' || *tail > 'z')
			return 0;
		bool small = desk_word_bits(tail, n) & WORD_GLUE && n > 2;
		if (common(c, tail, n) && is_name(c, s, len - n, small))
			return len - n;
	}
	return 0;
}

static bool
suspect(const struct cutter *c, const struct desk_segment *seg, size_t i)
{
	const struct desk_token *t = &seg->tokens[i];
	const char *s = seg->text.data + t->start;
	size_t len = t->end - t->start;
	if (small_before(c, s, len))
		return true;
	if (t->shape != DESK_SHAPE_CAP || len < HEAD_MIN + TAIL_MIN ||
	    len > WHOLE_MAX || s[len - 1] < 'a' || s[len - 1] > 'z')
		return false;
	const struct desk_lexeme *x = &c->lexemes[seg->words[i].form];
	if (x->known & 1 || x->listed & ~LISTED_MORE ||
	    x->lists.bits & ~(uint32_t)WORD_GLUE)
		return false;
	const struct desk_fact *fact =
	    desk_context_find(c->context, seg->words[i].key);
	return !fact || fact->lower + fact->mid + fact->start <= FREQUENT;
}

/* Makes two tokens of one: the second goes to a place of its own. */
static void
split(const struct desk_segment *seg, size_t i, size_t at, size_t behind)
{
	struct desk_token *t = &seg->tokens[i], *t2 = &seg->tokens[behind];
	struct desk_word *w = &seg->words[i], *w2 = &seg->words[behind];
	const char *s = seg->text.data;
	bool name = s[t->start + at] >= 'A' && s[t->start + at] <= 'Z';
	*t2 = (struct desk_token){t->start + (uint32_t)at, t->end,
	    name ? DESK_SHAPE_CAP : DESK_SHAPE_LOWER, 0};
	t->end = t2->start;
	*w2 = (struct desk_word){.bits = name ? WORD_CAP : 0};
	if (at > 1 && capitals(s + t->start, at) == at) {
		t->shape = DESK_SHAPE_UPPER;
		w->bits |= w->bits & WORD_SHOUT ? 0 : WORD_UPPER;
	}
}

/* Room for more tokens in both arrays. */
static bool
reserve(struct desk_segment *seg, size_t more)
{
	size_t room = seg->count + more, old = seg->count;
	if (room > seg->token_room) {
		struct desk_token *tokens = desk_arena_grow(seg->arena,
		    seg->tokens, seg->token_room * sizeof *tokens,
		    room * sizeof *tokens);
		if (!tokens)
			return false;
		seg->tokens = tokens;
		seg->token_room = room;
	}
	if (room > seg->word_room) {
		struct desk_word *words = desk_arena_grow(seg->arena,
		    seg->words, old * sizeof *words, room * sizeof *words);
		if (!words)
			return false;
		seg->words = words;
		seg->word_room = room;
	}
	return true;
}

/* One place to cut. */
struct cut {
	uint32_t token, at;
};

int
desk_glue_cut(struct desk_segment *seg, const struct desk_context *context,
    const struct desk_knowledge *knowledge, const struct desk_lexeme *lexemes,
    struct desk_error *error)
{
	struct cutter c = {context, knowledge, lexemes, false};
	struct cut *cuts = NULL;
	size_t count = 0, room = 0;
	if (!knowledge->has_clusters)
		return 0;
	for (size_t i = 0; i < seg->count; i++) {
		const struct desk_token *t = &seg->tokens[i];
		if (!suspect(&c, seg, i))
			continue;
		c.second = i && t->spaced && t[-1].shape == DESK_SHAPE_CAP &&
			   !(seg->words[i].bits & WORD_START);
		size_t at =
		    cut_of(&c, seg->text.data + t->start, t->end - t->start);
		if (!at)
			continue;
		if (!DESK_RESERVE(seg->arena, cuts, count, room))
			return desk_fail_memory(error);
		cuts[count++] = (struct cut){(uint32_t)i, (uint32_t)at};
	}
	if (count && !reserve(seg, count))
		return desk_fail_memory(error);
	/* From the end, so that each token moves once. */
	size_t to = seg->count + count, i = seg->count;
	seg->count = to;
	for (size_t k = count; k; k--) {
		while (i > cuts[k - 1].token + 1u) {
			seg->tokens[--to] = seg->tokens[--i];
			seg->words[to] = seg->words[i];
		}
		size_t second = --to;
		i--;
		seg->tokens[--to] = seg->tokens[i];
		seg->words[to] = seg->words[i];
		split(seg, to, cuts[k - 1].at, second);
	}
	return 0;
}
