/* nameparts.c - the words of a name. */
#include "quotes/nameparts.h"

bool
desk_name_char(unsigned char c)
{
	return c >= 0x80 || (unsigned char)((c | 0x20) - 'a') < 26 ||
	       (unsigned char)(c - '0') < 10 || c == '.' || c == '\'' ||
	       c == '-' || c == '&';
}

/* A blank that keeps words together. */
static bool
hard_blank(struct desk_slice text, size_t at)
{
	return at + 1 < text.len && text.data[at] == '\xC2' &&
	       text.data[at + 1] == '\xA0';
}

struct desk_name_words
desk_name_split(struct desk_slice text)
{
	struct desk_name_words w;
	w.count = 0;
	for (size_t at = 0; at < text.len && w.count < DESK_NAME_WORDS;) {
		if (hard_blank(text, at)) {
			at += 2;
			continue;
		}
		size_t end = at;
		while (end < text.len &&
		       desk_name_char((unsigned char)text.data[end]) &&
		       (text.data[end] != '\xC2' || !hard_blank(text, end)))
			end++;
		if (end > at)
			w.list[w.count++] =
			    desk_slice(text.data + at, end - at);
		at = hard_blank(text, end) ? end : end + 1;
	}
	return w;
}
