/*
 * evidence.c - what speaks for a candidate being a name, and of which kind.
 *
 * Each kind of evidence has a weight for each label
 * (lib/data/evidence.weights); the label with the highest sum is the
 * candidate's.  This is a log-linear model whose features are facts that a
 * person can check.
 */
#include "entities/names.h"

#include <string.h>

/* Endings of words, and what they are evidence for. */
static const struct ending {
	char tail[8];
	uint8_t len;
	enum desk_evidence evidence;
} endings[] = {
    {"ism", 3, E_ISM},
    {"ist", 3, E_ISM},
    {"ists", 4, E_ISM},
    {"ian", 3, E_IAN},
    {"ians", 4, E_IAN},
    {"ese", 3, E_IAN},
    {"ish", 3, E_IAN},
    {"ean", 3, E_IAN},
    {"eans", 4, E_IAN},
    {"stan", 4, E_PLACE_ENDING},
    {"land", 4, E_PLACE_ENDING},
    {"burg", 4, E_PLACE_ENDING},
    {"burgh", 5, E_PLACE_ENDING},
    {"ville", 5, E_PLACE_ENDING},
    {"shire", 5, E_PLACE_ENDING},
    {"pur", 3, E_PLACE_ENDING},
    {"abad", 4, E_PLACE_ENDING},
    {"grad", 4, E_PLACE_ENDING},
    {"ford", 4, E_PLACE_ENDING},
    {"town", 4, E_PLACE_ENDING},
    {"field", 5, E_PLACE_ENDING},
    {"ham", 3, E_PLACE_ENDING},
    {"ia", 2, E_PLACE_ENDING},
    {"ov", 2, E_PERSON_ENDING},
    {"ova", 3, E_PERSON_ENDING},
    {"ev", 2, E_PERSON_ENDING},
    {"eva", 3, E_PERSON_ENDING},
    {"ski", 3, E_PERSON_ENDING},
    {"sky", 3, E_PERSON_ENDING},
    {"skyy", 4, E_PERSON_ENDING},
    {"enko", 4, E_PERSON_ENDING},
    {"vich", 4, E_PERSON_ENDING},
    {"vic", 3, E_PERSON_ENDING},
    {"ez", 2, E_PERSON_ENDING},
    {"son", 3, E_PERSON_ENDING},
    {"sen", 3, E_PERSON_ENDING},
    {"yan", 3, E_PERSON_ENDING},
    {"oglu", 4, E_PERSON_ENDING},
    {"idis", 4, E_PERSON_ENDING},
    {"opoulos", 7, E_PERSON_ENDING},
    {"elli", 4, E_PERSON_ENDING},
    {"etti", 4, E_PERSON_ENDING},
    {"mann", 4, E_PERSON_ENDING},
};

static uint32_t
bits_at(const struct desk_segment *seg, size_t i)
{
	return i < seg->count ? seg->words[i].bits : 0;
}

static bool
lower_is(const struct desk_segment *seg, size_t i, const char *word)
{
	size_t len = strlen(word);
	if (i >= seg->count)
		return false;
	const struct desk_token *t = &seg->tokens[i];
	const char *s = seg->text.data + t->start;
	return t->end - t->start == len && (s[0] | 0x20) == word[0] &&
	       !memcmp(s + 1, word + 1, len - 1);
}

/* Evidence from the letters of the words. */
static void
weigh_form(const struct desk_segment *seg, struct desk_name *n)
{
	bool *e = n->evidence;
	size_t words = 0;
	for (size_t i = n->from; i < n->to; i++) {
		const struct desk_token *t = &seg->tokens[i];
		const char *s = seg->text.data + t->start;
		size_t len = t->end - t->start;
		uint32_t bits = seg->words[i].bits;
		words += t->shape < DESK_SHAPE_SIGN;
		e[E_HYPHEN] |= desk_token_is(seg, i, '-');
		e[E_INITIAL] |= len == 2 && s[1] == '.';
		e[E_PARTICLE] |= bits & WORD_PARTICLE && !(bits & WORD_CAP);
		e[E_OF] |= lower_is(seg, i, "of");
		e[E_AND] |=
		    lower_is(seg, i, "and") || desk_token_is(seg, i, '&');
		for (size_t k = 1; k < len && k < 32; k++) {
			e[E_DIGIT] |= s[k] >= '0' && s[k] <= '9';
			e[E_INNER_CAPITAL] |= s[k] >= 'A' && s[k] <= 'Z' &&
					      t->shape == DESK_SHAPE_CAP;
		}
	}
	e[words == 1	 ? E_ONE_WORD
	    : words == 2 ? E_TWO_WORDS
	    : words == 3 ? E_THREE_WORDS
			 : E_MORE_WORDS] = true;
	const struct desk_token *last = &seg->tokens[n->to - 1];
	const char *end = seg->text.data + last->end;
	size_t len = last->end - last->start;
	if (words == 1 && seg->words[n->from].bits & WORD_UPPER)
		e[len < 6 ? E_CAPITALS_SHORT : E_CAPITALS_LONG] = true;
	for (size_t k = 0; k < sizeof endings / sizeof *endings; k++) {
		size_t tail = endings[k].len;
		if (len > tail + 1 && end[-1] == endings[k].tail[tail - 1] &&
		    !memcmp(end - tail, endings[k].tail, tail))
			e[endings[k].evidence] = true;
	}
	e[E_PLURAL] = len > 3 && seg->text.data[last->end - 1] == 's';
}

