/*
 * words.c - a paragraph as a row of items with their classes.
 *
 * Words are looked up in lower case in three tables.  What stands inside
 * quotation marks is one item, whatever its length: the rules about clauses
 * need to know only that it is there.
 */
#include "quotes/words.h"

#include <string.h>

#include "core/error.h"
#include "core/lexicon.h"
#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "quotes/forms.h"
#include "quotes/names.h"

#include "cues.inc"
#include "quote_words.inc"
#include "roles.inc"

#define SAME(a, b) _Static_assert((a) == (b), #a)
SAME(DESK_W_ADV, QUOTE_WORDS_ADV);
SAME(DESK_W_ANON, QUOTE_WORDS_ANON);
SAME(DESK_W_AUX, QUOTE_WORDS_AUX);
SAME(DESK_W_CONJ, QUOTE_WORDS_CONJ);
SAME(DESK_W_DAT, QUOTE_WORDS_DAT);
SAME(DESK_W_DET, QUOTE_WORDS_DET);
SAME(DESK_W_FEMALE, QUOTE_WORDS_FEMALE);
SAME(DESK_W_FOLK, QUOTE_WORDS_FOLK);
SAME(DESK_W_HE, QUOTE_WORDS_HE);
SAME(DESK_W_IT, QUOTE_WORDS_IT);
SAME(DESK_W_LETTERS, QUOTE_WORDS_LETTERS);
SAME(DESK_W_MALE, QUOTE_WORDS_MALE);
SAME(DESK_W_ME, QUOTE_WORDS_ME);
SAME(DESK_W_NAMING, QUOTE_WORDS_NAMING);
SAME(DESK_W_NEG, QUOTE_WORDS_NEG);
SAME(DESK_W_POSS, QUOTE_WORDS_POSS);
SAME(DESK_W_POSS_DET, QUOTE_WORDS_POSS_DET);
SAME(DESK_W_PREP, QUOTE_WORDS_PREP);
SAME(DESK_W_PRON, QUOTE_WORDS_PRON);
SAME(DESK_W_REL, QUOTE_WORDS_REL);
SAME(DESK_W_SHE, QUOTE_WORDS_SHE);
SAME(DESK_W_SUB, QUOTE_WORDS_SUB);
SAME(DESK_W_SUFFIX, QUOTE_WORDS_SUFFIX);
SAME(DESK_W_THAT, QUOTE_WORDS_THAT);
SAME(DESK_W_THEY, QUOTE_WORDS_THEY);
SAME(DESK_W_TIME, QUOTE_WORDS_TIME);
SAME(DESK_W_TITLE, QUOTE_WORDS_TITLE);
SAME(DESK_W_TURN, QUOTE_WORDS_TURN);
SAME(DESK_W_VERB, QUOTE_WORDS_VERB);
SAME(DESK_W_WH, QUOTE_WORDS_WH);
SAME(DESK_W_WORK, QUOTE_WORDS_WORK);
SAME(DESK_C_ACC, CUES_ACC);
SAME(DESK_C_ASK, CUES_ASK);
SAME(DESK_C_BARE, CUES_BARE);
SAME(DESK_C_BASE, CUES_BASE);
SAME(DESK_C_INF, CUES_INF);
SAME(DESK_C_ING, CUES_ING);
SAME(DESK_C_LABEL, CUES_LABEL);
SAME(DESK_C_NOUN, CUES_NOUN);
SAME(DESK_C_OBJ, CUES_OBJ);
SAME(DESK_C_OF, CUES_OF);
SAME(DESK_C_PRES, CUES_PRES);
SAME(DESK_C_PUT, CUES_PUT);
SAME(DESK_C_QUOTED, CUES_QUOTED);
SAME(DESK_C_SAY, CUES_SAY);
SAME(DESK_C_THAT, CUES_THAT);
SAME(DESK_R_HEAD, ROLES_HEAD);
SAME(DESK_R_NATION, ROLES_NATION);
SAME(DESK_R_ORG, ROLES_ORG);
SAME(DESK_R_ROLE, ROLES_ROLE);
SAME(DESK_R_PART, ROLES_ROLE_PART);
SAME(DESK_R_VAGUE, ROLES_VAGUE);

