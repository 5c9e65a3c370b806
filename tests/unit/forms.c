/* Forms: records read from frames and written again. */
#include "io/form.h"

#include <stdlib.h>

#include "io/marks.h"
#include "tap.h"

static struct desk_io_options options;
static struct desk_record record;
static struct desk_buffer out;
static struct desk_error why;

/* Reads one frame into the record. */
static int
load_bytes(const char *s, size_t n, enum desk_from form)
{
	struct desk_doc *doc = record.doc ? record.doc : desk_doc_new();
	memset(&record, 0, sizeof record);
	record.doc = doc;
	record.input = "in";
	record.frame = (struct desk_frame){.bytes = {s, n},
	    .form = form,
	    .line = 7,
	    .number = 1,
	    .last = true};
	out.len = 0;
	why.text[0] = '\0';
	return desk_forms[desk_form_of(form)].read(&record, &options, &why);
}

static int
load(const char *s, enum desk_from form)
{
	return load_bytes(s, strlen(s), form);
}

static void
written(enum desk_form_id form, const char *want, const char *what)
{
	out.len = 0;
	options.to = form;
	desk_forms[form].write(&record, &options, &out);
	is_str(out.data ? out.data : "", out.len, want, what);
}

static bool
marked(const char *s)
{
	return desk_marks_found((struct desk_slice){s, strlen(s)});
}

static void
finding_marks(void)
{
	ok(marked("<PER>Xi</PER> came"), "a mark");
	ok(marked("R&amp;D"), "an escape");
	ok(marked("<A>&lt;</A><B_2>x</B_2>"), "an escape in a mark");
	ok(!marked("no sign"), "a text without a sign is not marked");
	ok(!marked("R&D <PER>Xi</PER>"), "nor one with a stray &");
	ok(!marked("a < b <PER>Xi</PER>"), "or <");
	ok(!marked("a > b <PER>Xi</PER>"), "or >");
	ok(!marked("<PER>Xi</LOC>"), "or another end");
	ok(!marked("<PER>Xi"), "or none");
	ok(!marked("Xi</PER>"), "or no start");
	ok(!marked("<PER></PER>"), "or nothing inside");
	ok(!marked("<PER>a<LOC>b</LOC></PER>"), "or a mark in a mark");
	ok(!marked("<per>Xi</per>"), "or lower case");
	ok(!marked("<1A>Xi</1A>"), "or a digit first");
	ok(!marked("<PER"), "or half a mark");
	ok(!marked("<"), "or less");
	ok(!marked("&am"), "or half an escape");
	ok(!marked("<ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJ>x"
		   "</ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJ>"),
	    "or a label without end");
}

static void
marks(void)
{
	static const char text[] =
	    "<PER>Xi &amp; Bo</PER> met <LOC>\xC3\x84</LOC>&lt;3.\n";
	options = (struct desk_io_options){.makes = DESK_ENTS};
	is_int(load(text, DESK_FROM_TEXT), 0, "a marked text is read");
	is_str(record.doc->text.data, record.doc->text.len,
	    "Xi & Bo met \xC3\x84<3.\n", "without its marks");
	is_int(record.doc->ent_count, 2, "which are entities");
	is_int(record.came, DESK_ENTS, "that came with it");
	written(DESK_FORM_TEXT, text, "and are written as they were");
	written(DESK_FORM_TSV,
	    "in\t0\t7\tPER\tXi & Bo\nin\t12\t13\tLOC\t\xC3\x84\n",
	    "or as rows");
	options.bytes = true;
	written(DESK_FORM_TSV,
	    "in\t0\t7\tPER\tXi & Bo\nin\t12\t14\tLOC\t\xC3\x84\n", "in bytes");
	options = (struct desk_io_options){.makes = DESK_SENTS};
	load(text, DESK_FROM_TEXT);
	is_str(record.doc->text.data, record.doc->text.len, text,
	    "to a filter whose output is the text they are text");
}

