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
#include "quotes/mentions.h"
#include "quotes/recent.h"
#include "quotes/roles.h"

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

static int32_t
fuller(struct desk_speakers *k, const struct desk_doc *doc, int32_t name)
{
	return name < 0 ? name : desk_names_fuller(&k->names, doc->text, name);
}

/* Of a name that is in no table. */
static struct desk_who
unlisted(const struct desk_speakers *k, struct desk_slice text)
{
	struct desk_slice plain = desk_names_plain(&k->names, text);
	return (struct desk_who){plain, NULL, DESK_NO_NAME,
	    words_of(plain) > 1 ? DESK_BY_FULL_NAME : DESK_BY_WORD};
}

static int32_t
name_of(const struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_item *it)
{
	return it ? desk_names_find(
			&k->names, desk_ent_text(doc, it->ent), true)
		  : DESK_NO_NAME;
}

/* The same, or before it: "NAME, a clerk,". */
static int32_t
apposed(const struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	const struct desk_item *name = desk_mention_apposed_behind(p, r);
	if (!name && r.a > 1 && desk_mention_comma(p, r.a - 1) &&
	    p->items[r.a - 2].person)
		name = &p->items[r.a - 2];
	return name_of(k, doc, name);
}

/* The one who was mentioned last, where it may be him. */
static struct desk_who
latest(const struct desk_speakers *k, const struct desk_paragraph *p,
    struct desk_range r)
{
	int32_t name =
	    desk_recent_person(k, p->items[r.a].start, DESK_GENDER_UNKNOWN);
	/* "the old man" is somebody new */
	if (name < 0 || p->items[r.b - 1].role & DESK_R_VAGUE ||
	    desk_mention_owned(p, r) ||
	    (name == k->last && desk_mention_answers(p, r.b)))
		return nobody;
	return named(k, name, "PER", DESK_BY_LATEST);
}

/* The bearer of the role that the range's last word names. */
static struct desk_who
role(struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	int32_t name = apposed(k, doc, p, r);
	const struct desk_item *first = &p->items[r.a];
	struct desk_range unknown = desk_mention_apposed_words(p, r);
	if (name < 0 && unknown.a < unknown.b) {
		name = desk_names_learn(
		    &k->names, desk_items_text(p, unknown.a, unknown.b));
		if (name < 0)
			return nobody;
		desk_recent_add(k, name, p->items[unknown.a].start, true, true);
	}
	if (name >= 0 || !desk_mention_the(p, first))
		return named(k, name, "PER", DESK_BY_APPOSITION);
	struct desk_slice modifier = {NULL, 0};
	for (size_t i = r.b - 1; i-- > r.a + 1;)
		if (!(p->items[i].role & DESK_R_PART) &&
		    p->items[i].shape != DESK_SHAPE_SIGN) {
			modifier = desk_items_text(p, i, i + 1);
			break;
		}
	size_t place = r.b + 1;
	if (place < p->item_count && desk_is(&p->items[place], DESK_W_DET))
		place++;
	if (!modifier.len && place < p->item_count &&
	    p->items[r.b].word & DESK_W_PREP && p->items[place].name)
		modifier = desk_items_text(p, place, place + 1);
	size_t office = r.b - 1;
	office -=
	    office > r.a + 1 && desk_role_deputy(desk_item_text(p, office - 1));
	name = desk_names_role(&k->names, desk_items_text(p, office, r.b),
	    modifier, desk_recent_subject(k, first->start));
	if (name >= 0)
		return named(k, name, "PER", DESK_BY_ROLE);
	struct desk_who who = latest(k, p, r);
	return who.number >= 0 && modifier.len &&
		       desk_names_bears_other(&k->names, who.number,
			   desk_items_text(p, r.b - 1, r.b), modifier)
		   ? nobody
		   : who;
}

/* "Skarne Fishermen's Association" where the tagger cut it: the start of what
 * owns a common noun of organisations at item a, or a. */
