/*
 * event.c - verbs in the past, by the word list and the ending -ed; bullets;
 * names before a colon.
 *
 * A past form behind "is", "been" or "that" is no verb of the sentence, nor is
 * one in -ed before "by" or as the first word.
 */
#include "boilerplate/event.h"

#include <string.h>

#include "boilerplate/tells.h"
#include "core/unicode.h"
#include "core/utf8.h"

enum {
	SHORTEST = 5, /* bytes of a word in -ed that is a verb: "added" */
	LOOK = 200,   /* bytes of an item in which another sign counts */
	NAME_MAX = 48 /* bytes up to the colon behind a speaker's name */
};

static bool
is_word(const char *fold, const uint16_t *at, size_t i, const char *word)
{
	size_t len = strlen(word);
	return (size_t)(at[i + 1] - at[i]) - 1 == len &&
	       !memcmp(fold + at[i], word, len);
}

static bool
ends_in_ed(const char *fold, const uint16_t *at, size_t i)
{
	size_t len = (size_t)(at[i + 1] - at[i]) - 1;
	const char *end = fold + at[i] + len;
	return len >= SHORTEST && end[-1] == 'd' && end[-2] == 'e' &&
	       end[-3] != 'e';
}

bool
desk_event_told(const char *fold, const uint16_t *at, size_t count)
{
	bool told = false;
	uint32_t before = DESK_TELL_RELATIVE;
	for (size_t i = 0; i < count; i++) {
		const char *word = fold + at[i];
		size_t len = (size_t)(at[i + 1] - at[i]) - 1;
		uint32_t found = desk_tell_find(word, len), pair = 0;
		if ((found & DESK_LEX_PREFIX) && i + 1 < count)
			pair = desk_tell_find(
			    word, (size_t)(at[i + 2] - at[i]) - 1);
		if (found & DESK_TELL_PERSON || pair & DESK_TELL_REQUEST ||
		    (!i && found & DESK_TELL_REQUEST))
			return false;
		bool past =
		    found & DESK_TELL_PAST ||
		    (ends_in_ed(fold, at, i) &&
			!(i + 1 < count && is_word(fold, at, i + 1, "by")));
		told |= past && !(before & DESK_TELL_RELATIVE);
		before = found;
	}
	return told;
}

/* The length of a sign that stands before items or between them. */
static size_t
bullet(const char *s, size_t len)
{
	static const char *const signs[] = {"-", "*", "\xE2\x80\xA2",
	    "\xE2\x80\xA3", "\xE2\x80\x93", "\xE2\x96\xAA", "\xE2\x97\x8F",
	    "\xC2\xB7"};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t n = strlen(signs[i]);
		if (len > n && !memcmp(s, signs[i], n))
			return n;
	}
	return 0;
}

bool
desk_event_item(const char *s, size_t len)
{
	static const char *const bars[] = {
	    "|", "\xE2\x80\xA2", "\xC2\xBB", "\xC2\xAB", "\xE2\x80\xBA"};
	size_t n = bullet(s, len);
	if (!n || s[n] != ' ')
		return false;
	for (size_t at = n; at < len && at < LOOK; at++)
		for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
			size_t size = strlen(bars[i]);
			if (len - at >= size && !memcmp(s + at, bars[i], size))
				return false;
		}
	return true;
}

/* A name in capitals, as transcripts have it; others are labels as often. */
bool
desk_event_turn(const char *s, size_t len)
{
	const char *colon = memchr(s, ':', len < NAME_MAX ? len : NAME_MAX);
	size_t name = colon ? (size_t)(colon - s) : 0, letters = 0, size;
	if (!name || name + 2 >= len || colon[1] != ' ')
		return false;
	for (size_t i = 0; i < name; i += size) {
		uint32_t c = desk_utf8_decode(s + i, &size);
		unsigned class = desk_class(c);
		if (class & DESK_UPPER)
			letters++;
		else if (c != ' ' && c != '.' && c != '-' && c != '\'' &&
			 c != 0x2019)
			return false;
	}
	return letters > 1;
}
