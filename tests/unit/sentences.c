/*
 * sentences.c - what the sentence splitter promises: where it splits, that the
 * cut of the text does not matter, that splitting again changes nothing, and
 * that no character is lost.
 */
#include "tap.h"

#include <stdint.h>
#include <stdlib.h>

#include "copydesk.h"
#include "core/memory.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "doc/doc.h"

/* Splits a text given in parts of at most step bytes (0: whole; -1: of random
 * size); the result is what the command prints. */
static uint32_t seed = 1;

static uint32_t
random_below(uint32_t n)
{
	seed = seed * UINT32_C(1664525) + UINT32_C(1013904223);
	return (seed >> 8) % n;
}

struct output {
	struct desk_buffer text;
	uint32_t paragraph;
	size_t count;
};

static void
print_sents(struct output *o, const struct desk_doc *doc)
{
	size_t count;
	const struct desk_sent *sents = desk_doc_sents(doc, &count);
	for (size_t i = 0; i < count; i++, o->count++) {
		if (o->count && sents[i].paragraph != o->paragraph)
			desk_buffer_byte(&o->text, '\n');
		o->paragraph = sents[i].paragraph;
		for (size_t at = sents[i].start; at < sents[i].end; at++) {
			char c = doc->text.data[at];
			desk_buffer_byte(&o->text, c == '\n' ? ' ' : c);
		}
		desk_buffer_byte(&o->text, '\n');
	}
}

static struct output
split_with(const struct desk_sentences_options *options, const char *text,
    size_t len, int step)
{
	struct output o = {0};
	struct desk_splitter *s = desk_splitter_new(options, NULL);
	struct desk_doc *doc = desk_doc_new();
	size_t start = 0, end = 0;
	text = text ? text : "";
	for (;;) {
		size_t more = step < 0 ? random_below(40) : (size_t)step;
		end = !step || end + more > len ? len : end + more;
		while (end < len && (text[end] & 0xC0) == 0x80)
			end++;
		size_t used = 0;
		desk_doc_borrow(
		    doc, (struct desk_slice){text + start, end - start});
		desk_splitter_annotate(s, doc, end == len, &used, NULL);
		print_sents(&o, doc);
		start += used;
		if (end == len)
			break;
	}
	desk_doc_free(doc);
	desk_splitter_free(s);
	return o;
}

static void
splits(const char *text, const char *want, const char *what)
{
	struct output o = split_with(NULL, text, strlen(text), 0);
	is_str(o.text.data ? o.text.data : "", o.text.len, want, what);
	desk_buffer_release(&o.text);
}

static void
keeps(const char *text, const char *what)
{
	char want[512];
	snprintf(want, sizeof want, "%s\n", text);
	splits(text, want, what);
}

static void
test_rules(void)
{
	splits("One ends here. Two begins.", "One ends here.\nTwo begins.\n",
	    "a stop and a capital part sentences");
	keeps("Ask Dr. Green or Mrs. Brown.", "titles");
	keeps("The J. K. Lowell house.", "initials");
	keeps("It rose 3.5 percent to 1.25 by 10.30 a.m. on Monday.",
	    "decimals and times");
	keeps("They met at 9 a.m. Tuesday in Oslo.", "a day after a time");
	splits("They met at 9 a.m. The talks went on.",
	    "They met at 9 a.m.\nThe talks went on.\n",
	    "a new sentence after a time");
	keeps("Acme Inc. CEO Ann Lee spoke.", "a company's officer");
	splits("He left Acme Inc. Shares fell.",
	    "He left Acme Inc.\nShares fell.\n", "a company that ends one");
	keeps("The U.S. Senate met.", "a country that goes on");
	splits("He flew to the U.S. She did not.",
	    "He flew to the U.S.\nShe did not.\n", "a country that ends one");
	splits("Is it No. 7? No. It is not.", "Is it No. 7?\nNo.\nIt is not.\n",
	    "No. is a number or a word");
	splits("Bread, milk, etc. \"Good,\" he said.",
	    "Bread, milk, etc.\n\"Good,\" he said.\n", "etc. before a quote");
	keeps("Well... maybe not today.", "an ellipsis that goes on");
	splits("Well . . . that is it. . . . So we left.",
	    "Well . . . that is it.\n. . . So we left.\n", "spaced ellipses");
	keeps("The list (...) is long.", "an ellipsis in brackets");
	splits("“Stop. Go home.” “Why?”", "“Stop.\nGo home.”\n“Why?”\n",
	    "quotations are split inside, their marks stay");
	keeps("\"Why?\" asks Lee.", "an attribution");
}

