/*
 * Learning quotations: what a record of known ones says is read as it stands,
 * and models learned from a few hundred sentences find the like in others.
 */
#include <stdlib.h>

#include "doc/doc.h"
#include "quotes/learn.h"
#include "quotes/pages.h"
#include "tap.h"

static struct desk_arena arena;

static int
read_gold(struct desk_gold_doc *gold, const char *record)
{
	struct desk_error error;
	*gold = (struct desk_gold_doc){.quotes = NULL};
	return desk_gold_read(
	    gold, (struct desk_slice){record, strlen(record)}, &arena, &error);
}

static void
is_part(const struct desk_gold_doc *gold, const struct desk_gold_span *span,
    size_t i, const char *want, const char *what)
{
	struct desk_span s = {0, 0};
	if (i < span->count)
		s = span->parts[i];
	is_str(gold->text.data + s.start, s.end - s.start, want, what);
}

static void
check_reading(void)
{
	struct desk_gold_doc gold;
	is_int(read_gold(&gold,
		   "{\"id\":7,\"text\":\"\\u00c5sa said \\u201cno\\u201d and "
		   "\\u201cnot now.\\u201d\",\"quotes\":["
		   "{\"start\":10,\"end\":29,\"parts\":[[10,12],[19,27]],"
		   "\"cue\":{\"start\":4,\"end\":8},"
		   "\"speaker\":{\"start\":0,\"end\":3}},"
		   "{\"start\":10,\"end\":12,\"core\":false,\"cue\":null},"
		   "{\"start\":5,\"end\":900}]}"),
	    0, "a record with quotations is read");
	is_int(gold.count, 3, "all of them");
	is_part(
	    &gold, &gold.quotes[0].content, 0, "no", "offsets are code points");
	is_part(&gold, &gold.quotes[0].content, 1, "not now.", "in parts");
	is_part(&gold, &gold.quotes[0].cue, 0, "said", "with a cue");
	is_part(&gold, &gold.quotes[0].source, 0, "\xC3\x85sa", "a source");
	ok(gold.quotes[0].core && !gold.quotes[1].core, "core or not");
	is_int(gold.quotes[1].cue.count, 0, "null is no cue");
	is_int(
	    gold.quotes[2].content.count, 0, "a span beyond the text is none");
	is_int(read_gold(&gold, "{\"text\":\"No.\"}"), DESK_EDATA,
	    "no quotes: no such record");
	is_int(read_gold(&gold, "{\"quotes\":[]}"), DESK_EDATA, "no text");
	is_int(read_gold(&gold, "{\"text\":\"No"), DESK_EDATA, "no JSON");
	is_int(read_gold(&gold, "{\"text\":\"\",\"quotes\":[{},[],3]}"), 0,
	    "empty ones are read");
	is_int(gold.count, 1, "and what is no object is none");
}

/* -- learning ------------------------------------------------------------ */

enum { DOCS = 240 };

static const char *const people[] = {"Ana Lima", "Bo Ek", "Carla Neri",
    "Dan Ross", "Eva Holm", "Finn Moe", "the minister"};
static const char *const verbs[] = {"said", "claimed", "warned", "added"};
static const char *const things[] = {
    "the bridge", "the ferry", "the harbour", "the old school", "the bakery"};
static const char *const fates[] = {
    "would close", "had failed", "was too small", "needed money", "could wait"};

#define PICK(list, i) ((list)[(i) % (sizeof(list) / sizeof *(list))])

