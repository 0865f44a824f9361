/*
 * Reads a corpus again without a fuzzer: each file of the folder that has the
 * program's name (fuzz_mail reads tests/fuzz/mail), or each file named. What
 * is printed is counted by tests/run as unit tests are.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "fuzz.h"

static int
replay(const char *path)
{
	struct buffer bytes = { 0 };
	struct why why = { "" };

	printf("[ RUN      ] %s\n", path);
	fflush(stdout);
	if (buffer_read_file(&bytes, path, &why) != STATUS_OK) {
		printf("%s\n[  FAILED  ] %s\n", why.text, path);
		return 1;
	}
	/* Without the NUL that a buffer adds: reading past the end shows. */
	uint8_t *copy = xcalloc(bytes.len + 1, 1);
	uint8_t *input = copy + 1;
	memcpy(input, buffer_text(&bytes), bytes.len);
	LLVMFuzzerTestOneInput(input, bytes.len);
	free(copy);
	buffer_free(&bytes);
	printf("[       OK ] %s\n", path);
	return 0;
}

static int
is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int
replay_folder(const char *folder)
{
	struct dirent **list = NULL;
	int len = scandir(folder, &list, is_shown, alphasort), failed = 0;

	if (len <= 0) {
		printf("%s: no corpus\n", folder);
		return 1;
	}
	for (int i = 0; i < len; i++) {
		char *path = xasprintf("%s/%s", folder, list[i]->d_name);

		failed += replay(path);
		free(path);
		free(list[i]);
	}
	free(list);
	return failed;
}

int
main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');
	char *folder;
	int failed = 0;

	if (LLVMFuzzerInitialize != NULL)
		LLVMFuzzerInitialize(&argc, &argv);
	if (argc > 1) {
		for (int i = 1; i < argc; i++)
			failed += replay(argv[i]);
		return failed > 0;
	}
	name = name == NULL ? argv[0] : name + 1;
	folder = xasprintf(
	    "tests/fuzz/%s", strncmp(name, "fuzz_", 5) == 0 ? name + 5 : name);
	failed = replay_folder(folder);
	free(folder);
	return failed > 0;
}
