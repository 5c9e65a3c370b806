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

enum { BACK_PARAGRAPHS = 4, HANGING = 8, LAST_SPEAKER = 10, SPEAKS = 4 };

static struct desk_slice
text_of(const struct desk_paragraph *p, size_t a, size_t b)
{
	uint32_t start = p->items[a].start;
	return desk_slice(p->text.data + start, p->items[b - 1].end - start);
}

static const char *
label_of(const struct desk_doc *doc, const struct desk_item *i)
{
	return i->ent == DESK_NO_ENT ? "" : doc->ents[i->ent].label;
}

static struct desk_slice
ent_text(const struct desk_doc *doc, int32_t ent)
{
	const struct desk_ent *e = &doc->ents[ent];
	return desk_slice(doc->text.data + e->start, e->end - e->start);
}

static void
mention(struct desk_speakers *k, int32_t name, uint32_t at, bool subject,
    bool person)
{
	k->recent[k->mentioned++ % DESK_RECENT] =
	    (struct desk_mention){.at = at,
		.sentence = k->sentence,
		.paragraph = k->paragraph,
		.name = name,
		.subject = subject,
		.person = person};
	k->names.list[name].seen = at + 1;
}

/* Whether a preposition governs the noun phrase of item i. */
static bool
governed(const struct desk_paragraph *p, size_t s, size_t i)
{
	for (int n = 0; n < 3 && i > s; n++, i--) {
		const struct desk_item *b = &p->items[i - 1];
		if (b->word & DESK_W_PREP)
			return true;
		if (!(b->word & (DESK_W_DET | DESK_W_POSS_DET)) &&
		    (!b->name || b->person))
			return false;
	}
	return false;
}

void
desk_speakers_note(struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, size_t s, size_t e)
{
	int32_t last = DESK_NO_ENT;
	bool subject = true;
	for (size_t i = s; i < e; i++) {
		const struct desk_item *it = &p->items[i];
		if (it->ent == DESK_NO_ENT || it->ent == last || it->region)
			continue;
		last = it->ent;
		bool person = !strcmp(label_of(doc, it), "PER");
		bool org = !strcmp(label_of(doc, it), "ORG");
		if (!person && !org)
			continue;
		int32_t name =
		    desk_names_find(&k->names, ent_text(doc, it->ent), person);
		if (name < 0)
			continue;
		size_t after = i;
		while (after < e && p->items[after].ent == last)
			after++;
		bool owner = after < e && p->items[after].word & DESK_W_POSS;
		bool object = governed(p, s, i);
		mention(
		    k, name, it->start, subject && !owner && !object, person);
		size_t verb = after;
		while (verb < e && verb < after + 2 &&
		       p->items[verb].word & (DESK_W_ADV | DESK_W_AUX))
			verb++;
		k->recent[(k->mentioned - 1) % DESK_RECENT].speaks =
		    verb < e && p->items[verb].cue & DESK_C_SAY;
		if (!owner && !object)
			subject = false;
	}
}

/* How well a mention fits a pronoun, below 0 for not at all. */
static int
fit(const struct desk_speakers *k, const struct desk_mention *m, uint32_t at,
    unsigned gender)
{
	if (!m->person || m->at >= at ||
	    k->paragraph - m->paragraph > BACK_PARAGRAPHS)
		return -1;
	unsigned own = k->names.list[m->name].gender;
	if (own && gender && own != gender)
		return -1;
	uint32_t sentences = k->sentence - m->sentence;
	int score = 40 - (int)(sentences < 8 ? sentences * 4 : 32);
	score += m->subject ? 8 : 0;
	score += m->name == k->last ? LAST_SPEAKER : 0;
	score += m->speaks ? SPEAKS : 0;
	score += gender && own == gender ? 5 : 0;
	score += k->names.list[m->name].words > 1 ? 1 : 0;
	return score;
}

static int32_t
pronoun(const struct desk_speakers *k, uint32_t at, unsigned gender)
{
	int best = -1;
	int32_t name = DESK_NO_NAME;
	uint32_t n = k->mentioned < DESK_RECENT ? k->mentioned : DESK_RECENT;
	for (uint32_t i = 0; i < n; i++) {
		const struct desk_mention *m =
		    &k->recent[(k->mentioned - 1 - i) % DESK_RECENT];
		int score = fit(k, m, at, gender);
		if (score > best) {
			best = score;
			name = m->name;
		}
	}
	return name;
}

/* The organisation that was the subject last, for "it" and "the company". */
static int32_t
last_org(const struct desk_speakers *k, uint32_t at)
{
	uint32_t n = k->mentioned < DESK_RECENT ? k->mentioned : DESK_RECENT;
	for (uint32_t i = 0; i < n; i++) {
		const struct desk_mention *m =
		    &k->recent[(k->mentioned - 1 - i) % DESK_RECENT];
		if (!m->person && m->at < at && m->subject &&
		    k->sentence - m->sentence <= 2)
			return m->name;
	}
	return DESK_NO_NAME;
}

