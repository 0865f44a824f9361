/*
 * NAME
 *	lexicon - the words of one language, as plain data
 *
 * settings/words.c fills a lexicon from config/words/LANG.cfg; reply.c reads
 * with it. The file's syntax is in keepmoving-words(5). A lexicon holds
 *
 *   - a vocabulary: every word that any phrase names, each with its number;
 *   - spellings: what a word stands for ("cant" is "can not");
 *   - groups: named lists of phrases, among them the roles that the reader
 *     itself asks for by name;
 *   - red flag rules: patterns of groups and words near each other;
 *   - what replies with a red flag are like, learned from examples.
 *
 * A phrase is a row of words that follow one another; a pattern is one or
 * more phrases that stand near each other in any order. All text in a lexicon
 * has gone through the same normalisation as a reply, so that both meet.
 */
#ifndef CARE_LEXICON_H
#define CARE_LEXICON_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "care/reading.h"

/* One piece of a phrase. */
enum element_kind {
	ELEMENT_WORD,	/* "numb" */
	ELEMENT_STEM,	/* "tingl*": a word that begins so */
	ELEMENT_GROUP,	/* "<saddle>": any phrase of that group */
	ELEMENT_NUMBER, /* "#": any number; "#9-99": one from 9 to 99 */
	ELEMENT_GAP,	/* "..": up to three words, whatever they are */
	ELEMENT_NAME,	/* "@": a word that the file does not know */
	ELEMENT_END	/* "$": here the clause ends */
};

struct element {
	enum element_kind kind;
	bool optional; /* "my?" */
	int id;	       /* of the word or the group */
	int least;     /* of a number, in tenths */
	int most;      /* of a number, in tenths; 0 for no end */
};

struct phrase {
	struct element *elements;
	int len;
};

struct pattern {
	struct phrase *parts; /* "a + b": near each other, in any order */
	int len;
	bool close; /* "a ~ b": in one sentence and a few words apart */
};

struct group {
	char *name;
	struct phrase *phrases;
	int len;
	uint32_t *firsts; /* the words that it may begin with, a bit each */
	bool first_number; /* or a number */
};

struct flag_rule {
	struct red_flag flag;
	struct pattern *say; /* any of them raises the flag */
	int say_len;
	int unless; /* the group whose phrases near by keep it down, or -1 */
	int topic; /* the group of words that it is about, or -1 */
	bool own; /* only the patient's own: "my son has a fever" is none */
	enum asks asked; /* only as an answer to that: "both", of the legs */
	enum asks not_asked; /* not as an answer to that: "numb", of the leg */
};

/* A word that some phrase names, or that is only known not to be a slip. */
struct word {
	char *text;
	int len;
	uint32_t letters; /* a bit for each letter in it, to compare quickly */
	bool stem;	  /* only the beginning of a word */
	bool spelled;	  /* only a spelling's left side: not for near misses */
	int number;	  /* what it counts ("seven"), or -1 */
	char *sound;	  /* how it sounds, letter by letter */
	int *means;	  /* a spelling's words in its place, or NULL */
	int means_len;
	int next; /* in its hash chain, or -1 */
};

/* The groups that the reader asks for by name; lexicon.c has the names. */
enum role {
	/* words on their own, and said plainly */
	ROLE_STOP_ALONE,
	ROLE_STOP_CLEAR,
	ROLE_STOP_SAID,
	ROLE_STOP_NOT,
	ROLE_START_ALONE,
	ROLE_START_SAID,
	ROLE_HELP_ALONE,
	ROLE_POLITE,
	ROLE_COURTESY,
	ROLE_GREETING,
	ROLE_WRONG_NUMBER,
	ROLE_WHO_IS_THIS,
	ROLE_PAUSE,
	ROLE_PAUSE_DAYS,
	ROLE_PAUSE_WEEKS,
	ROLE_AUTOMATIC,
	ROLE_QUESTION,
	ROLE_REQUEST,
	ROLE_JOIN,
	/* red flags denied, or meant otherwise */
	ROLE_DENIAL,
	ROLE_DENIAL_NOT,
	ROLE_DENIAL_THROUGH,
	ROLE_DENIAL_AFTER,
	ROLE_DENIAL_LIST,
	ROLE_OR,
	ROLE_BUT,
	ROLE_HARMLESS,
	ROLE_LASTING,
	ROLE_OTHERS,
	ROLE_SELF,
	/* scores */
	ROLE_PAIN,
	ROLE_LEAD,
	ROLE_AFTER,
	ROLE_OUT_OF,
	ROLE_UNIT,
	ROLE_TASK,
	ROLE_ADDRESS,
	ROLE_STREET,
	ROLE_NOT_BEFORE,
	ROLE_OTHER_SCALE,
	ROLE_OTHER_AFTER,
	ROLE_COMPARED,
	ROLE_MARKED,
	ROLE_SCALE,
	ROLE_NO_PAIN,
	ROLE_NO_PAIN_BUT,
	ROLE_UNREAL,
	ROLE_ZERO_ALONE,
	ROLE_SHY,
	ROLE_HALF,
	ROLE_ISH,
	ROLE_BETWEEN,
	ROLE_RANGE,
	ROLE_TREND,
	ROLE_BACK_TO,
	ROLE_FROM,
	ROLE_CORRECTION,
	ROLE_MISTAKE,
	ROLE_NOW,
	ROLE_EVENING,
	ROLE_TODAY,
	ROLE_MORNING,
	ROLE_PAST,
	ROLE_WAS,
	ROLE_PRESENT,
	ROLE_NOT_TIME,
	/* the other answers */
	ROLE_YES,
	ROLE_NO,
	ROLE_NEUTRAL,
	ROLE_DONE,
	ROLE_NOT_DONE,
	ROLE_DONE_SAID,
	ROLE_NOT_DONE_SAID,
	ROLE_LEG,
	ROLE_NOT_LEG,
	ROLE_LEG_SAID,
	ROLE_NOT_LEG_SAID,
	ROLE_SETTLED,
	ROLE_NOT_SETTLED,
	ROLE_SETTLED_SAID,
	ROLE_NOT_SETTLED_SAID,
	ROLE__MAX
};
extern const char *const role_names[ROLE__MAX];

