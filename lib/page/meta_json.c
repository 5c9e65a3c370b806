/*
 * meta_json.c - what JSON-LD says.
 *
 * A script is freed of what people put around it (comments, CDATA, a last
 * semicolon), checked, and mended once where it is not JSON: controls inside
 * strings, commas before a closing bracket, escapes that are none.  Then the
 * objects in it are listed, however they are nested (@graph, arrays, members),
 * with those of their members that tell something.
 */
#include <string.h>

#include "page/meta_notes.h"
#include "core/error.h"
#include "core/json.h"
#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"

enum { NESTING = 12 };

static bool
starts(struct desk_slice s, const char *with)
{
	size_t len = strlen(with);
	return s.len >= len && !memcmp(s.data, with, len);
}

static bool
ends(struct desk_slice s, const char *with)
{
	size_t len = strlen(with);
	return s.len >= len && !memcmp(s.data + s.len - len, with, len);
}

/* Without what stands around the value. */
static struct desk_slice
bare(struct desk_slice s)
{
	static const char *const before[] = {
	    "<!--", "//", "/*", "<![CDATA[", "*/", "\xEF\xBB\xBF"};
	static const char *const after[] = {
	    "-->", "//", "*/", "]]>", "/*", ";"};
	size_t len;
	do {
		size_t start = 0;
		desk_trim(s.data, &start, &s.len);
		s = desk_slice(s.data + start, s.len - start);
		len = s.len;
		for (size_t i = 0; i < sizeof before / sizeof *before; i++)
			if (starts(s, before[i])) {
				s.data += strlen(before[i]);
				s.len -= strlen(before[i]);
			}
		for (size_t i = 0; i < sizeof after / sizeof *after; i++)
			if (ends(s, after[i]))
				s.len -= strlen(after[i]);
	} while (s.len < len);
	return s;
}

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
hex(const char *s)
{
	for (int i = 0; i < 4; i++)
		if (!((s[i] >= '0' && s[i] <= '9') ||
			((s[i] | 0x20) >= 'a' && (s[i] | 0x20) <= 'f')))
			return false;
	return true;
}

/* The escape at s, which has left bytes: its length, or 0 for a bad one. */
static size_t
escape(const char *s, size_t left)
{
	if (left >= 2 && strchr("\"\\/bfnrt", s[1]) && s[1])
		return 2;
	return left >= 6 && s[1] == 'u' && hex(s + 2) ? 6 : 0;
}

/* A copy in which common faults are mended. */
static struct desk_slice
mend(struct desk_arena *arena, struct desk_slice s)
{
	char *out = desk_arena_alloc(arena, 2 * s.len + 1), *to = out;
	bool string = false;
	if (!out)
		return desk_slice(NULL, 0);
	for (size_t i = 0; i < s.len; i++) {
		char c = s.data[i];
		if (string && c == '\\') {
			size_t n = escape(s.data + i, s.len - i);
			memcpy(to, s.data + i, n);
			to += n;
			i += n ? n - 1 : 0;
			continue;
		}
		if (c == '"')
			string = !string;
		else if (string && c == '\n')
			*to++ = '\\', c = 'n';
		else if ((unsigned char)c < 0x20)
			c = ' ';
		if (!string && (c == '}' || c == ']')) {
			while (to > out && blank(to[-1]))
				to--;
			if (to > out && to[-1] == ',')
				to--;
		}
		*to++ = c;
	}
	return desk_slice(out, (size_t)(to - out));
}

static bool
is_string(struct desk_slice value)
{
	return value.len >= 2 && value.data[0] == '"';
}

