/*
 * The rights that a command gives up when it has opened what it needs.
 *
 * All input is taken as hostile.  Should one find a fault that nobody knows and
 * take over the process, there is little that it can do with it: open files
 * stay open, but no others can be opened, made, removed or run, and no TCP
 * connection asked for.  This is Landlock (Linux 5.13 and later); where the
 * kernel has none, or does not let us, nothing happens and nothing is said.
 */
#ifndef DESK_CLI_SANDBOX_H
#define DESK_CLI_SANDBOX_H

/* Before the others: this file, and those in its directory, may be opened for
 * reading at any time.  The name must stay until then. */
void desk_sandbox_keep(const char *file);

/* Gives up all but reading, for this thread and those that it starts from now
 * on: to open files for writing, to make, rename, remove and run them, TCP
 * (Linux 6.7), and what reaches processes that did not begin so (signals,
 * abstract sockets; Linux 6.12).  In the directory of the temporary file, which
 * is NULL where there is none, files can still be renamed and removed, and
 * empty ones made.  No errors: what cannot be given up stays. */
void desk_sandbox_enter(const char *temporary);

/* Then gives up reading, for this thread and those that it starts from now on:
 * no file can be opened but what is kept and iconv's converters.  Each thread
 * does so for itself. */
void desk_sandbox_seal(void);

#endif
