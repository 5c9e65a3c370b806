/*
 * passage.c - tokens with their classes.
 *
 * The class of a word comes from the lists, else from its shape and ending.
 * Sentences end at a stop before a word that may begin one; marks that close
 * behind the stop still belong to the sentence.
 */
#include "quotes/passage.h"

#include <string.h>

#include "core/error.h"
#include "core/lexicon.h"
#include "core/unicode.h"

enum { FOLD = 40, NEAR = 60 };

static uint8_t
sign_kind(const struct desk_cell *c, const char *s)
{
	if (c->end - c->start == 1)
		switch (*s) {
		case ',':
			return K_COMMA;
		case '.':
			return K_STOP;
		case '?':
		case '!':
			return K_ASK;
		case ':':
			return K_COLON;
		case ';':
			return K_SEMI;
		case '(':
		case ')':
		case '[':
		case ']':
			return K_PAREN;
		case '-':
			return c->spaced ? K_DASH : K_HYPHEN;
		default:
			return K_SIGN;
		}
	if (c->end - c->start == 2 && s[0] == '-' && s[1] == '-')
		return K_DASH;
	if (c->end - c->start == 3 && !memcmp(s, "\xE2\x80", 2)) {
		if (s[2] == '\x93' || s[2] == '\x94' || s[2] == '\x95')
			return K_DASH;
		if (s[2] == '\xA6')
			return K_STOP;
	}
	return K_SIGN;
}

/* Classes in the order in which they count. */
static uint8_t
word_kind(uint32_t word, uint32_t cue, uint32_t role)
{
	static const struct {
		uint32_t bits;
		uint8_t kind;
	} list[] = {{DESK_W_POSS, K_POSS}, {DESK_W_THAT, K_THAT},
	    {DESK_W_HE | DESK_W_SHE, K_HE}, {DESK_W_IT, K_IT},
	    {DESK_W_THEY, K_THEY}, {DESK_W_ME, K_ME}, {DESK_W_TITLE, K_TITLE},
	    {DESK_W_POSS_DET, K_OWN}, {DESK_W_NEG, K_NEG},
	    {DESK_W_WH | DESK_W_REL, K_WH}, {DESK_W_AUX, K_AUX},
	    {DESK_W_CONJ, K_CONJ}, {DESK_W_SUB, K_SUB}, {DESK_W_DET, K_DET},
	    {DESK_W_PRON, K_PRON}, {DESK_W_PREP, K_PREP},
	    {DESK_W_TIME, K_TIME}};
	if (cue & DESK_C_SAY)
		return cue & DESK_C_ING	   ? K_SAY_ING
		       : cue & DESK_C_BASE ? K_SAY_BASE
					   : K_SAY;
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (word & list[i].bits)
			return list[i].kind;
	if (cue & DESK_C_NOUN)
		return K_NOUN;
	if (cue)
		return K_CUE;
	if (role & DESK_R_ROLE)
		return K_ROLE;
	if (word & DESK_W_ANON)
		return K_ANON;
	if (role & DESK_R_ORG)
		return K_ORG;
	return word & DESK_W_VERB ? K_VERB : word & DESK_W_ADV ? K_ADV : K_NONE;
}

static uint8_t
shape_kind(uint8_t shape, const char *s, size_t n)
{
	if (shape == DESK_SHAPE_NUMBER)
		return K_NUMBER;
	if (shape != DESK_SHAPE_LOWER)
		return shape == DESK_SHAPE_CAP ? K_CAP : K_UPPER;
	if (n > 4 && s[n - 2] == 'e' && s[n - 1] == 'd')
		return K_ED;
	if (n > 4 && !memcmp(s + n - 2, "ly", 2))
		return K_LY;
	return n > 5 && !memcmp(s + n - 3, "ing", 3) ? K_ING : K_LOWER;
}

static bool
is(const char *s, size_t n, const char *word)
{
	return strlen(word) == n && !memcmp(s, word, n);
}

