/*
 * hold.c - is a place inside a quotation?
 *
 * The marks of the sentence are read once, in order.  Where one that opens has
 * no partner within a bounded distance it opens nothing; what was looked
 * through for it is remembered, so that the next one does not look again.
 */
#include "sentences/hold.h"

enum { HOLD_MAX = 4096 };

/* The mark that closes what a mark opens, or 0. */
static uint32_t
closer_of(struct desk_window *w, size_t at, uint32_t c, size_t size)
{
	struct desk_sign before = desk_sign_before(w, at);
	bool free = before.class & DESK_SPACE || before.c == DESK_PEEK_END ||
		    before.mark & (DESK_MARK_OPEN | DESK_MARK_DASH);
	switch (c) {
	case '"':
		if (!free || desk_sign_at(w, at + size).class & DESK_SPACE)
			return 0;
		return '"';
	case 0x201C:
		return 0x201D;
	case 0x2018:
		return 0x2019;
	case 0x201E:
		return 0x201C;
	case 0xAB:
		return 0xBB;
	case 0xBB:
		return free ? 0xAB : 0;
	case 0x300C:
		return 0x300D;
	case 0x300E:
		return 0x300F;
	default:
		return 0;
	}
}

/* An apostrophe is no closing mark; „ is closed in two ways. */
static bool
is_closer(
    struct desk_window *w, size_t at, size_t size, uint32_t c, uint32_t closer)
{
	if (closer == 0x2019)
		return c == closer &&
		       !(desk_sign_at(w, at + size).class & DESK_WORD);
	return c == closer || (closer == 0x201C && c == 0x201D);
}

/* Where the closing mark is, or 0. */
static size_t
find_closer(struct desk_window *w, struct desk_hold *h, size_t from)
{
	size_t at = from, size;
	if (h->missing == h->closer && h->missing_to > at)
		at = h->missing_to;
	while (at - from < HOLD_MAX) {
		uint32_t c = desk_peek(w, at, &size);
		if (c == DESK_PEEK_END)
			break;
		if (c == '\n') {
			struct desk_gap gap = desk_gap_at(w, at);
			if (gap.over)
				break;
			at = gap.to;
			continue;
		}
		if (is_closer(w, at, size, c, h->closer))
			return at;
		at += size;
	}
	if (!w->hungry && !w->layout) {
		h->missing = h->closer;
		h->missing_to = at;
	}
	return 0;
}

bool
desk_is_held(struct desk_window *w, struct desk_hold *h, size_t at)
{
	w->hungry = w->layout = false;
	struct desk_hold before = *h;
	for (size_t size; h->at < at; h->at += size) {
		unsigned char b = (unsigned char)w->text[h->at];
		size = 1;
		if (b < 0x80 ? b != '"' : b != 0xC2 && b != 0xE2 && b != 0xE3)
			continue;
		uint32_t c = desk_peek(w, h->at, &size);
		if (h->closer) {
			if (is_closer(w, h->at, size, c, h->closer))
				h->closer = 0;
		} else if ((h->closer = closer_of(w, h->at, c, size))) {
			h->close = 0;
		}
	}
	if (w->hungry)
		*h = before;
	if (!h->closer || w->hungry)
		return false;
	if (!h->close)
		h->close = find_closer(w, h, at);
	if (w->hungry || w->layout)
		h->close = 0;
	else if (!h->close)
		h->closer = 0;
	return h->close != 0;
}

void
desk_hold_rebase(struct desk_hold *h, size_t drop)
{
	h->at = h->at > drop ? h->at - drop : 0;
	h->close = h->close > drop ? h->close - drop : 0;
	h->missing_to = h->missing_to > drop ? h->missing_to - drop : 0;
}