/* Marks that do not fit what is written. */
static void
odd_entities(void)
{
	static const struct desk_ent ents[] = {{0, 2, "A", 0}, {1, 3, "B", 0},
	    {3, 3, "C", 0}, {3, 5, "D", 0}, {4, 9, "E", 0}};
	static const char text[] = "ab cd efg";
	struct desk_doc *doc = desk_doc_new();
	desk_doc_borrow(doc, (struct desk_slice){text, 9});
	desk_doc_set_ents(doc, ents, 5);
	struct desk_marker m = {.doc = doc};
	out.len = 0;
	desk_marks_write(&m, 0, 5, &out);
	is_str(out.data, out.len, "<A>ab</A> <D>cd</D>",
	    "of entities that overlap the first is marked, an empty one never");
	out.len = 0;
	desk_marks_write(&m, 5, 9, &out);
	is_str(out.data, out.len, " efg", "one that began before is not");
	desk_doc_free(doc);
}

static void
sentences(void)
{
	static const struct desk_sent sents[] = {
	    {0, 4, 1}, {5, 12, 1}, {14, 17, 2}};
	options = (struct desk_io_options){.makes = DESK_SENTS};
	load("One. Two\n\to.\n\nX\\.", DESK_FROM_TEXT);
	desk_doc_set_sents(record.doc, sents, 3);
	written(DESK_FORM_TEXT, "One.\nTwo o.\n\nX\\.\n",
	    "one sentence a line, a blank line between paragraphs");
	record.paragraph = 0;
	written(DESK_FORM_TSV,
	    "in\t1\t0\t4\tOne.\nin\t1\t5\t12\tTwo\\n\\to.\n"
	    "in\t2\t14\t17\tX\\\\.\n",
	    "tab, newline and backslash are written \\t \\n \\\\");
	record.doc->base_bytes = record.doc->base_codepoints = 100;
	record.paragraphs = 3;
	record.doc->sent_count = 1;
	written(DESK_FORM_TSV, "in\t4\t100\t104\tOne.\n",
	    "offsets and paragraphs go on from part to part");
}

static void
ids(void)
{
	options = (struct desk_io_options){.makes = DESK_SENTS};
	load("x", DESK_FROM_TEXT);
	is_str(record.doc->id.data, record.doc->id.len, "in",
	    "the id of a text is its file");
	record.frame.number = 12;
	desk_forms[DESK_FORM_TEXT].read(&record, &options, &why);
	is_str(record.doc->id.data, record.doc->id.len, "in#12",
	    "with the number of the document");
	load("{\"id\":\"a\\u0041\",\"text\":\"\"}", DESK_FROM_JSONL);
	is_str(record.doc->id.data, record.doc->id.len, "aA",
	    "the id of a record is its own");
	load("{\"id\":1.10}", DESK_FROM_JSONL);
	is_str(record.doc->id.data, record.doc->id.len, "1.10",
	    "a number as it is spelt");
	load("{\"id\":[1]}", DESK_FROM_JSONL);
	is_str(record.doc->id.data, record.doc->id.len, "in:7",
	    "or its file and line");
}

static void
texts(void)
{
	options = (struct desk_io_options){.makes = DESK_SENTS};
	load(
	    "{\"text\":\"a\",\"te\\u0078t\":\"b\\n\\u00e9\"}", DESK_FROM_JSONL);
	is_str(record.doc->text.data, record.doc->text.len, "b\n\xC3\xA9",
	    "of members of one name the last counts, however it is spelt");
	is_int(load("{\"text\":null}", DESK_FROM_JSONL), 0, "null");
	ok(!record.has_text, "is no text");
	load("{\"text\":\"\"}", DESK_FROM_JSONL);
	ok(record.has_text, "a text may be empty");
	is_int(load("{\"text\":\"", DESK_FROM_JSONL), DESK_EDATA, "damage");
	ok(why.text[0], "is told");
	is_int(load_bytes("", 0, DESK_FROM_JSONL), DESK_EDATA, "so is nothing");
	load_bytes("a\0\"b", 4, DESK_FROM_TEXT);
	written(DESK_FORM_JSONL, "{\"id\":\"in\",\"text\":\"a\\u0000\\\"b\"}\n",
	    "a text as a record");
	record.doc->part = 2;
	written(DESK_FORM_JSONL,
	    "{\"id\":\"in\",\"part\":2,\"text\":\"a\\u0000\\\"b\"}\n",
	    "or a part of one");
}

