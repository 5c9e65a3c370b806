/*
 * features.c - describes the tokens of a text.
 *
 * Each feature is a template's number and a value, hashed to 32 bits.  Most
 * come from one word in one role (the token itself, the one before, the
 * nearest one in lower case to the left); what they add up to is kept with the
 * form of the word.  Others join two words, or come from the line, from lists,
 * from the run of capitalised words, or from the rest of the document
 * (mentions.c).
 */
#include "entities/features.h"

#include <string.h>

#include "entities/lists.h"

/* Each role has this many templates; the others come behind them. */
enum { ROLE = 24, FAR = 8 };

enum template {
	EXACT,
	LOWER,
	SHAPE,
	BRIEF,
	PREFIX,		      /* five of them */
	SUFFIX = PREFIX + 5,  /* five */
	CLUSTER = SUFFIX + 5, /* three */
	BITS = CLUSTER + 3,
	LISTED,
	KNOWN,
	PAIR = ROLES * ROLE,
	FLAGS = PAIR + 24,
	PHRASE = FLAGS + 4,
	NAME,
	RUN = NAME + 1,
	BAG = RUN + 20
};

_Static_assert(BAG + 4 < 250, "templates of mentions begin at 250");

static inline void
put(struct desk_feature_list *l, unsigned template, uint64_t value)
{
	l->features[l->count++] = desk_feature(template, value);
}

static void
put_bits(struct desk_feature_list *l, unsigned template, uint32_t bits)
{
	for (; bits; bits &= bits - 1)
		put(l, template, (unsigned)__builtin_ctz(bits));
}

/* Of the bits of lists, those that are features. */
static uint32_t
bits_of(const struct desk_lexeme *x)
{
	return x->lists.bits & ~(uint32_t)0x7F;
}

/* What only the token itself says: how it is written. */
static void
put_form(struct desk_feature_list *l, const struct desk_lexeme *x,
    const struct desk_affixes *affixes)
{
	put(l, EXACT, x->exact);
	put(l, KNOWN, x->known * 256u + x->brief);
	for (unsigned k = 0; k < affixes->prefix_count; k++)
		put(l, PREFIX + k, affixes->prefix[k]);
	for (unsigned k = 0; k < affixes->suffix_count; k++)
		if (k != 2)
			put(l, SUFFIX + k, affixes->suffix[k]);
	put_bits(l, LISTED, x->listed & ~(uint32_t)LISTED_MORE);
}

void
desk_put_word(struct desk_feature_list *l, enum desk_role role,
    const struct desk_lexemes *lexemes, uint32_t number)
{
	const struct desk_lexeme *x = &lexemes->items[number];
	const struct desk_affixes *affixes = &lexemes->affixes[number];
	unsigned base = role * ROLE;
	if (role >= ROLES) {
		base = BAG + 2 * (role == ROLE_BAG_BEHIND);
		put(l, base, x->lower);
		put(l, base + 1, x->clusters[1]);
		return;
	}
	put(l, base + LOWER, x->lower);
	if (x->known & 1)
		put(l, base + CLUSTER + 1, x->clusters[1]);
	if (role >= ROLE_LEFT)
		return;
	put(l, base + BRIEF, x->brief);
	if (x->known & 1) {
		put(l, base + CLUSTER, x->clusters[0]);
		put(l, base + CLUSTER + 2, x->clusters[2]);
	}
	put_bits(l, base + BITS, bits_of(x));
	if (role >= ROLE_SECOND_BEFORE)
		return;
	put(l, base + SHAPE, affixes->shape);
	if (affixes->suffix_count > 2)
		put(l, base + SUFFIX + 2, affixes->suffix[2]);
	if (role == ROLE_HERE)
		put_form(l, x, affixes);
}

void
desk_roles_find(const struct desk_describer *d, size_t from, size_t to,
    size_t i, uint32_t roles[ROLES])
{
	const struct desk_token *t = d->segment.tokens;
	const struct desk_word *w = d->segment.words;
	roles[ROLE_HERE] = w[i].form;
	roles[ROLE_BEFORE] = i > from ? w[i - 1].form : 0;
	roles[ROLE_AFTER] = i + 1 < to ? w[i + 1].form : 0;
	roles[ROLE_SECOND_BEFORE] = i > from + 1 ? w[i - 2].form : 0;
	roles[ROLE_SECOND_AFTER] = i + 2 < to ? w[i + 2].form : 0;
	roles[ROLE_LEFT] = roles[ROLE_RIGHT] = UINT32_MAX;
	for (size_t n = 1; n <= FAR && i >= from + n; n++)
		if (t[i - n].shape == DESK_SHAPE_LOWER) {
			roles[ROLE_LEFT] = w[i - n].form;
			break;
		}
	for (size_t n = 1; n <= FAR && i + n < to; n++)
		if (t[i + n].shape == DESK_SHAPE_LOWER) {
			roles[ROLE_RIGHT] = w[i + n].form;
			break;
		}
}

