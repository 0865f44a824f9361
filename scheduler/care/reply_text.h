/*
 * NAME
 *	reply_text - a reply as the reader's rules see it
 *
 * For the reply_*.c files alone. A reply is stripped of what phones and mail
 * programs add, folded (one case, no accents, plain quotes and digits), and
 * cut into words. Each word knows what words of the lexicon it may be, and
 * what marks stood before it; the rules ask for phrases and groups at a place.
 */
#ifndef CARE_REPLY_TEXT_H
#define CARE_REPLY_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "care/lexicon.h"
#include "care/reading.h"

/* What stood between two words. */
enum mark {
	MARK_SPACE = 1 << 0,
	MARK_END = 1 << 1, /* of a sentence: . ! ; or a new line */
	MARK_QUESTION = 1 << 2,
	MARK_COMMA = 1 << 3,
	MARK_DASH = 1 << 4, /* - ~ */
	MARK_SLASH = 1 << 5,
	MARK_COLON = 1 << 6, /* : = */
	MARK_OPEN = 1 << 7,  /* ( [ */
	MARK_CLOSE = 1 << 8,
	MARK_SIGN = 1 << 9, /* # of an item, money, @ */
	MARK_UNIT = 1 << 10, /* % and degrees, after a number */
	MARK_LESS = 1 << 11, /* < > */
	MARK_STAR = 1 << 12, /* *6 puts right what went before */
	MARK_ASKS = 1 << 13  /* the mark that opens a Spanish question */
};
#define MARK_CLAUSE                                                           \
	(MARK_END | MARK_QUESTION | MARK_COMMA | MARK_OPEN | MARK_CLOSE)

#define PHRASE_BACK 8 /* words that a phrase before a place may have */

#define TOKEN_IDS 8

struct token {
	const char *text; /* lent by the folded text or the lexicon */
	int len;
	unsigned before; /* marks between the one before and this */
	int tenths;	 /* ten times its number, or -1 */
	bool digits;	 /* the number was written in digits */
	bool glued;	 /* to the one before, as "mg" in 500mg */
	int ids[TOKEN_IDS];
	int ids_len;
};

struct reply_text {
	const struct lexicon *lexicon;
	char *folded;
	struct token *tokens; /* tokens[len].before has the marks at the end */
	int len;
	int size;
	bool symbols;  /* there was an emoji that is no word */
	bool tapback;  /* only a reaction to one of our own texts */
	bool denied;   /* a sign of danger stands there, denied or explained */
	bool answered; /* the writer gave a score or told of exercises */
	uint32_t *matches; /* what each group matches at each place */
	bool *harmless; /* words of a phrase that only sounds alarming */
};

/* reply_fold.c: lower case, no accents, plain marks. The caller frees. */
char *reply_fold(const char *text);

/* reply_strip.c: leave only the patient's own lines of a folded text, in
 * place. True when it was no more than a reaction to a text of ours. */
bool reply_strip(const struct lexicon *lexicon, char *folded);

/* What it takes for signatures, folded, a line each; "" when there is none.
 * The caller frees. */
char *reply_signatures(const struct lexicon *lexicon, const char *written);

#define WORD_MAX 40 /* letters; a longer word is no word */

/* reply_token.c: a word more, or the words that it is a spelling of. Glued is
 * what follows a number without a space. */
struct token *reply_add_token(
    struct reply_text *text, const char *word, int len, unsigned before);
void reply_add_word(struct reply_text *text, const char *word, int len,
    unsigned before, bool glued);
void reply_add_id(struct token *token, int id);

/* reply_words.c: cut a text into words. */
void reply_text_open(struct reply_text *text, const struct lexicon *lexicon,
    const char *written);
void reply_text_close(struct reply_text *text);

/*
 * reply_match.c: the end (exclusive) of the longest phrase of a role, of a
 * group, or of one phrase, at a place, or -1. Nothing matches across the end
 * of a sentence.
 */
int match_group(struct reply_text *text, int group, int at);
int match_role(struct reply_text *text, enum role role, int at);
int match_phrase(struct reply_text *text, const struct phrase *phrase, int at);

