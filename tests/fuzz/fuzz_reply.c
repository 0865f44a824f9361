/* A reply, by the words of each language and after each question. */
#include "fuzz.h"

#include <stdlib.h>

#include "base/status.h"
#include "care/lexicon.h"
#include "care/reply.h"
#include "settings/words.h"

static struct lexicon *
lexicon_of(unsigned language)
{
	static const char *const names[] = { "en", "es" };
	static struct lexicon *lexicons[2];
	struct why why = { "" };

	if (lexicons[language] == NULL &&
	    words_load("config/words", names[language], &lexicons[language],
		NULL, &why) != STATUS_OK)
		panic("%s", why.text);
	return lexicons[language];
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const struct lexicon *lexicon =
	    lexicon_of(fuzz_choice(&bytes, &len, 2));
	enum asks asked = (enum asks)fuzz_choice(&bytes, &len, ASKS__MAX);
	char *text = fuzz_text(bytes, len);
	struct reading reading = reply_read(lexicon, asked, text);

	fuzz_expect(reading.pain >= PAIN_NONE && reading.pain <= 10,
	    "a score out of bounds", text);
	fuzz_expect(
	    reading.flags_len >= 0 && reading.flags_len <= READING_FLAGS,
	    "too many flags", text);
	for (int i = 0; i < reading.flags_len; i++)
		fuzz_expect(reading.flags[i].level < FLAG__MAX &&
				(i == 0 || reading.flags[i].level <=
					       reading.flags[i - 1].level),
		    "the gravest flag is not the first", text);
	free(text);
	return 0;
}
