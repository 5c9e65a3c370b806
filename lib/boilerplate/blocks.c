/*
 * blocks.c - cutting a text into blocks and measuring each.
 *
 * A block's words are folded into a small table on the stack, single blanks
 * between, so that a phrase of the word list is one look-up in it.  Only the
 * first words are folded, LINE_WORDS of a text's block: what is boilerplate
 * shows early.  Counts are then taken to go on as they began.
 */
#include "boilerplate/blocks.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "boilerplate/event.h"
#include "boilerplate/repair.h"
#include "boilerplate/tells.h"
#include "core/error.h"
#include "core/lexicon.h"
#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "doc/layout.h"

enum {
	WORDS_MAX = 400, /* of a page's block */
	LINE_WORDS = 64,
	FOLD_MAX = 3072,
	SLACK = 16,	    /* bytes that may be written too far */
	PHRASE_MAX = 8,	    /* words of the longest phrase looked for */
	CREDIT_MAX = 200,   /* bytes of a credit in brackets */
	WORD_BYTES = 6,	    /* of a word and its blank, where not counted */
	PROBE_MAX = 256,    /* slots looked at for an equal block */
	IDEOGRAPHS = 0x2E80 /* from here on, letters without case are written
			     * without blanks; two make about a word */
};

struct words {
	size_t count, len, max;
	uint16_t at[WORDS_MAX + 1]; /* in fold; a word ends one before the next
				     * one begins */
	uint32_t after[WORDS_MAX];  /* the byte behind the word in the text */
	char fold[FOLD_MAX + SLACK];
};

static bool
dense(uint32_t c, unsigned class)
{
	return (c >= IDEOGRAPHS || (c >= 0xE00 && c < 0xF00)) &&
	       (class & DESK_LETTER) && !(class & (DESK_UPPER | DESK_LOWER));
}

/* One word more has been folded; it ends at end in the text. */
static void
close_word(struct words *w, size_t end)
{
	w->after[w->count++] = (uint32_t)end;
	w->fold[w->len++] = ' ';
	w->at[w->count] = (uint16_t)w->len;
}

/* The signs that a block is told by apart from its words. */
static unsigned
sign_flag(const char *s, size_t i, const struct desk_text_block *b, uint32_t c)
{
	size_t left = b->end - i;
	if (c == ':' && left > 2 && s[i + 1] == '/' && s[i + 2] == '/')
		return DESK_BLOCK_URL;
	if (c == '@' && i > b->start && left > 1 && s[i - 1] != ' ' &&
	    s[i + 1] != ' ' && memchr(s + i, '.', left < 64 ? left : 64))
		return DESK_BLOCK_MAIL;
	if (c == '|' || c == 0x2022 || c == 0xBB || c == 0x203A || c == 0xAB)
		return DESK_BLOCK_BARS;
	return 0;
}

static void
count_sign(const char *s, size_t i, struct desk_text_block *b, uint32_t c)
{
	switch (c) {
	case ',':
	case 0x60C:
	case 0x3001:
	case 0xFF0C:
		b->commas++;
		break;
	case '"':
	case 0xAB:
	case 0xBB:
	case 0x201C:
	case 0x201D:
	case 0x201E:
		b->quotes++;
		break;
	case '.':
	case '!':
	case '?':
		if (i + 1 < b->end && s[i + 1] == ' ')
			b->inner_stops++;
		break;
	case 0x3002:
		b->inner_stops++;
		break;
	default:
		break;
	}
}

static bool
joins(const char *s, size_t i, const struct desk_text_block *b, uint32_t c,
    size_t size)
{
	if (c != '\'' && c != 0x2019)
		return false;
	size_t next;
	return i + size < b->end &&
	       (desk_class(desk_utf8_decode(s + i + size, &next)) &
		   DESK_LETTER);
}

/* Copies what goes on in small ASCII letters at i, which most text does;
 * returns where it ends. */
