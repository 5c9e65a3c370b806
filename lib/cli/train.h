/* The life of train-entities: corpora in, a model out. */
#ifndef DESK_CLI_TRAIN_H
#define DESK_CLI_TRAIN_H

#include "cli/cli.h"
#include "model/crf_train.h"

enum { DESK_TRAIN_FILES = 64 };

/* What the command line says; of zeros where it says nothing. */
struct desk_train_settings {
	const char *output, *clusters, *note, *start;
	const char *gazetteers[DESK_TRAIN_FILES], *dev[DESK_TRAIN_FILES];
	size_t gazetteer_count, dev_count;
	char *label_list, *score_list; /* cut up in place */
	bool quiet, no_sandbox;
	char **files;
	size_t file_count;
	struct desk_crf_options options;
};

/* For messages: its name. */
extern const struct desk_tool desk_train_tool;

/* Reads the command line; -1: go on, else the exit status. */
int desk_train_parse(
    struct desk_train_settings *settings, int argc, char **argv);

#endif
