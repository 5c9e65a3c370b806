/*
 * The decision: does a sentence end at this mark?
 *
 * Each decision has the name of the rule that made it.
 */
#ifndef DESK_SENTENCES_DECIDE_H
#define DESK_SENTENCES_DECIDE_H

#include "sentences/window.h"

enum desk_rule {
	/* Not decided: more text or the layout must be known first. */
	DESK_RULE_HUNGRY,
	DESK_RULE_LAYOUT,

	/* The sentence goes on. */
	DESK_RULE_RUN,		/* a run of marks that goes on */
	DESK_RULE_WORDLESS,	/* no word before the mark */
	DESK_RULE_BRACKETED,	/* "[...]", or inside brackets */
	DESK_RULE_INSIDE,	/* no blank after it: numbers, hosts, files */
	DESK_RULE_MARKER,	/* "1." in front of a list item */
	DESK_RULE_ABBREVIATION, /* see the classes */
	DESK_RULE_INITIAL,	/* "J. Smith" */
	DESK_RULE_ORDINAL,	/* "12. Juni" */
	DESK_RULE_SHORT,	/* a word that may be an abbreviation */
	DESK_RULE_LOWER,	/* goes on in lower case */
	DESK_RULE_SAID,		/* "What?" Jane asked */
	DESK_RULE_NAME,		/* "Yahoo! Inc." */
	DESK_RULE_JOINED,	/* a comma or the like follows */
	DESK_RULE_QUOTED,	/* inside a quotation that is held together */
	DESK_RULE_FLOWED,	/* a line that goes on in the next one */

	/* The sentence ends. */
	DESK_RULE_LINE,	    /* with the line, the paragraph or the text */
	DESK_RULE_STOP,	    /* a full stop */
	DESK_RULE_MARK,	    /* ! or ? */
	DESK_RULE_DOTS,	    /* an ellipsis, and a capital follows */
	DESK_RULE_OPENER,   /* an abbreviation, but a sentence opens after it */
	DESK_RULE_SCRIPT,   /* a mark that needs no blank */
	DESK_RULE_GLUED,    /* the blank was lost */
	DESK_RULE_NOTE,	    /* after the number of a note */
	DESK_RULE_ELLIPSIS, /* the next one opens with an ellipsis */
	DESK_RULE_ITEM,	    /* the next list item begins */
	DESK_RULES
};

/* What a rule is called. */
const char *desk_rule_name(enum desk_rule rule);

static inline bool
desk_rule_splits(enum desk_rule rule)
{
	return rule >= DESK_RULE_LINE;
}

/* Where the sentence ends if it does, else where to go on reading; the next
 * one begins in the same line (alone: it does not). */
struct desk_decision {
	enum desk_rule rule;
	size_t end;
	bool alone;
};

/* Whether the candidate at a place is a mark that ends sentences. */
bool desk_is_end(struct desk_window *w, size_t at);

/* Whether a line without a mark at its end was ended all the same, in text
 * without blank lines: the next one begins as sentences do. */
bool desk_parts_lines(struct desk_window *w, size_t at, size_t next);

/* Whether a first line without a mark at its end can be a title, by its last
 * word and the first one of the next line. */
bool desk_ends_title(
    struct desk_window *w, size_t at, const struct desk_token *next);

/* Decides about the candidate (no line end) at a place. */
void desk_decide(struct desk_window *w, size_t at, struct desk_decision *d);

#endif
