/* meta_words.c - look-up in the words of dates and bylines. */
#include "page/meta_words.h"

#include "core/lexicon.h"
#include "core/unicode.h"
#include "meta_words.inc"

_Static_assert(META_WORDS_AM == DESK_META_AM && META_WORDS_BY == DESK_META_BY &&
		   META_WORDS_M01 == DESK_META_MONTH1 &&
		   META_WORDS_MONTH == DESK_META_MONTH &&
		   META_WORDS_PATH == DESK_META_PATH &&
		   META_WORDS_YEAR == DESK_META_YEAR,
    "the classes are numbered in alphabetical order");

uint32_t
desk_meta_word(struct desk_slice word)
{
	char folded[64];
	size_t len = desk_fold(word.data, word.len, folded, sizeof folded);
	return len ? desk_lexicon_find(&meta_words, folded, len) : 0;
}