/* A sentence of more items is cut: it bounds the work on each cue. */
enum { WORD_MAX = 32, CUE_WORDS = 5, SENTENCE_MAX = 600 };

/* Letters of "according", which "to" shows to be glued to what is before. */
enum { GLUED = 9 };

/* The lower case of a word of less than WORD_MAX bytes, or nothing. */
static size_t
fold(const char *s, size_t len, char *out)
{
	return len < WORD_MAX ? desk_fold(s, len, out, WORD_MAX) : 0;
}

uint8_t
desk_role_classes(const char *s, size_t len)
{
	char word[WORD_MAX];
	size_t n = fold(s, len, word);
	return n ? (uint8_t)desk_lexicon_find(&roles, word, n) : 0;
}

uint32_t
desk_word_classes(const char *s, size_t len)
{
	char word[WORD_MAX];
	size_t n = fold(s, len, word);
	return n ? desk_lexicon_find(&quote_words, word, n) : 0;
}

void
desk_word_find(const char *word, size_t len, uint32_t hash, uint32_t classes[3])
{
	classes[0] = desk_lexicon_find_at(&quote_words, hash, word, len);
	classes[1] = desk_lexicon_find_at(&cues, hash, word, len);
	classes[2] = desk_lexicon_find_at(&roles, hash, word, len);
}

bool
desk_word_is_study(const char *s, size_t len)
{
	static const char *const list[] = {"affidavit", "analysis", "brief",
	    "complaint", "data", "filing", "indictment", "lawsuit", "petition",
	    "poll", "report", "statistics", "study", "submission", "survey"};
	return desk_slice_any(
	    desk_slice(s, len), list, sizeof list / sizeof *list);
}

void
desk_words_listed(uint64_t *set, unsigned bits)
{
	const struct desk_lexicon *const lists[] = {
	    &quote_words, &cues, &roles};
	for (size_t k = 0; k < sizeof lists / sizeof *lists; k++)
		for (uint32_t i = 0; i <= lists[k]->mask; i++) {
			uint32_t entry = lists[k]->slots[i];
			if (!entry)
				continue;
			const uint32_t *starts = lists[k]->starts + entry - 1;
			uint32_t hash =
			    desk_lexicon_hash(lists[k]->pool + starts[0],
				starts[1] - starts[0]) &
			    ((1u << bits) - 1);
			set[hash / 64] |= UINT64_C(1) << hash % 64;
		}
}

bool
desk_word_is_text(const char *s, size_t len)
{
	static const char *const list[] = {"account", "affidavit", "analysis",
	    "article", "blog", "book", "brief", "bulletin", "column", "comment",
	    "comments", "commentary", "complaint", "data", "email", "emails",
	    "essay", "filing", "indictment", "lawsuit", "letter", "memo",
	    "message", "note", "op-ed", "petition", "poll", "post", "release",
	    "remarks", "report", "speech", "statement", "statistics", "study",
	    "submission", "survey", "testimony", "tweet", "tweets", "words"};
	return desk_slice_any(
	    desk_slice(s, len), list, sizeof list / sizeof *list);
}

static bool
capital(const struct desk_item *item)
{
	return item->shape == DESK_SHAPE_CAP || item->shape == DESK_SHAPE_UPPER;
}

/* Finds the longest cue of several words that begins at an item. */
static void
long_cue(const struct desk_paragraph *p, size_t i)
{
	struct desk_item *first = &p->items[i];
	char words[CUE_WORDS * WORD_MAX];
	size_t len = 0;
	first->cue_len = first->cue != 0;
	for (size_t j = i; j < p->item_count && j < i + CUE_WORDS; j++) {
		const struct desk_item *item = &p->items[j];
		size_t n = item->end - item->start;
		if (item->region || n >= WORD_MAX || (j > i && item->line))
			return;
		if (j > i)
			words[len++] = ' ';
		size_t got = desk_fold(
		    p->text.data + item->start, n, words + len, WORD_MAX - 1);
		if (!got)
			return;
		len += got;
		uint32_t found = desk_lexicon_find(&cues, words, len);
		if ((uint16_t)found) {
			first->cue = (uint16_t)found;
			first->cue_len = (uint8_t)(j - i + 1);
		}
		if (!(found & DESK_LEX_PREFIX))
			return;
	}
}

