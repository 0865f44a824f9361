/*
 * attention.c - see attention.h
 */
#include "review/attention.h"

#include <ctype.h>
#include <string.h>

#include "review/judges.h"

const char *const attention_names[ATTENTION__NONE] = {
	[ATTENTION_RED_FLAG] = "red flag",
	[ATTENTION_ALERT] = "alert",
	[ATTENTION_PAUSED] = "paused",
	[ATTENTION_SEVERE_PAIN] = "severe pain",
	[ATTENTION_WORSE_MORNING] = "worse mornings",
	[ATTENTION_WORSENING] = "worsening",
	[ATTENTION_STALLED] = "stalled",
	[ATTENTION_STILL_HIGH] = "still high",
	[ATTENTION_SILENT] = "silent",
	[ATTENTION_UNDELIVERABLE] = "undeliverable",
	[ATTENTION_QUESTION] = "waits for an answer",
	[ATTENTION_MOVE] = "move waits",
	[ATTENTION_OPTED_OUT] = "opted out",
};

const char *const attention_titles[ATTENTION__NONE] = {
	[ATTENTION_RED_FLAG] = "Red flag",
	[ATTENTION_ALERT] = "Alert without an outcome",
	[ATTENTION_PAUSED] = "Paused and never resumed",
	[ATTENTION_SEVERE_PAIN] = "Severe pain",
	[ATTENTION_WORSE_MORNING] = "Worse the morning after",
	[ATTENTION_WORSENING] = "Pain is rising",
	[ATTENTION_STALLED] = "Long in one stage",
	[ATTENTION_STILL_HIGH] = "Still high after six weeks",
	[ATTENTION_SILENT] = "Silent",
	[ATTENTION_UNDELIVERABLE] = "Messages do not arrive",
	[ATTENTION_QUESTION] = "Waits for our answer",
	[ATTENTION_MOVE] = "A move waits for a yes",
	[ATTENTION_OPTED_OUT] = "Opted out",
};

struct attention
attention_judge(const struct attention_facts *facts)
{
	struct attention a = { .kind = ATTENTION__NONE };

	for (int i = 0; i < ATTENTION__NONE; i++) {
		char text[BECAUSE_SIZE];
		struct sentence say = sentence_start(text);
		int urgency = 0;
		struct bench bench = { facts, &say, &urgency };

		if (!attention_judges[i](&bench))
			continue;
		if (a.kind != ATTENTION__NONE) {
			a.also |= 1U << i;
			continue;
		}
		a.kind = (enum attention_kind)i;
		a.urgency = urgency;
		text[0] = (char)toupper((unsigned char)text[0]);
		memcpy(a.because, text, sizeof(text));
	}
	return a;
}

int
attention_compare(const struct attention *a, const struct attention *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return (b->urgency > a->urgency) - (b->urgency < a->urgency);
}