static void
passing(void)
{
	static const char in[] =
	    " { \"b\" : 1.10 , \"text\":\"A b.\",\"b\":[ ]} ";
	static const struct desk_sent sents[] = {{0, 4, 1}};
	options = (struct desk_io_options){.makes = DESK_SENTS};
	load(in, DESK_FROM_JSONL);
	written(DESK_FORM_JSONL,
	    " { \"b\" : 1.10 , \"text\":\"A b.\",\"b\":[ ]} \n",
	    "a record to which nothing was added is the same bytes");
	desk_doc_set_sents(record.doc, sents, 1);
	written(DESK_FORM_JSONL,
	    " { \"b\" : 1.10 , \"text\":\"A b.\",\"b\":[ ],"
	    "\"sents\":[{\"start\":0,\"end\":4}]}\n",
	    "a new layer stands behind the members");
	load("{\"sents\":null,\"text\":\"A b.\"}", DESK_FROM_JSONL);
	desk_doc_set_sents(record.doc, sents, 1);
	written(DESK_FORM_JSONL,
	    "{\"sents\":[{\"start\":0,\"end\":4}],\"text\":\"A b.\"}\n",
	    "or in the place of null");
	out.len = 0;
	load("{\"id\":1e2,\"text\":\"x\"}", DESK_FROM_JSONL);
	desk_jsonl_error(&record, "it \"broke\"", &out);
	is_str(out.data, out.len,
	    "{\"id\":1e2,\"error\":\"it \\\"broke\\\"\"}\n",
	    "an error record keeps the id as it is spelt");
}

static void
layer(const char *json, int code, const char *what)
{
	static char in[400]; /* the document borrows it */
	snprintf(in, sizeof in, "{\"text\":\"\xC3\x84\xC3\x84 b.\",%s}", json);
	is_int(load(in, DESK_FROM_JSONL), code, what);
	if (code)
		ok(strchr(why.text, ':') && why.text[0] == '"',
		    "the message names the layer");
}

