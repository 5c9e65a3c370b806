/*
 * meta_date.c - when the page was published.
 *
 * What the head and JSON-LD say comes first, then time elements and dates
 * written beside the headline, the address, and at last the day of a change.
 */
#include <string.h>

#include "page/dates.h"
#include "page/meta_choose.h"
#include "page/meta_words.h"
#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"

enum { BEFORE = 8, AFTER = 14, LINE = 200, SURE = 13 };

/* Days before months wherever slashes are not American. */
static unsigned
flags_of(const struct desk_meta_chooser *c)
{
	struct desk_slice l = c->lang;
	static const char *const tlds[] = {
	    ".uk", ".au", ".nz", ".ie", ".in", ".za"};
	for (size_t i = 0; i < sizeof tlds / sizeof *tlds; i++)
		if (c->host.len > 3 &&
		    !memcmp(c->host.data + c->host.len - 3, tlds[i], 3))
			return DESK_DATE_DAY_FIRST;
	bool american =
	    !l.len || (l.len >= 2 && !memcmp(l.data, "en", 2) &&
			  (l.len < 5 || !memcmp(l.data + 3, "US", 2) ||
			      !memcmp(l.data + 3, "us", 2)));
	return american ? 0 : DESK_DATE_DAY_FIRST;
}

static bool
read_date(const struct desk_meta_chooser *c, struct desk_slice text,
    struct desk_date *date)
{
	return text.len && desk_date_find(text, flags_of(c), date);
}

/* The best of the head: published, before any other. */
static bool
from_head(const struct desk_meta_chooser *c, struct desk_date *date)
{
	const struct desk_meta_record *r = desk_meta_json_main(c->notes, true);
	const struct desk_meta_record *page =
	    desk_meta_json_main(c->notes, false);
	struct desk_slice from[] = {
	    r ? desk_meta_json_text(c->arena, r->published, DESK_META_BYTES)
	      : desk_slice(NULL, 0),
	    c->notes->values[DESK_KEY_PUBLISHED],
	    page ? desk_meta_json_text(
		       c->arena, page->published, DESK_META_BYTES)
		 : desk_slice(NULL, 0),
	    r ? desk_meta_json_text(c->arena, r->created, DESK_META_BYTES)
	      : desk_slice(NULL, 0),
	    c->notes->values[DESK_KEY_DATE]};
	for (size_t i = 0; i < sizeof from / sizeof *from; i++)
		if (read_date(c, from[i], date))
			return true;
	return false;
}

static bool
from_change(const struct desk_meta_chooser *c, struct desk_date *date)
{
	const struct desk_meta_record *r = desk_meta_json_main(c->notes, true);
	struct desk_slice changed = {0};
	if (r)
		changed =
		    desk_meta_json_text(c->arena, r->modified, DESK_META_BYTES);
	return read_date(c, changed, date) ||
	       read_date(c, c->notes->values[DESK_KEY_MODIFIED], date);
}

/* Whether words of a class stand in the text. */
static bool
says(struct desk_slice s, uint32_t class)
{
	size_t start = 0, size;
	for (size_t at = 0; at <= s.len; at += size) {
		uint32_t c = 0;
		size = 1;
		if (at < s.len)
			c = desk_utf8_decode(s.data + at, &size);
		if (desk_class(c) & DESK_LETTER)
			continue;
		if (at > start &&
		    desk_meta_word(desk_slice(s.data + start, at - start)) &
			class)
			return true;
		start = at + size;
	}
	return false;
}

/* How much a line speaks of the day of publication; 0: it has no date. */
static int
weigh(const struct desk_meta_chooser *c, size_t i, struct desk_date *date)
{
	struct desk_slice text = desk_meta_block(c, i), before;
	uint32_t kinds = desk_meta_kinds(c, i, 3);
	if (text.len > LINE || desk_meta_elsewhere(c, i))
		return 0;
	if (!desk_date_find(text,
		flags_of(c) | (text.len < 24 ? DESK_DATE_SHORT_YEAR : 0), date))
		return 0;
	before = desk_slice(text.data, date->start);
	int score = 10;
	if (says(before, DESK_META_PUBLISHED))
		score += 6;
	else if (says(before, DESK_META_UPDATED))
		score -= 5;
	else if (i && date->start < 3) {
		struct desk_slice label = desk_meta_block(c, i - 1);
		if (label.len < 24 && says(label, DESK_META_PUBLISHED))
			score += 5;
		else if (label.len < 24 && says(label, DESK_META_UPDATED))
			score -= 5;
	}
	if (kinds & (DESK_KIND_DATE | DESK_KIND_AUTHOR | DESK_KIND_META))
		score += 3;
	/* A line that is more than a date and a name. */
	size_t rest = text.len - (date->end - date->start);
	score -= rest > 40 ? 3 : 0;
	score -= rest > 90 ? 5 : 0;
	return score;
}

