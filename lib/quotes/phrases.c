/*
 * phrases.c - noun phrases without a parser.
 *
 * A subject is read leftwards from its verb, or rightwards from an inverted
 * one, over words that can stand in a noun phrase.  Its head is what comes
 * before the first preposition, so that of "a spokesman for the bank" the
 * spokesman remains.
 */
#include "quotes/phrases.h"

enum { REACH = 14, APPOSITION = 40 };

static bool
ends(const char *s, size_t len, const char *tail, size_t n)
{
	if (len < n + 2)
		return false;
	for (size_t i = 0; i < n; i++)
		if (s[len - n + i] != tail[i])
			return false;
	return true;
}

static bool
adverb(const struct desk_paragraph *p, const struct desk_item *i)
{
	return !i->region && (i->word & (DESK_W_ADV | DESK_W_NEG) ||
				 (i->shape == DESK_SHAPE_LOWER &&
				     ends(p->text.data + i->start,
					 i->end - i->start, "ly", 2) &&
				     !i->role));
}

static bool
hyphen(const struct desk_item *i)
{
	return i->sign == '-' && i->shape == DESK_SHAPE_SIGN && !i->spaced;
}

static bool
comma(const struct desk_item *i)
{
	return i->shape == DESK_SHAPE_SIGN && !i->region && i->sign == ',';
}

static bool
verbal(const struct desk_item *i)
{
	return !i->name && !i->region &&
	       (i->word & (DESK_W_AUX | DESK_W_VERB) ||
		   (i->cue & (DESK_C_SAY | DESK_C_LABEL) &&
		       !(i->cue & (DESK_C_NOUN | DESK_C_BASE))));
}

bool
desk_phrase_verb(const struct desk_paragraph *p, struct desk_range r)
{
	for (size_t i = r.a; i < r.b; i++) {
		const struct desk_item *item = &p->items[i];
		if (verbal(item))
			return true;
		if (item->shape == DESK_SHAPE_LOWER && !item->region &&
		    ends(p->text.data + item->start, item->end - item->start,
			"ed", 2))
			return true;
	}
	return false;
}

/* Whether an item can stand inside a noun phrase. */
static bool
nominal(const struct desk_paragraph *p, size_t i)
{
	const struct desk_item *item = &p->items[i];
	if (item->name || item->word & (DESK_W_POSS | DESK_W_TITLE))
		return true;
	if (item->region) /* a nickname or a scare quote */
		return desk_range_words(
			   p, (struct desk_range){i, i + 1}, true) < 4;
	if (item->shape == DESK_SHAPE_SIGN)
		return hyphen(item) || item->sign == '&' || item->sign == '$' ||
		       item->sign == '%' || item->sign == '.' ||
		       (item->sign == '\'' && !item->spaced) ||
		       (unsigned char)item->sign == 0;
	return !verbal(item) &&
	       !(item->word & (DESK_W_CONJ | DESK_W_THAT | DESK_W_REL |
				  DESK_W_PREP | DESK_W_SUB));
}

static bool
opens_phrase(const struct desk_paragraph *p, size_t i)
{
	const struct desk_item *item = &p->items[i];
	return nominal(p, i) && item->shape != DESK_SHAPE_SIGN &&
	       !(item->word & DESK_W_POSS);
}

static bool
both_names(const struct desk_paragraph *p, size_t i, size_t a, size_t b)
{
	return i > a && i + 1 < b && p->items[i].word & DESK_W_CONJ &&
	       p->items[i - 1].name && p->items[i + 1].name;
}

struct desk_range
desk_phrase_first(const struct desk_paragraph *p, struct desk_range within)
{
	struct desk_range none = {within.a, within.a};
	size_t i = within.a;
	while (
	    i < within.b && (comma(&p->items[i]) || hyphen(&p->items[i]) ||
				p->items[i].word & DESK_W_CONJ ||
				(adverb(p, &p->items[i]) && !p->items[i].name)))
		i++;
	if (i == within.b || !opens_phrase(p, i))
		return none;
	if (p->items[i].word & DESK_W_PRON)
		return (struct desk_range){i, i + 1};
	size_t end = i + 1;
	while (end < within.b && end < i + REACH &&
	       ((nominal(p, end) && !(p->items[end].word & DESK_W_PRON)) ||
		   both_names(p, end, i, within.b) ||
		   (p->items[end].ent != DESK_NO_ENT &&
		       p->items[end].ent == p->items[end - 1].ent)))
		end++;
	while (end > i + 1 &&
	       (p->items[end - 1].sign == '.' || hyphen(&p->items[end - 1]) ||
		   p->items[end - 1].word & DESK_W_TIME ||
		   p->items[end - 1].word & DESK_W_DET ||
		   (adverb(p, &p->items[end - 1]) && !p->items[end - 1].name)))
		end--;
	return (struct desk_range){i, end};
}

/* The end of a noun phrase that stands right before item end: from its last
 * determiner or the run of names on. */
static size_t
last_phrase(const struct desk_paragraph *p, size_t a, size_t end)
{
	size_t i = end - 1;
	if (p->items[i].name) {
		for (;;) {
			const struct desk_item *b = &p->items[i] - 1;
			if (i > a && (b->name || b->word & DESK_W_TITLE ||
					 b->role & DESK_R_ROLE))
				i--;
			else if (i > a + 1 && b->word & DESK_W_PREP &&
				 b[-1].role & DESK_R_ROLE && p->items[i].name &&
				 !p->items[i].person)
				i -= 2; /* "secretary of state NAME" */
			else
				break;
		}
		while (i + 1 < end && p->items[i].word & DESK_W_TIME)
			i++;
		return i;
	}
	while (i > a && !(p->items[i].word & (DESK_W_DET | DESK_W_POSS_DET)))
		i--;
	return i;
}