struct desk_slice
desk_meta_json_text(
    struct desk_arena *arena, struct desk_slice value, size_t most)
{
	if (value.len && value.data[0] == '[') {
		struct desk_json walk = desk_json_open(value);
		struct desk_json_member m;
		value = desk_json_next(&walk, &m) ? m.value : desk_slice("", 0);
	}
	if (!is_string(value) || value.len > 8 * most + 64)
		return desk_slice(NULL, 0);
	char *text = desk_arena_alloc(arena, value.len);
	size_t len = text ? desk_json_unescape(value, text) : 0;
	char *undone = desk_arena_alloc(arena, desk_html_room(len));
	if (!text || !undone)
		return desk_slice(NULL, 0);
	len = desk_html_value(desk_slice(text, len), undone);
	return desk_meta_tidy(arena, desk_slice(undone, len), most);
}

static uint32_t
types_of(struct desk_slice value)
{
	uint32_t types = 0;
	if (is_string(value)) {
		value = desk_slice(value.data + 1, value.len - 2);
		for (size_t i = value.len; i--;)
			if (value.data[i] == '/' || value.data[i] == ':' ||
			    value.data[i] == '#')
				return desk_meta_name(
				    desk_slice(
					value.data + i + 1, value.len - i - 1),
				    true);
		return desk_meta_name(value, true);
	}
	if (!value.len || value.data[0] != '[')
		return 0;
	struct desk_json walk = desk_json_open(value);
	struct desk_json_member m;
	while (desk_json_next(&walk, &m))
		if (m.kind == DESK_JSON_STRING)
			types |= desk_meta_name(
			    desk_slice(m.value.data + 1, m.value.len - 2),
			    true);
	return types;
}

static void
note_member(struct desk_meta_record *r, const struct desk_json_member *m)
{
	static const struct {
		const char *name;
		size_t at;
	} members[] = {
#define MEMBER(name, field) {name, offsetof(struct desk_meta_record, field)}
	    MEMBER("headline", headline),
	    MEMBER("name", name),
	    MEMBER("datePublished", published),
	    MEMBER("dateModified", modified),
	    MEMBER("dateCreated", created),
	    MEMBER("author", author),
	    MEMBER("creator", creator),
	    MEMBER("@id", id),
	    MEMBER("articleBody", body),
	    MEMBER("description", description),
	    MEMBER("inLanguage", language),
	    MEMBER("publisher", publisher),
	    MEMBER("url", url),
#undef MEMBER
	};
	if (desk_json_key_is(m->key, "@type"))
		r->types |= types_of(m->value);
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		if (desk_json_key_is(m->key, members[i].name)) {
			memcpy((char *)r + members[i].at, &m->value,
			    sizeof m->value);
			return;
		}
}

/* Lists the object, and all in it. */
static int
list(struct desk_meta_notes *notes, struct desk_slice value,
    struct desk_slice script, struct desk_error *error)
{
	struct desk_json stack[NESTING];
	size_t depth = 0;
	struct desk_json_member m = {.value = value};
	bool more = true;
	while (more && notes->record_count < DESK_META_RECORDS) {
		char first = m.value.len ? m.value.data[0] : '\0';
		if (first == '{') {
			struct desk_json walk = desk_json_open(m.value);
			struct desk_json_member inner;
			if (!DESK_RESERVE(notes->arena, notes->records,
				notes->record_count, notes->record_room))
				return desk_fail_memory(error);
			struct desk_meta_record *r =
			    notes->records + notes->record_count++;
			*r = (struct desk_meta_record){
			    .depth = (unsigned)depth, .script = script};
			while (desk_json_next(&walk, &inner))
				note_member(r, &inner);
		}
		if ((first == '{' || first == '[') && depth < NESTING)
			stack[depth++] = desk_json_open(m.value);
		more = false;
		while (depth && !more) {
			more = desk_json_next(stack + depth - 1, &m);
			depth -= !more;
		}
	}
	return 0;
}

