#include "tick/tongues.h"

#include <stdlib.h>

#include "base/log.h"
#include "settings/words.h"

/* Words of another language that can't be read keep nobody from being heard. */
static void
read_others(struct practice *practice, const char *lang,
    const struct lexicon *own, enum asks asked, const char *text,
    struct reading *reading)
{
	char **langs = NULL;
	int len = words_others(practice->config->words, lang, &langs);
	for (int i = 0; i < len; i++) {
		const struct lexicon *other = NULL;
		struct why why = { 0 };
		if (practice_lexicon(practice, langs[i], &other, &why) ==
		    STATUS_OK)
			reply_read_also(reading, own, other, asked, text);
		else
			log_error("%s", why.text);
		free(langs[i]);
	}
	free(langs);
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
	if (reply_may_be_other(reading, own, text))
		read_others(practice, lang, own, asked, text, reading);
	return STATUS_OK;
}
