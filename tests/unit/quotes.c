/* What extract-quotes promises of marks, clauses and speakers. */
#include <stdlib.h>

#include "copydesk.h"
#include "doc/doc.h"
#include "tap.h"

static struct desk_doc *doc;
static struct desk_quoter *quoter; /* for one text after the other */

/* Annotates a text; the number of its quotations. */
static size_t
read_text(const char *text, const char *person)
{
	struct desk_error error;
	struct desk_ent *ents = NULL;
	size_t n = 0;
	if (desk_doc_set_text(doc, text, strlen(text), &error))
		return 99;
	/* every occurrence of `person` is an entity */
	for (const char *at = text; person && (at = strstr(at, person)); at++) {
		static struct desk_ent list[16];
		ents = list;
		list[n].start = (uint32_t)(at - text);
		list[n].end = list[n].start + (uint32_t)strlen(person);
		list[n++].label = "PER";
	}
	if (person)
		desk_doc_set_ents(doc, ents, n);
	if (desk_quoter_annotate(quoter, doc, &error))
		return 99;
	desk_doc_quotes(doc, &n);
	return n;
}

static const struct desk_quote *
quote(size_t i)
{
	size_t n;
	const struct desk_quote *q = desk_doc_quotes(doc, &n);
	static const struct desk_quote none;
	return i < n ? &q[i] : &none;
}

static void
is_span(uint32_t start, uint32_t end, const char *want, const char *what)
{
	is_str(desk_doc_text(doc).data + start, end - start, want, what);
}

#define is_content(i, want, what)                                              \
	is_span(quote(i)->start, quote(i)->end, want, what)
#define is_speaker(i, want, what)                                              \
	is_span(quote(i)->speaker.start, quote(i)->speaker.end, want, what)
#define is_name(i, want, what)                                                 \
	is_str(quote(i)->name.data, quote(i)->name.len, want, what)

static void
check_marks(void)
{
	static const char *const forms[] = {
	    "\xE2\x80\x9CWe open at noon,\xE2\x80\x9D said Anna Brook.",
	    "\"We open at noon,\" said Anna Brook.",
	    "\xE2\x80\x98We open at noon,\xE2\x80\x99 said Anna Brook.",
	    "'We open at noon,' said Anna Brook.",
	    "``We open at noon,'' said Anna Brook.",
	    "\xC2\xAB We open at noon, \xC2\xBB said Anna Brook.",
	    "\xE2\x80\x9EWe open at noon,\xE2\x80\x9C said Anna Brook.",
	    "\xE3\x80\x8CWe open at noon,\xE3\x80\x8D said Anna Brook.",
	    "\xE2\x80\x9CWe open at noon,\" said Anna Brook.",
	    "\" We open at noon, \" said Anna Brook.",
	};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		is_int(read_text(forms[i], NULL), 1, forms[i]);
		is_content(0, "We open at noon,", "marks and blanks are out");
		is_speaker(0, "Anna Brook", "inverted speaker");
		is_int(quote(0)->kind, DESK_DIRECT, "all words in marks");
	}
}

static void
check_no_marks(void)
{
	is_int(
	    read_text("The '90s were the workers' time, rock 'n' roll.", NULL),
	    0, "apostrophes and elisions are no marks");
	is_int(read_text(
		   "He is 6'2\" and she is 5'10\" tall in 12\" heels.", NULL),
	    0, "inches are no marks");
	is_int(read_text("The so-called \"miracle\" lasted a week.", NULL), 0,
	    "a scare quote is no speech");
	is_int(read_text("The film \"Long Night\" won a prize in May.", NULL),
	    0, "a title is no speech");
}

static void
check_stray(void)
{
	read_text("An \xE2\x80\x9C odd mark stands here.\n\n"
		  "\xE2\x80\x9CWe open at noon,\xE2\x80\x9D Anna Brook said.",
	    NULL);
	size_t n;
	desk_doc_quotes(doc, &n);
	ok(n >= 1 && n <= 2, "a stray mark costs one quotation at most");
	is_content(n - 1, "We open at noon,", "the next one is whole");
	is_int(read_text("\xE2\x80\x9CShe said \xE2\x80\x98no\xE2\x80\x99 "
			 "to all of us,\xE2\x80\x9D Anna Brook said.",
		   NULL),
	    1, "nested marks are content");
}

