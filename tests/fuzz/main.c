/*
 * main.c - replays inputs through a fuzz target, for any compiler.
 *
 * Arguments are files and directories of files; without any it is the corpus
 * of the target's name, from the root of the repository.  A target that finds
 * a promise broken aborts.  libFuzzer brings a main of its own.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned replayed;

static int
replay_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = NULL;
	size_t size = 0, n;
	if (!f) {
		perror(path);
		return 1;
	}
	do {
		uint8_t *more = realloc(data, size + 65536);
		if (!more) {
			free(data);
			fclose(f);
			return 1;
		}
		data = more;
		n = fread(data + size, 1, 65536, f);
		size += n;
	} while (n);
	fclose(f);
	/* A block of its own size: reads beyond it are seen. */
	uint8_t *tight = realloc(data, size ? size : 1);
	LLVMFuzzerTestOneInput(tight ? tight : data, size);
	free(tight ? tight : data);
	replayed++;
	return 0;
}

static int
replay(const char *path)
{
	struct dirent **names;
	struct stat st;
	if (stat(path, &st)) {
		perror(path);
		return 1;
	}
	if (!S_ISDIR(st.st_mode))
		return replay_file(path);
	int failed = 0, count = scandir(path, &names, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		char inner[4096];
		snprintf(inner, sizeof inner, "%s/%s", path, names[i]->d_name);
		if (!stat(inner, &st) && S_ISREG(st.st_mode))
			failed |= replay_file(inner);
		free(names[i]);
	}
	if (count >= 0)
		free(names);
	return failed | (count < 0);
}

int
main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/');
	int failed = 0;
	char corpus[4096];
	snprintf(corpus, sizeof corpus, "tests/fuzz/corpus/%s",
	    slash ? slash + 1 : argv[0]);
	for (int i = 1; i < argc; i++)
		failed |= replay(argv[i]);
	if (argc < 2)
		failed = replay(corpus);
	printf("%s 1 - %u inputs replayed\n1..1\n",
	    failed || !replayed ? "not ok" : "ok", replayed);
	return failed || !replayed;
}
