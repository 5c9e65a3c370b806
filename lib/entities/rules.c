/*
 * rules.c - dates, times, amounts and percentages by PCRE2 patterns.
 *
 * A pattern is anchored at its trigger and sees a window of the line around
 * it: BEFORE bytes to look back, AFTER bytes to match in.  So the work for a
 * token is bounded, and a match limit bounds what a pattern may do in there.
 */
#include "entities/rules.h"

#include <string.h>

#include "core/error.h"

#include "entities/words.h"

#include "amounts.inc"
#include "times.inc"

enum {
	BEFORE = 16,
	AFTER = 96,
	MATCH_LIMIT = 20000, /* no window takes a fiftieth of that */
	OFTEN = 2048 /* tokens; machine code takes as long to make as it saves
			in three times as many */
};

struct rule {
	pcre2_code *code;
	const char *label;
	uint32_t triggers;
	const uint8_t *first; /* bits: bytes that begin a match; NULL: any */
};

struct desk_rules {
	pcre2_general_context *memory;
	pcre2_match_context *limits;
	bool optional;
	size_t count;
	struct rule rules[]; /* those of times.rules, then amounts.rules */
};

/* Rules are shared by threads, and machine code is made in place: each thread
 * that wants it has rules of its own. */
struct desk_matcher {
	const struct desk_rules *rules;
	struct desk_rules *own;
	pcre2_match_data *data;
	uint32_t asked;
};

static int
add(struct desk_rules *to, const struct desk_rule_set *set, bool optional,
    struct desk_error *error)
{
	pcre2_compile_context *context =
	    pcre2_compile_context_create(to->memory);
	if (!context)
		return desk_fail_memory(error);
	int rc = 0;
	for (size_t i = 0; i < set->count && !rc; i++) {
		const struct desk_rule *from = &set->rules[i];
		if (from->triggers & TRIGGER_OPTIONAL && !optional)
			continue;
		int code;
		PCRE2_SIZE at;
		struct rule *rule = &to->rules[to->count];
		rule->code = pcre2_compile(
		    (PCRE2_SPTR)(set->pool + from->pattern),
		    PCRE2_ZERO_TERMINATED, PCRE2_ANCHORED, &code, &at, context);
		rule->label = set->pool + from->label;
		rule->triggers = from->triggers;
		rule->first = NULL;
		if (rule->code)
			pcre2_pattern_info(rule->code, PCRE2_INFO_FIRSTBITMAP,
			    (void *)&rule->first);
		if (rule->code)
			to->count++;
		else if (code == PCRE2_ERROR_HEAP_FAILED)
			rc = desk_fail_memory(error);
		else
			rc = desk_fail(error, DESK_EDATA,
			    "bad pattern: error %d at %zu of '%.100s'", code,
			    (size_t)at, set->pool + from->pattern);
	}
	pcre2_compile_context_free(context);
	return rc;
}

struct desk_rules *
desk_rules_new(bool optional, struct desk_error *error)
{
	struct desk_rules *rules =
	    desk_calloc(1, sizeof *rules + (times.count + amounts.count) *
					       sizeof *rules->rules);
	if (!rules) {
		desk_fail_memory(error);
		return NULL;
	}
	rules->optional = optional;
	rules->memory = pcre2_general_context_create(
	    desk_memory_take, desk_memory_give, NULL);
	if (rules->memory)
		rules->limits = pcre2_match_context_create(rules->memory);
	int rc;
	if (!rules->limits)
		rc = desk_fail_memory(error);
	else if (!(rc = add(rules, &times, optional, error)))
		rc = add(rules, &amounts, optional, error);
	if (rc) {
		desk_rules_free(rules);
		return NULL;
	}
	pcre2_set_match_limit(rules->limits, MATCH_LIMIT);
	return rules;
}

void
desk_rules_free(struct desk_rules *rules)
{
	if (!rules)
		return;
	for (size_t i = 0; i < rules->count; i++)
		pcre2_code_free(rules->rules[i].code);
	pcre2_match_context_free(rules->limits);
	pcre2_general_context_free(rules->memory);
	desk_free(rules);
}

const char *
desk_rules_label(const struct desk_rules *rules, size_t i)
{
	return i < rules->count ? rules->rules[i].label : NULL;
}

struct desk_matcher *
desk_matcher_new(const struct desk_rules *rules)
{
	struct desk_matcher *matcher = desk_calloc(1, sizeof *matcher);
	if (!matcher)
		return NULL;
	matcher->rules = rules;
	matcher->data = pcre2_match_data_create(4, rules->memory);
	if (matcher->data)
		return matcher;
	desk_matcher_free(matcher);
	return NULL;
}

void
desk_matcher_free(struct desk_matcher *matcher)
{
	if (!matcher)
		return;
	pcre2_match_data_free(matcher->data);
	desk_rules_free(matcher->own);
	desk_free(matcher);
}

/* Goes over to machine code; where there is no memory or right to make it, the
 * rules do the same more slowly. */
static void
hasten(struct desk_matcher *matcher)
{
	struct desk_rules *own = desk_rules_new(matcher->rules->optional, NULL);
	for (size_t i = 0; own && i < own->count; i++)
		if (pcre2_jit_compile(own->rules[i].code, PCRE2_JIT_COMPLETE)) {
			desk_rules_free(own);
			return;
		}
	if (own)
		matcher->rules = matcher->own = own;
}

/* Where a word follows another without a blank, at a place or before it: a
 * match ends there at the latest ("Thursdayat"). */
static size_t
joint(const struct desk_segment *segment, size_t i, size_t to)
{
	const struct desk_token *t = &segment->tokens[i];
	for (i++; i < segment->count && t[1].start < to; i++, t++)
		if (t[1].start == t->end && t->shape < DESK_SHAPE_NUMBER &&
		    t[1].shape < DESK_SHAPE_NUMBER)
			return t->end;
	return to;
}

const char *
desk_rules_match(struct desk_matcher *matcher,
    const struct desk_segment *segment, size_t i, uint32_t *end)
{
	if (matcher->asked < OFTEN && ++matcher->asked == OFTEN)
		hasten(matcher);
	const struct desk_rules *rules = matcher->rules;
	uint32_t triggers = segment->words[i].triggers;
	size_t start = segment->tokens[i].start;
	size_t from =
	    start - segment->start < BEFORE ? segment->start : start - BEFORE;
	size_t to = segment->end - start < AFTER ? segment->end : start + AFTER;
	const char *s = segment->text.data, *label = NULL;
	unsigned char byte = (unsigned char)s[start];
	const char *line = memchr(s + start, '\n', to - start);
	if (line)
		to = (size_t)(line - s);
	to = joint(segment, i, to);
	*end = 0;
	for (size_t r = 0; r < rules->count; r++) {
		const struct rule *rule = &rules->rules[r];
		if (!(rule->triggers & triggers) ||
		    (rule->first && !(rule->first[byte / 8] >> byte % 8 & 1)))
			continue;
		int rc = pcre2_match(rule->code, (PCRE2_SPTR)(s + from),
		    to - from, start - from, 0, matcher->data, rules->limits);
		if (rc < 0)
			continue;
		size_t last =
		    from + pcre2_get_ovector_pointer(matcher->data)[1];
		/* What reaches the end of the window may be cut short. */
		bool cut = last == to && to == start + AFTER;
		if (last > *end && last > start && !cut) {
			*end = (uint32_t)last;
			label = rule->label;
		}
	}
	return label;
}