static void
layers(void)
{
	unsigned all = DESK_SENTS | DESK_ENTS | DESK_QUOTES;
	options = (struct desk_io_options){.makes = DESK_ENTS, .needs = all};
	layer("\"ents\":[{\"start\":2,\"end\":5,\"label\":\"B\"},"
	      "{\"end\":2.0,\"start\":0,\"label\":\"A\",\"x\":{}}]",
	    0, "entities");
	is_int(record.doc->ent_count, 2, "are all read");
	ok(record.doc->ents[0].start == 0 && record.doc->ents[0].end == 4 &&
		record.doc->ents[1].end == 7,
	    "in the order of the text, in bytes");
	options.bytes = true;
	layer("\"ents\":[{\"start\":2,\"end\":4,\"label\":\"A\"}]", 0, "or so");
	is_int(record.doc->ents[0].start, 2, "where they count bytes");
	layer("\"sents\":[{\"start\":1,\"end\":4}]", DESK_EDATA,
	    "a byte inside a character");
	layer("\"sents\":[{\"start\":0,\"end\":8}]", DESK_EDATA,
	    "more bytes than there are");
	options.bytes = false;
	layer("\"sents\":[{\"start\":0,\"end\":5}]", 0, "up to the end");
	layer("\"sents\":[{\"start\":0,\"end\":6}]", DESK_EDATA, "beyond it");
	layer("\"sents\":[{\"start\":3,\"end\":2}]", DESK_EDATA, "backwards");
	layer("\"sents\":[{\"start\":3}]", DESK_EDATA, "no end");
	layer("\"sents\":[{\"start\":-1,\"end\":2}]", DESK_EDATA, "negative");
	layer("\"sents\":[1]", DESK_EDATA, "no objects");
	layer("\"sents\":{}", DESK_EDATA, "no list");
	layer("\"ents\":[{\"start\":0,\"end\":1}]", DESK_EDATA, "no label");
	layer("\"ents\":[{\"start\":0,\"end\":1,\"label\":\"a\\u0000\"}]",
	    DESK_EDATA, "a label with NUL");
	layer("\"quotes\":[{\"start\":0,\"end\":2,\"parts\":[[0,3]]}]",
	    DESK_EDATA, "a part outside its quotation");
	layer("\"quotes\":[{\"start\":0,\"end\":2,\"parts\":[[0]]}]",
	    DESK_EDATA, "half a part");
	layer("\"quotes\":[{\"start\":0,\"end\":5,\"kind\":\"mixed\","
	      "\"parts\":[[0,1],[3,5]],\"cue\":{\"start\":2,\"end\":3},"
	      "\"speaker\":{\"name\":\"B\",\"start\":3,\"end\":4}}]",
	    0, "a quotation");
	const struct desk_quote *q = record.doc->quotes;
	ok(q->kind == DESK_MIXED && q->part_count == 2 &&
		q->parts[1].start == 5 && q->cue.end == 5 &&
		q->speaker.start == 5 && q->name.len == 1,
	    "is read whole");
	options.makes = DESK_QUOTES;
	written(DESK_FORM_TSV, "in:7\t0\t5\tmixed\tB\t \t\xC3\x84\xC3\x84 b.\n",
	    "and written");
	options.needs = 0;
	layer("\"sents\":7", 0, "a layer that is not needed is not looked at");
	is_int(record.came, DESK_SENTS, "but it came");
	layer("\"sents\":null", 0, "null");
	is_int(record.came, 0, "is none");
}

/* The filter's work on a page: one text of so many blocks. */
static void
found(const char *text, const struct desk_block *blocks, size_t count)
{
	desk_doc_replace(record.doc, (struct desk_slice){text, strlen(text)});
	desk_doc_set_blocks(record.doc, blocks, count);
	record.rewritten = true;
}

static const struct desk_block one_block[] = {{.end = 2,
    .src_start = 3,
    .src_end = 5,
    .keep = true,
    .reason = "prose",
    .score = -1000}};

#define BLOCKS                                                                 \
	"\"blocks\":[{\"start\":0,\"end\":2,\"kind\":\"paragraph\","           \
	"\"src\":[3,5]}]"

static void
page_records(void)
{
	options = (struct desk_io_options){.makes = DESK_BLOCKS};
	is_int(load("{\"html\":\"<p>\\u00e9\",\"url\":\"u\",\"n\":1}",
		   DESK_FROM_JSONL),
	    0, "a record with html");
	ok(record.has_text, "is worked on");
	is_str(record.doc->page.html.data, record.doc->page.html.len,
	    "<p>\xC3\xA9", "with its page");
	is_str(record.doc->page.url.data, record.doc->page.url.len, "u",
	    "its address");
	is_str(record.doc->page.encoding, strlen(record.doc->page.encoding),
	    "UTF-8", "in UTF-8 whatever it says");
	found("Hi", one_block, 1);
	record.doc->meta.title = (struct desk_slice){"T\n", 2};
	record.doc->meta.url = (struct desk_slice){"v", 1};
	written(DESK_FORM_JSONL,
	    "{\"html\":\"<p>\\u00e9\",\"url\":\"u\",\"n\":1,\"text\":\"Hi\","
	    "\"title\":\"T\\n\"," BLOCKS "}\n",
	    "text and what is known come behind; what was there stays");
	options.drop_html = options.mark = true;
	written(DESK_FORM_JSONL,
	    "{\"url\":\"u\",\"n\":1,\"text\":\"Hi\",\"title\":\"T\\n\","
	    "\"blocks\":[{\"start\":0,\"end\":2,\"kind\":\"paragraph\","
	    "\"src\":[3,5],\"keep\":true,\"reason\":\"prose\","
	    "\"score\":-0.977}]}\n",
	    "html is dropped, and the verdict shown");
	options.mark = false;
	load("{\"title\":null , \"html\":\"x\", \"text\":null}",
	    DESK_FROM_JSONL);
	found("Hi", one_block, 1);
	record.doc->meta.title = (struct desk_slice){"T", 1};
	written(DESK_FORM_JSONL,
	    "{\"title\":\"T\", \"text\":\"Hi\"," BLOCKS "}\n",
	    "null is replaced where it stands");
	load("{\"html\":\"x\",\"html\":\"y\"}", DESK_FROM_JSONL);
	found("Hi", one_block, 1);
	written(DESK_FORM_JSONL, "{\"text\":\"Hi\"," BLOCKS "}\n",
	    "nothing else was there");
	load("{\"html\":\"x\",\"text\":\"y\",\"a\":[ ]}", DESK_FROM_JSONL);
	ok(!record.doc->page.html.data, "a text counts before html");
	written(DESK_FORM_JSONL, "{\"text\":\"y\",\"a\":[ ]}\n",
	    "which is dropped all the same");
	options = (struct desk_io_options){.makes = DESK_SENTS};
	load("{\"html\":\"x\"}", DESK_FROM_JSONL);
	ok(!record.has_text, "to other filters html is nothing");
}

