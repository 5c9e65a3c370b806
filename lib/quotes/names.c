/*
 * names.c - the table of a document's names.
 *
 * Names hang in chains by the hash of their last word, suffixes like "Jr."
 * left out.  All counts are bounded.
 */
#include "quotes/names.h"

#include <string.h>

#include "core/error.h"
#include "core/lexicon.h"
#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "quotes/forms.h"
#include "quotes/nameparts.h"
#include "quotes/roles.h"
#include "quotes/words.h"

#include "quote_names.inc"

enum {
	BUCKETS = 4096,
	NAMES_MAX = 1 << 16,
	CHAIN_MAX = 64,
	NAME_BYTES = 200,
	GLUED_MAX = 10,
	SEARCH_BYTES = 1 << 17,
	SEARCHES_MAX = 64
};

static uint8_t
given(struct desk_slice s)
{
	char word[32];
	size_t n = s.len < sizeof word ? desk_fold(s.data, s.len, word, 32) : 0;
	uint32_t found = n ? desk_lexicon_find(&quote_names, word, n) : 0;
	if (found == QUOTE_NAMES_MALE)
		return DESK_GENDER_MALE;
	return found == QUOTE_NAMES_FEMALE ? DESK_GENDER_FEMALE
					   : DESK_GENDER_UNKNOWN;
}

static const struct desk_form *
form_of(const struct desk_names *n, struct desk_slice s, struct desk_form *own)
{
	own->word = own->role = 0;
	return s.len
		   ? desk_form_of(n->forms, own, s.data, s.len, DESK_SHAPE_CAP)
		   : own;
}

uint32_t
desk_names_classes_of(const struct desk_names *n, struct desk_slice s)
{
	struct desk_form own;
	return form_of(n, s, &own)->word;
}

uint8_t
desk_names_roles_of(const struct desk_names *n, struct desk_slice s)
{
	struct desk_form own;
	return form_of(n, s, &own)->role;
}

/* "Conservative Party": what is before is no title. */
static bool
ends_in_org(const struct desk_names *names, const struct desk_name_words *w)
{
	return desk_names_roles_of(names, w->list[w->count - 1]) & DESK_R_ORG;
}

/* "Commissioner for Ports": the same. */
static bool
before_preposition(
    const struct desk_names *names, const struct desk_name_words *w, size_t n)
{
	return desk_names_classes_of(names, w->list[n + 1]) & DESK_W_PREP;
}

/* Drops what stands before the name proper: all up to the last title or role
 * that two words or more follow, and titles right before a surname; and letters
 * behind it, "KC".  Tells the gender that titles show. */
static void
strip_titles(
    const struct desk_names *names, struct desk_name_words *w, uint8_t *gender)
{
	size_t from = 0;
	while (w->count > 2 &&
	       desk_names_classes_of(names, w->list[w->count - 1]) &
		   DESK_W_LETTERS)
		w->count--;
	for (size_t n = 0; n + 1 < w->count; n++) {
		struct desk_form own;
		const struct desk_form *f = form_of(names, w->list[n], &own);
		uint32_t c = f->word;
		bool title =
		    c & DESK_W_TITLE || f->role & (DESK_R_ROLE | DESK_R_PART);
		/* "Secretary of State NAME" */
		title |= !n && desk_slice_is(w->list[n], "State");
		title = c & DESK_W_DET || (title && !ends_in_org(names, w));
		if (!title || before_preposition(names, w, n) ||
		    (n != from && n + 2 >= w->count && !(c & DESK_W_TITLE)))
			continue;
		if (c & DESK_W_MALE)
			*gender = DESK_GENDER_MALE;
		if (c & DESK_W_FEMALE)
			*gender = DESK_GENDER_FEMALE;
		from = n + 1;
	}
	w->count -= from;
	memmove(w->list, w->list + from, w->count * sizeof *w->list);
}

/* "The Hill Times" and "the Hill Times" are one. */
static void
strip_article(struct desk_name_words *w)
{
	if (w->count < 3 || !desk_names_same(w->list[0], desk_slice("the", 3)))
		return;
	w->count--;
	memmove(w->list, w->list + 1, w->count * sizeof *w->list);
}

