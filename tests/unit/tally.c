/* Counting names: sums, the order of rows, and what is forgotten. */
#include "io/tally.h"

#include <stdlib.h>

#include "tap.h"

static struct desk_buffer out;

static struct desk_tally *
tally_new(size_t names, size_t bytes)
{
	return desk_tally_new(&(struct desk_tally_limits){names, bytes});
}

static void
add(struct desk_tally *tally, const char *rows, uint64_t document)
{
	struct desk_slice all = {rows, strlen(rows)};
	if (desk_tally_add(tally, all, document, NULL))
		abort();
}

/* Ends the tally and compares its rows. */
static void
sums(
    struct desk_tally *tally, uint64_t lost, const char *want, const char *what)
{
	out.len = 0;
	is_int(desk_tally_finish(tally, NULL), 0, "a tally ends");
	for (size_t i = 0; desk_tally_row(tally, i, &out);)
		i++;
	is_str(out.data ? out.data : "", out.len, want, what);
	is_int(desk_tally_lost(tally), lost, "and what was forgotten is known");
	desk_tally_free(tally);
}

static void
summing(void)
{
	sums(tally_new(0, 0), 0, "", "of nothing there is nothing");
	struct desk_tally *t = tally_new(0, 0);
	add(t, "LOC\tRome\t2\nPER\tAna\t1\n", 0);
	add(t, "LOC\tRome\t18446744073709551600\n", 1);
	add(t, "", 2);
	add(t, "PER\tB\t1\nORG\tAna\t1\nPER\tAn\t1\n", 3);
	sums(t, 0,
	    "LOC\tRome\t18446744073709551602\t2\n"
	    "PER\tAn\t1\t1\nORG\tAna\t1\t1\nPER\tAna\t1\t1\nPER\tB\t1\t1\n",
	    "most mentions first, then by name, then by label");
	t = tally_new(0, 0);
	add(t, "A\tx\t1\n", 0);
	add(t, "A\tx\t2\n", 0);
	add(t, "A\tx\t1\n", 1);
	sums(t, 0, "A\tx\t4\t2\n", "parts of a document are one");
}

/* Many names, so that they are sorted on the way; the same however few of
 * them are held unsorted. */
static void
many(void)
{
	enum { DOCUMENTS = 300, NAMES = 97 };
	struct desk_tally *t = tally_new(0, 0);
	char row[64], want[64];
	for (unsigned d = 0; d < DOCUMENTS; d++)
		for (unsigned n = 0; n < NAMES; n++) {
			snprintf(row, sizeof row, "A\tn%u\t%u\n", n * 7 % NAMES,
			    n * 7 % NAMES + 1);
			add(t, row, d);
		}
	out.len = 0;
	desk_tally_finish(t, NULL);
	bool good = true;
	for (size_t i = 0; i < NAMES; i++) {
		out.len = 0;
		good &= desk_tally_row(t, i, &out);
		snprintf(want, sizeof want, "A\tn%zu\t%zu\t%d\n", NAMES - 1 - i,
		    (NAMES - i) * DOCUMENTS, DOCUMENTS);
		good &=
		    out.len == strlen(want) && !memcmp(out.data, want, out.len);
	}
	ok(good, "many names are summed");
	ok(!desk_tally_row(t, NAMES, &out), "and each is there once");
	desk_tally_free(t);
}

static void
forgetting(void)
{
	struct desk_tally *t = tally_new(4, 0);
	add(t, "A\ta\t9\nA\tb\t1\nA\tc\t2\nA\td\t4\n", 0);
	sums(t, 0, "A\ta\t9\t1\nA\td\t4\t1\nA\tc\t2\t1\nA\tb\t1\t1\n",
	    "as many as allowed stay");
	t = tally_new(4, 0);
	add(t, "A\ta\t9\nA\tb\t1\nA\tc\t2\nA\td\t4\nA\te\t1\n", 0);
	sums(t, 4, "A\ta\t9\t1\nA\td\t4\t1\n",
	    "of more the rare ones go until half are left");
	t = tally_new(0, 20);
	add(t, "A\tabcdefgh\t3\nA\tabcdefgi\t1\nA\tx\t9\n", 0);
	sums(t, 4, "A\tx\t9\t1\n", "the same for their bytes");
}

int
main(void)
{
	summing();
	many();
	forgetting();
	desk_buffer_release(&out);
	return done();
}