static size_t
point(const char *text, const char *at)
{
	size_t n = 0;
	for (; text < at; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n;
}

/* Document i: speech in clauses, in marks, in two stretches of marks, and
 * something that is no speech. */
static void
make_doc(size_t i, struct desk_gold_doc *gold)
{
	static char text[600], record[1600];
	const char *who = PICK(people, i), *verb = PICK(verbs, i / 7);
	const char *what = PICK(things, i / 2), *fate = PICK(fates, i / 3);
	size_t n = 0;
	snprintf(text, sizeof text,
	    "%s %s that %s %s. They painted %s and its "
	    "\xE2\x80\x9Clittle\xE2\x80\x9D door on day %zu. "
	    "\xE2\x80\x9CI know that %s %s,\xE2\x80\x9D %s %s. "
	    "\xE2\x80\x9CNobody doubts that.\xE2\x80\x9D",
	    who, verb, what, fate, PICK(things, i + 1), i, what, fate, who,
	    verb);
	const char *that = strstr(text, "that ") + 5, *stop = strchr(that, '.');
	const char *know = strstr(text, "I know"), *end = strstr(know, ",");
	const char *last = strstr(know, "Nobody"), *close = strchr(last, '.');
	const char *by = strstr(end, who), *cue = by + strlen(who) + 1;
	n += (size_t)snprintf(record, sizeof record,
	    "{\"text\":\"%s\",\"quotes\":["
	    "{\"start\":%zu,\"end\":%zu,\"cue\":{\"start\":%zu,\"end\":%zu},"
	    "\"speaker\":{\"start\":0,\"end\":%zu}},",
	    text, point(text, that), point(text, stop), strlen(who) + 1,
	    strlen(who) + 1 + strlen(verb), strlen(who));
	snprintf(record + n, sizeof record - n,
	    "{\"start\":%zu,\"end\":%zu,\"parts\":[[%zu,%zu],[%zu,%zu]],"
	    "\"cue\":{\"start\":%zu,\"end\":%zu},"
	    "\"speaker\":{\"start\":%zu,\"end\":%zu}}]}",
	    point(text, know), point(text, close) + 1, point(text, know),
	    point(text, end), point(text, last), point(text, close) + 1,
	    point(text, cue), point(text, cue) + strlen(verb), point(text, by),
	    point(text, by) + strlen(who));
	if (read_gold(gold, record))
		abort();
}

struct made {
	struct desk_buffer bytes;
	struct desk_modelfile file;
	struct desk_crf crf;
};

static bool
learn(struct made *to, enum desk_lesson_kind kind, const char *const *names,
    size_t count, const struct desk_quote_models *models)
{
	struct desk_crf_options options = {
	    .epochs = 6, .least = 2, .rate = 0.05f};
	struct desk_crf_sections sections = {.rows = 0};
	struct desk_crf_epoch epoch;
	struct desk_error error;
	struct desk_crf_trainer *t =
	    desk_crf_trainer_new(names, count, &options, &error);
	struct desk_lesson lesson = {
	    .kind = kind, .models = models, .trainer = t};
	struct desk_gold_doc gold;
	int rc = t ? 0 : 1;
	for (size_t i = 0; i < DOCS && !rc; i++) {
		make_doc(i, &gold);
		rc = desk_quotes_learn(&lesson, &gold, &error);
	}
	while (!rc && desk_crf_trainer_epoch(t, &epoch, &error) > 0)
		;
	rc = rc || desk_crf_trainer_write(t, &sections, &error) ||
	     desk_modelfile_build(sections.sections, 3, &to->bytes, &error) ||
	     desk_modelfile_use(&to->file,
		 (struct desk_slice){to->bytes.data, to->bytes.len}, &error) ||
	     desk_crf_load(&to->crf, &to->file, &error);
	desk_crf_sections_release(&sections);
	desk_crf_trainer_free(t);
	return !rc;
}

/* Packs of what was learned: of the first pass, or of both. */
static bool
pack(struct made *to, const struct desk_crf *first,
    const struct desk_crf *second, struct desk_quote_models *models)
{
	struct desk_error error;
	struct desk_packer *p = desk_packer_new(desk_quote_packs, DESK_PACKS);
	struct desk_lesson lesson = {.models = models, .packer = p};
	struct desk_gold_doc gold;
	int rc = p ? 0 : 1;
	for (int k = 0; k < (second ? 2 : 1); k++)
		for (size_t i = 0; i < DOCS && !rc; i++) {
			make_doc(i, &gold);
			lesson.kind = k ? LEARN_SECOND : LEARN_FIRST;
			lesson.learned = k ? second : first;
			rc = desk_quotes_learn(&lesson, &gold, &error);
		}
	rc = rc || desk_packer_write(p, &to->bytes, &error) ||
	     desk_modelfile_use(&to->file,
		 (struct desk_slice){to->bytes.data, to->bytes.len}, &error) ||
	     desk_packs_load(models->packs, desk_quote_packs, DESK_PACKS,
		 &to->file, &error);
	desk_packer_free(p);
	return !rc;
}

/* How many scores of cells are not what their features add up to, one by one:
 * those of the first pass, and of the second as seen from each pair of cells.
 */
static size_t
count_wrong(const struct desk_quote_models *m, const struct desk_passage *g,
    struct desk_sight *sights)
{
	static int16_t got[400][DESK_QUOTE_WIDTH], own[400][SECOND_LABELS],
	    seen[400][SECOND_LABELS];
	struct desk_features f;
	size_t n = g->count, wrong = 0;
	if (n > 400)
		abort();
	desk_scores_begin(m->packs, g, sights);
	desk_scores_first(m->packs, g, sights, got[0]);
	desk_scores_own(m->packs, g, sights, 0, n, own[0]);
	for (size_t i = 0; i < n; i++) {
		int16_t want[DESK_QUOTE_WIDTH] = {0};
		desk_features_first(&f, g, sights, i);
		desk_crf_add(&m->first, f.keys, f.count, want);
		wrong += memcmp(want, got[i], FIRST_LABELS * 2) != 0;
	}
	for (size_t a = 0; a + 2 < n; a += 3) {
		struct desk_view v;
		desk_view_set(&v, g, a, a + 1 + a % 2);
		desk_scores_seen(
		    m->packs, g, sights, &v, 0, n, own[0], seen[0]);
		for (size_t i = 0; i < n; i++) {
			int16_t want[DESK_QUOTE_WIDTH] = {0};
			desk_features_second(&f, g, sights, &v, i);
			desk_crf_add(&m->second, f.keys, f.count, want);
			wrong += memcmp(want, seen[i], SECOND_LABELS * 2) != 0;
		}
	}
	return wrong;
}

static void
check_sums(const struct desk_quote_models *models)
{
	struct desk_passes x = {.models = models};
	struct desk_gold_doc gold;
	struct desk_error error;
	size_t wrong = 0, cells = 0;
	for (size_t i = 0; i < 9; i++) {
		struct desk_paragraph p = {.names = NULL};
		struct desk_doc *doc = desk_doc_new();
		size_t ent = 0;
		make_doc(i * 17, &gold);
		if (!doc)
			abort();
		desk_doc_borrow(doc, gold.text);
		struct desk_span all = {0, (uint32_t)gold.text.len};
		if (desk_paragraph_read(&p, doc, all, &ent, &error) ||
		    desk_passage_read(&x.passage, &p, &x.lasts, &error))
			abort();
		struct desk_sight *sights =
		    desk_sights_new(x.passage.count, &arena);
		if (!sights)
			abort();
		wrong += count_wrong(models, &x.passage, sights);
		cells += x.passage.count;
		desk_doc_free(doc);
	}
	desk_passes_release(&x);
	ok(cells > 300, "there are cells to score");
	is_int(wrong, 0, "parts of rows add up to what features say");
}

static void
is_cells(const struct desk_doc *doc, const struct desk_passage *g,
    struct desk_cells cells, const char *want, const char *what)
{
	size_t from = 0, to = 0;
	if (cells.a < cells.b && cells.b <= g->count) {
		from = g->cells[cells.a].start;
		to = g->cells[cells.b - 1].end;
	}
	is_str(doc->text.data + from, to - from, want, what);
}

/* What the models make of a sentence with words that they have not seen. */
static void
check_found(const struct desk_quote_models *models)
{
	static const char text[] =
	    "Gina Vik warned that the theatre was empty. They painted it.";
	struct desk_passes x = {.models = models};
	struct desk_paragraph p = {.names = NULL};
	struct desk_pages pages = {.text = {text, sizeof text - 1}};
	struct desk_doc *doc = desk_doc_new();
	struct desk_error error;
	struct desk_span span;
	size_t ent = 0;
	if (!doc)
		abort();
	desk_doc_borrow(doc, pages.text);
	ok(desk_pages_next(&pages, &span) &&
		!desk_paragraph_read(&p, doc, span, &ent, &error) &&
		!desk_passes_read(&x, &p, &error),
	    "a paragraph is read by the models");
	is_int(x.found_count, 1, "one quotation is found");
	if (x.found_count) {
		const struct desk_finding *f = &x.found[0];
		is_cells(doc, &x.passage, f->cue, "warned", "its cue");
		is_cells(doc, &x.passage, f->source, "Gina Vik", "its source");
		is_int(f->part_count, 1, "in one part");
		is_cells(doc, &x.passage, f->parts[0], "the theatre was empty",
		    "its content");
	}
	desk_passes_release(&x);
	desk_doc_free(doc);
}

static void
check_learning(void)
{
	static struct made first, second, marked, joined, again, half, packs;
	struct desk_quote_models models = {.first = {.types = 0}};
	ok(learn(&first, LEARN_FIRST, desk_first_names, FIRST_TYPES, NULL),
	    "a first pass is learned");
	ok(learn(&again, LEARN_FIRST, desk_first_names, FIRST_TYPES, NULL) &&
		first.bytes.len == again.bytes.len &&
		!memcmp(first.bytes.data, again.bytes.data, first.bytes.len),
	    "learning again gives the same bytes");
	models.first = first.crf;
	ok(pack(&half, &first.crf, NULL, &models), "it is packed");
	ok(learn(
	       &second, LEARN_SECOND, desk_second_names, SECOND_TYPES, &models),
	    "a second pass, from what the first one finds");
	ok(learn(&marked, LEARN_MARKED, desk_marked_names, 1, &models),
	    "whether marks hold speech");
	ok(learn(&joined, LEARN_JOINED, desk_joined_names, 1, &models),
	    "whether speech goes on");
	models.second = second.crf;
	ok(pack(&packs, &first.crf, &second.crf, &models), "both are packed");
	check_sums(&models);
	check_found(&models);
	models.marked = marked.crf;
	models.joined = joined.crf;
	check_found(&models);
	struct made *all[] = {
	    &first, &second, &marked, &joined, &again, &half, &packs};
	for (size_t i = 0; i < 7; i++) {
		desk_modelfile_close(&all[i]->file);
		desk_buffer_release(&all[i]->bytes);
	}
}

int
main(void)
{
	check_reading();
	check_learning();
	desk_arena_release(&arena);
	return done();
}
