/*
 * Lists of words with clusters and of names, as train-entities takes them: any
 * bytes become tables that load again, or are refused where a name is not
 * UTF-8, and a word that is in a list is found in its table.  The first byte
 * picks what the list is.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "entities/knowledge.h"
#include "entities/lists.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
need(bool good)
{
	if (!good)
		abort();
}

/* Each line but the first with four columns is a word that is found. */
static void
check_words(const struct desk_knowledge *knowledge, struct desk_slice list)
{
	bool head = true;
	uint16_t numbers[3];
	while (list.len) {
		const char *lf = memchr(list.data, '\n', list.len);
		size_t len = lf ? (size_t)(lf - list.data) : list.len;
		const char *tab = memchr(list.data, '\t', len);
		size_t tabs = 0, word = tab ? (size_t)(tab - list.data) : 0;
		for (size_t i = 0; i < len; i++)
			tabs += list.data[i] == '\t';
		if (!head && tabs >= 3) {
			need(desk_knowledge_has(knowledge, list.data, word));
			/* Whether that is text is not the table's matter. */
			if (word && word <= 64 && desk_ascii(list.data, word)) {
				need(desk_knowledge_clusters(
				    knowledge, list.data, word, numbers));
				need(numbers[0] < 64 && numbers[1] < 256 &&
				     numbers[2] < 1024);
			}
		}
		head = false;
		list.data += len + (lf != NULL);
		list.len -= len + (lf != NULL);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const paths[] = {NULL, "x/cities.tsv",
	    "territories.tsv", "last_names.tsv.gz", "my", "persons."};
	if (!size || size > 1 << 16)
		return 0;
	const char *path = paths[data[0] % 6];
	struct desk_slice list = {(const char *)data + 1, size - 1};
	struct desk_lister lister = {0};
	struct desk_buffer table = {0}, file = {0};
	struct desk_modelfile model = {0};
	struct desk_knowledge knowledge;
	struct desk_error error = {0};
	int rc = path ? desk_lister_names(&lister, path, list, &error)
		      : desk_lister_clusters(&lister, list, &error);
	need(!rc || (path && rc == DESK_EDATA && error.text[0] &&
			desk_utf8_valid(list.data, list.len) < list.len));
	need(!desk_lister_write(
	    &lister, path ? NAME_STRIDE : CLUSTER_STRIDE, &table, NULL));
	struct desk_modelfile_section section = {
	    path ? "names" : "clusters", {table.data, table.len}};
	need(!desk_modelfile_build(&section, 1, &file, NULL));
	struct desk_slice bytes = {file.data, file.len};
	need(!desk_modelfile_use(&model, bytes, NULL));
	need(!desk_knowledge_load(&knowledge, &model, NULL));
	if (!path)
		check_words(&knowledge, list);
	desk_lister_release(&lister);
	desk_buffer_release(&table);
	desk_buffer_release(&file);
	return 0;
}