/* A fresh item at the end, which the caller fills; or NULL. */
static struct desk_item *
add_item(struct desk_paragraph *p, struct desk_error *error)
{
	if (DESK_RESERVE(p->arena, p->items, p->item_count, p->item_room))
		return &p->items[p->item_count++];
	desk_fail_memory(error);
	return NULL;
}

/* Whether a line break lies in text[a, b). */
static bool
breaks(const struct desk_paragraph *p, uint32_t a, uint32_t b)
{
	return p->lines && a < b && memchr(p->text.data + a, '\n', b - a);
}

/* Dates and amounts are entities too, but nobody's name. */
static bool
is_name(const char *label)
{
	switch (label[0]) {
	case 'P':
		return !strcmp(label, "PER");
	case 'O':
		return !strcmp(label, "ORG");
	case 'L':
		return !strcmp(label, "LOC");
	case 'M':
		return !strcmp(label, "MISC");
	default:
		return false;
	}
}

/* Whether text[a, b) is a word of a name that the document knows. */
static bool
known(const struct desk_paragraph *p, uint32_t a, uint32_t b)
{
	return p->names && desk_names_find(p->names,
			       desk_slice(p->text.data + a, b - a), false) >= 0;
}

/* Where a verb of saying is glued behind a name: "Brooksaid"; or its end. */
static uint32_t
cue_behind(const struct desk_paragraph *p, const struct desk_token *t)
{
	char last = p->text.data[t->end - 1];
	if (t->end - t->start < 6 || (last != 'd' && last != 's'))
		return t->end;
	for (uint32_t n = 4; n <= 6 && t->start + n + 2 <= t->end; n++)
		if (desk_lexicon_find(&cues, p->text.data + t->end - n, n) &
			DESK_C_SAY &&
		    known(p, t->start, t->end - n))
			return t->end - n;
	return t->end;
}

/* Where a token is to be cut: at the edge of an entity inside it, or where a
 * blank was lost beside a name or a cue; its end for nowhere. */
static uint32_t
cut_at(const struct desk_paragraph *p, const struct desk_token *t,
    const struct desk_ent *ent)
{
	const char *s = p->text.data + t->start;
	uint32_t len = t->end - t->start;
	if (ent && ent->start > t->start && ent->start < t->end)
		return ent->start;
	if (ent && ent->end > t->start && ent->end < t->end)
		return ent->end;
	if (t->shape == DESK_SHAPE_CAP)
		return ent && ent->start < t->end ? t->end : cue_behind(p, t);
	if (t->shape != DESK_SHAPE_LOWER)
		return t->end;
	/* the tokenizer leaves a short head: "itPutin" */
	for (uint32_t n = 1; n < 3 && n + 2 < len; n++)
		if (s[n] >= 'A' && s[n] <= 'Z')
			return known(p, t->start + n, t->end) ? t->start + n
							      : t->end;
	if (len > GLUED && t->end + 3 < p->span.end &&
	    !memcmp(s + len - GLUED, "according to", GLUED + 3))
		return t->end - GLUED;
	return t->end;
}

static int
add_word(struct desk_paragraph *p, const struct desk_doc *doc,
    struct desk_token t, size_t ent, uint32_t last, struct desk_error *error)
{
	struct desk_form own;
	const struct desk_form *f = desk_form_of(
	    p->forms, &own, p->text.data + t.start, t.end - t.start, t.shape);
	bool in = ent < doc->ent_count && doc->ents[ent].start < t.end &&
		  is_name(doc->ents[ent].label);
	bool first = !p->item_count;
	struct desk_item *item = add_item(p, error);
	if (!item)
		return DESK_ENOMEM;
	*item = (struct desk_item){.start = t.start,
	    .end = t.end,
	    .word = f->word,
	    .ent = in ? (int32_t)ent : DESK_NO_ENT,
	    .cue = f->cue,
	    .cue_len = f->cue_len,
	    .role = f->role,
	    .shape = t.shape,
	    .spaced = t.spaced,
	    .line = first || (t.spaced && breaks(p, last, t.start)),
	    .person = in && *doc->ents[ent].label == 'P',
	    .sign = f->sign};
	return 0;
}

