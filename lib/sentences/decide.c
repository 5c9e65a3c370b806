/*
 * decide.c - does a sentence end at this mark?
 *
 * A candidate is a mark that may end a sentence.  First its tail is read:
 * the run of marks, the closing quotes and brackets that belong to them, notes
 * like "[3]", debris like a lone stop.  Then the word before it and the one
 * after it decide, by the classes that the lists give them.
 */
#include "sentences/decide.h"

#include <string.h>

#include "sentences/marker.h"
#include "sentences/stop.h"
#include "sentences/tail.h"

/* Brackets that are open for longer were forgotten. */
enum { BRACKET_MAX = 512, SPEECH_WORDS = 12, NOTES_MAX = 4 };

static const char *const names[DESK_RULES] = {
    [DESK_RULE_HUNGRY] = "undecided",
    [DESK_RULE_LAYOUT] = "undecided",
    [DESK_RULE_RUN] = "run",
    [DESK_RULE_WORDLESS] = "no-word",
    [DESK_RULE_BRACKETED] = "brackets",
    [DESK_RULE_INSIDE] = "no-blank",
    [DESK_RULE_MARKER] = "marker",
    [DESK_RULE_ABBREVIATION] = "abbreviation",
    [DESK_RULE_INITIAL] = "initial",
    [DESK_RULE_ORDINAL] = "ordinal",
    [DESK_RULE_SHORT] = "short-word",
    [DESK_RULE_LOWER] = "lower-case",
    [DESK_RULE_SAID] = "attribution",
    [DESK_RULE_NAME] = "name",
    [DESK_RULE_JOINED] = "joined",
    [DESK_RULE_QUOTED] = "quotation",
    [DESK_RULE_FLOWED] = "flowed-line",
    [DESK_RULE_LINE] = "line-end",
    [DESK_RULE_STOP] = "stop",
    [DESK_RULE_MARK] = "mark",
    [DESK_RULE_DOTS] = "dots",
    [DESK_RULE_OPENER] = "opener",
    [DESK_RULE_SCRIPT] = "script",
    [DESK_RULE_GLUED] = "lost-blank",
    [DESK_RULE_NOTE] = "note",
    [DESK_RULE_ELLIPSIS] = "ellipsis",
    [DESK_RULE_ITEM] = "item",
};

const char *
desk_rule_name(enum desk_rule rule)
{
	return names[rule];
}

/* A word before a stop that ended the line may be read as it stands. */
static bool
is_plain(
    const struct desk_ending *e, const struct desk_token *t, uint32_t classes)
{
	if (e->quote || e->bracket)
		return false;
	if (!(e->marks & (DESK_MARK_STOP | DESK_MARK_DOTS)))
		return true;
	return desk_is_stop(e) && !e->spaced && t->count != 1 && !t->acronym &&
	       (!classes || classes & DESK_ABBR_WORD);
}

/* ! or ? and white space. */
static enum desk_rule
decide_mark(struct desk_window *w, const struct desk_ending *e,
    const struct desk_token *t, const struct desk_sequel *q)
{
	bool asks = w->text[e->at] != '!';
	if (desk_is_capital(w, q)) {
		if (e->quote && !q->sign && desk_is_said(w, q->word))
			return DESK_RULE_SAID;
		if (desk_word_of(w, t) & DESK_WORD_BANG && !q->sign &&
		    !(desk_sequel_word(w, q) & DESK_WORD_STARTER))
			return DESK_RULE_NAME;
		return DESK_RULE_MARK;
	}
	if (!(q->class & DESK_LOWER))
		return q->class && desk_nest_at(w, e->end)->brackets
			   ? DESK_RULE_BRACKETED
			   : DESK_RULE_MARK;
	if (desk_is_address(w, q))
		return DESK_RULE_MARK;
	if (e->quote || e->bracket || q->dash || e->dots)
		return DESK_RULE_LOWER;
	if (!desk_is_careless(w, q))
		return q->inverted || asks ? DESK_RULE_MARK : DESK_RULE_LOWER;
	if (desk_is_said(w, q->word))
		return DESK_RULE_SAID;
	/* "Yahoo! in": a name; "huh? in": who knows. */
	if (t->capital && !asks && !(desk_sequel_word(w, q) & DESK_WORD_BARE))
		return DESK_RULE_LOWER;
	return DESK_RULE_MARK;
}

