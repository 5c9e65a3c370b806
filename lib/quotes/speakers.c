/*
 * speakers.c - from a mention to the fullest name of the document.
 *
 * The last word of the mention decides what it is: a pronoun, a name, a role,
 * an organisation.  Whoever stays without a name is nobody: a guess is never
 * given for one.
 */
#include "quotes/speakers.h"

#include <string.h>

#include "core/slice.h"
#include "quotes/recent.h"

enum { HANGING = 12 };

static struct desk_slice
text_of(const struct desk_paragraph *p, size_t a, size_t b)
{
	uint32_t start = p->items[a].start;
	return desk_slice(p->text.data + start, p->items[b - 1].end - start);
}

static const struct desk_slice none = {NULL, 0};
static const struct desk_who nobody = {
    {NULL, 0}, NULL, DESK_NO_NAME, DESK_BY_NOTHING};

static struct desk_who
named(const struct desk_speakers *k, int32_t name, const char *label,
    enum desk_path path)
{
	struct desk_who who = nobody;
	if (name < 0)
		return who;
	who.path = path;
	who.name = k->names.list[name].text;
	who.label = label ? label : k->names.list[name].person ? "PER" : "ORG";
	who.number = name;
	return who;
}

/* The same, come to by another path. */
static struct desk_who
as(struct desk_who who, enum desk_path path)
{
	if (who.path != DESK_BY_NOTHING)
		who.path = path;
	return who;
}

static size_t
words_of(struct desk_slice text)
{
	size_t n = 1;
	for (size_t i = 1; i < text.len; i++)
		n += text.data[i] == ' ' && text.data[i - 1] != ' ';
	return n;
}

/* Of a name in the table: the fullest form of a text. */
static struct desk_who
by_name(struct desk_speakers *k, const struct desk_doc *doc,
    struct desk_slice text, int32_t name)
{
	name = desk_names_fuller(&k->names, doc->text, name);
	const struct desk_name *n = &k->names.list[name];
	struct desk_slice plain = desk_names_plain(&k->names, text);
	bool full = desk_slice_equal(n->text, plain);
	return named(k, name, NULL,
	    !n->person		  ? DESK_BY_ORG
	    : n->words < 2	  ? DESK_BY_WORD
	    : full		  ? DESK_BY_FULL_NAME
	    : words_of(plain) > 1 ? DESK_BY_LONGER
				  : DESK_BY_SURNAME);
}

/* Of a name that is in no table. */
static struct desk_who
unlisted(const struct desk_speakers *k, struct desk_slice text)
{
	struct desk_slice plain = desk_names_plain(&k->names, text);
	return (struct desk_who){plain, NULL, DESK_NO_NAME,
	    words_of(plain) > 1 ? DESK_BY_FULL_NAME : DESK_BY_WORD};
}

static bool
comma(const struct desk_paragraph *p, size_t i)
{
	return i < p->item_count && p->items[i].sign == ',' &&
	       p->items[i].shape == DESK_SHAPE_SIGN && !p->items[i].region;
}

/* Whether item i is 's, or the apostrophe of a plural. */
static bool
possessive(const struct desk_paragraph *p, size_t i)
{
	const struct desk_item *it = &p->items[i];
	const char *s = p->text.data + it->start;
	return it->word & DESK_W_POSS ||
	       (it->shape == DESK_SHAPE_SIGN && !it->spaced &&
		   (*s == '\'' || (it->end - it->start == 3 &&
				      !memcmp(s, "\xE2\x80\x99", 3))));
}

