/*
 * acronyms.c - "Harbour Workers' Alliance (HWA)": what an acronym stands for.
 *
 * The words before the brackets are read backwards against its letters; small
 * words may be left out of it.
 */
#include <string.h>

#include "core/slice.h"
#include "quotes/names.h"

enum { LETTERS_MIN = 2, LETTERS_MAX = 8, WORDS_MAX = 14, SEARCH = 1 << 17 };

static bool
upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static char
lower(char c)
{
	return (char)(upper(c) ? c + 32 : c);
}

static bool
is_acronym(struct desk_slice s)
{
	if (s.len < LETTERS_MIN || s.len > LETTERS_MAX)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!upper(s.data[i]))
			return false;
	return true;
}

/* The words before text[at) whose letters the acronym has; or no data. */
static struct desk_slice
words_before(struct desk_slice text, size_t at, struct desk_slice acronym)
{
	struct desk_slice none = {NULL, 0};
	size_t end = at, left = acronym.len;
	for (int words = 0; words < WORDS_MAX && left && at > 0; words++) {
		size_t start = at;
		while (start > 0 && text.data[start - 1] != ' ' &&
		       text.data[start - 1] != '\n' &&
		       text.data[start - 1] != '-')
			start--;
		if (start == at)
			return none;
		char c = text.data[start];
		bool fits = lower(c) == lower(acronym.data[left - 1]);
		if (fits && (upper(c) || left > 1))
			left--;
		else if (upper(c) || at - start > 4 || left == acronym.len)
			return none;
		if (!left)
			return desk_slice(text.data + start, end - start);
		if (start == 0 || text.data[start - 1] == '\n')
			return none;
		at = start - 1;
	}
	return none;
}

struct desk_slice
desk_acronym_words(struct desk_slice text, struct desk_slice acronym)
{
	struct desk_slice none = {NULL, 0};
	size_t len = text.len < SEARCH ? text.len : SEARCH;
	if (!is_acronym(acronym))
		return none;
	for (size_t at = 0; at < len; at++) {
		const char *open = memchr(text.data + at, '(', len - at);
		if (!open)
			return none;
		at = (size_t)(open - text.data);
		if (at < 2 || len - at < acronym.len + 2 || open[-1] != ' ' ||
		    open[acronym.len + 1] != ')' ||
		    memcmp(open + 1, acronym.data, acronym.len))
			continue;
		return words_before(text, at - 1, acronym);
	}
	return none;
}

/* Whether the words of a name that are capital begin with its letters. */
static bool
spells(struct desk_slice name, struct desk_slice acronym)
{
	size_t k = 0;
	for (size_t i = 0; i < name.len; i++)
		if (upper(name.data[i]) && (!i || name.data[i - 1] == ' ')) {
			if (k == acronym.len ||
			    name.data[i] != acronym.data[k++])
				return false;
		}
	return k == acronym.len;
}

int32_t
desk_names_spelt(const struct desk_names *n, struct desk_slice acronym)
{
	enum { LOOK = 256 };
	int32_t found = DESK_NO_NAME;
	if (!is_acronym(acronym))
		return found;
	for (size_t i = 0; i < n->count && i < LOOK; i++) {
		const struct desk_name *b = &n->list[i];
		if (b->person || b->words < 2 || !spells(b->text, acronym))
			continue;
		if (found >= 0)
			return DESK_NO_NAME;
		found = (int32_t)i;
	}
	return found;
}
