/* window.c - looking around in the text; see the header for the rules. */
#include "sentences/window.h"

#include <string.h>

#include "core/utf8.h"

enum { PARITY_LOOK = 512 };

uint32_t
desk_peek_far(struct desk_window *w, size_t at, size_t *size)
{
	if (at >= w->len) {
		w->hungry |= !w->final;
		*size = 0;
		return DESK_PEEK_END;
	}
	return desk_utf8_decode(w->text + at, size);
}

struct desk_sign
desk_sign_far(struct desk_window *w, size_t at)
{
	struct desk_sign sign = {0};
	sign.c = desk_peek_far(w, at, &sign.size);
	if (sign.size) {
		sign.mark = desk_mark_find(w->text + at, sign.size);
		sign.class = desk_class(sign.c);
	}
	return sign;
}

struct desk_sign
desk_sign_back(const struct desk_window *w, size_t at)
{
	struct desk_sign sign = {DESK_PEEK_END, 0, 0, 0};
	if (at > w->start) {
		sign.c = desk_utf8_before(
		    w->text + w->start, w->text + at, &sign.size);
		sign.mark = desk_mark_find(w->text + at - sign.size, sign.size);
		sign.class = desk_class(sign.c);
	}
	return sign;
}

static bool
is_space(uint32_t c)
{
	return c == ' ' || c - '\t' < 5u ||
	       (c >= 0x80 && c != DESK_PEEK_END && desk_class(c) & DESK_SPACE);
}

struct desk_gap
desk_gap_at(struct desk_window *w, size_t at)
{
	struct desk_gap gap = {at, 0, false};
	if (at == w->gap_at && w->gap.to > at)
		gap = w->gap;
	size_t size;
	uint32_t c;
	while (
	    (c = desk_peek(w, gap.to, &size)) != DESK_PEEK_END && is_space(c)) {
		gap.lines += c == '\n';
		if (c == '\n' && (w->wrap == DESK_WRAP_NO || gap.lines > 1)) {
			gap.over = true;
			return gap;
		}
		gap.to += size;
	}
	if (c == DESK_PEEK_END && w->final)
		gap.over = true;
	else if (c != DESK_PEEK_END && gap.lines && w->wrap == DESK_WRAP_AUTO)
		w->layout = true;
	if (c == DESK_PEEK_END && !w->final) {
		w->gap_at = at;
		w->gap = gap;
	}
	return gap;
}

/* Adds a code point to what is known of a token. */
static void
add_to_token(struct desk_token *t, uint32_t c, unsigned class, unsigned *piece)
{
	if (!t->len) {
		t->capital = (class & DESK_UPPER) != 0;
		t->letters = t->digits = t->acronym = true;
	}
	*piece = c == '.' ? 0 : *piece + 1;
	t->dotted |= c == '.';
	t->letters &= (class & DESK_LETTER) != 0;
	t->digits &= (class & DESK_DIGIT) != 0;
	t->acronym &= *piece < 2 && !(class & DESK_DIGIT);
	if (c < 0x80)
		t->folded[t->len++] = (char)(class & DESK_UPPER ? c | 0x20 : c);
	else
		t->len += desk_utf8_encode(desk_lower(c), t->folded + t->len);
}

/* Most tokens are words in lower case: these are known at a glance. */
static bool
fold_plain(const struct desk_window *w, struct desk_token *t)
{
	size_t len = t->end - t->start;
	bool plain = len > 0;
	for (size_t i = 0; i < len; i++) {
		char c = w->text[t->start + i];
		t->folded[i] = c;
		plain &= (unsigned char)(c - 'a') < 26;
	}
	if (plain) {
		t->len = len;
		t->letters = true;
	}
	return plain;
}

/* Fills in what a token is like, once start and end are known. */
static void
fold_token(const struct desk_window *w, struct desk_token *t)
{
	size_t size;
	unsigned piece = 0;
	if (t->end - t->start > DESK_TOKEN_MAX || fold_plain(w, t))
		return;
	for (size_t at = t->start; at < t->end; at += size) {
		unsigned char c = (unsigned char)w->text[at];
		if (t->len > DESK_TOKEN_MAX) {
			t->len = 0;
			return;
		}
		size = 1;
		uint32_t wide = c;
		if (c & 0x80)
			wide = desk_utf8_decode(w->text + at, &size);
		add_to_token(t, wide,
		    c & 0x80 ? desk_class(wide) : desk_ascii_classes[c],
		    &piece);
	}
	t->acronym &= t->dotted;
}

/* "7am": the number goes. */
static void
strip_number(struct desk_token *t)
{
	size_t n = 0;
	while (n < t->len && (unsigned char)(t->folded[n] - '0') < 10)
		n++;
	if (n && n < t->len && (unsigned char)(t->folded[n] - 'a') < 26) {
		t->len -= n;
		memmove(t->folded, t->folded + n, t->len);
		t->numbered = true;
	}
}

void
desk_token_before(
    const struct desk_window *w, size_t end, struct desk_token *token)
{
	struct desk_token t = {.start = end, .end = end};
	for (;;) {
		struct desk_sign s = desk_sign_before(w, t.start);
		if (!(s.class & DESK_WORD) && s.c != 0xB0 &&
		    (s.c != '.' || t.start == end))
			break;
		if (end - t.start > DESK_TOKEN_MAX)
			break;
		t.start -= s.size;
	}
	while (t.start < end && w->text[t.start] == '.')
		t.start++;
	fold_token(w, &t);
	strip_number(&t);
	struct desk_sign space = desk_sign_before(w, t.start);
	if (space.class & DESK_SPACE || space.c == '-')
		t.numbered |= (desk_sign_before(w, t.start - space.size).class &
				  DESK_DIGIT) != 0;
	*token = t;
}

void
desk_token_at(struct desk_window *w, size_t start, struct desk_token *token)
{
	struct desk_token t = {.start = start, .end = start};
	while (t.end - start <= DESK_TOKEN_MAX) {
		size_t size;
		uint32_t c = desk_peek(w, t.end, &size);
		if (c == DESK_PEEK_END || !(desk_class(c) & DESK_WORD))
			break;
		t.end += size;
	}
	fold_token(w, &t);
	*token = t;
}

bool
desk_odd_marks(const struct desk_window *w, size_t at, char mark)
{
	size_t from = at - w->start > PARITY_LOOK ? at - PARITY_LOOK : w->start;
	bool odd = false;
	for (size_t i = from; i < at; i++)
		odd ^= w->text[i] == mark;
	return odd;
}

static bool
has(const char *s, size_t len, const char *what)
{
	size_t n = strlen(what);
	for (size_t i = 0; i + n <= len; i++)
		if (!memcmp(s + i, what, n))
			return true;
	return false;
}

bool
desk_in_host(struct desk_window *w, size_t at)
{
	size_t start = at, end = at, size;
	uint32_t c;
	while (at - start < DESK_HOST_MAX) {
		struct desk_sign s = desk_sign_before(w, start);
		if (!s.size || s.class & DESK_SPACE)
			break;
		start -= s.size;
	}
	while (end - at < DESK_HOST_MAX &&
	       (c = desk_peek(w, end, &size)) != DESK_PEEK_END && !is_space(c))
		end += size;
	const char *s = w->text + start;
	size_t len = end - start;
	return memchr(s, '@', len) || has(s, len, "://") || has(s, len, "www.");
}