static void
test_more_rules(void)
{
	keeps("“Why now?” Ann Lee asked him.", "a capital attribution");
	splits("“Why now?” The room was silent.",
	    "“Why now?”\nThe room was silent.\n", "no attribution");
	splits("He won at home. . The end.", "He won at home. .\nThe end.\n",
	    "a lone stop joins the sentence before");
	splits("He said: “No. ” Then he left.",
	    "He said: “No. ”\nThen he left.\n",
	    "a lone closing mark joins the sentence before");
	keeps("See Compare-prices.Org or www.shop.Example for it.",
	    "host names in capitals");
	keeps("Mail Ann.Lee@example.com today.", "mail addresses");
	splits("The talks failed.They went home.",
	    "The talks failed.\nThey went home.\n", "a lost blank");
	splits("1. Wash it. 2. Dry it.", "1. Wash it.\n2. Dry it.\n",
	    "markers stay with their items");
	splits("a) wash it b) dry it", "a) wash it\nb) dry it\n",
	    "items without stops");
	splits("• wash it • dry it", "• wash it\n• dry it\n", "bullets");
	splits("今日は晴れ。明日は雨！", "今日は晴れ。\n明日は雨！\n",
	    "stops that need no blank");
	splits("यह एक है। यह दो है।", "यह एक है।\nयह दो है।\n", "danda");
	splits("It is proven.[3] It is [4] known. [5] We know.",
	    "It is proven.[3]\nIt is [4] known. [5]\nWe know.\n",
	    "notes belong to the sentence before");
	splits("", "", "nothing gives nothing");
	splits(" \n\t\n \xC2\xA0 \n", "", "white space gives nothing");
	splits("\xC2\xA0"
	       "a b\xE3\x80\x80\r\n",
	    "a b\n", "white space of all kinds is trimmed");
}

static void
test_paragraphs(void)
{
	splits("One.\nTwo.\n\nThree.\n", "One.\nTwo.\n\nThree.\n",
	    "lines of one sentence are no paragraphs");
	splits("One.\nTwo. Three.\nFour.\n", "One.\n\nTwo.\nThree.\n\nFour.\n",
	    "a line of two sentences proves that lines are");
	splits("A headline\nand another one\n\nText.\n",
	    "A headline\nand another one\n\nText.\n",
	    "lines without a stop are sentences");
	splits("This text was wrapped by hand at a width of some fifty\n"
	       "columns, as mail was in former times. It goes on so\n"
	       "for a few lines, and then\n\nanother paragraph comes.\n",
	    "This text was wrapped by hand at a width of some fifty "
	    "columns, as mail was in former times.\n"
	    "It goes on so for a few lines, and then\n\n"
	    "another paragraph comes.\n",
	    "wrapped lines are joined");
	struct desk_sentences_options yes = {.wrap = DESK_WRAP_YES};
	struct desk_sentences_options no = {.wrap = DESK_WRAP_NO};
	struct output o = split_with(&yes, "Mr.\nLee is\nhere.\n", 17, 0);
	is_str(o.text.data, o.text.len, "Mr. Lee is here.\n", "wrap=yes");
	desk_buffer_release(&o.text);
	o = split_with(&no, "Mr.\nLee is\nhere.\n", 17, 0);
	is_str(o.text.data, o.text.len, "Mr.\nLee is\nhere.\n", "wrap=no");
	desk_buffer_release(&o.text);
}