static void
page_files(void)
{
	static const struct desk_style link[] = {
	    {0, 2, DESK_STYLE_LINK, {"/\"", 2}}};
	options = (struct desk_io_options){
	    .makes = DESK_BLOCKS, .links = true, .meta = true};
	load("<p>", DESK_FROM_HTML);
	found("Hi", one_block, 1);
	record.doc->styles = link;
	record.doc->style_count = 1;
	written(DESK_FORM_JSONL,
	    "{\"id\":\"in\",\"text\":\"Hi\"," BLOCKS
	    ",\"links\":[{\"start\":0,\"end\":2,\"href\":\"/\\\"\"}]}\n",
	    "a page as a record, with its links");
	written(DESK_FORM_TEXT, "\nHi\n", "as text, of which nothing is known");
	record.doc->meta = (struct desk_meta){.title = {"A\tb", 3},
	    .author = {"C", 1},
	    .date = {"2024", 4},
	    .site = {"S", 1},
	    .lang = {"en", 2},
	    .url = {"u", 1}};
	written(DESK_FORM_TEXT,
	    "Title: A b\nAuthor: C\nDate: 2024\nSite: S\nLang: en\nURL: u\n"
	    "\nHi\n",
	    "or all");
	written(DESK_FORM_MARKDOWN,
	    "---\ntitle: \"A\\tb\"\nauthor: \"C\"\ndate: \"2024\"\n"
	    "site: \"S\"\nlang: \"en\"\nurl: \"u\"\n---\n\n[Hi](/\")\n",
	    "and as Markdown");
}

static void
archive_records(void)
{
	static const char page[] =
	    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <i>\r\n"
	    "WARC-Target-URI: http://u/\xFF\r\nWARC-Date: D\r\n"
	    "Content-Type: application/http\r\nContent-Length: 70\r\n\r\n"
	    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=x\r\n\r\n<p>";
	static const char text[] = "WARC/1.0\r\nWARC-Type: conversion\r\n"
				   "Content-Type: text/plain\r\n"
				   "Content-Length: 9\r\n\r\na\r\nb\xFF\rc";
	options = (struct desk_io_options){.makes = DESK_BLOCKS};
	is_int(load(page, DESK_FROM_WARC), 0, "a record of an archive");
	is_str(record.doc->page.html.data, record.doc->page.html.len, "<p>",
	    "is a page");
	is_str(record.doc->page.encoding, strlen(record.doc->page.encoding),
	    "x", "in what its server says");
	ok(record.told, "which may be wrong");
	found("Hi", one_block, 1);
	record.doc->meta.date = (struct desk_slice){"2024", 4};
	record.doc->meta.url = (struct desk_slice){"v", 1};
	written(DESK_FORM_JSONL,
	    "{\"id\":\"i\",\"url\":\"http://u/\xEF\xBF\xBD\","
	    "\"captured\":\"D\",\"text\":\"Hi\",\"date\":\"2024\"," BLOCKS
	    "}\n",
	    "id, address and time come first");
	is_int(load(text, DESK_FROM_WARC), 0, "a record of a WET file");
	is_str(record.doc->text.data, record.doc->text.len,
	    "a\nb\xEF\xBF\xBD\rc", "is a text, put right");
	ok(!record.doc->page.html.data, "and no page");
	written(DESK_FORM_JSONL,
	    "{\"id\":\"in\",\"text\":\"a\\nb\xEF\xBF\xBD\\rc\"}\n",
	    "without id it has that of the file");
}

