/* The tagger: what it finds, and what spans promise. */
#include "tap.h"

#include <pthread.h>
#include <stdlib.h>

#include "copydesk.h"

static char model[4096];
static struct desk_tagger *tagger;
static struct desk_doc *doc;

/* The entities of a text, as "LABEL:words; ...". */
static size_t
tag(const struct desk_tagger *with, const char *text, char *out, size_t max)
{
	size_t count, len = 0;
	if (desk_doc_set_text(doc, text, strlen(text), NULL) ||
	    desk_tagger_annotate(with, doc, NULL))
		return 0;
	const struct desk_ent *ents = desk_doc_ents(doc, &count);
	struct desk_slice all = desk_doc_text(doc);
	for (size_t i = 0; i < count && len + 100 < max; i++)
		len += (size_t)snprintf(out + len, max - len, "%s%s:%.*s",
		    i ? "; " : "", ents[i].label,
		    (int)(ents[i].end - ents[i].start),
		    all.data + ents[i].start);
	return len;
}

static void
is_tagged(const char *text, const char *want, const char *what)
{
	char got[1024] = "";
	is_str(got, tag(tagger, text, got, sizeof got), want, what);
}

static void
check_names(void)
{
	is_tagged("We met Norwegian Prime Minister Kari Holm in Oslo.",
	    "MISC:Norwegian; PER:Kari Holm; LOC:Oslo",
	    "the title is no part of the name");
	is_tagged("US Secretary of State Paul Archer spoke.",
	    "LOC:US; PER:Paul Archer", "a place before a title");
	is_tagged("The Ministry of Trade and Industry in Lima agreed.",
	    "ORG:Ministry of Trade and Industry; LOC:Lima",
	    "an organisation with of and and");
	is_tagged("It borders Chile-Peru lines.", "LOC:Chile; LOC:Peru",
	    "two places with a hyphen are two");
	is_tagged("Mina Torvald's dog ran.", "PER:Mina Torvald",
	    "the possessive is outside");
	is_tagged("The river is long. However, nothing moved.", "",
	    "sentence starts are no names");
	is_tagged("Former envoy Abdul al-Karimi met Ursula von der Wiese.",
	    "PER:Abdul al-Karimi; PER:Ursula von der Wiese",
	    "particles inside names");
}

static void
check_lines(void)
{
	is_tagged("The council of the coastal district met its envoy Kari\n"
		  "Holm on the quay, where the boats of the autumn fishing\n"
		  "fleet were waiting for the tide, and then drove with her\n"
		  "to the hill above the town in a car of the Ministry of\n"
		  "Trade, as the paper had said they would do that month.\n",
	    "PER:Kari\nHolm; ORG:Ministry of\nTrade",
	    "names go on over the line ends of wrapped text");
	is_tagged("She met Anna Holm\nPeru won.\n", "PER:Anna Holm; LOC:Peru",
	    "and end with a line that was not wrapped");
}

static void
check_context(void)
{
	is_tagged("Quorl was late. President Anna Quorl said so.",
	    "PER:Quorl; PER:Anna Quorl", "a surname above the full name");
	is_tagged("The Tarn Valley Council (TVC) met. Later the TVC voted.",
	    "ORG:Tarn Valley Council; ORG:TVC; ORG:TVC",
	    "a short form in brackets");
	is_tagged("President Anna Quorl spoke. Then Anna Quorlets sat, and "
		  "Anna Quorlsaid so.",
	    "PER:Anna Quorl; PER:Anna Quorlets; PER:Anna Quorl",
	    "a word glued to a name known from elsewhere, and not to others");
	is_tagged(
	    "PeruChile signed.", "LOC:Peru; LOC:Chile", "two names glued");
}

static void
check_rules(void)
{
	is_tagged("It began on Friday, 3 May 2019 and ended in June 2020.",
	    "DATE:Friday, 3 May 2019; DATE:June 2020", "calendar dates");
	is_tagged("They may march from 1998 to 2004, or in the 1980s.",
	    "DATE:1998 to 2004; DATE:1980s", "years, decades, no verbs");
	is_tagged("Doors open at 7:30 p.m. EST, close at 11pm.",
	    "TIME:7:30 p.m. EST; TIME:11pm", "clock times");
	is_tagged("He paid US$5.5 million, 40 billion yuan and \xE2\x82\xAC"
		  "20.",
	    "MONEY:US$5.5 million; MONEY:40 billion yuan; MONEY:\xE2\x82\xAC"
	    "20",
	    "amounts");
	is_tagged("Up 12.5% or ten percent.",
	    "PERCENT:12.5%; PERCENT:ten percent", "percentages");
	is_tagged("About 2019 people came.", "", "a count is no year");
	is_tagged("They left yesterday, two weeks ago, last month.",
	    "DATE:yesterday; DATE:two weeks ago; DATE:last month",
	    "relative dates");
	struct desk_entities_options options = {
	    .no_relative_dates = true, .model = model};
	struct desk_tagger *calendar = desk_tagger_new(&options, NULL);
	char got[256] = "";
	size_t len = calendar
			 ? tag(calendar, "On Monday, last week, today, 5 June.",
			       got, sizeof got)
			 : 0;
	is_str(got, len, "DATE:Monday; DATE:5 June", "relative dates left out");
	desk_tagger_free(calendar);
}

