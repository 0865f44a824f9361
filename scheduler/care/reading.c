#include "care/reading.h"

#include <string.h>

const char *const asks_names[ASKS__MAX] = {
	[ASKS_NONE] = "none",
	[ASKS_PAIN] = "pain",
	[ASKS_DONE] = "done",
	[ASKS_LEG] = "leg",
	[ASKS_SETTLED] = "settled",
};

const char *const flag_level_names[FLAG__MAX] = {
	[FLAG_NOTICE] = "notice",
	[FLAG_URGENT] = "urgent",
	[FLAG_SELF_HARM] = "self-harm",
	[FLAG_EMERGENCY] = "emergency",
};

enum asks
asks_parse(const char *name)
{
	int asks = 0;

	while (asks < ASKS__MAX && strcmp(asks_names[asks], name) != 0)
		asks++;
	return (enum asks)asks;
}

enum flag_level
flag_level_parse(const char *name)
{
	int level = 0;

	while (level < FLAG__MAX && strcmp(flag_level_names[level], name) != 0)
		level++;
	return (enum flag_level)level;
}

struct reading
reading_none(void)
{
	return (struct reading){ .pain = PAIN_NONE };
}

enum flag_level
reading_level(const struct reading *reading)
{
	/* The gravest stands first. */
	return reading->flags_len > 0 ? reading->flags[0].level : FLAG__MAX;
}

void
reading_take_graver(struct reading *reading, const struct reading *other)
{
	if (other->flags_len == 0 ||
	    (reading->flags_len > 0 &&
		reading_level(reading) >= reading_level(other)))
		return;
	reading->flags_len = other->flags_len;
	for (int i = 0; i < other->flags_len; i++)
		reading->flags[i] = other->flags[i];
	reading->unclear = reading->courtesy = false;
}
