/* The models that are part of the library. */
#ifndef DESK_QUOTES_EMBEDDED_H
#define DESK_QUOTES_EMBEDDED_H

#include "quotes/passes.h"

/* False where the library was built without: lib/data/quotes.model is empty.
 */
bool desk_quotes_embedded(struct desk_quote_models *models);

#endif
