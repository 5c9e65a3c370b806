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

struct list {
	uint32_t *features;
	size_t count;
};

static void
put(struct list *l, unsigned template, uint64_t value)
{
	l->features[l->count++] = desk_feature(template, value);
}

static void
put_bits(struct list *l, unsigned template, uint32_t bits)
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
put_form(struct list *l, const struct desk_lexeme *x)
{
	put(l, EXACT, x->exact);
	put(l, KNOWN, x->known * 256u + x->brief);
	for (unsigned k = 0; k < x->prefix_count; k++)
		put(l, PREFIX + k, x->prefix[k]);
	for (unsigned k = 0; k < x->suffix_count; k++)
		if (k != 2)
			put(l, SUFFIX + k, x->suffix[k]);
	put_bits(l, LISTED, x->listed & ~(uint32_t)LISTED_MORE);
}

/* What a word says in a role. */
static void
put_word(struct list *l, enum desk_role role, const struct desk_lexeme *x)
{
	unsigned base = role * ROLE;
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
	put(l, base + SHAPE, x->shape);
	if (x->suffix_count > 2)
		put(l, base + SUFFIX + 2, x->suffix[2]);
	if (role == ROLE_HERE)
		put_form(l, x);
}

/* The lexemes round a token, in their roles; UINT32_MAX: there is none. */
static void
find_roles(const struct desk_describer *d, size_t from, size_t to, size_t i,
    uint32_t roles[ROLES])
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

static uint64_t
both(uint64_t a, uint64_t b)
{
	return (a + 1) * UINT64_C(0x9FB21C651E98DF25) ^ b;
}

static void
put_pairs(struct list *l, const struct desk_lexeme *items,
    const uint32_t roles[ROLES])
{
	const struct desk_lexeme *b2 = &items[roles[ROLE_SECOND_BEFORE]],
				 *b = &items[roles[ROLE_BEFORE]],
				 *x = &items[roles[ROLE_HERE]],
				 *a = &items[roles[ROLE_AFTER]],
				 *a2 = &items[roles[ROLE_SECOND_AFTER]];
	unsigned t = PAIR;
	put(l, t++, both(b->lower, x->lower));
	put(l, t++, both(x->lower, a->lower));
	put(l, t++, both(b->lower, a->lower));
	put(l, t++, both(b2->lower, b->lower));
	put(l, t++, both(a->lower, a2->lower));
	put(l, t++, both(b->brief, x->brief));
	put(l, t++, both(x->brief, a->brief));
	put(l, t++, both(both(b->brief, x->brief), a->brief));
	put(l, t++, both(both(b2->brief, b->brief), x->brief));
	put(l, t++, both(both(x->brief, a->brief), a2->brief));
	put(l, t++, both(b->clusters[1] + 1000u, x->clusters[1]));
	put(l, t++, both(x->clusters[1] + 1000u, a->clusters[1]));
	put(l, t++, both(b->lower, x->brief));
	put(l, t++, both(a->lower, x->brief));
	put(l, t++, both(x->lower, b->clusters[1]));
	put(l, t++, both(x->lower, a->clusters[1]));
	put(l, t++, both(x->clusters[2], b->lower));
	put(l, t++, both(x->clusters[2], a->lower));
}

/* What the lists of the library see: a name of several words. */
static void
put_phrase(
    const struct desk_describer *d, size_t from, size_t i, struct list *l)
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
    size_t last, struct list *l)
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

/* Content words near a run. */
static void
put_bag(const struct desk_describer *d, size_t from, size_t to, size_t first,
    size_t last, struct list *l)
{
	size_t bag[DESK_BAG], behind,
	    n = desk_run_bag(&d->segment, from, to, first, last, bag, &behind);
	for (size_t k = 0; k < n; k++) {
		const struct desk_lexeme *x =
		    &d->lexemes.items[d->segment.words[bag[k]].form];
		put(l, BAG + 2 * (k < behind), x->lower);
		put(l, BAG + 1 + 2 * (k < behind), x->clusters[1]);
	}
}