/* The noun phrase that ends before item end; *from: with what hangs on it. */
static struct desk_range
phrase_back(const struct desk_paragraph *p, size_t lo, size_t end, size_t *from)
{
	size_t a = end;
	while (a > lo && end - a < REACH && !desk_item_glued(p, a)) {
		const struct desk_item *i = &p->items[a - 1];
		bool in = nominal(p, a - 1) || i->word & DESK_W_PREP ||
			  both_names(p, a - 1, lo, end) ||
			  (a < end && i->ent != DESK_NO_ENT &&
			      i->ent == p->items[a].ent);
		if (!in || (i->word & DESK_W_PRON) || i->region)
			break;
		a--;
	}
	while (
	    a < end && !opens_phrase(p, a) && !(p->items[a].word & DESK_W_PREP))
		a++;
	*from = a;
	while (a < end && (p->items[a].word & DESK_W_TIME) && !p->items[a].name)
		a++;
	if (a == end)
		return (struct desk_range){end, end};
	size_t person = end;
	while (person > a && p->items[person - 1].person &&
	       p->items[person - 1].ent == p->items[end - 1].ent)
		person--;
	/* "the secretary of state NAME": no preposition stands right before */
	if (person < end && person > a &&
	    !(p->items[person - 1].word & (DESK_W_PREP | DESK_W_POSS)))
		return (struct desk_range){last_phrase(p, a, end), end};
	if (p->items[a].word & (DESK_W_PREP | DESK_W_SUB) &&
	    !p->items[a].name) {
		size_t at = last_phrase(p, a, end);
		return (struct desk_range){at, end};
	}
	return desk_phrase_first(p, (struct desk_range){a, end});
}

static bool
breaks_clause(const struct desk_item *i)
{
	if (i->region)
		return true;
	return i->shape == DESK_SHAPE_SIGN &&
	       (i->sign == ';' || i->sign == ':' ||
		   (i->sign == '-' && i->spaced));
}

/* The noun phrase whose apposition the comma at item end closes. */
static struct desk_range
appositive(const struct desk_paragraph *p, size_t lo, size_t end, size_t *from)
{
	size_t a = end;
	while (
	    a > lo && end - a < APPOSITION && !breaks_clause(&p->items[a - 1]))
		a--;
	while (a < end) {
		size_t b = a;
		while (b < end && !comma(&p->items[b]))
			b++;
		struct desk_range chunk = {a, b};
		struct desk_range np = desk_phrase_first(p, chunk);
		if (np.a < np.b && b < end && !desk_phrase_verb(p, chunk) &&
		    !(p->items[np.a].word & (DESK_W_TIME | DESK_W_PRON)) &&
		    !(p->items[np.a].shape == DESK_SHAPE_NUMBER)) {
			*from = np.a;
			return np;
		}
		a = b + 1;
	}
	return (struct desk_range){end, end};
}

struct desk_range
desk_phrase_before(
    const struct desk_paragraph *p, size_t lo, size_t c, size_t *from)
{
	size_t j = c;
	*from = c;
	while (j > lo && c - j < 6 &&
	       ((p->items[j - 1].word & DESK_W_AUX && !p->items[j - 1].name) ||
		   adverb(p, &p->items[j - 1])) &&
	       !p->items[j - 1].name)
		j--;
	if (j == lo)
		return (struct desk_range){c, c};
	const struct desk_item *last = &p->items[j - 1];
	if (last->word & DESK_W_PRON && !last->region) {
		*from = j - 1;
		return (struct desk_range){j - 1, j};
	}
	if (last->word & DESK_W_REL && !(last->word & DESK_W_THAT)) {
		size_t k = j - 1;
		if (k > lo && comma(&p->items[k - 1]))
			k--;
		return k > lo ? phrase_back(p, lo, k, from)
			      : (struct desk_range){c, c};
	}
	if (last->sign == ')' && !last->region) {
		size_t k = j - 1;
		while (k > lo && j - k < REACH && p->items[k].sign != '(')
			k--;
		return k > lo ? phrase_back(p, lo, k, from)
			      : (struct desk_range){c, c};
	}
	if (comma(last) || (last->sign == '-' && last->spaced))
		return appositive(p, lo, j - 1, from);
	if (!nominal(p, j - 1) || last->region)
		return (struct desk_range){c, c};
	return phrase_back(p, lo, j, from);
}

size_t
desk_phrase_reach(const struct desk_paragraph *p, size_t lo, size_t i)
{
	size_t end = i;
	while (i > lo && end - i < REACH && !p->items[i - 1].region &&
	       (nominal(p, i - 1) ||
		   p->items[i - 1].word & (DESK_W_CONJ | DESK_W_PREP)))
		i--;
	bool marks = i > lo && (p->items[i - 1].region ||
				   (comma(&p->items[i - 1]) && i - 1 > lo &&
				       p->items[i - 2].region));
	return marks ? i : end;
}

struct desk_range
desk_phrase_after(
    const struct desk_paragraph *p, size_t i, size_t hi, size_t *to)
{
	struct desk_range np = desk_phrase_first(p, (struct desk_range){i, hi});
	size_t end = np.b;
	while (end < hi && end < np.b + APPOSITION && !p->items[end].region &&
	       !breaks_clause(&p->items[end]) && p->items[end].sign != '.' &&
	       !comma(&p->items[end]) && !verbal(&p->items[end]))
		end++;
	*to = end;
	return np;
}
