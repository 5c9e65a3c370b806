/*
 * dates.c - dates in text.
 *
 * The text is cut into numbers, words and signs; at each token the forms are
 * tried in turn.  Month names and the like are classes of meta_words.tsv.
 */
#include "page/dates.h"

#include <string.h>

#include "page/meta_words.h"
#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"

enum { TOKENS = 120, AHEAD = 8 };

struct token {
	enum { END, NUMBER, WORD, SIGN } kind;
	unsigned value;	  /* of a number; of a sign its byte */
	unsigned digits;  /* of a number */
	uint32_t classes; /* of a word */
	size_t start, end;
	bool gap; /* white space before it */
};

static size_t
read_number(struct desk_slice text, size_t at, struct token *t)
{
	t->kind = NUMBER;
	t->value = t->digits = 0;
	while (at < text.len && text.data[at] >= '0' && text.data[at] <= '9') {
		if (++t->digits < 10)
			t->value =
			    t->value * 10 + (unsigned)(text.data[at] - '0');
		at++;
	}
	return at;
}

static size_t
read_word(struct desk_slice text, size_t at, struct token *t)
{
	size_t start = at, size;
	t->kind = WORD;
	while (at < text.len) {
		uint32_t c = desk_utf8_decode(text.data + at, &size);
		if (!(desk_class(c) & DESK_LETTER))
			break;
		at += size;
		/* Marks of East Asia stand between numbers, alone. */
		if (c >= 0x2E80)
			break;
	}
	t->classes = desk_meta_word(desk_slice(text.data + start, at - start));
	return at;
}

/* Cuts the text; an END token closes the list. */
static void
cut(struct desk_slice text, struct token *tokens)
{
	size_t at = 0, n = 0, size;
	bool gap = false;
	while (at < text.len && n < TOKENS - 1) {
		uint32_t c = desk_utf8_decode(text.data + at, &size);
		unsigned class = desk_class(c);
		struct token *t = tokens + n;
		if (class & DESK_SPACE) {
			gap = true;
			at += size;
			continue;
		}
		*t = (struct token){.start = at, .gap = gap};
		if (c >= '0' && c <= '9') {
			at = read_number(text, at, t);
		} else if (class & DESK_LETTER) {
			at = read_word(text, at, t);
		} else {
			t->kind = SIGN;
			t->value = c;
			at += size;
		}
		t->end = at;
		gap = false;
		n++;
	}
	/* The forms look some tokens ahead. */
	for (size_t i = 0; i < AHEAD; i++)
		tokens[n + i] =
		    (struct token){.kind = END, .start = at, .end = at};
}

static bool
sign(const struct token *t, unsigned c)
{
	return t->kind == SIGN && t->value == c;
}

static bool
word(const struct token *t, uint32_t class)
{
	return t->kind == WORD && t->classes & class;
}

static unsigned
month_of(const struct token *t)
{
	uint32_t months = t->kind == WORD ? t->classes & DESK_META_MONTHS : 0;
	return months ? (unsigned)__builtin_ctz(months / DESK_META_MONTH1) + 1
		      : 0;
}

static bool
is_year(const struct token *t)
{
	return t->kind == NUMBER && t->digits == 4 && t->value >= 1900 &&
	       t->value < 2100;
}

static bool
is_day(const struct token *t)
{
	return t->kind == NUMBER && t->digits <= 2 && t->value >= 1 &&
	       t->value <= 31;
}

