/*
 * Rules for DATE, TIME, MONEY and PERCENT: PCRE2 patterns from lib/data, each
 * tried only where a trigger stands (a number, a month, a sign of currency).
 */
#ifndef DESK_ENTITIES_RULES_H
#define DESK_ENTITIES_RULES_H

#include <pcre2.h>

#include "copydesk.h"
#include "doc/tokens.h"
#include "entities/words.h"

/* One rule: label and pattern are places in the pool. */
struct desk_rule {
	uint32_t label, pattern, triggers;
};

struct desk_rule_set {
	const struct desk_rule *rules;
	uint32_t count;
	const char *pool;
};

/* The rules compiled; read-only after desk_rules_init(). */
struct desk_rules;

/* Without optional, leaves out the rules for relative dates. */
struct desk_rules *desk_rules_new(bool optional, struct desk_error *error);
void desk_rules_free(struct desk_rules *rules);

/* The label of rule number i; NULL behind the last. */
const char *desk_rules_label(const struct desk_rules *rules, size_t i);

/* What one thread needs to match by rules, which outlive it; from the heap,
 * NULL without memory. */
struct desk_matcher;
struct desk_matcher *desk_matcher_new(const struct desk_rules *rules);
void desk_matcher_free(struct desk_matcher *matcher);

/* The longest match that begins at token i of a segment: *end gets its end in
 * the text, the result is its label or NULL.  A matcher that is asked often has
 * its patterns made into machine code, where the system allows that. */
const char *desk_rules_match(struct desk_matcher *matcher,
    const struct desk_segment *segment, size_t i, uint32_t *end);

#endif