static void
test_own(void)
{
	static const char list[] = "# mine\n  Nt.\r\n\nqual\n";
	static const char text[] = "See Nt. Seven. A qual. Zeta. Nt. The end.";
	struct desk_sentences_options own = {
	    .abbreviations = {list, sizeof list - 1}};
	struct output o = split_with(&own, text, sizeof text - 1, 0);
	is_str(o.text.data, o.text.len,
	    "See Nt. Seven.\nA qual. Zeta.\nNt.\nThe end.\n",
	    "the user's abbreviations end no sentence before a name");
	desk_buffer_release(&o.text);
	struct desk_error error = {0};
	own.abbreviations = (struct desk_slice){"ok\nnot ok\n", 10};
	ok(!desk_splitter_new(&own, &error) && error.code == DESK_EDATA,
	    "a list with two words in a line is refused");
	is_str(error.text, strlen(error.text), "line 2: more than one word",
	    "and the line is named");
}

/* The same with a language given. */
static void
splits_as(const char *lang, const char *text, const char *want)
{
	struct desk_sentences_options options = {.lang = lang};
	struct output o = split_with(&options, text, strlen(text), 0);
	char what[64];
	snprintf(what, sizeof what, "%s: %.40s", lang, text);
	is_str(o.text.data ? o.text.data : "", o.text.len, want, what);
	desk_buffer_release(&o.text);
}

static void
test_languages(void)
{
	splits_as("de", "Am 3. Mai kam z. B. Dr. Abt. Er blieb bis 1998. Gut.",
	    "Am 3. Mai kam z. B. Dr. Abt.\nEr blieb bis 1998.\nGut.\n");
	splits_as("de", "Er rief: „Halt.“ Wir hielten. »Und nun?« Keiner kam.",
	    "Er rief: „Halt.“\nWir hielten.\n»Und nun?«\nKeiner kam.\n");
	splits_as("fr", "Mme Roy et M. Blanc sont là. « Ah ! » dit-elle.",
	    "Mme Roy et M. Blanc sont là.\n« Ah ! » dit-elle.\n");
	splits_as("es", "La Sra. Ruiz y el Lic. Paz. ¿Quién es? ¡Él!",
	    "La Sra. Ruiz y el Lic. Paz.\n¿Quién es?\n¡Él!\n");
	splits_as("it", "Chiami il Dott. Bini. La prego, ad es. Domani.",
	    "Chiami il Dott. Bini.\nLa prego, ad es. Domani.\n");
	splits_as("nl", "Zie bijv. Piet. ...en toen niets meer.",
	    "Zie bijv. Piet.\n...en toen niets meer.\n");
	splits_as("pl", "Mieszka na ul. Długiej. To prof. Lis.",
	    "Mieszka na ul. Długiej.\nTo prof. Lis.\n");
	splits_as("sk", "Prišiel 7. Mája s dr. Novým. Bolo to dobre.",
	    "Prišiel 7. Mája s dr. Novým.\nBolo to dobre.\n");
	splits_as("da", "Vi ses d. 5. Maj kl. 8 hos hr. Bak. Det er fint.",
	    "Vi ses d. 5. Maj kl. 8 hos hr. Bak.\nDet er fint.\n");
	splits_as("ru", "Это г. Тула, ул. Мира. Там жил А. П. Серов.",
	    "Это г. Тула, ул. Мира.\nТам жил А. П. Серов.\n");
	splits_as("ru", "«Ты где? – спросил он. – Уже вечер». Тихо.",
	    "«Ты где? – спросил он. – Уже вечер».\nТихо.\n");
	splits_as("uk", "У м. Львів живе проф. Кравець. Він тут.",
	    "У м. Львів живе проф. Кравець.\nВін тут.\n");
	splits_as("el", "Πού είναι; Δεν ξέρω. Ο κ. Νίκος ξέρει.",
	    "Πού είναι;\nΔεν ξέρω.\nΟ κ. Νίκος ξέρει.\n");
	splits_as(
	    "hy", "Մութ է: Գնանք տուն։ Լավ:", "Մութ է:\nԳնանք տուն։\nԼավ:\n");
	splits_as("ar", "خبر عاجل: وصل الوفد. قال د. سامي: نعم.",
	    "خبر عاجل:\nوصل الوفد.\nقال د. سامي: نعم.\n");
	splits_as("ja", "幅は３．５％だ（増えた。減った）。次の\n話だ。",
	    "幅は３．５％だ（増えた。減った）。\n次の 話だ。\n");
	splits_as("xx", "Bla bla. Ka ti? Mo. na", "Bla bla.\nKa ti?\nMo. na\n");
}

