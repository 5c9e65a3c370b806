/*
 * lexemes.c - what is known of the form of a word for itself.
 *
 * Most words of a text are few and frequent, and what they are depends on
 * nothing else; so forms are looked up once and kept in a table.  When it has
 * grown large, those that came least often go, between segments.
 */
#include "entities/features.h"

#include <string.h>

#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "entities/lists.h"

enum {
	SHAPE_MAX = 32,
	BATCH = 32, /* tokens */
	RUN = 4,
	AFFIX = 5,
	SLOTS_MIN = 1 << 10,
	FORMS_MAX = 1 << 13,		 /* kept from segment to segment */
	FREQUENT = 5 << 10,		 /* of these, when others go */
	ROOM = FORMS_MAX + FORMS_MAX / 2 /* seldom more with those of one */
};

/* The sign for a character in a shape. */
static char
sign_of(uint32_t c)
{
	unsigned class = desk_class(c);
	if (class & DESK_UPPER)
		return 'X';
	if (class & DESK_LETTER)
		return 'x';
	if (class & DESK_DIGIT)
		return '0';
	return c < 0x80 ? (char)c : '?';
}

/* Shapes: "Xxxx" with runs of up to four, and which signs there are at all. */
static void
read_shape(struct desk_lexeme *x, struct desk_affixes *affixes, const char *s,
    size_t len)
{
	char shape[SHAPE_MAX] = "";
	size_t n = 0, run = 0, size;
	uint64_t brief = 0;
	for (size_t at = 0; at < len && n < SHAPE_MAX; at += size) {
		char sign = sign_of(desk_utf8_decode(s + at, &size));
		run = n && shape[n - 1] == sign ? run + 1 : 1;
		if (run == 1)
			brief = brief * 31 + (unsigned char)sign;
		if (run <= RUN)
			shape[n++] = sign;
	}
	affixes->shape = (uint32_t)desk_hash_bytes(shape, n);
	if (n && shape[0] == 'X' && run == n && len > 1)
		brief = len < 5 ? 'U' : 'V';
	x->brief = (uint8_t)(brief ^ brief >> 8);
}

/* Hashes of the first and last characters of a word in lower case. */
static void
read_affixes(struct desk_affixes *x, const char *s, size_t len)
{
	size_t at = 0, size;
	while (x->prefix_count < AFFIX && at < len) {
		(void)desk_utf8_decode(s + at, &size);
		at += size;
		x->prefix[x->prefix_count++] = (uint32_t)desk_hash_bytes(s, at);
	}
	for (at = len; x->suffix_count < AFFIX && at > 0;) {
		(void)desk_utf8_before(s, s + at, &size);
		at -= size;
		x->suffix[x->suffix_count++] =
		    (uint32_t)desk_hash_bytes(s + at, len - at);
	}
}

static void
read_lexeme(struct desk_lexemes *l, const struct desk_segment *segment,
    size_t i, uint64_t exact)
{
	const struct desk_knowledge *knowledge = l->knowledge;
	struct desk_lexeme *x = &l->items[l->count];
	struct desk_affixes *affixes = &l->affixes[l->count];
	const struct desk_token *t = &segment->tokens[i];
	const char *s = segment->text.data + t->start;
	size_t len = t->end - t->start;
	char lower[WORD_LONGEST];
	uint16_t other[3];
	*x = (struct desk_lexeme){.exact = exact, .uses = 1};
	*affixes = (struct desk_affixes){.prefix_count = 0};
	size_t n = len <= WORD_LONGEST / 2
		       ? desk_fold(s, len, lower, sizeof lower)
		       : 0;
	if (n)
		desk_knowledge_ask(
		    knowledge, desk_slice(s, len), desk_slice(lower, n));
	desk_word_look_up(s, len, (enum desk_shape)t->shape, &x->lists);
	desk_knowledge_ask_name(knowledge, desk_name_chain(0, x->lists.key));
	read_shape(x, affixes, s, len);
	x->lower = x->exact;
	if (n) {
		if (desk_knowledge_clusters(knowledge, s, len, x->clusters))
			x->known |= 1;
		if (t->shape < DESK_SHAPE_NUMBER &&
		    desk_knowledge_clusters(knowledge, lower, n, other))
			x->known |= 2;
		for (size_t k = 0; k < n; k++)
			if (lower[k] >= '0' && lower[k] <= '9')
				lower[k] = '0';
		x->lower = desk_hash_bytes(lower, n);
		if (t->shape < DESK_SHAPE_NUMBER)
			read_affixes(affixes, lower, n);
	}
	if (x->lists.key)
		x->listed = desk_knowledge_first(knowledge, x->lists.key);
}

/* Lays out the slots anew. */
static bool
lay_out(struct desk_lexemes *l, size_t size)
{
	if (!l->slots || size != l->mask + 1)
		l->slots = desk_arena_alloc(&l->arena, size * sizeof *l->slots);
	if (!l->slots)
		return false;
	memset(l->slots, 0, size * sizeof *l->slots);
	l->mask = size - 1;
	for (size_t n = 1; n < l->count; n++) {
		size_t at = (size_t)(l->items[n].exact >> 7);
		while (l->slots[at & l->mask])
			at++;
		l->slots[at & l->mask] = (uint32_t)n + 1;
	}
	return true;
}

/* Room for an array that begins with a line of the cache, with what was in it;
 * NULL without memory. */
static void *
move(struct desk_arena *arena, const void *old, size_t old_size, size_t size)
{
	char *fresh = desk_arena_alloc(arena, size + DESK_LINE);
	if (!fresh)
		return NULL;
	fresh += -(uintptr_t)fresh % DESK_LINE;
	if (old)
		memcpy(fresh, old, old_size);
	return fresh;
}

