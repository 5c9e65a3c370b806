/* window.c - looking around in the text; see the header for the rules. */
#include "sentences/window.h"

#include <string.h>

#include "core/utf8.h"
#include "sentences/scan.h"

enum { PARITY_LOOK = 512, NUMBER_LOOK = 128 };

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

/* Hiragana, katakana, and the characters that both scripts of Chinese have. */
static bool
is_east_asian(uint32_t c)
{
	return c - 0x3041 < 0xBFu || c - 0x4E00 < 0x51FFu;
}

/* A comma or a particle, then more of that script. */
static bool
joins_lines(struct desk_window *w, size_t at, size_t next)
{
	/* wa, wo, ga, no, ni, to, he; commas */
	static const uint16_t joins[] = {0x306F, 0x3092, 0x304C, 0x306E, 0x306B,
	    0x3068, 0x3078, 0x3001, 0xFF0C};
	uint32_t last = desk_sign_before(w, at).c;
	if (last < 0x3001 || !is_east_asian(desk_sign_at(w, next).c))
		return false;
	for (size_t i = 0; i < sizeof joins / sizeof *joins; i++)
		if (joins[i] == last)
			return true;
	return false;
}

bool
desk_lone_mark(struct desk_window *w, size_t at)
{
	struct desk_sign mark = desk_sign_at(w, at);
	bool ends = mark.mark & DESK_MARK_END && mark.c != 0x2026;
	bool closes =
	    mark.mark & DESK_MARK_CLOSE && !(mark.mark & DESK_MARK_HALF);
	if (!ends && !closes)
		return false;
	at += mark.size;
	struct desk_sign after = desk_sign_at(w, at);
	/* ". . ." opens a sentence. */
	return after.c == DESK_PEEK_END ||
	       (after.class & DESK_SPACE &&
		   desk_sign_at(w, at + after.size).c != '.');
}