static void
check_parts(void)
{
	is_int(
	    read_text("\"It was cold,\" Anna Brook said. \"We left.\"", NULL),
	    1, "parts round the cue are one quotation");
	is_int(quote(0)->part_count, 2, "of two parts");
	is_span(quote(0)->parts[1].start, quote(0)->parts[1].end, "We left.",
	    "the second part");
	is_int(read_text("\xE2\x80\x9CIt was cold,\xE2\x80\x9D Anna Brook "
			 "said. \xE2\x80\x9CThe wind was worse.\n\n"
			 "\xE2\x80\x9CThen we left.\xE2\x80\x9D",
		   NULL),
	    1, "a quotation goes on where the next paragraph reopens it");
	is_int(quote(0)->part_count, 3, "with the part behind it");
	is_int(
	    read_text("Anna Brook said:\n\n\"The road is open again.\"", NULL),
	    1, "a colon announces the next paragraph");
	is_speaker(0, "Anna Brook", "and its speaker");
}

static void
check_indirect(void)
{
	is_int(read_text("Anna Brook said that the road was open again.", NULL),
	    1, "a clause with that");
	is_int(quote(0)->kind, DESK_INDIRECT, "no word in marks");
	is_content(0, "that the road was open again", "from that on");
	is_int(read_text("The road was open again, Anna Brook said.", NULL), 1,
	    "a clause before its speaker");
	is_content(0, "The road was open again", "the comma is out");
	is_int(read_text(
		   "According to Anna Brook, the road was open again.", NULL),
	    1, "according to");
	is_speaker(0, "Anna Brook", "the source is the speaker");
	is_int(
	    read_text("Anna Brook said the road was \"open for good\".", NULL),
	    1, "a scrap in marks");
	is_int(quote(0)->kind, DESK_MIXED, "some words in marks");
	is_content(0, "the road was \"open for good\"",
	    "the whole clause is the content");
	is_int(read_text("the best time in their historyBrook said in a "
			 "televised speech.",
		   "Brook"),
	    1, "marks and blank that were lost");
	is_content(0, "the best time in their history", "up to the name");
	is_int(quote(0)->kind, DESK_DIRECT, "they were marks");
	ok(quote(0)->repaired, "and it says so");
	read_text("Anna Brook said that the road was open again.", NULL);
	struct desk_quotes_options none = {.no_indirect = true};
	desk_quotes_annotate(doc, &none, NULL);
	size_t n;
	desk_doc_quotes(doc, &n);
	is_int(n, 0, "no_indirect leaves it out");
}

static void
check_names(void)
{
	read_text("Anna Brook runs the mill. \"We open at noon,\" she said.",
	    "Anna Brook");
	is_speaker(0, "she", "the mention as it stands");
	is_name(0, "Anna Brook", "a pronoun by gender");
	ok(quote(0)->label && !strcmp(quote(0)->label, "PER"), "its label");
	read_text("Anna Brook runs the mill. \"We open at noon,\" he said.",
	    "Anna Brook");
	ok(!quote(0)->name.data, "a pronoun that fits nobody has no name");
	read_text("\"We open at noon,\" Ms. Brook said.\n\nAnna Brook runs "
		  "the mill.",
	    NULL);
	is_name(0, "Anna Brook", "a surname finds the name that comes later");
	read_text("Ruritanian President Anna Brook came. \"We open at noon,\" "
		  "the Ruritanian leader said.",
	    "Anna Brook");
	is_name(0, "Anna Brook", "a role finds who bears it");
	read_text("Anna Brook opened the pier. The Ruritanian president said "
		  "that it was safe. President Brook left.",
	    "Brook");
	is_name(0, "Brook", "a role goes to the subject before who has it");
	read_text("\"We open at noon,\" Anna Brook said. \"Or at one,\" said "
		  "Brook.",
	    "nobody");
	is_name(0, "Anna Brook", "who speaks is learnt where no entity is");
	read_text("The mayor of Port Hill, Anna Brook, came. \"We open at "
		  "noon,\" the mayor said.",
	    "Anna Brook");
	is_name(0, "Anna Brook", "a role before a place and the name");
	read_text("The Harbour Workers' Alliance (HWA) met. HWA said that the "
		  "pier was safe.",
	    NULL);
	is_name(0, "Harbour Workers' Alliance", "an acronym that is spelt out");
	read_text("We met Anna Brook, who said that the pier was safe.",
	    "Anna Brook");
	is_name(0, "Anna Brook", "who stands behind a name");
	read_text("Anna Brook came. Officials said that the mill was open.",
	    "Anna Brook");
	is_speaker(0, "Officials", "the anonymous are mentioned");
	ok(!quote(0)->name.data, "and not named");
}

