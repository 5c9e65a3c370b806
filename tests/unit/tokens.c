/* The tokenizer: nothing lost, and what makes one token. */
#include "tap.h"

#include <stdlib.h>

#include "core/unicode.h"
#include "core/utf8.h"
#include "doc/tokens.h"

/* The tokens of a text, written with blanks between. */
static void
is_tokens(const char *text, const char *want, const char *what)
{
	struct desk_arena arena = {0};
	struct desk_token *tokens = NULL;
	size_t count = 0, room = 0, len = 0;
	char got[512];
	struct desk_slice slice = {text, strlen(text)};
	if (desk_tokenize(
		slice, 0, slice.len, &arena, &tokens, &count, &room, NULL))
		count = 0;
	for (size_t i = 0; i < count && len < 400; i++)
		len += (size_t)snprintf(got + len, sizeof got - len, "%s%.*s",
		    i ? " " : "", (int)(tokens[i].end - tokens[i].start),
		    text + tokens[i].start);
	is_str(got, len, want, what);
	desk_arena_release(&arena);
}

static int
shape(const char *text)
{
	struct desk_arena arena = {0};
	struct desk_token *tokens = NULL;
	size_t count = 0, room = 0;
	struct desk_slice slice = {text, strlen(text)};
	int result = -1;
	if (!desk_tokenize(
		slice, 0, slice.len, &arena, &tokens, &count, &room, NULL) &&
	    count)
		result = tokens[0].shape;
	desk_arena_release(&arena);
	return result;
}

/* Whether tokens lie in order, and only white space lies between them. */
static bool
nothing_lost(const char *text, size_t len)
{
	struct desk_arena arena = {0};
	struct desk_token *tokens = NULL;
	size_t count = 0, room = 0, at = 0, size;
	struct desk_slice slice = {text, len};
	bool good =
	    !desk_tokenize(slice, 0, len, &arena, &tokens, &count, &room, NULL);
	for (size_t i = 0; good && i <= count; i++) {
		size_t next = i < count ? tokens[i].start : len;
		bool spaced = next > at || !i;
		good = next >= at;
		while (good && at < next) {
			good = desk_class(desk_utf8_decode(text + at, &size)) &
			       DESK_SPACE;
			at += size;
		}
		if (!good || i == count)
			break;
		good = tokens[i].end > next && tokens[i].end <= len &&
		       tokens[i].spaced == spaced;
		at = tokens[i].end;
	}
	desk_arena_release(&arena);
	return good;
}

/* Random text from pieces that the rules look at. */
static bool
random_text(unsigned *seed)
{
	static const char *const pieces[] = {"a", "B", "n't", "'s",
	    "\xE2\x80\x99", ".", "U.S.", "www.", "http://", "@", "1", ",", " ",
	    "\n", "-", "/", "com", ".org", "\xC3\xA9", "\xC3\x89",
	    "\xE4\xB8\xAD", "\xCC\x81", "\xF0\x9F\x98\x80", "\xC2\xA0", "Mr",
	    "abcD", "re", "ll", "\"", "$"};
	char text[512];
	size_t len = 0;
	*seed = *seed * 1664525u + 1013904223u;
	for (unsigned n = *seed >> 8 & 63; n; n--) {
		*seed = *seed * 1664525u + 1013904223u;
		const char *piece =
		    pieces[(*seed >> 16) % (sizeof pieces / sizeof *pieces)];
		memcpy(text + len, piece, strlen(piece));
		len += strlen(piece);
	}
	return nothing_lost(text, len);
}

int
main(void)
{
	is_tokens("The mayor left.", "The mayor left .", "words and signs");
	is_tokens("OSLO/ROME: Peru-Chile", "OSLO / ROME : Peru - Chile",
	    "hyphens and slashes split names");
	is_tokens("Ana's dog doesn\xE2\x80\x99t",
	    "Ana 's dog does n\xE2\x80\x99t", "clitics are tokens");
	is_tokens("CHINA'S they'll", "CHINA 'S they 'll", "also in capitals");
	is_tokens(
	    "O'Neil d'Ivoire", "O'Neil d'Ivoire", "other apostrophes stay");
	is_tokens("the dogs' bowls", "the dogs ' bowls", "a plural possessive");
	is_tokens("U.S. and J. Berg, Mr. Lee etc.",
	    "U.S. and J. Berg , Mr. Lee etc.",
	    "abbreviations keep their stops");
	is_tokens("He sat. Sat. too", "He sat . Sat. too",
	    "a small word is no abbreviation");
	is_tokens("PeruChile and cityLima", "Peru Chile and city Lima",
	    "a lost blank at a capital letter");
	is_tokens("McBride iPhone YouTube OpenAI SpaceX",
	    "McBride iPhone YouTube OpenAI SpaceX", "inner capitals that are");
	is_tokens("Example.com ended.Then", "Example.com ended . Then",
	    "a site and a lost blank");
	is_tokens("at https://a.example/B?c=d, mail x.y@z.example.",
	    "at https://a.example/B?c=d , mail x.y@z.example .",
	    "addresses stay whole");
	is_tokens("$1,200.50 14th 1990's 3pm 5+1",
	    "$ 1,200.50 14th 1990 's 3pm 5 + 1", "numbers");
	is_tokens("0199Email", "0199 Email", "a word glued to a number");
	is_int(shape("word"), DESK_SHAPE_LOWER, "lower case");
	is_int(shape("Word"), DESK_SHAPE_CAP, "capitalised");
	is_int(shape("A"), DESK_SHAPE_CAP, "one capital is no capitals");
	is_int(shape("WORD"), DESK_SHAPE_UPPER, "capitals");
	is_int(shape("U.S."), DESK_SHAPE_UPPER, "capitals with stops");
	is_int(shape("7th"), DESK_SHAPE_NUMBER, "a number");
	is_int(shape("\xE4\xB8\xAD"), DESK_SHAPE_LOWER, "letters without case");
	is_int(shape("?"), DESK_SHAPE_SIGN, "a sign");
	unsigned seed = 7;
	bool good = true;
	for (int i = 0; i < 20000 && good; i++)
		good = random_text(&seed);
	ok(good, "no character of random text is lost");
	return done();
}
