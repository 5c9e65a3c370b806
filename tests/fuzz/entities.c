/*
 * Entities in any text, with any gazetteer: spans are in order and apart, cut
 * no character, bear a label, and come out the same again.  The first byte
 * tells how much of the input is the gazetteer.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "copydesk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The open model, which lies beside the programs. */
static const char *
model_path(void)
{
	static char path[4096];
	const char *build = getenv("BUILD");
	snprintf(path, sizeof path, "%s/share/copydesk/en-open.model",
	    build ? build : "build");
	return path;
}

static void
need(bool good)
{
	if (!good)
		abort();
}

static bool
inside_character(struct desk_slice text, size_t at)
{
	return at < text.len && ((unsigned char)text.data[at] & 0xC0) == 0x80;
}

static void
check(struct desk_doc *doc)
{
	size_t count, at = 0;
	const struct desk_ent *ents = desk_doc_ents(doc, &count);
	struct desk_slice text = desk_doc_text(doc);
	for (size_t i = 0; i < count; i++) {
		need(ents[i].start >= at && ents[i].end > ents[i].start);
		need(ents[i].end <= text.len);
		need(!inside_character(text, ents[i].start));
		need(!inside_character(text, ents[i].end));
		need(ents[i].label[0] >= 'A' && ents[i].label[0] <= 'Z');
		at = ents[i].end;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	const char *text = (const char *)data + 1;
	size_t list = data[0] % 64 < size ? data[0] % 64 : size - 1;
	struct desk_entities_options options = {.gazetteer = {text, list},
	    .no_relative_dates = data[0] & 64,
	    .scores = data[0] & 128,
	    .model = model_path()};
	struct desk_error error;
	struct desk_tagger *tagger = desk_tagger_new(&options, &error);
	if (!tagger) {
		need(error.code == DESK_EDATA);
		options.gazetteer.len = 0;
		need((tagger = desk_tagger_new(&options, &error)));
	}
	struct desk_doc *one = desk_doc_new(), *two = desk_doc_new();
	need(one && two);
	text += list;
	size -= list + 1;
	need(!desk_doc_set_text(one, text, size, NULL));
	need(!desk_doc_set_text(two, text, size, NULL));
	need(!desk_tagger_annotate(tagger, one, NULL));
	need(!desk_tagger_annotate(tagger, two, NULL));
	check(one);
	size_t count, again;
	const struct desk_ent *a = desk_doc_ents(one, &count);
	const struct desk_ent *b = desk_doc_ents(two, &again);
	need(count == again);
	for (size_t i = 0; i < count; i++)
		need(a[i].start == b[i].start && a[i].end == b[i].end &&
		     !strcmp(a[i].label, b[i].label));
	desk_doc_free(one);
	desk_doc_free(two);
	desk_tagger_free(tagger);
	return 0;
}
