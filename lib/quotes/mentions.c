/* mentions.c - the words of a phrase that names who speaks. */
#include "quotes/mentions.h"

#include <string.h>

#include "core/slice.h"
#include "quotes/names.h"

enum { HANGING = 12 };

struct desk_slice
desk_items_text(const struct desk_paragraph *p, size_t a, size_t b)
{
	uint32_t start = p->items[a].start;
	return desk_slice(p->text.data + start, p->items[b - 1].end - start);
}

bool
desk_mention_comma(const struct desk_paragraph *p, size_t i)
{
	return i < p->item_count && p->items[i].sign == ',' &&
	       p->items[i].shape == DESK_SHAPE_SIGN && !p->items[i].region;
}

bool
desk_mention_possessive(const struct desk_paragraph *p, size_t i)
{
	const struct desk_item *it = &p->items[i];
	const char *s = p->text.data + it->start;
	return it->word & DESK_W_POSS ||
	       (it->shape == DESK_SHAPE_SIGN && !it->spaced &&
		   (*s == '\'' || (it->end - it->start == 3 &&
				      !memcmp(s, "\xE2\x80\x99", 3))));
}

/* The end of a role without an article from item i on: "former port adviser" of
 * "former port adviser NAME"; or i. */
static size_t
bare_role(const struct desk_paragraph *p, size_t i)
{
	static const uint32_t others = DESK_W_CLAUSE | DESK_W_DET | DESK_W_PRON;
	size_t k = i;
	while (k < p->item_count && k < i + HANGING && !p->items[k].region &&
	       !p->items[k].person && p->items[k].shape != DESK_SHAPE_SIGN &&
	       !desk_is(&p->items[k], others) &&
	       !(p->items[k].cue & DESK_C_SAY))
		k++;
	return k > i && p->items[k - 1].role & DESK_R_ROLE ? k : i;
}

/* Behind what hangs on a noun that ends before item i by a preposition: "of the
 * port's office"; or i. */
static size_t
behind_place(const struct desk_paragraph *p, size_t i)
{
	size_t b = i;
	if (i >= p->item_count || !(p->items[i].word & DESK_W_PREP))
		return i;
	while (i < p->item_count && i < b + HANGING && !p->items[i].region &&
	       (p->items[i].shape != DESK_SHAPE_SIGN ||
		   (p->items[i].sign == '-' && !p->items[i].spaced) ||
		   desk_mention_possessive(p, i)) &&
	       !(p->items[i].cue & DESK_C_SAY))
		i++;
	/* "(PU)" */
	if (i + 2 < p->item_count && p->items[i].sign == '(' &&
	    p->items[i + 2].sign == ')')
		i += 3;
	return i;
}

const struct desk_item *
desk_mention_apposed_behind(const struct desk_paragraph *p, struct desk_range r)
{
	size_t i = behind_place(p, r.b);
	/* titles, of which not all are in a list, may stand before the name */
	size_t next = i + 1;
	if (next < p->item_count && desk_is(&p->items[next], DESK_W_DET))
		next++;
	while (next < p->item_count && next < i + 3 && !p->items[next].person &&
	       (p->items[next].word & DESK_W_TITLE ||
		   p->items[next].shape == DESK_SHAPE_CAP))
		next++;
	if (next < p->item_count && !p->items[next].person)
		next = bare_role(p, i + 1);
	return desk_mention_comma(p, i) && next < p->item_count &&
		       p->items[next].person
		   ? &p->items[next]
		   : NULL;
}

struct desk_range
desk_mention_apposed_words(const struct desk_paragraph *p, struct desk_range r)
{
	static const uint32_t others =
	    DESK_W_CLAUSE | DESK_W_DET | DESK_W_TIME | DESK_W_PRON;
	struct desk_range none = {0, 0};
	size_t i = behind_place(p, r.b), a = i + 1, b = a;
	while (b < p->item_count && p->items[b].shape == DESK_SHAPE_CAP &&
	       !p->items[b].region && !desk_is(&p->items[b], others) &&
	       !p->items[b].role)
		b++;
	return desk_mention_comma(p, i) && desk_mention_comma(p, b) &&
		       b - a >= 2 && b - a <= 3
		   ? (struct desk_range){a, b}
		   : none;
}

