/*
 * agree.c - counts the labels of each name of a document, and settles them.
 *
 * A name is what stands in the text, byte for byte; its hash stands for it.  A
 * person's full name also speaks for its last word: where "Ana Lima" is a
 * person, "Lima" is one rather than a place.  Where the text says what a name
 * is, "the island of Skarne", that counts for more.  Only what has a capital
 * letter and was marked by the model is looked at: the user's own names and
 * what rules have found are sure.  The table is of bounded size; names that
 * come when it is full keep their labels.
 */
#include "entities/agree.h"

#include <string.h>

#include "core/error.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "entities/lists.h"

enum { SLOTS_MIN = 64, SLOTS_MAX = 1 << 15, WORDS_MAX = 4 };
enum { TOLD_VOTES = 3, AREA_MAX = 16 };

struct name {
	uint64_t key; /* 0: none is here */
	uint16_t counts[DESK_CRF_TYPES];
};

struct names {
	const struct desk_crf *crf;
	struct desk_slice text;
	struct name *slots;
	size_t mask, count;
	uint32_t person; /* that type; crf->types: the model has none */
};

/* The type of the model that a label is; crf->types: it is none. */
static uint32_t
type_of(const struct desk_crf *crf, const char *label)
{
	uint32_t type = 0;
	while (type < crf->types && crf->names[type] != label)
		type++;
	return type;
}

/* The place of a name; NULL where there is none for it. */
static struct name *
find(struct names *names, uint32_t start, uint32_t end)
{
	uint64_t key =
	    desk_hash_bytes(names->text.data + start, end - start) | 1;
	size_t at = (size_t)(key >> 20);
	struct name *name;
	do
		name = &names->slots[at++ & names->mask];
	while (name->key && name->key != key);
	if (name->key)
		return name;
	if (names->count > names->mask / 4 * 3)
		return NULL;
	names->count++;
	name->key = key;
	return name;
}

/* Whether an entity is a name that the model has marked, and as what. */
static bool
counts(const struct names *names, const struct desk_ent *ent, uint32_t *type)
{
	const char *s = names->text.data;
	size_t size;
	*type = type_of(names->crf, ent->label);
	for (size_t i = ent->start; i < ent->end; i += size)
		if (desk_class(desk_utf8_decode(s + i, &size)) & DESK_UPPER)
			return *type < names->crf->types;
	return false;
}

static void
count_one(struct names *names, uint32_t start, uint32_t end, uint32_t type,
    uint16_t votes)
{
	struct name *name = find(names, start, end);
	if (name)
		desk_count(&name->counts[type], votes);
}

/* Whether the text says that a name is a place: "the island of Skarne". */
static bool
told(const struct names *names, uint32_t start)
{
	static const char of[] = " of ";
	const char *s = names->text.data;
	uint32_t end = start - (uint32_t)(sizeof of - 1), from = end;
	if (start < sizeof of || memcmp(s + end, of, sizeof of - 1))
		return false;
	while (from > 0 && s[from - 1] >= 'a' && s[from - 1] <= 'z' &&
	       end - from < AREA_MAX)
		from--;
	return desk_word_bits(s + from, end - from) & WORD_AREA;
}

/* Where the last word of a name of two to four begins, or its end. */
static uint32_t
last_word(const struct names *names, const struct desk_ent *ent)
{
	uint32_t words = 1, last = ent->end;
	bool was_space = false;
	for (uint32_t i = ent->start; i < ent->end; i++) {
		char c = names->text.data[i];
		bool space = c == ' ' || c == '\n';
		if (was_space && !space) {
			words++;
			last = i;
		}
		was_space = space;
	}
	return words <= WORDS_MAX ? last : ent->end;
}

static void
count(struct names *names, const struct desk_ent *ent)
{
	uint32_t type;
	if (!counts(names, ent, &type))
		return;
	count_one(names, ent->start, ent->end, type,
	    type != names->person && told(names, ent->start) ? TOLD_VOTES : 1);
	if (type != names->person)
		return;
	uint32_t last = last_word(names, ent);
	if (last < ent->end)
		count_one(names, last, ent->end, type, 1);
}

static void
settle(struct names *names, struct desk_ent *ent)
{
	uint32_t type, best;
	if (!counts(names, ent, &type))
		return;
	const struct name *name = find(names, ent->start, ent->end);
	if (!name)
		return;
	best = type;
	for (uint32_t k = 0; k < names->crf->types; k++)
		if (name->counts[k] > name->counts[best])
			best = k;
	if (name->counts[best] >= 2 * name->counts[type])
		ent->label = names->crf->names[best];
}

int
desk_agree(struct desk_settler *settler, struct desk_slice text,
    struct desk_error *error)
{
	struct names names = {.crf = &settler->sequencer->crf, .text = text};
	size_t size = SLOTS_MIN;
	if (settler->count < 2)
		return 0;
	while (size < SLOTS_MAX && size < 3 * settler->count)
		size *= 2;
	desk_arena_clear(&settler->work);
	names.slots =
	    desk_arena_alloc(&settler->work, size * sizeof *names.slots);
	if (!names.slots)
		return desk_fail_memory(error);
	memset(names.slots, 0, size * sizeof *names.slots);
	names.mask = size - 1;
	while (names.person < names.crf->types &&
	       strcmp(names.crf->names[names.person], "PER"))
		names.person++;
	for (struct desk_piece *p = settler->first; p; p = p->next)
		for (size_t i = 0; i < p->count; i++)
			count(&names, &p->ents[i]);
	for (struct desk_piece *p = settler->first; p; p = p->next)
		for (size_t i = 0; i < p->count; i++)
			settle(&names, &p->ents[i]);
	return 0;
}