static bool
flows_on(struct desk_window *w, size_t at)
{
	size_t to = at + 1;
	struct desk_sign next = desk_sign_at(w, to);
	while (next.class & DESK_SPACE && next.c != '\n') {
		to += next.size;
		next = desk_sign_at(w, to);
	}
	if (desk_lone_mark(w, to))
		return true;
	if (desk_sign_before(w, at).c == ' ') {
		uint32_t after = desk_sign_at(w, to + next.size).c;
		return next.c == '(' || (next.class & DESK_LOWER &&
					    after != ')' && after != '.');
	}
	return joins_lines(w, at, to);
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
		if (c == '\n' && (gap.lines > 1 ||
				     (w->wrap == DESK_WRAP_NO &&
					 !(w->flows && flows_on(w, gap.to))))) {
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
		t->letters = t->digits = t->acronym = t->shout = true;
	}
	*piece = c == '.' ? 0 : *piece + 1;
	t->count++;
	t->dotted |= c == '.';
	t->letters &= (class & DESK_LETTER) != 0;
	t->digits &= (class & DESK_DIGIT) != 0;
	t->shout &= (class & DESK_UPPER) != 0;
	t->acronym &= *piece < (class & (DESK_UPPER | DESK_LOWER) ? 2 : 4) &&
		      !(class & DESK_DIGIT);
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
		t->len = t->count = len;
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
	t->len = t->count = 0;
	t->capital = t->shout = t->digits = t->letters = false;
	t->dotted = t->acronym = t->numbered = false;
	t->folded[0] = '\0';
	if (t->end - t->start > DESK_TOKEN_MAX || fold_plain(w, t))
		return;
	for (size_t at = t->start; at < t->end; at += size) {
		unsigned char c = (unsigned char)w->text[at];
		if (t->len > DESK_TOKEN_MAX) {
			t->len = t->count = 0;
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
		t->count -= n;
		memmove(t->folded, t->folded + n, t->len);
		t->numbered = true;
	}
}

void
desk_token_before(
    const struct desk_window *w, size_t end, struct desk_token *token)
{
	size_t at = end - desk_small_letters(w->text, w->start, end);
	for (;;) {
		struct desk_sign s = desk_sign_before(w, at);
		if (!(s.class & DESK_WORD) && s.c != 0xB0 &&
		    (s.c != '.' || at == end))
			break;
		if (end - at > DESK_TOKEN_MAX)
			break;
		at -= s.size;
	}
	while (at < end && w->text[at] == '.')
		at++;
	token->start = at;
	token->end = end;
	fold_token(w, token);
	strip_number(token);
	at = token->start;
	struct desk_sign space = desk_sign_before(w, at);
	if (space.c == '-')
		at--;
	while (space.class & DESK_SPACE && end - at < NUMBER_LOOK) {
		at -= space.size;
		space = desk_sign_before(w, at);
	}
	if (at < token->start)
		token->numbered |=
		    (desk_sign_before(w, at).class & DESK_DIGIT) != 0;
}

void
desk_token_at(struct desk_window *w, size_t start, struct desk_token *token)
{
	size_t end = start;
	while (end - start <= DESK_TOKEN_MAX) {
		size_t size;
		uint32_t c = desk_peek(w, end, &size);
		if (c == DESK_PEEK_END || !(desk_class_of(c) & DESK_WORD))
			break;
		end += size;
	}
	token->start = start;
	token->end = end;
	fold_token(w, token);
}

uint32_t
desk_abbreviation_of(const struct desk_window *w, const struct desk_token *t)
{
	if (!t->len)
		return 0;
	if (w->own->count && desk_own_has(w->own, t->folded, t->len))
		return DESK_ABBR_NAME;
	if (!w->language->words && !(t->folded[0] & 0x80))
		return desk_english_abbreviation(t->folded, t->len);
	return desk_language_word(w->language, t->folded, t->len) &
	       DESK_ABBR_ALL;
}

uint32_t
desk_word_of(const struct desk_window *w, const struct desk_token *t)
{
	if (!t->len)
		return 0;
	if (!w->language->words && !(t->folded[0] & 0x80))
		return desk_english_word(t->folded, t->len);
	return desk_language_word(w->language, t->folded, t->len) &
	       DESK_WORD_ALL;
}

bool
desk_find_word(
    const struct desk_window *w, const char *word, size_t len, bool stop)
{
	char folded[DESK_TOKEN_MAX];
	if (len > sizeof folded)
		return false;
	memcpy(folded, word, len);
	folded[0] = (char)(folded[0] | 0x20);
	if (w->own->count && desk_own_has(w->own, folded, len))
		return true;
	if (w->language->words)
		return desk_language_word(w->language, folded, len) &
		       (DESK_ABBR_ALL | DESK_WORD_BANG);
	return stop ? desk_english_abbreviation(folded, len) != 0
		    : (desk_english_word(folded, len) & DESK_WORD_BANG) != 0;
}

static void
count_mark(struct desk_nest *n, uint32_t c, size_t at)
{
	switch (c) {
	case '[':
	case 0x300A: /* CJK: double angle, */
	case 0x3010: /* black lenticular, */
	case 0x3014: /* tortoise shell, */
	case 0xFF08: /* and round ones */
		if (!n->brackets++)
			n->opened = at;
		break;
	case ']':
	case 0x300B:
	case 0x3011:
	case 0x3015:
	case 0xFF09:
		n->brackets -= n->brackets > 0;
		break;
	case 0xAB:
		n->quotes++;
		break;
	case 0xBB:
		n->quotes -= n->quotes > 0;
		break;
	default:
		break;
	}
}

const struct desk_nest *
desk_nest_at(struct desk_window *w, size_t at)
{
	struct desk_nest *n = &w->nest;
	if (n->at > at)
		*n = (struct desk_nest){.at = w->start};
	for (size_t size; n->at < at; n->at += size) {
		unsigned char c = (unsigned char)w->text[n->at];
		size = 1;
		if (c < 0x80 ? c == '[' || c == ']'
			     : c == 0xC2 || c == 0xE3 || c == 0xEF)
			count_mark(
			    n, desk_utf8_decode(w->text + n->at, &size), n->at);
	}
	return n;
}

/* Armenian writers put a colon for their stop; the Greek question mark looks
 * like a semicolon. */
bool
desk_script_mark(const struct desk_window *w, size_t at)
{
	unsigned char mark = (unsigned char)w->text[at];
	if ((mark != ':' && mark != ';') || at < w->start + 2)
		return false;
	unsigned char lead = (unsigned char)w->text[at - 2];
	if (mark == ':' && lead >= 0xD8 && lead <= 0xDB)
		return w->language->habits & DESK_HABIT_COLON;
	if (mark == ':')
		return lead == 0xD5 || lead == 0xD6 ||
		       (lead == 0xD4 && (unsigned char)w->text[at - 1] > 0xB0);
	return lead == 0xCE || lead == 0xCF ||
	       (at >= w->start + 3 && lead >= 0xBC &&
		   (unsigned char)w->text[at - 3] == 0xE1);
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
