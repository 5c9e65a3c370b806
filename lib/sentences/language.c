/* language.c - the table of languages; telling them by their small words. */
#include "sentences/language.h"

#include <string.h>

#include "core/unicode.h"
#include "sentences/words.h"

#include "sentence_bg.inc"
#include "sentence_cs.inc"
#include "sentence_da.inc"
#include "sentence_de.inc"
#include "sentence_el.inc"
#include "sentence_es.inc"
#include "sentence_fi.inc"
#include "sentence_fr.inc"
#include "sentence_hu.inc"
#include "sentence_it.inc"
#include "sentence_kk.inc"
#include "sentence_languages.inc"
#include "sentence_nb.inc"
#include "sentence_nl.inc"
#include "sentence_other.inc"
#include "sentence_pl.inc"
#include "sentence_pt.inc"
#include "sentence_ru.inc"
#include "sentence_sk.inc"
#include "sentence_sv.inc"
#include "sentence_tr.inc"
#include "sentence_uk.inc"

/* How much of a text is looked at, and by how many words a language must lead
 * to be taken before that. */
enum { SAMPLE = 2048, SURE = 10, SMALL_WORD = 16 };

/* What the bits of the tables are here.  The tables number their classes
 * alike: each has all of them. */
static const uint32_t kinds[] = {DESK_ABBR_CAP, DESK_ABBR_COMPANY,
    DESK_ABBR_ENDING, DESK_ABBR_ERA, DESK_ABBR_MONTH, DESK_ABBR_NAME,
    DESK_ABBR_NEVER, DESK_ABBR_NUMBER, DESK_WORD_SAID, DESK_WORD_STARTER,
    DESK_ABBR_TITLE, DESK_ABBR_UNIT, DESK_ABBR_WORD};

#define KIND_COUNT (sizeof kinds / sizeof *kinds)
#define ALIKE(NAME)                                                            \
	_Static_assert(SENTENCE_##NAME##_CAP == 1 &&                           \
			   SENTENCE_##NAME##_STARTER == 512 &&                 \
			   SENTENCE_##NAME##_WORD == 1 << (KIND_COUNT - 1),    \
	    "the first entry of each table has all classes")

ALIKE(BG);
ALIKE(CS);
ALIKE(DA);
ALIKE(DE);
ALIKE(EL);
ALIKE(ES);
ALIKE(FI);
ALIKE(FR);
ALIKE(HU);
ALIKE(IT);
ALIKE(KK);
ALIKE(NB);
ALIKE(NL);
ALIKE(OTHER);
ALIKE(PL);
ALIKE(PT);
ALIKE(RU);
ALIKE(SK);
ALIKE(SV);
ALIKE(TR);
ALIKE(UK);

const struct desk_language desk_english = {"en", DESK_HABIT_CARELESS, NULL};

static const struct desk_language unknown = {"", 0, &sentence_other};

/* Arabic is told by no words, only by its name. */
static const struct desk_language arabic = {
    "ar", DESK_HABIT_COLON, &sentence_other};

/* A language, and its bit in the table of small words. */
static const struct known {
	struct desk_language language;
	uint32_t bit;
} known[DESK_LANGUAGES] = {
    {{"en", DESK_HABIT_CARELESS, NULL}, SENTENCE_LANGUAGES_EN},
    {{"bg", 0, &sentence_bg}, SENTENCE_LANGUAGES_BG},
    {{"cs", DESK_HABIT_ORDINAL, &sentence_cs}, SENTENCE_LANGUAGES_CS},
    {{"da", DESK_HABIT_ORDINAL, &sentence_da}, SENTENCE_LANGUAGES_DA},
    {{"de", DESK_HABIT_ORDINAL, &sentence_de}, SENTENCE_LANGUAGES_DE},
    {{"el", 0, &sentence_el}, SENTENCE_LANGUAGES_EL},
    {{"es", 0, &sentence_es}, SENTENCE_LANGUAGES_ES},
    {{"fi", DESK_HABIT_ORDINAL, &sentence_fi}, SENTENCE_LANGUAGES_FI},
    {{"fr", 0, &sentence_fr}, SENTENCE_LANGUAGES_FR},
    {{"hu", DESK_HABIT_ORDINAL, &sentence_hu}, SENTENCE_LANGUAGES_HU},
    {{"it", 0, &sentence_it}, SENTENCE_LANGUAGES_IT},
    {{"kk", 0, &sentence_kk}, SENTENCE_LANGUAGES_KK},
    {{"nb", DESK_HABIT_ORDINAL, &sentence_nb}, SENTENCE_LANGUAGES_NB},
    {{"nl", 0, &sentence_nl}, SENTENCE_LANGUAGES_NL},
    {{"pl", DESK_HABIT_ORDINAL, &sentence_pl}, SENTENCE_LANGUAGES_PL},
    {{"pt", 0, &sentence_pt}, SENTENCE_LANGUAGES_PT},
    {{"ru", 0, &sentence_ru}, SENTENCE_LANGUAGES_RU},
    {{"sk", DESK_HABIT_ORDINAL, &sentence_sk}, SENTENCE_LANGUAGES_SK},
    {{"sv", 0, &sentence_sv}, SENTENCE_LANGUAGES_SV},
    {{"tr", DESK_HABIT_ORDINAL, &sentence_tr}, SENTENCE_LANGUAGES_TR},
    {{"uk", 0, &sentence_uk}, SENTENCE_LANGUAGES_UK},
};

