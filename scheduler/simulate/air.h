/*
 * NAME
 *	air - gateways in memory, with an account of their own
 *
 * A driver as any other, behind the same engine, but in no table: no clinic
 * can configure it. It takes messages, gives receipts and replies when it is
 * polled, can be asked, and has outages. What it took stands in its own
 * account, so that the program's record can be held against it.
 */
#ifndef SIMULATE_AIR_H
#define SIMULATE_AIR_H

#include "post/post.h"
#include "simulate/lottery.h"

enum air_weather {
	AIR_CLEAR,
	AIR_DOWN,  /* refuses everything, and can't be polled */
	AIR_FOGGY, /* takes half of it, and its answers are lost */
	AIR_WEATHER__MAX
};

/* A reply on its way to the clinic. */
struct air_reply {
	char id[24];
	char from[EMAIL_SIZE];
	char *body;
	char answers[PROVIDER_ID_SIZE]; /* of a mail: the key it answers */
	int64_t at; /* when it was written, and can be collected */
};

/* Who hears of what goes on, while it goes on. */
struct air_listener {
	/* It was told to send that; taken says whether it did. */
	void (*sent)(void *arg, const struct post_message *message,
	    enum channel channel, bool taken);
	/* The program says that it keeps that reply. */
	void (*stored)(void *arg, const struct air_reply *reply);
	void *arg;
};

struct air;

struct air *air_new(
    const struct lottery *lottery, const struct air_listener *listener);
void air_free(struct air *air); /* takes NULL */

/* The gateway of a channel, as a configuration has it; lent. */
struct gateway *air_gateway(struct air *air, enum channel channel);

void air_set_weather(struct air *air, enum air_weather weather);

/* A number that nobody has any more: what goes there is undelivered. */
void air_set_dead(struct air *air, const char *address);

/* Let somebody write at that time. answers: the key of the mail that it
 * answers, or NULL. Gives the reply's id, lent until the next call. */
const char *air_write(struct air *air, const char *from, const char *body,
    const char *answers, int64_t at);

/* The first mail that has come by now, for the mail server's pipe; NULL: none.
 * It is gone with air_mail_stored(). */
const struct air_reply *air_mail(struct air *air, int64_t now);
void air_mail_stored(struct air *air, const struct air_reply *mail);

/* How often it took a message of that key. */
int air_taken(const struct air *air, const char *key);

#endif
