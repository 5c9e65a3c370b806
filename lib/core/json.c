/*
 * json.c - the JSON scanner and the walker.
 *
 * The scanner goes over a record once, checks it and lists the members of the
 * top level.  What is open is kept as one bit a level (an object or an array)
 * in a stack of fixed size, so nothing recurses.
 */
#include "core/json.h"

#include "core/error.h"
#include "core/jsonbytes.h"

struct scan {
	const char *start, *end;
	int code;
	struct desk_error *error;
	struct desk_arena *arena;
	struct desk_json_member *members;
	size_t count, room;
	struct desk_slice key;		/* the last one passed */
	struct desk_json_member member; /* of the top level, being passed */
};

static inline bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static inline const char *
skip_space(const char *p, const char *end)
{
	while (p < end && is_space(*p))
		p++;
	return p;
}

static enum desk_json_kind
kind_of(char first)
{
	switch (first) {
	case '"':
		return DESK_JSON_STRING;
	case '{':
		return DESK_JSON_OBJECT;
	case '[':
		return DESK_JSON_ARRAY;
	case 't':
		return DESK_JSON_TRUE;
	case 'f':
		return DESK_JSON_FALSE;
	case 'n':
		return DESK_JSON_NULL;
	default:
		return DESK_JSON_NUMBER;
	}
}

/* Fails at a place of the text; returns NULL, for callers to hand on. */
static const char *
refuse(struct scan *scan, const char *at, int code, const char *why)
{
	scan->code = desk_fail(scan->error, code, "%s", why);
	if (scan->error)
		scan->error->offset = (uint64_t)(at - scan->start);
	return NULL;
}

static const char *
refuse_end(struct scan *scan, bool object)
{
	return refuse(scan, scan->end, DESK_EDATA,
	    object ? "ends inside an object" : "ends inside an array");
}

/* Passes an escape, whose backslash is at p. */
static const char *
scan_escape(struct scan *scan, const char *p)
{
	const char *start = p++;
	if (p == scan->end)
		return refuse(scan, p, DESK_EDATA, "ends inside a string");
	switch (*p++) {
	case '"':
	case '\\':
	case '/':
	case 'b':
	case 'f':
	case 'n':
	case 'r':
	case 't':
		return p;
	case 'u':
		for (int i = 0; i < 4; i++, p++) {
			if (p == scan->end)
				return refuse(scan, p, DESK_EDATA,
				    "ends inside a string");
			if (desk_json_hex(*p) > 15)
				return refuse(
				    scan, start, DESK_EDATA, "bad escape");
		}
		return p;
	default:
		return refuse(scan, start, DESK_EDATA, "bad escape");
	}
}

/* Passes a string, whose first quote is at p. */
static const char *
scan_string(struct scan *scan, const char *p)
{
	p++;
	for (;;) {
		p = desk_json_plain(p, scan->end);
		if (p == scan->end)
			return refuse(
			    scan, p, DESK_EDATA, "ends inside a string");
		if (*p == '"')
			return p + 1;
		if (*p != '\\')
			return refuse(
			    scan, p, DESK_EDATA, "control character in string");
		/* Escapes often come in rows (\u4e2d\u56fd, \r\n). */
		do {
			p = scan_escape(scan, p);
		} while (p && p < scan->end && *p == '\\');
		if (!p)
			return NULL;
	}
}

/* At least one digit; NULL where there is none, without a message. */
static const char *
digits(const char *p, const char *end)
{
	const char *start = p;
	while (p < end && desk_json_digit(*p))
		p++;
	return p > start ? p : NULL;
}

static const char *
scan_number(struct scan *scan, const char *p)
{
	const char *start = p, *end = scan->end;
	p += *p == '-';
	if (p < end && *p == '0')
		p++;
	else
		p = digits(p, end);
	if (p && p < end && *p == '.')
		p = digits(p + 1, end);
	if (p && p < end && (*p | 0x20) == 'e') {
		p++;
		p += p < end && (*p == '+' || *p == '-');
		p = digits(p, end);
	}
	/* "01", "1.2.3", "0x1F", "1_000": one message for all. */
	bool more =
	    p && p < end &&
	    (desk_json_digit(*p) || (unsigned char)((*p | 0x20) - 'a') < 26 ||
		*p == '.' || *p == '_' || *p == '+' || *p == '-');
	if (!p || more)
		return refuse(scan, start, DESK_EDATA, "number malformed");
	return p;
}

