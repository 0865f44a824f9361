/*
 * NAME
 *	fate - what each class of outcome leads to, in one table
 *
 * Drivers say what a provider's answer means (enum post_class); what follows
 * for the message, for its gateway, for the address and for whoever must hear
 * of it stands here, once, for all drivers.
 */
#ifndef TICK_FATE_H
#define TICK_FATE_H

#include "post/post.h"
#include "store/outbox.h"

/* Of the message. */
enum fate {
	FATE_TAKEN,  /* the provider has it: the rule's state */
	FATE_DOUBT,  /* nobody knows: unknown, to be asked about */
	FATE_AGAIN,  /* surely not taken: queued again, later */
	FATE_FAILED, /* it will never arrive: the rule's state */
	FATE__MAX
};

/* Of the gateway, for the rest of this tick. */
enum gateway_mood {
	GATEWAY_FINE,
	GATEWAY_SHAKY, /* passed over while there is another */
	GATEWAY_RESTS, /* for as long as it asks, or a while */
	GATEWAY_DOWN,  /* nothing more */
	GATEWAY__MAX
};

struct fate_rule {
	enum fate fate;
	enum message_state state;
	enum gateway_mood gateway;
	bool next_gateway; /* it may go by the next in order, now */
	bool tell_gateway; /* the clinic hears that it does not work */
	bool tell_late; /* or hears it once that has lasted */
	bool bad_address; /* the clinic hears that it takes nothing */
	bool bad_text; /* the clinic hears that this text is refused */
	bool opted_out; /* on our list, too; its patients are stopped */
};

extern const struct fate_rule fate_rules[POST__MAX];

#endif
