/*
 * value.c - a setting as a value of one type; see tree.h
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/civil.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "settings/tree.h"

static const char *
type_name(const config_setting_t *s)
{
	switch (config_setting_type(s)) {
	case CONFIG_TYPE_GROUP:
		return "a group { }";
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
	case CONFIG_TYPE_FLOAT:
		return "a number";
	case CONFIG_TYPE_STRING:
		return "text";
	case CONFIG_TYPE_BOOL:
		return "true or false";
	case CONFIG_TYPE_ARRAY:
		return "an array [ ]";
	case CONFIG_TYPE_LIST:
		return "a list ( )";
	default:
		return "nothing";
	}
}

static bool
wrong_type(struct tree *tree, const config_setting_t *s, const char *wanted)
{
	tree_complain(
	    tree, s, "must be %s, and it is %s", wanted, type_name(s));
	return false;
}

static bool
has_control(const char *text)
{
	for (const char *p = text; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return true;
	return false;
}

/* A URL that carries a password is a secret, whatever it is called. */
static bool
has_password(const char *text)
{
	const char *host = strstr(text, "://");
	const char *at, *colon;

	if (host == NULL)
		return false;
	host += 3;
	at = memchr(host, '@', strcspn(host, "/?#"));
	colon = at != NULL ? memchr(host, ':', (size_t)(at - host)) : NULL;
	return colon != NULL && colon + 1 < at;
}

static bool
only_owner_reads(struct tree *tree, const config_setting_t *s)
{
	const char *file = tree_file(tree, s);
	struct stat st;

	if (stat(file, &st) != 0 || (st.st_mode & (S_IRGRP | S_IROTH)) == 0)
		return true;
	if (tree->denied < 0)
		tree->denied = tree->complaints->len;
	tree_complain(tree, s,
	    "is a secret, and others may read this file; chmod 600 %s, or put "
	    "the secret into a file of its own and write \"file:PATH\"",
	    file);
	return false;
}

/* Lent; NULL after a complaint. */
static const char *
string_of(struct tree *tree, const config_setting_t *s)
{
	const char *text;

	if (config_setting_type(s) != CONFIG_TYPE_STRING) {
		(void)wrong_type(tree, s, "text in quotes");
		return NULL;
	}
	text = config_setting_get_string(s);
	if (text == NULL || text[strspn(text, " \t")] == '\0')
		tree_complain(tree, s, "must not be empty");
	else if (has_control(text) || !utf8_valid(text, strlen(text)))
		tree_complain(tree, s, "must be one line of plain text");
	else
		return text;
	return NULL;
}

bool
value_text(struct tree *tree, const config_setting_t *s, char **out)
{
	const char *text = string_of(tree, s);

	if (text == NULL || (has_password(text) && !only_owner_reads(tree, s)))
		return false;
	*out = xstrdup(text);
	return true;
}

bool
value_texts(struct tree *tree, const config_setting_t *s, char ***out, int *len)
{
	int count = config_setting_is_array(s) || config_setting_is_list(s)
			? config_setting_length(s)
			: -1;
	char **texts = xcalloc(count > 0 ? (size_t)count : 1, sizeof(*texts));
	bool ok = true;

	if (count < 0)
		ok =
		    config_setting_type(s) == CONFIG_TYPE_STRING
			? value_text(tree, s, &texts[0])
			: wrong_type(tree, s, "text in quotes, or some in [ ]");
	for (int i = 0; i < count; i++)
		if (!value_text(tree, config_setting_get_elem(s, (unsigned)i),
			&texts[i]))
			ok = false;
	if (!ok) {
		texts_free(texts, count < 0 ? 1 : count);
		return false;
	}
	*out = texts;
	*len = count < 0 ? 1 : count;
	return true;
}

bool
value_number(struct tree *tree, const config_setting_t *s, double *out)
{
	switch (config_setting_type(s)) {
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		*out = (double)config_setting_get_int64(s);
		return true;
	case CONFIG_TYPE_FLOAT:
		*out = config_setting_get_float(s);
		if (isfinite(*out))
			return true;
		tree_complain(tree, s, "is too large a number");
		return false;
	default:
		return wrong_type(tree, s, "a number");
	}
}

bool
value_whole(
    struct tree *tree, const config_setting_t *s, int min, int max, int *out)
{
	double number = 0;

	if (!value_number(tree, s, &number))
		return false;
	if (number < min || number > max || number != floor(number)) {
		tree_complain(
		    tree, s, "must be a whole number from %d to %d", min, max);
		return false;
	}
	*out = (int)number;
	return true;
}

bool
value_bool(struct tree *tree, const config_setting_t *s, bool *out)
{
	if (config_setting_type(s) != CONFIG_TYPE_BOOL)
		return wrong_type(tree, s, "true or false (without quotes)");
	*out = config_setting_get_bool(s) == CONFIG_TRUE;
	return true;
}

bool
value_seconds(struct tree *tree, const config_setting_t *s, int64_t *out)
{
	struct why why;
	const char *text;

	if (config_setting_is_number(s))
		return wrong_type(
		    tree, s, "a duration like \"30s\", \"15m\" or \"2h\"");
	text = string_of(tree, s);
	if (text == NULL)
		return false;
	if (duration_parse(text, out, &why) == STATUS_OK)
		return true;
	tree_complain(tree, s, "is no duration: %s", why.text);
	return false;
}

bool
value_minute(struct tree *tree, const config_setting_t *s, int *out)
{
	struct why why;
	const char *text;

	if (config_setting_is_number(s))
		return wrong_type(tree, s, "a time like \"16:30\"");
	text = string_of(tree, s);
	if (text == NULL)
		return false;
	if (minute_parse(text, out, &why) == STATUS_OK)
		return true;
	tree_complain(tree, s, "is no time of day: %s", why.text);
	return false;
}

/* The folder of the file that names the setting, absolute. Caller frees. */
static char *
folder_of(struct tree *tree, const config_setting_t *s)
{
	const char *file = tree_file(tree, s);
	const char *slash = strrchr(file, '/');
	char *dir = slash == NULL ? xstrdup(".")
				  : xstrndup(file, (size_t)(slash - file) + 1);
	char *real = realpath(dir, NULL);

	if (real == NULL)
		return dir;
	free(dir);
	return real;
}

bool
value_path(struct tree *tree, const config_setting_t *s, char **out)
{
	char *text, *dir;

	if (!value_text(tree, s, &text))
		return false;
	if (text[0] == '/' || strstr(text, "://") != NULL) {
		*out = text;
		return true;
	}
	dir = folder_of(tree, s);
	*out = xasprintf("%s/%s", dir, text);
	free(dir);
	free(text);
	return true;
}

bool
value_secret(struct tree *tree, const config_setting_t *s, char **out)
{
	const char *text = string_of(tree, s);
	struct why why;
	enum status status;
	char *dir, *name;

	if (text == NULL ||
	    (secret_is_plain(text) && !only_owner_reads(tree, s)))
		return false;
	dir = folder_of(tree, s);
	status = secret_resolve(text, dir, out, &why);
	free(dir);
	if (status == STATUS_OK)
		return true;
	name = tree_name(s);
	free(tree->unhad);
	tree->unhad = xasprintf("%s:%d: %s can't be had: %s",
	    tree_file(tree, s), tree_line(tree, s), name, why.text);
	free(name);
	return false;
}

char *
tree_unhad(struct tree *tree)
{
	char *unhad = tree->unhad;

	tree->unhad = NULL;
	return unhad;
}
