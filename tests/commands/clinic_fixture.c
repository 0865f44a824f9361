#include "clinic_fixture.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "commands/command.h"

#define WORDS 40
#define HOUR_S 3600

static void
write_config(const struct clinic_fixture *clinic)
{
	struct buffer text = { 0 };
	struct why why;
	char top[512];
	FILE *file;

	if (getcwd(top, sizeof(top)) == NULL ||
	    buffer_read_file(&text, "config/keepmoving.cfg", &why) != STATUS_OK)
		fail_msg("tests run from the top of the tree");
	file = fopen(clinic->config, "w");
	assert_non_null(file);
	for (const char *line = buffer_text(&text); *line != '\0';) {
		int len = (int)strcspn(line, "\n");

		if (strncmp(line, "templates =", 11) == 0)
			fprintf(file, "templates = \"%s/templates\";\n", top);
		else if (strncmp(line, "plans =", 7) == 0)
			fprintf(file, "plans = \"plans\";\n");
		else if (strncmp(line, "words =", 7) == 0)
			fprintf(file, "words = \"%s/config/words\";\n", top);
		else
			fprintf(file, "%.*s\n", len, line);
		line += len;
		line += *line == '\n';
	}
	assert_int_equal(fclose(file), 0);
	buffer_free(&text);
}

/* Run with stdout going into a file, which is then read. */
static enum status
run_words(struct clinic_fixture *clinic, int len, char **words)
{
	struct session session = { .config_path = clinic->config,
		.config_given = true,
		.clock = { .fixed = true } };
	struct arguments arguments = { 0 };
	char *path = xasprintf("%s/out", clinic->dir);
	int kept = dup(STDOUT_FILENO);
	enum status status;

	fflush(stdout);
	assert_non_null(freopen(path, "w", stdout));
	clinic->why = (struct why){ "" };
	assert_int_equal(
	    time_parse(clinic->now, &session.clock.fixed_at, &clinic->why),
	    STATUS_OK);
	session.command = command_find(words[0]);
	status = arguments_parse(session.command->options, len - 1, words + 1,
	    &arguments, &clinic->why);
	if (status == STATUS_OK)
		status = command_run(&session, &arguments, &clinic->why);
	arguments_free(&arguments);
	fflush(stdout);
	dup2(kept, STDOUT_FILENO);
	close(kept);
	buffer_clear(&clinic->out);
	buffer_read_file(&clinic->out, path, NULL);
	free(path);
	return status;
}

enum status
clinic_run(struct clinic_fixture *clinic, ...)
{
	char *words[WORDS] = { 0 };
	int len = 0;
	va_list ap;

	va_start(ap, clinic);
	while (len < WORDS && (words[len] = va_arg(ap, char *)) != NULL)
		len++;
	va_end(ap);
	return run_words(clinic, len, words);
}

void
clinic_check(const struct clinic_fixture *clinic, enum status wanted,
    enum status got, const char *file, int line)
{
	if (got != wanted)
		print_error(
		    "%s\n%s\n", clinic->why.text, buffer_text(&clinic->out));
	_assert_int_equal(got, wanted, file, line);
}

const char *
clinic_enrol(
    struct clinic_fixture *clinic, char ref[16], const char *phone, ...)
{
	char *words[WORDS] = { "enrol", "--name", "Maya Ortiz", "--plan",
		"low-back", "--phone", (char *)phone, "--consent", "2026-03-01",
		"--set", "aggravator=sitting" };
	int len = 11;
	enum status status;
	va_list ap;

	va_start(ap, phone);
	while (len < WORDS && (words[len] = va_arg(ap, char *)) != NULL)
		len++;
	va_end(ap);
	status = run_words(clinic, len, words);
	if (status != STATUS_OK)
		fail_msg("%s", clinic->why.text);
	snprintf(ref, 16, "%.8s", buffer_text(&clinic->out));
	return ref;
}

void
clinic_ticks(struct clinic_fixture *clinic, const char *until)
{
	int64_t at, end;
	char now[TIME_SIZE];

	assert_int_equal(time_parse(clinic->now, &at, NULL), STATUS_OK);
	assert_int_equal(time_parse(until, &end, NULL), STATUS_OK);
	for (at -= at % HOUR_S; at < end; at += HOUR_S) {
		if (at / HOUR_S % 24 != 9 && at / HOUR_S % 24 != 17)
			continue;
		clinic->now = time_format(at, now);
		clinic_expect(clinic, STATUS_OK, "tick");
	}
	clinic->now = until;
	clinic_expect(clinic, STATUS_OK, "tick");
}

void
clinic_said(const struct clinic_fixture *clinic, const char *text)
{
	if (strstr(buffer_text(&clinic->out), text) == NULL)
		fail_msg(
		    "\"%s\" is not in:\n%s", text, buffer_text(&clinic->out));
}

void
clinic_not_said(const struct clinic_fixture *clinic, const char *text)
{
	if (strstr(buffer_text(&clinic->out), text) != NULL)
		fail_msg("\"%s\" is in:\n%s", text, buffer_text(&clinic->out));
}

json_t *
clinic_json(const struct clinic_fixture *clinic)
{
	json_t *root = NULL;
	struct why why;

	if (json_read(buffer_text(&clinic->out), clinic->out.len, &root,
		&why) != STATUS_OK)
		fail_msg("%s in:\n%s", why.text, buffer_text(&clinic->out));
	return root;
}

/* One plan: to check all that are shipped takes longer than the tests. */
static void
link_plan(const struct clinic_fixture *clinic)
{
	char *plans = xasprintf("%s/plans", clinic->dir);
	char *link = xasprintf("%s/low-back.cfg", plans);
	char *plan = realpath("config/plans/low-back.cfg", NULL);

	assert_non_null(plan);
	assert_int_equal(mkdir(plans, 0700), 0);
	assert_int_equal(symlink(plan, link), 0);
	free(plan);
	free(link);
	free(plans);
}

void
clinic_open(struct clinic_fixture *clinic)
{
	*clinic = (struct clinic_fixture){ .now = "2026-03-02T09:00:00Z" };
	strcpy(clinic->dir, "/tmp/keepmoving-test-XXXXXX");
	assert_non_null(mkdtemp(clinic->dir));
	clinic->config = xasprintf("%s/keepmoving.cfg", clinic->dir);
	log_set_level(LOG_QUIET);
	write_config(clinic);
	link_plan(clinic);
	clinic_expect(clinic, STATUS_OK, "setup");
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

void
clinic_close(struct clinic_fixture *clinic)
{
	assert_int_equal(
	    nftw(clinic->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
	free(clinic->config);
	buffer_free(&clinic->out);
}
