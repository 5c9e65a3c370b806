/* Text that went through wrong hands is mended, what people write is not, and
 * each place is led back to the source. */
#include "core/slice.h"
#include "html/mend.h"
#include "tap.h"

static void
mends(const char *text, const char *want, const char *what)
{
	char copy[200];
	size_t len = strlen(text);
	memcpy(copy, text, len);
	len = desk_mend(copy, len);
	is_str(copy, len, want, what);
	is_int((int)desk_mend(copy, len), (int)len, "and that for good");
}

static void
what_was_read_wrongly(void)
{
	mends("â€œWe wonâ€\xC2\x9D", "“We won”", "marks read as windows-1252");
	mends("\xC3\xA2\xC2\x80\xC2\x9C"
	      "no\xC3\xA2\xC2\x80\xC2\x9D",
	    "“no”", "or as the standard's Latin-1");
	mends("â€œNo,â€ she said, â€œno.â€", "“No,” she said, “no.”",
	    "marks of which the last byte was lost");
	mends("Itâ€™s 5â€“6 â€” soâ€¦", "It’s 5–6 — so…",
	    "apostrophes and dashes");
	mends("CafÃ© MÃ¼ller, SÃ£o, Ã–ster, Â£5, â‚¬6, Xâ„¢",
	    "Café Müller, São, Öster, £5, €6, X™", "letters and signs");
	mends("Ã¢â‚¬â„¢", "’", "what was read wrongly twice");
}

static void
references(void)
{
	mends("&quot;No,&quot; &#8220;no&#x201D; R&D&nbsp;x",
	    "\"No,\" “no” R&D\xC2\xA0x", "references are resolved");
	mends("&amp;amp;quot;&&#35;51;&amp;amp;", "\"3&amp;amp;",
	    "those of references, too");
	mends("&lt;b&gt; &#60;i&#62; R&amp;D &copy 2024 &nosuch; &#10;x",
	    "&lt;b&gt; &#60;i&#62; R&amp;D &copy 2024 &nosuch; &#10;x",
	    "markup, what does not end and line ends stay");
}

static void
what_people_write(void)
{
	mends("“MANHÃ”, «ÂMBAR», Ã…, Ã– Â. â 5 €",
	    "“MANHÃ”, «ÂMBAR», Ã…, Ã– Â. â 5 €",
	    "letters before marks and dashes stay");
	mends("\xC3", "\xC3", "half a character stays");
	mends("\xC3\xA2\xE2\x82", "\xC3\xA2\xE2\x82", "and half a sign");
	mends("", "", "nothing is nothing");
}

static void
sources(void)
{
	struct desk_arena arena = {0};
	struct desk_mended m;
	struct desk_error error;
	static const char text[] = "a &amp;quot;b&quot; câ€™s d";
	is_int(desk_mend_copy(
		   desk_slice(text, sizeof text - 1), &arena, &m, &error),
	    0, "a text is mended");
	is_str(m.text.data, m.text.len, "a \"b\" c’s d", "in a copy");
	size_t next = 0;
	const char *const letters = "abcsd";
	for (size_t i = 0, k = 0; i < m.text.len; i++) {
		size_t from = desk_mended_source(&m, i, &next);
		if (m.text.data[i] == letters[k])
			ok(text[from] == letters[k++],
			    "a letter is led back to itself");
	}
	next = 0;
	is_int((int)desk_mended_source(&m, 2, &next), 2,
	    "what was mended to where it began");
	is_int((int)desk_mended_source(&m, m.text.len, &next),
	    (int)sizeof text - 1, "the end to the end");
	is_int(desk_mend_copy(desk_slice("café", 5), &arena, &m, &error), 0,
	    "a text without damage");
	is_int((int)m.count, 0, "is as it was");
	desk_arena_release(&arena);
}

int
main(void)
{
	what_was_read_wrongly();
	references();
	what_people_write();
	sources();
	return done();
}