/* Evidence from a listed name that the candidate is or contains. */
static void
weigh_phrases(const struct desk_segment *seg, struct desk_name *n)
{
	static const enum desk_evidence whole[] = {[PHRASE_CITY] = E_CITY,
	    [PHRASE_COUNTRY] = E_COUNTRY,
	    [PHRASE_REGION] = E_REGION,
	    [PHRASE_PLACE] = E_PLACE,
	    [PHRASE_NATION] = E_NATION,
	    [PHRASE_ORG] = E_ORG,
	    [PHRASE_ORG_WORD] = E_ORG_HEAD_ENDS,
	    [PHRASE_MISC] = E_MISC,
	    [PHRASE_TITLE] = E_TITLE_ENDS,
	    [PHRASE_ACRONYM_ORG] = E_ACRONYM_ORG,
	    [PHRASE_ACRONYM_PLACE] = E_ACRONYM_PLACE,
	    [PHRASE_ACRONYM_MISC] = E_ACRONYM_MISC,
	    [PHRASE_ACRONYM_NONE] = E_ACRONYM_NONE};
	bool *e = n->evidence;
	for (size_t i = n->from; i < n->to; i++) {
		const struct desk_word *w = &seg->words[i];
		if (!(w->bits & WORD_CAP))
			continue;
		size_t end = i + w->phrase_len;
		bool begins = i == n->from, ends = end == n->to;
		bool is_place =
		    w->phrase >= PHRASE_CITY && w->phrase <= PHRASE_PLACE;
		if (begins && ends && w->phrase_len)
			e[whole[w->phrase]] = true;
		e[E_LISTED_MORE] |= begins && ends && w->phrase_len > 1 &&
				    w->phrase == PHRASE_MISC;
		e[E_PLACE_BEGINS] |=
		    begins && !ends &&
		    (is_place || w->phrase == PHRASE_ACRONYM_PLACE);
		e[E_PLACE_ENDS] |= !begins && ends && is_place;
		e[E_NATION_BEGINS] |=
		    begins && !ends && w->bits & (WORD_NATION | WORD_GROUP);
		e[E_ORG_INSIDE] |=
		    !(begins && ends) && (w->phrase == PHRASE_ORG ||
					     w->phrase == PHRASE_ACRONYM_ORG);
		e[E_ORG_HEAD_ENDS] |= ends && w->phrase == PHRASE_ORG_WORD;
		e[E_TITLE_ENDS] |= ends && w->phrase == PHRASE_TITLE;
	}
}