static bool
take(struct desk_date *d, unsigned year, unsigned month, unsigned day)
{
	static const unsigned char lengths[] = {
	    31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (month < 1 || month > 12 || day < 1 || day > lengths[month - 1] ||
	    year < 1900 || year >= 2100)
		return false;
	if (month == 2 && day == 29 && (year % 4 || year == 1900))
		return false;
	d->year = year;
	d->month = month;
	d->day = day;
	return true;
}

/* 2023-03-21, 2023/3/21, 2023.03.21; 2023-3-21.  Returns the tokens taken. */
static size_t
year_first(const struct token *t, struct desk_date *d)
{
	if (!is_year(t))
		return 0;
	if ((sign(t + 1, '-') || sign(t + 1, '/') || sign(t + 1, '.')) &&
	    t[2].kind == NUMBER && sign(t + 3, t[1].value) && is_day(t + 4) &&
	    take(d, t->value, t[2].value, t[4].value))
		return 5;
	/* 2023 Mar 21 */
	if (month_of(t + 1) && t[1].gap && is_day(t + 2) && t[2].gap &&
	    take(d, t->value, month_of(t + 1), t[2].value))
		return 3;
	/* 2023年3月21日 */
	if (!word(t + 1, DESK_META_YEAR) || t[2].kind != NUMBER)
		return 0;
	if (word(t + 3, DESK_META_MONTH) && is_day(t + 4) &&
	    take(d, t->value, t[2].value, t[4].value))
		return word(t + 5, DESK_META_DAY) ? 6 : 5;
	return 0;
}

/* 20230321, perhaps with a time; a number of seconds since 1970. */
static size_t
packed(const struct token *t, struct desk_date *d)
{
	unsigned v = t->value;
	if (t->kind == NUMBER && t->digits == 8 &&
	    take(d, v / 10000, v / 100 % 100, v % 100))
		return 1;
	return 0;
}

/* 21/03/2023, 03/21/2023, 21.03.2023, 21-03-2023 */
static size_t
year_last(const struct token *t, unsigned flags, struct desk_date *d)
{
	if (!is_day(t) || t[1].kind != SIGN || !is_day(t + 2) ||
	    !sign(t + 3, t[1].value) || t[4].kind != NUMBER)
		return 0;
	unsigned a = t->value, b = t[2].value, year = t[4].value;
	if (t[1].value != '/' && t[1].value != '.' && t[1].value != '-')
		return 0;
	if (t[4].digits == 2 && (flags & DESK_DATE_SHORT_YEAR) &&
	    t[1].value != '-')
		year += year < 70 ? 2000 : 1900;
	else if (!is_year(t + 4))
		return 0;
	bool day_first = t[1].value == '.' || (flags & DESK_DATE_DAY_FIRST);
	if (a > 12)
		day_first = true;
	else if (b > 12)
		day_first = false;
	return take(d, year, day_first ? b : a, day_first ? a : b) ? 5 : 0;
}

/* Over a word such as "st" or "de", a point or a comma. */
static const struct token *
over(const struct token *t)
{
	while (sign(t, '.') || sign(t, ',') || sign(t, 0x2019) ||
	       sign(t, '/') || sign(t, '-') || word(t, DESK_META_OF))
		t++;
	return t;
}

static const struct token *time_at(
    const struct token *t, const struct token *stop, struct desk_date *d);

/* 21 March 2023, 21st of March, 2023, 21. März 2023, 21-Mar-2023 */
static size_t
day_month_year(const struct token *t, struct desk_date *d)
{
	if (!is_day(t))
		return 0;
	const struct token *m = over(t + 1), *y;
	if (m - t > 4 || !month_of(m))
		return 0;
	y = over(m + 1);
	if (y - m > 4 || !is_year(y) ||
	    !take(d, y->value, month_of(m), t->value))
		return 0;
	return (size_t)(y - t) + 1;
}

/* March 21, 2023; Mar. 21st 2023; Mar 21 10:12:00 EST 2023 */
static size_t
month_day_year(
    const struct token *t, const struct token *stop, struct desk_date *d)
{
	unsigned month = month_of(t);
	const struct token *day = over(t + 1), *y;
	if (!month || day - t > 3 || !is_day(day))
		return 0;
	y = over(day + 1);
	const struct token *after = time_at(y, stop, d);
	if (after) {
		y = after;
		y += y->kind == WORD && !is_year(y);
	}
	if (y - day > 12 || !is_year(y) ||
	    !take(d, y->value, month, day->value))
		return 0;
	return (size_t)(y - t) + 1;
}

static bool
is_time(const struct token *t, unsigned below)
{
	return t->kind == NUMBER && t->digits <= 2 && t->value < below;
}

/* Z, UTC, +02:00, +0200, with no more than a blank before: the next token. */
static const struct token *
zone_at(const struct token *t, struct desk_date *d)
{
	if (word(t, DESK_META_UTC)) {
		memcpy(d->zone, "Z", 2);
		return t + 1;
	}
	unsigned hours, minutes = 0;
	size_t n = 2;
	if ((!sign(t, '+') && !sign(t, '-')) || t[1].kind != NUMBER || t[1].gap)
		return t;
	hours = t[1].value;
	if (t[1].digits == 4) {
		minutes = hours % 100;
		hours /= 100;
	} else if (t[1].digits == 2 && sign(t + 2, ':') && is_time(t + 3, 60)) {
		minutes = t[3].value;
		n = 4;
	} else if (t[1].digits != 2) {
		return t;
	}
	if (hours > 14 || minutes > 59)
		return t;
	char zone[] = {(char)t->value, (char)('0' + hours / 10),
	    (char)('0' + hours % 10), ':', (char)('0' + minutes / 10),
	    (char)('0' + minutes % 10), '\0'};
	memcpy(d->zone, zone, sizeof zone);
	return t + n;
}

/* A time of day at t or after a word or sign or two: the token after it, or
 * NULL. */
static const struct token *
time_at(const struct token *t, const struct token *stop, struct desk_date *d)
{
	for (int i = 0; i < 2 && t < stop; i++, t++)
		if (t->kind == NUMBER || (t->kind == SIGN && t->value == '.'))
			break;
	if (t >= stop || !is_time(t, 24) || !sign(t + 1, ':') ||
	    !is_time(t + 2, 60) || t[2].digits != 2)
		return NULL;
	d->hour = (int)t->value;
	d->minute = (int)t[2].value;
	t += 3;
	if (sign(t, ':') && is_time(t + 1, 60)) {
		d->second = (int)t[1].value;
		t += 2;
		if ((sign(t, '.') || sign(t, ',')) && t[1].kind == NUMBER)
			t += 2;
	}
	/* "p.m." is three tokens. */
	bool pm = word(t, DESK_META_PM), am = word(t, DESK_META_AM);
	bool points = sign(t + 1, '.') && t[2].kind == WORD && !t[2].gap;
	if ((am || pm) && d->hour <= 12) {
		d->hour = d->hour % 12 + (pm ? 12 : 0);
		t += points ? 3 : 1;
	}
	return zone_at(t, d);
}

static bool
match(const struct token *t, const struct token *stop, unsigned flags,
    struct desk_date *d)
{
	size_t n = 0;
	d->hour = d->minute = d->second = -1;
	d->zone[0] = '\0';
	if (t->kind == NUMBER) {
		n = year_first(t, d);
		n = n ? n : year_last(t, flags, d);
		n = n ? n : day_month_year(t, d);
		n = n ? n : packed(t, d);
	} else if (t->kind == WORD) {
		n = month_day_year(t, stop, d);
	}
	if (!n)
		return false;
	d->start = t->start;
	d->end = t[n - 1].end;
	if (d->hour < 0) {
		const struct token *after = time_at(t + n, stop, d);
		if (after)
			d->end = after[-1].end;
	}
	return true;
}

/* Seconds or milliseconds since 1970, and nothing else. */
static bool
since_1970(const struct token *t, struct desk_slice text, struct desk_date *d)
{
	uint64_t seconds = 0;
	if (t->kind != NUMBER || t[1].kind != END ||
	    (t->digits != 10 && t->digits != 13))
		return false;
	for (size_t i = 0; i < 10; i++)
		seconds =
		    seconds * 10 + (uint64_t)(text.data[t->start + i] - '0');
	/* Days from the civil calendar, years beginning in March. */
	uint64_t days = seconds / 86400 + 719468, era = days / 146097;
	uint64_t of_era = days % 146097;
	uint64_t year =
	    (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	uint64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	uint64_t month = (5 * of_year + 2) / 153;
	*d = (struct desk_date){.hour = (int)(seconds / 3600 % 24),
	    .minute = (int)(seconds / 60 % 60),
	    .second = (int)(seconds % 60),
	    .zone = "Z",
	    .end = t->end};
	return take(d, (unsigned)(year + era * 400 + (month >= 10)),
	    (unsigned)(month < 10 ? month + 3 : month - 9),
	    (unsigned)(of_year - (153 * month + 2) / 5 + 1));
}

/* Every date has three figures. */
static bool
may_hold(struct desk_slice text)
{
	size_t figures = 0;
	for (size_t i = 0; i < text.len && figures < 3; i++)
		figures += text.data[i] >= '0' && text.data[i] <= '9';
	return figures == 3;
}

bool
desk_date_find(struct desk_slice text, unsigned flags, struct desk_date *date)
{
	struct token tokens[TOKENS + AHEAD];
	if (text.len > DESK_DATE_TEXT)
		text.len =
		    DESK_DATE_TEXT - desk_utf8_tail(text.data, DESK_DATE_TEXT);
	if (!may_hold(text))
		return false;
	cut(text, tokens);
	const struct token *stop = tokens;
	while (stop->kind != END)
		stop++;
	if (since_1970(tokens, text, date))
		return true;
	for (const struct token *t = tokens; t < stop; t++)
		if (match(t, stop, flags, date))
			return true;
	return false;
}

static char *
write_two(char *to, unsigned n, char before)
{
	if (before)
		*to++ = before;
	*to++ = (char)('0' + n / 10 % 10);
	*to++ = (char)('0' + n % 10);
	return to;
}

size_t
desk_date_write(const struct desk_date *d, char *out)
{
	char *to = write_two(out, d->year / 100, '\0');
	to = write_two(to, d->year % 100, '\0');
	to = write_two(to, d->month, '-');
	to = write_two(to, d->day, '-');
	if (d->hour >= 0) {
		to = write_two(to, (unsigned)d->hour, 'T');
		to = write_two(to, (unsigned)d->minute, ':');
		if (d->second >= 0)
			to = write_two(to, (unsigned)d->second, ':');
		size_t len = strlen(d->zone);
		memcpy(to, d->zone, len);
		to += len;
	}
	return (size_t)(to - out);
}