/* The only person that was subject in the sentences just before. */
static int32_t
last_subject(const struct desk_speakers *k, uint32_t at)
{
	uint32_t n = k->mentioned < DESK_RECENT ? k->mentioned : DESK_RECENT;
	int32_t name = DESK_NO_NAME;
	uint32_t sentence = 0;
	for (uint32_t i = 0; i < n; i++) {
		const struct desk_mention *m =
		    &k->recent[(k->mentioned - 1 - i) % DESK_RECENT];
		if (!m->person || !m->subject || m->at >= at)
			continue;
		if (k->sentence - m->sentence > 2 ||
		    (name >= 0 && m->sentence != sentence))
			break;
		if (name >= 0 && m->name != name)
			return DESK_NO_NAME;
		name = m->name;
		sentence = m->sentence;
	}
	return name;
}

static struct desk_who
named(const struct desk_speakers *k, int32_t name, const char *label)
{
	struct desk_who who = {{NULL, 0}, NULL, DESK_NO_NAME};
	if (name < 0)
		return who;
	who.name = k->names.list[name].text;
	who.label = label ? label : k->names.list[name].person ? "PER" : "ORG";
	who.number = name;
	return who;
}

static bool
comma(const struct desk_paragraph *p, size_t i)
{
	return i < p->item_count && p->items[i].sign == ',' &&
	       p->items[i].shape == DESK_SHAPE_SIGN && !p->items[i].region;
}

/* The person in apposition to a role: "the mayor of Hill, NAME," or "NAME, a
 * clerk,". */
static int32_t
apposed(const struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	size_t i = r.b;
	const struct desk_item *name = NULL;
	if (i < p->item_count && p->items[i].word & DESK_W_PREP)
		while (i < p->item_count && i < r.b + HANGING &&
		       !p->items[i].region &&
		       p->items[i].shape != DESK_SHAPE_SIGN &&
		       !(p->items[i].cue & DESK_C_SAY))
			i++;
	size_t next = i + 1;
	while (next < p->item_count && p->items[next].word & DESK_W_TITLE)
		next++;
	if (comma(p, i) && next < p->item_count && p->items[next].person)
		name = &p->items[next];
	else if (r.a > 1 && comma(p, r.a - 1) && p->items[r.a - 2].person)
		name = &p->items[r.a - 2];
	return name ? desk_names_find(&k->names, ent_text(doc, name->ent), true)
		    : DESK_NO_NAME;
}

