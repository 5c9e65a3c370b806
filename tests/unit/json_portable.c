/* The same promises of the JSON code without SSE2. */
#define DESK_PORTABLE
#include "../../lib/io/json.c"
#include "../../lib/io/jsontext.c"
#include "json.c"
