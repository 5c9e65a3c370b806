/*
 * recent.c - who was mentioned last.
 *
 * A ring of the last mentions of persons and organisations, each with its
 * place and whether it was a subject, for pronouns and nouns that stand for
 * one of them.
 */
#include "quotes/recent.h"

#include <string.h>

#include "core/slice.h"

enum {
	BACK_PARAGRAPHS = 4,
	LAST_SPEAKER = 10,
	SPEAKS = 4,
	SPOKEN_OF = 8,
	INTRODUCED = 12,
	OPENS = 12,
	ASKED = 40,
	TOPIC = 40,
	STRANGER = 2 /* sentences that somebody without a name is "he" for */
};

void
desk_recent_add(struct desk_speakers *k, int32_t name, uint32_t at,
    bool subject, bool person)
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

/* Whether a verb stands before item i, as far as its end tells: "grabbed
 * Anna". */
static bool
acted_on(const struct desk_paragraph *p, size_t s, size_t i)
{
	if (i < s + 2)
		return false;
	const struct desk_item *b = &p->items[i - 1];
	struct desk_slice w = desk_item_text(p, i - 1);
	return w.len > 4 && b->shape == DESK_SHAPE_LOWER && !b->region &&
	       !b->role && !b->cue && !memcmp(w.data + w.len - 2, "ed", 2) &&
	       !desk_item_is(p, i - 1, "named");
}

/* Whether what ends before item i only says which person follows: "United" of
 * "United captain Anna Brook". */
static bool
modifies(const struct desk_paragraph *p, size_t i, size_t e)
{
	static const uint32_t others = DESK_W_CLAUSE | DESK_W_DET | DESK_W_POSS;
	size_t k = i;
	while (k < e && k < i + 3 && !p->items[k].person &&
	       p->items[k].shape == DESK_SHAPE_LOWER && !p->items[k].cue &&
	       !desk_is(&p->items[k], others))
		k++;
	return k < e && p->items[k].person && !p->items[k].region;
}

/* Whether nothing but titles and the like stands before item i in its clause: a
 * sentence is about whom it begins with.  "her husband, NAME" is no beginning.
 */
static bool
opens_clause(const struct desk_paragraph *p, size_t s, size_t i)
{
	static const uint32_t others =
	    DESK_W_CLAUSE | DESK_W_THAT | DESK_W_PRON | DESK_W_POSS;
	for (; i > s; i--) {
		const struct desk_item *b = &p->items[i - 1];
		if (b->sign == ',')
			return i < s + 2 || b[-1].region ||
			       b[-1].shape != DESK_SHAPE_LOWER ||
			       desk_is(&b[-1], DESK_W_ADV | DESK_W_TIME);
		if (desk_is(b, others) || b->cue || b->sign == ':')
			return false;
	}
	return true;
}

/* Whether who is named at item i is asked: "the agency asked Mr. Hill". */
static bool
asked(const struct desk_paragraph *p, size_t s, size_t i)
{
	static const char *const be[] = {"been", "is", "was", "were"};
	while (i > s && desk_is(&p->items[i - 1], DESK_W_TITLE))
		i--;
	return i > s + 1 && !p->items[i - 1].region &&
	       desk_item_is(p, i - 1, "asked") &&
	       !desk_slice_any(
		   desk_item_text(p, i - 2), be, sizeof be / sizeof *be);
}

/* Whether what items [i, e) begin with is the topic: "As for Brook, he". */
static bool
topic(const struct desk_paragraph *p, size_t s, size_t i, size_t after)
{
	static const char *const words[] = {"For", "for"};
	return i > s && i <= s + 2 && after < p->item_count &&
	       p->items[after].sign == ',' &&
	       desk_slice_any(desk_item_text(p, i - 1), words, 2) &&
	       (i == s + 1 || desk_slice_is(desk_item_text(p, s), "As"));
}