static void
test_guess(void)
{
	splits("Wir sind heute mit dem Auto am 12. Juni da gewesen.",
	    "Wir sind heute mit dem Auto am 12. Juni da gewesen.\n",
	    "a language is told by its small words");
	splits("She said it was the 12. June was cold.",
	    "She said it was the 12.\nJune was cold.\n", "and English, too");
	splits("Он живёт в г. Туле. Там хорошо.",
	    "Он живёт в г. Туле.\nТам хорошо.\n", "a script is enough");
	struct desk_error error = {0};
	struct desk_sentences_options bad = {.lang = "d"};
	ok(!desk_splitter_new(&bad, &error) && error.code == DESK_EUSAGE,
	    "what is no tag is refused");
}

static void
test_lines(void)
{
	splits("See our rates or call us for prices\n.\n\nMore.\n",
	    "See our rates or call us for prices .\n\nMore.\n",
	    "a mark alone in a line ends the line before");
	splits("It was a cold \nnight in town.\nIt was a cold\nNight.\n",
	    "It was a cold  night in town.\nIt was a cold\nNight.\n",
	    "a blank at its end makes a line go on");
	splits("He left. ...and then he came.",
	    "He left.\n...and then he "
	    "came.\n",
	    "an ellipsis at a word opens a sentence");
	splits("We met him. a. we talked b. we left",
	    "We met him.\na. we talked\nb. we left\n", "a list begins");
	splits("Go away! he yelled. Who? thought Ann. He left.",
	    "Go away! he yelled.\nWho? thought Ann.\nHe left.\n",
	    "attributions without quotation marks");
	keeps("She is at Yahoo! Research now.", "a name with a mark");
	splits("She took her Ph.D. Sam was proud.",
	    "She took her Ph.D.\nSam was proud.\n", "a degree ends one");
	splits("It is known.[1][2] We know.[3] [4] So do you.",
	    "It is known.[1][2]\nWe know.[3] [4]\nSo do you.\n", "notes");
}

static void
test_keep_quotes(void)
{
	struct desk_sentences_options keep = {.keep_quotes = true};
	static const char text[] =
	    "“Go home. Now!” he said. She left. \"One. Two.\" „A. B.“ “No. Yes";
	struct output o = split_with(&keep, text, sizeof text - 1, 0);
	static const char want[] =
	    "“Go home. Now!” he said.\nShe left.\n\"One. Two.\"\n„A. B.“\n"
	    "“No.\nYes\n";
	is_str(o.text.data, o.text.len, want,
	    "quotations are held together, if they are closed");
	struct output parts = split_with(&keep, text, sizeof text - 1, 1);
	is_str(parts.text.data, parts.text.len, want, "however it is cut");
	desk_buffer_release(&o.text);
	desk_buffer_release(&parts.text);
	static const char items[] = "a) « b) »";
	o = split_with(&keep, items, sizeof items - 1, 0);
	is_str(o.text.data, o.text.len, "a) « b) »\n", "items inside, too");
	desk_buffer_release(&o.text);
}

