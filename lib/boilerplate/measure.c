/*
 * measure.c - the words of a page's blocks.
 *
 * What blocks.c knows of a block of plain text serves here, too (phrases,
 * stop words, how it ends).  A second look counts signs and leaves a hash of
 * each word, by which blocks are compared with each other and with what the
 * page's head says.
 */
#include "boilerplate/measure.h"

#include <string.h>

#include "boilerplate/blocks.h"
#include "core/error.h"
#include "core/unicode.h"
#include "core/utf8.h"

enum {
	HEAD_WORDS = 128,  /* of title, description, author */
	HEAD_SLOTS = 1024, /* more than twice of them all */
	BODY_MAX = 1 << 20,
	PROSE_WORDS = 10,
	PROSE_LINKS = 350, /* of 1000 bytes */
	PROBE_MAX = 256,   /* slots looked at for an equal block */
	IDEOGRAPHS = 0x2E80
};

struct head {
	uint32_t keys[HEAD_SLOTS];
	uint8_t bits[HEAD_SLOTS];
};

/* Words as they are read: the hash of the one that goes on. */
struct reading {
	uint32_t *words;
	size_t count;
	uint32_t hash;
	size_t len, capitals, digits, dense;
	struct desk_page_measure *m;
};

static uint16_t
capped(size_t n)
{
	return n < UINT16_MAX ? (uint16_t)n : UINT16_MAX;
}

static void
end_word(struct reading *r, uint32_t first_digit)
{
	struct desk_page_measure *m = r->m;
	uint32_t h = r->hash * UINT32_C(0x2C1B3C6D);
	h ^= h >> 15;
	r->words[r->count++] = h ? h : 1;
	if (r->len > m->longest)
		m->longest = capped(r->len);
	if (r->capitals > 1 && r->capitals == r->len)
		m->upper = capped(m->upper + 1u);
	if (r->digits == 4 && r->len == 4 &&
	    (first_digit == '1' || first_digit == '2'))
		m->years = capped(m->years + 1u);
	r->hash = UINT32_C(2166136261);
	r->len = r->capitals = r->digits = r->dense = 0;
}

static void
count_sign(struct desk_page_measure *m, uint32_t c, bool digit_before)
{
	switch (c) {
	case ',':
	case 0x60C:
	case 0x3001:
	case 0xFF0C:
		m->commas = capped(m->commas + 1u);
		break;
	case '?':
	case 0xFF1F:
		m->questions = capped(m->questions + 1u);
		m->ends = capped(m->ends + 1u);
		break;
	case '.':
	case '!':
	case 0x2026:
	case 0x3002:
	case 0xFF01:
		m->ends = capped(m->ends + 1u);
		break;
	case '"':
	case 0x201C:
	case 0x201D:
	case 0x201E:
	case 0xAB:
	case 0xBB:
		m->marks = capped(m->marks + 1u);
		break;
	case '$':
	case 0xA3:
	case 0xA5:
	case 0x20AC:
	case 0x20B9:
		m->prices = capped(m->prices + 1u);
		break;
	case ':':
		if (digit_before)
			m->clocks = capped(m->clocks + 1u);
		break;
	default:
		break;
	}
}

/* Letters that are written without blanks: two make about a word. */
static bool
dense(uint32_t c, unsigned class)
{
	return (c >= IDEOGRAPHS || (c >= 0xE00 && c < 0xF00)) &&
	       (class & DESK_LETTER) && !(class & (DESK_UPPER | DESK_LOWER));
}

static void
add_letter(struct reading *r, uint32_t c, unsigned class)
{
	uint32_t low = class & DESK_UPPER ? desk_lower(c) : c;
	r->hash = (r->hash ^ low) * UINT32_C(16777619);
	r->len++;
	r->capitals += (class & DESK_UPPER) != 0;
	if (class & DESK_DIGIT) {
		r->digits++;
		r->m->digits++;
	} else {
		r->m->letters++;
	}
}