static void
check_sides(void)
{
	is_int(read_text("The pier will close in May, Anna Brook said on "
			 "Friday, ending a trade that fed the town.",
		   NULL),
	    1, "a clause before its speaker, and more behind");
	is_content(0, "The pier will close in May",
	    "what the reporter adds is no content");
	read_text("PORT HILL (Agency) \xE2\x80\x93 The pier will close in "
		  "May, Anna Brook said.",
	    NULL);
	is_content(0, "The pier will close in May", "nor is a dateline");
	is_int(read_text("The pier, Anna Brook said, was never safe.", NULL), 1,
	    "speech round its speaker");
	is_int(quote(0)->part_count, 2, "in two parts");
	is_int(read_text("Hill asked for time and said: \"We need a year,\" "
			 "spokeswoman Anna Brook said.",
		   "Anna Brook"),
	    1, "speech with two cues");
	is_name(0, "Anna Brook", "goes to the one right behind it");
	is_int(read_text("According to a paper from the coast, Anna Brook said "
			 "the pier was safe.",
		   "Anna Brook"),
	    1, "speech that a source relays");
	is_name(0, "Anna Brook", "is the speaker's");
	is_content(0, "the pier was safe", "without the speaker");
	is_int(
	    read_text("Anna Brook accused the town of selling the pier.", NULL),
	    1, "an accusation");
	is_content(0, "the town of selling the pier", "of whom and of what");
	is_int(read_text("\"It is safe,\" Anna Brook said.\nThe pier was "
			 "built long ago by people who came over the sea from "
			 "three of the southern islands and had never seen "
			 "ice, and it shows in every beam of it.\n"
			 "\"We are sure of that.\"",
		   NULL),
	    2, "speech does not go on over other matter");
	is_name(1, "Anna Brook", "but the speaker does");
}

static void
check_glue(void)
{
	is_int(read_text("Anna Brook came. Clerks warned that the pier was "
			 "older every yearBrook said the paper was read.",
		   "Brook"),
	    2, "two claims that a lost blank joined");
	is_content(0, "that the pier was older every year", "the first");
	is_content(1, "the paper was read", "the second");
	read_text(
	    "Anna Brook came. We like itBrook said at the gate.", "Anna Brook");
	is_content(0, "We like it", "a name glued to a short word");
	is_name(0, "Anna Brook", "is a name still");
	read_text(
	    "Anna Brook came. Brooksaid that the pier was safe.", "Anna Brook");
	is_content(0, "that the pier was safe", "a cue glued to a name");
	is_name(0, "Anna Brook", "leaves the name");
	read_text("The mayor, Anna Brookand her clerk, came. \"It is safe,\" "
		  "the mayor said.",
	    "Anna Brookand");
	is_name(0, "Anna Brook", "a word glued to a name is no part of it");
}

