#include "settings/words.h"

#include <errno.h>
#include <libconfig.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "care/lexicon.h"
#include "settings/examples.h"

/* What a walk through the file carries along. */
struct loading {
	struct lexicon *lexicon;
	const char *path;
	struct why *why;
	int group; /* that phrases are added to */
	struct flag_rule *rule; /* that patterns are added to */
	enum strip strip;
};

typedef enum status (*take_line)(struct loading *loading, const char *line);

static enum status
refuse(struct loading *loading, const config_setting_t *at, const char *problem)
{
	return why_set(loading->why, STATUS_CONFIG, "%s:%u: %s", loading->path,
	    config_setting_source_line(at), problem);
}

/* Hand each string of an array, a list or a lone string to a function. */
static enum status
take_lines(
    struct loading *loading, const config_setting_t *setting, take_line take)
{
	bool lone = config_setting_type(setting) == CONFIG_TYPE_STRING;
	int len = lone ? 1 : config_setting_length(setting);
	enum status status = STATUS_OK;
	struct why reason;

	if (!lone && !config_setting_is_array(setting) &&
	    !config_setting_is_list(setting))
		return refuse(loading, setting, "must be strings in [ ]");
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		const config_setting_t *element =
		    lone ? setting
			 : config_setting_get_elem(setting, (unsigned)i);
		const char *line = config_setting_get_string(element);

		if (line == NULL)
			return refuse(
			    loading, element, "must be a string in quotes");
		status = take(loading, line);
		if (status != STATUS_OK) {
			if (loading->why == NULL)
				return STATUS_CONFIG;
			reason = *loading->why;
			status = why_set(loading->why, STATUS_CONFIG,
			    "%s:%u: \"%.80s\": %.300s", loading->path,
			    config_setting_source_line(element), line,
			    reason.text);
		}
	}
	return status;
}

static enum status
take_spelling(struct loading *loading, const char *line)
{
	return lexicon_add_spelling(loading->lexicon, line, loading->why);
}

static enum status
take_sound(struct loading *loading, const char *line)
{
	return lexicon_add_sound(loading->lexicon, line, loading->why);
}

static enum status
take_number(struct loading *loading, const char *line)
{
	return lexicon_add_number(loading->lexicon, line, loading->why);
}

static enum status
take_common(struct loading *loading, const char *line)
{
	lexicon_add_common(loading->lexicon, line);
	return STATUS_OK;
}

static enum status
take_phrase(struct loading *loading, const char *line)
{
	return lexicon_add_phrase(
	    loading->lexicon, loading->group, line, loading->why);
}

static enum status
take_pattern(struct loading *loading, const char *line)
{
	return lexicon_add_pattern(loading->lexicon, &loading->rule->say,
	    &loading->rule->say_len, line, loading->why);
}

static enum status
take_glob(struct loading *loading, const char *line)
{
	lexicon_add_glob(loading->lexicon, loading->strip, line);
	return STATUS_OK;
}

static enum status
take_lock_screen(struct loading *loading, const char *line)
{
	lexicon_add_lock_screen(loading->lexicon, line);
	return STATUS_OK;
}

static bool
is_role(const char *name)
{
	for (int role = 0; role < ROLE__MAX; role++) {
		if (strcmp(role_names[role], name) == 0)
			return true;
	}
	return false;
}

/* Named lists of phrases; all but those of "words" are roles. */
static enum status
load_groups(struct loading *loading, const config_setting_t *section)
{
	bool free_names = strcmp(config_setting_name(section), "words") == 0;
	enum status status = STATUS_OK;

	if (!config_setting_is_group(section))
		return refuse(loading, section, "must be a group { }");
	for (int i = 0;
	     i < config_setting_length(section) && status == STATUS_OK; i++) {
		const config_setting_t *setting =
		    config_setting_get_elem(section, (unsigned)i);
		const char *name = config_setting_name(setting);

		if (is_role(name) == free_names)
			return refuse(loading, setting,
			    free_names
				? "this name is kept for another section"
				: "unknown name; lists of your own go into "
				  "words");
		loading->group = lexicon_add_group(loading->lexicon, name);
		status = take_lines(loading, setting, take_phrase);
	}
	return status;
}