/* A date beside the headline. */
static int
from_lines(const struct desk_meta_chooser *c, struct desk_date *date)
{
	int best = 0;
	size_t first = c->headline > BEFORE ? c->headline - BEFORE : 0;
	size_t prose = 0;
	for (size_t i = first;
	     i < c->headline + AFTER && i < c->page->block_count; i++) {
		struct desk_date d;
		size_t len = c->page->blocks[i].end - c->page->blocks[i].start;
		int score = weigh(c, i, &d);
		score -= score && i < c->headline ? 2 : 0;
		score -= prose ? 2 : 0;
		if (score > best) {
			best = score;
			*date = d;
		}
		prose += i > c->headline && len > 200;
		if (prose > 3)
			break;
	}
	return best;
}

/* The first date anywhere on the page before which the line itself says what
 * it is of. */
static bool
from_label(
    const struct desk_meta_chooser *c, uint32_t class, struct desk_date *date)
{
	for (size_t i = 0; i < c->page->block_count; i++) {
		struct desk_slice text = desk_meta_block(c, i);
		if (text.len > 80 || desk_meta_elsewhere(c, i) ||
		    !desk_date_find(text, flags_of(c), date))
			continue;
		text.len = date->start;
		if (text.len <= 40 && says(text, class))
			return true;
	}
	return false;
}

/* The block at a place of the source. */
static size_t
block_at(const struct desk_page *page, uint32_t src)
{
	size_t low = 0, high = page->block_count;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (page->blocks[mid].src_end <= src)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The time element that is nearest to the headline, or says that it is the
 * one. */
static int
from_times(const struct desk_meta_chooser *c, struct desk_date *date)
{
	int best = 0;
	for (size_t i = 0; i < c->notes->time_count; i++) {
		const struct desk_meta_time *t = c->notes->times + i;
		size_t block = block_at(c->page, t->at), away;
		struct desk_date d;
		if (block >= c->page->block_count)
			continue;
		struct desk_slice text = desk_meta_block(c, block);
		if (desk_meta_elsewhere(c, block))
			continue;
		if (!read_date(c, t->value, &d) &&
		    !(text.len < LINE && read_date(c, text, &d)))
			continue;
		away = block > c->headline ? block - c->headline
					   : 2 * (c->headline - block);
		int score = 14 + 4 * t->published - 6 * t->modified;
		if (text.len < LINE && says(text, DESK_META_UPDATED) &&
		    !says(text, DESK_META_PUBLISHED))
			score -= 5;
		score -= away > 12 ? 8 : (int)away / 3;
		if (score > best) {
			best = score;
			*date = d;
		}
	}
	return best;
}

/* /2023/03/21/, -2023-03-21-, /20230321/ in the address. */
static bool
from_url(const struct desk_meta_chooser *c, struct desk_date *date)
{
	struct desk_slice url = c->url;
	for (size_t i = 8; i + 10 <= url.len; i++) {
		char s = url.data[i - 1];
		if (s != '/' && s != '-' && s != '_' && s != '=')
			continue;
		if (url.data[i] != '1' && url.data[i] != '2')
			continue;
		struct desk_slice rest = {url.data + i, url.len - i};
		size_t len = 0;
		while (len < rest.len && len < 10 &&
		       ((rest.data[len] >= '0' && rest.data[len] <= '9') ||
			   rest.data[len] == '/' || rest.data[len] == '-'))
			len++;
		rest.len = len;
		if (desk_date_find(rest, 0, date) && !date->start)
			return true;
	}
	return false;
}

static bool
same_day(const struct desk_date *a, const struct desk_date *b)
{
	return a->year == b->year && a->month == b->month && a->day == b->day;
}

/* Whether the page shows another day beside its headline than its head has,
 * and not as the day of a change. */
static bool
shown_instead(const struct desk_meta_chooser *c, const struct desk_date *head,
    struct desk_date *line)
{
	struct desk_date changed;
	int score = from_lines(c, line);
	if (score < SURE || same_day(head, line))
		return false;
	return !from_change(c, &changed) || !same_day(&changed, line);
}

void
desk_meta_choose_date(struct desk_meta_chooser *c, struct desk_slice *out)
{
	struct desk_date head, time, line, day;
	bool found = from_head(c, &head);
	if (found) {
		day = shown_instead(c, &head, &line) ? line : head;
	} else {
		int time_score = from_times(c, &time);
		int line_score = from_lines(c, &line);
		found = true;
		if (time_score >= 12 && time_score >= line_score - 4)
			day = time;
		else if (line_score >= 8)
			day = line;
		else if (from_url(c, &day))
			;
		else if (line_score > 0)
			day = line;
		else if (time_score)
			day = time;
		else if (from_label(c, DESK_META_PUBLISHED, &day) ||
			 from_label(c, DESK_META_UPDATED, &day))
			;
		else
			found = from_change(c, &day);
	}
	char *text = found ? desk_arena_alloc(c->arena, DESK_DATE_BYTES) : NULL;
	if (text)
		*out = desk_slice(text, desk_date_write(&day, text));
}