static void
check_lost(void)
{
	is_int(read_text("\xE2\x80\x9CWe go home, Anna Brook said. "
			 "\xE2\x80\x9CIt is late.\xE2\x80\x9D",
		   NULL),
	    1, "a closing mark that was lost");
	ok(quote(0)->repaired, "is told from the words of saying");
	is_int(quote(0)->part_count, 2, "and the next mark opens");
	read_text(
	    "It is late, and cold too,\xE2\x80\x9D Anna Brook said.", NULL);
	is_content(0, "It is late, and cold too,", "an opening mark");
	ok(quote(0)->repaired, "and that it was lost");
	read_text("\xE2\x80\x9CWe go home,\xE2\x80\x9D Anna Brook said. It "
		  "is late. We sleep.\xE2\x80\x9D",
	    NULL);
	is_int(quote(0)->part_count, 2, "an opening mark behind the cue");
	read_text("\xE2\x80\x9C\xE2\x80\x9CWe go home now,\xE2\x80\x9D"
		  "\xE2\x80\x9D Anna Brook said.",
	    NULL);
	is_content(0, "We go home now,", "marks that were doubled");
	read_text(
	    "Anna Brook said, \xE2\x80\x9DWe go home now.\xE2\x80\x9C", NULL);
	is_content(0, "We go home now.", "and turned round");
	read_text("\xE2\x80\x9CWe go home,\xE2\x80\x9D Anna Brook said. "
		  "\xE2\x80\x9CIt was cold.\n\n"
		  "\xE2\x80\x9CWe slept.\xE2\x80\x9D",
	    NULL);
	ok(!quote(0)->repaired,
	    "speech that a paragraph opens again has lost nothing");
}

/* The stretches of a text that are no speech. */
static size_t
read_scares(const char *text)
{
	struct desk_quotes_options all = {.scare = true};
	size_t n;
	if (desk_doc_set_text(doc, text, strlen(text), NULL) ||
	    desk_quotes_annotate(doc, &all, NULL))
		return 99;
	desk_doc_quotes(doc, &n);
	return n;
}

static void
check_scares(void)
{
	is_int(read_scares("The \"Hall of Ice\" is shut. \"It is too warm,\" "
			   "Anna Brook said."),
	    2, "a name in marks is listed where that is asked for");
	is_int(quote(0)->kind, DESK_SCARE, "as no speech");
	is_content(0, "Hall of Ice", "without its marks");
	is_int(quote(1)->kind, DESK_DIRECT, "and speech as speech");
	is_int(read_text("The \"Hall of Ice\" is shut.", NULL), 0,
	    "else it is not");
	is_int(read_scares("The \"Hall of Ice is shut."), 0,
	    "nor with half its marks");
}

static void
check_patterns(void)
{
	struct desk_error error;
	struct desk_pattern *p =
	    desk_pattern_new((struct desk_slice){"Br(o)+k$", 8}, &error);
	ok(p, "a pattern");
	struct desk_quotes_wanted wanted = {.speaker = p};
	bool changed;
	size_t n;
	read_text("\"It is safe,\" Anna Brook said. \"It is not,\" said "
		  "Jo Hill.",
	    NULL);
	is_int(desk_doc_keep_quotes(doc, &wanted, &changed, &error), 0,
	    "keeps quotations by their speakers");
	desk_doc_quotes(doc, &n);
	is_int(n, 1, "one of two");
	ok(changed, "and says that some went");
	wanted.words = 4;
	desk_doc_keep_quotes(doc, &wanted, &changed, &error);
	desk_doc_quotes(doc, &n);
	is_int(n, 0, "and by their words");
	desk_pattern_free(p);
	p = desk_pattern_new((struct desk_slice){"a(b", 3}, &error);
	ok(!p && error.code == DESK_EUSAGE && error.offset == 3,
	    "of a bad pattern the error tells where");
}

static void
check_transcript(void)
{
	is_int(read_text("Talk of the day\n\nBROOK: We open at noon.\n"
			 "HILL: And when do you close?\nBROOK: At six.",
		   NULL),
	    3, "turns of a transcript");
	is_content(2, "At six.", "a turn without the name");
	is_int(read_text("Contact\n\nPhone: On demand only.\nEmail: None at "
			 "all.\nOffice: In the mill.",
		   NULL),
	    0, "a form is no transcript");
}

int
main(void)
{
	doc = desk_doc_new();
	quoter = desk_quoter_new(NULL, NULL);
	if (!doc || !quoter)
		abort();
	check_marks();
	check_no_marks();
	check_stray();
	check_parts();
	check_indirect();
	check_sides();
	check_glue();
	check_names();
	check_lost();
	check_scares();
	check_patterns();
	check_transcript();
	desk_quoter_free(quoter);
	desk_doc_free(doc);
	return done();
}
