/* What sticks to a paragraph where a page was flattened badly. */
#ifndef DESK_BOILERPLATE_REPAIR_H
#define DESK_BOILERPLATE_REPAIR_H

#include "copydesk.h"

/* Takes from both ends of a block what is no part of its text: labels with
 * dates, buttons, crumbs, credits, links to other stories, a second copy of it
 * all.  What is left begins and ends with no white space, is never empty, and
 * is left alone when it comes again.  The text is valid UTF-8. */
void desk_repair(struct desk_slice text, struct desk_span *block);

#endif
