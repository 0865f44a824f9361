/*
 * NAME
 *	loop - the program's own transfers, without a database
 *
 * usage: loop CONFIG COUNT
 *
 * Sends COUNT texts through the first sms gateway of a configuration, by the
 * driver and the engine that a tick uses: each request is written anew, each
 * answer read. What a tick takes longer is the price of its promises. Exits 1
 * if one of them is not accepted.
 */
#include <stdio.h>
#include <stdlib.h>

#include "post/post.h"
#include "settings/config.h"

static void
fail(const char *what, const char *why)
{
	fprintf(stderr, "loop: %s: %s\n", what, why);
	exit(1);
}

static void
send_all(struct post *post, const struct gateway *gateway, long count)
{
	const struct post_message message = { .key = "0123456789ABCDEF",
		.to = "+447700900001",
		.body =
		    "Hi Pat, Riverside here with your plan: up to 4 texts a "
		    "week. Reply HELP for help, STOP to end.",
		.may_end = true };
	struct post_event event;
	long left = count;

	for (long ended = 0; ended < count; ended++) {
		for (; left > 0 && post_room(post, gateway) > 0; left--)
			post_send(post, gateway, &message, NULL);
		if (!post_wait(post, 60, &event))
			fail(gateway->name, "no answer within a minute");
		if (event.outcome.class != POST_ACCEPTED)
			fail(gateway->name, event.outcome.reason);
	}
}

int
main(int argc, char **argv)
{
	struct clock clock = { 0 };
	struct complaints complaints = { 0 };
	struct config *config = NULL;
	struct post *post = NULL;
	struct why why = { "" };

	if (argc != 3)
		return 64;
	if (config_load(argv[1], &config, &complaints, &why) != STATUS_OK ||
	    config->sms_len == 0 || post_open(&post, &clock, &why) != STATUS_OK)
		fail(argv[1], why.text);
	send_all(post, &config->sms[0], atol(argv[2]));
	post_close(post);
	config_free(config);
	return 0;
}
