/*
 * The public conformance suite of HTML tokenizers.
 *
 * A case is read in each of its states, and its tokens are compared with those
 * it wants, parse errors apart.  Two rules of tree building are in what a text
 * says here and not in the suite's tokens: NUL in ordinary text is left out,
 * in CDATA it is U+FFFD.  Cases that hold half a surrogate pair say nothing
 * about UTF-8 and are left out, as are those of the XML rules.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/json.h"
#include "html/tokenizer.h"
#include "html_print.h"
#include "tap.h"

#define SUITE "../shared/eval/conformance/html5lib/tokenizer"

static struct desk_buffer wanted;
static unsigned ran, left_out;

/* A case as it stands in its file. */
struct test {
	struct desk_slice description, input, output, states, last;
	bool twice; /* strings are escaped twice */
};

/* The text of a JSON string, from the heap; NULs count. */
static struct desk_slice
string_of(struct desk_slice value, bool twice)
{
	char *out = malloc(value.len + 2);
	if (!out)
		abort();
	size_t len = desk_json_unescape(value, out);
	if (twice) {
		char *again = malloc(len + 2);
		if (!again)
			abort();
		memmove(out + 1, out, len);
		out[0] = out[len + 1] = '"';
		len = desk_json_unescape(desk_slice(out, len + 2), again);
		free(out);
		out = again;
	}
	return desk_slice(out, len);
}

static void
forget(struct desk_slice s)
{
	free((void *)(uintptr_t)s.data);
}

/* What the suite calls "Character" says as text of a mode. */
static void
want_text(struct desk_slice s, enum desk_html_mode mode)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.data[i])
			desk_buffer_byte(&shown_text, s.data[i]);
		else if (mode == DESK_HTML_CDATA)
			desk_buffer_string(&shown_text, "\xEF\xBF\xBD");
}

static void
want_attributes(struct desk_slice object, bool twice)
{
	struct desk_json walk = desk_json_open(object);
	struct desk_json_member m;
	while (desk_json_next(&walk, &m)) {
		/* The key with its quotes. */
		struct desk_slice key =
		    string_of(desk_slice(m.key.data - 1, m.key.len + 2), twice);
		struct desk_slice value = string_of(m.value, twice);
		put_field(&wanted, key.data, key.len);
		desk_buffer_byte(&wanted, '=');
		put_field(&wanted, value.data, value.len);
		forget(key);
		forget(value);
	}
}

/* One token: kind, then what it holds; parts are strings, null or flags. */
static void
want_token(struct desk_slice token, bool twice, enum desk_html_mode mode)
{
	struct desk_json walk = desk_json_open(token);
	struct desk_json_member kind, m;
	desk_json_next(&walk, &kind);
	char letter = kind.value.data[1];
	if (letter == 'C' && kind.value.data[2] == 'h') {
		desk_json_next(&walk, &m);
		struct desk_slice s = string_of(m.value, twice);
		want_text(s, mode);
		forget(s);
		return;
	}
	put_text(&wanted);
	desk_buffer_byte(&wanted, letter);
	while (desk_json_next(&walk, &m)) {
		if (m.kind == DESK_JSON_OBJECT) {
			desk_buffer_byte(&wanted, '{');
			want_attributes(m.value, twice);
			desk_buffer_byte(&wanted, '}');
		} else if (m.kind == DESK_JSON_STRING) {
			struct desk_slice s = string_of(m.value, twice);
			put_field(&wanted, s.data, s.len);
			forget(s);
		} else if (m.kind == DESK_JSON_NULL) {
			desk_buffer_byte(&wanted, '-');
		} else if (letter == 'D' && m.kind == DESK_JSON_FALSE) {
			desk_buffer_byte(&wanted, 'q');
		} else if (letter == 'S' && m.kind == DESK_JSON_TRUE) {
			desk_buffer_byte(&wanted, '/');
		}
	}
}

static void
run_in(const struct test *test, enum desk_html_mode mode)
{
	struct desk_html html = {
	    .mode = mode, .foreign = mode == DESK_HTML_CDATA};
	struct desk_slice page = string_of(test->input, test->twice);
	if (test->last.data)
		html.last = desk_slice(test->last.data + 1, test->last.len - 2);
	struct desk_json walk = desk_json_open(test->output);
	struct desk_json_member token;
	wanted.len = 0;
	while (desk_json_next(&walk, &token))
		want_token(token.value, test->twice, mode);
	put_text(&wanted);
	desk_buffer_byte(&wanted, '\0');
	char what[200];
	snprintf(what, sizeof what, "%.*s (%d)", (int)test->description.len,
	    test->description.data, (int)mode);
	bool placed = read_page(&html, page, false);
	bool same =
	    shown.len == wanted.len - 1 &&
	    !memcmp(shown.data ? shown.data : "", wanted.data, shown.len);
	if (!ok(placed && same, what))
		printf("# got  '%.*s'\n# want '%s'\n", (int)shown.len,
		    shown.data ? shown.data : "", wanted.data);
	forget(page);
	ran++;
}

