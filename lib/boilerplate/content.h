/* What is kept of a web page, as a document. */
#ifndef DESK_BOILERPLATE_CONTENT_H
#define DESK_BOILERPLATE_CONTENT_H

#include "copydesk.h"

/* Reads the page that the document was given (desk_doc_set_page()), decides,
 * and gives the document its text, blocks, styles and metadata. */
int desk_page_annotate(struct desk_doc *doc,
    const struct desk_boilerplate_options *options, struct desk_error *error);

#endif
