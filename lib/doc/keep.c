/* keep.c - leaving items out of a layer. */
#include <string.h>

#include "core/error.h"
#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "doc/doc.h"
#include "doc/pattern.h"

static bool
listed(struct desk_slice list, const char *label)
{
	struct desk_slice item;
	while (desk_slice_item(&list, &item))
		if (desk_slice_is(item, label))
			return true;
	return false;
}

int
desk_doc_keep_ents(struct desk_doc *doc, struct desk_slice labels,
    unsigned least, bool *changed, struct desk_error *error)
{
	size_t count = doc->ent_count, kept = 0;
	struct desk_ent *ents =
	    desk_arena_alloc(&doc->arena, count * sizeof *ents);
	if (!ents)
		return desk_fail_memory(error);
	for (size_t i = 0; i < count; i++) {
		const struct desk_ent *ent = &doc->ents[i];
		bool sure = !ent->score || ent->score >= least;
		if (sure && (!labels.data || listed(labels, ent->label)))
			ents[kept++] = *ent;
	}
	doc->ents = ents;
	doc->ent_count = kept;
	if (changed)
		*changed = kept < count;
	return 0;
}

/* Words are what blanks separate and holds a letter or figure. */
static size_t
count_words(const struct desk_doc *doc, const struct desk_quote *quote)
{
	size_t count = 0;
	for (size_t i = 0; i < quote->part_count; i++) {
		const char *at = doc->text.data + quote->parts[i].start;
		const char *end = doc->text.data + quote->parts[i].end;
		bool counted = false;
		for (size_t n; at < end; at += n) {
			unsigned c = desk_class(desk_utf8_decode(at, &n));
			if (c & DESK_SPACE)
				counted = false;
			if (!(c & (DESK_WORD | DESK_DIGIT)) || counted)
				continue;
			counted = true;
			count++;
		}
	}
	return count;
}

/* Whether the speaker is wanted: 1, 0, or an error. */
static int
spoken_by(const struct desk_doc *doc, const struct desk_quote *quote,
    const struct desk_pattern *speaker, struct desk_error *error)
{
	struct desk_slice name = quote->name;
	if (!name.data)
		name = desk_slice(doc->text.data + quote->speaker.start,
		    quote->speaker.end - quote->speaker.start);
	return name.len ? desk_pattern_match(speaker, name, error) : 0;
}

int
desk_doc_keep_quotes(struct desk_doc *doc,
    const struct desk_quotes_wanted *wanted, bool *changed,
    struct desk_error *error)
{
	size_t count = doc->quote_count, kept = 0;
	struct desk_quote *quotes =
	    desk_arena_alloc(&doc->arena, count * sizeof *quotes);
	if (!quotes)
		return desk_fail_memory(error);
	for (size_t i = 0; i < count; i++) {
		const struct desk_quote *quote = &doc->quotes[i];
		int keep =
		    (!wanted->kinds || wanted->kinds >> quote->kind & 1) &&
		    (!wanted->words ||
			count_words(doc, quote) >= wanted->words);
		if (keep && wanted->speaker)
			keep = spoken_by(doc, quote, wanted->speaker, error);
		if (keep < 0)
			return keep;
		if (keep)
			quotes[kept++] = *quote;
	}
	doc->quotes = quotes;
	doc->quote_count = kept;
	if (changed)
		*changed = kept < count;
	return 0;
}