static void
test_explain(void)
{
	struct desk_sentences_options explain = {.explain = true};
	struct desk_splitter *s = desk_splitter_new(&explain, NULL);
	struct desk_doc *doc = desk_doc_new();
	static const char text[] = "Dr. Abt left at 3.15 p.m. He did. Why?";
	static const struct desk_step want[] = {{3, false, "abbreviation"},
	    {18, false, "no-blank"}, {23, false, "no-blank"},
	    {25, true, "opener"}, {33, true, "stop"}, {38, true, "line-end"}};
	size_t used, count, same = 0;
	desk_doc_borrow(doc, (struct desk_slice){text, sizeof text - 1});
	desk_splitter_annotate(s, doc, true, &used, NULL);
	const struct desk_step *steps = desk_doc_steps(doc, &count);
	is_int(count, sizeof want / sizeof *want, "each decision is a step");
	for (size_t i = 0; i < count && i < sizeof want / sizeof *want; i++)
		same += steps[i].end == want[i].end &&
			steps[i].splits == want[i].splits &&
			!strcmp(steps[i].rule, want[i].rule);
	is_int(same, count, "with its place and its rule");
	desk_doc_free(doc);
	desk_splitter_free(s);
}

/* How much of a text is decided without its end. */
static size_t
decided(const char *text, size_t *consumed)
{
	struct desk_splitter *s = desk_splitter_new(NULL, NULL);
	struct desk_doc *doc = desk_doc_new();
	size_t count;
	desk_doc_borrow(doc, (struct desk_slice){text, strlen(text)});
	desk_splitter_annotate(s, doc, false, consumed, NULL);
	desk_doc_sents(doc, &count);
	desk_doc_free(doc);
	desk_splitter_free(s);
	return count;
}

static void
test_stream(void)
{
	size_t used;
	is_int(decided("Hello world. This is a test.\n", &used), 2,
	    "both sentences go out with their line end");
	is_int(used, 29, "and nothing is left");
	is_int(decided("Hello world. This", &used), 1,
	    "a sentence goes out when the next one begins");
	is_int(used, 13, "which is left");
	is_int(decided("Hello world. ", &used), 0, "and not before");
	is_int(used, 0, "so all is left");
	is_int(decided("She asked: “Why?”\n", &used), 0,
	    "a quotation may go on in the next line");
}

/* Pieces that have to do with each other. */
static const char *const pieces[] = {" ", " ", " ", "\n", "\n\n", "\r\n", ".",
    ".", "!", "?", "…", "...", ". . .", "\"", "“", "”", "'", "’", "(", ")", "[",
    "]", "[3]", "1", "2.", "a)", "b)", "•", "Mr.", "U.S.", "a.m.", "Inc.",
    "No.", "J.", "I", "He", "The", "the", "said", "asks", "Lee", "x", "failed",
    "www.", "Org", "@", "。", "」", "\xC2\xA0", "-", ",", "etc.", "CEO",
    "Tuesday", "5", "12", "ft.", "it", "word", "word", "Word", "Word"};

static void
random_text(struct desk_buffer *b)
{
	size_t count = sizeof pieces / sizeof *pieces;
	b->len = 0;
	for (uint32_t n = 1 + random_below(40); n; n--) {
		desk_buffer_string(b, pieces[random_below((uint32_t)count)]);
		if (random_below(2))
			desk_buffer_byte(b, ' ');
	}
}

static bool
same(struct output *a, struct output *b)
{
	bool equal =
	    a->text.len == b->text.len &&
	    (!a->text.len || !memcmp(a->text.data, b->text.data, a->text.len));
	desk_buffer_release(&b->text);
	return equal;
}

/* The characters that are no white space, in a row. */
static void
squeeze(struct desk_buffer *to, const char *s, size_t len)
{
	for (size_t i = 0, size; i < len; i += size)
		if (!(desk_class(desk_utf8_decode(s + i, &size)) & DESK_SPACE))
			desk_buffer_append(to, s + i, size);
}

static bool
same_characters(const struct desk_buffer *a, const struct desk_buffer *b)
{
	struct desk_buffer x = {0}, y = {0};
	squeeze(&x, a->data, a->len);
	squeeze(&y, b->data, b->len);
	bool equal =
	    x.len == y.len && (!x.len || !memcmp(x.data, y.data, x.len));
	desk_buffer_release(&x);
	desk_buffer_release(&y);
	return equal;
}

