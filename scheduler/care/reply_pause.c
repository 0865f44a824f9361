/*
 * "PAUSE 7", "pause for two weeks please": a rest of so many days, said with
 * nothing else. "Pause the exercises, it hurts" is for a person to read.
 */
#include "care/reply_text.h"

#define USUAL_DAYS 7 /* where no number is said */
#define MOST_DAYS 60 /* longer is a STOP, or a talk with the clinic */

static int
skip_polite(struct reply_text *text, int at)
{
	int end;

	while (at < text->len && (end = match_role(text, ROLE_POLITE, at)) > at)
		at = end;
	return at;
}

int
reply_pause(struct reply_text *text)
{
	int at = skip_polite(text, 0);
	int end = at < text->len ? match_role(text, ROLE_PAUSE, at) : -1;
	int number = -1;
	int days;

	if (end < 0)
		return 0;
	at = end;
	if (at < text->len && text->tokens[at].tenths >= 0) {
		number = text->tokens[at].tenths;
		at++;
	}
	days = number < 0 ? USUAL_DAYS : number / 10;
	if (at < text->len &&
	    (end = match_role(text, ROLE_PAUSE_WEEKS, at)) > at) {
		days = number < 0 ? USUAL_DAYS : number / 10 * 7;
		at = end;
	} else if (at < text->len &&
		   (end = match_role(text, ROLE_PAUSE_DAYS, at)) > at) {
		at = end;
	}
	if (skip_polite(text, at) < text->len || days < 1)
		return 0;
	return days > MOST_DAYS ? MOST_DAYS : days;
}
