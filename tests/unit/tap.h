/*
 * tap.h - the few checks that C tests are made of, printed as TAP.
 *
 * A test program calls the checks and ends with `return done();`.
 */
#ifndef TAP_H
#define TAP_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int tap_run, tap_failed;

/* Counts one check; says where it failed. */
static inline bool
tap_ok(bool good, const char *what, const char *file, int line)
{
	tap_run++;
	tap_failed += !good;
	printf("%s %d - %s\n", good ? "ok" : "not ok", tap_run, what);
	if (!good)
		printf("# %s:%d\n", file, line);
	return good;
}

static inline void
tap_int(
    long long got, long long want, const char *what, const char *file, int line)
{
	if (!tap_ok(got == want, what, file, line))
		printf("# got %lld, want %lld\n", got, want);
}

static inline void
tap_str(const char *got, size_t got_len, const char *want, const char *what,
    const char *file, int line)
{
	bool same = got && got_len == strlen(want) &&
		    (!got_len || !memcmp(got, want, got_len));
	if (!tap_ok(same, what, file, line))
		printf("# got  '%.*s'\n# want '%s'\n", (int)got_len,
		    got ? got : "", want);
}

#define ok(good, what) tap_ok(good, what, __FILE__, __LINE__)
#define is_int(got, want, what)                                                \
	tap_int((long long)(got), (long long)(want), what, __FILE__, __LINE__)
#define is_str(got, len, want, what)                                           \
	tap_str(got, len, want, what, __FILE__, __LINE__)

static inline int
done(void)
{
	printf("1..%d\n", tap_run);
	return tap_failed ? 1 : 0;
}

#endif