/* Room for so many lexemes and their scores; what is not used of it costs
 * nothing. */
static bool
make_room(struct desk_lexemes *l, size_t room)
{
	size_t each =
	    ROLES_SCORED * (l->crf ? l->crf->width : 0) * sizeof *l->scores;
	struct desk_lexeme *items = move(
	    &l->arena, l->items, l->room * sizeof *items, room * sizeof *items);
	struct desk_affixes *affixes = move(&l->arena, l->affixes,
	    l->room * sizeof *affixes, room * sizeof *affixes);
	int16_t *scores =
	    move(&l->arena, l->scores, l->room * each, room * each);
	if (!items || !affixes || !scores)
		return false;
	l->items = items;
	l->affixes = affixes;
	l->scores = scores;
	l->room = room;
	return true;
}

/* How often a form has to have come, so that not too many are kept. */
static unsigned
least_uses(const struct desk_lexemes *l)
{
	enum { MANY = 16 };
	size_t counts[MANY] = {0}, kept = 0;
	for (size_t n = 1; n < l->count; n++)
		counts[l->items[n].uses < MANY ? l->items[n].uses : MANY - 1]++;
	unsigned least = MANY;
	while (least > 2 && kept + counts[least - 1] <= FREQUENT)
		kept += counts[--least];
	return least;
}

/* Keeps the forms that came often, and counts anew. */
static void
keep_frequent(struct desk_lexemes *l)
{
	unsigned least = least_uses(l);
	size_t to = 1, each = ROLES_SCORED * (l->crf ? l->crf->width : 0);
	for (size_t n = 1; n < l->count; n++) {
		if (l->items[n].uses < least)
			continue;
		l->items[n].uses /= 2;
		if (to < n) {
			l->items[to] = l->items[n];
			l->affixes[to] = l->affixes[n];
			memcpy(l->scores + to * each, l->scores + n * each,
			    each * sizeof *l->scores);
		}
		to++;
	}
	l->count = to;
}

bool
desk_lexemes_renew(struct desk_lexemes *l,
    const struct desk_knowledge *knowledge, const struct desk_crf *crf)
{
	bool same = l->knowledge == knowledge && l->crf == crf && l->slots;
	if (same && l->count <= FORMS_MAX)
		return true;
	if (!same || l->room > ROOM) {
		desk_arena_clear(&l->arena);
		*l = (struct desk_lexemes){
		    .knowledge = knowledge, .crf = crf, .arena = l->arena};
		if (!make_room(l, ROOM) ||
		    (crf &&
			!desk_shortcuts_make(&l->shortcuts, crf, &l->arena)))
			return false;
	}
	if (l->count) {
		keep_frequent(l);
	} else {
		l->items[0] = (struct desk_lexeme){.exact = 1, .lower = 1};
		l->affixes[0] = (struct desk_affixes){.shape = 1};
		l->count = 1;
	}
	return lay_out(l, l->slots ? l->mask + 1 : SLOTS_MIN);
}

/* The number of a token's form; UINT32_MAX without memory. */
static uint32_t
number_of(struct desk_lexemes *l, const struct desk_segment *segment, size_t i,
    uint64_t exact)
{
	size_t at = (size_t)(exact >> 7);
	for (uint32_t n; (n = l->slots[at & l->mask]); at++)
		if (l->items[n - 1].exact == exact) {
			desk_count(&l->items[n - 1].uses, 1);
			return n - 1;
		}
	if (l->count * 2 > l->mask) {
		if (!lay_out(l, (l->mask + 1) * 2))
			return UINT32_MAX;
		at = (size_t)(exact >> 7);
		while (l->slots[at & l->mask])
			at++;
	}
	if (l->count == l->room && !make_room(l, l->room * 2))
		return UINT32_MAX;
	read_lexeme(l, segment, i, exact);
	l->slots[at & l->mask] = (uint32_t)++l->count;
	return (uint32_t)l->count - 1;
}

/* Asks for what will be read of a form: where its number is, then the form. */
static void
ask(const struct desk_lexemes *l, const uint64_t exact[BATCH], size_t count)
{
	for (size_t k = 0; k < count; k++)
		__builtin_prefetch(l->slots + (exact[k] >> 7 & l->mask));
	for (size_t k = 0; k < count; k++) {
		uint32_t n = l->slots[exact[k] >> 7 & l->mask];
		__builtin_prefetch(&l->items[n ? n - 1 : 0].exact);
		__builtin_prefetch(&l->items[n ? n - 1 : 0].lists);
	}
}

bool
desk_lexemes_number(struct desk_lexemes *l, struct desk_segment *segment)
{
	uint64_t exact[BATCH];
	for (size_t from = 0, n; from < segment->count; from += n) {
		const struct desk_token *t = &segment->tokens[from];
		n = segment->count - from;
		n = n < BATCH ? n : BATCH;
		for (size_t k = 0; k < n; k++, t++) {
			size_t len = t->end - t->start;
			/* The shape decides which lists are asked. */
			exact[k] =
			    desk_hash_bytes(segment->text.data + t->start,
				len < 256 ? len : 256) +
			    t->shape;
		}
		ask(l, exact, n);
		for (size_t k = 0; k < n; k++) {
			struct desk_word *word = &segment->words[from + k];
			word->form = number_of(l, segment, from + k, exact[k]);
			if (word->form == UINT32_MAX)
				return false;
			word->key = l->items[word->form].lists.key;
		}
	}
	return true;
}