static inline size_t
copy_letters(const char *s, size_t i, size_t end, struct words *w)
{
	size_t len = w->len;
#ifdef __SSE2__
	const __m128i a = _mm_set1_epi8('a'), last = _mm_set1_epi8(25);
	while (end - i >= 16 && len <= FOLD_MAX - 8) {
		__m128i bytes, from;
		memcpy(&bytes, s + i, 16);
		memcpy(w->fold + len, &bytes, 16);
		from = _mm_sub_epi8(bytes, a);
		unsigned small = (unsigned)_mm_movemask_epi8(
		    _mm_cmpeq_epi8(_mm_min_epu8(from, last), from));
		unsigned n = (unsigned)__builtin_ctz(~small);
		i += n;
		len += n;
		if (n < 16)
			break;
	}
#endif
	while (
	    i < end && (unsigned char)(s[i] - 'a') < 26 && len < FOLD_MAX - 8)
		w->fold[len++] = s[i++];
	w->len = len;
	return i;
}

/* The code point at i and its classes. */
static inline uint32_t
read_point(const char *s, size_t i, size_t *size, unsigned *class)
{
	unsigned char first = (unsigned char)s[i];
	if (first < 0x80) {
		*size = 1;
		*class = desk_ascii_classes[first];
		return first;
	}
	uint32_t c = desk_utf8_decode(s + i, size);
	*class = desk_class(c);
	return c;
}

static inline void
fold_point(struct words *w, uint32_t c)
{
	if (c < 0x80)
		w->fold[w->len++] = (char)(c - 'A' < 26 ? c | 0x20 : c);
	else
		w->len += desk_utf8_encode(desk_lower(c), w->fold + w->len);
}

/* Folds and counts the words; returns where it stopped. */
static size_t
read_words(const char *s, struct desk_text_block *b, struct words *w)
{
	size_t i = b->start, size, run = 0;
	unsigned seen = 0;
	w->count = w->len = 0;
	w->at[0] = 0;
	for (; i < b->end; i += size) {
		if (run) {
			size_t next = copy_letters(s, i, b->end, w);
			seen |= next > i ? DESK_LOWER : 0;
			run += next - i;
			i = next;
			if (i == b->end)
				break;
		}
		unsigned class;
		uint32_t c = read_point(s, i, &size, &class);
		if (w->count == w->max || w->len > FOLD_MAX - 8)
			break;
		seen |= class;
		if (class & DESK_WORD) {
			if (class & DESK_DIGIT)
				b->digits++;
			if (!run && (class & DESK_UPPER))
				b->capitals++;
			if (!run && (class & DESK_DIGIT))
				b->numbers++;
			if (!run && (class & DESK_LOWER) && !w->count)
				b->flags |= DESK_BLOCK_LOWER;
			fold_point(w, c);
			if (++run == 2 && dense(c, class)) {
				close_word(w, i + size);
				run = 0;
			}
		} else if (run && joins(s, i, b, c, size)) {
			w->fold[w->len++] = '\'';
		} else {
			if (run)
				close_word(w, i);
			run = 0;
			if (class & DESK_PUNCT) {
				b->flags |= sign_flag(s, i, b, c);
				count_sign(s, i, b, c);
			}
		}
	}
	if (run && w->count < w->max)
		close_word(w, i);
	if ((seen & DESK_UPPER) && !(seen & DESK_LOWER))
		b->flags |= DESK_BLOCK_UPPER;
	return i;
}

/* Whether a separator follows the words before a byte: "Source: ...". */
static bool
separated(const char *s, size_t i, size_t end)
{
	while (i < end && s[i] == ' ')
		i++;
	if (i == end)
		return false;
	size_t size;
	uint32_t c = desk_utf8_decode(s + i, &size);
	if (c == '-')
		return i + 1 < end && s[i + 1] == ' ';
	return c == ':' || c == '|' || c == 0x2013 || c == 0x2014 ||
	       c == 0xFF1A || c == 0x2026 ||
	       (c == '.' && i + 1 < end && s[i + 1] == '.');
}

/* The first bytes of a word, eight at most. */
static inline uint64_t
head_of(const struct words *w, size_t i, size_t len)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	uint64_t head;
	memcpy(&head, w->fold + w->at[i], 8);
	return len < 8 ? head & ((UINT64_C(1) << 8 * len) - 1) : head;
