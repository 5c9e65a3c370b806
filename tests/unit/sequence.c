/* From text to features and back to spans: tokens are cut where words were
 * glued, the document helps, scores are what features add up to, and what looks
 * like no name is passed over. */
#include <stdlib.h>

#include "core/memory.h"
#include "core/slice.h"
#include "entities/glue.h"
#include "entities/learn.h"
#include "tap.h"

static const char *const labels[] = {"LOC", "PER"};

static struct desk_slice
text_of(const char *s)
{
	return desk_slice(s, strlen(s));
}

/* A model's file with these words as classes. */
static struct desk_buffer
lists_of(const char *words, const char *names)
{
	struct desk_lister lister = {0};
	struct desk_buffer tables[2] = {{0}}, out = {0};
	desk_lister_clusters(&lister, text_of(words), NULL);
	desk_lister_write(&lister, 3, &tables[0], NULL);
	desk_lister_release(&lister);
	desk_lister_names(&lister, "x/ours.tsv", text_of(names), NULL);
	desk_lister_write(&lister, 2, &tables[1], NULL);
	desk_lister_release(&lister);
	const struct desk_modelfile_section sections[] = {
	    {"clusters", {tables[0].data, tables[0].len}},
	    {"names", {tables[1].data, tables[1].len}}};
	desk_modelfile_build(sections, 2, &out, NULL);
	desk_buffer_release(&tables[0]);
	desk_buffer_release(&tables[1]);
	return out;
}

/* The tokens of a text with '|' between them, lines with '/'. */
struct shown {
	char text[200];
	size_t len;
};

static int
show(void *to, struct desk_describer *d, size_t from, size_t end,
    struct desk_error *error)
{
	struct shown *s = to;
	(void)error;
	for (size_t i = from; i < end; i++) {
		const struct desk_token *t = &d->segment.tokens[i];
		size_t n = t->end - t->start;
		if (s->len)
			s->text[s->len++] = i == from ? '/' : '|';
		memcpy(s->text + s->len, d->text.data + t->start, n);
		s->len += n;
	}
	return 0;
}

static void
tokens_are(const struct desk_knowledge *knowledge, const char *text,
    const char *want, const char *what)
{
	struct desk_describer d = {0};
	struct shown s = {{0}, 0};
	desk_describe(&d, knowledge, NULL, text_of(text), show, &s, NULL);
	is_str(s.text, s.len, want, what);
	desk_describer_release(&d);
}

static void
glued_words_are_cut(const struct desk_knowledge *k)
{
	tokens_are(k, "It was Lindqvist.\nThen Lindqvistmentioned it.",
	    "It|was|Lindqvist|./Then|Lindqvist|mentioned|it|.",
	    "a name that the document has is cut from a common word");
	tokens_are(k, "It was Lindqvist. Then Lindqvistmentioms it.",
	    "It|was|Lindqvist|.|Then|Lindqvistmentioms|it|.",
	    "but not from what is no word");
	tokens_are(k, "The SRImentioned them all. The SRImentioned it.",
	    "The|SRI|mentioned|them|all|.|The|SRI|mentioned|it|.",
	    "capitals are cut from small letters");
	tokens_are(k,
	    "By Lindqvist, Lindqvist, Lindqvist. Say itLindqvist said.",
	    "By|Lindqvist|,|Lindqvist|,|Lindqvist|.|Say|it|Lindqvist|said|.",
	    "a small word is cut from a name that the document often has");
	tokens_are(k, "By Lindqvist. Say itLindqvist said, xyLindqvist.",
	    "By|Lindqvist|.|Say|itLindqvist|said|,|xyLindqvist|.",
	    "but not from one that it hardly has");
	tokens_are(k, "By Lind. Mr Lindand, by Lindand, by Lindand.",
	    "By|Lind|.|Mr|Lindand|,|by|Lindand|,|by|Lindand|.",
	    "a word that comes often is a word");
}

/* Scores that are not what the features add up to, or those of tokens that are
 * passed over; and the number of these. */
struct compared {
	size_t differ, shut;
};

static bool
agrees(const struct desk_describer *d, size_t i, const int16_t *added,
    const int16_t *kept)
{
	const struct desk_crf *crf = d->lexemes.crf;
	if (d->gates[i] == GATE_OPEN)
		return !memcmp(added, kept, crf->width * sizeof *kept);
	for (uint32_t k = 0; k < crf->width; k++)
		if (kept[k] != DESK_CRF_NEVER)
			return false;
	return true;
}

