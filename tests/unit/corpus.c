/* Which blocks of a page are gold, and the scores of a text: what the programs
 * that learn from corpora are told. */
#include "data/gen/corpus.h"

#include <math.h>

#include "core/slice.h"
#include "data/gen/align.c"
#include "data/gen/corpus.c"
#include "data/gen/measure.c"
#include "tap.h"

enum { BLOCKS_MAX = 40 };

/* Whether blocks, a line each, get these labels: one character each. */
static void
labelled(struct corpus_page page, const char *text, const char *want,
    const char *what)
{
	struct desk_slice blocks[BLOCKS_MAX] = {{0}};
	uint8_t labels[BLOCKS_MAX];
	uint32_t words[BLOCKS_MAX];
	char got[BLOCKS_MAX];
	size_t n = 0;
	while (*text) {
		size_t len = strcspn(text, "\n");
		blocks[n++] = desk_slice(text, len);
		text += len + (text[len] == '\n');
	}
	corpus_label(&page, blocks, n, labels, words);
	for (size_t i = 0; i < n; i++)
		got[i] = "-+?"[labels[i]];
	is_str(got, n, want, what);
}

static struct corpus_page
with_gold(const char *gold)
{
	return (struct corpus_page){.gold = desk_slice(gold, strlen(gold))};
}

static void
by_gold(void)
{
	labelled(with_gold("One two three four five.\nSix seven eight nine."),
	    "menu\nOne two three four five\nshare\nSix seven, eight nine\nend",
	    "-+-+-", "blocks whose words the gold has");
	labelled(with_gold("a b c d e f"),
	    "a b c d x y z\nx y z v w a b c d e f", "-+",
	    "more than half of the words");
	labelled(with_gold("a b c d e f g h i j k l"),
	    "a b c d\ne f g h\nmore of it\na b c d\ne f g h i j\nk l", "---+++",
	    "of two copies the one among its neighbours");
	labelled(with_gold("a b c d e\nThe end\nf g h i j"),
	    "The end\na b c d e\nThe end\nf g h i j\nThe end", "-+++-",
	    "short blocks where the gold has them");
	labelled(with_gold("a b c d e\nnot the end of it\nf g h i j"),
	    "a b c d e\nthe end\nf g h i j", "+-+",
	    "and not inside of a line that is not there");
	labelled(with_gold("f g h i j\na b c d e"), "a b c d e\nx y\nf g h i j",
	    "+-+", "blocks in another order than the gold's");
	labelled(with_gold("Yes"), "No\nYes\nNo", "-+-", "a gold of one word");
	labelled(
	    with_gold(""), "No\n?", "--", "an empty gold, a wordless block");
	labelled(with_gold("a b c d"), "", "", "an empty page");
}

static void
by_pieces(void)
{
	struct desk_slice with[] = {desk_slice("two three four five", 19),
	    desk_slice("a long piece that goes over blocks", 34),
	    desk_slice("only here", 9)};
	struct desk_slice without[] = {
	    desk_slice("share", 5), desk_slice("a b c d", 7)};
	struct corpus_page page = {.with = with,
	    .with_count = 3,
	    .without = without,
	    .without_count = 2};
	labelled(page,
	    "one two three four five six\na long piece that\ngoes over blocks\n"
	    "this is said only here and not there\nshare this\nthere are many "
	    "who share this\nx a b c d y\nnothing of it",
	    "++?+-?-?", "pieces tell of few blocks");
}

static bool
near(double a, double b)
{
	return fabs(a - b) < 1e-9;
}

static void
measures(void)
{
	struct corpus_score s;
	struct corpus_page page = with_gold("One two three four, five!");
	corpus_measure(&page, desk_slice("One two three four\nfive", 23), &s);
	ok(s.exact && near(s.precision, 1) && near(s.recall, 1) &&
		near(s.words, 1),
	    "a text of the same words");
	corpus_measure(&page, desk_slice("two three four five six", 23), &s);
	ok(!s.exact && near(s.precision, 0.5) && near(s.recall, 0.5) &&
		near(s.words, 0.8),
	    "one of two runs of four, four of five words");
	corpus_measure(&page, desk_slice("one TWO", 7), &s);
	ok(near(s.precision, 0) && near(s.recall, 0) && near(s.words, 4.0 / 7),
	    "case counts in runs, not in words");
	corpus_measure(&page, desk_slice(" \n", 2), &s);
	ok(s.empty && s.precision < 0 && near(s.recall, 0) && near(s.words, 0),
	    "no text has no precision");
	page = with_gold("a a a a a");
	corpus_measure(&page, desk_slice("a a a a", 7), &s);
	ok(near(s.recall, 0.5) && near(s.precision, 1), "repeats count");
	struct desk_slice piece[] = {
	    desk_slice("b\t c", 4), desk_slice("x", 1)};
	page = (struct corpus_page){.with = piece,
	    .with_count = 2,
	    .without = piece + 1,
	    .without_count = 1};
	corpus_measure(&page, desk_slice("a b\n\nc", 6), &s);
	ok(s.hits == 1 && s.misses == 1 && !s.faults && s.rejects == 1,
	    "pieces, white space aside");
}

/* What a model is written as, when feature 0 is known to be a value. */
static void
writes(unsigned known, int16_t value, const char *want, const char *what)
{
	static const struct desk_tree_node nodes[] = {{0, 1, 1, 0},
	    {0, INT16_MAX, 1, -5}, {2, -7, 3, 0}, {0, INT16_MAX, 3, 1},
	    {0, INT16_MAX, 4, 2}, {0, INT16_MAX, 5, 3}};
	static const uint16_t roots[] = {0, 5};
	static const uint8_t depths[] = {2, 0};
	const struct desk_trees trees = {3, 2, 6, roots, depths, nodes, -9};
	char got[200];
	FILE *file = tmpfile();
	if (!file)
		corpus_die("writes", "no temporary file");
	corpus_print_trees(&trees, known, value, file);
	rewind(file);
	size_t len = fread(got, 1, sizeof got, file);
	fclose(file);
	is_str(got, len, want, what);
}

int
main(void)
{
	writes(3, 0, "features 3\nbase -9\ntree 0:1 -5 2:-7 1 2\ntree 3\n",
	    "trees as a file has them");
	writes(0, 1, "features 3\nbase -9\ntree -5\ntree 3\n",
	    "a feature that is known is not asked for");
	writes(0, 2, "features 3\nbase -9\ntree 2:-7 1 2\ntree 3\n",
	    "and what is behind it is");
	by_gold();
	by_pieces();
	measures();
	return done();
}
