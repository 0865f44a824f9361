/*
 * What keepmoving count says of a text: as it stands, what forces UCS-2, and
 * as it would be sent.
 */
#include "clinic_fixture.h"

#include <stdlib.h>

/* One JSON document, its keys in the order of their names. */
static void
counts(struct clinic_fixture *clinic, const char *text, const char *wanted)
{
	json_t *answer;
	char *got;

	clinic_expect(clinic, STATUS_OK, "count", text);
	answer = clinic_json(clinic);
	got = json_dumps(answer, JSON_COMPACT | JSON_SORT_KEYS);
	assert_string_equal(wanted, got);
	free(got);
	json_decref(answer);
}

static void
says_what_forces_ucs2_and_what_is_sent(void **state)
{
	struct clinic_fixture clinic;

	(void)state;
	clinic_open(&clinic);
	counts(&clinic, "Pain? 0-10 [now]",
	    "{\"encoding\":\"GSM-7\",\"forced_by\":[],\"segments\":1,"
	    "\"sent\":{\"encoding\":\"GSM-7\",\"segments\":1,\"text\":"
	    "\"Pain? 0-10 [now]\",\"units\":18},\"units\":18}");
	/* The apostrophe is made plain, and all is GSM-7. */
	counts(&clinic, "It\u2019s 9",
	    "{\"encoding\":\"UCS-2\",\"forced_by\":[{\"at\":3,\"character\":"
	    "\"\u2019\",\"code\":\"U+2019\",\"plain\":\"'\"}],\"segments\":1,"
	    "\"sent\":{\"encoding\":\"GSM-7\",\"segments\":1,\"text\":"
	    "\"It's 9\",\"units\":6},\"units\":6}");
	/* What nothing plain stands for leaves all as it is. */
	counts(&clinic, "\u2019\U0001F642",
	    "{\"encoding\":\"UCS-2\",\"forced_by\":[{\"at\":1,\"character\":"
	    "\"\u2019\",\"code\":\"U+2019\",\"plain\":\"'\"},{\"at\":2,"
	    "\"character\":\"\U0001F642\",\"code\":\"U+1F642\",\"plain\":null"
	    "}],\"segments\":1,\"sent\":{\"encoding\":\"UCS-2\",\"segments\":1,"
	    "\"text\":\"\u2019\U0001F642\",\"units\":3},\"units\":3}");
	clinic_close(&clinic);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_forces_ucs2_and_what_is_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
