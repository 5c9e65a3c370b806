/*
 * Entities in any text, with any gazetteer: spans are in order and apart, cut
 * no character, bear a label, and come out the same again.  The first byte
 * tells the options and how much of the input is the gazetteer.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doc/doc.h"

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

/* A text in a block of its own size, so that reads beyond it are seen. */
static char *
set_tight(struct desk_doc *doc, const char *text, size_t len)
{
	need(!desk_doc_set_text(doc, text, len, NULL));
	struct desk_slice s = desk_doc_text(doc);
	char *tight = malloc(s.len ? s.len : 1);
	need(tight != NULL);
	if (s.len)
		memcpy(tight, s.data, s.len);
	desk_doc_borrow(doc, (struct desk_slice){tight, s.len});
	return tight;
}

enum { PLAIN = 8, KEPT = 32, LIST = 64 };

struct kept {
	char list[LIST];
	size_t len;
	unsigned options;
	struct desk_tagger *tagger;
};

/* Making one takes as long as tagging a thousand inputs: those without a
 * gazetteer are made once, and the last ones with one are kept. */
static struct desk_tagger *
tagger_for(struct desk_entities_options *options)
{
	static struct kept kept[KEPT];
	static size_t next;
	struct desk_slice list = options->gazetteer;
	struct desk_error error;
	unsigned flags = options->no_relative_dates + 2u * options->scores +
			 4u * options->plain;
	struct kept *k = &kept[flags];
	if (list.len) {
		for (k = kept + PLAIN; k < kept + KEPT; k++)
			if (k->len == list.len && k->options == flags &&
			    !memcmp(k->list, list.data, list.len))
				return k->tagger;
		k = &kept[PLAIN + next % (KEPT - PLAIN)];
		struct desk_tagger *fresh = desk_tagger_new(options, &error);
		if (!fresh) {
			need(error.code == DESK_EDATA);
			options->gazetteer.len = 0;
			return tagger_for(options);
		}
		desk_tagger_free(k->tagger);
		*k = (struct kept){
		    .len = list.len, .options = flags, .tagger = fresh};
		memcpy(k->list, list.data, list.len);
		next++;
	}
	if (!k->tagger)
		k->tagger = desk_tagger_new(options, &error);
	need(k->tagger != NULL);
	return k->tagger;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	const char *text = (const char *)data + 1;
	size_t list = data[0] & 32 ? 2 * (data[0] % 32) : 0;
	list = list < size ? list : size - 1;
	struct desk_entities_options options = {.gazetteer = {text, list},
	    .no_relative_dates = data[0] & 64,
	    .scores = data[0] & 128,
	    .plain = (data[0] & 33) == 1,
	    .model = model_path()};
	struct desk_tagger *tagger = tagger_for(&options);
	struct desk_doc *one = desk_doc_new(), *two = desk_doc_new();
	need(one && two);
	text += list;
	size -= list + 1;
	char *tight = set_tight(one, text, size);
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
	free(tight);
	return 0;
}