/* Hashes and counts; r->words has room for len / 2 + 1 words. */
static void
read_words(struct reading *r, const char *s, size_t len)
{
	size_t size;
	uint32_t first = 0;
	r->hash = UINT32_C(2166136261);
	r->len = r->capitals = r->digits = r->dense = 0;
	for (size_t i = 0; i < len; i += size) {
		unsigned char b = (unsigned char)s[i];
		uint32_t c = b;
		size = 1;
		unsigned class;
		if (b < 0x80)
			class = desk_ascii_classes[b];
		else
			class = desk_class(c = desk_utf8_decode(s + i, &size));
		if (class & DESK_WORD) {
			first = r->len ? first : c;
			add_letter(r, c, class);
			if (b >= 0x80 && dense(c, class) && ++r->dense == 2)
				end_word(r, 0);
			continue;
		}
		bool digit = r->len && r->digits == r->len;
		if ((c == '\'' || c == 0x2019) && r->len)
			continue;
		if (r->len)
			end_word(r, first);
		if (class & DESK_PUNCT)
			count_sign(r->m, c, digit);
	}
	if (r->len)
		end_word(r, first);
}

static void
add_head(struct head *head, const uint32_t *words, size_t count, unsigned bit)
{
	for (size_t i = 0; i < count; i++) {
		uint32_t at = words[i];
		while (head->keys[at % HEAD_SLOTS] &&
		       head->keys[at % HEAD_SLOTS] != words[i])
			at++;
		head->keys[at % HEAD_SLOTS] = words[i];
		head->bits[at % HEAD_SLOTS] |= (uint8_t)(1u << bit);
	}
}

static unsigned
find_head(const struct head *head, uint32_t word)
{
	for (uint32_t at = word;; at++) {
		uint32_t key = head->keys[at % HEAD_SLOTS];
		if (!key || key == word)
			return key ? head->bits[at % HEAD_SLOTS] : 0;
	}
}

/* Reads what the head says into a set of words. */
static void
read_head(struct desk_measures *ms, struct head *head)
{
	const struct desk_slice texts[] = {
	    ms->hints.title, ms->hints.description, ms->hints.author};
	memset(head, 0, sizeof *head);
	for (unsigned k = 0; k < DESK_SHARED_COUNT; k++) {
		struct desk_page_measure m = {0};
		uint32_t words[HEAD_WORDS + 1];
		struct reading r = {.words = words, .m = &m};
		size_t len = texts[k].len < 2 * HEAD_WORDS ? texts[k].len
							   : 2 * HEAD_WORDS;
		while (len && len < texts[k].len &&
		       ((unsigned char)texts[k].data[len] & 0xC0) == 0x80)
			len--;
		if (texts[k].data)
			read_words(&r, texts[k].data, len);
		ms->head_words[k] = (uint16_t)r.count;
		add_head(head, words, r.count, k);
	}
}

static uint64_t
trigram(const uint32_t *words)
{
	uint64_t h = words[0] * UINT64_C(0x9E3779B97F4A7C15);
	h = (h ^ words[1]) * UINT64_C(0xC2B2AE3D27D4EB4F);
	h = (h ^ h >> 29 ^ words[2]) * UINT64_C(0x165667B19E3779F9);
	return h ^ h >> 32;
}

/* A set of 32-bit keys; 0 is free. */
struct set {
	uint32_t *slots;
	size_t mask;
};

static bool
set_make(struct set *set, size_t count, struct desk_arena *arena)
{
	size_t room = 64;
	while (room < 2 * count)
		room *= 2;
	set->slots = desk_arena_alloc(arena, room * sizeof *set->slots);
	set->mask = room - 1;
	if (set->slots)
		memset(set->slots, 0, room * sizeof *set->slots);
	return set->slots != NULL;
}

/* The slot of a key, or the free one where it would be. */
static uint32_t *
set_find(const struct set *set, uint64_t key)
{
	uint32_t want = (uint32_t)(key >> 32) | 1;
	size_t at = key & set->mask;
	while (set->slots[at] && set->slots[at] != want)
		at = (at + 1) & set->mask;
	return &set->slots[at];
}

static void
set_add(struct set *set, uint64_t key)
{
	*set_find(set, key) = (uint32_t)(key >> 32) | 1;
}