/* The tokens before a place become items. */
static int
take_words(struct desk_paragraph *p, struct desk_doc *doc, uint32_t end,
    size_t *token, size_t *ent, uint32_t *last, struct desk_error *error)
{
	while (*token < p->token_count && p->tokens[*token].start < end) {
		struct desk_token t = p->tokens[(*token)++];
		desk_form_soon(p->forms, p->text, p->tokens,
		    *token + DESK_FORM_AHEAD - 1, p->token_count);
		for (uint32_t stop = t.end; t.start < stop; t.start = t.end) {
			while (*ent < doc->ent_count &&
			       doc->ents[*ent].end <= t.start)
				++*ent;
			t.end = stop;
			t.end = cut_at(p, &t,
			    *ent < doc->ent_count ? &doc->ents[*ent] : NULL);
			if (add_word(p, doc, t, *ent, *last, error))
				return DESK_ENOMEM;
			*last = t.end;
			t.spaced = 0;
			if (t.end < stop)
				t.shape =
				    desk_class(
					(unsigned char)p->text.data[t.end]) &
					    DESK_UPPER
					? DESK_SHAPE_CAP
					: DESK_SHAPE_LOWER;
		}
	}
	return 0;
}

static int
take_region(struct desk_paragraph *p, size_t r, size_t *token, uint32_t *last,
    struct desk_error *error)
{
	const struct desk_region *region = &p->marks.regions[r];
	while (*token < p->token_count && p->tokens[*token].start < region->end)
		++*token;
	bool first = !p->item_count;
	struct desk_item *item = add_item(p, error);
	if (!item)
		return DESK_ENOMEM;
	*item = (struct desk_item){.start = region->start,
	    .end = region->end,
	    .region = (uint32_t)r + 1,
	    .ent = DESK_NO_ENT,
	    .shape = DESK_SHAPE_SIGN,
	    .spaced = 1,
	    .line = first || breaks(p, *last, region->start)};
	*last = region->end;
	return 0;
}

/* Tells which words are of proper names: those of entities, and capitalised
 * ones that are not grammar at the start of a sentence. */
static void
tell_names(struct desk_paragraph *p)
{
	for (size_t i = 0; i < p->item_count; i++) {
		struct desk_item *item = &p->items[i];
		if (item->ent != DESK_NO_ENT)
			item->name = !(item->word & DESK_W_POSS);
		if (!capital(item) || item->region)
			continue;
		uint32_t grammar = DESK_W_AUX | DESK_W_CONJ | DESK_W_DET |
				   DESK_W_POSS_DET | DESK_W_PREP | DESK_W_PRON |
				   DESK_W_SUB | DESK_W_THAT | DESK_W_TIME |
				   DESK_W_WH | DESK_W_REL | DESK_W_ADV |
				   DESK_W_NEG | DESK_W_POSS;
		if (item->ent != DESK_NO_ENT || !(item->word & grammar))
			item->name = true;
		if ((item->word & (DESK_W_ANON | DESK_W_VERB) || item->cue) &&
		    item->ent == DESK_NO_ENT)
			item->name = false;
	}
}

int
desk_paragraph_read(struct desk_paragraph *p, struct desk_doc *doc,
    struct desk_span span, size_t *ent, struct desk_error *error)
{
	p->text = doc->text;
	p->span = span;
	p->token_count = p->item_count = 0;
	p->lines = span.start < span.end && memchr(p->text.data + span.start,
						'\n', span.end - span.start);
	if (!p->arena)
		p->arena = &doc->arena;
	if (desk_marks_scan(&p->marks, doc->text, span, p->arena, error) ||
	    desk_tokenize(doc->text, span.start, span.end, p->arena, &p->tokens,
		&p->token_count, &p->token_room, error))
		return DESK_ENOMEM;
	for (size_t i = 0; i < DESK_FORM_AHEAD; i++)
		desk_form_soon(p->forms, p->text, p->tokens, i, p->token_count);
	size_t token = 0;
	uint32_t last = span.start;
	for (size_t r = 0; r < p->marks.region_count; r++)
		if (take_words(p, doc, p->marks.regions[r].start, &token, ent,
			&last, error) ||
		    take_region(p, r, &token, &last, error))
			return DESK_ENOMEM;
	if (take_words(p, doc, span.end, &token, ent, &last, error))
		return DESK_ENOMEM;
	for (size_t i = 0; i < p->item_count; i++)
		if (p->items[i].cue_len == DESK_FORM_LONG)
			long_cue(p, i);
	tell_names(p);
	return 0;
}