bool
desk_mention_the(const struct desk_paragraph *p, const struct desk_item *it)
{
	const char *s = p->text.data + it->start;
	return it->end - it->start == 3 && (s[0] | 32) == 't' && s[1] == 'h' &&
	       s[2] == 'e';
}

bool
desk_mention_owned(const struct desk_paragraph *p, struct desk_range r)
{
	for (size_t i = r.a + 1; i + 1 < r.b; i++)
		if (desk_mention_possessive(p, i))
			return true;
	return false;
}

bool
desk_mention_answers(const struct desk_paragraph *p, size_t i)
{
	static const char *const list[] = {
	    "answered", "replied", "responded", "retorted"};
	return i < p->item_count && desk_slice_any(desk_item_text(p, i), list,
					sizeof list / sizeof *list);
}

size_t
desk_mention_office(const struct desk_paragraph *p, struct desk_range r)
{
	size_t i = r.a + 1;
	while (i < r.b && p->items[i].shape == DESK_SHAPE_LOWER &&
	       !desk_is(&p->items[i], DESK_W_CLAUSE))
		i++;
	return desk_mention_the(p, &p->items[r.a]) && i + 1 < r.b &&
		       (p->items[i].role & DESK_R_ROLE ||
			   desk_slice_is(desk_item_text(p, i), "Head")) &&
		       desk_is(&p->items[i + 1], DESK_W_PREP)
		   ? i + 1
		   : r.a;
}

size_t
desk_mention_name_start(const struct desk_paragraph *p, size_t a, size_t b)
{
	int32_t ent = p->items[b - 1].ent;
	while (b > a + 1 && (ent != DESK_NO_ENT ? p->items[b - 2].ent == ent
						: p->items[b - 2].name))
		b--;
	return b - 1;
}

size_t
desk_mention_long_start(const struct desk_paragraph *p, struct desk_range r)
{
	static const uint32_t small_words =
	    DESK_W_CONJ | DESK_W_DET | DESK_W_POSS | DESK_W_PREP | DESK_W_SUB;
	size_t a = r.a;
	bool small = false;
	while (a < r.b && !p->items[a].name)
		a++;
	for (size_t i = a; i < r.b; i++) {
		if (p->items[i].person)
			return r.b;
		/* words of no name, or of another language */
		if (p->items[i].shape == DESK_SHAPE_LOWER &&
		    !p->items[i].name && !(p->items[i].word & small_words))
			return r.b;
		small |= i > a && p->items[i].word & DESK_W_PREP;
	}
	return small ? a : r.b;
}

bool
desk_mention_first(const struct desk_paragraph *p, size_t i)
{
	const struct desk_item *b = i ? &p->items[i - 1] : NULL;
	return !b || b->region || b->sign == '.' || b->sign == ':' ||
	       p->items[i].line;
}

bool
desk_mention_plural(const struct desk_paragraph *p, struct desk_range r)
{
	struct desk_slice w = desk_items_text(p, r.a, r.b);
	return desk_mention_first(p, r.a) && r.b == r.a + 1 &&
	       p->items[r.a].ent == DESK_NO_ENT &&
	       p->items[r.a].shape == DESK_SHAPE_CAP && w.len > 3 &&
	       (w.data[w.len - 1] == 's' ||
		   !memcmp(w.data + w.len - 3, "men", 3));
}

struct desk_range
desk_mention_possessor(const struct desk_paragraph *p, struct desk_range r)
{
	if (p->items[r.a].word & DESK_W_POSS_DET)
		return (struct desk_range){r.a, r.a + 1};
	for (size_t i = r.a + 1; i + 1 < r.b; i++)
		if (p->items[i].word & DESK_W_POSS && p->items[i - 1].name)
			return (struct desk_range){r.a, i};
	return (struct desk_range){r.a, r.a};
}

/* Whether a verb follows soon: then "and" joins clauses. */
static bool
coming_verb(const struct desk_paragraph *p, size_t i)
{
	return i + 1 < p->item_count &&
	       (p->items[i].cue & DESK_C_SAY || p->items[i].word & DESK_W_AUX);
}