static enum status
load_strip(struct loading *loading, const config_setting_t *section)
{
	enum status status = STATUS_OK;

	if (!config_setting_is_group(section))
		return refuse(loading, section, "must be a group { }");
	for (int i = 0;
	     i < config_setting_length(section) && status == STATUS_OK; i++) {
		const config_setting_t *setting =
		    config_setting_get_elem(section, (unsigned)i);
		int strip = 0;

		while (strip < STRIP__MAX &&
		       strcmp(strip_names[strip],
			   config_setting_name(setting)) != 0)
			strip++;
		if (strip == STRIP__MAX)
			return refuse(loading, setting, "unknown name");
		loading->strip = (enum strip)strip;
		status = take_lines(loading, setting, take_glob);
	}
	return status;
}

/* What keeps a red flag down, or what it is about, is a list without a name. */
static enum status
take_list(struct loading *loading, const config_setting_t *setting, int *group)
{
	*group = loading->group = lexicon_add_group(loading->lexicon, "");
	return take_lines(loading, setting, take_phrase);
}

/* The question that a red flag must answer to be one, or must not. */
static enum status
take_asked(
    struct loading *loading, const config_setting_t *setting, enum asks *asked)
{
	const char *name = config_setting_get_string(setting);
	enum asks asks = name == NULL ? ASKS__MAX : asks_parse(name);

	if (asks == ASKS__MAX)
		return refuse(loading, setting,
		    "must be pain, done, leg, settled or none");
	*asked = asks;
	return STATUS_OK;
}

/* One red flag: { name, level, own, asked, not_asked, topic, say, unless }. */
static enum status
load_flag(struct loading *loading, const config_setting_t *flag)
{
	const char *name, *level;
	enum status status = STATUS_OK;

	if (!config_setting_is_group(flag) ||
	    !config_setting_lookup_string(flag, "name", &name) ||
	    !config_setting_lookup_string(flag, "level", &level))
		return refuse(
		    loading, flag, "a red flag is { name, level, say }");
	if (strlen(name) >= FLAG_NAME_SIZE)
		return refuse(loading, flag, "the name is too long");
	if (flag_level_parse(level) == FLAG__MAX)
		return refuse(loading, flag,
		    "level is emergency, self-harm, urgent or notice");
	loading->rule =
	    lexicon_add_flag(loading->lexicon, name, flag_level_parse(level));
	for (int i = 0; i < config_setting_length(flag) && status == STATUS_OK;
	     i++) {
		const config_setting_t *setting =
		    config_setting_get_elem(flag, (unsigned)i);
		const char *key = config_setting_name(setting);

		if (strcmp(key, "say") == 0)
			status = take_lines(loading, setting, take_pattern);
		else if (strcmp(key, "unless") == 0)
			status =
			    take_list(loading, setting, &loading->rule->unless);
		else if (strcmp(key, "topic") == 0)
			status =
			    take_list(loading, setting, &loading->rule->topic);
		else if (strcmp(key, "own") == 0 &&
			 config_setting_type(setting) == CONFIG_TYPE_BOOL)
			loading->rule->own =
			    config_setting_get_bool(setting) != 0;
		else if (strcmp(key, "asked") == 0)
			status =
			    take_asked(loading, setting, &loading->rule->asked);
		else if (strcmp(key, "not_asked") == 0)
			status = take_asked(
			    loading, setting, &loading->rule->not_asked);
		else if (strcmp(key, "name") != 0 && strcmp(key, "level") != 0)
			status = refuse(loading, setting,
			    "unknown setting, or of the wrong type");
	}
	if (status == STATUS_OK && loading->rule->say_len == 0)
		status = refuse(loading, flag, "say is missing");
	return status;
}