int
desk_meta_json(struct desk_meta_notes *notes, struct desk_slice script,
    struct desk_error *error)
{
	struct desk_json_member *members;
	size_t count;
	enum desk_json_kind kind;
	if (script.len > DESK_META_SCRIPT ||
	    notes->script_count++ >= DESK_META_SCRIPTS)
		return 0;
	script = bare(script);
	struct desk_slice place = script;
	if (!script.len)
		return 0;
	int code = desk_json_scan(
	    script, notes->arena, &members, &count, &kind, error);
	if (code && code != DESK_ENOMEM) {
		script = mend(notes->arena, script);
		if (!script.data)
			return desk_fail_memory(error);
		code = desk_json_scan(
		    script, notes->arena, &members, &count, &kind, error);
	}
	if (code)
		return code == DESK_ENOMEM ? code : 0;
	return list(notes, script, place, error);
}

/* The record that an @id refers to and that has a name. */
static const struct desk_meta_record *
record_of(const struct desk_meta_notes *notes, struct desk_slice id)
{
	for (size_t i = 0; i < notes->record_count; i++)
		if (notes->records[i].name.len &&
		    desk_slice_equal(notes->records[i].id, id))
			return notes->records + i;
	return NULL;
}

/* The name of one author, a string or an object. */
static struct desk_slice
author_name(const struct desk_meta_notes *notes, struct desk_arena *arena,
    struct desk_slice value)
{
	struct desk_json_member m;
	struct desk_slice name = {0}, id = {0};
	if (is_string(value))
		return desk_meta_json_text(arena, value, DESK_META_BYTES);
	if (!value.len || value.data[0] != '{')
		return name;
	struct desk_json walk = desk_json_open(value);
	while (desk_json_next(&walk, &m))
		if (desk_json_key_is(m.key, "name"))
			name = m.value;
		else if (desk_json_key_is(m.key, "@id"))
			id = m.value;
	if (!name.len && id.len) {
		const struct desk_meta_record *r = record_of(notes, id);
		name = r ? r->name : name;
	}
	return desk_meta_json_text(arena, name, DESK_META_BYTES);
}

struct desk_slice
desk_meta_json_authors(const struct desk_meta_notes *notes,
    struct desk_arena *arena, const struct desk_meta_record *record)
{
	enum { MOST = 10 };
	struct desk_slice names[MOST], value = record->author;
	struct desk_json_member m;
	size_t count = 0, len = 0;
	if (!value.len || !strncmp(value.data, "null", 4))
		value = record->creator;
	if (value.len && value.data[0] == '[') {
		struct desk_json walk = desk_json_open(value);
		while (count < MOST && desk_json_next(&walk, &m)) {
			names[count] = author_name(notes, arena, m.value);
			count += names[count].len > 0;
		}
	} else {
		names[0] = author_name(notes, arena, value);
		count = names[0].len > 0;
	}
	for (size_t i = 0; i < count; i++)
		len += names[i].len + 2;
	char *out = count ? desk_arena_alloc(arena, len) : NULL, *to = out;
	if (!out)
		return desk_slice(NULL, 0);
	for (size_t i = 0; i < count; i++) {
		memcpy(to, names[i].data, names[i].len);
		memcpy(to + names[i].len, ", ", 2);
		to += names[i].len + 2;
	}
	return desk_slice(out, (size_t)(to - out) - 2);
}

const struct desk_meta_record *
desk_meta_json_main(const struct desk_meta_notes *notes, bool article)
{
	const struct desk_meta_record *best = NULL;
	int best_score = 0;
	uint32_t type = UINT32_C(1) << (article ? DESK_KEY_TYPE_ARTICLE
						: DESK_KEY_TYPE_PAGE);
	for (size_t i = 0; i < notes->record_count; i++) {
		const struct desk_meta_record *r = notes->records + i;
		int score = 4 * (r->headline.len > 0) +
			    3 * (r->published.len > 0) +
			    2 * (r->author.len > 0) + (r->name.len > 0) + 8 -
			    (r->depth < 8 ? (int)r->depth : 8);
		if (r->types & type && score > best_score) {
			best = r;
			best_score = score;
		}
	}
	return best;
}
