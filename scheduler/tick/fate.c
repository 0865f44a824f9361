/*
 * fate.c - see fate.h
 *
 * Read a row aloud: "throttled: surely not taken, so it is queued again; the
 * gateway rests; it may go by the next one now". Only what is surely not taken
 * is ever sent again by itself.
 */
#include "tick/fate.h"

const struct fate_rule fate_rules[POST__MAX] = {
	[POST_ACCEPTED] = { .fate = FATE_TAKEN, .state = MESSAGE_ACCEPTED },
	[POST_DELIVERED] = { .fate = FATE_TAKEN, .state = MESSAGE_DELIVERED },
	[POST_UNDELIVERED] = { .fate = FATE_FAILED,
	    .state = MESSAGE_UNDELIVERED,
	    .bad_address = true },

	[POST_THROTTLED] = { .fate = FATE_AGAIN,
	    .gateway = GATEWAY_RESTS,
	    .next_gateway = true,
	    .tell_late = true },
	/* The recipient's side, not the gateway's: greylisted, a full box. */
	[POST_LATER] = { .fate = FATE_AGAIN },
	[POST_NOT_SENT] = { .fate = FATE_AGAIN,
	    .gateway = GATEWAY_DOWN,
	    .next_gateway = true,
	    .tell_late = true },
	[POST_ABSENT] = { .fate = FATE_AGAIN },
	[POST_CONFIG] = { .fate = FATE_AGAIN,
	    .gateway = GATEWAY_DOWN,
	    .next_gateway = true,
	    .tell_gateway = true },

	[POST_AMBIGUOUS] = { .fate = FATE_DOUBT,
	    .gateway = GATEWAY_SHAKY,
	    .tell_late = true },

	[POST_OPTED_OUT] = { .fate = FATE_FAILED,
	    .state = MESSAGE_FAILED,
	    .opted_out = true },
	[POST_BAD_ADDRESS] = { .fate = FATE_FAILED,
	    .state = MESSAGE_FAILED,
	    .bad_address = true },
	[POST_REFUSED] = { .fate = FATE_FAILED,
	    .state = MESSAGE_FAILED,
	    .bad_text = true },
};
