/*
 * json.c - any bytes through the scanner; what it accepts through the rest.
 *
 * Shown for each input: a refusal tells a place inside the text; the members
 * of an accepted one lie in it, in order, are values of their own and are what
 * the walker finds; a string that is undone and quoted again is the same
 * string; a text without its last byte is refused.
 */
#include "core/json.h"

#include <stdlib.h>
#include <string.h>

#include "core/slice.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool good)
{
	if (!good)
		abort();
}

static bool
scans(struct desk_slice text, enum desk_json_kind kind)
{
	struct desk_arena arena = {0};
	struct desk_json_member *members;
	size_t count;
	enum desk_json_kind got;
	bool good = !desk_json_scan(text, &arena, &members, &count, &got, NULL);
	desk_arena_release(&arena);
	return good && got == kind;
}

static void
check_string(struct desk_slice value)
{
	char *text = malloc(value.len), *again = NULL;
	struct desk_buffer quoted = {0};
	must(text);
	size_t len = desk_json_unescape(value, text);
	must(len <= value.len - 2);
	must(desk_json_escaped(value) || len == value.len - 2);
	desk_json_quote(&quoted, desk_slice(text, len));
	must(!quoted.failed && (again = malloc(quoted.len)));
	struct desk_slice q = desk_slice(quoted.data, quoted.len);
	must(scans(q, DESK_JSON_STRING));
	must(desk_json_unescape(q, again) == len && !memcmp(text, again, len));
	free(text);
	free(again);
	desk_buffer_release(&quoted);
}

static void
check_key(struct desk_slice key)
{
	char *name = malloc(key.len + 2);
	must(name);
	struct desk_slice value = desk_slice(key.data - 1, key.len + 2);
	size_t len = desk_json_unescape(value, name);
	name[len] = '\0';
	if (!memchr(name, '\0', len))
		must(desk_json_key_is(key, name));
	name[len] = 'x';
	name[len + 1] = '\0';
	must(!desk_json_key_is(key, name));
	free(name);
	check_string(value);
}

static void
check_members(struct desk_slice text, const struct desk_json_member *members,
    size_t count)
{
	const char *at = text.data;
	while (*at != '{')
		at++;
	struct desk_slice object = desk_slice(at, text.len);
	object.len -= (size_t)(at - text.data);
	while (object.data[object.len - 1] != '}')
		object.len--;
	struct desk_json walk = desk_json_open(object);
	struct desk_json_member m;
	for (size_t i = 0; i < count; i++) {
		must(members[i].key.data > at);
		must(members[i].value.data >
		     members[i].key.data + members[i].key.len);
		at = members[i].value.data + members[i].value.len;
		must(at < object.data + object.len);
		must(desk_json_next(&walk, &m));
		must(m.key.data == members[i].key.data);
		must(desk_slice_equal(m.key, members[i].key));
		must(m.value.data == members[i].value.data);
		must(desk_slice_equal(m.value, members[i].value));
		must(m.kind == members[i].kind);
		check_key(m.key);
		must(scans(m.value, m.kind));
		uint64_t n;
		if (m.kind == DESK_JSON_STRING)
			check_string(m.value);
		else if (m.kind == DESK_JSON_NUMBER)
			desk_json_number(m.value, &n);
	}
	must(!desk_json_next(&walk, &m));
}

/* The elements of an array, one after the other, are all there is. */
static void
check_elements(struct desk_slice text)
{
	while (*text.data != '[')
		text.data++, text.len--;
	while (text.data[text.len - 1] != ']')
		text.len--;
	struct desk_json walk = desk_json_open(text);
	struct desk_json_member m;
	while (desk_json_next(&walk, &m)) {
		must(!m.key.data);
		must(scans(m.value, m.kind));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct desk_arena arena = {0};
	struct desk_json_member *members;
	struct desk_error why = {0};
	enum desk_json_kind kind;
	size_t count;
	struct desk_slice text = desk_slice((const char *)data, size);
	int code = desk_json_scan(text, &arena, &members, &count, &kind, &why);
	if (code) {
		must(code == DESK_EDATA || code == DESK_ELIMIT);
		must(why.code == code && why.offset <= size && *why.text);
		must(!count);
	} else {
		while (strchr(" \t\r\n", text.data[text.len - 1]))
			text.len--;
		if (kind == DESK_JSON_OBJECT)
			check_members(text, members, count);
		else if (kind == DESK_JSON_ARRAY)
			check_elements(text);
		if (kind != DESK_JSON_NUMBER)
			must(!scans(desk_slice(text.data, text.len - 1), kind));
	}
	desk_arena_release(&arena);
	return 0;
}