#else
	return desk_lexicon_head(w->fold + w->at[i], len);
#endif
}

/* Whether a listed phrase may begin with the words i and the next. */
static bool
pair_at(const struct words *w, size_t i)
{
	size_t first = (size_t)(w->at[i + 1] - w->at[i]) - 1;
	size_t second = (size_t)(w->at[i + 2] - w->at[i + 1]) - 1;
	return desk_tell_pair(head_of(w, i, first), head_of(w, i + 1, second));
}

/* Sums over the words of a block; no branch hangs on a word. */
struct counts {
	unsigned stops, persons, says, times, topics;
};

static inline void
count_word(struct counts *n, uint32_t found)
{
	n->stops += (found & DESK_TELL_STOP) != 0;
	n->persons += (found & DESK_TELL_PERSON) != 0;
	n->says += (found & DESK_TELL_SAY) != 0;
	n->times += (found & DESK_TELL_TIME) != 0;
}

/* Looks up the phrases that begin with word i of all, whose own classes are
 * found; returns their classes as far as they count there. */
static uint32_t
phrases_at(const char *s, struct desk_text_block *b, const struct words *w,
    size_t i, uint32_t found)
{
	uint32_t cues = 0;
	for (size_t n = 1;;) {
		uint32_t holds = found & DESK_TELL_IN;
		if (!i)
			holds |= found & DESK_TELL_LEAD;
		if (!i && n == w->count)
			holds |= found & DESK_TELL_LINE;
		if ((found & DESK_TELL_SELLER) && b->sellers < UINT16_MAX)
			b->sellers++;
		if ((holds & DESK_TELL_LEAD) &&
		    separated(s, w->after[n - 1], b->end))
			b->flags |= DESK_BLOCK_LEAD_COLON;
		if (holds & DESK_TELL_IN)
			b->hits++;
		cues |= holds;
		n++;
		if (!(found & DESK_LEX_PREFIX) || n > PHRASE_MAX ||
		    i + n > w->count)
			return cues;
		if (n == 2 && !pair_at(w, i))
			return cues;
		found = desk_tell_find(
		    w->fold + w->at[i], (size_t)(w->at[i + n] - w->at[i]) - 1);
	}
}

/* Looks up all words; content words go to topics, which may be NULL. */
static void
read_tells(const char *s, struct desk_text_block *b, const struct words *w,
    uint16_t *topics)
{
	const uint32_t counts = DESK_TELL_IN | DESK_TELL_SELLER;
	uint16_t none[WORDS_MAX];
	struct counts n = {0};
	if (!topics)
		topics = none;
	for (size_t i = 0; i < w->count; i++) {
		size_t len = (size_t)(w->at[i + 1] - w->at[i]) - 1;
		uint64_t head = head_of(w, i, len);
		uint32_t found = 0;
		if (len <= 8)
			found = desk_tell_short(head);
		else if (desk_tell_pair(head, len))
			found = desk_tell_find(w->fold + w->at[i], len);
		count_word(&n, found);
		if (len > 8)
			head ^= desk_lexicon_mix(
			    desk_lexicon_head(w->fold + w->at[i + 1] - 8, 8));
		topics[n.topics] = (uint16_t)(desk_lexicon_mix(head) >> 48);
		n.topics += !(found & DESK_TELL_STOP) & (len >= 4);
		if (!i || (found & counts) ||
		    ((found & DESK_LEX_INNER) && i + 1 < w->count &&
			pair_at(w, i)))
			b->cues |= phrases_at(s, b, w, i, found);
	}
	b->stops = (uint16_t)n.stops;
	b->persons = (uint16_t)n.persons;
	b->says = (uint16_t)n.says;
	b->times = (uint16_t)n.times;
	b->topics = (uint16_t)n.topics;
}

static bool
closing(uint32_t c)
{
	return c == '"' || c == '\'' || c == ')' || c == ']' || c == '*' ||
	       c == '_' || c == 0x2019 || c == 0x201D || c == 0xBB ||
	       c == 0x203A || c == 0x201C || c == 0x300D || c == 0x300F ||
	       c == 0xFF09;
}