static int
read_body(struct desk_slice body, struct set *set, size_t *words,
    struct desk_arena *arena, struct desk_error *error)
{
	size_t len = body.len < BODY_MAX ? body.len : BODY_MAX;
	struct desk_page_measure m = {0};
	struct reading r = {.m = &m};
	while (len && len < body.len &&
	       ((unsigned char)body.data[len] & 0xC0) == 0x80)
		len--;
	r.words = desk_arena_alloc(arena, (len / 2 + 2) * sizeof *r.words);
	if (!r.words)
		return desk_fail_memory(error);
	read_words(&r, body.data, len);
	*words = r.count;
	if (!set_make(set, r.count, arena))
		return desk_fail_memory(error);
	for (size_t i = 0; i + 3 <= r.count; i++)
		set_add(set, trigram(r.words + i));
	return 0;
}

static bool
is_prose(const struct desk_page_block *block, const struct desk_page_measure *m)
{
	return m->words >= PROSE_WORDS && (m->flags & DESK_BLOCK_FINAL) &&
	       (uint64_t)block->link_bytes * 1000 <
		   (uint64_t)(block->end - block->start) * PROSE_LINKS;
}

static void
compare(struct desk_page_measure *m, const uint32_t *words, size_t count,
    const struct head *head, const struct set *body)
{
	for (size_t i = 0; i < count; i++) {
		unsigned bits = find_head(head, words[i]);
		for (unsigned k = 0; bits; k++, bits >>= 1)
			if (bits & 1)
				m->shared[k] = capped(m->shared[k] + 1u);
	}
	m->body = 1001;
	if (!body->slots)
		return;
	size_t found = 0, all = count > 2 ? count - 2 : 0;
	for (size_t i = 0; i < all; i++)
		found += *set_find(body, trigram(words + i)) != 0;
	found = all ? found * 1000 / all : 0;
	m->body = (uint16_t)found;
}

static void
take_cues(struct desk_page_measure *m, const struct desk_text_block *b)
{
	m->cues = b->cues;
	m->flags = b->flags;
	m->stops = b->stops;
	m->capitals = b->capitals;
	m->numbers = b->numbers;
	m->hits = b->hits;
	m->sellers = b->sellers;
}

void
desk_measure_text(const struct desk_page_measure *m, struct desk_text_block *b)
{
	*b = (struct desk_text_block){.words = m->words,
	    .cues = m->cues,
	    .flags = m->flags,
	    .stops = m->stops,
	    .capitals = m->capitals,
	    .numbers = m->numbers,
	    .hits = m->hits,
	    .sellers = m->sellers};
}

/* Finds blocks of the same words. */
static int
match(const struct desk_page *page, struct desk_measures *ms,
    struct desk_arena *arena, struct desk_error *error)
{
	size_t room = 64;
	while (room < 2 * page->block_count)
		room *= 2;
	uint32_t *slots = desk_arena_alloc(arena, room * sizeof *slots);
	if (!slots)
		return desk_fail_memory(error);
	memset(slots, 0, room * sizeof *slots);
	for (size_t i = 0; i < page->block_count; i++) {
		struct desk_page_measure *m = &ms->of[i];
		uint32_t *words = ms->words + m->first_word;
		uint64_t h = m->words;
		for (size_t k = 0; k < m->words; k++)
			h = (h ^ words[k]) * UINT64_C(0x9E3779B97F4A7C15);
		size_t at = (h >> 20) & (room - 1);
		m->same = (uint32_t)i;
		m->copies = 1;
		for (int probe = 0; slots[at]; at = (at + 1) & (room - 1)) {
			if (++probe > PROBE_MAX)
				break;
			struct desk_page_measure *old = &ms->of[slots[at] - 1];
			if (old->words != m->words ||
			    memcmp(ms->words + old->first_word, words,
				m->words * sizeof *words) != 0)
				continue;
			m->same = slots[at] - 1;
			old->copies = capped(old->copies + 1u);
			break;
		}
		if (!slots[at])
			slots[at] = (uint32_t)i + 1;
	}
	return 0;
}

