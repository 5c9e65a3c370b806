/*
 * pattern.c - regular expressions that users give.
 *
 * PCRE2 with Unicode, and limits on the steps and the memory of a match: an
 * expression that goes beyond them is said to, it never just fails to match.
 */
#include "doc/pattern.h"

#include <pcre2.h>
#include <stdio.h>

#include "core/error.h"
#include "core/memory.h"
#include "core/utf8.h"

enum { STEPS = 200000, DEPTH = 2000, HEAP_KIB = 4096 };

struct desk_pattern {
	pcre2_general_context *memory;
	pcre2_match_context *limits;
	pcre2_code *code;
};

/* PCRE2's own words for an error. */
static int
explain(struct desk_error *error, struct desk_slice s, int failure, size_t at)
{
	char why[160];
	if (failure == PCRE2_ERROR_HEAP_FAILED || failure == 121)
		return desk_fail_memory(error);
	if (pcre2_get_error_message(failure, (PCRE2_UCHAR *)why, sizeof why) <
	    0)
		snprintf(why, sizeof why, "error %d", failure);
	int code = desk_fail(error, DESK_EUSAGE,
	    "bad regular expression: %s at character %zu", why,
	    desk_utf8_count(s.data, at < s.len ? at : s.len) + 1);
	if (error)
		error->offset = at;
	return code;
}

struct desk_pattern *
desk_pattern_new(struct desk_slice expression, struct desk_error *error)
{
	struct desk_pattern *p = desk_calloc(1, sizeof *p);
	int failure;
	PCRE2_SIZE at;
	if (!p) {
		desk_fail_memory(error);
		return NULL;
	}
	p->memory = pcre2_general_context_create(
	    desk_memory_take, desk_memory_give, NULL);
	p->limits = p->memory ? pcre2_match_context_create(p->memory) : NULL;
	pcre2_compile_context *context =
	    p->limits ? pcre2_compile_context_create(p->memory) : NULL;
	if (!context) {
		desk_fail_memory(error);
		desk_pattern_free(p);
		return NULL;
	}
	pcre2_set_match_limit(p->limits, STEPS);
	pcre2_set_depth_limit(p->limits, DEPTH);
	pcre2_set_heap_limit(p->limits, HEAP_KIB);
	p->code = pcre2_compile((PCRE2_SPTR)expression.data, expression.len,
	    PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &failure, &at,
	    context);
	pcre2_compile_context_free(context);
	if (!p->code) {
		explain(error, expression, failure, at);
		desk_pattern_free(p);
		return NULL;
	}
	return p;
}

void
desk_pattern_free(struct desk_pattern *p)
{
	if (!p)
		return;
	pcre2_code_free(p->code);
	pcre2_match_context_free(p->limits);
	pcre2_general_context_free(p->memory);
	desk_free(p);
}

int
desk_pattern_match(const struct desk_pattern *p, struct desk_slice text,
    struct desk_error *error)
{
	pcre2_match_data *scratch = pcre2_match_data_create(1, p->memory);
	if (!scratch)
		return desk_fail_memory(error);
	int rc = pcre2_match(p->code, (PCRE2_SPTR)text.data, text.len, 0,
	    PCRE2_NO_UTF_CHECK, scratch, p->limits);
	pcre2_match_data_free(scratch);
	if (rc >= 0 || rc == PCRE2_ERROR_NOMATCH)
		return rc >= 0;
	if (rc == PCRE2_ERROR_NOMEMORY)
		return desk_fail_memory(error);
	size_t shown =
	    desk_utf8_valid(text.data, text.len < 60 ? text.len : 60);
	return desk_fail(error, DESK_ELIMIT,
	    "regular expression takes too many steps on '%.*s'", (int)shown,
	    text.data);
}