static void
check_gazetteer(void)
{
	static const char list[] =
	    "# mine\n\nquux flats\tSITE_1\nquux\tSITE_2\n"
	    "Oslo\tTOWN\r\n3 May\tFEAST";
	struct desk_entities_options options = {
	    .gazetteer = {list, sizeof list - 1}, .model = model};
	struct desk_error error = {0};
	struct desk_tagger *own = desk_tagger_new(&options, &error);
	char got[256] = "";
	size_t len = own ? tag(own,
			       "In Oslo, quux  flats and quux, QUUX on 3 May "
			       "2019.",
			       got, sizeof got)
			 : 0;
	is_str(got, len,
	    "TOWN:Oslo; SITE_1:quux  flats; SITE_2:quux; FEAST:3 "
	    "May; "
	    "DATE:2019",
	    "the user's names win, the longest first, case told apart");
	desk_tagger_free(own);
	static const char *const bad[] = {"a\tB\nno tab\n",
	    "a\tB\nname\tlower\n", "a\tB\n\tPER\n", "a\tB\nname\t\n"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		options.gazetteer = (struct desk_slice){bad[i], strlen(bad[i])};
		ok(!desk_tagger_new(&options, &error) &&
			error.code == DESK_EDATA &&
			strstr(error.text, "line 2"),
		    "a bad line is refused with its number");
	}
}

/* Spans are in order, inside, not empty, and the same when asked again. */
static void
check_spans(void)
{
	static const char *const pieces[] = {"Xi ", "President ", "of ", "the ",
	    "Bank ", "London", "-", "2019 ", "May ", "$5 ", "million ", ". ",
	    "\n", "'s ", "University ", "(", "UN", ") ", "said ", "al-",
	    "Smith ", "\xC3\x89mile ", "\"", "Monday, ", "last ", "week ",
	    "U.S. ", "& "};
	char text[4096], first[8192], second[8192];
	unsigned seed = 3;
	bool good = true;
	for (int round = 0; round < 2000 && good; round++) {
		size_t len = 0, count, at = 0;
		for (int n = 0; n < 200; n++) {
			seed = seed * 1664525u + 1013904223u;
			const char *piece =
			    pieces[(seed >> 16) %
				   (sizeof pieces / sizeof *pieces)];
			memcpy(text + len, piece, strlen(piece) + 1);
			len += strlen(piece);
		}
		size_t a = tag(tagger, text, first, sizeof first);
		const struct desk_ent *ents = desk_doc_ents(doc, &count);
		for (size_t i = 0; i < count && good; i++) {
			good = ents[i].start >= at &&
			       ents[i].end > ents[i].start &&
			       ents[i].end <= len;
			at = ents[i].end;
		}
		size_t b = tag(tagger, text, second, sizeof second);
		good = good && a == b && !memcmp(first, second, a);
	}
	ok(good, "spans are in order, apart, and the same every time");
}

/* The model has to be there and whole. */
static void
check_model(void)
{
	struct desk_entities_options options = {.model = "none/there.model"};
	struct desk_error error = {0};
	ok(!desk_tagger_new(&options, &error) && error.code == DESK_EIO &&
		!strncmp(error.text, "none/there.model: cannot open: ", 31),
	    "a model that is not there is named");
	char path[sizeof model + 8];
	snprintf(path, sizeof path, "%s.cut", model);
	FILE *from = fopen(model, "rb"), *to = fopen(path, "wb");
	if (!ok(from && to, "the model can be copied"))
		return;
	char bytes[1000];
	size_t n = fread(bytes, 1, sizeof bytes, from);
	fwrite(bytes, 1, n, to);
	fclose(from);
	fclose(to);
	options.model = path;
	ok(!desk_tagger_new(&options, &error) && error.code == DESK_EDATA &&
		strstr(error.text, "cut short"),
	    "a model that is cut short is refused");
	remove(path);
}