static const char *
scan_literal(struct scan *scan, const char *p, const char *literal, size_t len)
{
	if ((size_t)(scan->end - p) < len || memcmp(p, literal, len))
		return refuse(scan, p, DESK_EDATA, "expected a value");
	return p + len;
}

static const char *
scan_scalar(struct scan *scan, const char *p)
{
	switch (*p) {
	case '"':
		return scan_string(scan, p);
	case 't':
		return scan_literal(scan, p, "true", 4);
	case 'f':
		return scan_literal(scan, p, "false", 5);
	case 'n':
		return scan_literal(scan, p, "null", 4);
	default:
		if (*p == '-' || desk_json_digit(*p))
			return scan_number(scan, p);
		return refuse(scan, p, DESK_EDATA, "expected a value");
	}
}

/* Passes a key and the colon behind it. */
static const char *
scan_key(struct scan *scan, const char *p)
{
	p = skip_space(p, scan->end);
	if (p == scan->end)
		return refuse_end(scan, true);
	if (*p != '"')
		return refuse(scan, p, DESK_EDATA, "expected a key in quotes");
	const char *start = p + 1;
	p = scan_string(scan, p);
	if (!p)
		return NULL;
	scan->key = (struct desk_slice){start, (size_t)(p - 1 - start)};
	p = skip_space(p, scan->end);
	if (p == scan->end || *p != ':')
		return refuse(scan, p, DESK_EDATA, "expected ':'");
	return p + 1;
}

/* Lists the member of the top level that ends here. */
static bool
record(struct scan *scan, const char *end)
{
	struct desk_json_member *member = &scan->member;
	member->value.len = (size_t)(end - member->value.data);
	member->kind = kind_of(*member->value.data);
	if (!DESK_RESERVE(
		scan->arena, scan->members, scan->count, scan->room)) {
		refuse(scan, end, DESK_ENOMEM, "out of memory");
		return false;
	}
	scan->members[scan->count++] = *member;
	return true;
}

/* The arrays and objects that are open: a bit each, set for an object.  Bits
 * above depth hold anything. */
struct nest {
	size_t depth;
	uint64_t bits[DESK_JSON_DEPTH / 64 + 1];
};

static inline bool
in_object(const struct nest *nest)
{
	size_t top = nest->depth - 1;
	return nest->bits[top / 64] >> top % 64 & 1;
}

static inline void
enter(struct nest *nest, bool object)
{
	size_t top = nest->depth++;
	uint64_t bit = UINT64_C(1) << top % 64;
	if (object)
		nest->bits[top / 64] |= bit;
	else
		nest->bits[top / 64] &= ~bit;
}

/* Passes an opening bracket at p, and the key behind a brace.  *empty: passed
 * the closing bracket, too, because nothing is between. */
static const char *
scan_open(struct scan *scan, struct nest *nest, const char *p, bool *empty)
{
	bool object = *p == '{';
	if (nest->depth == DESK_JSON_DEPTH)
		return refuse(scan, p, DESK_ELIMIT, "nested too deeply");
	p = skip_space(p + 1, scan->end);
	*empty = p < scan->end && *p == (object ? '}' : ']');
	if (*empty)
		return p + 1;
	enter(nest, object);
	return object ? scan_key(scan, p) : p;
}

/* Passes what stands between a value's end at p and the next value: closing
 * brackets, then a comma and perhaps a key.  With nothing open any more,
 * returns at the end of the outermost value. */
