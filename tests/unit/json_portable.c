/* The same promises of the JSON code without SSE2. */
#define DESK_PORTABLE
#include "../../lib/core/json.c"
#include "../../lib/core/jsontext.c"
#include "json.c"
