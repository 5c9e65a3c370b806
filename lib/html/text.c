/*
 * text.c - what the text of a token says.
 *
 * Runs with nothing to undo are copied as they are; each reference, CR and NUL
 * between them is handled once.
 */
#include "html/tokenizer.h"

#include "core/utf8.h"
#include "html/references.h"
#include "html/scan.h"

struct undo {
	bool references, attribute, drops_nul;
};

static size_t
undo(struct desk_slice text, struct undo how, char *out)
{
	static const struct desk_scan all = {'&', '\r', '\0', '\0'};
	static const struct desk_scan no_references = {'\r', '\0', '\0', '\0'};
	const char *p = text.data, *end = p ? p + text.len : p;
	char *to = out;
	while (p < end) {
		const char *stop = how.references
				       ? desk_scan_any(all, p, end)
				       : desk_scan_any(no_references, p, end);
		size_t len = (size_t)(stop - p), taken;
		memcpy(to, p, len);
		to += len;
		p = stop;
		if (p == end)
			break;
		if (*p == '\r') {
			*to++ = '\n';
			p += 1 + (end - p > 1 && p[1] == '\n');
		} else if (*p == '\0') {
			if (!how.drops_nul)
				to += desk_utf8_encode(0xFFFD, to);
			p++;
		} else if ((taken = desk_reference(
				p, end, how.attribute, to, &len))) {
			to += len;
			p += taken;
		} else {
			*to++ = *p++;
		}
	}
	return (size_t)(to - out);
}

size_t
desk_html_text(struct desk_slice text, enum desk_html_mode mode, char *out)
{
	struct undo how = {
	    .references = mode == DESK_HTML_DATA || mode == DESK_HTML_RCDATA,
	    .drops_nul = mode == DESK_HTML_DATA,
	};
	return undo(text, how, out);
}

size_t
desk_html_value(struct desk_slice value, char *out)
{
	return undo(
	    value, (struct undo){.references = true, .attribute = true}, out);
}