/* Whether a paragraph is nothing but marked. */
static bool
all_marked(const struct desk_paragraph *p)
{
	size_t i = 0;
	while (i < p->item_count &&
	       (p->items[i].region || p->items[i].shape == DESK_SHAPE_SIGN))
		i++;
	return i == p->item_count;
}

static bool
one_word(struct desk_slice text)
{
	return !memchr(text.data, ' ', text.len);
}

/* Whether a word of a name begins the other: "Donald J. Hill", "Donald Hill".
 */
static bool
same_person(const struct desk_name *a, const struct desk_name *b)
{
	for (int swap = 0; swap < 2; swap++) {
		struct desk_slice x = swap ? b->text : a->text;
		struct desk_slice y = swap ? a->text : b->text;
		const char *blank = memchr(y.data, ' ', y.len);
		size_t n = blank ? (size_t)(blank - y.data) : y.len;
		for (size_t i = 0; i + n <= x.len; i++)
			if ((!i || x.data[i - 1] == ' ') &&
			    desk_names_same(desk_slice(x.data + i, n),
				desk_slice(y.data, n)))
				return true;
	}
	return false;
}

int32_t
desk_recent_bearer(const struct desk_speakers *k, struct desk_slice text,
    int32_t name, uint32_t from)
{
	int32_t list[DESK_BEARERS], best = DESK_NO_NAME;
	const struct desk_name *usual = name < 0 ? NULL : &k->names.list[name];
	if (!usual || !usual->person || usual->words < 2 ||
	    !desk_names_same(
		desk_slice(usual->text.data + usual->key, usual->key_len),
		text))
		return name;
	size_t n = desk_names_bearers(&k->names, name, list);
	if (n < 2)
		return name;
	for (size_t i = 0; i < n; i++) {
		const struct desk_name *b = &k->names.list[list[i]];
		bool told = b->told > from && b->told > usual->whole;
		if (!b->whole || !b->gender || (usual->whole && !told) ||
		    same_person(b, usual))
			continue;
		if (best < 0 || b->whole > k->names.list[best].whole)
			best = list[i];
	}
	return best < 0 ? name : best;
}

void
desk_speakers_note(struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, size_t s, size_t e)
{
	int32_t last = DESK_NO_ENT;
	bool subject = true;
	/* what somebody says puts him no farther away */
	if (k->stranger.sentence && !s && all_marked(p))
		k->stranger.sentence++;
	for (size_t i = s; i < e; i++) {
		const struct desk_item *it = &p->items[i];
		if (it->ent == DESK_NO_ENT || it->ent == last || it->region)
			continue;
		/* "the Spaniard" is somebody else */
		if (i > s && desk_is(it, DESK_W_FOLK) &&
		    desk_is(&p->items[i - 1], DESK_W_DET))
			continue;
		last = it->ent;
		bool person = !strcmp(desk_item_label(doc, it), "PER");
		bool org = !strcmp(desk_item_label(doc, it), "ORG");
		if (!person && !org)
			continue;
		int32_t name = desk_names_find(
		    &k->names, desk_ent_text(doc, it->ent), person);
		struct desk_slice text = desk_ent_text(doc, it->ent);
		name = desk_recent_bearer(k, text, name, p->span.start);
		if (name < 0)
			continue;
		size_t after = i;
		while (after < e && p->items[after].ent == last)
			after++;
		bool owner = after < e && p->items[after].word & DESK_W_POSS;
		bool about = person && topic(p, s, i, after);
		bool object =
		    !about && (governed(p, s, i) || acted_on(p, s, i) ||
				  (org && modifies(p, after, e)));
		bool fresh = !k->names.list[name].seen;
		desk_recent_add(
		    k, name, it->start, subject && !owner && !object, person);
		size_t verb = after;
		while (verb < e && verb < after + 2 &&
		       p->items[verb].word & (DESK_W_ADV | DESK_W_AUX))
			verb++;
		struct desk_mention *m =
		    &k->recent[(k->mentioned - 1) % DESK_RECENT];
		m->speaks = verb < e && p->items[verb].cue & DESK_C_SAY;
		m->topic = about;
		/* "the Hill campaign" is not about him */
		bool named = !i || !desk_is(&p->items[i - 1], DESK_W_DET);
		m->opens = m->subject && named && !modifies(p, after, e) &&
			   opens_clause(p, s, i);
		m->asked = person && asked(p, s, i);
		m->owns = owner && person && subject && opens_clause(p, s, i);
		m->introduced =
		    fresh && m->opens && k->names.list[name].words > 1;
		if (!one_word(text)) {
			struct desk_name *whole = &k->names.list[name];
			whole->whole = it->start + 1;
			if (m->opens)
				whole->told = it->start + 1;
		}
		if (!owner && !object)
			subject = false;
	}
}

