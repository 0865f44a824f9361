/*
 * script.c - see rehearse.h
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "simulate/rehearse.h"

#define DAYS_MAX 730
#define WEEKS_MAX 104
#define LINES_MAX 5000

static const char *const acts[SCRIPT__MAX] = {
	[SCRIPT_CLOSES] = "[closes alerts]",
	[SCRIPT_SAYS_YES] = "[says yes]",
	[SCRIPT_PAUSES] = "[pauses]",
	[SCRIPT_RESUMES] = "[resumes]",
};

/* What is read at the moment, and where complaints go. */
struct reader {
	struct script *script;
	struct complaints *complaints;
	const char *path;
	int line;
};

static void
complain_of(struct reader *reader, const char *what, const char *text)
{
	complain(reader->complaints, reader->path, reader->line, what, text);
}

enum status
script_begins(const char *text, struct civil *local, struct why *why)
{
	int minute = 0;
	char *day = xstrndup(text, strcspn(text, " \t"));
	const char *clock = text + strlen(day);
	clock += strspn(clock, " \t");
	enum status status = date_parse(day, &local->date, why);
	if (status == STATUS_OK && *clock == '\0')
		status = why_set(why, STATUS_BAD_DATA,
		    "the time is missing: write it like \"%s 09:30\"", day);
	if (status == STATUS_OK)
		status = minute_parse(clock, &minute, why);
	local->second = minute * 60;
	free(day);
	return status;
}

/* Digits up to most; 0 where there are none, or too many. */
static int
take_whole(const char **p, int most)
{
	int value = 0;
	while (isdigit((unsigned char)**p) && value <= most)
		value = value * 10 + (*(*p)++ - '0');
	return value <= most ? value : 0;
}

static void
skip_space(const char **p)
{
	*p += strspn(*p, " \t");
}

/* "17:05" */
static bool
take_minute(const char **p, int *minute)
{
	size_t len = strcspn(*p, " \t");
	char *text = xstrndup(*p, len);
	bool ok = minute_parse(text, minute, NULL) == STATUS_OK;
	free(text);
	*p += len;
	return ok;
}

static enum script_act
act_of(const char *text)
{
	for (int act = SCRIPT_CLOSES; act < SCRIPT__MAX; act++)
		if (strcmp(acts[act], text) == 0)
			return (enum script_act)act;
	return *text == '[' ? SCRIPT__MAX : SCRIPT_WRITES;
}

/* By time, those of one minute as they stand. */
static void
add_line(struct script *script, const struct script_line *line)
{
	int at = script->lines_len++;
	script->lines = xrealloc(
	    script->lines, (size_t)script->lines_len, sizeof *script->lines);
	while (at > 0) {
		const struct script_line *before = &script->lines[at - 1];
		if (before->day < line->day ||
		    (before->day == line->day &&
			before->minute <= line->minute))
			break;
		script->lines[at] = *before;
		at--;
	}
	script->lines[at] = *line;
}

/* "day 3 17:05  about 4", from behind "day". */
static void
read_day(struct reader *reader, const char *p)
{
	struct script_line line = { .line = reader->line };
	skip_space(&p);
	line.day = take_whole(&p, DAYS_MAX);
	skip_space(&p);
	if (line.day == 0 || !take_minute(&p, &line.minute)) {
		complain_of(reader,
		    "%s: a line of the conversation is like \"day 3 17:05  "
		    "about 4\"; day 1 is the day of enrolment",
		    "day");
		return;
	}
	skip_space(&p);
	line.act = act_of(p);
	if (line.act == SCRIPT__MAX)
		complain_of(reader,
		    "%s is no act of the clinic's; there are [closes alerts], "
		    "[says yes], [pauses] and [resumes]",
		    p);
	else if (*p == '\0')
		complain_of(reader, "%s: nothing is written in it", "day");
	else if (reader->script->lines_len >= LINES_MAX)
		complain_of(reader, "%s: the script is too long", "day");
	else {
		if (line.act == SCRIPT_WRITES)
			line.text = xstrdup(p);
		add_line(reader->script, &line);
	}
}

static void
read_fact(struct reader *reader, const char *value)
{
	struct script *script = reader->script;
	if (script->facts_len < ENROL_FACTS)
		script->facts[script->facts_len++] = xstrdup(value);
	else
		complain_of(reader, "set %s: too many facts", value);
}

