/*
 * cohort_rows.c - see cohort_rows.h
 */
#include "settings/cohort_rows.h"

#define COHORT(member) offsetof(struct cohort, member)
#define SHAPE(member) offsetof(struct cohort_shape, member)
#define HABIT(member) offsetof(struct cohort_habits, member)
#define EVENT(member) offsetof(struct cohort_events, member)
#define CHANNEL(member) offsetof(struct cohort_channels, member)
#define TROUBLE(member) offsetof(struct cohort_troubles, member)
#define WORDS(member) offsetof(struct cohort_words, member)

#define SHARE(name_, words, place)                                      \
	{                                                               \
		name_, FIELD_NUMBER, .otherwise = "0", .help = (words), \
				     .at = (place)                      \
	}
#define TIMES(name_, words, place)                                     \
	{                                                              \
		name_, FIELD_WHOLE, .otherwise = "0", .help = (words), \
				    .at = (place), .max = 1000         \
	}
#define SAYS(name_, what, words)                                          \
	{                                                                 \
		name_, FIELD_TEXTS, true, .help = (words),                \
					  .at = WORDS(says[what].texts),  \
					  .len_at = WORDS(says[what].len) \
	}

const struct field cohort_fields[] = {
	{ "shapes", FIELD_LIST, .required = true,
	    .help = "courses that the pain takes" },
	{ "habits", FIELD_GROUP, .help = "how they answer" },
	{ "events", FIELD_GROUP, .help = "what befalls them" },
	{ "channels", FIELD_GROUP, .help = "how they are reached" },
	{ "troubles", FIELD_GROUP, .help = "what goes wrong at the clinic" },
	{ "shares_number", FIELD_NUMBER, .otherwise = "0",
	    .help = "patients with the number of the one before",
	    .at = COHORT(shares_number) },
	{ "elsewhere", FIELD_NUMBER, .otherwise = "0",
	    .help = "patients in one of the zones", .at = COHORT(elsewhere) },
	{ "zones", FIELD_TEXTS, .otherwise = "[ ]",
	    .help = "zones beside the clinic's", .at = COHORT(zones),
	    .len_at = COHORT(zones_len) },
	{ "words", FIELD_LIST, .required = true,
	    .help = "what they write, for each language" },
	{ 0 },
};

const struct field cohort_shape_fields[] = {
	{ "id", FIELD_TEXT, true, .help = "its name", .at = SHAPE(id) },
	{ "share", FIELD_NUMBER, true, .help = "of all shares",
	    .at = SHAPE(share) },
	{ "start", FIELD_NUMBER, true, .help = "pain at first, of 10",
	    .at = SHAPE(start) },
	{ "rest", FIELD_NUMBER, true, .help = "pain in the end",
	    .at = SHAPE(rest) },
	{ "half_life", FIELD_SECONDS, true,
	    .help = "half of the way from start to rest",
	    .at = SHAPE(half_life_s) },
	{ "swing", FIELD_NUMBER, .otherwise = "0",
	    .help = "points up or down from day to day", .at = SHAPE(swing) },
	{ "flare_every", FIELD_SECONDS,
	    .help = "between flares, about; left out, none",
	    .at = SHAPE(flare_every_s) },
	{ "flare_rise", FIELD_NUMBER, .otherwise = "0",
	    .help = "points that a flare adds", .at = SHAPE(flare_rise) },
	{ "flare_half_life", FIELD_SECONDS,
	    .help = "until half of that is gone",
	    .at = SHAPE(flare_half_life_s) },
	{ 0 },
};

const struct field cohort_habit_fields[] = {
	SHARE("answers", "of questions", HABIT(answers)),
	SHARE("after_nudge", "of nudges, by those who had not answered",
	    HABIT(after_nudge)),
	SHARE("at_once", "of answers, within minutes", HABIT(at_once)),
	SHARE("late", "of answers, after half a day or more", HABIT(late)),
	SHARE("done", "of \"did you do it?\"", HABIT(done)),
	SHARE("sloppy", "of answers, in words of their own", HABIT(sloppy)),
	SHARE(
	    "unclear", "of answers, which nobody could score", HABIT(unclear)),
	SHARE("asks", "of answers, followed by a question", HABIT(asks)),
	SHARE("thanks", "of tips, answered with thanks", HABIT(thanks)),
	SHARE("baseline", "of patients, with their pain at enrolment",
	    HABIT(baseline)),
	{ 0 },
};