/* Whether a name is not one of the other gender, as far as is known. */
static bool
may_be(const struct desk_name *name, unsigned gender)
{
	unsigned called = name->gender ? name->gender : name->called;
	return !called || !gender || called == gender;
}

/* Whether whom a sentence is about may be "he" at a place: in its paragraph, or
 * in the next one where nobody else is named before, and whoever spoke last did
 * so elsewhere. */
static bool
may_open(
    const struct desk_speakers *k, const struct desk_mention *m, uint32_t at)
{
	uint32_t n = k->mentioned < DESK_RECENT ? k->mentioned : DESK_RECENT;
	if (m->paragraph == k->paragraph)
		return true;
	for (uint32_t i = 0; i < n; i++) {
		const struct desk_mention *o =
		    &k->recent[(k->mentioned - 1 - i) % DESK_RECENT];
		if (o->sentence < m->sentence)
			break;
		bool here = o->paragraph == k->paragraph && o->at < at;
		if (o->person && o->name != m->name &&
		    (here ||
			(o->sentence == m->sentence && o->name == k->last)))
			return false;
	}
	return true;
}

/* How well a mention fits a pronoun, below 0 for not at all. */
static int
fit(const struct desk_speakers *k, const struct desk_mention *m, uint32_t at,
    unsigned gender, bool other)
{
	if (!m->person || m->at >= at ||
	    k->paragraph - m->paragraph > BACK_PARAGRAPHS)
		return -1;
	/* "the chief" is not whom he speaks of; "he" may be */
	bool inside = m->at >= k->said.start && m->at < k->said.end;
	if (!gender && inside)
		return -1;
	const struct desk_name *name = &k->names.list[m->name];
	if (!may_be(name, gender))
		return -1;
	uint32_t sentences = k->sentence - m->sentence;
	int score = 40 - (int)(sentences < 8 ? sentences * 4 : 32);
	other &= m->paragraph < k->paragraph;
	bool owns = m->owns && m->paragraph == k->paragraph;
	score += m->subject || owns ? 8 : 0;
	score += m->name == k->last && !other ? LAST_SPEAKER : 0;
	/* whom the last one spoke of says less than he does */
	bool spoken_of = k->last >= 0 && m->name != k->last &&
			 m->at >= k->told.start && m->at < k->told.end;
	score -= spoken_of ? SPOKEN_OF : 0;
	score += m->speaks && !other ? SPEAKS : 0;
	score += m->introduced && gender && sentences < 2 && !spoken_of
		     ? INTRODUCED
		 : m->opens && gender && sentences < 2 && !inside &&
			 !spoken_of && may_open(k, m, at)
		     ? OPENS
		     : 0;
	score += m->topic && !sentences ? TOPIC : 0;
	score += m->asked && gender && sentences < 2 ? ASKED : 0;
	score += gender && name->gender == gender ? 5 : 0;
	score += name->words > 1 ? 1 : 0;
	return score;
}

