/*
 * pack.c - packs of a model: read and made.
 *
 * While they are made, rows that are found by key lie in the order in which
 * they first came, with an index of their own.
 */
#include "model/pack.h"

#include <string.h>

#include "core/error.h"

const unsigned char desk_pack_nothing[DESK_TABLE_STRIDE + DESK_TABLE_PAD];

static const char numbered[] = "rows"; /* the section of those without keys */

int
desk_packs_load(struct desk_table *packs, const struct desk_pack_form *forms,
    size_t count, const struct desk_modelfile *file, struct desk_error *error)
{
	struct desk_slice rows = desk_modelfile_find(file, numbered);
	size_t at = 0;
	for (size_t i = 0; i < count; i++) {
		packs[i] = (struct desk_table){.stride = forms[i].stride};
		if (forms[i].rows) {
			size_t size = (size_t)forms[i].rows * forms[i].stride;
			if (!rows.data || size > rows.len - at)
				goto damaged;
			packs[i].rows = (const unsigned char *)rows.data + at;
			at += size;
			continue;
		}
		struct desk_slice section =
		    desk_modelfile_find(file, forms[i].name);
		int rc = desk_table_load(&packs[i], section, error);
		if (rc)
			return rc;
		if (packs[i].stride != forms[i].stride)
			goto damaged;
	}
	if (rows.data ? rows.len - at == DESK_TABLE_PAD : !at)
		return 0;
damaged:
	return desk_fail(error, DESK_EDATA, "model is damaged");
}

/* One pack being made. */
struct making {
	uint32_t *keys; /* those found by key */
	unsigned char *rows;
	uint32_t count, room;
	uint32_t *index; /* 1 + place of a key, by its lower bits */
	size_t mask;
};

struct desk_packer {
	const struct desk_pack_form *forms;
	struct making *packs;
	size_t count;
};

struct desk_packer *
desk_packer_new(const struct desk_pack_form *forms, size_t count)
{
	struct desk_packer *p = desk_calloc(1, sizeof *p);
	if (!p)
		return NULL;
	p->forms = forms;
	p->count = count;
	p->packs = desk_calloc(count, sizeof *p->packs);
	bool good = p->packs;
	for (size_t i = 0; i < count && good; i++)
		if (forms[i].rows) {
			p->packs[i].rows =
			    desk_calloc(forms[i].rows, forms[i].stride);
			good = p->packs[i].rows;
		}
	if (!good) {
		desk_packer_free(p);
		p = NULL;
	}
	return p;
}

static void
release(struct making *m)
{
	desk_free(m->keys);
	desk_free(m->rows);
	desk_free(m->index);
}

void
desk_packer_free(struct desk_packer *p)
{
	for (size_t i = 0; p && p->packs && i < p->count; i++)
		release(&p->packs[i]);
	if (p)
		desk_free(p->packs);
	desk_free(p);
}

/* Where a key is in the index, or would be. */
static size_t
place(const struct making *m, uint32_t key)
{
	size_t at = key & m->mask;
	while (m->index[at] && m->keys[m->index[at] - 1] != key)
		at = (at + 1) & m->mask;
	return at;
}

/* Twice the room. */
static bool
grow(struct making *m, uint32_t stride)
{
	uint32_t room = m->room ? m->room * 2 : 256;
	struct making more = {desk_calloc(room, sizeof *more.keys),
	    desk_calloc(room, stride), m->count, room,
	    desk_calloc((size_t)room * 2, sizeof *more.index),
	    (size_t)room * 2 - 1};
	if (!more.keys || !more.rows || !more.index) {
		release(&more);
		return false;
	}
	if (m->count) {
		memcpy(more.keys, m->keys, m->count * sizeof *m->keys);
		memcpy(more.rows, m->rows, (size_t)m->count * stride);
	}
	for (uint32_t i = 0; i < m->count; i++)
		more.index[place(&more, m->keys[i])] = i + 1;
	release(m);
	*m = more;
	return true;
}

int
desk_packer_put(struct desk_packer *p, size_t pack, uint32_t key, size_t offset,
    struct desk_slice bytes, struct desk_error *error)
{
	const struct desk_pack_form *form = &p->forms[pack];
	struct making *m = &p->packs[pack];
	size_t row = key;
	if (offset + bytes.len > form->stride ||
	    (form->rows ? key >= form->rows : !key))
		return desk_fail(
		    error, DESK_EUSAGE, "no such row: %s", form->name);
	if (!form->rows) {
		if (m->count == m->room && !grow(m, form->stride))
			return desk_fail_memory(error);
		size_t at = place(m, key);
		if (!m->index[at]) {
			m->keys[m->count++] = key;
			m->index[at] = m->count;
		}
		row = m->index[at] - 1;
	}
	memcpy(m->rows + row * form->stride + offset, bytes.data, bytes.len);
	return 0;
}

int
desk_packer_write(const struct desk_packer *p, struct desk_buffer *out,
    struct desk_error *error)
{
	static const char pad[DESK_TABLE_PAD];
	struct desk_modelfile_section sections[DESK_MODELFILE_SECTIONS];
	struct desk_buffer content[DESK_MODELFILE_SECTIONS] = {{NULL, 0, 0, 0}};
	size_t n = 1;
	int rc = 0;
	for (size_t i = 0; i < p->count && !rc; i++) {
		const struct desk_pack_form *form = &p->forms[i];
		const struct making *m = &p->packs[i];
		if (form->rows) {
			desk_buffer_append(&content[0], m->rows,
			    (size_t)form->rows * form->stride);
		} else if (n == DESK_MODELFILE_SECTIONS) {
			rc = desk_fail(error, DESK_EUSAGE, "too many packs");
		} else {
			sections[n].name = form->name;
			rc = desk_table_build(m->keys, m->rows, m->count,
			    form->stride, &content[n++], error);
		}
	}
	desk_buffer_append(&content[0], pad, sizeof pad);
	sections[0].name = numbered;
	for (size_t i = 0; i < n && !rc; i++) {
		sections[i].content =
		    (struct desk_slice){content[i].data, content[i].len};
		if (content[i].failed)
			rc = desk_fail_memory(error);
	}
	if (!rc)
		rc = desk_modelfile_build(sections, n, out, error);
	for (size_t i = 0; i < n; i++)
		desk_buffer_release(&content[i]);
	return rc;
}