static enum desk_rule
decide_dots(struct desk_window *w, const struct desk_ending *e,
    const struct desk_sequel *q)
{
	if (!desk_is_capital(w, q))
		return desk_is_address(w, q) ? DESK_RULE_DOTS : DESK_RULE_LOWER;
	struct desk_token word;
	desk_token_at(w, q->word, &word);
	/* "and so . . . I did": no sign of a new sentence. */
	if (word.len == 1 && word.folded[0] == 'i' && e->spaced)
		return DESK_RULE_LOWER;
	return DESK_RULE_DOTS;
}

/* The number of a note right behind a stop, ".10 This": its end, or 0. */
static size_t
note_number(struct desk_window *w, const struct desk_ending *e,
    const struct desk_token *t)
{
	size_t at = e->end, size;
	bool word = t->letters && t->len > 2 && !t->capital;
	if (!word && !(desk_sign_before(w, e->at).mark & DESK_MARK_CLOSE))
		return 0;
	while (at - e->end < 4 && desk_peek(w, at, &size) - '0' < 10u)
		at++;
	if (at == e->end || at - e->end > 3)
		return 0;
	struct desk_gap gap = desk_gap_at(w, at);
	struct desk_token more;
	for (int i = 0; i < NOTES_MAX && !gap.over && gap.to > at; i++) {
		desk_token_at(w, gap.to, &more);
		if (!more.digits || more.len > 3)
			break;
		at = more.end;
		gap = desk_gap_at(w, at);
	}
	if (gap.over || gap.to == at ||
	    !(desk_sign_at(w, gap.to).class & DESK_UPPER))
		return 0;
	return at;
}

/* A mark of a script whose sentences stand without blanks between. */
static enum desk_rule
decide_script(
    struct desk_window *w, const struct desk_ending *e, struct desk_sign next)
{
	if (e->quote && next.class & DESK_WORD)
		return DESK_RULE_SAID;
	if (e->marks == DESK_MARK_WIDE && next.class & DESK_DIGIT &&
	    desk_sign_before(w, e->at).class & DESK_DIGIT &&
	    desk_sign_at(w, e->at).c == 0xFF0E)
		return DESK_RULE_INSIDE;
	const struct desk_nest *nest = desk_nest_at(w, e->end);
	if (nest->brackets && e->end - nest->opened < BRACKET_MAX)
		return DESK_RULE_BRACKETED;
	return DESK_RULE_SCRIPT;
}

/* No white space: a lost blank, or something else altogether. */
static struct desk_decision
decide_glued(struct desk_window *w, struct desk_ending *e,
    const struct desk_token *t, uint32_t classes)
{
	struct desk_decision d = {DESK_RULE_INSIDE, e->end, false};
	struct desk_sign next = desk_sign_at(w, e->end);
	if (e->marks & (DESK_MARK_WIDE | DESK_MARK_SCRIPT)) {
		d.rule = decide_script(w, e, next);
		return d;
	}
	size_t end;
	if (e->marks == DESK_MARK_STOP && !classes &&
	    (end = note_number(w, e, t)))
		return (struct desk_decision){DESK_RULE_NOTE, end, false};
	if (e->dots > 1 || e->marks & DESK_MARK_DOTS || classes)
		return d;
	struct desk_sign before = desk_sign_before(w, e->at);
	bool closed = e->quote || e->bracket;
	if (!closed && !(before.class & (DESK_LOWER | DESK_DIGIT)))
		return d;
	if (!closed && (t->dotted || t->count < 2))
		return d;
	/* A straight quote goes to the side that it makes even. */
	size_t word = e->end;
	if (next.c == '"') {
		word++;
		if (desk_odd_marks(w, e->end, '"'))
			d.end = word;
	} else if (next.mark & DESK_MARK_OPEN) {
		word += next.size;
	}
	struct desk_token after;
	struct desk_sign first = desk_sign_at(w, word);
	struct desk_sign second = desk_sign_at(w, word + first.size);
	desk_token_at(w, word, &after);
	uint32_t class = desk_word_of(w, &after);
	bool opens = (class & DESK_WORD_STARTER) != 0;
	if (!(first.class & DESK_UPPER))
		return d;
	/* A host's name has no such letters. */
	bool foreign = before.c > 0x24F && before.class & DESK_LOWER;
	if (!(second.class & DESK_LOWER) && !foreign &&
	    !(opens && second.class & DESK_SPACE && !closed))
		return d;
	if (before.class & DESK_DIGIT && !closed && !opens)
		return d;
	if (word == e->end && (!after.letters || desk_in_host(w, e->at)))
		return d;
	struct desk_sign behind = desk_sign_at(w, after.end);
	/* A path, a call, or a name that goes on in lower case. */
	if (word == e->end &&
	    (behind.c == '.' || behind.c == '/' || behind.c == '(' ||
		behind.c == '_') &&
	    desk_sign_at(w, after.end + 1).class & (DESK_LOWER | DESK_DIGIT))
		return d;
	if (word == e->end && class & DESK_WORD_HOST)
		return d;
	d.rule = DESK_RULE_GLUED;
	return d;
}

