/*
 * Models of any bytes: refused with one error, or they tag a text within its
 * bounds.  Input that begins like a model file is taken as one, with its
 * checksum as it is; other input is cut into the sections of a model, so that
 * what is behind the checksum is reached.  Each section is led by its length in
 * two bytes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "entities/sequence.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
need(bool good)
{
	if (!good)
		abort();
}

static void
tag(struct desk_modelfile *file)
{
	static const char text[] =
	    "PRAGUE WINS AGAIN\nAnna Lind of the Harbour Council said Lindsaid "
	    "\"no\" to Oslo (HC), U.S. and 3.5 others.\nLind left.";
	struct desk_sequencer model = {0};
	struct desk_describer work = {0};
	struct desk_error error = {0};
	struct desk_ent *ents;
	size_t count, at = 0;
	int rc = desk_sequencer_load(&model, file, &error);
	if (rc) {
		need(rc == DESK_EDATA && error.text[0]);
		return;
	}
	struct desk_doc *doc = desk_doc_new();
	need(doc && !desk_doc_set_text(doc, text, sizeof text - 1, NULL));
	need(!desk_sequencer_tag(&model, &work, doc, &ents, &count, NULL));
	for (size_t i = 0; i < count; i++) {
		need(ents[i].start >= at && ents[i].end > ents[i].start);
		need(ents[i].end < sizeof text && ents[i].label[0]);
		at = ents[i].end;
	}
	desk_describer_release(&work);
	desk_doc_free(doc);
	desk_sequencer_release(&model);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = {
	    "crf.types", "crf.steps", "crf.weights", "clusters", "names"};
	struct desk_modelfile_section sections[5];
	struct desk_modelfile file = {0};
	struct desk_buffer built = {0};
	size_t count = 0;
	if (size >= 8 && !memcmp(data, "copydesk", 8)) {
		desk_buffer_append(&built, data, size);
	} else {
		while (count < 5 && size > 1) {
			size_t len = data[0] | (size_t)data[1] << 8;
			data += 2;
			size -= 2;
			len = len < size ? len : size;
			sections[count].name = names[count];
			sections[count++].content =
			    (struct desk_slice){(const char *)data, len};
			data += len;
			size -= len;
		}
		need(!desk_modelfile_build(sections, count, &built, NULL));
	}
	struct desk_slice bytes = {built.data, built.len};
	if (!desk_modelfile_use(&file, bytes, NULL))
		tag(&file);
	desk_buffer_release(&built);
	return 0;
}