/* Whether "and" at item i joins what one person is: "founder and CEO NAME". */
static bool
two_roles(const struct desk_paragraph *p, struct desk_range r, size_t i)
{
	for (size_t k = r.a; k < i; k++)
		if (p->items[k].person)
			return false;
	/* "Mr King" is no king */
	bool titled = i > r.a + 1 && desk_is(&p->items[i - 2], DESK_W_TITLE);
	if (i == r.a || i + 1 >= r.b || !p->items[r.b - 1].person)
		return false;
	size_t name = desk_mention_name_start(p, i + 1, r.b);
	/* "tax and ports lawyer NAME" */
	bool modifiers = name > i + 2 && p->items[name - 1].role & DESK_R_ROLE;
	for (size_t k = r.a; k < name && modifiers; k++)
		modifiers = k == i || p->items[k].shape == DESK_SHAPE_LOWER;
	return modifiers || (p->items[i - 1].role & DESK_R_ROLE && !titled &&
				p->text.data[p->items[i - 1].end - 1] != 's');
}

bool
desk_mention_several(const struct desk_paragraph *p, struct desk_range r)
{
	if (r.a > 1 && p->items[r.a - 1].word & DESK_W_CONJ &&
	    p->items[r.a - 2].person)
		return true;
	if (r.b + 1 < p->item_count && p->items[r.b].word & DESK_W_CONJ &&
	    !p->items[r.b].region && p->items[r.b - 1].name &&
	    (p->items[r.b + 1].name ||
		p->items[r.b + 1].word & (DESK_W_POSS_DET | DESK_W_DET)) &&
	    !coming_verb(p, r.b + 1))
		return true;
	for (size_t i = r.a; i < r.b; i++)
		if (p->items[i].word & DESK_W_CONJ &&
		    p->items[i].ent == DESK_NO_ENT && !two_roles(p, r, i))
			return true;
	return false;
}

unsigned
desk_mention_gender(const struct desk_paragraph *p, const struct desk_item *it)
{
	const char *s = p->text.data + it->start;
	size_t len = it->end - it->start;
	if (it->word & DESK_W_HE ||
	    (len == 3 && (!memcmp(s, "him", 3) || !memcmp(s, "Him", 3))))
		return DESK_GENDER_MALE;
	return it->word & DESK_W_SHE ? DESK_GENDER_FEMALE : DESK_GENDER_UNKNOWN;
}

/* The person whom a phrase that ends before item b is said of: "NAME, a clerk
 * of the court", "NAME, Republican of Hill", "NAME is a clerk"; or nothing. */
static struct desk_range
apposed_before(const struct desk_paragraph *p, size_t b)
{
	static const uint32_t others =
	    DESK_W_AUX | DESK_W_REL | DESK_W_SUB | DESK_W_VERB | DESK_W_CONJ;
	static const char *const one[] = {"a", "an", "one", "the"};
	struct desk_range none = {0, 0};
	size_t a = b, articles = 0;
	while (a > 0 && b - a < HANGING && !p->items[a - 1].region &&
	       !p->items[a - 1].person && !desk_is(&p->items[a - 1], others) &&
	       (p->items[a - 1].shape != DESK_SHAPE_SIGN ||
		   (p->items[a - 1].sign == '-' && !p->items[a - 1].spaced))) {
		struct desk_slice w = desk_item_text(p, --a);
		articles += w.len <= 2 && w.data[0] == 'a';
	}
	if (a == b || a < 2 || articles > 1 || !p->items[a - 2].person)
		return none;
	struct desk_slice first = desk_item_text(p, a);
	struct desk_slice before = desk_item_text(p, a - 1);
	bool article = desk_slice_any(first, one, sizeof one / sizeof *one);
	bool of = a + 1 < b && p->items[a].shape == DESK_SHAPE_CAP &&
		  desk_slice_is(desk_item_text(p, a + 1), "of");
	bool is = desk_slice_is(before, "is") || desk_slice_is(before, "was");
	if (desk_mention_comma(p, a - 1) ? article || of : is && article)
		return (struct desk_range){
		    desk_mention_name_start(p, 0, a - 1), a - 1};
	return none;
}

