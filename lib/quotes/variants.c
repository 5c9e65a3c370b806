/*
 * variants.c - names that are a form of another.
 *
 * "Abdel Brook" is part of "Abdel Brook Karim", "Karim" stands inside "B K
 * Karim Ahmed", "Eldrige" is "Eldridge" with a letter lost.  Where there is
 * only one whom it can be, that is who it is.
 */
#include <string.h>

#include "core/slice.h"
#include "quotes/names.h"

enum { LOOK = 256, LETTERS_MIN = 3, SPELT_MIN = 6 };

/* The next word of a name from *at on; no data at its end. */
static struct desk_slice
next_word(struct desk_slice name, size_t *at)
{
	while (*at < name.len && name.data[*at] == ' ')
		++*at;
	size_t start = *at;
	while (*at < name.len && name.data[*at] != ' ')
		++*at;
	return desk_slice(name.data + start, *at - start);
}

/* Whether all words of a name stand in another, in their order. */
static bool
within(struct desk_slice part, struct desk_slice whole)
{
	size_t i = 0, k = 0;
	struct desk_slice word = next_word(part, &i);
	while (word.len && k < whole.len)
		if (desk_names_same(next_word(whole, &k), word))
			word = next_word(part, &i);
	return !word.len;
}

/* Whether two words differ by one letter, not the first. */
static bool
misspelt(struct desk_slice a, struct desk_slice b)
{
	size_t head = desk_names_common(a, b);
	if (a.len > b.len) {
		struct desk_slice c = a;
		a = b;
		b = c;
	}
	if (!head || b.len > a.len + 1 || (head == a.len && a.len == b.len))
		return false;
	size_t skip = a.len == b.len;
	return desk_names_same(
	    desk_slice(a.data + head + skip, a.len - head - skip),
	    desk_slice(b.data + head + 1, b.len - head - 1));
}

static struct desk_slice
key_of(const struct desk_name *name)
{
	return desk_slice(name->text.data + name->key, name->key_len);
}

/* Whether a name begins with the same word as another, or with a small one of
 * its own: "de Brook". */
static bool
same_first(struct desk_slice a, struct desk_slice b)
{
	static const char *const small[] = {"Al", "De", "Del", "Della", "Di",
	    "El", "La", "Le", "Van", "Von", "al", "de", "del", "della", "di",
	    "el", "la", "le", "van", "von"};
	size_t i = 0, k = 0;
	struct desk_slice first = next_word(a, &i);
	return desk_slice_any(first, small, sizeof small / sizeof *small) ||
	       desk_names_same(first, next_word(b, &k));
}

/* Whether a is a form of b.  A headline's longer form may be more than a name;
 * what stands before a whole name and is no given one is none of it; nobody is
 * his son, "Jr." */
static bool
form_of(const struct desk_names *n, const struct desk_name *a,
    const struct desk_name *b)
{
	if (!b->person || b->plain || b->words <= a->words ||
	    (a->gender && b->gender && a->gender != b->gender) ||
	    (b->count == 1 && b->text.data < n->body) ||
	    b->key + b->key_len != (int)b->text.len)
		return false;
	if (a->words > 1 && desk_names_same(key_of(a), key_of(b)) &&
	    !same_first(a->text, b->text) && !b->gender)
		return false;
	return within(a->text, b->text) ||
	       (a->words == 1 && a->text.len >= SPELT_MIN &&
		   misspelt(a->text, key_of(b)));
}

/* Whether a lone name is somebody's surname as it stands. */
static bool
surname(const struct desk_name *a, const struct desk_name *b)
{
	return a->words == 1 && b->person && b->words > 1 &&
	       desk_names_same(a->text, key_of(b));
}

void
desk_names_join(struct desk_names *n)
{
	size_t count = n->count < LOOK ? n->count : LOOK;
	for (size_t i = 0; i < count; i++) {
		struct desk_name *a = &n->list[i];
		size_t found = 0, forms = 0;
		if (!a->person || a->plain || a->text.len < LETTERS_MIN)
			continue;
		for (size_t k = 0; k < count && forms < 2; k++) {
			if (k == i)
				continue;
			if (surname(a, &n->list[k]))
				forms = 2;
			else if (form_of(n, a, &n->list[k]))
				found = k, forms++;
		}
		if (forms != 1)
			continue;
		a->plain = (uint32_t)found + 1;
		if (desk_names_same(key_of(a), key_of(&n->list[found])))
			n->list[found].count += a->count;
	}
}
