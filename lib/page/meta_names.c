/*
 * meta_names.c - the names of people in a byline or an attribute.
 *
 * "By Jane Doe, Staff Writer | Reuters" is cut at its signs and its "and"; of
 * each part the words up to a role, a date or a figure are taken, and are a
 * name where they look like one.  Parts after the first name that are none are
 * roles, degrees and papers, and are left out.
 */
#include <string.h>

#include "page/meta_choose.h"
#include "page/meta_words.h"
#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"

enum { NAMES = 10, NAME_BYTES = 60, NAME_WORDS = 5 };

struct names {
	const struct desk_meta_chooser *c;
	struct desk_slice list[NAMES];
	size_t count;
	unsigned flags;
	bool stop; /* the text goes on as something else */
	bool lead; /* the text said "by" */
};

/* A word of letters with the signs that names have in them. */
static size_t
word_at(struct desk_slice s, size_t at)
{
	size_t size;
	while (at < s.len) {
		uint32_t c = desk_utf8_decode(s.data + at, &size);
		if (!(desk_class(c) & DESK_WORD) && c != '.' && c != '\'' &&
		    c != '-' && c != 0x2019 && c != '_' && c != '@')
			break;
		at += size;
	}
	return at;
}

static uint32_t
classes_of(struct desk_slice word)
{
	uint32_t classes = desk_meta_word(word);
	if (!classes && word.len > 1 && word.data[word.len - 1] == '.')
		classes = desk_meta_word(desk_slice(word.data, word.len - 1));
	return classes;
}

static bool
has_case(uint32_t c)
{
	return desk_class(c) & (DESK_UPPER | DESK_LOWER);
}

/* How a word of a name begins: 'A' upper case, 'a' lower, '0' figures, 'x' a
 * letter without case. */
static char
shape(struct desk_slice word)
{
	size_t size, upper = 0, lower = 0;
	char first = 'x';
	for (size_t at = 0; at < word.len; at += size) {
		uint32_t c = desk_utf8_decode(word.data + at, &size);
		if (c == '@' || c == '_' || desk_class(c) & DESK_DIGIT)
			return '0';
		if (!has_case(c))
			continue;
		upper += (desk_class(c) & DESK_UPPER) != 0;
		lower += (desk_class(c) & DESK_LOWER) != 0;
		if (first == 'x')
			first = desk_class(c) & DESK_UPPER ? 'A' : 'a';
	}
	/* d'Arcy, al-Din, McIntyre */
	return first == 'a' && upper == 1 && lower >= 2 ? 'A' : first;
}

/* Where a word that another has grown to begins: "HabernyFounder",
 * "ZeldmanNovember"; its end where none has. */
static size_t
grown(struct desk_slice word)
{
	const uint32_t ends = DESK_META_ROLE | DESK_META_MONTHS |
			      DESK_META_PUBLISHED | DESK_META_UPDATED;
	for (size_t i = 2; i + 2 < word.len; i++)
		if (word.data[i - 1] >= 'a' && word.data[i - 1] <= 'z' &&
		    word.data[i] >= 'A' && word.data[i] <= 'Z' &&
		    desk_meta_word(desk_slice(word.data + i, word.len - i)) &
			ends)
			return i;
	return word.len;
}

/* "MD", "Ph.D.", "E-RYT": after a name. */
static bool
is_degree(struct desk_slice s)
{
	size_t upper = 0, lower = 0;
	for (size_t i = 0; i < s.len; i++) {
		upper += s.data[i] >= 'A' && s.data[i] <= 'Z';
		lower += s.data[i] >= 'a' && s.data[i] <= 'z';
	}
	return s.len <= 8 && upper >= 2 && lower <= 1;
}

static struct desk_slice
trimmed(struct desk_slice s)
{
	static const char ends[] = " \t*.'\"-:,_+";
	while (s.len && strchr(ends, s.data[0]) && s.data[0])
		s = desk_slice(s.data + 1, s.len - 1);
	while (s.len > 1 && strchr(" \t*'\"-:,_+", s.data[s.len - 1]))
		s.len--;
	return s;
}

struct look {
	struct desk_slice name;
	size_t words, particles;
	bool team, handle, role, crew;
	bool cut; /* goes on in small letters */
};

