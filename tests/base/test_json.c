/* What providers send us as JSON, and what we print. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static json_t *
read_text(const char *text)
{
	struct why why = { "" };
	json_t *root = NULL;

	if (json_read(text, strlen(text), &root, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	return root;
}

static void
members_are_found_or_absent(void **state)
{
	json_t *o = read_text("{\"to\":\"+44\",\"n\":7,\"s\":\"-12\","
			      "\"huge\":\"99999999999999999999\",\"z\":null,"
			      "\"half\":\"1.5\",\"dash\":\"-\",\"t\":true}");

	(void)state;
	assert_string_equal(json_text(o, "to"), "+44");
	assert_null(json_text(o, "n"));
	assert_null(json_text(o, "z"));
	assert_null(json_text(o, "missing"));
	assert_null(json_text(NULL, "to"));
	assert_int_equal(json_whole(o, "n", 1), 7);
	assert_int_equal(json_whole(o, "s", 1), -12);
	assert_int_equal(json_whole(o, "to", 1), 1);
	assert_int_equal(json_whole(o, "huge", 1), 1);
	assert_int_equal(json_whole(o, "half", 1), 1);
	assert_int_equal(json_whole(o, "dash", 1), 1);
	assert_int_equal(json_whole(o, "t", 1), 1);
	assert_int_equal(json_whole(o, "z", -1), -1);
	assert_int_equal(json_whole(o, "missing", 5), 5);
	json_decref(o);
}

static void
members_are_set(void **state)
{
	json_t *o = json_object();
	char *line;

	(void)state;
	json_put_text(o, "body", "say \"hi\"\n\u00e9");
	json_put_text(o, "none", NULL);
	json_put_text(o, "broken", "caf\xe9");
	json_put_whole(o, "pain", 4);
	json_put_bool(o, "done", true);
	json_put_time(o, "at", 1772442000);
	json_put_time(o, "never", 0);
	json_put_cost(o, "cost", 623 * 0.04);
	json_put_cost(o, "free", 0);
	line = json_line(o);
	assert_string_equal(line,
	    "{\"body\":\"say \\\"hi\\\"\\n\u00e9\",\"none\":null,"
	    "\"broken\":\"caf\xef\xbf\xbd\",\"pain\":4,\"done\":true,"
	    "\"at\":\"2026-03-02T09:00:00Z\",\"never\":null,"
	    "\"cost\":24.92,\"free\":null}");
	free(line);
}

static void
a_document_is_printed_with_a_newline(void **state)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	json_t *o = json_object();

	(void)state;
	json_put_whole(o, "sent", 3);
	json_print(out, o);
	json_print(out, json_array());
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, "{\n  \"sent\": 3\n}\n[]\n");
	free(text);
}

static const char *const no_json[] = {
	"",
	"   ",
	"hello",
	"{",
	"{\"a\":1}x",
	"{\"a\":1}{}",
	"{'a':1}",
	"{\"a\":01}",
	"{\"a\":\"caf\xe9\"}",
	"<html>busy</html>",
};

static void
what_is_no_json_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(no_json); i++) {
		struct why why = { "" };
		json_t *root = NULL;

		if (json_read(no_json[i], strlen(no_json[i]), &root, &why) !=
		    STATUS_BAD_DATA)
			fail_msg("'%s' passed", no_json[i]);
		assert_null(root);
		assert_non_null(strstr(why.text, "not JSON: "));
	}
	assert_int_equal(
	    json_read(NULL, 0, &(json_t *){ NULL }, NULL), STATUS_BAD_DATA);
}

/* One text that is none must not hide the others in a provider's list. */
static void
what_is_no_character_is_mended(void **state)
{
	static const struct {
		const char *said, *read;
	} cases[] = {
		{ "plain \\u00e9 \\ud83d\\ude42 \\\\u0000 \\\"",
		    "plain \u00e9 \U0001F642 \\u0000 \"" },
		{ "a \\u0000 b", "a \ufffd b" },
		{ "cut \\ud83d", "cut \ufffd" },
		{ "cut \\ud83d\\u0041", "cut \ufffdA" },
		{ "other half \\ude42\\\\", "other half \ufffd\\" },
		{ "caf\xe9", "caf\ufffd" },
		{ "\xed\xa0\xbd.", "\ufffd\ufffd\ufffd." },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *text = xasprintf(
		    "[{\"a\":\"%s\"},{\"a\":\"other\"}]", cases[i].said);
		json_t *root = NULL;

		assert_int_equal(
		    json_read_mended(text, strlen(text), &root, NULL),
		    STATUS_OK);
		assert_string_equal(
		    cases[i].read, json_text(json_array_get(root, 0), "a"));
		assert_string_equal(
		    "other", json_text(json_array_get(root, 1), "a"));
		json_decref(root);
		free(text);
	}
	for (size_t i = 0; i < COUNT(no_json); i++) {
		json_t *root = NULL;

		if (strstr(no_json[i], "\xe9") == NULL)
			assert_int_equal(json_read_mended(no_json[i],
					     strlen(no_json[i]), &root, NULL),
			    STATUS_BAD_DATA);
	}
}

/* What a patient wrote must not get into the log with the parser's words. */
static void
the_reason_cites_nothing(void **state)
{
	static const char text[] = "{\"body\":\"x\" my pain is private}";
	struct why why = { "" };
	json_t *root = NULL;

	(void)state;
	assert_int_equal(
	    json_read(text, strlen(text), &root, &why), STATUS_BAD_DATA);
	assert_null(strstr(why.text, "my"));
	assert_non_null(strstr(why.text, "line 1"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_are_found_or_absent),
		cmocka_unit_test(members_are_set),
		cmocka_unit_test(a_document_is_printed_with_a_newline),
		cmocka_unit_test(what_is_no_json_is_refused),
		cmocka_unit_test(what_is_no_character_is_mended),
		cmocka_unit_test(the_reason_cites_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
