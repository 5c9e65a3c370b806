/*
 * icu.c - the peer of sentences.py: ICU's sentence breaker as one would put it
 * to use, over UTF-8 read as a whole, one sentence a line.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <unicode/ubrk.h>
#include <unicode/utext.h>

static char *
read_all(FILE *f, size_t *len)
{
	size_t room = 1 << 16, got;
	char *text = malloc(room);
	*len = 0;
	while (text && (got = fread(text + *len, 1, room - *len, f)) > 0) {
		*len += got;
		if (*len == room)
			text = realloc(text, room *= 2);
	}
	return text;
}

int
main(void)
{
	static char buffer[1 << 16];
	size_t len;
	char *text = read_all(stdin, &len);
	UErrorCode error = U_ZERO_ERROR;
	UBreakIterator *it = ubrk_open(UBRK_SENTENCE, "en", NULL, 0, &error);
	UText *u = utext_openUTF8(NULL, text, (int64_t)len, &error);
	if (!text || U_FAILURE(error))
		return 2;
	ubrk_setUText(it, u, &error);
	setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
	for (int32_t start = ubrk_first(it), next;
	     (next = ubrk_next(it)) != UBRK_DONE; start = next) {
		int32_t end = next;
		while (end > start && (unsigned char)text[end - 1] <= ' ')
			end--;
		fwrite(text + start, 1, (size_t)(end - start), stdout);
		putchar('\n');
	}
	utext_close(u);
	ubrk_close(it);
	free(text);
	return U_FAILURE(error) || fflush(stdout) ? 2 : 0;
}