static int
compare(void *to, struct desk_describer *d, size_t from, size_t end,
    struct desk_error *error)
{
	(void)error;
	struct compared *c = to;
	const struct desk_crf *crf = d->lexemes.crf;
	struct desk_arena arena = {0};
	int16_t *kept =
	    desk_arena_alloc(&arena, (end - from) * crf->width * sizeof *kept);
	desk_describe_score(d, from, end, kept);
	for (size_t i = from; i < end; i++) {
		uint32_t features[DESK_FEATURES_MAX];
		int16_t added[64] = {0};
		size_t n = desk_describe_token(d, from, end, i, features);
		desk_crf_add(crf, features, n, added);
		c->differ +=
		    !agrees(d, i, added, kept + (i - from) * crf->width);
		c->shut += d->gates[i] != GATE_OPEN;
	}
	desk_arena_release(&arena);
	return 0;
}

/* Documents to learn from: the last word tells what the first is. */
static void
add(struct desk_learner *learner, const char *text, uint32_t start,
    uint32_t end, const char *label)
{
	struct desk_doc *doc = desk_doc_new();
	desk_doc_set_text(doc, text, strlen(text), NULL);
	struct desk_ent *ent = desk_arena_alloc(&doc->arena, sizeof *ent);
	*ent = (struct desk_ent){start, end, label, 0};
	desk_doc_set_ents(doc, ent, 1);
	desk_learner_add(learner, doc, NULL);
	desk_doc_free(doc);
}

/* A model; in what it learns from places are in lower case, or not. */
static struct desk_buffer
learn(const struct desk_knowledge *knowledge, bool lower)
{
	struct desk_buffer out = {0};
	struct desk_crf_options options = {.epochs = 10, .rate = 0.2f};
	struct desk_crf_epoch epoch;
	struct desk_crf_sections sections;
	struct desk_learner learner = {.knowledge = knowledge,
	    .labels = labels,
	    .label_count = 2,
	    .trainer = desk_crf_trainer_new(labels, 2, &options, NULL)};
	static const char *const places[] = {"Seaham", "Whitby", "Amble"};
	static const char *const small[] = {"seaham", "whitby", "amble"};
	static const char *const names[] = {"Ada", "Nils", "Eva"};
	for (int i = 0; i < 30; i++) {
		char text[80];
		size_t n = strlen(places[i % 3]);
		snprintf(text, sizeof text, "They came to %s by boat.",
		    (lower ? small : places)[i % 3]);
		add(&learner, text, 13, 13 + (uint32_t)n, "LOC");
		n = strlen(names[i % 3]);
		snprintf(
		    text, sizeof text, "Then %s Lind said no.", names[i % 3]);
		add(&learner, text, 5, 10 + (uint32_t)n, "PER");
	}
	while (desk_crf_trainer_epoch(learner.trainer, &epoch, NULL) > 0)
		;
	desk_crf_trainer_write(learner.trainer, &sections, NULL);
	desk_modelfile_build(sections.sections, 3, &out, NULL);
	desk_crf_sections_release(&sections);
	desk_crf_trainer_free(learner.trainer);
	struct desk_modelfile file = {0};
	struct desk_crf crf;
	int16_t least = 1;
	desk_modelfile_use(&file, desk_slice(out.data, out.len), NULL);
	desk_crf_load(&crf, &file, NULL);
	is_int(desk_learner_least(&learner, &crf, &least, NULL), 0,
	    "how a name must look is learned");
	ok(lower ? least < 0 : !least,
	    lower ? "anyhow, where names are in lower case"
		  : "likely, where they have capitals");
	desk_learner_release(&learner);
	return out;
}

static void
names_are_found(const struct desk_sequencer *model)
{
	static const char text[] = "They came to Mostyn by boat.\n"
				   "Then Ivar Lind said no.";
	struct desk_describer work = {0};
	struct desk_doc *doc = desk_doc_new();
	struct desk_ent *ents = NULL;
	struct compared all = {0, 0};
	size_t count = 0;
	desk_doc_set_text(doc, text, sizeof text - 1, NULL);
	is_int(desk_sequencer_tag(model, &work, doc, &ents, &count, NULL), 0,
	    "a text is tagged");
	ok(count == 2 && ents[0].start == 13 && ents[0].end == 19 &&
		!strcmp(ents[0].label, "LOC"),
	    "an unknown place is found by what stands beside it");
	ok(count == 2 && ents[1].start == 34 && ents[1].end == 43 &&
		!strcmp(ents[1].label, "PER"),
	    "and so is a person");
	desk_describe(&work, &model->knowledge, &model->crf, doc->text, compare,
	    &all, NULL);
	is_int(all.differ, 0, "scores are what the features add up to");
	is_int(all.shut, 0, "of every token");
	desk_describer_release(&work);
	desk_doc_free(doc);
}