/* What the run of capitalised words says that a token belongs to. */
static void
put_run(const struct desk_describer *d, size_t from, size_t to, size_t i,
    struct list *l)
{
	const struct desk_lexeme *items = d->lexemes.items;
	uint32_t bits = d->segment.words[i].bits;
	size_t first, last;
	if (!(bits & WORD_CAP))
		return;
	desk_run_of(&d->segment, from, to, i, &first, &last);
	put_bag(d, from, to, first, last, l);
	if (bits & (WORD_HEADLINE | WORD_SHOUT))
		return;
	size_t place = i - first, left = last - 1 - i;
	bool more = last - first > 1;
	const struct desk_lexeme *a = &items[d->segment.words[first].form],
				 *z = &items[d->segment.words[last - 1].form];
	put(l, RUN, (place > 3 ? 3 : place) * 4 + (left > 3 ? 3 : left));
	put(l, RUN + 8,
	    both(more, first > from
			   ? items[d->segment.words[first - 1].form].lower
			   : 0));
	put(l, RUN + 9,
	    both(more,
		last < to ? items[d->segment.words[last].form].lower : 0));
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

/* All that is not a word in a role. */
static size_t
describe_rest(const struct desk_describer *d, size_t from, size_t to, size_t i,
    const uint32_t roles[ROLES], uint32_t *features)
{
	struct list l = {features, 0};
	const struct desk_lexeme *x = &d->lexemes.items[roles[ROLE_HERE]];
	uint32_t line = d->segment.words[i].bits &
			(WORD_START | WORD_HEADLINE | WORD_SHOUT);
	put_pairs(&l, d->lexemes.items, roles);
	put(&l, FLAGS, line);
	put(&l, FLAGS + 1, both(line, x->brief + 256u * x->known));
	put_phrase(d, from, i, &l);
	for (uint32_t k = d->listed[i]; k; k &= k - 1)
		put(&l, NAME, (unsigned)__builtin_ctz(k) * 16u + d->places[i]);
	put_run(d, from, to, i, &l);
	return desk_mentions_describe(d, i, features, l.count);
}

size_t
desk_describe_token(const struct desk_describer *d, size_t from, size_t to,
    size_t i, uint32_t *features)
{
	uint32_t roles[ROLES];
	struct list l = {features, 0};
	find_roles(d, from, to, i, roles);
	for (unsigned role = 0; role < ROLES; role++)
		if (roles[role] != UINT32_MAX)
			put_word(&l, (enum desk_role)role,
			    &d->lexemes.items[roles[role]]);
	return l.count +
	       describe_rest(d, from, to, i, roles, features + l.count);
}

/* The scores of a word in a role, made when they are first asked for. */
static const int16_t *
scores_of(struct desk_lexemes *lexemes, uint32_t number, enum desk_role role)
{
	const struct desk_crf *crf = lexemes->crf;
	struct desk_lexeme *x = &lexemes->items[number];
	int16_t *scores =
	    lexemes->scores + ((size_t)number * ROLES + role) * crf->width;
	if (!(x->scored >> role & 1)) {
		uint32_t features[DESK_FEATURES_MAX];
		struct list l = {features, 0};
		put_word(&l, role, x);
		memset(scores, 0, crf->width * sizeof *scores);
		desk_crf_add(crf, features, l.count, scores);
		x->scored |= (uint16_t)(1u << role);
	}
	return scores;
}

/* Sums up what words say in their roles; the other features of a token, and
 * asks for what they will be looked up by. */
static size_t
score_roles(struct desk_describer *d, size_t from, size_t to, size_t i,
    int16_t *scores, uint32_t *features)
{
	const struct desk_crf *crf = d->lexemes.crf;
	uint32_t roles[ROLES];
	find_roles(d, from, to, i, roles);
	memset(scores, 0, crf->width * sizeof *scores);
	for (unsigned role = 0; role < ROLES; role++)
		if (roles[role] != UINT32_MAX)
			desk_crf_sum(crf,
			    scores_of(
				&d->lexemes, roles[role], (enum desk_role)role),
			    scores);
	size_t n = describe_rest(d, from, to, i, roles, features);
	for (size_t k = 0; k < n; k++)
		desk_table_ask(&crf->weights, features[k]);
	return n;
}

void
desk_describe_score(
    struct desk_describer *d, size_t from, size_t to, int16_t *scores)
{
	const struct desk_crf *crf = d->lexemes.crf;
	uint32_t features[2][DESK_FEATURES_MAX];
	size_t counts[2];
	for (size_t i = from; i <= to; i++) {
		int16_t *here = scores + (i - from) * crf->width;
		if (i < to)
			counts[i & 1] =
			    score_roles(d, from, to, i, here, features[i & 1]);
		if (i > from)
			desk_crf_add(crf, features[(i - 1) & 1],
			    counts[(i - 1) & 1], here - crf->width);
	}
}