static inline uint64_t
both(uint64_t a, uint64_t b)
{
	return (a + 1) * UINT64_C(0x9FB21C651E98DF25) ^ b;
}

/* Of the templates from PAIR on: those of words, then the same with shapes and
 * clusters. */
static void
put_words(struct desk_feature_list *l, const struct desk_lexeme *items,
    const uint32_t roles[ROLES])
{
	uint64_t b2 = items[roles[ROLE_SECOND_BEFORE]].lower,
		 b = items[roles[ROLE_BEFORE]].lower,
		 x = items[roles[ROLE_HERE]].lower,
		 a = items[roles[ROLE_AFTER]].lower,
		 a2 = items[roles[ROLE_SECOND_AFTER]].lower;
	put(l, PAIR, both(b, x));
	put(l, PAIR + 1, both(x, a));
	put(l, PAIR + 2, both(b, a));
	put(l, PAIR + 3, both(b2, b));
	put(l, PAIR + 4, both(a, a2));
}

void
desk_put_shapes(
    struct desk_feature_list *l, unsigned of, const uint8_t briefs[3])
{
	uint64_t two = both(briefs[0], briefs[1]), all = both(two, briefs[2]);
	if (of == 1) {
		put(l, PAIR + 5, two);
		put(l, PAIR + 6, both(briefs[1], briefs[2]));
	}
	put(l, of == 0 ? PAIR + 9 : PAIR + 6 + of, all);
}

void
desk_put_cluster(
    struct desk_feature_list *l, bool behind, unsigned other, unsigned own)
{
	put(l, PAIR + 10 + behind,
	    behind ? both(own + 1000u, other) : both(other + 1000u, own));
}

static void
put_mixed(struct desk_feature_list *l, const struct desk_lexeme *items,
    const uint32_t roles[ROLES])
{
	const struct desk_lexeme *b = &items[roles[ROLE_BEFORE]],
				 *x = &items[roles[ROLE_HERE]],
				 *a = &items[roles[ROLE_AFTER]];
	put(l, PAIR + 12, both(b->lower, x->brief));
	put(l, PAIR + 13, both(a->lower, x->brief));
	put(l, PAIR + 14, both(x->lower, b->clusters[1]));
	put(l, PAIR + 15, both(x->lower, a->clusters[1]));
	put(l, PAIR + 16, both(x->clusters[2], b->lower));
	put(l, PAIR + 17, both(x->clusters[2], a->lower));
}

struct desk_looks
desk_looks_of(const struct desk_describer *d, size_t i)
{
	const struct desk_word *word = &d->segment.words[i];
	const struct desk_lexeme *x = &d->lexemes.items[word->form];
	return (struct desk_looks){.brief = x->brief,
	    .known = x->known,
	    .line = word->bits & (WORD_START | WORD_HEADLINE | WORD_SHOUT),
	    .seen = desk_mentions_seen(d, i)};
}

static void
put_flags(struct desk_feature_list *l, const struct desk_looks *looks)
{
	put(l, FLAGS, looks->line);
	put(l, FLAGS + 1,
	    both(looks->line, looks->brief + 256u * looks->known));
}

void
desk_put_looks(struct desk_feature_list *l, const struct desk_looks *looks)
{
	put_flags(l, looks);
	desk_put_seen(l, looks->seen);
}

/* What the lists of the library see: a name of several words. */
static void
put_phrase(const struct desk_describer *d, size_t from, size_t i,
    struct desk_feature_list *l)
{
	const struct desk_word *words = d->segment.words;
	enum { BACK = 5 };
	for (size_t n = 0; n <= BACK && i >= from + n; n++) {
		const struct desk_word *w = &words[i - n];
		if (!w->phrase || w->phrase_len <= n)
			continue;
		unsigned place =
		    n ? n + 1u < w->phrase_len ? 2 : 3 : w->phrase_len > 1;
		put(l, PHRASE, w->phrase * 8u + place);
		return;
	}
}

/* The runs that a connector ("of", "and") joins to a run. */
static void
put_joined(const struct desk_describer *d, size_t from, size_t to, size_t first,
    size_t last, struct desk_feature_list *l)
{
	const struct desk_segment *seg = &d->segment;
	const struct desk_word *w = seg->words;
	const struct desk_lexeme *items = d->lexemes.items;
	size_t begin, end;
	if (first > from + 1 && w[first - 1].bits & WORD_CONNECTOR &&
	    w[first - 2].bits & WORD_CAP) {
		uint64_t word = items[w[first - 2].form].lower;
		desk_run_of(seg, from, to, first - 2, &begin, &end);
		put(l, RUN + 3, both(items[w[first - 1].form].lower, word));
		put(l, RUN + 4, items[w[begin].form].lower);
		put(l, RUN + 5, word);
	}
	if (last + 1 < to && w[last].bits & WORD_CONNECTOR &&
	    w[last + 1].bits & WORD_CAP) {
		desk_run_of(seg, from, to, last + 1, &begin, &end);
		put(l, RUN + 6,
		    both(items[w[last].form].lower,
			items[w[last - 1].form].lower));
		put(l, RUN + 7, items[w[end - 1].form].lower);
	}
}

