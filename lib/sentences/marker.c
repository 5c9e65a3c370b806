/* marker.c - list markers; an item ends where the next number comes. */
#include "sentences/marker.h"

#include "core/unicode.h"

enum { MARKER_LOOK = 24, MARKER_DIGITS = 3, ROMAN_MAX = 4 };

struct marker {
	unsigned value; /* 0: none */
	char style;	/* '.', ')', or ':' for ".)" */
	bool letter;
};

/* Behind the bullets and opening marks at the sentence's start. */
static size_t
behind_signs(struct desk_window *w)
{
	size_t at = w->start;
	while (at - w->start < MARKER_LOOK) {
		struct desk_sign s = desk_sign_at(w, at);
		if (!s.size || s.c == '\n' || s.class & DESK_WORD)
			break;
		at += s.size;
	}
	return at;
}

bool
desk_is_marker(struct desk_window *w, size_t start, size_t end)
{
	if (end - w->start > MARKER_LOOK || behind_signs(w) != start)
		return false;
	size_t len = end - start;
	const char *s = w->text + start;
	bool digits = len <= MARKER_DIGITS, roman = len <= ROMAN_MAX;
	for (size_t i = 0; i < len; i++) {
		digits &= (unsigned char)(s[i] - '0') < 10;
		roman &= s[i] == 'i' || s[i] == 'v' || s[i] == 'x';
	}
	return len &&
	       (digits || roman || (len == 1 && desk_class((unsigned char)*s)));
}

/* The marker that begins at a place. */
static struct marker
read_marker(struct desk_window *w, size_t at)
{
	struct marker m = {0};
	size_t size, n = 0;
	uint32_t c = desk_peek(w, at, &size);
	if (c - 'a' < 26u) {
		m.value = c - 'a' + 1;
		m.letter = true;
		n = 1;
	}
	while (!m.letter && n <= MARKER_DIGITS &&
	       (c = desk_peek(w, at + n, &size)) - '0' < 10u) {
		m.value = m.value * 10 + (c - '0');
		n++;
	}
	if (n > MARKER_DIGITS)
		m.value = 0;
	if (!m.value)
		return m;
	c = desk_peek(w, at + n, &size);
	m.style = c == '.' || c == ')' ? (char)c : 0;
	if (c == '.' && desk_peek(w, at + n + 1, &size) == ')') {
		m.style = ':';
		n++;
	}
	struct desk_gap gap = desk_gap_at(w, at + n + 1);
	if (!m.style || gap.over || gap.to == at + n + 1)
		m.value = 0;
	return m;
}

/* Where the sentence ends if an item begins at a place; false where no white
 * space is before it. */
static bool
end_before(const struct desk_window *w, size_t at, size_t *end)
{
	size_t start = w->start;
	if (at == start || !(desk_sign_before(w, at).class & DESK_SPACE))
		return false;
	*end = at;
	desk_trim(w->text, &start, end);
	return true;
}

static bool
next_bullet(struct desk_window *w, size_t at, struct desk_sign s, size_t *end)
{
	size_t size;
	return s.c == desk_peek(w, w->start, &size) && at > w->start &&
	       end_before(w, at, end);
}

bool
desk_opens_item(struct desk_window *w, size_t at, size_t *end)
{
	struct desk_sign s = desk_sign_at(w, at);
	if (s.mark & DESK_MARK_BULLET)
		return next_bullet(w, at, s, end);
	if (s.c != '.' && s.c != ')')
		return false;
	size_t start = at;
	while (start > w->start && at - start <= MARKER_DIGITS &&
	       (unsigned char)(w->text[start - 1] - '0') < 10)
		start--;
	if (start == at && start > w->start &&
	    (unsigned char)(w->text[start - 1] - 'a') < 26)
		start--;
	if (start == at || at - start > MARKER_DIGITS || start == w->start ||
	    w->text[start - 1] != ' ')
		return false;
	struct marker first = read_marker(w, behind_signs(w));
	if (!first.value)
		return false;
	struct marker next = read_marker(w, start);
	return next.value == first.value + 1 && next.style == first.style &&
	       next.letter == first.letter && end_before(w, start, end);
}

/* A letter with a stop must be the first one; before a bracket any does. */
bool
desk_opens_list(struct desk_window *w, size_t at)
{
	size_t size;
	bool open = desk_peek(w, at, &size) == '(';
	struct marker m = read_marker(w, at + open);
	return m.letter && (m.style == ')' || (m.value == 1 && !open));
}
