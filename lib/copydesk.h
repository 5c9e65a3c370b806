/*
 * copydesk.h - the public interface of libcopydesk.
 *
 * A document is an immutable UTF-8 text with standoff layers over it: blocks,
 * sentences, entities, quotations.  Each annotator adds one layer.  Spans are
 * byte offsets into the document's text, end exclusive.
 *
 * What a document owns (its text, its layers, the strings they point to) lives
 * until the next desk_doc_clear(), desk_doc_set_text() or desk_doc_free().
 * Functions return 0 or a negative DESK_E* code and, given a struct
 * desk_error, leave a message there.  The library never prints, exits or keeps
 * global state: handles may be used from several threads where it says so.
 */
#ifndef COPYDESK_H
#define COPYDESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DESK_VERSION "0.1.0"

#if defined(__GNUC__)
#define DESK_API __attribute__((visibility("default")))
#define DESK_PRINTF(a, b) __attribute__((format(printf, a, b)))
#else
#define DESK_API
#define DESK_PRINTF(a, b)
#endif

/* Errors. */

enum desk_code {
	DESK_OK = 0,
	DESK_ENOMEM = -1, /* out of memory */
	DESK_EIO = -2,	  /* a system call failed; the text holds its reason */
	DESK_EDATA = -3,  /* the input is damaged or not of the form said */
	DESK_ELIMIT = -4, /* a size or depth over its limit */
	DESK_EUSAGE = -5, /* an argument or option that makes no sense */
	DESK_EUTF8 = -6	  /* bad UTF-8 where it was not to be repaired */
};

/* The last failure: what (code), where (byte offset in the input, or 0) and
 * why (one line, lower case, no full stop). */
struct desk_error {
	int code;
	uint64_t offset;
	char text[240];
};

/* Texts and spans. */

/* Bytes that need not end in NUL. */
struct desk_slice {
	const char *data;
	size_t len;
};

/* A stretch of a document's text in bytes, end exclusive. */
struct desk_span {
	uint32_t start, end;
};

/* The longest text that one document can hold, in bytes. */
#define DESK_TEXT_MAX ((size_t)1 << 30)

/* Layers. */

/* A sentence.  Paragraphs count from 1 within the document. */
struct desk_sent {
	uint32_t start, end;
	uint32_t paragraph;
};

/* What the splitter decided at a place where a sentence might have ended, and
 * by which rule, a short constant word ("stop", "abbreviation", ...). */
struct desk_step {
	uint32_t end;
	bool splits;
	const char *rule;
};

/* A named entity.  The label is a NUL-terminated name such as "PER". */
struct desk_ent {
	uint32_t start, end;
	const char *label;
	uint16_t score; /* of 1000: how sure the tagger is; 0: not said */
};

/* What a block of a page is; of plain text all are paragraphs. */
enum desk_block_kind {
	DESK_PARAGRAPH,
	DESK_HEADING,
	DESK_ITEM,	   /* of a list */
	DESK_QUOTATION,	   /* a paragraph of a block quote */
	DESK_ROW,	   /* of a table, a TAB between its cells */
	DESK_PREFORMATTED, /* its line ends and blanks count */
	DESK_CAPTION	   /* of a figure or table */
};

/* What strip-boilerplate decided of a block of the source: a line, a paragraph
 * of hard-wrapped lines, or a block of a web page.  src is the place in the
 * source, in bytes; start and end the place in the document's text (equal for
 * a dropped one, unless all are marked). */
struct desk_block {
	uint32_t start, end;
	uint64_t src_start, src_end;
	bool keep;
	const char *reason; /* a short constant word, "prose", "repeat", ... */
	enum desk_block_kind kind;
	uint8_t level; /* of a heading 1 to 6; of an item how deep, from 1 */
	bool ordered;  /* an item of a numbered list */
	int32_t score; /* for being content, log odds in 1/1024; 0: none */
};

enum desk_quote_kind {
	DESK_DIRECT,
	DESK_MIXED,
	DESK_INDIRECT,
	DESK_SCARE /* inside marks, but nobody's speech: a title, a term */
};

/* A quotation: its hull, its parts (at least one, in order, marks left out),
 * cue and speaker as they stand in the text (start == end: there is none),
 * and the speaker's fullest name, or data == NULL where no name is known. */
struct desk_quote {
	uint32_t start, end;
	enum desk_quote_kind kind;
	const struct desk_span *parts;
	size_t part_count;
	struct desk_span cue, speaker;
	struct desk_slice name;
	const char *label; /* of the speaker: "PER", "ORG", or NULL */
	uint8_t sure;	   /* of 100: that the name is right; 0: not said */
	bool repaired;	   /* marks were lost, its edges are told otherwise */
};

/* Layers, as bits of a set. */
enum desk_layer {
	DESK_BLOCKS = 1,
	DESK_SENTS = 2,
	DESK_ENTS = 4,
	DESK_QUOTES = 8
};