static unsigned
final_flags(uint32_t c, const char *s, size_t start, size_t at)
{
	switch (c) {
	case '.':
		if (at > start + 1 && s[at - 1] == '.' && s[at - 2] == '.')
			return DESK_BLOCK_ELLIPSIS;
		return DESK_BLOCK_FINAL;
	case 0x2026:
		return DESK_BLOCK_ELLIPSIS;
	case '!':
	case '?':
	case 0x3002:
	case 0xFF01:
	case 0xFF1F:
	case 0x61F:
	case 0x6D4:
	case 0x964:
		return DESK_BLOCK_FINAL;
	case ':':
	case 0xFF1A:
		return DESK_BLOCK_COLON;
	default:
		return 0;
	}
}

/* How the block ends: the last sign behind closing quotes and brackets. */
static unsigned
end_flags(const char *s, size_t start, size_t end)
{
	size_t at = end, size;
	for (int i = 0; i < 6 && at > start; i++) {
		uint32_t c = desk_utf8_before(s + start, s + at, &size);
		at -= size;
		if (!closing(c) && !(desk_class(c) & DESK_SPACE))
			return final_flags(c, s, start, at);
	}
	return 0;
}

/* Whether what stands in brackets names who sells or makes pictures. */
static bool
names_seller(const char *s, size_t start, size_t end)
{
	struct desk_text_block inner = {
	    .start = (uint32_t)start, .end = (uint32_t)end};
	struct words w;
	w.max = LINE_WORDS;
	read_words(s, &inner, &w);
	read_tells(s, &inner, &w, NULL);
	uint32_t cues = inner.cues;
	bool slash = memchr(s + start, '/', end - start) != NULL;
	return w.count && w.count <= 16 &&
	       ((cues & DESK_TELL_PICTURE) || inner.sellers ||
		   (slash && w.count > 1 && inner.capitals == w.count));
}

/* A block that ends in brackets: "(Name/Agency)".  With a full sentence before
 * them, an agency's name alone is not yet a picture's credit. */
static unsigned
bracket_flags(const char *s, const struct desk_text_block *b)
{
	size_t end = b->end;
	char close = s[end - 1];
	if (close != ')' && close != ']')
		return 0;
	char open = close == ')' ? '(' : '[';
	size_t low = end - b->start > CREDIT_MAX ? end - CREDIT_MAX : b->start;
	size_t at = end - 1;
	while (at > low && s[at] != open)
		at--;
	if (s[at] != open)
		return 0;
	unsigned flags = at == b->start ? DESK_BLOCK_BRACKETED : 0;
	if (!names_seller(s, at + 1, end - 1))
		return flags;
	size_t before = at;
	while (before > b->start && s[before - 1] == ' ')
		before--;
	bool sentence = end_flags(s, b->start, before) & DESK_BLOCK_FINAL &&
			!memchr(s + at, '/', end - at);
	return sentence ? flags : flags | DESK_BLOCK_CREDIT;
}

/* What is counted in some words of a block, for all of them. */
static void
extend(struct desk_text_block *b, size_t counted)
{
	uint16_t *counts[] = {&b->stops, &b->capitals, &b->numbers, &b->persons,
	    &b->says, &b->times, &b->digits, &b->commas, &b->quotes,
	    &b->inner_stops};
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		size_t all = (size_t)*counts[i] * b->words / counted;
		*counts[i] = all < UINT16_MAX ? (uint16_t)all : UINT16_MAX;
	}
}

/* A sentence that tells of something past has the words of forms, contact lines
 * and credits by chance. */
static unsigned
form_flags(
    const char *s, const struct desk_text_block *b, const struct words *w)
{
	const uint32_t cues =
	    DESK_TELL_IN_PROMPT | DESK_TELL_IN_CONTACT | DESK_TELL_LEAD_ROLE;
	size_t len = b->end - b->start;
	unsigned flags = 0;
	if ((b->cues & cues) && b->flags & DESK_BLOCK_FINAL &&
	    desk_event_told(w->fold, w->at, w->count))
		flags |= DESK_BLOCK_EVENT;
	if (w->max == WORDS_MAX) /* of a page: its marks tell the others */
		return flags;
	if (desk_event_item(s + b->start, len))
		flags |= DESK_BLOCK_ITEM;
	if (!(b->cues & DESK_TELL_LEAD) && desk_event_turn(s + b->start, len))
		flags |= DESK_BLOCK_TURN;
	return flags;
}

