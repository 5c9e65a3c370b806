/* signals.c - a command that is killed leaves no temporary file behind. */
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "cli/internal.h"

static const int deadly[] = {SIGHUP, SIGINT, SIGTERM};

enum { DEADLY_COUNT = sizeof deadly / sizeof *deadly };

/* What a signal must not leave behind.  Changed while signals are held. */
static const char *volatile temporary;

static void
die(int number)
{
	if (temporary)
		unlink(temporary);
	signal(number, SIG_DFL);
	raise(number);
}

void
desk_cli_hold_signals(bool hold)
{
	sigset_t set;
	sigemptyset(&set);
	for (size_t i = 0; i < DEADLY_COUNT; i++)
		sigaddset(&set, deadly[i]);
	pthread_sigmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

void
desk_cli_unlink_on_signal(const char *name)
{
	struct sigaction old, action = {.sa_handler = die};
	sigemptyset(&action.sa_mask);
	temporary = name;
	for (size_t i = 0; i < DEADLY_COUNT; i++)
		if (!sigaction(deadly[i], NULL, &old) &&
		    old.sa_handler != SIG_IGN)
			sigaction(deadly[i], &action, NULL);
}