/* What a page says of itself; data == NULL where it does not.  The date is
 * ISO 8601 ("2023-03-21", with a time where one is known), the language a BCP
 * 47 tag, url the canonical address. */
struct desk_meta {
	struct desk_slice title, author, date, site, lang, url;
};

/* Documents. */

struct desk_doc;

/* An empty document, or NULL where memory ran out. */
DESK_API struct desk_doc *desk_doc_new(void);

DESK_API void desk_doc_free(struct desk_doc *doc);

/* Forgets text and layers; keeps the memory for the next document. */
DESK_API void desk_doc_clear(struct desk_doc *doc);

/* Clears the document and gives it a copy of the text.  Each bad UTF-8
 * sequence becomes one U+FFFD.  DESK_ELIMIT over a third of DESK_TEXT_MAX,
 * which it may grow to. */
DESK_API int desk_doc_set_text(struct desk_doc *doc, const char *text,
    size_t len, struct desk_error *error);

/* A web page as it was read. */
struct desk_page_source {
	struct desk_slice html; /* bytes in any encoding */
	const char *encoding;	/* what is known of it (a Content-Type
				   header), or NULL */
	struct desk_slice url;	/* data == NULL: not known */
	bool as_is; /* what other programs did to its text stays (see
		       strip-boilerplate(1)): to learn from */
};

/* Clears the document and gives it a web page, which must stay until the
 * document is cleared.  Its text is empty until desk_boilerplate_annotate()
 * has found it. */
DESK_API void desk_doc_set_page(
    struct desk_doc *doc, const struct desk_page_source *page);

DESK_API struct desk_slice desk_doc_text(const struct desk_doc *doc);

/* What is known of the page that the document came from; empty slices for
 * plain text. */
DESK_API const struct desk_meta *desk_doc_meta(const struct desk_doc *doc);

/* The set of layers that the document has (a layer may be there and empty). */
DESK_API unsigned desk_doc_layers(const struct desk_doc *doc);

/* The layers, in the order of the text; *count is 0 where there is none. */
DESK_API const struct desk_block *desk_doc_blocks(
    const struct desk_doc *doc, size_t *count);
DESK_API const struct desk_sent *desk_doc_sents(
    const struct desk_doc *doc, size_t *count);
DESK_API const struct desk_ent *desk_doc_ents(
    const struct desk_doc *doc, size_t *count);
DESK_API const struct desk_quote *desk_doc_quotes(
    const struct desk_doc *doc, size_t *count);

/* What was decided on the way to the sentences, with options->explain only; a
 * sentence ends at each one that splits. */
DESK_API const struct desk_step *desk_doc_steps(
    const struct desk_doc *doc, size_t *count);

/* The number of code points before a byte offset of the text, and the byte
 * offset of a code point (the text's length where it lies beyond the end). */
DESK_API size_t desk_doc_codepoint(struct desk_doc *doc, size_t byte);
DESK_API size_t desk_doc_byte(struct desk_doc *doc, size_t codepoint);

/* Annotators.  Each adds its layer to the document, replacing one that is
 * there.  Options of zeros (or NULL) mean the defaults. */

/* How lines make paragraphs. */
enum desk_wrap {
	DESK_WRAP_AUTO, /* told from line lengths and ends */
	DESK_WRAP_YES,	/* hard-wrapped: a paragraph ends at a blank line */
	DESK_WRAP_NO	/* a line is a paragraph */
};

/* What is asked of a page that may be something else than an article. */
enum desk_page_type {
	DESK_TYPE_AUTO,	  /* its main content, whatever it is */
	DESK_TYPE_ARTICLE /* nothing where there is no article */
};

/* Which mistake is the worse one. */
enum desk_focus { DESK_BALANCED, DESK_PRECISION, DESK_RECALL };

struct desk_boilerplate_options {
	enum desk_wrap wrap; /* of plain text */
	bool mark;	     /* keep every block; they tell the verdicts */
	enum desk_page_type type;
	enum desk_focus focus;
	bool comments;	/* readers' comments are content, too */
	bool no_tables; /* tables are left out */
};

/* Decides which blocks of the text or page are content.  Unless options->mark,
 * the document's text becomes the kept blocks, a blank line between them, and
 * layers that were there move along.  Of a page, rows of a table and items of
 * a list stand on lines of their own without a blank line between. */
DESK_API int desk_boilerplate_annotate(struct desk_doc *doc,
    const struct desk_boilerplate_options *options, struct desk_error *error);

/* A sentence splitter for one stream of text at a time: it keeps what it knows
 * of the layout between the parts of a document. */
struct desk_splitter;