/* Languages that use the words of another. */
static const char likenesses[][2][3] = {{"no", "nb"}, {"nn", "nb"},
    {"be", "ru"}, {"mk", "bg"}, {"sr", "bg"}, {"gl", "pt"}, {"ca", "es"}};

const struct desk_language *
desk_language_find(const char *tag, size_t len)
{
	char code[9] = "";
	size_t n = 0;
	while (n < len && (unsigned char)((tag[n] | 32) - 'a') < 26 && n < 9)
		n++;
	if (n < 2 || n > 8 || (n < len && tag[n] != '-' && tag[n] != '_'))
		return NULL;
	for (size_t i = 0; i < n; i++)
		code[i] = (char)(tag[i] | 32);
	for (size_t i = 0; i < sizeof likenesses / sizeof *likenesses; i++)
		if (!strcmp(code, likenesses[i][0]))
			memcpy(code, likenesses[i][1], 3);
	for (size_t i = 0; i < DESK_LANGUAGES; i++)
		if (!strcmp(code, known[i].language.code))
			return &known[i].language;
	return strcmp(code, "ar") ? &unknown : &arabic;
}

static uint32_t
find(const struct desk_lexicon *lexicon, const char *word, size_t len)
{
	uint32_t bits = desk_lexicon_find(lexicon, word, len), classes = 0;
	for (size_t i = 0; bits && i < KIND_COUNT; i++)
		if (bits >> i & 1)
			classes |= kinds[i];
	return classes;
}

/* The English words that any language written in Latin letters may use; what
 * is a word of its own elsewhere is left out. */
static uint32_t
find_english(const char *word, size_t len)
{
	static const uint32_t use =
	    DESK_ABBR_TITLE | DESK_ABBR_COMPANY | DESK_ABBR_TIME |
	    DESK_ABBR_NUMBER | DESK_ABBR_WORD | DESK_ABBR_CAP | DESK_ABBR_UNIT;
	uint32_t classes = desk_english_abbreviation(word, len);
	if (classes & ~use && !memchr(word, '.', len))
		classes = 0;
	return classes | desk_english_word(word, len);
}

uint32_t
desk_language_word(
    const struct desk_language *language, const char *word, size_t len)
{
	unsigned char lead = (unsigned char)*word;
	uint32_t classes = 0;
	if (language->words)
		classes = find(language->words, word, len);
	if (lead < 0xCE) {
		uint32_t english = find_english(word, len);
		if (classes & DESK_ABBR_ALL)
			english &= DESK_WORD_ALL;
		return classes | english;
	}
	const struct desk_lexicon *script = lead < 0xD0	  ? &sentence_el
					    : lead < 0xD4 ? &sentence_ru
							  : &sentence_other;
	if (!classes && script != language->words)
		classes = find(script, word, len);
	return classes;
}

/* Telling the language. */

static void
count_word(struct desk_guess *g, const char *word, size_t len)
{
	uint32_t bits = desk_lexicon_find(&sentence_languages, word, len);
	unsigned best = 0, second = 0;
	if (!bits)
		return;
	for (size_t i = 0; i < DESK_LANGUAGES; i++) {
		if (bits & known[i].bit)
			g->counts[i]++;
		if (g->counts[i] > best) {
			second = best;
			best = g->counts[i];
		} else if (g->counts[i] > second) {
			second = g->counts[i];
		}
	}
	g->sure = best >= second + SURE;
}

/* Words in lower case only: names tell nothing. */
void
desk_guess_read(struct desk_guess *g, const char *text, size_t len)
{
	for (size_t at = 0; at < len && !g->sure; at++) {
		while (at < len && (text[at] & 0xC0) == 0x80)
			at++; /* the rest of a dash, a quotation mark */
		size_t start = at;
		bool plain = true;
		while (at < len) {
			unsigned char c = (unsigned char)text[at];
			if (c == 0xC2 || c == 0xE2)
				break;
			if (c < 0x80 && !(desk_ascii_classes[c] & DESK_WORD))
				break;
			plain &= c >= 'a';
			at++;
		}
		if (plain && at > start && at - start <= SMALL_WORD)
			count_word(g, text + start, at - start);
		g->seen += (uint32_t)(at - start) + 1;
		g->sure |= g->seen >= SAMPLE;
	}
}

const struct desk_language *
desk_guess_best(const struct desk_guess *g)
{
	size_t best = 0;
	for (size_t i = 1; i < DESK_LANGUAGES; i++)
		if (g->counts[i] > g->counts[best])
			best = i;
	return &known[best].language;
}