/* The bearer of the role that the range's last word names. */
static int32_t
role(const struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	int32_t name = apposed(k, doc, p, r);
	const struct desk_item *first = &p->items[r.a];
	if (name >= 0 || !(first->word & DESK_W_DET) ||
	    (first->end - first->start != 3)) /* "the" only */
		return name;
	struct desk_slice modifier = {NULL, 0};
	for (size_t i = r.b - 1; i-- > r.a + 1;)
		if (!(p->items[i].role & DESK_R_PART) &&
		    p->items[i].shape != DESK_SHAPE_SIGN) {
			modifier = text_of(p, i, i + 1);
			break;
		}
	if (!modifier.len && r.b + 1 < p->item_count &&
	    p->items[r.b].word & DESK_W_PREP && p->items[r.b + 1].name)
		modifier = text_of(p, r.b + 1, r.b + 2);
	name = desk_names_role(&k->names, text_of(p, r.b - 1, r.b), modifier,
	    last_subject(k, first->start));
	return name >= 0 ? name : pronoun(k, first->start, DESK_GENDER_UNKNOWN);
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

/* "Skarne Fishermen's Association" where the tagger cut it: the start of what
 * owns a common noun of organisations at item a, or a. */
static size_t
whole_name(const struct desk_doc *doc, const struct desk_paragraph *p,
    size_t lo, size_t a, size_t b)
{
	if (a < lo + 2 || !possessive(p, a - 1) ||
	    strcmp(label_of(doc, &p->items[a - 2]), "ORG"))
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

static struct desk_who
proper(struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	const struct desk_item *last = &p->items[r.b - 1];
	size_t a = name_start(p, r.a, r.b);
	size_t whole = whole_name(doc, p, r.a, a, r.b);
	if (whole < a)
		return (struct desk_who){
		    text_of(p, whole, r.b), "ORG", DESK_NO_NAME};
	size_t whole_org = long_start(p, r);
	if (whole_org < a)
		return (struct desk_who){
		    text_of(p, whole_org, r.b), "ORG", DESK_NO_NAME};
	struct desk_slice text = last->ent != DESK_NO_ENT
				     ? ent_text(doc, last->ent)
				     : text_of(p, a, r.b);
	/* the title before a surname tells the gender */
	if (a > r.a && p->items[a - 1].word & DESK_W_TITLE)
		text = desk_slice(p->text.data + p->items[a - 1].start,
		    (size_t)(text.data + text.len - p->text.data) -
			p->items[a - 1].start);
	bool person = !strcmp(label_of(doc, last), "PER");
	int32_t name = desk_names_find(&k->names, text, person);
	/* peoples and the like are nobody */
	bool people = r.b - a < 2 || text.data[text.len - 1] == 's' ||
		      last->role & DESK_R_NATION;
	if (!strcmp(label_of(doc, last), "MISC") &&
	    (name < 0 || (!k->names.list[name].person && people)))
		return named(k, DESK_NO_NAME, NULL);
	if (name < 0 && last->ent == DESK_NO_ENT) {
		name = desk_names_learn(&k->names, text);
		if (name >= 0)
			mention(k, name, p->items[a].start, true, true);
	}
	if (name >= 0)
		return named(
		    k, desk_names_fuller(&k->names, doc->text, name), NULL);
	struct desk_who who = {desk_names_plain(text), NULL, DESK_NO_NAME};
	return who;
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
			return named(k, DESK_NO_NAME, NULL);
		const char *s = p->text.data + first->start;
		unsigned gender = (*s | 32) != 'h'     ? DESK_GENDER_UNKNOWN
				  : (s[1] | 32) == 'i' ? DESK_GENDER_MALE
						       : DESK_GENDER_FEMALE;
		return named(k,
		    gender ? pronoun(k, first->start, gender) : DESK_NO_NAME,
		    "PER");
	}
	if (owner.a < owner.b)
		return proper(k, doc, p, owner);
	size_t by = r.b;
	if (by + 1 < p->item_count && p->items[by + 1].name &&
	    p->items[by].end - p->items[by].start == 2 &&
	    (p->text.data[p->items[by].start] | 32) == 'b') {
		size_t end = by + 2;
		while (end < p->item_count && p->items[end].name)
			end++;
		return proper(k, doc, p, (struct desk_range){by + 1, end});
	}
	for (size_t i = r.a; i + 1 < r.b; i++)
		if (p->items[i].name && !p->items[i + 1].name)
			return proper(
			    k, doc, p, (struct desk_range){r.a, i + 1});
	/* "the statement", but not "a report" */
	bool known = first->word & DESK_W_DET && first->end - first->start > 2;
	return named(k, known ? k->last : DESK_NO_NAME, NULL);
}

/* Whether a verb follows soon: then "and" joins clauses. */
static bool
coming_verb(const struct desk_paragraph *p, size_t i)
{
	return i + 1 < p->item_count &&
	       (p->items[i].cue & DESK_C_SAY || p->items[i].word & DESK_W_AUX);
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
		    p->items[i].ent == DESK_NO_ENT)
			return true;
	return false;
}

struct desk_who
desk_speakers_resolve(struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	struct desk_who nobody = {{NULL, 0}, NULL, DESK_NO_NAME};
	if (r.a >= r.b)
		return nobody;
	const struct desk_item *last = &p->items[r.b - 1];
	while (r.b > r.a + 1 &&
	       (last->shape == DESK_SHAPE_SIGN || last->word & DESK_W_POSS))
		last = &p->items[--r.b - 1];
	if (last->word & DESK_W_PRON && r.b == r.a + 1) {
		if (last->word & (DESK_W_HE | DESK_W_SHE))
			return named(k,
			    pronoun(k, last->start,
				last->word & DESK_W_HE ? DESK_GENDER_MALE
						       : DESK_GENDER_FEMALE),
			    "PER");
		if (last->word & DESK_W_IT)
			return named(k, last_org(k, last->start), "ORG");
		return nobody;
	}
	if (desk_word_is_text(
		p->text.data + last->start, last->end - last->start))
		return author(k, doc, p, r);
	if (last->word & DESK_W_ANON || several(p, r))
		return nobody;
	if (last->role & DESK_R_ROLE && last->ent == DESK_NO_ENT)
		return named(k, role(k, doc, p, r), "PER");
	if (last->name)
		return proper(k, doc, p, r);
	if (last->role & DESK_R_ORG && p->items[r.a].word & DESK_W_DET &&
	    r.b == r.a + 2)
		return named(k, last_org(k, last->start), "ORG");
	return nobody;
}

struct desk_who
desk_speakers_named(
    struct desk_speakers *k, const struct desk_doc *doc, struct desk_slice text)
{
	int32_t name = desk_names_find(&k->names, text, true);
	if (name >= 0)
		return named(
		    k, desk_names_fuller(&k->names, doc->text, name), NULL);
	return (struct desk_who){desk_names_plain(text), NULL, DESK_NO_NAME};
}
