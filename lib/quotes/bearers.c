/*
 * bearers.c - whom a document gives a role to.
 *
 * The roles were read beside names (names.c); a modifier tells the president of
 * one country from that of another.
 */
#include <string.h>

#include "quotes/names.h"
#include "quotes/words.h"

static uint8_t
role_of(struct desk_slice s)
{
	return desk_role_classes(s.data, s.len);
}

/* "Chinese" and "China", "French" and "France". */
static bool
same_modifier(struct desk_slice a, struct desk_slice b)
{
	size_t same = desk_names_common(a, b);
	if (same >= 4 || (same == a.len && same == b.len))
		return true;
	char both[64];
	for (int swap = 0; swap < 2; swap++) {
		struct desk_slice x = swap ? b : a, y = swap ? a : b;
		if (x.len + y.len + 1 >= sizeof both)
			return false;
		memcpy(both, x.data, x.len);
		both[x.len] = ' ';
		memcpy(both + x.len + 1, y.data, y.len);
		if (desk_role_classes(both, x.len + y.len + 1) & DESK_R_NATION)
			return true;
	}
	return false;
}

bool
desk_names_bears_other(const struct desk_names *n, int32_t name,
    struct desk_slice role, struct desk_slice modifier)
{
	bool other = false;
	if (!desk_names_proper(modifier))
		return false;
	for (size_t i = 0; i < n->role_count; i++) {
		const struct desk_role *r = &n->roles[i];
		if (r->name != (uint32_t)name ||
		    !desk_names_same(r->role, role) ||
		    !desk_names_proper(r->modifier))
			continue;
		if (same_modifier(r->modifier, modifier))
			return false;
		other = true;
	}
	return other;
}

/* Whether the document gives a name a role that is not of another country or
 * office: then he may be meant. */
static bool
may_bear(const struct desk_names *n, int32_t name, bool head)
{
	bool bears = false;
	for (size_t i = 0; i < n->role_count; i++) {
		const struct desk_role *r = &n->roles[i];
		if (r->name != (uint32_t)name)
			continue;
		if (desk_names_proper(r->modifier))
			return false;
		bears |= head && role_of(r->role) & DESK_R_HEAD;
	}
	return bears;
}

/* The only one whom the document gives a role, and that of no place: "the Hill
 * governor" where there is one "Governor Brook". */
static int32_t
only_bearer(const struct desk_names *n, struct desk_slice role)
{
	int32_t name = DESK_NO_NAME;
	for (size_t i = 0; i < n->role_count; i++) {
		const struct desk_role *r = &n->roles[i];
		if (!desk_names_same(r->role, role))
			continue;
		if (r->modifier.len || (name >= 0 && (uint32_t)name != r->name))
			return DESK_NO_NAME;
		name = (int32_t)r->name;
	}
	return name;
}

int32_t
desk_names_role(const struct desk_names *n, struct desk_slice role,
    struct desk_slice modifier, int32_t likely)
{
	int32_t best = DESK_NO_NAME;
	bool head = role_of(role) & DESK_R_HEAD;
	int own = 0;
	for (size_t i = n->role_count; i-- > 0;) {
		const struct desk_role *r = &n->roles[i];
		if (!desk_names_same(r->role, role) &&
		    !(head && role_of(r->role) & DESK_R_HEAD))
			continue;
		if (modifier.len &&
		    (!r->modifier.len || !same_modifier(r->modifier, modifier)))
			continue;
		/* "the president", who is not that of another country */
		int here = 2 * desk_names_same(r->role, role) +
			   !desk_names_proper(r->modifier);
		if (best < 0 || here > own ||
		    (here == own &&
			n->list[r->name].seen > n->list[best].seen)) {
			best = (int32_t)r->name;
			own = here;
		}
	}
	bool nation = modifier.len && role_of(modifier) & DESK_R_NATION;
	if (best < 0 && likely >= 0 && !nation && may_bear(n, likely, head))
		best = likely;
	return best < 0 && modifier.len ? only_bearer(n, role) : best;
}

/* Whether a name has a word in it, or ends in it. */
static bool
has_word(const struct desk_name *name, struct desk_slice word, bool last)
{
	struct desk_slice text = name->text;
	for (size_t i = 0; i + word.len <= text.len; i++)
		if ((!i || text.data[i - 1] == ' ') &&
		    !memcmp(text.data + i, word.data, word.len) &&
		    (i + word.len == text.len ||
			(!last && text.data[i + word.len] == ' ')))
			return true;
	return false;
}

int32_t
desk_names_paper(const struct desk_names *n, struct desk_slice word)
{
	static const char *const papers[] = {"Chronicle", "Courier", "Daily",
	    "Examiner", "Express", "Gazette", "Globe", "Guardian", "Herald",
	    "Inquirer", "Journal", "Mail", "Mirror", "News", "Observer", "Post",
	    "Press", "Record", "Register", "Review", "Standard", "Star", "Sun",
	    "Telegraph", "Times", "Tribune"};
	static const char *const bodies[] = {"Administration", "Agency",
	    "Association", "Authority", "Board", "Bureau", "Commission",
	    "Committee", "Council", "Department", "Federation", "Foundation",
	    "Institute", "Ministry", "Tribunal", "Union"};
	enum { LOOK = 256 };
	int32_t whole = DESK_NO_NAME;
	bool paper =
	    desk_slice_any(word, papers, sizeof papers / sizeof *papers);
	if (!paper &&
	    !desk_slice_any(word, bodies, sizeof bodies / sizeof *bodies))
		return whole;
	for (size_t i = 0; i < n->count && i < LOOK; i++) {
		const struct desk_name *b = &n->list[i];
		if (b->person || b->words < 2 || !has_word(b, word, paper) ||
		    (b->words == 2 && !memcmp(b->text.data, "The ", 4)))
			continue;
		struct desk_slice a = whole < 0 ? b->text : n->list[whole].text;
		size_t less = a.len < b->text.len ? a.len : b->text.len;
		/* "The Hill Times" and "Hill Times" are one */
		if (memcmp(a.data + a.len - less,
			b->text.data + b->text.len - less, less))
			return DESK_NO_NAME;
		if (whole < 0 || b->text.len > a.len)
			whole = (int32_t)i;
	}
	return whole;
}
