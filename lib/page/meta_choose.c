/*
 * meta_choose.c - of all that a page says of itself, what is handed on.
 *
 * Site, address and language are taken from where they are told best; title,
 * author and date have rules of their own, in files of their own.
 */
#include "page/meta_choose.h"

#include <string.h>

#include "core/error.h"
#include "core/slice.h"

/* The host of an address, "www." left out. */
static struct desk_slice
host_of(struct desk_slice url)
{
	size_t start = 0, end;
	for (size_t i = 0; i + 3 <= url.len && i < 12; i++)
		if (!memcmp(url.data + i, "://", 3))
			start = i + 3;
	if (!start && url.len > 2 && !memcmp(url.data, "//", 2))
		start = 2;
	if (!start)
		return desk_slice(NULL, 0);
	if (url.len - start > 4 && !memcmp(url.data + start, "www.", 4))
		start += 4;
	for (end = start; end < url.len; end++)
		if (memchr("/?#:", url.data[end], 4))
			break;
	return desk_slice(url.data + start, end - start);
}

static bool
absolute(struct desk_slice url)
{
	return url.len > 8 && (!memcmp(url.data, "http://", 7) ||
				  !memcmp(url.data, "https://", 8));
}

static void
choose_url(struct desk_meta_chooser *c, struct desk_slice known)
{
	struct desk_slice og = c->notes->values[DESK_KEY_URL];
	if (absolute(c->notes->canonical))
		c->url = c->notes->canonical;
	else if (absolute(og))
		c->url = og;
	else
		c->url = known;
	c->host = host_of(known.len ? known : c->url);
}

/* The name of the publisher, or of the site, as JSON-LD has it. */
static struct desk_slice
json_site(const struct desk_meta_chooser *c)
{
	const struct desk_meta_notes *notes = c->notes;
	for (size_t i = 0; i < notes->record_count; i++) {
		const struct desk_meta_record *r = notes->records + i;
		if (r->types & (UINT32_C(1) << DESK_KEY_TYPE_SITE) &&
		    r->name.len)
			return desk_meta_json_text(
			    c->arena, r->name, DESK_META_BYTES);
	}
	return desk_slice(NULL, 0);
}

/* en_US and "English (US)" are no tags; de-de is one. */
static struct desk_slice
choose_lang(const struct desk_meta_chooser *c)
{
	const struct desk_meta_record *r = desk_meta_json_main(c->notes, true);
	struct desk_slice from[] = {c->notes->lang,
	    c->notes->values[DESK_KEY_LANG],
	    r ? desk_meta_json_text(c->arena, r->language, DESK_META_BYTES)
	      : desk_slice(NULL, 0)};
	for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
		struct desk_slice s = from[i];
		size_t letters = 0, part = 0, n = 0;
		char *tag = desk_arena_alloc(c->arena, s.len + 1);
		for (; tag && n < s.len && n < 35; n++) {
			char ch = s.data[n] == '_' ? '-' : s.data[n];
			bool letter = (ch | 0x20) >= 'a' && (ch | 0x20) <= 'z';
			if (!letter && ch != '-' && !(ch >= '0' && ch <= '9'))
				break;
			part += ch == '-';
			letters += letter && !part;
			tag[n] = ch;
		}
		if (tag && n == s.len && (letters == 2 || letters == 3))
			return desk_slice(tag, n);
	}
	return desk_slice(NULL, 0);
}

int
desk_meta_choose(const struct desk_page *page, const bool *content,
    struct desk_slice url, struct desk_arena *arena, struct desk_meta *meta,
    struct desk_error *error)
{
	struct desk_meta_chooser c = {.page = page,
	    .notes = page->notes,
	    .content = content,
	    .arena = arena};
	*meta = (struct desk_meta){0};
	/* Whether there is room at all: what fails later is left out. */
	if (!desk_arena_alloc(arena, 8 * DESK_META_BYTES))
		return desk_fail_memory(error);
	choose_url(&c, url);
	c.site = c.notes->values[DESK_KEY_SITE];
	if (!c.site.len)
		c.site = json_site(&c);
	c.lang = choose_lang(&c);
	desk_meta_choose_title(&c);
	desk_meta_choose_author(&c, &meta->author);
	desk_meta_choose_date(&c, &meta->date);
	meta->title = c.title;
	meta->site = c.site;
	meta->lang = c.lang;
	meta->url = c.url;
	return 0;
}