/* Does some phrase of the role go from a place to just before another? */
bool match_role_to(struct reply_text *text, enum role role, int from, int to);

/* The start of a phrase of that role which ends just before at, or -1. */
int match_role_before(struct reply_text *text, enum role role, int at);

/* How many words the longest such phrase has, 0 when there is none. */
int match_role_longest(struct reply_text *text, enum role role, int at);

/* Does one stand anywhere from first to before end? Where, or -1. */
int match_role_in(struct reply_text *text, enum role role, int first, int end);

/* Are all words from first to before end covered by phrases of these roles
 * (ended by ROLE__MAX)? At least one word of the first role must be there. */
bool match_only(struct reply_text *text, int first, int end,
    const enum role *roles);

/* The first word of the sentence, or of the clause, that at stands in; and
 * the first after it. */
int text_first(const struct reply_text *text, int at, unsigned marks);
int text_end(const struct reply_text *text, int at, unsigned marks);

/* reply_flags.c */
void reply_read_flags(
    struct reply_text *text, enum asks asked, struct reading *reading);

/* reply_denial.c: is what stands from first to before end denied? The words
 * from..to belong to the same pattern and are not looked at. */
bool reply_denied(struct reply_text *text, int first, int end, int from,
    int to);
bool reply_denial_near(struct reply_text *text, int first);

/* reply_number.c: a number as it was said, with what belongs to it. */
struct number {
	int first;  /* its first word */
	int end;    /* the first word after it */
	int value;  /* the higher whole number of it; 11 for more */
	bool score; /* said to be of ten */
	bool other; /* surely something else: a dose, a time, a date */
	bool odd;   /* not a whole score as it stands: 3/5, 12 */
	bool trend; /* "from 6 to 4": the second is the newer */
};
/* The number at a place; false when there is none. */
bool reply_number(struct reply_text *text, int at, struct number *number);

/* reply_verdict.c */
enum verdict {
	VERDICT_NO,    /* something else */
	VERDICT_DOUBT, /* it may be: never guessed */
	VERDICT_SCORE,
	VERDICT_SURE /* of ten, or with a word for pain */
};
enum verdict reply_verdict(
    struct reply_text *text, const struct number *n, enum asks asked);
bool reply_ends_clause(const struct reply_text *text, int at);
bool reply_only_wished(struct reply_text *text, int at); /* "wish it were 0" */

/* How new what was said is; the middle one is for no time at all. */
enum age {
	AGE_PAST, /* yesterday, was */
	AGE_MORNING,
	AGE_PLAIN,
	AGE_TODAY,
	AGE_EVENING,
	AGE_NOW,
	AGE__MAX
};

/* A number that may be the score. */
struct candidate {
	int first;
	int end;
	int value;
	bool sure; /* of ten, or with a word for pain */
	enum age age;
	int age_words;	 /* to the word that tells it */
	bool correction; /* puts right what stands before it */
};

#define CANDIDATES 16 /* in one text at most */

struct candidates {
	struct candidate list[CANDIDATES];
	int len;
};

/* reply_age.c: which of the numbers is of which time. With a doubt there may
 * be one more, newer than what only was. */
void reply_ages(
    struct reply_text *text, struct candidates *all, bool doubt);

/* reply_score.c; doubt is set when there may be a score that isn't read. */
int reply_score(struct reply_text *text, enum asks asked, bool *doubt);

/* reply_question.c */
bool reply_asks(struct reply_text *text);	      /* the clinic */
bool reply_in_question(struct reply_text *text, int at); /* "what is 5?" */

/* reply_keyword.c: stop, start, help, wrong number, courtesy, automatic. */
void reply_read_keywords(struct reply_text *text, enum asks asked,
    struct reading *reading);

/* reply_pause.c: for how many days the patient wants a rest, or 0. */
int reply_pause(struct reply_text *text);

/* reply_answer.c: done, leg and settled. */
void reply_read_answers(struct reply_text *text, enum asks asked,
    struct reading *reading);

#endif