/* The words of a part that may be a name; false where it is none. */
static bool
look_at(struct desk_slice part, struct look *look)
{
	size_t at = 0, end = 0, before = 0;
	bool month = false;
	*look = (struct look){.name = part};
	while (at < part.len) {
		size_t stop = word_at(part, at), size;
		if (stop == at) {
			uint32_t c = desk_utf8_decode(part.data + at, &size);
			if (c != ' ' && c != 0x2018 && c != '"' &&
			    c != 0x201C && c != 0x201D)
				return false;
			at += size;
			continue;
		}
		struct desk_slice word = {part.data + at, stop - at};
		uint32_t classes = classes_of(word);
		bool cut = grown(word) < word.len;
		word.len = grown(word);
		stop = at + word.len;
		char s = shape(word);
		if (s == '0' && look->words) {
			/* "Jane Doe March 3" */
			end = month ? before : end;
			look->words -= month;
			break;
		}
		if (classes & DESK_META_JUNK || s == '0')
			return false;
		if (classes & DESK_META_ROLE && !(classes & DESK_META_TEAM) &&
		    !(classes & DESK_META_PARTICLE)) {
			look->role = true;
			break;
		}
		if (classes & (DESK_META_PUBLISHED | DESK_META_UPDATED |
				  DESK_META_LABEL) &&
		    !(classes & DESK_META_PARTICLE))
			break;
		look->team |= (classes & DESK_META_TEAM) != 0;
		look->crew = classes & DESK_META_CREW && look->words;
		if (s == 'a' && !(classes & DESK_META_PARTICLE)) {
			look->cut = look->words > 0;
			if (look->cut)
				break;
			look->handle = true;
		}
		look->particles += s == 'a' && classes & DESK_META_PARTICLE;
		look->words++;
		month = classes & DESK_META_MONTHS && look->words > 1;
		before = end;
		end = stop;
		at = cut ? part.len : stop;
	}
	look->name = trimmed(desk_slice(part.data, end));
	/* "Apr" of "Published: Apr 10" */
	if (look->words == 1 && desk_meta_word(look->name) & DESK_META_MONTHS &&
	    end < part.len)
		return false;
	return look->words > 0;
}

static bool
known(const struct names *n, struct desk_slice name)
{
	char a[NAME_BYTES * 2], b[NAME_BYTES * 2];
	size_t len = desk_fold(name.data, name.len, a, sizeof a);
	for (size_t i = 0; i < n->count; i++)
		if (desk_fold(n->list[i].data, n->list[i].len, b, sizeof b) ==
			len &&
		    !memcmp(a, b, len))
			return true;
	return false;
}

static void
add_part(struct names *n, struct desk_slice part)
{
	struct look look;
	part = trimmed(part);
	if (!part.len || n->count == NAMES)
		return;
	if (n->count && is_degree(part))
		return;
	bool good = look_at(part, &look);
	size_t words = look.words - look.particles;
	good = good && words > 0 && look.words <= NAME_WORDS &&
	       look.name.len <= NAME_BYTES && look.name.len > 1;
	bool weak = n->flags & DESK_NAMES_WEAK;
	if (good && (look.words == 1 || look.team || look.handle))
		good = weak && !n->count && !look.role &&
		       (!look.handle || n->flags & DESK_NAMES_HANDLE);
	/* The site's own name counts only where the page says "by". */
	if (good && desk_meta_is_site(n->c, look.name, true))
		good = weak && !n->count &&
		       (n->lead || look.crew || (look.words > 1 && !look.team));
	if (good && look.cut && n->flags & DESK_NAMES_ALL)
		good = false;
	if (good && !known(n, look.name))
		n->list[n->count++] = look.name;
	else if (!good && n->count && !look.role)
		n->stop = true;
}

/* A sign that parts names: its length, or 0. */
static size_t
sign_at(struct desk_slice s, size_t at)
{
	static const char *const signs[] = {",", ";", "|", "•", "·", "/", "–",
	    "—", "&", "(", ")", ":", "+", "[", "]", "\t", " - ", "、", "，",
	    "：", "\n", "›", "»", "●", "✓", "…"};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t len = strlen(signs[i]);
		if (s.len - at >= len && !memcmp(s.data + at, signs[i], len))
			return len;
	}
	return 0;
}