static enum status
load_flags(struct loading *loading, const config_setting_t *section)
{
	enum status status = STATUS_OK;

	if (!config_setting_is_list(section))
		return refuse(loading, section, "must be a list ( )");
	for (int i = 0;
	     i < config_setting_length(section) && status == STATUS_OK; i++)
		status = load_flag(
		    loading, config_setting_get_elem(section, (unsigned)i));
	return status;
}

/* The sections, in the order in which they build on each other. */
static const struct section {
	const char *name;
	enum status (*load)(
	    struct loading *loading, const config_setting_t *section);
	take_line take; /* where it is but a list of strings */
} sections[] = {
	{ "sounds", NULL, take_sound },
	{ "spellings", NULL, take_spelling },
	{ "numbers", NULL, take_number },
	{ "words", load_groups, NULL },
	{ "keywords", load_groups, NULL },
	{ "denials", load_groups, NULL },
	{ "scores", load_groups, NULL },
	{ "answers", load_groups, NULL },
	{ "red_flags", load_flags, NULL },
	{ "common", NULL, take_common },
	{ "strip", load_strip, NULL },
	{ "lock_screen", NULL, take_lock_screen },
};
#define SECTIONS (sizeof(sections) / sizeof(sections[0]))

static enum status
check_names(struct loading *loading, const config_setting_t *root)
{
	for (int i = 0; i < config_setting_length(root); i++) {
		const config_setting_t *setting =
		    config_setting_get_elem(root, (unsigned)i);
		size_t known = 0;

		while (
		    known < SECTIONS && strcmp(sections[known].name,
					    config_setting_name(setting)) != 0)
			known++;
		if (known == SECTIONS)
			return refuse(loading, setting, "unknown section");
	}
	return STATUS_OK;
}

static enum status
load_sections(struct loading *loading, const config_t *config)
{
	const config_setting_t *root = config_root_setting(config);
	enum status status = check_names(loading, root);
	struct why reason = { "" };

	for (size_t i = 0; i < SECTIONS && status == STATUS_OK; i++) {
		const config_setting_t *section =
		    config_setting_get_member(root, sections[i].name);

		if (section == NULL)
			return why_set(loading->why, STATUS_CONFIG,
			    "%s: the section %s is missing", loading->path,
			    sections[i].name);
		status = sections[i].take != NULL
			     ? take_lines(loading, section, sections[i].take)
			     : sections[i].load(loading, section);
	}
	if (status == STATUS_OK &&
	    lexicon_finish(loading->lexicon, &reason) != STATUS_OK)
		status = why_set(loading->why, STATUS_CONFIG, "%s: %s",
		    loading->path, reason.text);
	return status;
}

enum status
words_load(const char *dir, const char *lang, struct lexicon **lexicon,
    struct complaints *complaints, struct why *why)
{
	char *path = xasprintf("%s/%s.cfg", dir, lang);
	struct loading loading = { .path = path, .why = why };
	enum status status;
	config_t config;

	config_init(&config);
	config_set_include_dir(&config, dir);
	if (strchr(lang, '/') != NULL || access(path, R_OK) != 0) {
		status = why_set(why, STATUS_NO_FILE,
		    "%s: no words for the language \"%s\"", path, lang);
		goto out;
	}
	if (!config_read_file(&config, path)) {
		status = why_set(why, STATUS_CONFIG, "%s:%d: %s",
		    config_error_file(&config) != NULL
			? config_error_file(&config)
			: path,
		    config_error_line(&config), config_error_text(&config));
		goto out;
	}
	loading.lexicon = lexicon_new();
	status = load_sections(&loading, &config);
	if (status == STATUS_OK) {
		examples_load(dir, lang, loading.lexicon, complaints);
		*lexicon = loading.lexicon;
	} else
		lexicon_free(loading.lexicon);
out:
	config_destroy(&config);
	free(path);
	return status;
}
