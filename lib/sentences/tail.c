/* tail.c - reading the tail of a candidate and what comes after it. */
#include "sentences/tail.h"

enum { TAILS_MAX = 8, OPENERS_MAX = 16, NOTE_MAX = 14, DEBRIS_MAX = 16 };

/* Whether a quote or bracket at a place closes: a straight quote or an
 * apostrophe does so only where no word follows.  Right behind a mark, so does
 * a quote that opens elsewhere („so“, »so«). */
static bool
closes(struct desk_window *w, size_t at, struct desk_sign s, bool behind)
{
	bool open =
	    behind && s.mark & DESK_MARK_OPEN && s.mark & DESK_MARK_QUOTE;
	if (!(s.mark & DESK_MARK_CLOSE) && !open)
		return false;
	if (!(s.mark & DESK_MARK_HALF) && !open)
		return true;
	struct desk_sign next = desk_sign_at(w, at + s.size);
	return !(next.class & DESK_WORD) &&
	       !(open && next.c != s.c &&
		   next.mark & (DESK_MARK_OPEN | DESK_MARK_DOTS));
}

/* The length of "[12]", "[3, 4]" or "[...]" at a place, or 0. */
static size_t
note(struct desk_window *w, size_t at)
{
	size_t size, to = at + 1, digits = 0;
	if (desk_peek(w, at, &size) != '[')
		return 0;
	for (; to - at < NOTE_MAX; to += size) {
		uint32_t c = desk_peek(w, to, &size);
		if (c == ']')
			return digits ? to + 1 - at : 0;
		if (c == DESK_PEEK_END)
			return 0;
		if (c - '0' < 10u || c == '.' || c == 0x2026)
			digits++;
		else if (c != ',' && c != ' ' && c != '-' && c != 0x2013)
			return 0;
	}
	return 0;
}

/* "**Bold.**": the length of signs that a blank follows, or 0. */
static size_t
emphasis(struct desk_window *w, size_t at)
{
	size_t size, to = at;
	uint32_t c = desk_peek(w, at, &size);
	if (c != '*' && c != '_')
		return 0;
	while (to - at < 4 && desk_peek(w, to, &size) == c)
		to++;
	return desk_sign_at(w, to).class & DESK_SPACE ? to - at : 0;
}

/* A stop after a blank that goes on ". . .": its length, or 0. */
static size_t
spaced_stop(struct desk_window *w, size_t at)
{
	size_t size;
	if (desk_peek(w, at, &size) != ' ' ||
	    desk_peek(w, at + 1, &size) != '.')
		return 0;
	struct desk_sign next = desk_sign_at(w, at + 2);
	return next.class & DESK_WORD || next.c == '.' ? 0 : 2;
}

bool
desk_is_stop(const struct desk_ending *e)
{
	return e->marks == DESK_MARK_STOP &&
	       (e->dots == 1 || (e->dots == 2 && e->spaced));
}

void
desk_read_run(struct desk_window *w, struct desk_ending *e)
{
	size_t last = e->at, more;
	for (;;) {
		struct desk_sign s = desk_sign_at(w, e->end);
		last = e->end;
		if (e->end - e->at > DESK_RUN_MAX) {
			e->endless = true;
			break;
		}
		if (s.mark & DESK_MARK_END ||
		    ((s.c == ':' || s.c == ';') &&
			desk_script_mark(w, e->end))) {
			e->marks |= s.mark & DESK_MARK_END
					? s.mark & DESK_MARK_END
					: DESK_MARK_MARK;
			e->dots += s.c == '.';
			e->end += s.size;
			if (s.c == '.' && !e->quote && !e->bracket &&
			    (more = spaced_stop(w, e->end))) {
				e->dots++;
				e->spaced = true;
				e->end += more;
			}
		} else if (closes(w, e->end, s, true)) {
			e->quote |= (s.mark & DESK_MARK_QUOTE) != 0;
			e->bracket |= !(s.mark & DESK_MARK_QUOTE);
			e->end += s.size;
			if (e->bracket && !e->shut)
				e->shut = e->end;
		} else if ((more = note(w, e->end)) ||
			   (e->marks == DESK_MARK_STOP &&
			       (more = emphasis(w, e->end)))) {
			e->end += more;
		} else {
			break;
		}
	}
	if (e->endless)
		e->end = last;
}