static void
read_weeks(struct reader *reader, const char *value)
{
	const char *p = value;
	reader->script->weeks = take_whole(&p, WEEKS_MAX);
	if (reader->script->weeks == 0 || *p != '\0')
		complain_of(
		    reader, "weeks %s: give a number from 1 to 104", value);
}

/* Settings that can be told wrong without the plan are, with their line. */
static void
check_setting(struct reader *reader, const char *word, const char *value)
{
	struct zone *zone = NULL;
	struct civil local = { 0 };
	struct why why = { "" };
	enum status status = STATUS_OK;
	if (strcmp(word, "begins") == 0)
		status = script_begins(value, &local, &why);
	else if (strcmp(word, "zone") == 0)
		status = zone_open(value, &zone, &why);
	if (status != STATUS_OK)
		complain(reader->complaints, reader->path, reader->line,
		    "%s: %s", word, why.text);
	zone_free(zone);
}

/* One word and its value. */
static void
read_setting(struct reader *reader, const char *word, const char *value)
{
	struct script *script = reader->script;
	struct {
		const char *name;
		char **place;
	} const texts[] = {
		{ "name", &script->name },
		{ "begins", &script->begins },
		{ "zone", &script->zone },
		{ "channel", &script->channel },
		{ "lang", &script->lang },
		{ "baseline", &script->baseline },
	};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (strcmp(texts[i].name, word) == 0) {
			replace_text(texts[i].place, value);
			check_setting(reader, word, value);
			return;
		}
	}
	if (strcmp(word, "set") == 0)
		read_fact(reader, value);
	else if (strcmp(word, "weeks") == 0)
		read_weeks(reader, value);
	else
		complain_of(reader,
		    "\"%s\" is unknown; there are begins, name, zone, "
		    "channel, lang, baseline, set, weeks, and day",
		    word);
}

static void
read_line(struct reader *reader, const char *p)
{
	skip_space(&p);
	if (*p == '\0' || *p == '#')
		return;
	size_t len = strcspn(p, " \t");
	char *word = xstrndup(p, len);
	p += len;
	skip_space(&p);
	if (strcmp(word, "day") == 0)
		read_day(reader, p);
	else if (*p == '\0')
		complain_of(reader, "%s has no value", word);
	else
		read_setting(reader, word, p);
	free(word);
}

static void
read_lines(struct reader *reader, char *text)
{
	char *rest = text;
	char *line;
	while ((line = strsep(&rest, "\n")) != NULL) {
		size_t len = strlen(line);
		reader->line++;
		while (len > 0 && isspace((unsigned char)line[len - 1]))
			line[--len] = '\0';
		read_line(reader, line);
	}
}

enum status
script_load(const char *path, struct script *script,
    struct complaints *complaints, struct why *why)
{
	struct buffer bytes = { 0 };
	struct reader reader = {
		.script = script, .complaints = complaints, .path = path
	};
	int before = complaints->len;
	*script = (struct script){ 0 };
	enum status status = buffer_read_file(&bytes, path, why);
	if (status == STATUS_OK && !utf8_valid(buffer_text(&bytes), bytes.len))
		status =
		    why_set(why, STATUS_BAD_DATA, "%s is not UTF-8 text", path);
	if (status == STATUS_OK) {
		char *text = buffer_take(&bytes);
		read_lines(&reader, text);
		free(text);
		if (script->begins == NULL)
			complain(complaints, path, 0,
			    "says not when it begins: write a line like "
			    "\"begins 2026-03-02 09:30\"");
		status =
		    complaints_status(complaints, before, STATUS_BAD_DATA, why);
	}
	buffer_free(&bytes);
	if (status != STATUS_OK)
		script_free(script);
	return status;
}

void
script_free(struct script *script)
{
	free(script->name);
	free(script->begins);
	free(script->zone);
	free(script->channel);
	free(script->lang);
	free(script->baseline);
	for (int i = 0; i < script->facts_len; i++)
		free(script->facts[i]);
	for (int i = 0; i < script->lines_len; i++)
		free(script->lines[i].text);
	free(script->lines);
	*script = (struct script){ 0 };
}