/* Whoever spoke last, where he may be called so: his name may be far. */
static int32_t
last_speaker(const struct desk_speakers *k, unsigned gender)
{
	if (k->last < 0 || !gender || !k->names.list[k->last].person)
		return DESK_NO_NAME;
	return may_be(&k->names.list[k->last], gender) ? k->last : DESK_NO_NAME;
}

/* Whether the paragraph at hand is about somebody else than who spoke last. */
static bool
about_other(const struct desk_speakers *k, uint32_t at, unsigned gender)
{
	uint32_t n = k->mentioned < DESK_RECENT ? k->mentioned : DESK_RECENT;
	bool other = false;
	for (uint32_t i = 0; i < n; i++) {
		const struct desk_mention *m =
		    &k->recent[(k->mentioned - 1 - i) % DESK_RECENT];
		if (m->paragraph < k->paragraph)
			break;
		if (m->at >= at || !m->person)
			continue;
		if (m->name == k->last)
			return false;
		bool inside = m->at >= k->said.start && m->at < k->said.end;
		other |= (m->opens || m->owns) && !inside &&
			 may_be(&k->names.list[m->name], gender);
	}
	return other;
}

int32_t
desk_recent_person(const struct desk_speakers *k, uint32_t at, unsigned gender)
{
	int best = -1;
	int32_t name = DESK_NO_NAME;
	uint32_t n = k->mentioned < DESK_RECENT ? k->mentioned : DESK_RECENT;
	bool other = gender && about_other(k, at, gender);
	bool stranger = gender && k->stranger.sentence &&
			k->sentence - k->stranger.sentence <= STRANGER;
	for (uint32_t i = 0; i < n; i++) {
		const struct desk_mention *m =
		    &k->recent[(k->mentioned - 1 - i) % DESK_RECENT];
		/* whoever spoke without a name since is "he" */
		if (stranger && m->at < k->stranger.at)
			break;
		int score = fit(k, m, at, gender, other);
		if (score > best) {
			best = score;
			name = m->name;
		}
	}
	return name >= 0 || stranger ? name : last_speaker(k, gender);
}

/* Whether a name has a word in it, capital or not. */
static bool
has_word(struct desk_slice name, struct desk_slice word)
{
	for (size_t i = 0; i + word.len <= name.len; i++)
		if ((!i || name.data[i - 1] == ' ') &&
		    desk_names_same(desk_slice(name.data + i, word.len), word))
			return true;
	return false;
}

/* Words for organisations of many sorts. */
static bool
any_sort(struct desk_slice noun)
{
	static const char *const list[] = {"agency", "association", "business",
	    "club", "company", "corporation", "firm", "group", "organisation",
	    "organization", "team"};
	return desk_slice_any(noun, list, sizeof list / sizeof *list);
}

/* The organisation that was the subject last, for "it" and "the company"; one
 * whose name has the noun in it, for "the court". */
int32_t
desk_recent_org(
    const struct desk_speakers *k, uint32_t at, struct desk_slice noun)
{
	bool any = !noun.len || any_sort(noun);
	uint32_t n = k->mentioned < DESK_RECENT ? k->mentioned : DESK_RECENT;
	for (uint32_t i = 0; any && noun.len && i < n; i++) {
		const struct desk_mention *m =
		    &k->recent[(k->mentioned - 1 - i) % DESK_RECENT];
		if (!m->person && m->at < at &&
		    has_word(k->names.list[m->name].text, noun))
			return m->name;
	}
	for (uint32_t i = 0; i < n; i++) {
		const struct desk_mention *m =
		    &k->recent[(k->mentioned - 1 - i) % DESK_RECENT];
		if (!m->person && m->at < at &&
		    (any ? m->subject && k->sentence - m->sentence <= 2
			 : has_word(k->names.list[m->name].text, noun)))
			return m->name;
	}
	return DESK_NO_NAME;
}

/* The only person that was subject in the sentences just before. */
int32_t
desk_recent_subject(const struct desk_speakers *k, uint32_t at)
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
