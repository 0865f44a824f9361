#include "settings/text_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "settings/nearest.h"

struct reader {
	const struct template *template;
	json_t *values;
	struct complaints *complaints;
	bool all_known;
};

static void
complain_of(const struct reader *reader, const char *name, int line)
{
	const char *key, *best = NULL;
	int distance = 0;
	json_t *value;

	json_object_foreach(reader->values, key, value)
	    nearest_offer(name, key, &best, &distance);
	if (best != NULL)
		complain(reader->complaints, reader->template->path, line,
		    "there is no value {{%s}}; did you mean {{%s}}?", name,
		    best);
	else
		complain(reader->complaints, reader->template->path, line,
		    "there is no value {{%s}}; keepmoving-templates(7) has all "
		    "that there are",
		    name);
}

/* Of "aggravator.sitting" the first part: what it may be is its own. */
static void
see_name(void *closure, const char *name, int line, bool partial)
{
	struct reader *reader = closure;
	char *first = xstrndup(name, strcspn(name, "."));

	if (!partial && json_object_get(reader->values, first) == NULL) {
		reader->all_known = false;
		complain_of(reader, first, line);
	}
	free(first);
}

bool
text_names_check(const struct text_source *source, enum channel channel,
    json_t *values, struct complaints *complaints)
{
	struct reader reader = {
		.values = values, .complaints = complaints, .all_known = true
	};

	for (int i = 0; i < source->len; i++) {
		const struct template *template = source->list[i];

		reader.template = template;
		mustache_names(
		    template_text(template, channel), see_name, &reader);
		if (template->subject_text != NULL)
			mustache_names(
			    template->subject_text, see_name, &reader);
	}
	return reader.all_known;
}