struct desk_range
desk_mention_antecedent(const struct desk_paragraph *p, struct desk_range r)
{
	size_t b = r.a;
	if (b > 1 && desk_mention_comma(p, b - 1))
		b--;
	if (!b || p->items[b - 1].region)
		return r;
	struct desk_range person = apposed_before(p, b);
	if (person.a < person.b)
		return person;
	if (p->items[b - 1].name)
		return (struct desk_range){desk_mention_name_start(p, 0, b), b};
	size_t a = b;
	while (a > 0 && b - a < 4 && !(p->items[a - 1].word & DESK_W_DET) &&
	       p->items[a - 1].shape != DESK_SHAPE_SIGN)
		a--;
	return a > 0 && a < b && p->items[a - 1].word & DESK_W_DET
		   ? (struct desk_range){a - 1, b}
		   : r;
}

bool
desk_mention_stands_for_one(const struct desk_paragraph *p, struct desk_range r)
{
	static const char old[] = "-year-old";
	static const char *const members[] = {
	    "Conservative", "Democrat", "Republican", "Tory"};
	if (desk_mention_the(p, &p->items[r.a]) && r.b - r.a < 5 &&
	    desk_slice_any(desk_item_text(p, r.b - 1), members,
		sizeof members / sizeof *members))
		return true;
	size_t len = sizeof old - 1, end = p->items[r.b - 1].end;
	return desk_mention_the(p, &p->items[r.a]) &&
	       ((r.b == r.a + 2 && desk_is(&p->items[r.b - 1], DESK_W_FOLK)) ||
		   (end - p->items[r.a].start > len &&
		       !memcmp(p->text.data + end - len, old, len)));
}

bool
desk_mention_single(const struct desk_paragraph *p, struct desk_range r)
{
	struct desk_slice first = desk_item_text(p, r.a);
	bool one = first.len == 3 && !memcmp(first.data + 1, "ne", 2);
	return (one || p->text.data[p->items[r.b - 1].end - 1] != 's') &&
	       !(r.a && desk_is(&p->items[r.a - 1], DESK_W_PREP));
}

/* Whether a noun is of a person, as far as its end tells: "member". */
static bool
personal(struct desk_slice noun)
{
	static const char *const ends[] = {"er", "or", "ist", "ian", "man",
	    "ee", "dent", "parent", "victim", "professional", "expert"};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t n = strlen(ends[i]);
		if (noun.len >= n &&
		    !memcmp(noun.data + noun.len - n, ends[i], n))
			return !desk_word_is_text(noun.data, noun.len);
	}
	return false;
}

bool
desk_mention_stranger(const struct desk_paragraph *p, struct desk_range r)
{
	static const char *const one[] = {
	    "A", "An", "Another", "One", "a", "an", "another", "one"};
	const struct desk_item *last = &p->items[r.b - 1];
	/* "asked by a caller, he said" */
	if (r.a && desk_slice_is(desk_item_text(p, r.a - 1), "by"))
		return false;
	return desk_slice_any(
		   desk_item_text(p, r.a), one, sizeof one / sizeof *one) &&
	       !last->name && !(last->role & DESK_R_ORG) &&
	       (last->role & DESK_R_ROLE ||
		   desk_is(last, DESK_W_ANON | DESK_W_FOLK) ||
		   personal(desk_item_text(p, r.b - 1))) &&
	       p->text.data[last->end - 1] != 's';
}

bool
desk_mention_asks(const struct desk_paragraph *p, size_t i)
{
	return i < p->item_count && p->items[i].cue & DESK_C_ASK;
}

struct desk_range
desk_mention_staff(const struct desk_paragraph *p, struct desk_range r)
{
	static const char *const staff[] = {"administration", "campaign"};
	struct desk_range none = {0, 0};
	size_t a = r.a + desk_mention_the(p, &p->items[r.a]);
	if (a + 1 >= r.b || r.b - a > 4 ||
	    !desk_slice_any(desk_item_text(p, r.b - 1), staff,
		sizeof staff / sizeof *staff))
		return none;
	for (size_t i = a; i + 1 < r.b; i++)
		if (p->items[i].ent == DESK_NO_ENT || p->items[i].region)
			return none;
	return (struct desk_range){a, r.b};
}
