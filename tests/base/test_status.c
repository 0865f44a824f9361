/* Reasons that fit on a line, exit codes, and how a bug ends the program. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/status.h"
#include "base/utf8.h"

static void
a_reason_is_one_line(void **state)
{
	struct why why;

	(void)state;
	assert_int_equal(why_set(&why, STATUS_BAD_DATA, "row %d\nis\tbad", 3),
	    STATUS_BAD_DATA);
	assert_string_equal(why.text, "row 3 is bad");
	assert_int_equal(
	    why_set(NULL, STATUS_CONFIG, "unheard"), STATUS_CONFIG);
}

static void
words_are_put_before_a_reason(void **state)
{
	struct why why;

	(void)state;
	why_set(&why, STATUS_BAD_DATA, "too short");
	assert_int_equal(why_prefix(&why, STATUS_CONFIG, "%s:%d", "a.cfg", 7),
	    STATUS_CONFIG);
	assert_string_equal(why.text, "a.cfg:7: too short");
	why_set(&why, STATUS_CONFIG, "again: %s", why.text);
	assert_string_equal(why.text, "again: a.cfg:7: too short");
	assert_int_equal(why_prefix(NULL, STATUS_DENIED, "x"), STATUS_DENIED);
}

static void
a_long_reason_is_cut_between_characters(void **state)
{
	struct why why;
	char text[600];

	(void)state;
	for (size_t shift = 0; shift < 4; shift++) {
		memset(text, 'a', sizeof(text));
		for (size_t i = 480 + shift; i + 3 < sizeof(text); i += 3)
			memcpy(text + i, "\u20ac", 3);
		text[sizeof(text) - 1] = '\0';
		why_set(&why, STATUS_BAD_DATA, "%s", text);
		assert_true(strlen(why.text) >= sizeof(why.text) - 4);
		assert_true(utf8_valid(why.text, strlen(why.text)));
	}
}

static void
exit_codes_are_those_of_sysexits(void **state)
{
	(void)state;
	assert_int_equal(status_exit(STATUS_OK), 0);
	assert_int_equal(status_exit(STATUS_NONE), 65);
	assert_int_equal(status_exit(STATUS_USAGE), 64);
	assert_int_equal(status_exit(STATUS_BAD_DATA), 65);
	assert_int_equal(status_exit(STATUS_NO_FILE), 66);
	assert_int_equal(status_exit(STATUS_UNAVAILABLE), 69);
	assert_int_equal(status_exit(STATUS_CANT_CREATE), 73);
	assert_int_equal(status_exit(STATUS_TRY_LATER), 75);
	assert_int_equal(status_exit(STATUS_DENIED), 77);
	assert_int_equal(status_exit(STATUS_CONFIG), 78);
	assert_int_equal(status_exit(STATUS__MAX), 70);
}

/* Run act in a child; its stderr comes back in text, how it ended returns. */
static int
in_a_child(void (*act)(void), char *text, size_t size)
{
	int ends[2], how = 0;
	ssize_t got;
	size_t len = 0;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct rlimit none = { 0, 0 };

		setrlimit(RLIMIT_CORE, &none);
		signal(SIGABRT, SIG_DFL);
		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		close(ends[1]);
		act();
		_exit(0);
	}
	close(ends[1]);
	while ((got = read(ends[0], text + len, size - 1 - len)) > 0)
		len += (size_t)got;
	text[len] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(child, &how, 0), child);
	return how;
}

static void
panic_for_five(void)
{
	panic("five is %d", 4);
}

static void
ask_for_too_much(void)
{
	free(xrealloc(NULL, SIZE_MAX / 2, 3));
}

static void
a_bug_stops_the_program_and_is_said(void **state)
{
	char text[512];
	int how = in_a_child(panic_for_five, text, sizeof(text));

	(void)state;
	assert_true(WIFSIGNALED(how));
	assert_int_equal(WTERMSIG(how), SIGABRT);
	assert_non_null(strstr(text, "five is 4\n"));
}

static void
a_size_that_wraps_round_is_a_bug(void **state)
{
	char text[512];
	int how = in_a_child(ask_for_too_much, text, sizeof(text));

	(void)state;
	assert_true(WIFSIGNALED(how));
	assert_non_null(strstr(text, "past all memory"));
}

static void
log_at_each_level(void)
{
	for (int level = 0; level < LOG__MAX; level++) {
		log_set_level((enum log_level)level);
		log_error("error at %d", level);
		log_note("note at %d", level);
		log_detail("detail\nat %d", level);
	}
}

static void
the_log_says_what_its_level_lets_it(void **state)
{
	char text[1024];

	(void)state;
	assert_int_equal(in_a_child(log_at_each_level, text, sizeof(text)), 0);
	assert_string_equal(text,
	    "keepmoving: error at 1\n"
	    "keepmoving: error at 2\nkeepmoving: note at 2\n"
	    "keepmoving: error at 3\nkeepmoving: note at 3\n"
	    "keepmoving: detail at 3\n");
}

static void
copies_are_the_callers(void **state)
{
	char *text = xstrdup("Riverside");
	char *part = xstrndup("Riverside", 5);
	char *whole = xstrndup("ab", 100);
	char *made = xasprintf("%s-%d", "P", 7);
	unsigned char *zeroes = xcalloc(4, 2);

	(void)state;
	// cppcheck-suppress nullPointer ; it takes NULL, which is the test
	assert_null(xstrdup(NULL));
	assert_string_equal(part, "River");
	assert_string_equal(whole, "ab");
	assert_string_equal(made, "P-7");
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(zeroes[i], 0);
	replace_text(&text, text + 5); /* out of itself */
	assert_string_equal(text, "side");
	replace_text(&text, NULL);
	assert_null(text);
	replace_text(&text, "back");
	assert_string_equal(text, "back");
	free(text);
	free(part);
	free(whole);
	free(made);
	free(xrealloc(zeroes, 0, 8)); /* never NULL, so never a leak */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reason_is_one_line),
		cmocka_unit_test(words_are_put_before_a_reason),
		cmocka_unit_test(a_long_reason_is_cut_between_characters),
		cmocka_unit_test(exit_codes_are_those_of_sysexits),
		cmocka_unit_test(a_bug_stops_the_program_and_is_said),
		cmocka_unit_test(a_size_that_wraps_round_is_a_bug),
		cmocka_unit_test(the_log_says_what_its_level_lets_it),
		cmocka_unit_test(copies_are_the_callers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