int
desk_page_measure(const struct desk_page *page, struct desk_arena *arena,
    struct desk_measures *ms, struct desk_error *error)
{
	struct head head;
	struct set body = {0};
	memset(ms, 0, sizeof *ms);
	ms->of =
	    desk_arena_alloc(arena, (page->block_count + 1) * sizeof *ms->of);
	ms->words = desk_arena_alloc(arena,
	    (page->text.len / 2 + page->block_count + 2) * sizeof *ms->words);
	if (!ms->of || !ms->words)
		return desk_fail_memory(error);
	desk_meta_hint(page->notes, &ms->hints);
	read_head(ms, &head);
	int code = ms->hints.body.data ? read_body(ms->hints.body, &body,
					     &ms->body_words, arena, error)
				       : 0;
	if (code)
		return code;
	for (size_t i = 0; i < page->block_count; i++) {
		const struct desk_page_block *block = &page->blocks[i];
		struct desk_page_measure *m = &ms->of[i];
		struct desk_text_block b = {
		    .start = block->start, .end = block->end};
		desk_block_measure(page->text.data, &b);
		*m = (struct desk_page_measure){
		    .first_word = (uint32_t)ms->word_count};
		take_cues(m, &b);
		struct reading r = {
		    .words = ms->words + ms->word_count, .m = m};
		read_words(&r, page->text.data + block->start,
		    block->end - block->start);
		ms->word_count += r.count;
		m->words = capped(r.count);
		m->prose = is_prose(block, m);
		compare(m, r.words, r.count, &head, &body);
	}
	return match(page, ms, arena, error);
}

enum {
	COPY_WORDS = 80,  /* of a block that may be a copy */
	COPY_SHARE = 900, /* of 1000 of its trigrams */
	COPY_PART = 600,  /* of 1000 words that the others may have of its */
	SAMPLE = 3 /* trigrams whose hash has no bit of it are looked at */
};

/* The fewest words of a block that holds a trigram. */
struct least {
	uint32_t key, words;
};

static struct least *
least_find(struct least *slots, size_t mask, uint64_t key)
{
	uint32_t want = (uint32_t)(key >> 32) | 1;
	size_t at = (key >> 4) & mask;
	while (slots[at].key && slots[at].key != want)
		at = (at + 1) & mask;
	slots[at].key = want;
	return &slots[at];
}

static bool
is_copy(const struct desk_page_measure *m, const uint32_t *words,
    struct least *slots, size_t mask)
{
	size_t all = 0, found = 0;
	for (size_t i = 0; i + 3 <= m->words; i++) {
		uint64_t key = trigram(words + i);
		if (key & SAMPLE)
			continue;
		uint32_t least = least_find(slots, mask, key)->words;
		all++;
		found +=
		    (uint64_t)least * 1000 <= (uint64_t)m->words * COPY_PART;
	}
	return all && found * 1000 >= all * COPY_SHARE;
}

int
desk_page_find_copies(struct desk_page *page, const struct desk_measures *ms,
    struct desk_arena *arena, struct desk_error *error)
{
	uint16_t longest = 0;
	size_t room = 64;
	for (size_t i = 0; i < page->block_count; i++)
		if (ms->of[i].words > longest)
			longest = ms->of[i].words;
	if (longest < COPY_WORDS)
		return 0;
	while (room < ms->word_count)
		room *= 2;
	struct least *slots = desk_arena_alloc(arena, room * sizeof *slots);
	if (!slots)
		return desk_fail_memory(error);
	memset(slots, 0, room * sizeof *slots);
	for (size_t i = 0; i < page->block_count; i++) {
		const struct desk_page_measure *m = &ms->of[i];
		const uint32_t *words = ms->words + m->first_word;
		for (size_t k = 0; k + 3 <= m->words; k++) {
			uint64_t key = trigram(words + k);
			if (key & SAMPLE)
				continue;
			struct least *l = least_find(slots, room - 1, key);
			if (!l->words || l->words > m->words)
				l->words = m->words;
		}
	}
	for (size_t i = 0; i < page->block_count; i++)
		if (ms->of[i].words >= COPY_WORDS &&
		    is_copy(&ms->of[i], ms->words + ms->of[i].first_word, slots,
			room - 1))
			page->blocks[i].flags |= DESK_PAGE_COPY;
	return 0;
}
