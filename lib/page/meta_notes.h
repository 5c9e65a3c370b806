/* What meta.c, meta_json.c and meta_choose.c share: the notes of a page. */
#ifndef DESK_PAGE_META_NOTES_H
#define DESK_PAGE_META_NOTES_H

#include "page/meta.h"

/* The classes of meta_names.tsv, as numbers; meta.c checks the order. */
enum desk_meta_key {
	DESK_KEY_AUTHOR,
	DESK_KEY_DATA1,
	DESK_KEY_DATA2,
	DESK_KEY_DATE,
	DESK_KEY_DESCRIPTION,
	DESK_KEY_LABEL1,
	DESK_KEY_LABEL2,
	DESK_KEY_LANG,
	DESK_KEY_MODIFIED,
	DESK_KEY_PUBLISHED,
	DESK_KEY_SITE,
	DESK_KEY_TITLE,
	DESK_KEY_TITLE_PAGE,
	DESK_KEY_TITLE_X,
	DESK_KEY_TYPE,
	DESK_KEY_TYPE_ARTICLE,
	DESK_KEY_TYPE_FORUM,
	DESK_KEY_TYPE_LISTING,
	DESK_KEY_TYPE_PAGE,
	DESK_KEY_TYPE_PERSON,
	DESK_KEY_TYPE_PRODUCT,
	DESK_KEY_TYPE_SITE,
	DESK_KEY_URL,
	DESK_KEY_COUNT
};

enum {
	DESK_META_BYTES = 600,	   /* of a value; longer ones are cut */
	DESK_META_AUTHORS = 12,	   /* meta elements that name one */
	DESK_META_TIMES = 64,	   /* time elements */
	DESK_META_RECORDS = 256,   /* objects of JSON-LD */
	DESK_META_SCRIPTS = 64,	   /* of JSON-LD */
	DESK_META_SCRIPT = 1 << 20 /* bytes of one */
};

/* An object of JSON-LD: the values that tell something, as they stand. */
struct desk_meta_record {
	uint32_t types; /* bits of enum desk_meta_key */
	unsigned depth;
	struct desk_slice script; /* that it stands in */
	struct desk_slice headline, name, published, modified, created, author,
	    creator, id, body, description, language, publisher, url;
};

/* A time element, or one whose itemprop says datePublished. */
struct desk_meta_time {
	uint32_t at;		 /* in the decoded source */
	struct desk_slice value; /* of its datetime; empty: its text counts */
	bool published, modified;
};

struct desk_meta_notes {
	struct desk_arena *arena;
	bool as_is;				  /* values are not mended */
	struct desk_slice values[DESK_KEY_COUNT]; /* the first of each */
	struct desk_slice authors[DESK_META_AUTHORS];
	size_t author_count;
	struct desk_slice title, lang, canonical;
	struct desk_meta_time times[DESK_META_TIMES];
	size_t time_count;
	struct desk_meta_record *records;
	size_t record_count, record_room, script_count;
	enum { DESK_AWAIT_NOTHING, DESK_AWAIT_TITLE, DESK_AWAIT_JSON } await;
};

/* The classes of a name, or with '@' before it of a type. */
uint32_t desk_meta_name(struct desk_slice name, bool type);

/* Takes note of a script of JSON-LD.  DESK_ENOMEM. */
int desk_meta_json(struct desk_meta_notes *notes, struct desk_slice script,
    struct desk_error *error);

/* A JSON string, or the first of an array, as text: escapes and references
 * undone, white space collapsed; data NULL where it is none. */
struct desk_slice desk_meta_json_text(
    struct desk_arena *arena, struct desk_slice value, size_t most);

/* The names of the authors of a record, with commas between. */
struct desk_slice desk_meta_json_authors(const struct desk_meta_notes *notes,
    struct desk_arena *arena, const struct desk_meta_record *record);

/* The record that is the page's own article, or else page; NULL: none. */
const struct desk_meta_record *desk_meta_json_main(
    const struct desk_meta_notes *notes, bool article);

/* White space collapsed, controls left out, cut to most bytes between
 * characters: a copy in the arena (data NULL: out of memory, or nothing). */
struct desk_slice desk_meta_tidy(
    struct desk_arena *arena, struct desk_slice text, size_t most);

#endif
