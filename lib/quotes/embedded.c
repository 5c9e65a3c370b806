/*
 * embedded.c - the models, taken into the library as they are.
 *
 * Their pages are read from the program's file when they are used.  They were
 * checked when the library was built, so nothing is checked here but their
 * form.
 */
#include "quotes/embedded.h"

#include "core/slice.h"

extern const unsigned char desk_quotes_model[], desk_quotes_model_end[];

__asm__(".pushsection .rodata\n"
	".balign 64\n"
	".globl desk_quotes_model\n"
	".hidden desk_quotes_model\n"
	"desk_quotes_model:\n"
	".incbin \"lib/data/quotes.model\"\n"
	".globl desk_quotes_model_end\n"
	".hidden desk_quotes_model_end\n"
	"desk_quotes_model_end:\n"
	".byte 0\n"
	".popsection\n");

/* Takes a model that is a section of another. */
static bool
load(struct desk_crf *crf, const struct desk_modelfile *all, const char *name)
{
	struct desk_slice part = desk_modelfile_find(all, name);
	struct desk_modelfile file = {
	    (const unsigned char *)part.data, part.len, false};
	return part.data && !desk_crf_load(crf, &file, NULL) &&
	       crf->width <= DESK_QUOTE_WIDTH;
}

static bool
load_packs(struct desk_table *packs, const struct desk_modelfile *all)
{
	struct desk_slice part = desk_modelfile_find(all, "packs");
	struct desk_modelfile file = {
	    (const unsigned char *)part.data, part.len, false};
	return part.data && !desk_packs_load(packs, desk_quote_packs,
				DESK_PACKS, &file, NULL);
}

bool
desk_quotes_embedded(struct desk_quote_models *models)
{
	struct desk_modelfile all = {desk_quotes_model,
	    (size_t)(desk_quotes_model_end - desk_quotes_model), false};
	return all.len && load(&models->first, &all, "first") &&
	       load(&models->second, &all, "second") &&
	       load(&models->marked, &all, "marked") &&
	       load(&models->joined, &all, "joined") &&
	       load(&models->wide, &all, "wide") &&
	       models->first.types == FIRST_TYPES &&
	       models->second.types == SECOND_TYPES &&
	       models->wide.types == FIRST_TYPES &&
	       load_packs(models->packs, &all);
}
