/*
 * People write in the language that comes to them, above all in distress: what
 * must not be missed is read with the words of other languages too. Those know
 * enough of one another to take a denial for a flag ("no tengo cáncer"), so
 * that they are heard only where they know the text better.
 */
#include "care/reply.h"

#include "care/reply_text.h"

int
reply_unknown(const struct lexicon *lexicon, const char *written)
{
	struct reply_text text;
	int unknown = 0;

	reply_text_open(&text, lexicon, written);
	for (int i = 0; i < text.len; i++) {
		const struct token *token = &text.tokens[i];

		if (token->tenths < 0 &&
		    lexicon_find(lexicon, token->text, token->len) < 0)
			unknown++;
	}
	reply_text_close(&text);
	return unknown;
}

bool
reply_may_be_other(const struct reading *reading, int unknown)
{
	return !reading->automatic && (reading->unclear || unknown > 0);
}

void
reply_read_also(struct reading *reading, int unknown,
    const struct lexicon *lexicon, enum asks asked, const char *written)
{
	struct reading other = reply_read(lexicon, asked, written);
	int more = unknown - reply_unknown(lexicon, written);
	bool keyword =
	    reading->start || reading->help || reading->pause_days > 0;

	if (more > 0)
		reading_take_graver(reading, &other);
	if ((more > 0 || (more == 0 && reading->unclear)) && !keyword &&
	    (other.stop || other.wrong_number)) {
		reading->stop |= other.stop;
		reading->wrong_number |= other.wrong_number;
		reading->who |= other.who;
		reading->unclear = reading->courtesy = reading->question =
		    false;
	}
}
