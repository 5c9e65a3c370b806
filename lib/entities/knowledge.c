/*
 * knowledge.c - look-up in the tables of words and names that a model brings.
 *
 * A word is looked for as it is, then in lower case, then, if it is all
 * capitals, with a capital first letter only.  A name is a chain of its words'
 * keys, so that case, stops and hyphens make no difference.
 */
#include "entities/knowledge.h"

#include <string.h>

#include "core/error.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "entities/lists.h"

int
desk_knowledge_load(struct desk_knowledge *knowledge,
    const struct desk_modelfile *file, struct desk_error *error)
{
	struct desk_slice words = desk_modelfile_find(file, "clusters");
	struct desk_slice names = desk_modelfile_find(file, "names");
	struct desk_slice least = desk_modelfile_find(file, "least");
	int rc = 0;
	*knowledge = (struct desk_knowledge){.has_clusters = words.data,
	    .has_names = names.data,
	    .least = INT16_MIN};
	if (least.data && least.len != sizeof knowledge->least)
		return desk_fail(error, DESK_EDATA, "model is damaged");
	if (least.data)
		memcpy(&knowledge->least, least.data, least.len);
	if (words.data)
		rc = desk_table_load(&knowledge->clusters, words, error);
	if (!rc && names.data)
		rc = desk_table_load(&knowledge->names, names, error);
	if (!rc &&
	    ((words.data && knowledge->clusters.stride != CLUSTER_STRIDE) ||
		(names.data && knowledge->names.stride != NAME_STRIDE)))
		rc = desk_fail(error, DESK_EDATA, "model is damaged");
	return rc;
}

static bool
clusters_of(const struct desk_knowledge *knowledge, const char *word,
    size_t len, uint16_t clusters[3])
{
	const unsigned char *row =
	    desk_table_find(&knowledge->clusters, desk_cluster_key(word, len));
	if (!row)
		return false;
	uint32_t packed =
	    row[0] | (uint32_t)row[1] << 8 | (uint32_t)row[2] << 16;
	clusters[0] = packed & 63;
	clusters[1] = packed >> 6 & 255;
	clusters[2] = (uint16_t)(packed >> 14 & 1023);
	return true;
}

bool
desk_knowledge_has(
    const struct desk_knowledge *knowledge, const char *word, size_t len)
{
	return knowledge->has_clusters && desk_table_find(&knowledge->clusters,
					      desk_cluster_key(word, len));
}

bool
desk_knowledge_clusters(const struct desk_knowledge *knowledge,
    const char *word, size_t len, uint16_t clusters[3])
{
	char lower[WORD_LONGEST];
	if (!knowledge->has_clusters || len > WORD_LONGEST / 2)
		return false;
	if (clusters_of(knowledge, word, len, clusters))
		return true;
	size_t n = desk_fold(word, len, lower, sizeof lower), first, low;
	if (!n)
		return false;
	if (clusters_of(knowledge, lower, n, clusters))
		return true;
	/* The first letter as it was, if its forms are of one length. */
	(void)desk_utf8_decode(word, &first);
	(void)desk_utf8_decode(lower, &low);
	if (first != low)
		return false;
	memcpy(lower, word, first);
	return clusters_of(knowledge, lower, n, clusters);
}

static uint32_t
kinds_of(const struct desk_knowledge *knowledge, uint64_t chain)
{
	const unsigned char *row =
	    desk_table_find(&knowledge->names, desk_table_key(chain));
	return row ? row[0] | (uint32_t)row[1] << 8 : 0;
}

void
desk_knowledge_ask(const struct desk_knowledge *knowledge,
    struct desk_slice word, struct desk_slice lower)
{
	if (!knowledge->has_clusters)
		return;
	desk_table_ask(
	    &knowledge->clusters, desk_cluster_key(word.data, word.len));
	desk_table_ask(
	    &knowledge->clusters, desk_cluster_key(lower.data, lower.len));
}

void
desk_knowledge_ask_name(const struct desk_knowledge *knowledge, uint64_t chain)
{
	if (knowledge->has_names)
		desk_table_ask(&knowledge->names, desk_table_key(chain));
}

uint16_t
desk_knowledge_first(const struct desk_knowledge *knowledge, uint64_t key)
{
	return knowledge->has_names
		   ? (uint16_t)kinds_of(knowledge, desk_name_chain(0, key))
		   : 0;
}

uint32_t
desk_knowledge_word(const struct desk_knowledge *knowledge, uint64_t key)
{
	return desk_knowledge_first(knowledge, key) & ~(uint32_t)LISTED_MORE;
}

uint32_t
desk_knowledge_name(const struct desk_knowledge *knowledge,
    const struct desk_segment *segment, size_t from, size_t to, uint32_t first,
    size_t *end)
{
	const struct desk_word *words = segment->words;
	uint32_t best = first & ~(uint32_t)LISTED_MORE;
	uint64_t chain = desk_name_chain(0, words[from].key);
	size_t at = *end = from + 1;
	for (bool more = first & LISTED_MORE; more;) {
		if (desk_token_is(segment, at, '-'))
			at++;
		if (at >= to || !words[at].key)
			break;
		chain = desk_name_chain(chain, words[at++].key);
		uint32_t kinds = kinds_of(knowledge, chain);
		if (kinds & ~(uint32_t)LISTED_MORE) {
			best = kinds & ~(uint32_t)LISTED_MORE;
			*end = at;
		}
		more = kinds & LISTED_MORE && at - from <= NAME_TOKENS;
	}
	return best;
}