/* Lines that a phone or a mail program adds, as globs on the whole line. */
enum strip {
	STRIP_TAPBACK,	 /* Liked "..." */
	STRIP_SIGNATURE, /* it and all below go */
	STRIP_QUOTE,	 /* "On ... wrote:": it and all below go */
	STRIP_HEADER,	 /* "From: ..." of a quoted message */
	STRIP__MAX
};
extern const char *const strip_names[STRIP__MAX];

#define LEXICON_BUCKETS 4096

/* "v : b": letters that are heard as others. */
struct sound {
	char *from;
	char *to;
};

struct lexicon {
	struct sound *sounds;
	int sounds_len;
	struct word *words;
	int words_len;
	int buckets[LEXICON_BUCKETS]; /* word number + 1, 0 for none */
	int *stems;		      /* the words that are stems */
	int stems_len;
	struct group *groups;
	int groups_len;
	int roles[ROLE__MAX]; /* group number, or -1 */
	struct flag_rule *flags;
	int flags_len;
	struct likeness *likeness; /* or NULL: no examples were given */
	struct {
		char **globs;
		int len;
	} strip[STRIP__MAX];
	char **lock_screen; /* normalised words, for plan check */
	int lock_screen_len;
};

struct lexicon *lexicon_new(void);
void lexicon_free(struct lexicon *lexicon); /* takes NULL */

/*
 * Each adds one line of the words file. BAD_DATA says what is wrong with it:
 * an empty phrase, a group that no earlier line names, a bad number.
 */
enum status lexicon_add_spelling(struct lexicon *lexicon, const char *line,
    struct why *why); /* "cant cannot : can not" */
enum status lexicon_add_number(struct lexicon *lexicon, const char *line,
    struct why *why); /* "7 : seven sevn" */
enum status lexicon_add_sound(struct lexicon *lexicon, const char *line,
    struct why *why); /* "v : b" */
void lexicon_add_common(struct lexicon *lexicon, const char *words);
int lexicon_add_group(struct lexicon *lexicon, const char *name);
enum status lexicon_add_phrase(struct lexicon *lexicon, int group,
    const char *text, struct why *why);
struct flag_rule *lexicon_add_flag(struct lexicon *lexicon, const char *name,
    enum flag_level level); /* lent until the next */
enum status lexicon_add_pattern(struct lexicon *lexicon,
    struct pattern **patterns, int *len, const char *text, struct why *why);
void lexicon_add_glob(struct lexicon *lexicon, enum strip strip,
    const char *glob);
void lexicon_add_lock_screen(struct lexicon *lexicon, const char *word);

/* After the last line, before the first reply. BAD_DATA names a role that has
 * no group. */
enum status lexicon_finish(struct lexicon *lexicon, struct why *why);

/* The number of a word as it stands, or -1. */
int lexicon_find(const struct lexicon *lexicon, const char *text, int len);

/* A bit for each letter in a word, to tell quickly what differs. */
uint32_t lexicon_letters(const char *text, int len);

/*
 * lexicon_sound.c: how a word sounds, into out, cut to what it holds; and the
 * words that sound so, at most max of them: plain words, or else the first
 * spelling of one. None where no letters sound like others.
 */
void lexicon_sound(const struct lexicon *lexicon, const char *text, int len,
    char *out, size_t size);
int lexicon_alike(const struct lexicon *lexicon, const char *text, int len,
    int *ids, int max);

/* The words that a slip of the pen may have meant, at most max of them, all
 * equally near. None for short words and for words that are words. */
int lexicon_near(const struct lexicon *lexicon, const char *text, int len,
    int *ids, int max);

/*
 * lock_screen.c: the first word of the text that a lock screen should not
 * show, as the words file has it and without accents, into out; false when
 * there is none. allowed (or NULL) holds words that may show all the same.
 */
bool lexicon_lock_screen(const struct lexicon *lexicon, const char *text,
    const char *allowed, char *out, size_t size);

#endif