static const char *
scan_on(struct scan *scan, struct nest *nest, const char *p)
{
	while (p && nest->depth) {
		bool object = in_object(nest);
		if (object && nest->depth == 1 && !record(scan, p))
			return NULL;
		p = skip_space(p, scan->end);
		if (p == scan->end)
			return refuse_end(scan, object);
		if (*p == ',' && object)
			return scan_key(scan, p + 1);
		if (*p == ',')
			return p + 1;
		if (*p != (object ? '}' : ']'))
			return refuse(scan, p, DESK_EDATA,
			    object ? "expected ',' or '}'"
				   : "expected ',' or ']'");
		p++;
		nest->depth--;
	}
	return p;
}

/* Passes a whole value at p with all that is in it. */
static const char *
scan_value(struct scan *scan, const char *p)
{
	struct nest nest;
	nest.depth = 0;
	do {
		p = skip_space(p, scan->end);
		if (p == scan->end)
			return refuse_end(scan, in_object(&nest));
		if (nest.depth == 1) {
			scan->member.key = scan->key;
			scan->member.value.data = p;
		}
		bool empty = true;
		if (*p == '{' || *p == '[')
			p = scan_open(scan, &nest, p, &empty);
		else
			p = scan_scalar(scan, p);
		if (empty)
			p = scan_on(scan, &nest, p);
	} while (p && nest.depth);
	return p;
}

int
desk_json_scan(struct desk_slice text, struct desk_arena *arena,
    struct desk_json_member **members, size_t *count, enum desk_json_kind *kind,
    struct desk_error *error)
{
	*members = NULL;
	*count = 0;
	*kind = DESK_JSON_NULL;
	if (!text.len)
		text.data = "";
	struct scan scan = {.start = text.data,
	    .end = text.data + text.len,
	    .error = error,
	    .arena = arena};
	const char *p = skip_space(scan.start, scan.end);
	if (p == scan.end) {
		refuse(&scan, scan.start, DESK_EDATA, "empty record");
		return scan.code;
	}
	enum desk_json_kind outer = kind_of(*p);
	p = scan_value(&scan, p);
	if (!p)
		return scan.code;
	p = skip_space(p, scan.end);
	if (p < scan.end) {
		refuse(&scan, p, DESK_EDATA, "text after the value");
		return scan.code;
	}
	*members = scan.members;
	*count = scan.count;
	*kind = outer;
	return 0;
}

/* Passes a string of checked text, whose first quote is at p. */
static const char *
pass_string(const char *p, const char *end)
{
	p++;
	while ((p = desk_json_plain(p, end)) < end && *p != '"')
		p += end - p > 1 ? 2 : 1;
	return p < end ? p + 1 : end;
}

/* Passes a value of checked text: only depth has to be counted. */
static const char *
pass_value(const char *p, const char *end)
{
	size_t depth = 0;
	do {
		switch (*p) {
		case '"':
			p = pass_string(p, end);
			break;
		case '{':
		case '[':
			depth++;
			p++;
			break;
		case '}':
		case ']':
			depth--;
			p++;
			break;
		case ' ':
		case '\n':
		case '\r':
		case '\t':
		case ',':
		case ':':
			p++;
			break;
		default:
			while (p < end && *p != ',' && *p != '}' && *p != ']' &&
			       !is_space(*p))
				p++;
		}
	} while (depth && p < end);
	return p;
}

struct desk_json
desk_json_open(struct desk_slice value)
{
	return (struct desk_json){value.data + 1, value.data + value.len - 1};
}

bool
desk_json_next(struct desk_json *walk, struct desk_json_member *member)
{
	const char *p = walk->at, *end = walk->end;
	while (p < end && (is_space(*p) || *p == ','))
		p++;
	walk->at = p;
	if (p == end)
		return false;
	const char *start = p;
	p = pass_value(p, end);
	member->key = (struct desk_slice){NULL, 0};
	/* Only a key is a string with a colon behind it. */
	const char *colon = skip_space(p, end);
	if (*start == '"' && colon < end && *colon == ':') {
		member->key.data = start + 1;
		member->key.len = (size_t)(p - start) - 2;
		start = skip_space(colon + 1, end);
		p = pass_value(start, end);
	}
	member->value = (struct desk_slice){start, (size_t)(p - start)};
	member->kind = kind_of(*start);
	walk->at = p;
	return true;
}