static void
classify(struct desk_cell *c, const char *s, bool first)
{
	char word[FOLD];
	size_t len = c->end - c->start, n = 0;
	if (len < FOLD)
		n = desk_fold(s, len, word, FOLD);
	if (!n) {
		c->hash = desk_lexicon_hash(s, len);
		c->kind = shape_kind(c->shape, s, len);
		return;
	}
	if (c->shape == DESK_SHAPE_NUMBER)
		for (size_t i = 0; i < n; i++)
			if (word[i] >= '0' && word[i] <= '9')
				word[i] = '0';
	c->hash = desk_lexicon_hash(word, n);
	c->tail = n > 3 ? desk_lexicon_hash(word + n - 3, 3) : c->hash;
	if (c->shape == DESK_SHAPE_SIGN) {
		c->kind = sign_kind(c, s);
		if (len == 1)
			return;
	}
	uint32_t classes[3];
	desk_word_find(word, n, c->hash, classes);
	c->cue = (uint16_t)classes[1];
	uint8_t kind = word_kind(classes[0], classes[1], classes[2]);
	if (is(word, n, "to"))
		kind = K_TO;
	else if (is(word, n, "of"))
		kind = K_OF;
	else if (is(word, n, "according"))
		kind = K_SOURCE;
	/* a name may be spelt like a word of grammar */
	if (c->shape == DESK_SHAPE_CAP && !first && kind != K_TITLE &&
	    kind != K_TIME && kind != K_ROLE && kind != K_ORG && kind != K_ME)
		kind = K_NONE;
	if (kind)
		c->kind = kind;
	else if (c->shape != DESK_SHAPE_SIGN)
		c->kind = shape_kind(c->shape, word, n);
}

static bool
cue_like(uint8_t kind)
{
	return kind == K_SAY || kind == K_SAY_ING || kind == K_CUE ||
	       kind == K_SOURCE || kind == K_SAY_BASE;
}

static uint32_t
context(const struct desk_cell *c, int step)
{
	uint32_t h = 0;
	for (int k = 1; k <= 3; k++)
		h = h * 64 + c[k * step].kind;
	return h;
}

/* Buckets for counts: fine where small. */
static uint8_t
bucket(size_t n)
{
	return (uint8_t)(n < 6	  ? n
			 : n < 9  ? 6
			 : n < 13 ? 7
			 : n < 20 ? 8
			 : n < 40 ? 9
				  : 10);
}

static void
mark_regions(struct desk_passage *g)
{
	const struct desk_marks *m = &g->p->marks;
	size_t i = 0;
	for (size_t r = 0; r < m->region_count; r++) {
		const struct desk_region *q = &m->regions[r];
		struct desk_frame_of *f = &g->frames[r];
		while (i < g->count && g->cells[i].end <= q->start)
			i++;
		for (; i < g->count && g->cells[i].start < q->in_start; i++)
			g->cells[i].kind = K_OPEN;
		f->first = (uint32_t)i;
		for (; i < g->count && g->cells[i].start < q->in_end; i++)
			g->cells[i].region = (uint32_t)r + 1;
		f->last = (uint32_t)i;
		for (; i < g->count && g->cells[i].start < q->end; i++)
			g->cells[i].kind = K_CLOSE;
		f->length = bucket(f->last - f->first);
	}
}

static bool
may_begin(const struct desk_cell *c)
{
	return c->kind == K_OPEN || c->shape == DESK_SHAPE_CAP ||
	       c->shape == DESK_SHAPE_UPPER || c->shape == DESK_SHAPE_NUMBER;
}

/* Numbers the sentences; commas, verbs and edges of marks are counted. */
static void
count_on(struct desk_passage *g)
{
	uint32_t sentence = 0, commas = 0, verbs = 0, turns = 0;
	for (size_t i = 0; i < g->count; i++) {
		struct desk_cell *c = &g->cells[i], *b = c - 1;
		const struct desk_cell *stop = b;
		while (stop->kind == K_CLOSE)
			stop--;
		if (i && (stop->kind == K_STOP || stop->kind == K_ASK) &&
		    c->kind != K_CLOSE && c->spaced && may_begin(c))
			sentence++;
		commas += c->kind == K_COMMA;
		verbs += c->kind == K_AUX || c->kind == K_VERB ||
			 c->kind == K_ED || c->kind == K_SAY ||
			 (c->kind == K_CUE && c->cue);
		turns += !c->region != !b->region ||
			 (c->region && c->region != b->region);
		c->sentence = sentence;
		c->commas = (uint16_t)commas;
		c->verbs = (uint16_t)verbs;
		c->turns = (uint16_t)turns;
	}
	g->sentences = sentence + 1;
}