/* The part of the text from start on: its end, and where the next begins. */
static size_t
part_end(struct desk_slice s, size_t start, size_t *next)
{
	for (size_t at = start; at < s.len;) {
		size_t len = sign_at(s, at);
		if (len) {
			*next = at + len;
			return at;
		}
		size_t stop = word_at(s, at);
		if (stop > at && at > start && s.data[at - 1] == ' ' &&
		    stop < s.len && s.data[stop] == ' ' && s.data[at] >= 'a' &&
		    desk_meta_word(desk_slice(s.data + at, stop - at)) &
			DESK_META_AND) {
			*next = stop;
			return at;
		}
		at = stop > at ? stop : at + 1;
	}
	*next = s.len;
	return s.len;
}

/* Over "By", "Written by:", "Author:". */
static size_t
over_lead(struct desk_slice s, unsigned flags, bool *lead)
{
	size_t at = 0;
	/* "ByJane Doe" */
	if (flags & DESK_NAMES_BYLINE && s.len > 4 &&
	    !memcmp(s.data, "By", 2) && s.data[2] >= 'A' && s.data[2] <= 'Z') {
		*lead = true;
		return 2;
	}
	for (int i = 0; i < 4; i++) {
		size_t stop = word_at(s, at), next = stop;
		struct desk_slice word = {s.data + at, stop - at};
		uint32_t classes = stop > at ? desk_meta_word(word) : 0;
		while (next < s.len &&
		       (s.data[next] == ' ' || s.data[next] == ':'))
			next++;
		bool colon =
		    next > stop && memchr(s.data + stop, ':', next - stop);
		bool by =
		    (word.len == 2 && (word.data[0] | 0x20) == 'b' &&
			(word.data[1] | 0x20) == 'y') ||
		    (classes & DESK_META_BY && (flags & DESK_NAMES_BYLINE ||
						   (word.data[0] >= 'a' && i)));
		bool label = classes & (DESK_META_LABEL | DESK_META_PUBLISHED);
		if (!by && !(label && (colon || flags & DESK_NAMES_BYLINE)))
			break;
		if (next == s.len)
			break;
		*lead = true;
		at = next;
	}
	return at;
}

static bool
is_address(struct desk_slice s)
{
	for (size_t i = 0; i + 4 <= s.len; i++)
		if (!memcmp(s.data + i, "://", 3) ||
		    !memcmp(s.data + i, "www.", 4) ||
		    !memcmp(s.data + i, ".com", 4))
			return true;
	return s.len && s.data[0] == '@';
}

/* "Doe, Jane" as "Jane Doe". */
static struct desk_slice
turned(struct desk_arena *arena, struct desk_slice s)
{
	const char *comma = memchr(s.data, ',', s.len);
	char *out = comma ? desk_arena_alloc(arena, s.len + 1) : NULL;
	if (!out)
		return s;
	struct desk_slice last = {s.data, (size_t)(comma - s.data)};
	struct desk_slice first =
	    trimmed(desk_slice(comma + 1, s.len - last.len - 1));
	if (!first.len || memchr(first.data, ',', first.len))
		return s;
	memcpy(out, first.data, first.len);
	out[first.len] = ' ';
	memcpy(out + first.len + 1, last.data, last.len);
	return desk_slice(out, first.len + 1 + last.len);
}

struct desk_slice
desk_meta_names_in(
    const struct desk_meta_chooser *c, struct desk_slice text, unsigned flags)
{
	struct names n = {.c = c, .flags = flags};
	/* Blanks of all kinds become plain ones. */
	text = desk_meta_tidy(c->arena, text, DESK_META_BYTES);
	if (!text.len || is_address(text))
		return desk_slice(NULL, 0);
	if (flags & DESK_NAMES_TURNED)
		text = turned(c->arena, text);
	size_t at = over_lead(text, flags, &n.lead), len = 0;
	while (at < text.len && !n.stop) {
		size_t next, end = part_end(text, at, &next);
		add_part(&n, desk_slice(text.data + at, end - at));
		/* Where the first part is no name nothing after it is. */
		if (!n.count && next > end && end > at)
			break;
		at = next;
	}
	for (size_t i = 0; i < n.count; i++)
		len += n.list[i].len + 2;
	char *out = len ? desk_arena_alloc(c->arena, len) : NULL, *to = out;
	if (!out)
		return desk_slice(NULL, 0);
	for (size_t i = 0; i < n.count; i++) {
		memcpy(to, n.list[i].data, n.list[i].len);
		memcpy(to + n.list[i].len, ", ", 2);
		to += n.list[i].len + 2;
	}
	return desk_slice(out, len - 2);
}
