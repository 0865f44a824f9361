/*
 * NAME
 *	plan_messages - every message that a patient on a plan may get
 */
#ifndef COMMANDS_PLAN_MESSAGES_H
#define COMMANDS_PLAN_MESSAGES_H

#include "commands/plan_desk.h"
#include "compose/message.h"

struct plan_message {
	char *name; /* of its template; owned, as ask */
	char *ask; /* the template of its question, or NULL */
	const struct reminder *reminder; /* that it is of, or NULL; lent */
	bool first; /* the first of the plan that asks something */
	enum asks asks;
	const char *stage; /* "calm", "always", or what else it is */
	const char *stage_title;
};

struct plan_messages {
	struct plan_message *list; /* owned */
	int len;
};

/* In the order of the plan; then the answers and safety nets that the program
 * sends by itself, as far as that language has them. */
void plan_messages_list(const struct plan_desk *desk, const char *lang,
    struct plan_messages *messages);
void plan_messages_free(struct plan_messages *messages);

#endif