static void
find_cues(struct desk_passage *g)
{
	uint32_t far = NEAR;
	g->hints = g->frame_count;
	for (size_t i = 0; i < g->count; i++) {
		struct desk_cell *c = &g->cells[i];
		g->hints |= cue_like(c->kind) || c->kind == K_NOUN ||
			    c->kind == K_COLON;
		c->left = (uint16_t)(far < NEAR ? far : 0);
		far = cue_like(c->kind) ? 1 : far + 1;
	}
	far = NEAR;
	for (size_t i = g->count; i-- > 0;) {
		struct desk_cell *c = &g->cells[i];
		c->right = (uint16_t)(far < NEAR ? far : 0);
		far = cue_like(c->kind) ? 1 : far + 1;
	}
	for (size_t r = 0; r < g->frame_count; r++) {
		struct desk_frame_of *f = &g->frames[r];
		uint32_t a = f->first, b = f->last;
		while (a > 0 && g->cells[a - 1].kind == K_OPEN)
			a--;
		while (b < g->count && g->cells[b].kind == K_CLOSE)
			b++;
		f->before = context(&g->cells[a], -1);
		f->after = context(&g->cells[b] - 1, 1);
	}
}

static int
add_cell(struct desk_passage *g, struct desk_cell c, struct desk_arena *arena,
    struct desk_error *error)
{
	if (!DESK_RESERVE(arena, g->own, g->own_count, g->room))
		return desk_fail_memory(error);
	g->own[g->own_count++] = c;
	return 0;
}

/* Makes cells of the tokens, cut where the paragraph's items are. */
static int
add_cells(
    struct desk_passage *g, struct desk_arena *arena, struct desk_error *error)
{
	const struct desk_paragraph *p = g->p;
	size_t item = 0;
	for (size_t i = 0; i < p->token_count; i++) {
		const struct desk_token *t = &p->tokens[i];
		struct desk_cell c = {
		    .start = t->start, .shape = t->shape, .spaced = t->spaced};
		while (c.start < t->end) {
			while (item < p->item_count &&
			       p->items[item].end <= c.start)
				item++;
			c.end = t->end;
			if (item < p->item_count && !p->items[item].region &&
			    p->items[item].end < t->end) {
				c.end = p->items[item].end;
				c.shape = p->items[item].shape;
			} else if (c.start > t->start) {
				c.shape = p->items[item].shape;
			}
			if (add_cell(g, c, arena, error))
				return DESK_ENOMEM;
			c.start = c.end;
			c.spaced = 0;
		}
	}
	return 0;
}

int
desk_passage_read(struct desk_passage *g, const struct desk_paragraph *p,
    struct desk_arena *arena, struct desk_error *error)
{
	enum { PAD = DESK_PASSAGE_PAD };
	struct desk_cell none = {0};
	g->p = p;
	g->own_count = g->frame_count = 0;
	for (int i = 0; i < PAD; i++)
		if (add_cell(g, none, arena, error))
			return DESK_ENOMEM;
	if (add_cells(g, arena, error))
		return DESK_ENOMEM;
	g->count = g->own_count - PAD;
	for (int i = 0; i < PAD; i++)
		if (add_cell(g, none, arena, error))
			return DESK_ENOMEM;
	while (g->frame_count < p->marks.region_count) {
		if (!DESK_RESERVE(
			arena, g->frames, g->frame_count, g->frame_room))
			return desk_fail_memory(error);
		g->frames[g->frame_count++] = (struct desk_frame_of){0};
	}
	g->cells = g->own + PAD;
	for (size_t i = 0; i < g->count; i++) {
		struct desk_cell *c = &g->cells[i], *b = c - 1;
		bool first = !i || b->kind == K_STOP || b->kind == K_ASK ||
			     b->kind == K_SIGN || b->kind == K_COLON;
		classify(c, p->text.data + c->start, first);
	}
	mark_regions(g);
	count_on(g);
	find_cues(g);
	return 0;
}
