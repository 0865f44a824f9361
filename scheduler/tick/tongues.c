#include "tick/tongues.h"

#include <stdlib.h>

#include "base/log.h"
#include "settings/words.h"
#include "tick/amiss.h"

/* Words of another language that can't be read keep nobody from being heard:
 * the clinic is told, and reading goes on. */
static enum status
tell(struct practice *practice, const struct why *problem, struct why *why)
{
	log_error("%s", problem->text);
	struct amiss amiss = { AMISS_WORDS, .because = problem->text };
	return amiss_tell(practice, &amiss, why);
}

static enum status
read_others(struct practice *practice, const char *lang, int unknown,
    enum asks asked, const char *text, struct reading *reading, struct why *why)
{
	char **langs = NULL;
	int len = words_others(practice->config->words, lang, &langs);
	enum status status = STATUS_OK;
	for (int i = 0; i < len; i++) {
		const struct lexicon *other = NULL;
		struct why problem = { 0 };
		if (practice_lexicon(practice, langs[i], &other, &problem) ==
		    STATUS_OK)
			reply_read_also(reading, unknown, other, asked, text);
		else if (status == STATUS_OK)
			status = tell(practice, &problem, why);
		free(langs[i]);
	}
	free(langs);
	return status;
}

enum status
tongues_read(struct practice *practice, const char *lang, enum asks asked,
    const char *text, struct reading *reading, struct why *why)
{
	const struct lexicon *own = NULL;
	enum status status = practice_lexicon(practice, lang, &own, why);
	if (status != STATUS_OK)
		return status;
	*reading = reply_read(own, asked, text);
	int unknown = reply_unknown(own, text);
	if (reply_may_be_other(reading, unknown))
		status = read_others(
		    practice, lang, unknown, asked, text, reading, why);
	return status;
}