static int32_t
name_of(const struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_item *it)
{
	return it ? desk_names_find(
			&k->names, desk_ent_text(doc, it->ent), true)
		  : DESK_NO_NAME;
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

/* The person in apposition behind a role: "the mayor of Hill, NAME,". */
static const struct desk_item *
apposed_behind(const struct desk_paragraph *p, struct desk_range r)
{
	size_t i = r.b;
	if (i < p->item_count && p->items[i].word & DESK_W_PREP)
		while (i < p->item_count && i < r.b + HANGING &&
		       !p->items[i].region &&
		       (p->items[i].shape != DESK_SHAPE_SIGN ||
			   (p->items[i].sign == '-' && !p->items[i].spaced) ||
			   possessive(p, i)) &&
		       !(p->items[i].cue & DESK_C_SAY))
			i++;
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
	return comma(p, i) && next < p->item_count && p->items[next].person
		   ? &p->items[next]
		   : NULL;
}

/* The same, or before it: "NAME, a clerk,". */
static int32_t
apposed(const struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	const struct desk_item *name = apposed_behind(p, r);
	if (!name && r.a > 1 && comma(p, r.a - 1) && p->items[r.a - 2].person)
		name = &p->items[r.a - 2];
	return name_of(k, doc, name);
}

static bool
the(const struct desk_paragraph *p, const struct desk_item *it)
{
	const char *s = p->text.data + it->start;
	return it->end - it->start == 3 && (s[0] | 32) == 't' && s[1] == 'h' &&
	       s[2] == 'e';
}

/* Whether a phrase has an owner: "the minister's spokesman". */
static bool
owned(const struct desk_paragraph *p, struct desk_range r)
{
	for (size_t i = r.a + 1; i + 1 < r.b; i++)
		if (possessive(p, i))
			return true;
	return false;
}

/* Whether what stands behind a phrase answers somebody else. */
static bool
answers(const struct desk_paragraph *p, size_t i)
{
	static const char *const list[] = {
	    "answered", "replied", "responded", "retorted"};
	return i < p->item_count && desk_slice_any(desk_item_text(p, i), list,
					sizeof list / sizeof *list);
}

/* The one who was mentioned last, where it may be him. */
static struct desk_who
latest(const struct desk_speakers *k, const struct desk_paragraph *p,
    struct desk_range r)
{
	int32_t name =
	    desk_recent_person(k, p->items[r.a].start, DESK_GENDER_UNKNOWN);
	/* "the old man" is somebody new */
	if (name < 0 || p->items[r.b - 1].role & DESK_R_VAGUE || owned(p, r) ||
	    (name == k->last && answers(p, r.b)))
		return nobody;
	return named(k, name, "PER", DESK_BY_LATEST);
}

/* The bearer of the role that the range's last word names. */
static struct desk_who
role(const struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	int32_t name = apposed(k, doc, p, r);
	const struct desk_item *first = &p->items[r.a];
	if (name >= 0 || !the(p, first))
		return named(k, name, "PER", DESK_BY_APPOSITION);
	struct desk_slice modifier = {NULL, 0};
	for (size_t i = r.b - 1; i-- > r.a + 1;)
		if (!(p->items[i].role & DESK_R_PART) &&
		    p->items[i].shape != DESK_SHAPE_SIGN) {
			modifier = text_of(p, i, i + 1);
			break;
		}
	size_t place = r.b + 1;
	if (place < p->item_count && desk_is(&p->items[place], DESK_W_DET))
		place++;
	if (!modifier.len && place < p->item_count &&
	    p->items[r.b].word & DESK_W_PREP && p->items[place].name)
		modifier = text_of(p, place, place + 1);
	name = desk_names_role(&k->names, text_of(p, r.b - 1, r.b), modifier,
	    desk_recent_subject(k, first->start));
	if (name >= 0)
		return named(k, name, "PER", DESK_BY_ROLE);
	struct desk_who who = latest(k, p, r);
	return who.number >= 0 && modifier.len &&
		       desk_names_bears_other(&k->names, who.number,
			   text_of(p, r.b - 1, r.b), modifier)
		   ? nobody
		   : who;
}

/* The start of the run of names that ends before item b. */
static size_t
name_start(const struct desk_paragraph *p, size_t a, size_t b)
{
	int32_t ent = p->items[b - 1].ent;
	while (b > a + 1 && (ent != DESK_NO_ENT ? p->items[b - 2].ent == ent
						: p->items[b - 2].name))
		b--;
	return b - 1;
}

/* "Skarne Fishermen's Association" where the tagger cut it: the start of what
 * owns a common noun of organisations at item a, or a. */
static size_t
whole_name(const struct desk_doc *doc, const struct desk_paragraph *p,
    size_t lo, size_t a, size_t b)
{
	if (a < lo + 2 || !possessive(p, a - 1) ||
	    strcmp(desk_item_label(doc, &p->items[a - 2]), "ORG"))
		return a;
	for (size_t i = a; i < b; i++)
		if (!(p->items[i].role & DESK_R_ORG))
			return a;
	return name_start(p, lo, a - 1);
}

/* Where a name with small words in it begins, that of no person; or the end. */
static size_t
long_start(const struct desk_paragraph *p, struct desk_range r)
{
	size_t a = r.a;
	bool small = false;
	while (a < r.b && !p->items[a].name)
		a++;
	for (size_t i = a; i < r.b; i++) {
		if (p->items[i].person)
			return r.b;
		small |= i > a && p->items[i].word & DESK_W_PREP;
	}
	return small ? a : r.b;
}

/* Whether one word is capital for where it stands and means several:
 * "Villagers". */
static bool
plural(const struct desk_paragraph *p, struct desk_range r)
{
	struct desk_slice w = text_of(p, r.a, r.b);
	const struct desk_item *b = r.a ? &p->items[r.a - 1] : NULL;
	bool first = !b || b->region || b->sign == '.' || b->sign == ':' ||
		     p->items[r.a].line;
	return first && r.b == r.a + 1 && p->items[r.a].ent == DESK_NO_ENT &&
	       p->items[r.a].shape == DESK_SHAPE_CAP && w.len > 3 &&
	       (w.data[w.len - 1] == 's' ||
		   !memcmp(w.data + w.len - 3, "men", 3));
}

static struct desk_who
proper(struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	const struct desk_item *last = &p->items[r.b - 1];
	size_t a = name_start(p, r.a, r.b);
	size_t whole = whole_name(doc, p, r.a, a, r.b);
	if (whole < a)
		return (struct desk_who){text_of(p, whole, r.b), "ORG",
		    DESK_NO_NAME, DESK_BY_LONG_ORG};
	size_t whole_org = long_start(p, r);
	if (whole_org < a)
		return (struct desk_who){text_of(p, whole_org, r.b), "ORG",
		    DESK_NO_NAME, DESK_BY_LONG_ORG};
	struct desk_slice text = last->ent != DESK_NO_ENT
				     ? desk_ent_text(doc, last->ent)
				     : text_of(p, a, r.b);
	/* the title before a surname tells the gender */
	if (a > r.a && p->items[a - 1].word & DESK_W_TITLE)
		text = desk_slice(p->text.data + p->items[a - 1].start,
		    (size_t)(text.data + text.len - p->text.data) -
			p->items[a - 1].start);
	bool person = !strcmp(desk_item_label(doc, last), "PER");
	int32_t name = desk_names_find(&k->names, text, person);
	/* peoples and the like are nobody */
	bool people = r.b - a < 2 || text.data[text.len - 1] == 's' ||
		      last->role & DESK_R_NATION;
	if (!strcmp(desk_item_label(doc, last), "MISC") &&
	    (name < 0 || (!k->names.list[name].person && people)))
		return nobody;
	if (name < 0 && plural(p, (struct desk_range){a, r.b}))
		return nobody;
	if (name < 0 && last->ent == DESK_NO_ENT) {
		name = desk_names_learn(&k->names, text);
		if (name >= 0)
			desk_recent_add(k, name, p->items[a].start, true, true);
	}
	if (name >= 0)
		return by_name(k, doc, text, name);
	return unlisted(k, text);
}

/* The items of the possessor in a phrase: "Brook" of "Brook's letter to the
 * mayor", "her" of "her letter"; empty where there is none. */
static struct desk_range
possessor(const struct desk_paragraph *p, struct desk_range r)
{
	if (p->items[r.a].word & DESK_W_POSS_DET)
		return (struct desk_range){r.a, r.a + 1};
	for (size_t i = r.a + 1; i + 1 < r.b; i++)
		if (p->items[i].word & DESK_W_POSS && p->items[i - 1].name)
			return (struct desk_range){r.a, i};
	return (struct desk_range){r.a, r.a};
}

/* Who wrote or said a thing: its possessor, the one it is by, a name inside
 * its phrase, or whoever spoke last. */
static struct desk_who
author(struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	struct desk_range owner = possessor(p, r);
	const struct desk_item *first = &p->items[r.a];
	if (owner.a < owner.b && first->word & DESK_W_POSS_DET) {
		if (first->word & DESK_W_ME)
			return nobody;
		const char *s = p->text.data + first->start;
		unsigned gender = (*s | 32) != 'h'     ? DESK_GENDER_UNKNOWN
				  : (s[1] | 32) == 'i' ? DESK_GENDER_MALE
						       : DESK_GENDER_FEMALE;
		return named(k,
		    gender ? desk_recent_person(k, first->start, gender)
			   : DESK_NO_NAME,
		    "PER", DESK_BY_OWNER);
	}
	if (owner.a < owner.b)
		return as(proper(k, doc, p, owner), DESK_BY_OWNER);
	size_t by = r.b;
	if (by + 1 < p->item_count && p->items[by + 1].name &&
	    p->items[by].end - p->items[by].start == 2 &&
	    (p->text.data[p->items[by].start] | 32) == 'b') {
		size_t end = by + 2;
		while (end < p->item_count && p->items[end].name)
			end++;
		return as(proper(k, doc, p, (struct desk_range){by + 1, end}),
		    DESK_BY_AUTHOR);
	}
	for (size_t i = r.a; i + 1 < r.b; i++)
		if (p->items[i].name && !p->items[i + 1].name)
			return as(
			    proper(k, doc, p, (struct desk_range){r.a, i + 1}),
			    DESK_BY_AUTHOR);
	/* "the letter", but not "a letter", "the school letter"; nobody speaks
	 * in "the report" */
	const struct desk_item *last = &p->items[r.b - 1];
	bool known = first->word & DESK_W_DET && r.b == r.a + 2 &&
		     first->end - first->start > 2 &&
		     !desk_word_is_study(
			 p->text.data + last->start, last->end - last->start);
	return named(k, known ? k->last : DESK_NO_NAME, NULL, DESK_BY_SPEECH);
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
	return i > r.a && i + 1 < r.b && p->items[r.b - 1].person &&
	       p->items[i - 1].role & DESK_R_ROLE && !titled &&
	       p->text.data[p->items[i - 1].end - 1] != 's';
}

/* Whether a mention is of more than one: "X and Y". */
static bool
several(const struct desk_paragraph *p, struct desk_range r)
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

/* The gender that a pronoun for one person shows, or none. */
static unsigned
pronoun_gender(const struct desk_paragraph *p, const struct desk_item *it)
{
	const char *s = p->text.data + it->start;
	size_t len = it->end - it->start;
	if (it->word & DESK_W_HE ||
	    (len == 3 && (!memcmp(s, "him", 3) || !memcmp(s, "Him", 3))))
		return DESK_GENDER_MALE;
	return it->word & DESK_W_SHE ? DESK_GENDER_FEMALE : DESK_GENDER_UNKNOWN;
}

/* Who a pronoun stands for; then no pronoun of the other gender does. */
static struct desk_who
by_pronoun(struct desk_speakers *k, const struct desk_item *it, unsigned gender)
{
	int32_t name = desk_recent_person(k, it->start, gender);
	struct desk_who who = named(k, name, "PER",
	    name >= 0 && k->names.list[name].gender ? DESK_BY_PRONOUN
						    : DESK_BY_DOUBTFUL);
	if (name >= 0 && !k->names.list[name].gender)
		k->names.list[name].called = (uint8_t)gender;
	return who;
}

/* What "who" stands behind: "Anna Brook, who", "the clerk who". */
static struct desk_range
antecedent(const struct desk_paragraph *p, struct desk_range r)
{
	size_t b = r.a;
	if (b > 1 && comma(p, b - 1))
		b--;
	if (!b || p->items[b - 1].region)
		return r;
	if (p->items[b - 1].name)
		return (struct desk_range){name_start(p, 0, b), b};
	size_t a = b;
	while (a > 0 && b - a < 4 && !(p->items[a - 1].word & DESK_W_DET) &&
	       p->items[a - 1].shape != DESK_SHAPE_SIGN)
		a--;
	return a > 0 && a < b && p->items[a - 1].word & DESK_W_DET
		   ? (struct desk_range){a - 1, b}
		   : r;
}

/* "the Spaniard", "the 41-year-old": somebody who was named before. */
static bool
stands_for_one(const struct desk_paragraph *p, struct desk_range r)
{
	static const char old[] = "-year-old";
	size_t len = sizeof old - 1, end = p->items[r.b - 1].end;
	return the(p, &p->items[r.a]) &&
	       ((r.b == r.a + 2 && desk_is(&p->items[r.b - 1], DESK_W_FOLK)) ||
		   (end - p->items[r.a].start > len &&
		       !memcmp(p->text.data + end - len, old, len)));
}

/* Whether a phrase is of one person or thing that a clause is about: "another
 * witness", "one of the jurors", but not "jurors", "according to the survey".
 */
static bool
single(const struct desk_paragraph *p, struct desk_range r)
{
	struct desk_slice first = desk_item_text(p, r.a);
	bool one = first.len == 3 && !memcmp(first.data + 1, "ne", 2);
	return (one || p->text.data[p->items[r.b - 1].end - 1] != 's') &&
	       !(r.a && desk_is(&p->items[r.a - 1], DESK_W_PREP));
}

/* The organisation in apposition behind a word for one: "a union, the Harbour
 * Workers,". */
static struct desk_who
organisation_behind(struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	size_t i = r.b + 1;
	if (i < p->item_count && desk_is(&p->items[i], DESK_W_DET))
		i++;
	if (!comma(p, r.b) || i >= p->item_count || p->items[i].region ||
	    strcmp(desk_item_label(doc, &p->items[i]), "ORG"))
		return nobody;
	struct desk_slice text = desk_ent_text(doc, p->items[i].ent);
	int32_t name = desk_names_find(&k->names, text, false);
	return name >= 0 ? as(by_name(k, doc, text, name), DESK_BY_APPOSITION)
			 : nobody;
}

struct desk_who
desk_speakers_resolve(struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	if (r.a >= r.b)
		return nobody;
	if (r.b == r.a + 1 && p->items[r.a].word & DESK_W_REL)
		r = antecedent(p, r);
	const struct desk_item *last = &p->items[r.b - 1];
	while (r.b > r.a + 1 &&
	       (last->shape == DESK_SHAPE_SIGN || last->word & DESK_W_POSS))
		last = &p->items[--r.b - 1];
	unsigned gender = r.b == r.a + 1 ? pronoun_gender(p, last) : 0;
	if (gender)
		return by_pronoun(k, last, gender);
	if (last->word & DESK_W_PRON && r.b == r.a + 1) {
		if (last->word & DESK_W_IT)
			return named(k, desk_recent_org(k, last->start, none),
			    "ORG", DESK_BY_IT);
		return nobody;
	}
	if (desk_word_is_text(
		p->text.data + last->start, last->end - last->start))
		return author(k, doc, p, r);
	if (several(p, r))
		return nobody;
	if (last->word & DESK_W_ANON) /* "an aide, Anna Brook," is one */
		return p->text.data[last->end - 1] == 's'
			   ? nobody
			   : named(k, apposed(k, doc, p, r), "PER",
				 DESK_BY_APPOSITION);
	if (last->role & DESK_R_ROLE && last->ent == DESK_NO_ENT)
		return role(k, doc, p, r);
	if (stands_for_one(p, r)) {
		int32_t name = desk_recent_subject(k, p->items[r.a].start);
		return name >= 0 ? named(k, name, "PER", DESK_BY_LATEST)
				 : latest(k, p, r);
	}
	if (last->name) {
		/* "the Controller of the Treasury, NAME," */
		int32_t name = !last->person && the(p, &p->items[r.a])
				   ? name_of(k, doc, apposed_behind(p, r))
				   : DESK_NO_NAME;
		return name >= 0 ? named(k, name, "PER", DESK_BY_APPOSITION)
				 : proper(k, doc, p, r);
	}
	if (last->role & DESK_R_ORG && p->items[r.a].word & DESK_W_DET &&
	    r.b == r.a + 2)
		return named(k,
		    desk_recent_org(k, last->start, text_of(p, r.b - 1, r.b)),
		    "ORG", DESK_BY_IT);
	if (last->role & DESK_R_ORG)
		return organisation_behind(k, doc, p, r);
	return single(p, r) ? named(k, name_of(k, doc, apposed_behind(p, r)),
				  "PER", DESK_BY_APPOSITION)
			    : nobody;
}

struct desk_who
desk_speakers_named(
    struct desk_speakers *k, const struct desk_doc *doc, struct desk_slice text)
{
	int32_t name = desk_names_find(&k->names, text, true);
	if (name >= 0)
		return by_name(k, doc, text, name);
	return unlisted(k, text);
}