/* Whether there is a letter or digit in the sentence before a place. */
static bool
has_word(struct desk_window *w, size_t at)
{
	size_t size;
	if (at - w->start > 64)
		return true;
	for (size_t i = w->start; i < at; i += size)
		if (desk_class_of(desk_peek(w, i, &size)) & DESK_WORD)
			return true;
	return false;
}

/* "He said:", in a language whose colons end sentences. */
static bool
is_speech(struct desk_window *w, size_t at, const struct desk_sequel *q)
{
	if (!(w->language->habits & DESK_HABIT_COLON))
		return false;
	struct desk_token word;
	for (int i = 0; i < SPEECH_WORDS && at > w->start; i++) {
		desk_token_before(w, at, &word);
		if (desk_word_of(w, &word) & DESK_WORD_SAID)
			return true;
		at = word.start - desk_sign_before(w, word.start).size;
	}
	return q->quote || q->class & DESK_DIGIT;
}

/* "abandoned. . . . The": a stop, then the ellipsis of what comes next. */
static bool
opens_with_ellipsis(struct desk_window *w, const struct desk_ending *e,
    const struct desk_sequel *q)
{
	return e->spaced && e->dots == 4 && e->end == e->at + 7 &&
	       w->text[e->at + 1] == ' ' && desk_is_capital(w, q) &&
	       desk_sign_before(w, e->at).class & DESK_WORD;
}

/* White space comes after the candidate, and more of the line behind it. */
static struct desk_decision
decide_spaced(struct desk_window *w, struct desk_ending *e,
    const struct desk_token *token, uint32_t classes)
{
	size_t had = e->end, number;
	desk_read_tails(w, e);
	struct desk_decision d = {DESK_RULE_LINE, e->end, true};
	if (e->end > had && desk_gap_at(w, e->end).over)
		return d;
	struct desk_sequel q = desk_read_sequel(w, e->end);
	if (q.gap.over)
		return d;
	if (q.class & DESK_DIGIT && !classes && !q.sign &&
	    (number = desk_lone_number(w, q.word))) {
		d.end = number;
		d.alone = desk_gap_at(w, number).over;
		d.rule = DESK_RULE_NOTE;
		return d;
	}
	d.alone = false;
	if (q.join)
		d.rule = DESK_RULE_JOINED;
	else if (q.dash && desk_nest_at(w, e->end)->quotes)
		d.rule = DESK_RULE_SAID;
	else if (opens_with_ellipsis(w, e, &q))
		d = (struct desk_decision){
		    DESK_RULE_ELLIPSIS, e->at + 1, false};
	else if (e->marks & (DESK_MARK_WIDE | DESK_MARK_SCRIPT))
		d.rule = decide_script(w, e, desk_sign_at(w, e->end));
	else if (w->text[e->at] == ':' && is_speech(w, e->at, &q))
		d.rule = DESK_RULE_SAID;
	else if (e->marks & DESK_MARK_MARK)
		d.rule = decide_mark(w, e, token, &q);
	else if (desk_is_stop(e))
		d.rule = desk_decide_stop(w, e, token, classes, &q);
	else
		d.rule = decide_dots(w, e, &q);
	return d;
}