/* Measures a block by at most max words; its content words go to topics, which
 * may be NULL. */
static void
measure(const char *s, struct desk_text_block *b, uint16_t *topics, size_t max)
{
	struct words w;
	w.max = max;
	size_t stopped = read_words(s, b, &w);
	read_tells(s, b, &w, topics);
	size_t words = w.count + (b->end - stopped) / WORD_BYTES;
	b->words = words < UINT16_MAX ? (uint16_t)words : UINT16_MAX;
	if (max < WORDS_MAX && w.count && stopped < b->end)
		extend(b, w.count);
	size_t size;
	uint32_t c = desk_utf8_decode(s + b->start, &size);
	if (c == '"' || c == 0x201C || c == 0x201E || c == 0xAB || c == 0x2018)
		b->flags |= DESK_BLOCK_QUOTED;
	b->flags |= end_flags(s, b->start, b->end);
	b->flags |= bracket_flags(s, b);
	b->flags |= form_flags(s, b, &w);
}

void
desk_block_measure(const char *s, struct desk_text_block *b)
{
	measure(s, b, NULL, WORDS_MAX);
}

int
desk_blocks_cut(struct desk_slice text, bool wrapped, struct desk_arena *arena,
    struct desk_text_block **blocks, size_t *count, uint16_t **topics,
    struct desk_error *error)
{
	/* A word of four bytes and what parts it from the next: never more
	 * content words than that. */
	size_t topic_count = 0;
	uint16_t *all =
	    desk_arena_alloc(arena, (text.len / 4 + 2) * sizeof *all);
	if (!all)
		return desk_fail_memory(error);
	struct desk_text_block *list = NULL;
	size_t n = 0, room = 0, at = 0;
	struct desk_span span;
	while (desk_paragraph_next(text, wrapped, &at, &span)) {
		if (!DESK_RESERVE(arena, list, n, room))
			return desk_fail_memory(error);
		desk_repair(text, &span);
		struct desk_text_block *b = &list[n];
		*b = (struct desk_text_block){.start = span.start,
		    .end = span.end,
		    .first = (uint32_t)n,
		    .copies = 1};
		b->number = (uint32_t)n;
		b->topic_at = (uint32_t)topic_count;
		measure(text.data, b, all + topic_count, LINE_WORDS);
		topic_count += b->topics;
		n++;
	}
	*blocks = list;
	*count = n;
	*topics = all;
	return 0;
}

int
desk_blocks_match(struct desk_slice text, struct desk_text_block *blocks,
    size_t count, struct desk_arena *arena, struct desk_error *error)
{
	size_t room = 16;
	while (room < 2 * count)
		room *= 2;
	uint32_t *slots = desk_arena_alloc(arena, room * sizeof *slots);
	if (!slots)
		return desk_fail_memory(error);
	memset(slots, 0, room * sizeof *slots);
	for (size_t i = 0; i < count; i++) {
		struct desk_text_block *b = &blocks[i];
		size_t len = b->end - b->start;
		const char *s = text.data + b->start;
		uint64_t at = desk_slice_hash(desk_slice(s, len));
		b->same = (uint32_t)i;
		for (int probe = 0; probe < PROBE_MAX; probe++, at++) {
			uint32_t *slot = &slots[at & (room - 1)];
			if (!*slot) {
				*slot = (uint32_t)i + 1;
				break;
			}
			struct desk_text_block *old = &blocks[*slot - 1];
			if (old->end - old->start != len ||
			    memcmp(text.data + old->start, s, len))
				continue;
			b->first = b->same = *slot - 1;
			if (old->copies < UINT16_MAX)
				old->copies++;
			break;
		}
	}
	return 0;
}
