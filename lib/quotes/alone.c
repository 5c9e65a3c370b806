/*
 * alone.c - what marked words without a cue are: a remark, a scrap of the
 * clause before, or speech that a colon announces.
 */
#include "quotes/alone.h"

#include "core/unicode.h"
#include "core/utf8.h"
#include "quotes/link.h"
#include "quotes/phrases.h"

enum {
	NEAR_WORDS = 14,
	SCRAP_WORDS = 3,
	TITLE_WORDS = 5,
	SUBJECT_REACH = 60,
	LABEL_WORDS = 4
};

bool
desk_alone_aside(struct desk_slice text, struct desk_span span)
{
	while (span.end > span.start && (text.data[span.end - 1] == '.' ||
					    text.data[span.end - 1] == ' '))
		span.end--;
	return span.end > span.start && text.data[span.start] == '(' &&
	       text.data[span.end - 1] == ')';
}

/* Whether a preposition or an article stands before a stretch: "the project
 * “Women at Sea,”". */
static bool
governed(const struct desk_paragraph *p, uint32_t start)
{
	size_t i = desk_items_of(p, (struct desk_span){start, start + 1}).a;
	const struct desk_item *b = i ? &p->items[i - 1] : NULL;
	return b && !b->region &&
	       b->word & (DESK_W_PREP | DESK_W_DET | DESK_W_POSS);
}

/* Whether it is what a word means: "the term signifies “...”". */
static bool
gloss(const struct desk_paragraph *p, uint32_t start)
{
	static const char *const words[] = {
	    "means", "meant", "meaning", "phrase", "signifies", "term", "word"};
	size_t i = desk_items_of(p, (struct desk_span){start, start + 1}).a;
	return i && !p->items[i - 1].region &&
	       desk_slice_any(desk_item_text(p, i - 1), words,
		   sizeof words / sizeof *words);
}

/* Whether a stretch stands between an article and a noun: "the “We can.”
 * campaign". */
static bool
attribute(const struct desk_paragraph *p, struct desk_span span)
{
	struct desk_range r = desk_items_of(p, span);
	return r.a && r.b < p->item_count &&
	       desk_is(&p->items[r.a - 1], DESK_W_DET | DESK_W_POSS_DET) &&
	       p->items[r.b].shape == DESK_SHAPE_LOWER &&
	       !desk_is(
		   &p->items[r.b], DESK_W_CLAUSE | DESK_W_ADV | DESK_W_PRON) &&
	       !(p->items[r.b].cue & DESK_C_SAY);
}

bool
desk_alone_scrap(const struct desk_paragraph *p, struct desk_span span)
{
	struct desk_slice text = p->text;
	size_t n;
	if (span.start >= span.end)
		return false;
	unsigned c = desk_class(desk_utf8_decode(text.data + span.start, &n));
	char last = text.data[span.end - 1];
	size_t words = 1;
	for (uint32_t at = span.start; at < span.end; at++)
		words += text.data[at] == ' ';
	if (gloss(p, span.start) ||
	    (words <= TITLE_WORDS && attribute(p, span)))
		return true;
	if (last == '.' || last == '!' || last == '?')
		return false;
	return c & (DESK_LOWER | DESK_DIGIT)
		   ? words <= SCRAP_WORDS
		   : words <= TITLE_WORDS && governed(p, span.start);
}

bool
desk_alone_near(struct desk_slice text, uint32_t from, uint32_t to)
{
	int words = 1;
	for (uint32_t at = from; at < to; at++) {
		char c = text.data[at];
		words += c == ' ';
		if (c == ':' || c == ';' || c == '\n' || words > NEAR_WORDS)
			return false;
	}
	return true;
}

/* The subject before item i, behind what a comma sets apart at the sentence's
 * beginning. */
static struct desk_range
subject(const struct desk_paragraph *p, size_t s, size_t i)
{
	struct desk_range np = {0, 0};
	if (i > s + SUBJECT_REACH)
		i = s + SUBJECT_REACH;
	/* "Campaign funding: Hill left, saying ..." */
	for (size_t k = s; k < i && k < s + LABEL_WORDS; k++)
		if (p->items[k].sign == ':' && !p->items[k].region)
			s = k + 1;
	for (int n = 0; n < 3 && s < i && np.a == np.b; n++) {
		np = desk_phrase_first(p, (struct desk_range){s, i});
		while (s < i && (p->items[s].sign != ',' || p->items[s].region))
			s++;
		s++;
	}
	return np;
}

/* The name right behind a verb of saying that ends before item i. */
static struct desk_range
inverted(const struct desk_paragraph *p, size_t i)
{
	size_t to;
	struct desk_range np = desk_phrase_after(p, i,
	    p->item_count < i + NEAR_WORDS ? p->item_count : i + NEAR_WORDS,
	    &to);
	bool name = false;
	for (size_t k = np.a; k < np.b; k++)
		name |= p->items[k].person;
	/* "asked what Mr Lind would do" */
	name &= !desk_is(&p->items[np.a], DESK_W_WH | DESK_W_SUB);
	return name && np.a <= i + 3 ? np : (struct desk_range){0, 0};
}

/* A phrase up to a word behind a person's name, which is a verb: "Lind
 * demurred:". */
static struct desk_range
before_verb(const struct desk_paragraph *p, struct desk_range np)
{
	size_t i = np.a;
	while (i < np.b && !p->items[i].person)
		i++;
	while (i < np.b && p->items[i].person)
		i++;
	if (i < np.b && p->items[i].shape == DESK_SHAPE_LOWER &&
	    !(p->items[i].word & (DESK_W_POSS | DESK_W_CONJ | DESK_W_PREP)))
		np.b = i;
	return np;
}

struct desk_range
desk_alone_announcer(const struct desk_paragraph *p, size_t s, uint32_t start)
{
	size_t q = desk_items_of(p, (struct desk_span){start, start + 1}).a;
	if (q < 2 || q >= p->item_count || p->items[q - 1].sign != ':' ||
	    p->items[q - 1].region)
		return (struct desk_range){0, 0};
	return before_verb(p, subject(p, s, q - 1));
}

struct desk_range
desk_alone_before(const struct desk_paragraph *p, size_t s, size_t e)
{
	struct desk_range np = before_verb(p, subject(p, s, e));
	bool one =
	    np.b == np.a + 1 && p->items[np.a].word & (DESK_W_HE | DESK_W_SHE);
	for (size_t i = np.a; i < np.b; i++)
		one |= p->items[i].person;
	return one ? np : (struct desk_range){0, 0};
}

struct desk_range
desk_alone_subject(
    const struct desk_paragraph *p, size_t s, struct desk_span cue)
{
	struct desk_range r = desk_items_of(p, cue);
	if (cue.start == cue.end || r.a >= r.b)
		return (struct desk_range){0, 0};
	return p->items[r.a].cue & DESK_C_ING ? subject(p, s, r.a)
					      : inverted(p, r.b);
}