/* The same with a model that need not be asked about all. */
static void
most_words_are_passed_over(struct desk_sequencer *model)
{
	static const char text[] =
	    "They came to Mostyn by boat, and no more of it was to be said by "
	    "all.\nThen Ivar Lind said no, and that was all that was said.";
	struct desk_describer work = {0};
	struct desk_doc *doc = desk_doc_new();
	struct desk_ent *every = NULL, *some = NULL;
	struct compared open = {0, 0};
	size_t count = 0, also = 0;
	desk_doc_set_text(doc, text, sizeof text - 1, NULL);
	desk_sequencer_tag(model, &work, doc, &every, &count, NULL);
	model->knowledge.least = 0;
	desk_sequencer_tag(model, &work, doc, &some, &also, NULL);
	ok(count == 2 && also == 2 && every[0].start == some[0].start &&
		every[0].end == some[0].end && every[1].start == some[1].start,
	    "names are the same");
	desk_describe(&work, &model->knowledge, &model->crf, doc->text, compare,
	    &open, NULL);
	is_int(open.differ, 0, "scores that are made are");
	ok(open.shut > 10, "where most words are passed over");
	model->knowledge.least = INT16_MIN;
	desk_describer_release(&work);
	desk_doc_free(doc);
}

/* More forms of words than are kept, some of them often for a while, in texts
 * of several segments: what was kept, let go and found again stays the same. */
static void
many_words_are_met(const struct desk_sequencer *model)
{
	static const char *const often[] = {" no ", " boat ", " Then ", " to ",
	    " Amble ", " said ", " They ", " by ", " Nils ", " came "};
	struct desk_describer work = {0};
	struct desk_buffer text = {0};
	struct compared all = {0, 0};
	for (unsigned long long round = 0; round < 3; round++) {
		text.len = 0;
		for (unsigned long long i = 0; i < 15000; i++) {
			desk_buffer_string(&text, i % 7 ? "Sea" : "boat");
			desk_buffer_number(&text, i);
			desk_buffer_string(
			    &text, i % 50 ? often[i / 1500] : ".\n");
		}
		desk_describe(&work, &model->knowledge, &model->crf,
		    desk_slice(text.data, text.len), compare, &all, NULL);
	}
	is_int(all.differ, 0, "however many words there are");
	desk_buffer_release(&text);
	desk_describer_release(&work);
}

int
main(void)
{
	struct desk_buffer lists = lists_of(
	    "word\tc64\tc256\tc1024\nmentioned\t1\t2\t3\nLas\t1\t2\t3\n",
	    "name\tlabel\nPort Ellen\tLOC\n");
	struct desk_modelfile file = {0};
	struct desk_knowledge knowledge;
	struct desk_sequencer model = {0};
	uint16_t clusters[3];
	is_int(desk_modelfile_use(
		   &file, (struct desk_slice){lists.data, lists.len}, NULL),
	    0, "lists make a file");
	is_int(desk_knowledge_load(&knowledge, &file, NULL), 0, "are loaded");
	ok(desk_knowledge_clusters(&knowledge, "Mentioned", 9, clusters) &&
		clusters[0] == 1 && clusters[1] == 2 && clusters[2] == 3,
	    "a word is found in lower case");
	ok(desk_knowledge_clusters(&knowledge, "LAS", 3, clusters) &&
		!desk_knowledge_clusters(&knowledge, "las", 3, clusters),
	    "capitals as a name, small letters not");
	glued_words_are_cut(&knowledge);
	struct desk_buffer bytes = learn(&knowledge, true);
	desk_buffer_release(&bytes);
	bytes = learn(&knowledge, false);
	struct desk_modelfile own = {0};
	is_int(desk_modelfile_use(
		   &own, (struct desk_slice){bytes.data, bytes.len}, NULL),
	    0, "a model is made");
	is_int(desk_sequencer_load(&model, &own, NULL), 0, "and loaded");
	names_are_found(&model);
	many_words_are_met(&model);
	most_words_are_passed_over(&model);
	desk_sequencer_release(&model);
	desk_buffer_release(&bytes);
	desk_buffer_release(&lists);
	return done();
}