static void
check_claims(void)
{
	static const char list[] = "Anna Holm\tNAME\nMay\tMONTH\n";
	struct desk_entities_options options = {
	    .gazetteer = {list, sizeof list - 1},
	    .scores = true,
	    .model = model};
	struct desk_tagger *own = desk_tagger_new(&options, NULL);
	char got[256] = "";
	if (!ok(own, "a tagger with a list"))
		return;
	size_t len =
	    tag(own, "In May Anna Holm met Boris Weber of Oslo. 3 May 2019.",
		got, sizeof got);
	is_str(got, len,
	    "MONTH:May; NAME:Anna Holm; PER:Boris Weber; LOC:Oslo; MONTH:May; "
	    "DATE:2019",
	    "the user's names win over dates that they stand in, and names");
	size_t count;
	const struct desk_ent *ents = desk_doc_ents(doc, &count);
	ok(count == 6 && !ents[0].score && !ents[1].score && !ents[5].score,
	    "lists and rules do not say how sure they are");
	ok(count == 6 && ents[2].score > 500 && ents[2].score <= 1000,
	    "the model does");
	desk_tagger_free(own);
	is_tagged("She won at the Paris 2024 Olympic Games on Sunday.",
	    "MISC:Paris 2024 Olympic Games; DATE:Sunday",
	    "a name that holds a date is a name");
	is_tagged("She met Anna Weber Monday in Oslo.",
	    "PER:Anna Weber; DATE:Monday; LOC:Oslo",
	    "a name does not reach into a date");
	tag(tagger, "She met Anna Weber.", got, sizeof got);
	ents = desk_doc_ents(doc, &count);
	ok(count == 1 && !ents[0].score, "nothing is said where not asked");
}

/* One tagger, several threads. */
static void *
tag_often(void *good)
{
	struct desk_doc *own = desk_doc_new();
	static const char text[] = "Anna Weber met Vera Stolpe in Nairobi.";
	*(bool *)good = own;
	for (int i = 0; own && i < 200; i++) {
		size_t count = 0;
		if (!desk_doc_set_text(own, text, sizeof text - 1, NULL) &&
		    !desk_tagger_annotate(tagger, own, NULL))
			desk_doc_ents(own, &count);
		*(bool *)good &= count == 3;
	}
	desk_doc_free(own);
	return NULL;
}

static void
check_threads(void)
{
	pthread_t threads[4];
	bool good[4] = {false}, all = true;
	int started = 0;
	while (started < 4 && !pthread_create(&threads[started], NULL,
				  tag_often, &good[started]))
		started++;
	for (int i = 0; i < started; i++) {
		pthread_join(threads[i], NULL);
		all &= good[i];
	}
	ok(started == 4 && all, "a tagger serves four threads");
}

/* Text as users have it: nothing breaks, and what is plain is found. */
static void
check_odd_texts(void)
{
	is_tagged("PRESIDENT ANNA WEBER MET ENVOYS IN NAIROBI ON MONDAY",
	    "PER:ANNA WEBER; LOC:NAIROBI; DATE:MONDAY", "all capitals");
	is_tagged("Nairobi", "LOC:Nairobi", "one word");
	is_tagged("BelarusRussia signed.", "LOC:Belarus; LOC:Russia",
	    "two names without a blank are two");
	is_tagged("They met on Thursdayat noon.", "DATE:Thursday; TIME:noon",
	    "a date to which a word is glued");
	is_tagged("\xFF in Nairobi\xC3 \xE2\x80 (Oslo).",
	    "LOC:Nairobi; LOC:Oslo", "between bad bytes");
}

/* A document of many segments finds what one of a few lines does. */
static void
check_long(void)
{
	static const char line[] =
	    "On Monday, Minister Vera Stolpe met envoys in Nairobi.\n";
	enum { LINES = 4000 };
	size_t len = sizeof line - 1, count;
	char *text = malloc(len * LINES);
	if (!text)
		return;
	for (size_t i = 0; i < LINES; i++)
		memcpy(text + i * len, line, len);
	ok(!desk_doc_set_text(doc, text, len * LINES, NULL) &&
		!desk_tagger_annotate(tagger, doc, NULL),
	    "a long text is tagged");
	const struct desk_ent *ents = desk_doc_ents(doc, &count);
	is_int(count, 3 * LINES, "each line gives its three entities");
	bool same = count == 3 * LINES;
	for (size_t i = 0; same && i < count; i++)
		same = ents[i].start % len == ents[i % 3].start;
	ok(same, "at the same places");
	free(text);
}

int
main(void)
{
	const char *build = getenv("BUILD");
	snprintf(model, sizeof model, "%s/share/copydesk/en.model",
	    build ? build : "build");
	const struct desk_entities_options options = {.model = model};
	tagger = desk_tagger_new(&options, NULL);
	doc = desk_doc_new();
	if (!ok(tagger && doc, "a tagger and a document"))
		return done();
	check_names();
	check_lines();
	check_context();
	check_rules();
	check_gazetteer();
	check_spans();
	check_model();
	check_claims();
	check_threads();
	check_odd_texts();
	check_long();
	is_tagged("", "", "an empty text has none");
	is_int(desk_doc_layers(doc), DESK_ENTS, "but it has the layer");
	desk_tagger_free(tagger);
	desk_doc_free(doc);
	return done();
}