/* Whether a straight quote between blanks closes: it does where one is open. */
static bool
straight_closes(
    struct desk_window *w, const struct desk_ending *e, size_t at, char c)
{
	struct desk_gap gap = desk_gap_at(w, at + 1);
	if (gap.over)
		return true;
	return !e->quote && (c == '\'' || desk_odd_marks(w, at, c));
}

/* Lone marks after a blank, "home. ." or "said. ”": their length, or 0. */
static size_t
debris(struct desk_window *w, const struct desk_ending *e, size_t at)
{
	size_t to = at;
	while (to - at < DEBRIS_MAX) {
		struct desk_sign s = desk_sign_at(w, to);
		if (s.class & DESK_SPACE || s.c == DESK_PEEK_END)
			return to - at;
		bool straight = s.c == '"' || s.c == '\'';
		if (straight && to == at &&
		    !straight_closes(w, e, at, (char)s.c))
			return 0;
		if (!(s.mark & DESK_MARK_END) && !closes(w, to, s, to > at))
			return 0;
		to += s.size;
	}
	return 0;
}

void
desk_read_tails(struct desk_window *w, struct desk_ending *e)
{
	for (int i = 0; i < TAILS_MAX; i++) {
		struct desk_gap gap = desk_gap_at(w, e->end);
		if (gap.over || gap.to == e->end)
			return;
		size_t more = note(w, gap.to), again;
		while (more && (again = note(w, gap.to + more)))
			more += again;
		if (!more && (more = debris(w, e, gap.to))) {
			struct desk_sign s = desk_sign_at(w, gap.to);
			e->quote |= (s.mark & DESK_MARK_QUOTE) != 0;
			e->spaced |= s.c == '.';
			e->dots += s.c == '.';
		}
		if (!more)
			return;
		e->end = gap.to + more;
		struct desk_sign s = desk_sign_at(w, e->end);
		while ((s.mark & DESK_MARK_END || closes(w, e->end, s, true)) &&
		       e->end - gap.to < DESK_RUN_MAX) {
			e->end += s.size;
			s = desk_sign_at(w, e->end);
		}
	}
}

size_t
desk_lone_number(struct desk_window *w, size_t at)
{
	struct desk_token number, word;
	desk_token_at(w, at, &number);
	if (!number.digits || number.len > 2)
		return 0;
	struct desk_gap gap = desk_gap_at(w, number.end);
	if (gap.over)
		return number.end;
	if (gap.to == number.end)
		return 0;
	desk_token_at(w, gap.to, &word);
	return word.capital && word.len > 1 &&
		       desk_word_of(w, &word) & DESK_WORD_STARTER
		   ? number.end
		   : 0;
}

struct desk_sequel
desk_read_sequel(struct desk_window *w, size_t at)
{
	struct desk_sequel q = {.gap = desk_gap_at(w, at)};
	if (q.gap.over)
		return q;
	q.word = q.gap.to;
	for (int i = 0; i < OPENERS_MAX; i++) {
		struct desk_sign s = desk_sign_at(w, q.word);
		if (s.class & DESK_WORD || !s.size) {
			q.class = s.class;
			return q;
		}
		if (s.class & DESK_SPACE) {
			struct desk_gap gap = desk_gap_at(w, q.word);
			if (gap.over)
				return q;
			q.word = gap.to;
			continue;
		}
		if (s.mark & (DESK_MARK_END | DESK_MARK_BULLET))
			return q;
		q.join |= !i && s.mark & DESK_MARK_JOIN;
		q.quote |= (s.mark & DESK_MARK_QUOTE) != 0;
		q.bracket |= s.c == '(' || s.c == '[';
		q.dash |= (s.mark & DESK_MARK_DASH) != 0;
		q.inverted |= s.c == 0xBF || s.c == 0xA1;
		q.sign = true;
		q.word += s.size;
	}
	return q;
}
