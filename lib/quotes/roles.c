/*
 * roles.c - which roles a text gives to a person.
 *
 * They are read from the words beside the name: "Chinese President Xi", "Xi,
 * the Chinese president", "the mayor of Hill, Anna Brook".
 */
#include "quotes/roles.h"

#include <string.h>

#include "core/slice.h"
#include "quotes/nameparts.h"
#include "quotes/words.h"

enum { ROLES_MAX = 256, SIDE_WORDS = 5 };

/* The word before text[at] on its line, over blanks and one comma. */
static struct desk_slice
word_before(struct desk_slice text, size_t at, bool *paused)
{
	size_t end = at;
	while (end > 0 && (text.data[end - 1] == ' ' ||
			      (text.data[end - 1] == ',' && !*paused)))
		*paused |= text.data[--end] == ',';
	size_t start = end;
	while (start > 0 && end - start < 40 &&
	       desk_name_char((unsigned char)text.data[start - 1]))
		start--;
	return desk_slice(text.data + start, end - start);
}

static struct desk_slice
word_after(struct desk_slice text, size_t at, bool *paused)
{
	while (at < text.len &&
	       (text.data[at] == ' ' || (text.data[at] == ',' && !*paused)))
		*paused |= text.data[at++] == ',';
	size_t end = at;
	while (end < text.len && end - at < 40 &&
	       desk_name_char((unsigned char)text.data[end]))
		end++;
	return desk_slice(text.data + at, end - at);
}

static void
add_role(struct desk_names *n, struct desk_slice role,
    struct desk_slice modifier, int32_t name)
{
	if (n->role_count >= ROLES_MAX || name < 0 ||
	    !DESK_RESERVE(n->arena, n->roles, n->role_count, n->role_room))
		return;
	n->roles[n->role_count++] =
	    (struct desk_role){role, modifier, (uint32_t)name};
}

/* Words that may stand before a role in its modifier's place. */
static bool
modifies(const struct desk_names *n, struct desk_slice s)
{
	return s.len &&
	       !(desk_names_classes_of(n, s) &
		   (DESK_W_DET | DESK_W_PREP | DESK_W_CONJ | DESK_W_AUX));
}

static bool
of_or_for(struct desk_slice word)
{
	return desk_slice_is(word, "of") || desk_slice_is(word, "for");
}

/* What stands behind "of" or "for" at text[at], and an article. */
static struct desk_slice
place_after(const struct desk_names *n, struct desk_slice text, size_t at)
{
	bool no = true;
	struct desk_slice w = word_after(text, at, &no);
	if (!of_or_for(w))
		return desk_slice(NULL, 0);
	w = word_after(text, (size_t)(w.data + w.len - text.data), &no);
	if (w.len && desk_names_classes_of(n, w) & DESK_W_DET)
		w = word_after(text, (size_t)(w.data + w.len - text.data), &no);
	return w;
}

/* "the mayor of Port Hill, Anna Brook": the role before "of" or "for" and the
 * place that ends in the word before the name. */
static void
role_of_place(struct desk_names *n, struct desk_slice text,
    struct desk_slice word, int32_t name)
{
	struct desk_slice place = word;
	for (int k = 0; k < SIDE_WORDS; k++) {
		bool no = true;
		/* a sentence, which is none of the phrase, ends there */
		if (word.data[word.len - 1] == '.')
			return;
		word = word_before(text, (size_t)(word.data - text.data), &no);
		if (!word.len)
			return;
		if (!of_or_for(word)) {
			if (!(desk_names_classes_of(n, word) & DESK_W_DET))
				place = word;
			continue;
		}
		word = word_before(text, (size_t)(word.data - text.data), &no);
		if (!word.len || !(desk_names_roles_of(n, word) & DESK_R_ROLE))
			return;
		add_role(n, word, place, name);
		place = word_before(text, (size_t)(word.data - text.data), &no);
		if (desk_names_proper(place) && modifies(n, place))
			add_role(n, word, place, name);
		return;
	}
}

/* "the Office of the Governor Anna Hill": she is not the governor. */
static bool
office_of(struct desk_slice text, struct desk_slice role)
{
	struct desk_slice w = role;
	for (int k = 0; k < 4; k++) {
		bool no = true;
		w = word_before(text, (size_t)(w.data - text.data), &no);
		if (!w.len)
			return false;
		if (desk_slice_is(w, "Office") || desk_slice_is(w, "office"))
			return k > 0;
	}
	return false;
}

bool
desk_role_deputy(struct desk_slice word)
{
	static const char *const words[] = {"assistant", "associate", "deputy",
	    "vice", "Assistant", "Associate", "Deputy", "Vice"};
	return desk_slice_any(word, words, sizeof words / sizeof *words);
}

/* A role with the word before it that makes another of it. */
static struct desk_slice
whole_role(struct desk_slice deputy, struct desk_slice role)
{
	return desk_role_deputy(deputy)
		   ? desk_slice(deputy.data,
			 (size_t)(role.data + role.len - deputy.data))
		   : role;
}

/* Reads the roles beside a person's name at text[start, end). */
void
desk_roles_read(struct desk_names *n, struct desk_slice text, size_t start,
    size_t end, int32_t name, uint8_t *gender)
{
	bool paused = false;
	struct desk_slice before = word_before(text, start, &paused);
	uint32_t c = before.len ? desk_names_classes_of(n, before) : 0;
	if (c & DESK_W_MALE && c & DESK_W_TITLE)
		*gender = DESK_GENDER_MALE;
	if (c & DESK_W_FEMALE && c & DESK_W_TITLE)
		*gender = DESK_GENDER_FEMALE;
	/* "the Governor of Hill, Mr. Lars Brook" */
	if (c & DESK_W_TITLE && !(desk_names_roles_of(n, before) & DESK_R_ROLE))
		before = word_before(
		    text, (size_t)(before.data - text.data), &paused);
	if (before.len &&
	    (paused || !(desk_names_roles_of(n, before) & DESK_R_ROLE)))
		role_of_place(n, text, before, name);
	if (before.len && desk_names_roles_of(n, before) & DESK_R_ROLE &&
	    !office_of(text, before)) {
		bool no = true;
		struct desk_slice m =
		    word_before(text, (size_t)(before.data - text.data), &no);
		struct desk_slice role = whole_role(m, before);
		if (m.len && desk_names_roles_of(n, m) & DESK_R_PART)
			m = word_before(
			    text, (size_t)(m.data - text.data), &no);
		add_role(
		    n, role, modifies(n, m) ? m : desk_slice(NULL, 0), name);
	}
	paused = false;
	size_t at = end;
	struct desk_slice last = {NULL, 0}, part = {NULL, 0};
	for (int k = 0; k < SIDE_WORDS; k++) {
		bool first = k == 0, pause = !first;
		struct desk_slice w = word_after(text, at, &pause);
		if (!w.len || (first && !pause))
			return;
		if (first && !(desk_names_classes_of(n, w) & DESK_W_DET))
			return;
		if (desk_names_roles_of(n, w) & DESK_R_ROLE) {
			add_role(n, whole_role(part, w),
			    modifies(n, last)
				? last
				: place_after(n, text,
				      (size_t)(w.data + w.len - text.data)),
			    name);
			return;
		}
		part = w;
		if (!(desk_names_roles_of(n, w) & DESK_R_PART))
			last = w;
		at = (size_t)(w.data + w.len - text.data);
	}
}

struct desk_slice
desk_roles_word_after(struct desk_slice text, size_t at)
{
	bool pause = true;
	return word_after(text, at, &pause);
}