/* The word that a name is filed under: the last but for "Jr.". */
static size_t
key_word(const struct desk_names *n, const struct desk_name_words *w)
{
	size_t i = w->count - 1;
	if (i > 0 && desk_names_classes_of(n, w->list[i]) & DESK_W_SUFFIX)
		i--;
	return i;
}

/* From the first to the last word, as it stands; a possessive 's goes. */
static struct desk_slice
span_of(const struct desk_name_words *w)
{
	struct desk_slice last = w->list[w->count - 1];
	const char *end = last.data + last.len;
	if (last.len > 2 && end[-1] == 's' && end[-2] == '\'')
		end -= 2;
	else if (last.len > 4 && !memcmp(end - 4, "\xE2\x80\x99s", 4))
		end -= 4;
	return desk_slice(w->list[0].data, (size_t)(end - w->list[0].data));
}

static unsigned char
fold_byte(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* Names in capitals are filed with those that are not. */
static uint32_t
bucket(struct desk_slice s)
{
	char word[64];
	size_t n = s.len < sizeof word ? s.len : sizeof word;
	for (size_t i = 0; i < n; i++)
		word[i] = (char)fold_byte(s.data[i]);
	return desk_lexicon_hash(word, n) % BUCKETS;
}

size_t
desk_names_common(struct desk_slice a, struct desk_slice b)
{
	size_t i = 0;
	while (i < a.len && i < b.len &&
	       fold_byte(a.data[i]) == fold_byte(b.data[i]))
		i++;
	return i;
}

bool
desk_names_same(struct desk_slice a, struct desk_slice b)
{
	return a.len == b.len && desk_names_common(a, b) == a.len;
}

static bool
small(char c)
{
	return c >= 'a' && c <= 'z';
}

/* "Anna Hill" of "Anna Hill (D", "Hill" of "Anna) Hill", "Anna" of "Hill.
 * Anna". */
static struct desk_slice
without_rest(struct desk_slice text)
{
	/* "Skarne. Anna": a sentence ended there */
	for (size_t i = 5; i + 3 < text.len; i++)
		if (text.data[i] == '.' && text.data[i + 1] == ' ' &&
		    small(text.data[i - 1]) && small(text.data[i - 2]) &&
		    small(text.data[i - 3]) && small(text.data[i - 4]))
			text = desk_slice(text.data + i + 2, text.len - i - 2);
	const char *open = memchr(text.data, '(', text.len);
	if (open && open - text.data > 2)
		return desk_slice(
		    text.data, (size_t)(open - text.data) - (open[-1] == ' '));
	const char *close = open ? NULL : memchr(text.data, ')', text.len);
	if (!close || close + 2 >= text.data + text.len)
		return text;
	return desk_slice(
	    close + 1, (size_t)(text.data + text.len - close) - 1);
}

/* Adds a name or counts it once more; its number or DESK_NO_NAME. */
static int32_t
add(struct desk_names *n, struct desk_slice text, bool person, uint8_t gender)
{
	if (person)
		text = without_rest(text);
	struct desk_name_words w = desk_name_split(text);
	if (!w.count || text.len > NAME_BYTES)
		return DESK_NO_NAME;
	if (person)
		strip_titles(n, &w, &gender);
	else
		strip_article(&w);
	struct desk_slice name = span_of(&w);
	uint32_t *head = &n->heads[bucket(w.list[key_word(n, &w)])];
	int chain = 0;
	for (uint32_t i = *head; i && chain < CHAIN_MAX;
	     i = n->list[i - 1].next, chain++) {
		struct desk_name *known = &n->list[i - 1];
		if (!desk_slice_equal(known->text, name))
			continue;
		known->count++;
		known->person |= person;
		if (gender)
			known->gender = gender;
		return (int32_t)(i - 1);
	}
	if (n->count >= NAMES_MAX ||
	    !DESK_RESERVE(n->arena, n->list, n->count, n->room))
		return DESK_NO_NAME;
	if (!gender && w.count > 1)
		gender = given(w.list[0]);
	struct desk_slice key = w.list[key_word(n, &w)];
	if (key.data + key.len > name.data + name.len)
		key.len = (size_t)(name.data + name.len - key.data);
	n->list[n->count++] = (struct desk_name){.text = name,
	    .key = (uint16_t)(key.data - name.data),
	    .key_len = (uint16_t)key.len,
	    .next = *head,
	    .count = 1,
	    .words = (uint8_t)w.count,
	    .gender = gender,
	    .person = person};
	*head = (uint32_t)n->count;
	return (int32_t)n->count - 1;
}

static bool
holds(const struct desk_name_words *w, struct desk_slice word)
{
	for (size_t i = 0; i < w->count; i++)
		if (desk_names_same(w->list[i], word))
			return true;
	return false;
}

/* Whether the name of `full` may be the fuller form of `w`. */
static bool
fuller(const struct desk_names *n, const struct desk_name *full,
    const struct desk_name_words *w)
{
	struct desk_slice key =
	    desk_slice(full->text.data + full->key, full->key_len);
	if (full->words < w->count ||
	    !desk_names_same(key, w->list[key_word(n, w)]))
		return false;
	if (w->count == 1)
		return true;
	struct desk_name_words f = desk_name_split(full->text);
	return holds(&f, w->list[0]);
}

/* The letters at the end of a name's last word that make a small word or a verb
 * of saying, glued on where a blank was lost: "Poutineand its"; or 0.  There is
 * something to show it: what follows, or a name without them. */
static size_t
glued_tail(const struct desk_names *n, const struct desk_name *name)
{
	if (name->key + name->key_len != name->text.len || name->count > 1)
		return 0;
	const char *s = name->text.data + name->key;
	for (size_t tail = 2; tail < GLUED_MAX && tail + 3 <= name->key_len;
	     tail++) {
		const char *t = s + name->key_len - tail;
		if (*t < 'a' || *t > 'z' ||
		    !(desk_word_classes(t, tail) &
			(DESK_W_CONJ | DESK_W_PREP | DESK_W_SUB | DESK_W_REL)))
			continue;
		struct desk_name_words stem = {
		    .count = 1, .list = {desk_slice(s, name->key_len - tail)}};
		uint32_t i = n->heads[bucket(stem.list[0])];
		for (int chain = 0; i && chain < CHAIN_MAX;
		     i = n->list[i - 1].next, chain++)
			if (n->list[i - 1].person &&
			    fuller(n, &n->list[i - 1], &stem))
				return tail;
		if (name->loose && name->words > 1 && tail > 2)
			return tail;
	}
	return 0;
}

/* Gives each name that something is glued to its plain form. */
static void
unglue(struct desk_names *n)
{
	for (size_t i = 0, count = n->count; i < count; i++) {
		size_t tail =
		    n->list[i].person ? glued_tail(n, &n->list[i]) : 0;
		if (!tail)
			continue;
		struct desk_slice text = n->list[i].text;
		text.len -= tail;
		int32_t plain = add(n, text, true, n->list[i].gender);
		n->list[i].plain = (uint32_t)(plain + 1);
	}
}

/* A lone first name: the person named most who has it; of a word that may be a
 * family's name put first, the only one. */
static int32_t
by_first(const struct desk_names *n, struct desk_slice word)
{
	bool only = !given(word);
	int32_t best = DESK_NO_NAME;
	size_t limit = n->count < 256 ? n->count : 256;
	for (size_t i = 0; i < limit; i++) {
		const struct desk_name *name = &n->list[i];
		if (!name->person || name->words < 2 ||
		    name->text.len <= word.len ||
		    name->text.data[word.len] != ' ' ||
		    memcmp(name->text.data, word.data, word.len))
			continue;
		if (best >= 0 && only)
			return DESK_NO_NAME;
		if (best < 0 || name->count > n->list[best].count)
			best = (int32_t)i;
	}
	return best;
}

int32_t
desk_names_find(const struct desk_names *n, struct desk_slice text, bool person)
{
	struct desk_name_words w = desk_name_split(text);
	uint8_t gender = DESK_GENDER_UNKNOWN;
	if (!w.count)
		return DESK_NO_NAME;
	strip_titles(n, &w, &gender);
	struct desk_slice plain = span_of(&w);
	w.list[w.count - 1].len -=
	    (size_t)(w.list[w.count - 1].data + w.list[w.count - 1].len -
		     (plain.data + plain.len));
	int32_t best = DESK_NO_NAME;
	uint32_t i = n->heads[bucket(w.list[key_word(n, &w)])];
	for (int chain = 0; i && chain < CHAIN_MAX;
	     i = n->list[i - 1].next, chain++) {
		const struct desk_name *name = &n->list[i - 1];
		if (!fuller(n, name, &w) ||
		    (!name->person && name->words > 1 && w.count == 1))
			continue;
		if (gender && name->gender && gender != name->gender)
			continue;
		if (best < 0) {
			best = (int32_t)(i - 1);
			continue;
		}
		const struct desk_name *old = &n->list[best];
		if (!name->plain != !old->plain &&
		    (name->words > 1) == (old->words > 1)) {
			best = old->plain ? (int32_t)(i - 1) : best;
			continue;
		}
		bool longer = name->words > old->words;
		/* the chain has the last one first */
		bool oftener =
		    name->count > old->count ||
		    (name->count == old->count && name->text.data >= n->body);
		bool by_length =
		    w.count > 1 || name->words < 2 || old->words < 2;
		bool better =
		    by_length && name->words != old->words ? longer : oftener;
		if (better)
			best = (int32_t)(i - 1);
	}
	if ((best < 0 || n->list[best].words < 2) && w.count == 1 && person) {
		int32_t found = by_first(n, w.list[0]);
		best = found >= 0 ? found : best;
	}
	return best >= 0 && n->list[best].plain
		   ? (int32_t)n->list[best].plain - 1
		   : best;
}

/* The word before text[at), over one blank; it must be capitalised. */
static struct desk_slice
name_before(const struct desk_names *n, struct desk_slice text, size_t at)
{
	struct desk_slice none = {NULL, 0};
	if (!at || text.data[at - 1] != ' ')
		return none;
	size_t end = at - 1, start = end;
	while (start > 0 && end - start < 24 &&
	       desk_name_char((unsigned char)text.data[start - 1]))
		start--;
	struct desk_slice word = desk_slice(text.data + start, end - start);
	if (word.len < 2 || word.data[0] < 'A' || word.data[0] > 'Z' ||
	    desk_names_classes_of(n, word) || desk_names_roles_of(n, word))
		return none;
	return word;
}

int32_t
desk_names_fuller(struct desk_names *n, struct desk_slice doc, int32_t name)
{
	struct desk_slice last = n->list[name].text;
	size_t len = doc.len < SEARCH_BYTES ? doc.len : SEARCH_BYTES;
	if (n->list[name].words != 1 || last.len < 2 ||
	    n->searches >= SEARCHES_MAX)
		return name;
	n->searches++;
	if (!n->list[name].person) {
		struct desk_slice words = desk_acronym_words(doc, last);
		int32_t found = words.data ? add(n, words, false, 0)
					   : desk_names_paper(n, last);
		if (!words.data && found < 0)
			found = desk_names_spelt(n, last);
		return found >= 0 ? found : name;
	}
	for (size_t at = 1; at + last.len < len; at++) {
		const char *found =
		    memchr(doc.data + at, last.data[0], len - last.len - at);
		if (!found)
			break;
		at = (size_t)(found - doc.data);
		if (memcmp(found, last.data, last.len) ||
		    desk_class((unsigned char)found[last.len]) & DESK_WORD)
			continue;
		struct desk_slice first = name_before(n, doc, at);
		if (!first.data)
			continue;
		int32_t fresh = add(n,
		    desk_slice(
			first.data, (size_t)(found - first.data) + last.len),
		    true, n->list[name].gender);
		return fresh >= 0 ? fresh : name;
	}
	return name;
}

int32_t
desk_names_learn(struct desk_names *n, struct desk_slice text)
{
	struct desk_name_words w = desk_name_split(text);
	for (size_t i = 0; i < w.count; i++)
		if (desk_names_roles_of(n, w.list[i]) & DESK_R_ORG)
			return DESK_NO_NAME;
	return w.count < 2 || w.count > 3
		   ? DESK_NO_NAME
		   : add(n, text, true, DESK_GENDER_UNKNOWN);
}

struct desk_slice
desk_names_plain(const struct desk_names *n, struct desk_slice text)
{
	struct desk_name_words w = desk_name_split(text);
	uint8_t gender = DESK_GENDER_UNKNOWN;
	if (!w.count)
		return text;
	strip_titles(n, &w, &gender);
	return span_of(&w);
}

/* Whether what the tagger took for an organisation ends in a person behind a
 * title: "State Court Justice Anna Brook". */
static bool
ends_in_person(const struct desk_names *n, struct desk_slice text)
{
	struct desk_name_words w = desk_name_split(text), rest = w;
	uint8_t gender = DESK_GENDER_UNKNOWN;
	if (!w.count)
		return false;
	strip_titles(n, &rest, &gender);
	if (rest.count == w.count || rest.count < 2 || rest.count > 3)
		return false;
	struct desk_slice before = w.list[w.count - rest.count - 1];
	if (!(desk_names_classes_of(n, before) & DESK_W_TITLE) &&
	    !(desk_names_roles_of(n, before) & DESK_R_ROLE))
		return false;
	for (size_t i = 0; i < rest.count; i++)
		if (desk_names_roles_of(n, rest.list[i]) & DESK_R_ORG)
			return false;
	return true;
}

int
desk_names_collect(
    struct desk_names *n, struct desk_doc *doc, struct desk_error *error)
{
	size_t size = BUCKETS * sizeof *n->heads;
	n->count = n->role_count = n->searches = 0;
	if (!n->heads)
		n->heads = desk_arena_alloc(n->arena, size);
	if (!n->heads)
		return desk_fail_memory(error);
	memset(n->heads, 0, size);
	const char *line = memchr(doc->text.data, '\n', doc->text.len);
	n->body = line ? line : doc->text.data;
	for (size_t i = 0; i < doc->ent_count; i++) {
		const struct desk_ent *e = &doc->ents[i];
		bool person = !strcmp(e->label, "PER");
		if (!person && strcmp(e->label, "ORG") &&
		    strcmp(e->label, "LOC") && strcmp(e->label, "MISC"))
			continue;
		uint8_t gender = DESK_GENDER_UNKNOWN;
		struct desk_slice text =
		    desk_slice(doc->text.data + e->start, e->end - e->start);
		person = person || ends_in_person(n, text);
		int32_t name = add(n, text, person, gender);
		if (!person || name < 0)
			continue;
		/* titles that the entity takes in are before the name too */
		size_t start =
		    (size_t)(desk_names_plain(n, text).data - doc->text.data);
		desk_roles_read(n, doc->text, start, e->end, name, &gender);
		if (gender)
			n->list[name].gender = gender;
		struct desk_slice next =
		    desk_roles_word_after(doc->text, e->end);
		n->list[name].loose =
		    next.len && desk_names_classes_of(n, next) &
				    (DESK_W_DET | DESK_W_POSS_DET);
	}
	unglue(n);
	desk_names_join(n);
	for (size_t i = 0; i < n->role_count; i++) {
		struct desk_slice text = n->list[n->roles[i].name].text;
		int32_t full = desk_names_find(n, text, true);
		if (full >= 0)
			n->roles[i].name = (uint32_t)full;
	}
	return 0;
}

size_t
desk_names_bearers(
    const struct desk_names *n, int32_t name, int32_t bearers[DESK_BEARERS])
{
	struct desk_name_words w = desk_name_split(n->list[name].text);
	struct desk_slice key = w.list[key_word(n, &w)];
	uint32_t i = n->heads[bucket(key)];
	size_t count = 0;
	for (int chain = 0; i && chain < CHAIN_MAX && count < DESK_BEARERS;
	     i = n->list[i - 1].next, chain++) {
		const struct desk_name *b = &n->list[i - 1];
		if (b->person && b->words > 1 && !b->plain &&
		    desk_names_same(
			desk_slice(b->text.data + b->key, b->key_len), key))
			bearers[count++] = (int32_t)(i - 1);
	}
	return count;
}