/* Evidence from the lists for single words. */
static void
weigh_lists(const struct desk_segment *seg, struct desk_name *n)
{
	bool *e = n->evidence, more = n->to - n->from > 1;
	uint32_t first = seg->words[n->from].bits;
	uint32_t last = seg->words[n->to - 1].bits, all = 0;
	for (size_t i = n->from; i < n->to; i++)
		if (i + 1 < n->to)
			all |= seg->words[i].bits;
	e[E_FIRST_OF_MORE] = more && first & WORD_FIRST;
	e[E_GIVEN_OF_MORE] = more && first & WORD_GIVEN;
	e[E_LAST_OF_MORE] = more && last & WORD_LAST;
	e[E_FAMILY_OF_MORE] = more && last & WORD_FAMILY;
	e[E_FIRST_ALONE] = !more && first & WORD_FIRST;
	e[E_GIVEN_ALONE] = !more && first & WORD_GIVEN;
	e[E_LAST_ALONE] = !more && first & WORD_LAST;
	e[E_FAMILY_ALONE] = !more && first & WORD_FAMILY;
	e[E_FIRST_AND_LAST] = more && first & (WORD_FIRST | WORD_GIVEN) &&
			      last & (WORD_LAST | WORD_FAMILY);
	e[E_GROUP] = !more && first & WORD_GROUP;
	e[E_LANGUAGE] = !more && first & WORD_LANGUAGE;
	/* The words of a listed name say nothing by themselves. */
	const struct desk_word *word = &seg->words[n->from];
	if (word->phrase && word->phrase != PHRASE_ORG_WORD &&
	    word->phrase != PHRASE_TITLE && n->from + word->phrase_len == n->to)
		return;
	e[E_ORG_HEAD_ENDS] |= (last & WORD_ORG_HEAD) != 0;
	e[E_ORG_HEAD_INSIDE] = (all & WORD_ORG_HEAD) != 0;
	e[E_ORG_SUFFIX] = more && last & WORD_ORG_SUFFIX;
	e[E_PLACE_HEAD_ENDS] = (last & WORD_PLACE_HEAD) != 0;
	e[E_PLACE_LEAD] = more && first & WORD_PLACE_LEAD;
	e[E_DIRECTION] = (first & WORD_DIRECTION) != 0;
	e[E_MISC_HEAD_ENDS] = (last & WORD_MISC_HEAD) != 0;
	e[E_MISC_HEAD_INSIDE] = (all & WORD_MISC_HEAD) != 0;
	e[E_TITLE_ENDS] |= (last & WORD_TITLE) != 0;
	e[E_HEAD_ALONE] = !more && last & (WORD_ORG_HEAD | WORD_PLACE_HEAD |
					      WORD_MISC_HEAD | WORD_TITLE);
	all |= last;
	e[E_UNKNOWN] = !(all & (WORD_KNOWN | WORD_ORG_HEAD | WORD_PLACE_HEAD |
				   WORD_MISC_HEAD)) &&
		       !seg->words[n->from].phrase;
}

/* Evidence from what stands before. */
static void
weigh_left(
    const struct desk_segment *seg, struct desk_name *n, enum desk_label before)
{
	bool *e = n->evidence;
	uint32_t own = seg->words[n->from].bits;
	e[E_SHOUT] = own & WORD_SHOUT;
	e[E_HEADLINE] = own & WORD_HEADLINE && !e[E_SHOUT];
	e[E_START] = own & WORD_START;
	e[E_LINE_START] = own & WORD_BREAK;
	e[E_AFTER_TITLE] = n->titled;
	e[E_AFTER_PLACE] = before == LABEL_LOC;
	e[E_AFTER_NATION] = before == LABEL_MISC;
	if (!n->from || own & WORD_BREAK)
		return;
	size_t i = n->from - 1;
	uint32_t left = seg->words[i].bits;
	e[E_AFTER_TITLE] |= left & WORD_TITLE && left & WORD_CAP;
	e[E_AFTER_ROLE] = left & (WORD_ROLE | WORD_TITLE) && !(left & WORD_CAP);
	e[E_AFTER_PLACE_CUE] = (left & WORD_PLACE_CUE) != 0;
	e[E_AFTER_THE] = lower_is(seg, i, "the");
	e[E_AFTER_ARTICLE] = lower_is(seg, i, "a") || lower_is(seg, i, "an");
	e[E_AFTER_OF] = lower_is(seg, i, "of");
	e[E_AFTER_BY] = lower_is(seg, i, "by") || lower_is(seg, i, "with");
	e[E_AFTER_AND] = lower_is(seg, i, "and");
	if (seg->tokens[i].shape != DESK_SHAPE_SIGN)
		return;
	e[E_AFTER_COMMA] = desk_token_is(seg, i, ',');
	if (e[E_AFTER_COMMA] && i && seg->words[i - 1].bits & WORD_PLACE &&
	    seg->words[i - 1].bits & WORD_CAP)
		e[E_AFTER_PLACE] = true;
	e[E_AFTER_PREFIX] =
	    desk_token_is(seg, i, '-') && !seg->tokens[n->from].spaced;
	e[E_AFTER_QUOTE] = !seg->tokens[n->from].spaced &&
			   (desk_token_is(seg, i, '"') ||
			       seg->tokens[i].end - seg->tokens[i].start == 3);
	e[E_IN_BRACKETS] =
	    desk_token_is(seg, i, '(') && desk_token_is(seg, n->to, ')');
}

