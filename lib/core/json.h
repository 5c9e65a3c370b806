/*
 * JSON: a scanner that checks and a walker that pulls.
 *
 * A record is scanned once: all of it is checked (RFC 8259) and the members of
 * its top level are listed as they stand, so that what is not ours can be
 * copied byte for byte.  Inside a checked value the walker then needs no
 * errors.  Nothing recurses; nesting is limited to DESK_JSON_DEPTH.
 */
#ifndef DESK_CORE_JSON_H
#define DESK_CORE_JSON_H

#include "copydesk.h"
#include "core/memory.h"

enum { DESK_JSON_DEPTH = 100000 };

enum desk_json_kind {
	DESK_JSON_NULL,
	DESK_JSON_FALSE,
	DESK_JSON_TRUE,
	DESK_JSON_NUMBER,
	DESK_JSON_STRING,
	DESK_JSON_ARRAY,
	DESK_JSON_OBJECT
};

/* A member of an object, or an element of an array (key.data is NULL).  The
 * key is what stands between its quotes, escapes as they are; the value is all
 * its bytes, a string's quotes included. */
struct desk_json_member {
	struct desk_slice key, value;
	enum desk_json_kind kind;
};

/* Checks that text is one JSON value with nothing but white space around it.
 * *kind gets its kind; the members of an object go to an array in the arena
 * (none for other kinds).  Bytes over 0x7F are taken as they are: the reader
 * has seen to UTF-8.  DESK_EDATA with error->offset, DESK_ELIMIT, DESK_ENOMEM.
 */
int desk_json_scan(struct desk_slice text, struct desk_arena *arena,
    struct desk_json_member **members, size_t *count, enum desk_json_kind *kind,
    struct desk_error *error);

/* Walks the members or elements of a checked array or object. */
struct desk_json {
	const char *at, *end;
};

struct desk_json desk_json_open(struct desk_slice value);

/* The next one: false at the end. */
bool desk_json_next(struct desk_json *walk, struct desk_json_member *member);

/* Whether a key, its escapes undone, is this name. */
bool desk_json_key_is(struct desk_slice key, const char *name);

/* A checked number as a whole number: false for a negative one, a fraction
 * other than zero, or one over UINT64_MAX (1e2 and 100.0 are 100). */
bool desk_json_number(struct desk_slice value, uint64_t *n);

/* Undoes the escapes of a checked string value (its quotes included): the text
 * goes to out, which has room for value.len bytes; returns its length.  A lone
 * surrogate becomes U+FFFD. */
size_t desk_json_unescape(struct desk_slice value, char *out);

/* Whether a string value has an escape at all. */
bool desk_json_escaped(struct desk_slice value);

/* Appends text, valid UTF-8, as a JSON string with its quotes: the shortest
 * escapes, and no others than JSON asks for. */
void desk_json_quote(struct desk_buffer *to, struct desk_slice text);

#endif
