/* A table of patients as `import` gets it: its columns, and each row checked
 * against a clinic that has the shipped plan. */
#include "fuzz.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../commands/clinic_fixture.h"
#include "base/log.h"
#include "base/memory.h"
#include "commands/import_table.h"

static struct clinic_fixture clinic;
static struct config *config;
static struct practice practice;

static void
close_clinic(void)
{
	struct store *store = practice.store;

	practice_close(&practice);
	store_close(store);
	config_free(config);
	clinic_close(&clinic);
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static const struct clock clock = { true, 1772442000 };
	struct complaints complaints = { 0 };
	struct store *store = NULL;
	struct why why = { "" };

	(void)argc;
	(void)argv;
	clinic_open(&clinic);
	if (config_load(clinic.config, &config, &complaints, &why) !=
		STATUS_OK ||
	    store_open(config->database, &store, &why) != STATUS_OK)
		panic("%s", why.text);
	complaints_free(&complaints);
	practice_open(&practice, config, &clock, store);
	return atexit(close_clinic);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	int fd = memfd_create("patients", MFD_CLOEXEC);
	char *path = xasprintf("/proc/self/fd/%d", fd);
	struct import_table patients = { 0 };
	struct why why = { "" };
	enum status status;

	if (fd < 0 || write(fd, bytes, len) != (ssize_t)len)
		panic("a file in memory can't be written");
	status = import_table_read(&practice, path, &patients, &why);
	if (status != STATUS_OK && patients.len != 0)
		panic("rows in spite of a mistake");
	for (int i = 0; i < patients.len; i++)
		fuzz_expect(patients.list[i].phone != NULL ||
				patients.list[i].email != NULL,
		    "a patient without an address", path);
	if (status != STATUS_OK && status != STATUS_BAD_DATA)
		panic("status %d: %s", (int)status, why.text);
	import_table_free(&patients);
	close(fd);
	free(path);
	return 0;
}
