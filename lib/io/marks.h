/* Entity marks in line: <PER>Xi Jinping</PER>, with &amp; &lt; &gt; for the
 * signs that are text. */
#ifndef DESK_IO_MARKS_H
#define DESK_IO_MARKS_H

#include "doc/doc.h"

/* Whether a text is marked: it has marks or escaped signs, every & is one of
 * the three escapes, and every < and > belongs to a well-formed mark. */
bool desk_marks_found(struct desk_slice text);

/* Takes the marks out of a marked text: gives the document the plain text and,
 * where there were marks, its entities. */
int desk_marks_read(
    struct desk_doc *doc, struct desk_slice text, struct desk_error *error);

/* Writes stretches of a document's text, in their order, with marks for its
 * entities.  An entity that crosses the end of a stretch is left unmarked. */
struct desk_marker {
	const struct desk_doc *doc;
	size_t next; /* the entity to come */
	bool plain;  /* no marks, no escapes */
	bool fold;   /* a line end and the white space round it: one blank */
	bool color;
};

void desk_marks_write(struct desk_marker *marker, size_t start, size_t end,
    struct desk_buffer *out);

#endif
