/*
 * NAME
 *	tree - a libconfig file that knows where each of its settings stands
 *
 * What is wrong with a setting is complained of at its file and line, and
 * reading goes on, so that one run names everything that must be mended. The
 * value_...() functions read one setting each as one type: they give false
 * after a complaint, and leave *out as it was.
 */
#ifndef SETTINGS_TREE_H
#define SETTINGS_TREE_H

#include <libconfig.h>
#include <stdint.h>

#include "settings/source.h"

struct tree {
	struct source source;
	config_t config;
	struct complaints *complaints; /* lent */
	int before; /* complaints that were there already */
	int denied; /* the first that is of a file others may read; -1 */
	char *unhad; /* where a secret can't be had, and why; or NULL */
};

/* Parse the file. tree_free() it in any case. */
enum status tree_read(struct tree *tree, const char *path,
    struct complaints *complaints, struct why *why);
void tree_free(struct tree *tree);

/* OK; or DENIED or CONFIG, with the reason. */
enum status tree_status(const struct tree *tree, struct why *why);

const config_setting_t *tree_root(const struct tree *tree);
/* "clinic.timezone"; NULL where it is not given. */
const config_setting_t *tree_find(const struct tree *tree, const char *path);

const char *tree_file(const struct tree *tree, const config_setting_t *s);
int tree_line(const struct tree *tree, const config_setting_t *s);
/* "clinic.quiet.from"; the caller frees. */
char *tree_name(const config_setting_t *s);

/* At that setting's file and line; the words begin with its name. */
void tree_complain(const struct tree *tree, const config_setting_t *s,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Text is never empty and holds no control characters. The caller frees. */
bool value_text(struct tree *tree, const config_setting_t *s, char **out);
/* One text, or an array or list of them. */
bool value_texts(
    struct tree *tree, const config_setting_t *s, char ***out, int *len);
bool value_whole(
    struct tree *tree, const config_setting_t *s, int min, int max, int *out);
bool value_number(struct tree *tree, const config_setting_t *s, double *out);
bool value_bool(struct tree *tree, const config_setting_t *s, bool *out);
bool value_seconds(struct tree *tree, const config_setting_t *s, int64_t *out);
bool value_minute(struct tree *tree, const config_setting_t *s, int *out);
/* Absolute, as seen from the file that names it; a URL as it is. */
bool value_path(struct tree *tree, const config_setting_t *s, char **out);
/* Resolved. A file that holds it itself must be its owner's alone. One that is
 * kept elsewhere and can't be had is no complaint, or a password that is gone
 * would stop all that does not need it: tree_unhad() then says so. */
bool value_secret(struct tree *tree, const config_setting_t *s, char **out);
/* Why a secret could not be had since this was asked, or NULL; the caller
 * frees. */
char *tree_unhad(struct tree *tree);

void texts_free(char **texts, int len);

#endif