struct desk_sentences_options {
	enum desk_wrap wrap;
	struct desk_slice abbreviations; /* the user's own, one a line */
	const char
	    *lang; /* "de", "pt-BR"; NULL or "auto": told from the text */
	bool keep_quotes; /* a quotation of several sentences is one */
	bool explain;	  /* keep the reasons: desk_doc_steps() */
};

/* Returns NULL and fills error where memory ran out, the list is bad or lang no
 * tag (DESK_EUSAGE). */
DESK_API struct desk_splitter *desk_splitter_new(
    const struct desk_sentences_options *options, struct desk_error *error);

DESK_API void desk_splitter_free(struct desk_splitter *splitter);

/* Adds the sentences of the document's text.  With final, the text is the rest
 * of the document, and all of it is decided.  Without, more is to come: only
 * what no further text can change is decided, and *consumed tells how many
 * bytes that is; the caller gives the rest again in front of what follows. The
 * sentences are the same however the text was cut. */
DESK_API int desk_splitter_annotate(struct desk_splitter *splitter,
    struct desk_doc *doc, bool final, size_t *consumed,
    struct desk_error *error);

/* A tagger may serve many threads at once. */
struct desk_tagger;

struct desk_entities_options {
	struct desk_slice gazetteer; /* the user's own: name TAB label lines */
	bool no_relative_dates;	     /* "last week" is no DATE ("Tuesday" is) */
	const char *model; /* its file; NULL: en.model where installed */
	bool scores;	   /* tell how sure the model is of its names */
	bool plain;	   /* names as the model has them, each by itself */
};

/* Maps the model, which no one may write to while the tagger is there.  Returns
 * NULL and fills error: DESK_EIO (the model cannot be opened), DESK_EDATA (it
 * is damaged, or a line of the gazetteer bad), DESK_ENOMEM. */
DESK_API struct desk_tagger *desk_tagger_new(
    const struct desk_entities_options *options, struct desk_error *error);

DESK_API void desk_tagger_free(struct desk_tagger *tagger);

/* Whether the tagger may give all labels of a list, as desk_doc_keep_ents()
 * takes it: 0, or DESK_EUSAGE, and error names one that is not known and those
 * that are. */
DESK_API int desk_tagger_check_labels(const struct desk_tagger *tagger,
    struct desk_slice labels, struct desk_error *error);

DESK_API int desk_tagger_annotate(const struct desk_tagger *tagger,
    struct desk_doc *doc, struct desk_error *error);

struct desk_quotes_options {
	bool no_indirect; /* only what stands in quotation marks */
	bool scare;	  /* also what stands there and is no speech */
};

/* Finds the quotations of documents, one after the other: what it keeps between
 * them makes it faster, and changes nothing. */
struct desk_quoter;

/* NULL where memory ran out. */
DESK_API struct desk_quoter *desk_quoter_new(
    const struct desk_quotes_options *options, struct desk_error *error);

DESK_API void desk_quoter_free(struct desk_quoter *quoter);

/* Uses the entities that are there: run the tagger first. */
DESK_API int desk_quoter_annotate(
    struct desk_quoter *quoter, struct desk_doc *doc, struct desk_error *error);

/* The same for a single document. */
DESK_API int desk_quotes_annotate(struct desk_doc *doc,
    const struct desk_quotes_options *options, struct desk_error *error);

/* Leaves out the entities whose label is not in a list with commas between
 * ("PER,LOC", blanks round them do not count; data == NULL: all labels) and
 * those that are less sure than least of 1000 (those of which nothing is said
 * stay).  *changed, where it is not NULL, tells whether some were. */
DESK_API int desk_doc_keep_ents(struct desk_doc *doc, struct desk_slice labels,
    unsigned least, bool *changed, struct desk_error *error);

/* A Perl-compatible regular expression, case-sensitive but for "(?i)"; it may
 * serve many threads at once.  NULL and fills error: DESK_EUSAGE (it is bad;
 * the error's offset tells where), DESK_ENOMEM. */
DESK_API struct desk_pattern *desk_pattern_new(
    struct desk_slice expression, struct desk_error *error);
DESK_API void desk_pattern_free(struct desk_pattern *pattern);

/* Which quotations are wanted; of zeros: all. */
struct desk_quotes_wanted {
	unsigned kinds; /* 1 << DESK_DIRECT | ...; 0: all */
	size_t words;	/* at least so many, as blanks separate them */
	/* in the speaker's name, or in the words that stand for a speaker
	 * without one */
	const struct desk_pattern *speaker;
};

/* Leaves out the other quotations; *changed as above.  DESK_ENOMEM, DESK_ELIMIT
 * (a speaker takes the pattern too many steps). */
DESK_API int desk_doc_keep_quotes(struct desk_doc *doc,
    const struct desk_quotes_wanted *wanted, bool *changed,
    struct desk_error *error);

DESK_API const char *desk_version(void);

#ifdef __cplusplus
}
#endif

#endif
