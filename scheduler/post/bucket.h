/*
 * NAME
 *	bucket - so many messages a second, and no more
 *
 * A pure token bucket: time comes in as monotonic seconds. It holds what one
 * second gives, at least one, so that a rate of 0.2 is one message at once and
 * one every five seconds after.
 */
#ifndef POST_BUCKET_H
#define POST_BUCKET_H

struct bucket {
	double rate; /* a second; 0 or less for no bound */
	double tokens; /* in it at the instant at_s */
	double at_s;
};

void bucket_open(struct bucket *bucket, double rate, double now_s);

/* Whole tokens there at that instant; a large number where unbounded. */
int bucket_tokens(const struct bucket *bucket, double now_s);

/* Seconds until there is one, 0 when there is. */
double bucket_wait_s(const struct bucket *bucket, double now_s);

/* Take one that is there. */
void bucket_take(struct bucket *bucket, double now_s);

#endif
