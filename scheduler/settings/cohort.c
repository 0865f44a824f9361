/*
 * cohort.c - see cohort.h
 */
#include "settings/cohort.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/zone.h"
#include "settings/cohort_rows.h"

static void
read_members(struct tree *tree, struct cohort *cohort)
{
	static const struct {
		const char *name;
		const struct field *fields;
		size_t at;
	} groups[] = {
		{ "habits", cohort_habit_fields,
		    offsetof(struct cohort, habits) },
		{ "events", cohort_event_fields,
		    offsetof(struct cohort, events) },
		{ "channels", cohort_channel_fields,
		    offsetof(struct cohort, channels) },
		{ "troubles", cohort_trouble_fields,
		    offsetof(struct cohort, troubles) },
	};
	const config_setting_t *root = tree_root(tree);

	fields_read(tree, root, cohort_fields, cohort);
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		fields_read(tree, fields_group(tree, root, groups[i].name),
		    groups[i].fields, (char *)cohort + groups[i].at);
}

static void
read_shapes(
    struct tree *tree, const config_setting_t *list, struct cohort *cohort)
{
	double sum = 0;

	cohort->shapes_len = fields_groups(tree, list);
	cohort->shapes =
	    xcalloc((size_t)cohort->shapes_len + 1, sizeof(*cohort->shapes));
	for (int i = 0; i < cohort->shapes_len; i++) {
		struct cohort_shape *shape = &cohort->shapes[i];
		const config_setting_t *group =
		    config_setting_get_elem(list, (unsigned)i);

		fields_read(tree, group, cohort_shape_fields, shape);
		sum += shape->share;
		if (shape->start > 10 || shape->rest > 10)
			tree_complain(tree, group, "has a pain above 10");
		if (shape->half_life_s <= 0 ||
		    (shape->flare_every_s > 0 && shape->flare_half_life_s <= 0))
			tree_complain(tree, group,
			    "needs a half_life, and one of its flares where "
			    "it has them");
	}
	if (list != NULL && sum <= 0)
		tree_complain(tree, list, "have no share of anybody");
}

static void
read_words(
    struct tree *tree, const config_setting_t *list, struct cohort *cohort)
{
	cohort->words_len = fields_groups(tree, list);
	cohort->words =
	    xcalloc((size_t)cohort->words_len + 1, sizeof(*cohort->words));
	for (int i = 0; i < cohort->words_len; i++) {
		const config_setting_t *group =
		    config_setting_get_elem(list, (unsigned)i);
		struct cohort_words *words = &cohort->words[i];

		fields_read(tree, group, cohort_word_fields, words);
		for (int k = 0; k < SAYS__MAX; k++)
			if (words->lang != NULL && words->says[k].len == 0)
				tree_complain(tree, group,
				    "%s is empty: give at least one text",
				    cohort_word_fields[k + 1].name);
	}
}

static void
check_zones(struct tree *tree, const struct cohort *cohort)
{
	for (int i = 0; i < cohort->zones_len; i++) {
		struct zone *zone = NULL;
		struct why why;

		if (zone_open(cohort->zones[i], &zone, &why) != STATUS_OK)
			tree_complain(
			    tree, tree_find(tree, "zones"), "%s", why.text);
		zone_free(zone);
	}
}

static void
read_cohort(struct tree *tree, struct cohort *cohort)
{
	read_members(tree, cohort);
	read_shapes(tree, tree_find(tree, "shapes"), cohort);
	read_words(tree, tree_find(tree, "words"), cohort);
	check_zones(tree, cohort);
}

enum status
cohort_load(const char *path, struct cohort **cohort,
    struct complaints *complaints, struct why *why)
{
	struct tree tree;
	struct cohort *fresh = NULL;
	enum status status = tree_read(&tree, path, complaints, why);

	if (status == STATUS_OK) {
		fresh = xcalloc(1, sizeof(*fresh));
		read_cohort(&tree, fresh);
		status = tree_status(&tree, why);
	}
	tree_free(&tree);
	if (status == STATUS_OK)
		*cohort = fresh;
	else
		cohort_free(fresh);
	return status;
}

void
cohort_free(struct cohort *cohort)
{
	if (cohort == NULL)
		return;
	for (int i = 0; i < cohort->shapes_len; i++)
		free(cohort->shapes[i].id);
	free(cohort->shapes);
	for (int i = 0; i < cohort->words_len; i++) {
		struct cohort_words *words = &cohort->words[i];

		free(words->lang);
		for (int k = 0; k < SAYS__MAX; k++)
			texts_free(words->says[k].texts, words->says[k].len);
	}
	free(cohort->words);
	texts_free(cohort->zones, cohort->zones_len);
	free(cohort);
}

const struct cohort_words *
cohort_words_in(const struct cohort *cohort, const char *lang)
{
	for (int i = 0; i < cohort->words_len; i++)
		if (strcmp(cohort->words[i].lang, lang) == 0)
			return &cohort->words[i];
	return &cohort->words[0];
}
