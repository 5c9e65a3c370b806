/*
 * forms.c - looks up the forms of words.
 *
 * The class of a word comes from the lists, else from its shape and ending.
 */
#include "quotes/forms.h"

#include "core/lexicon.h"
#include "core/unicode.h"
#include "quotes/passage.h"

/* Words of so many bytes are in no list, and have no kind but their shape's. */
enum { FOLD = 40 };

struct desk_forms *
desk_forms_new(struct desk_arena *arena)
{
	struct desk_forms *forms = desk_arena_alloc(arena, sizeof *forms);
	if (!forms)
		return NULL;
	memset(forms, 0, sizeof *forms);
	desk_words_listed(forms->listed, DESK_LISTED_BITS);
	return forms;
}

static uint8_t
sign_kind(const char *s, size_t len)
{
	if (len == 1)
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
			return K_HYPHEN;
		default:
			return K_SIGN;
		}
	if (len == 2 && s[0] == '-' && s[1] == '-')
		return K_DASH;
	if (len == 3 && !memcmp(s, "\xE2\x80", 2)) {
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
	if (!(word | cue | role))
		return K_NONE;
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

/* A name may be spelt like a word of grammar, but for these. */
static bool
also_capital(uint8_t kind)
{
	return kind == K_TITLE || kind == K_TIME || kind == K_ROLE ||
	       kind == K_ORG || kind == K_ME;
}

/* One sign as a character: dashes are '-', an ellipsis is '.'. */
static char
sign_of(const char *s, size_t len)
{
	if (len == 1)
		return *s;
	if (len == 3 && !memcmp(s, "\xE2\x80", 2)) {
		if (s[2] == '\x93' || s[2] == '\x94' || s[2] == '\x95')
			return '-';
		if (s[2] == '\xA6')
			return '.';
	}
	return 0;
}

/* As the rules see it. */
static void
set_item(struct desk_form *f, const uint32_t classes[3])
{
	f->word = classes[0];
	f->cue = (uint16_t)classes[1];
	f->cue_len =
	    classes[1] & DESK_LEX_PREFIX ? DESK_FORM_LONG : classes[1] != 0;
	f->role = (uint8_t)classes[2];
}

/* As the models see it: the kind of word[0, n), which is folded. */
static void
set_kind(struct desk_form *f, const uint32_t classes[3], const char *word,
    size_t n, uint8_t shape)
{
	uint32_t cue = classes[1] & ~DESK_LEX_PREFIX;
	uint8_t kind = word_kind(classes[0], cue, classes[2]);
	if (is(word, n, "to"))
		kind = K_TO;
	else if (is(word, n, "of"))
		kind = K_OF;
	else if (is(word, n, "according"))
		kind = K_SOURCE;
	uint8_t plain =
	    shape == DESK_SHAPE_SIGN ? f->kind : shape_kind(shape, word, n);
	f->first_kind = kind ? kind : plain;
	f->kind = shape == DESK_SHAPE_CAP && !also_capital(kind)
		      ? plain
		      : f->first_kind;
	f->cell_cue = (uint16_t)cue;
}

/* Whether a word may be in a list. */
static bool
listed(const struct desk_forms *forms, uint32_t hash)
{
	uint32_t bit = hash & ((1u << DESK_LISTED_BITS) - 1);
	return !forms || forms->listed[bit / 64] >> bit % 64 & 1;
}

void
desk_form_read(const struct desk_forms *forms, struct desk_form *f,
    const char *s, size_t len, uint8_t shape)
{
	char word[FOLD];
	uint32_t classes[3] = {0, 0, 0};
	size_t n = len < FOLD ? desk_fold(s, len, word, FOLD) : 0;
	memset(f, 0, sizeof *f);
	if (shape == DESK_SHAPE_SIGN)
		f->sign = sign_of(s, len);
	if (!n) {
		f->hash = desk_lexicon_hash(s, len);
		f->kind = f->first_kind = shape_kind(shape, s, len);
		return;
	}
	for (size_t i = 0; shape == DESK_SHAPE_NUMBER && i < n; i++)
		if (word[i] >= '0' && word[i] <= '9')
			word[i] = '0';
	f->hash = desk_lexicon_hash(word, n);
	f->tail = n > 3 ? desk_lexicon_hash(word + n - 3, 3) : f->hash;
	if (shape == DESK_SHAPE_SIGN)
		f->kind = f->first_kind = sign_kind(s, len);
	if (shape == DESK_SHAPE_SIGN && len == 1)
		return;
	if (listed(forms, f->hash))
		desk_word_find(word, n, f->hash, classes);
	set_kind(f, classes, word, n, shape);
	if (shape != DESK_SHAPE_NUMBER)
		set_item(f, classes);
}