static enum desk_html_mode
mode_named(struct desk_slice state)
{
	static const char *const names[] = {
	    [DESK_HTML_DATA] = "\"Data state\"",
	    [DESK_HTML_RCDATA] = "\"RCDATA state\"",
	    [DESK_HTML_RAWTEXT] = "\"RAWTEXT state\"",
	    [DESK_HTML_SCRIPT] = "\"Script data state\"",
	    [DESK_HTML_PLAINTEXT] = "\"PLAINTEXT state\"",
	    [DESK_HTML_CDATA] = "\"CDATA section state\"",
	};
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (desk_slice_is(state, names[i]))
			return (enum desk_html_mode)i;
	ok(false, "a state that is known");
	return DESK_HTML_DATA;
}

/* Whether a doubly escaped string has half a surrogate pair.  In the suite
 * whole pairs are never escaped twice. */
static bool
has_half_pair(struct desk_slice s)
{
	for (size_t i = 0; i + 4 < s.len; i++)
		if (s.data[i] == '\\' && s.data[i + 1] == 'u' &&
		    (s.data[i + 2] | 0x20) == 'd' && s.data[i + 3] >= '8')
			return true;
	return false;
}

static void
run(struct desk_slice value)
{
	struct test test = {.twice = false};
	struct desk_json walk = desk_json_open(value);
	struct desk_json_member m;
	while (desk_json_next(&walk, &m)) {
		if (desk_json_key_is(m.key, "description"))
			test.description = m.value;
		else if (desk_json_key_is(m.key, "input"))
			test.input = m.value;
		else if (desk_json_key_is(m.key, "output"))
			test.output = m.value;
		else if (desk_json_key_is(m.key, "initialStates"))
			test.states = m.value;
		else if (desk_json_key_is(m.key, "lastStartTag"))
			test.last = m.value;
		else if (desk_json_key_is(m.key, "doubleEscaped"))
			test.twice = m.kind == DESK_JSON_TRUE;
	}
	if (test.twice && has_half_pair(test.input)) {
		left_out++;
		return;
	}
	if (!test.states.data) {
		run_in(&test, DESK_HTML_DATA);
		return;
	}
	walk = desk_json_open(test.states);
	while (desk_json_next(&walk, &m))
		run_in(&test, mode_named(m.value));
}

static void
run_file(const char *name)
{
	char path[512];
	struct desk_buffer file = {0};
	struct desk_arena arena = {0};
	struct desk_json_member *members = NULL, m;
	enum desk_json_kind kind;
	size_t count = 0, n;
	snprintf(path, sizeof path, "%s/%s", SUITE, name);
	FILE *f = fopen(path, "rb");
	do {
		char *to = desk_buffer_reserve(&file, 65536);
		n = f && to ? fread(to, 1, 65536, f) : 0;
		file.len += n;
	} while (n);
	if (f)
		fclose(f);
	ok(!desk_json_scan(desk_slice(file.data, file.len), &arena, &members,
	       &count, &kind, NULL),
	    name);
	for (size_t i = 0; i < count; i++) {
		bool ours = desk_json_key_is(members[i].key, "tests");
		struct desk_json walk = desk_json_open(members[i].value);
		while (desk_json_next(&walk, &m))
			if (ours)
				run(m.value);
			else
				left_out++;
	}
	desk_arena_release(&arena);
	desk_buffer_release(&file);
}

int
main(void)
{
	struct dirent **names;
	int count = scandir(SUITE, &names, NULL, alphasort);
	if (count < 0) {
		printf(
		    "ok 1 - conformance # skip %s is not there\n1..1\n", SUITE);
		return 0;
	}
	for (int i = 0; i < count; i++) {
		size_t len = strlen(names[i]->d_name);
		if (len > 5 && !strcmp(names[i]->d_name + len - 5, ".test"))
			run_file(names[i]->d_name);
		free(names[i]);
	}
	free(names);
	ok(ran > 6000, "the suite has its thousands of cases");
	printf("# %u cases read, %u left out\n", ran, left_out);
	release_lines();
	desk_buffer_release(&wanted);
	return done();
}
