/* keep.c - leaving items out of a layer. */
#include <string.h>

#include "core/error.h"
#include "core/slice.h"
#include "doc/doc.h"

static bool
listed(struct desk_slice list, const char *label)
{
	size_t len = strlen(label);
	for (size_t at = 0; at + len <= list.len;) {
		const char *comma = memchr(list.data + at, ',', list.len - at);
		size_t end = comma ? (size_t)(comma - list.data) : list.len;
		if (end - at == len && !memcmp(list.data + at, label, len))
			return true;
		at = end + 1;
	}
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

int
desk_doc_keep_quotes(struct desk_doc *doc, unsigned kinds, bool *changed,
    struct desk_error *error)
{
	size_t count = doc->quote_count, kept = 0;
	struct desk_quote *quotes =
	    desk_arena_alloc(&doc->arena, count * sizeof *quotes);
	if (!quotes)
		return desk_fail_memory(error);
	for (size_t i = 0; i < count; i++)
		if (kinds >> doc->quotes[i].kind & 1)
			quotes[kept++] = doc->quotes[i];
	doc->quotes = quotes;
	doc->quote_count = kept;
	if (changed)
		*changed = kept < count;
	return 0;
}