static size_t
whole_name(const struct desk_doc *doc, const struct desk_paragraph *p,
    size_t lo, size_t a, size_t b)
{
	if (a < lo + 2 || !desk_mention_possessive(p, a - 1) ||
	    strcmp(desk_item_label(doc, &p->items[a - 2]), "ORG"))
		return a;
	for (size_t i = a; i < b; i++)
		if (!(p->items[i].role & DESK_R_ORG))
			return a;
	return desk_mention_name_start(p, lo, a - 1);
}

static struct desk_who
proper(struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	const struct desk_item *last = &p->items[r.b - 1];
	size_t a = desk_mention_name_start(p, r.a, r.b);
	size_t whole = whole_name(doc, p, r.a, a, r.b);
	if (whole < a)
		return (struct desk_who){desk_items_text(p, whole, r.b), "ORG",
		    DESK_NO_NAME, DESK_BY_LONG_ORG};
	size_t whole_org = desk_mention_long_start(p, r);
	if (whole_org < a)
		return (struct desk_who){desk_items_text(p, whole_org, r.b),
		    "ORG", DESK_NO_NAME, DESK_BY_LONG_ORG};
	struct desk_slice text = last->ent != DESK_NO_ENT
				     ? desk_ent_text(doc, last->ent)
				     : desk_items_text(p, a, r.b);
	/* the title before a surname tells the gender */
	if (a > r.a && p->items[a - 1].word & DESK_W_TITLE)
		text = desk_slice(p->text.data + p->items[a - 1].start,
		    (size_t)(text.data + text.len - p->text.data) -
			p->items[a - 1].start);
	bool person = !strcmp(desk_item_label(doc, last), "PER");
	int32_t name = desk_recent_bearer(
	    k, text, desk_names_find(&k->names, text, person), p->span.start);
	/* peoples and the like are nobody */
	bool people = r.b - a < 2 || text.data[text.len - 1] == 's' ||
		      last->role & DESK_R_NATION;
	if (!strcmp(desk_item_label(doc, last), "MISC") &&
	    (name < 0 || (!k->names.list[name].person && people)))
		return nobody;
	if (name < 0 && desk_mention_plural(p, (struct desk_range){a, r.b}))
		return nobody;
	/* "Example:" */
	if (name < 0 && last->ent == DESK_NO_ENT && r.b == a + 1 &&
	    desk_mention_first(p, a))
		return nobody;
	if (name < 0 && last->ent == DESK_NO_ENT) {
		name = desk_names_learn(&k->names, text);
		if (name >= 0)
			desk_recent_add(k, name, p->items[a].start, true, true);
	}
	if (name < 0)
		name = desk_names_paper(&k->names, text);
	if (name >= 0)
		return by_name(k, doc, text, name);
	return unlisted(k, text);
}

/* Who wrote or said a thing: its possessor, the one it is by, a name inside
 * its phrase, or whoever spoke last. */