/* Blocks of a text, told by letters: h1, p, i1, o1, q, r, c, x. */
static void
markdown(const char *text, const char *kinds, const struct desk_style *styles,
    size_t style_count, const char *want, const char *what)
{
	static const char letters[] = "phiqrxc";
	struct desk_block blocks[16];
	size_t n = 0;
	const char *s = text;
	load("<p>", DESK_FROM_HTML);
	for (const char *k = kinds; *k; k++, n++) {
		size_t len = strcspn(s, "\n");
		bool item = *k == 'i' || *k == 'o';
		blocks[n] = (struct desk_block){.keep = true,
		    .reason = "",
		    .start = (uint32_t)(s - text),
		    .end = (uint32_t)(s - text + len),
		    .ordered = *k == 'o',
		    .kind = item ? DESK_ITEM
				 : (enum desk_block_kind)(
				       strchr(letters, *k) - letters)};
		if (item || *k == 'h')
			blocks[n].level = (uint8_t)(*++k - '0');
		s += len;
		s += strspn(s, "\n");
	}
	found(text, blocks, n);
	record.doc->styles = styles;
	record.doc->style_count = style_count;
	written(DESK_FORM_MARKDOWN, want, what);
}

static void
plain_markdown(const char *text, const char *want, const char *what)
{
	char line[200];
	snprintf(line, sizeof line, "%s\n", want);
	markdown(text, "p", NULL, 0, line, what);
}

static void
markdowns(void)
{
	options = (struct desk_io_options){.makes = DESK_BLOCKS};
	markdown("A\n\nb\n\nC\n\nd\n\ne\n\nf", "h1ph7qqc", NULL, 0,
	    "# A\n\nb\n\n###### C\n\n> d\n>\n> e\n\nf\n", "blocks");
	markdown("a\nb\nc\nd\n\ne\nf", "i1i2o3i1i1i3", NULL, 0,
	    "- a\n  - b\n    1. c\n- d\n\n* e\n  * f\n",
	    "lists: deeper ones indented, one after the other told apart");
	markdown("a\nb\nc\nd", "o1o1i2o1", NULL, 0,
	    "1. a\n2. b\n   - c\n3. d\n", "numbers go on");
	markdown("a\tb\nc|d\t\te", "rr", NULL, 0,
	    "| a | b |  |\n| --- | --- | --- |\n| c\\|d |  | e |\n", "a table");
	markdown("x\ty\n\nz", "rr", NULL, 0,
	    "| x | y |\n| --- | --- |\n\n| z |\n| --- |\n", "two tables");
	markdown("a *\n b```\n\nc", "xxx", NULL, 0,
	    "````\na *\n b```\n````\n\n```\nc\n```\n", "fenced lines");
	plain_markdown("a*b_c_d __e `f` [g] <h> \\ ~~i~j & &amp; &x !",
	    "a\\*b_c_d \\_\\_e \\`f\\` \\[g\\] \\<h> \\\\ \\~\\~i~j & "
	    "\\&amp; &x !",
	    "what would be markup is escaped, and nothing else");
	plain_markdown("1. a", "1\\. a", "a number at the start");
	plain_markdown("1.5 a", "1.5 a", "no item");
	plain_markdown("12) a", "12\\) a", "an item");
	plain_markdown("- a", "\\- a", "a dash");
	plain_markdown("-5", "-5", "a sign");
	plain_markdown("---", "\\---", "a line");
	plain_markdown("# a #", "\\# a \\#", "a heading");
	plain_markdown("#a", "#a", "no heading");
	plain_markdown("> a", "\\> a", "a quotation");
	plain_markdown("C#", "C\\#", "a sign at the end");
}

