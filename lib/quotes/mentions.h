/*
 * What a mention looks like: the words of a phrase that names who speaks, and
 * those beside it.  Places are numbers of items.
 */
#ifndef DESK_QUOTES_MENTIONS_H
#define DESK_QUOTES_MENTIONS_H

#include "quotes/link.h"

/* The text of items [a, b). */
struct desk_slice desk_items_text(
    const struct desk_paragraph *p, size_t a, size_t b);

/* Whether item i is a comma, or the word "the". */
bool desk_mention_comma(const struct desk_paragraph *p, size_t i);
bool desk_mention_the(
    const struct desk_paragraph *p, const struct desk_item *it);

/* Whether item i is 's, or the apostrophe of a plural. */
bool desk_mention_possessive(const struct desk_paragraph *p, size_t i);

/* The person in apposition behind a role: "the mayor of Hill, NAME,". */
const struct desk_item *desk_mention_apposed_behind(
    const struct desk_paragraph *p, struct desk_range r);

/* The two capitalised words or three in apposition behind a role, which no
 * tagger knew: "the minister of ports, Pham Ng, said"; or nothing. */
struct desk_range desk_mention_apposed_words(
    const struct desk_paragraph *p, struct desk_range r);

/* Whether a phrase has an owner: "the minister's spokesman". */
bool desk_mention_owned(const struct desk_paragraph *p, struct desk_range r);

/* Whether what stands behind a phrase answers somebody else. */
bool desk_mention_answers(const struct desk_paragraph *p, size_t i);

/* The end of "the Head" in "the Head of State", which is nobody's name; or the
 * start. */
size_t desk_mention_office(const struct desk_paragraph *p, struct desk_range r);

/* The start of the run of names that ends before item b. */
size_t desk_mention_name_start(
    const struct desk_paragraph *p, size_t a, size_t b);

/* Where a name with small words in it begins, that of no person; or the end. */
size_t desk_mention_long_start(
    const struct desk_paragraph *p, struct desk_range r);

/* Whether item i is capital for where it stands, if it is. */
bool desk_mention_first(const struct desk_paragraph *p, size_t i);

/* Whether one word is capital for where it stands and means several:
 * "Villagers". */
bool desk_mention_plural(const struct desk_paragraph *p, struct desk_range r);

/* The items of the possessor in a phrase: "Brook" of "Brook's letter to the
 * mayor", "her" of "her letter"; empty where there is none. */
struct desk_range desk_mention_possessor(
    const struct desk_paragraph *p, struct desk_range r);

/* Whether a mention is of more than one: "X and Y". */
bool desk_mention_several(const struct desk_paragraph *p, struct desk_range r);

/* The gender that a pronoun for one person shows, or none. */
unsigned desk_mention_gender(
    const struct desk_paragraph *p, const struct desk_item *it);

/* What "who" stands behind: "Anna Brook, who", "the clerk who". */
struct desk_range desk_mention_antecedent(
    const struct desk_paragraph *p, struct desk_range r);

/* "the Spaniard", "the 41-year-old": somebody who was named before. */
bool desk_mention_stands_for_one(
    const struct desk_paragraph *p, struct desk_range r);

/* "Hill campaign" of "the Hill campaign", which is named so; or nothing. */
struct desk_range desk_mention_staff(
    const struct desk_paragraph *p, struct desk_range r);

/* Whether what stands behind a phrase asks somebody else. */
bool desk_mention_asks(const struct desk_paragraph *p, size_t i);

/* Whether a phrase is of one person who is new: "a resident", "one of the
 * jurors", "another man". */
bool desk_mention_stranger(const struct desk_paragraph *p, struct desk_range r);

/* Whether a phrase is of one person or thing that a clause is about: "another
 * witness", "one of the jurors", but not "jurors", "according to the survey".
 */
bool desk_mention_single(const struct desk_paragraph *p, struct desk_range r);

#endif