static void
show(const char *what, const struct desk_buffer *text)
{
	printf("# %s:\n# ", what);
	for (size_t i = 0; i < text->len; i++)
		if (text->data[i] == '\n')
			printf("\\n");
		else
			putchar(text->data[i]);
	putchar('\n');
}

/* A mark alone in the next line belongs to the line before it. */
static void
test_lone_mark_in_parts(void)
{
	struct desk_buffer text = {0}, want = {0};
	for (int i = 0; i < 20; i++)
		desk_buffer_append(&text, "a long line ", 12);
	desk_buffer_append(&want, text.data, text.len);
	desk_buffer_append(&text, "was \"read.\"\n.\nThen all.", 23);
	desk_buffer_append(&want, "was \"read.\" .\nThen all.\n", 24);
	for (int step = 0; step < 2; step++) {
		struct output o = split_with(NULL, text.data, text.len, step);
		ok(o.text.len == want.len &&
			!memcmp(o.text.data, want.data, want.len),
		    step ? "however it is cut"
			 : "a lone mark goes to its line");
		desk_buffer_release(&o.text);
	}
	desk_buffer_release(&text);
	desk_buffer_release(&want);
}

/* What tells the language is read alike, whatever the sentence ends with. */
static void
test_language_in_parts(void)
{
	static const char text[] = "7\uFF01de. r";
	struct output whole = split_with(NULL, text, sizeof text - 1, 0);
	struct output parts = split_with(NULL, text, sizeof text - 1, 1);
	is_str(parts.text.data, parts.text.len, "7\uFF01\nde. r\n",
	    "the language is told from all of the text but its marks");
	is_str(whole.text.data, whole.text.len, "7\uFF01\nde. r\n",
	    "however it is cut");
	desk_buffer_release(&whole.text);
	desk_buffer_release(&parts.text);
}

static void
test_random(void)
{
	static const struct desk_sentences_options modes[] = {
	    {.wrap = DESK_WRAP_AUTO}, {.wrap = DESK_WRAP_YES},
	    {.wrap = DESK_WRAP_NO}, {.lang = "de"}, {.lang = "ru"},
	    {.keep_quotes = true}};
	size_t cut = 0, lost = 0, twice = 0;
	struct desk_buffer text = {0};
	for (int i = 0; i < 20000; i++) {
		random_text(&text);
		const struct desk_sentences_options *mode =
		    &modes[(size_t)i % (sizeof modes / sizeof *modes)];
		struct output whole = split_with(mode, text.data, text.len, 0);
		struct output parts = split_with(mode, text.data, text.len, 1);
		bool good = same(&whole, &parts);
		parts = split_with(mode, text.data, text.len, -1);
		good = same(&whole, &parts) && good;
		if (!good && !cut++)
			show("cut", &text);
		if (!same_characters(&text, &whole.text) && !lost++)
			show("lost", &text);
		/* What was split line by line is read so again. */
		struct desk_sentences_options back = *mode;
		if (back.wrap == DESK_WRAP_YES)
			back.wrap = DESK_WRAP_AUTO;
		parts = split_with(&back, whole.text.data, whole.text.len, 0);
		struct desk_buffer again = {0};
		desk_buffer_append(&again, parts.text.data, parts.text.len);
		if (!same(&whole, &parts) && !twice++) {
			show("twice", &text);
			show("once gives", &whole.text);
			show("twice gives", &again);
		}
		desk_buffer_release(&again);
		desk_buffer_release(&whole.text);
	}
	desk_buffer_release(&text);
	is_int(cut, 0, "the cut of a text does not matter");
	is_int(lost, 0, "no character is lost or added");
	is_int(twice, 0, "splitting again changes nothing");
}

int
main(void)
{
	test_rules();
	test_more_rules();
	test_paragraphs();
	test_own();
	test_languages();
	test_guess();
	test_lines();
	test_keep_quotes();
	test_explain();
	test_stream();
	test_lone_mark_in_parts();
	test_language_in_parts();
	test_random();
	return done();
}