static void
styled(void)
{
	static const struct desk_style nested[] = {
	    {0, 12, DESK_STYLE_STRONG, {NULL, 0}},
	    {2, 5, DESK_STYLE_EMPHASIS, {NULL, 0}},
	    {3, 4, DESK_STYLE_EMPHASIS, {NULL, 0}},
	    {6, 11, DESK_STYLE_LINK, {"a b(c)", 6}},
	    {8, 9, DESK_STYLE_CODE, {NULL, 0}}};
	static const struct desk_style across[] = {
	    {1, 9, DESK_STYLE_STRONG, {NULL, 0}},
	    {6, 14, DESK_STYLE_EMPHASIS, {NULL, 0}}};
	static const struct desk_style odd[] = {
	    {1, 4, DESK_STYLE_STRONG, {NULL, 0}},
	    {5, 5, DESK_STYLE_STRONG, {NULL, 0}},
	    {6, 7, DESK_STYLE_STRONG, {NULL, 0}},
	    {7, 8, DESK_STYLE_STRONG, {NULL, 0}},
	    {10, 11, DESK_STYLE_LINK, {"u", 1}},
	    {11, 40, DESK_STYLE_CODE, {NULL, 0}}};
	markdown("a b*c d e*f g", "p", nested, 5, "**a *b\\*c* d `e`\\*f** g\n",
	    "styles in styles");
	options.links = true;
	markdown("a b*c d e*f g", "p", nested, 5,
	    "**a *b\\*c* [d `e`\\*f](a%20b%28c%29)** g\n",
	    "links where they are asked for");
	markdown("ab cd\n\ne fgh ij", "pp", across, 2,
	    "a**b cd**\n\n***e*** fgh ij\n", "styles over two blocks");
	markdown("a (b)c! x!y `", "p", odd, 6,
	    "a **(b**)c! x\\![y](u) `` ` ``\n", "odd ones");
	options.links = false;
}

static void
columns(void)
{
	options = (struct desk_io_options){.makes = DESK_ENTS};
	is_int(load("Xi B-PER\n. O\n\n\xC3\x84 O\n", DESK_FROM_CONLL), 0,
	    "columns are read");
	is_int(record.came, DESK_SENTS | DESK_ENTS, "with their layers");
	is_str(record.doc->text.data, record.doc->text.len, "Xi.\n\xC3\x84",
	    "as text");
	ok(record.doc->sents[1].start == 4 && record.doc->sents[1].end == 6,
	    "with sentences");
	load("Xi O\n", DESK_FROM_CONLL);
	is_int(record.came, DESK_SENTS, "labels that are all O did not come");
	ok(record.doc->layers & DESK_ENTS, "but a trainer learns from them");
	load("Xi\n", DESK_FROM_CONLL);
	ok(!(record.doc->layers & DESK_ENTS), "not so where there are none");
	is_int(load("a O\n\nb c\n", DESK_FROM_CONLL), DESK_EDATA, "no label");
	is_int(record.line, 2, "is told with its line");
	load("", DESK_FROM_CONLL);
	is_int(record.doc->text.len, 0, "nothing is an empty text");
}

int
main(void)
{
	finding_marks();
	marks();
	columns();
	odd_entities();
	sentences();
	ids();
	texts();
	passing();
	layers();
	page_records();
	page_files();
	archive_records();
	markdowns();
	styled();
	desk_doc_free(record.doc);
	desk_buffer_release(&out);
	return done();
}