/* Content words near the run that a token belongs to. */
static void
put_bag(const struct desk_describer *d, size_t from, size_t to, size_t i,
    struct desk_feature_list *l)
{
	size_t bag[DESK_BAG], behind,
	    n = desk_bag_of(&d->segment, from, to, i, bag, &behind);
	for (size_t k = 0; k < n; k++)
		desk_put_word(l, k < behind ? ROLE_BAG_BEHIND : ROLE_BAG_BEFORE,
		    &d->lexemes, d->segment.words[bag[k]].form);
}

/* What the run of capitalised words says that a token belongs to. */
static void
put_run(const struct desk_describer *d, size_t from, size_t to, size_t i,
    struct desk_feature_list *l)
{
	const struct desk_word *w = d->segment.words;
	const struct desk_lexeme *items = d->lexemes.items;
	size_t first, last;
	if (!(w[i].bits & WORD_CAP) || w[i].bits & (WORD_HEADLINE | WORD_SHOUT))
		return;
	desk_run_of(&d->segment, from, to, i, &first, &last);
	size_t place = i - first, left = last - 1 - i;
	bool more = last - first > 1;
	const struct desk_lexeme *a = &items[w[first].form],
				 *z = &items[w[last - 1].form];
	put(l, RUN, (place > 3 ? 3 : place) * 4 + (left > 3 ? 3 : left));
	put(l, RUN + 8,
	    both(more, first > from ? items[w[first - 1].form].lower : 0));
	put(l, RUN + 9, both(more, last < to ? items[w[last].form].lower : 0));
	put_joined(d, from, to, first, last, l);
	if (!more)
		return;
	put(l, RUN + 1, both(!place, a->lower));
	put(l, RUN + 2, both(!left, z->lower));
	put(l, RUN + 10, both(!place, a->clusters[1]));
	put(l, RUN + 11, both(!left, z->clusters[1]));
	put_bits(l, RUN + 12, bits_of(z));
	put_bits(l, RUN + 13, bits_of(a));
}

static void
put_names(const struct desk_describer *d, size_t from, size_t i,
    struct desk_feature_list *l)
{
	put_phrase(d, from, i, l);
	for (uint32_t k = d->listed[i]; k; k &= k - 1)
		put(l, NAME, (unsigned)__builtin_ctz(k) * 16u + d->places[i]);
}

void
desk_put_rest(struct desk_feature_list *l, const struct desk_describer *d,
    size_t from, size_t to, size_t i, const uint32_t roles[ROLES])
{
	put_words(l, d->lexemes.items, roles);
	put_mixed(l, d->lexemes.items, roles);
	put_names(d, from, i, l);
	put_run(d, from, to, i, l);
	desk_put_mentions(l, d, i);
}

size_t
desk_describe_token(const struct desk_describer *d, size_t from, size_t to,
    size_t i, uint32_t *features)
{
	const struct desk_lexeme *items = d->lexemes.items;
	uint32_t roles[ROLES];
	struct desk_feature_list l = {features, 0};
	desk_roles_find(d, from, to, i, roles);
	struct desk_looks looks = desk_looks_of(d, i);
	unsigned own = items[roles[ROLE_HERE]].clusters[1];
	const uint8_t briefs[] = {items[roles[ROLE_SECOND_BEFORE]].brief,
	    items[roles[ROLE_BEFORE]].brief, items[roles[ROLE_HERE]].brief,
	    items[roles[ROLE_AFTER]].brief,
	    items[roles[ROLE_SECOND_AFTER]].brief};
	for (unsigned role = 0; role < ROLES; role++)
		if (roles[role] != UINT32_MAX)
			desk_put_word(
			    &l, (enum desk_role)role, &d->lexemes, roles[role]);
	/* The order of a token's features is that of a trainer's sums. */
	put_words(&l, items, roles);
	desk_put_shapes(&l, 1, briefs + 1);
	desk_put_shapes(&l, 2, briefs);
	desk_put_shapes(&l, 0, briefs + 2);
	desk_put_cluster(&l, false, items[roles[ROLE_BEFORE]].clusters[1], own);
	desk_put_cluster(&l, true, items[roles[ROLE_AFTER]].clusters[1], own);
	put_mixed(&l, items, roles);
	put_flags(&l, &looks);
	put_names(d, from, i, &l);
	put_bag(d, from, to, i, &l);
	put_run(d, from, to, i, &l);
	desk_put_seen(&l, looks.seen);
	desk_put_mentions(&l, d, i);
	return l.count;
}