const struct field cohort_event_fields[] = {
	SHARE("drops_out", "answers nothing any more", EVENT(drops_out)),
	SHARE("stops", "writes STOP", EVENT(stops)),
	SHARE("starts_again", "of those, START some days later",
	    EVENT(starts_again)),
	SHARE("changes_number", "the old one goes to somebody else",
	    EVENT(changes_number)),
	SHARE("tells_clinic", "of those, and the clinic enters the new one",
	    EVENT(tells_clinic)),
	SHARE("wrong_number", "of the new owners say that it is wrong",
	    EVENT(wrong_number)),
	SHARE("red_flag", "writes of a red flag", EVENT(red_flag)),
	SHARE("leg", "has new symptoms in a leg", EVENT(leg)),
	{ 0 },
};

const struct field cohort_channel_fields[] = {
	SHARE("email", "by email alone", CHANNEL(email)),
	SHARE("both", "by SMS and email", CHANNEL(both)),
	{ 0 },
};

const struct field cohort_trouble_fields[] = {
	TIMES("gateway_down", "the gateway refuses everything for hours",
	    TROUBLE(gateway_down)),
	TIMES("gateway_foggy", "its answers are lost for some minutes",
	    TROUBLE(gateway_foggy)),
	TIMES("ticks_missed", "no tick for some hours", TROUBLE(ticks_missed)),
	TIMES("long_gap", "no tick for two days", TROUBLE(long_gap)),
	TIMES("clock_back", "the clock is set back by an hour",
	    TROUBLE(clock_back)),
	TIMES("tick_twice", "a tick runs twice", TROUBLE(tick_twice)),
	{ 0 },
};

const struct field cohort_word_fields[] = {
	{ "lang", FIELD_TEXT, true, .help = "the language: \"en\"",
	    .at = WORDS(lang) },
	SAYS("pain", SAYS_PAIN, "a score, %d"),
	SAYS("pain_sloppy", SAYS_PAIN_SLOPPY,
	    "a score in words of their own, %d"),
	SAYS("yes", SAYS_YES, "it was done"),
	SAYS("no", SAYS_NO, "it was not done"),
	SAYS("leg_no", SAYS_LEG_NO, "nothing new in the legs"),
	SAYS("leg_yes", SAYS_LEG_YES, "new symptoms in a leg"),
	SAYS("same", SAYS_SAME, "the morning after: the same"),
	SAYS("better", SAYS_BETTER, "the morning after: better"),
	SAYS("worse", SAYS_WORSE, "the morning after: worse"),
	SAYS("unclear", SAYS_UNCLEAR, "what nobody could score"),
	SAYS("asks", SAYS_ASKS, "a question to the clinic"),
	SAYS("thanks", SAYS_THANKS, "thanks"),
	SAYS("stop", SAYS_STOP, "no more messages"),
	SAYS("start", SAYS_START, "messages again"),
	SAYS("wrong", SAYS_WRONG, "this is the wrong number"),
	SAYS("emergency", SAYS_EMERGENCY, "a red flag: an emergency"),
	SAYS("self_harm", SAYS_SELF_HARM, "a red flag: self-harm"),
	SAYS("urgent", SAYS_URGENT, "a red flag: the same day"),
	{ 0 },
};

const struct cohort_section cohort_sections[] = {
	{ "", cohort_fields },
	{ "shapes", cohort_shape_fields },
	{ "habits", cohort_habit_fields },
	{ "events", cohort_event_fields },
	{ "channels", cohort_channel_fields },
	{ "troubles", cohort_trouble_fields },
	{ "words", cohort_word_fields },
	{ 0 },
};
