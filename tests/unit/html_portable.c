/* The same promises of the tokenizer without SSE2, and its work counted. */
#define DESK_PORTABLE
#define DESK_HTML_WORK
#include "html/scan.h"

uint64_t desk_html_work;

#include "../../lib/html/references.c"
#include "../../lib/html/text.c"
#include "../../lib/html/tokenizer.c"
#include "html.c"