/* Evidence from what stands behind. */
static void
weigh_right(const struct desk_segment *seg, struct desk_name *n)
{
	bool *e = n->evidence;
	size_t i = n->to;
	if (i >= seg->count || seg->words[i].bits & WORD_BREAK)
		return;
	const struct desk_token *t = &seg->tokens[i];
	uint32_t right = seg->words[i].bits;
	bool lower = t->shape == DESK_SHAPE_LOWER;
	char head = seg->text.data[t->start];
	bool clitic = lower && !t->spaced && (head == '\'' || head == '\xE2');
	e[E_BEFORE_POSSESSIVE] =
	    clitic || (t->shape == DESK_SHAPE_SIGN && !t->spaced &&
			  desk_token_is(seg, i, '\''));
	e[E_BEFORE_SAY] = lower && right & WORD_SAY;
	e[E_BEFORE_AUX] = lower && right & WORD_AUX;
	e[E_BEFORE_ROLE] = (right & (WORD_ROLE | WORD_TITLE)) != 0;
	e[E_BEFORE_AND] = lower_is(seg, i, "and");
	e[E_BEFORE_LOWER] =
	    lower && !clitic &&
	    !(right & (WORD_SAY | WORD_AUX | WORD_FUNCTION | WORD_ROLE));
	e[E_BEFORE_NUMBER] = t->shape == DESK_SHAPE_NUMBER;
	e[E_BEFORE_HYPHEN] = desk_token_is(seg, i, '-') && !t->spaced;
	if (desk_token_is(seg, i, ',') && i + 1 < seg->count) {
		e[E_BEFORE_AGE] = seg->words[i + 1].triggers & TRIGGER_DIGIT &&
				  desk_token_is(seg, i + 2, ',');
		e[E_BEFORE_COMMA_THE] =
		    lower_is(seg, i + 1, "the") || lower_is(seg, i + 1, "a") ||
		    (bits_at(seg, i + 1) & (WORD_ROLE | WORD_TITLE));
	}
	e[E_BEFORE_ACRONYM] = desk_token_is(seg, i, '(') &&
			      bits_at(seg, i + 1) & WORD_UPPER &&
			      desk_token_is(seg, i + 2, ')');
}

/* Evidence from the rest of the document. */
static void
weigh_context(const struct desk_segment *seg,
    const struct desk_context *context, bool settled, struct desk_name *n)
{
	bool *e = n->evidence;
	const struct desk_word *word = &seg->words[n->from];
	const struct desk_fact *fact = desk_context_find(context, word->key);
	bool single = n->to - n->from == 1;
	if (fact && (single || word->bits & WORD_START)) {
		e[E_LOWER_SEEN] = fact->lower > 0;
		e[E_LOWER_MORE] = fact->lower > fact->mid;
		e[E_START_ONLY] = !fact->mid && !word->phrase;
		e[E_MID_SEEN] = fact->mid > (word->bits & WORD_START ? 0 : 1);
	}
	if (!settled)
		return;
	e[E_PART_OF_PERSON] = single && fact && fact->part;
	fact = desk_context_find(context, n->key);
	if (!fact)
		return;
	unsigned best = 0;
	for (unsigned k = 1; k < LABELS; k++)
		if (fact->votes[k] > fact->votes[best])
			best = k;
	if (best)
		e[E_VOTED_PER + best - 1] = true;
}

void
desk_name_weigh(
    const struct desk_name_reader *r, bool settled, struct desk_name *n)
{
	const struct desk_segment *seg = r->segment;
	memset(n->evidence, 0, sizeof n->evidence);
	n->evidence[E_BIAS] = true;
	weigh_form(seg, n);
	weigh_phrases(seg, n);
	weigh_lists(seg, n);
	weigh_left(seg, n, r->before);
	weigh_right(seg, n);
	weigh_context(seg, r->context, settled, n);
	memset(n->score, 0, sizeof n->score);
	for (size_t k = 0; k < E_COUNT; k++) {
		if (!n->evidence[k])
			continue;
		const int8_t *weights = r->weights->of[k];
		for (size_t label = 0; label < LABELS; label++)
			n->score[label] += weights[label];
	}
	n->label = LABEL_NONE;
	for (int label = 1; label < LABELS; label++)
		if (n->score[label] > n->score[n->label])
			n->label = (enum desk_label)label;
}