static struct desk_who
author(struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	struct desk_range owner = desk_mention_possessor(p, r);
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
	static const char *const senders[] = {"by", "from"};
	size_t by = r.b, whose = by + 1;
	if (whose < p->item_count && desk_is(&p->items[whose], DESK_W_DET))
		whose++;
	if (whose < p->item_count && p->items[whose].name &&
	    desk_slice_any(desk_item_text(p, by), senders, 2)) {
		size_t end = whose + 1;
		while (end < p->item_count && p->items[end].name)
			end++;
		/* "from Brook's office" is not from Brook */
		if (end < p->item_count && desk_mention_possessive(p, end))
			return nobody;
		return as(proper(k, doc, p, (struct desk_range){whose, end}),
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

/* The organisation in apposition behind a word for one: "a union, the Harbour
 * Workers,". */
static struct desk_who
organisation_behind(struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	size_t i = r.b + 1;
	if (i < p->item_count && desk_is(&p->items[i], DESK_W_DET))
		i++;
	if (!desk_mention_comma(p, r.b) || i >= p->item_count ||
	    p->items[i].region ||
	    strcmp(desk_item_label(doc, &p->items[i]), "ORG"))
		return nobody;
	struct desk_slice text = desk_ent_text(doc, p->items[i].ent);
	int32_t name = desk_names_find(&k->names, text, false);
	return name >= 0 ? as(by_name(k, doc, text, name), DESK_BY_APPOSITION)
			 : nobody;
}

static struct desk_who
resolve(struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	if (r.b == r.a + 1 && p->items[r.a].word & DESK_W_REL)
		r = desk_mention_antecedent(p, r);
	const struct desk_item *last = &p->items[r.b - 1];
	while (r.b > r.a + 1 &&
	       (last->shape == DESK_SHAPE_SIGN || last->word & DESK_W_POSS))
		last = &p->items[--r.b - 1];
	unsigned gender = r.b == r.a + 1 ? desk_mention_gender(p, last) : 0;
	if (gender)
		return by_pronoun(k, last, gender);
	if (last->word & DESK_W_PRON && r.b == r.a + 1) {
		if (last->word & DESK_W_IT)
			return named(k,
			    fuller(
				k, doc, desk_recent_org(k, last->start, none)),
			    "ORG", DESK_BY_IT);
		return nobody;
	}
	if (desk_word_is_text(
		p->text.data + last->start, last->end - last->start))
		return author(k, doc, p, r);
	if (desk_mention_several(p, r))
		return nobody;
	if (last->word & DESK_W_ANON) /* "an aide, Anna Brook," is one */
		return p->text.data[last->end - 1] == 's'
			   ? nobody
			   : named(k, apposed(k, doc, p, r), "PER",
				 DESK_BY_APPOSITION);
	if (last->role & DESK_R_ROLE && last->ent == DESK_NO_ENT)
		return role(k, doc, p, r);
	if (desk_mention_stands_for_one(p, r)) {
		int32_t name = desk_recent_subject(k, p->items[r.a].start);
		return name >= 0 ? named(k, name, "PER", DESK_BY_LATEST)
				 : latest(k, p, r);
	}
	if (last->name) {
		/* "the Controller of the Treasury, NAME," */
		int32_t name =
		    !last->person && desk_mention_the(p, &p->items[r.a])
			? name_of(k, doc, desk_mention_apposed_behind(p, r))
			: DESK_NO_NAME;
		size_t end = last->person ? r.a : desk_mention_office(p, r);
		if (name >= 0)
			return named(k, name, "PER", DESK_BY_APPOSITION);
		return end > r.a
			   ? role(k, doc, p, (struct desk_range){r.a, end})
			   : proper(k, doc, p, r);
	}
	if (last->role & DESK_R_ORG && p->items[r.a].word & DESK_W_DET &&
	    r.b == r.a + 2)
		return named(k,
		    fuller(k, doc,
			desk_recent_org(
			    k, last->start, desk_items_text(p, r.b - 1, r.b))),
		    "ORG", DESK_BY_IT);
	struct desk_range staff = desk_mention_staff(p, r);
	if (staff.a < staff.b)
		return (struct desk_who){desk_items_text(p, staff.a, staff.b),
		    "ORG", DESK_NO_NAME, DESK_BY_ORG};
	if (last->role & DESK_R_ORG)
		return organisation_behind(k, doc, p, r);
	if (!desk_mention_single(p, r))
		return nobody;
	int32_t name = desk_mention_stranger(p, r)
			   ? apposed(k, doc, p, r)
			   : name_of(k, doc, desk_mention_apposed_behind(p, r));
	return named(k, name, "PER", DESK_BY_APPOSITION);
}

/* Takes note of a speaker who is somebody, but has no name: "another witness";
 * "he" is the same. */
static void
note_stranger(struct desk_speakers *k, const struct desk_paragraph *p,
    struct desk_range r, struct desk_who who)
{
	const struct desk_item *first = &p->items[r.a];
	bool he = r.b == r.a + 1 && desk_mention_gender(p, first);
	if (who.name.data)
		k->stranger.sentence = 0;
	else if ((desk_mention_stranger(p, r) && !desk_mention_asks(p, r.b)) ||
		 (he && k->stranger.sentence))
		k->stranger = (struct desk_stranger){first->start, k->sentence};
}

struct desk_who
desk_speakers_resolve(struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, struct desk_range r)
{
	if (r.a >= r.b)
		return nobody;
	struct desk_who who = resolve(k, doc, p, r);
	note_stranger(k, p, r, who);
	return who;
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