static struct desk_decision
decide_end(struct desk_window *w, size_t at)
{
	struct desk_ending e = {.at = at, .end = at};
	desk_read_run(w, &e);
	struct desk_decision d = {DESK_RULE_RUN, e.end, false};
	if (e.endless)
		return d;
	d.rule = DESK_RULE_WORDLESS;
	if (!has_word(w, at))
		return d;
	struct desk_sign before = desk_sign_before(w, at);
	if ((before.c == '(' || before.c == '[') && e.bracket) {
		d.rule = DESK_RULE_BRACKETED;
		d.end = e.shut;
		return d;
	}
	/* "Fax:?": the mark of a lost character. */
	if (before.c == ':')
		return d;
	size_t size, word = at;
	bool inside = desk_peek(w, e.end, &size) - 'a' < 26u;
	if (inside && !(e.marks & (DESK_MARK_WIDE | DESK_MARK_SCRIPT))) {
		d.rule = DESK_RULE_INSIDE;
		return d;
	}
	/* Tokenised text has a blank before its stops. */
	if (before.c == ' ')
		word--;
	struct desk_token token;
	uint32_t classes = 0;
	desk_token_before(w, word, &token);
	bool stop = desk_is_stop(&e);
	if (stop)
		classes = desk_classes_of(w, &token);
	bool hungry = w->hungry;
	w->hungry = false;
	struct desk_gap gap = desk_gap_at(w, e.end);
	/* What may join the next line has to wait for it. */
	bool over = gap.over && !w->hungry;
	if (over || (gap.lines && is_plain(&e, &token, classes))) {
		w->hungry = w->layout = false;
		return (struct desk_decision){DESK_RULE_LINE, e.end, true};
	}
	if (gap.over)
		return d;
	w->hungry |= hungry;
	if (gap.to == e.end)
		return decide_glued(w, &e, &token, classes);
	if (stop && !e.quote && word == at &&
	    desk_is_marker(w, token.start, token.end)) {
		d.rule = DESK_RULE_MARKER;
		return d;
	}
	return decide_spaced(w, &e, &token, classes);
}

bool
desk_is_end(struct desk_window *w, size_t at)
{
	return desk_sign_at(w, at).mark & DESK_MARK_END ||
	       desk_script_mark(w, at);
}

bool
desk_parts_lines(struct desk_window *w, size_t at, size_t next)
{
	struct desk_token before, word;
	desk_token_at(w, next, &word);
	/* Nobody puts a stop behind an address. */
	if ((word.capital || desk_sign_at(w, next).class & DESK_DIGIT) &&
	    desk_in_host(w, at))
		return true;
	if (!word.capital || !(desk_word_of(w, &word) & DESK_WORD_STARTER))
		return false;
	struct desk_sign last = desk_sign_before(w, at);
	if (last.mark & DESK_MARK_DASH || last.c == ';')
		return true;
	desk_token_before(w, at, &before);
	return word.count > 1 && before.len && !before.capital &&
	       !(desk_word_of(w, &before) & DESK_WORD_STARTER);
}

bool
desk_ends_title(struct desk_window *w, size_t at, const struct desk_token *next)
{
	struct desk_token last;
	desk_token_before(w, at, &last);
	if (!next->capital || !last.letters ||
	    desk_word_of(w, &last) & DESK_WORD_STARTER)
		return false;
	return !last.capital || desk_word_of(w, next) & DESK_WORD_WHEN;
}

void
desk_decide(struct desk_window *w, size_t at, struct desk_decision *d)
{
	w->hungry = w->layout = false;
	struct desk_sign s = desk_sign_at(w, at);
	d->rule = DESK_RULE_INSIDE;
	d->end = at + s.size;
	d->alone = false;
	if (desk_opens_item(w, at, &d->end))
		d->rule = DESK_RULE_ITEM;
	else if ((s.mark & DESK_MARK_END || desk_script_mark(w, at)) &&
		 !w->hungry)
		*d = decide_end(w, at);
	if (w->layout)
		d->rule = DESK_RULE_LAYOUT;
	if (w->hungry)
		d->rule = DESK_RULE_HUNGRY;
}