bool
desk_item_glued(const struct desk_paragraph *p, size_t i)
{
	if (!i || i >= p->item_count)
		return false;
	const struct desk_item *a = &p->items[i - 1], *b = &p->items[i];
	return !a->region && !b->region && !b->spaced && a->end == b->start &&
	       b->shape == DESK_SHAPE_CAP && a->shape == DESK_SHAPE_LOWER;
}

/* Whether a stretch ends like a sentence, and how. */
static char
last_sign(const struct desk_paragraph *p, const struct desk_item *item)
{
	const struct desk_region *r = &p->marks.regions[item->region - 1];
	uint32_t end = r->in_end;
	/* nested marks may stand between the stop and the end */
	for (int n = 0; n < 2 && end > r->in_start; n++) {
		size_t size;
		uint32_t c = desk_utf8_before(
		    p->text.data + r->in_start, p->text.data + end, &size);
		if (c == 0x2026)
			return '.';
		if (c != '\'' && c != '"' && c != 0x2019 && c != 0x201D)
			return c < 0x80 ? (char)c : 'x';
		end -= (uint32_t)size;
		while (end > r->in_start && p->text.data[end - 1] == ' ')
			end--;
	}
	return 'x';
}

/* Whether a subject and a verb of saying, and little else, follow at item i:
 * then the stop before them did not end the sentence. */
static bool
attribution_follows(const struct desk_paragraph *p, size_t i)
{
	for (size_t j = i; j < p->item_count && j < i + 7; j++) {
		const struct desk_item *item = &p->items[j];
		if (item->region || item->line)
			return false;
		if (item->cue & DESK_C_SAY && !(item->cue & DESK_C_BASE)) {
			size_t next = j + item->cue_len;
			if (next >= p->item_count || p->items[next].line)
				return true;
			const struct desk_item *after = &p->items[next];
			return after->sign == '.' || after->sign == ',' ||
			       after->word & (DESK_W_TIME | DESK_W_PREP |
						 DESK_W_DAT | DESK_W_ADV);
		}
		if (!item->name &&
		    !(item->word & (DESK_W_PRON | DESK_W_DET | DESK_W_ADV |
				       DESK_W_TITLE)) &&
		    !(item->role & (DESK_R_ROLE | DESK_R_ORG)))
			return false;
	}
	return false;
}

/* Whether a sentence may begin with an item. */
static bool
fresh(const struct desk_item *item)
{
	return item->region || item->shape == DESK_SHAPE_CAP ||
	       item->shape == DESK_SHAPE_UPPER ||
	       item->shape == DESK_SHAPE_NUMBER;
}

size_t
desk_sentence_end(const struct desk_paragraph *p, size_t i)
{
	for (size_t start = i; i < p->item_count; i++) {
		const struct desk_item *item = &p->items[i], *next = item + 1;
		if (i + 1 == p->item_count || next->line ||
		    i - start >= SENTENCE_MAX)
			return i + 1;
		if (!item->region) {
			if (item->shape == DESK_SHAPE_SIGN &&
			    (item->sign == '.' || item->sign == '?' ||
				item->sign == '!') &&
			    next->spaced && fresh(next))
				return i + 1;
			continue;
		}
		char sign = last_sign(p, item);
		if (sign != '.' && sign != '?' && sign != '!')
			continue;
		if (next->sign && next->shape == DESK_SHAPE_SIGN &&
		    next->sign != '(')
			continue;
		if (fresh(next) &&
		    (next->region || !attribution_follows(p, i + 1)))
			return i + 1;
	}
	return p->item_count;
}
