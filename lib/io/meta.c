/* meta.c - what a page says of itself, as it is written. */
#include "core/slice.h"
#include "io/form.h"

void
desk_meta_list(const struct desk_record *record, struct desk_meta_item *items)
{
	const struct desk_meta *m = &record->doc->meta;
	/* The address that a page was read from is the surer one. */
	struct desk_slice url = record->url.data ? record->url : m->url;
	const struct desk_meta_item list[DESK_META_COUNT] = {
	    {"title", m->title}, {"author", m->author}, {"date", m->date},
	    {"site", m->site}, {"lang", m->lang}, {"url", url}};
	memcpy(items, list, sizeof list);
}

void
desk_meta_write(struct desk_record *record, struct desk_buffer *out)
{
	struct desk_meta_item items[DESK_META_COUNT];
	desk_meta_list(record, items);
	for (int i = 0; i < DESK_META_COUNT; i++) {
		struct desk_slice value = items[i].value;
		if (!value.data)
			continue;
		const char *name = items[i].name;
		if (!strcmp(name, "url"))
			name = "URL";
		/* A capital letter, and a value on one line. */
		desk_buffer_byte(out, (char)(*name & ~0x20));
		desk_buffer_string(out, name + 1);
		desk_buffer_string(out, ": ");
		for (size_t k = 0; k < value.len; k++)
			desk_buffer_byte(out, (unsigned char)value.data[k] < ' '
						  ? ' '
						  : value.data[k]);
		desk_buffer_byte(out, '\n');
	}
	desk_buffer_byte(out, '\n');
}
