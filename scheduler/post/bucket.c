#include <limits.h>

#include "post/bucket.h"

static double
level(const struct bucket *bucket, double now_s)
{
	double most = bucket->rate > 1 ? bucket->rate : 1;
	double since_s = now_s > bucket->at_s ? now_s - bucket->at_s : 0;
	double tokens = bucket->tokens + since_s * bucket->rate;

	return tokens > most ? most : tokens;
}

void
bucket_open(struct bucket *bucket, double rate, double now_s)
{
	bucket->rate = rate;
	bucket->tokens = rate > 1 ? rate : 1;
	bucket->at_s = now_s;
}

int
bucket_tokens(const struct bucket *bucket, double now_s)
{
	double tokens;

	if (bucket->rate <= 0)
		return INT_MAX;
	tokens = level(bucket, now_s);
	return tokens >= INT_MAX ? INT_MAX : (int)tokens;
}

double
bucket_wait_s(const struct bucket *bucket, double now_s)
{
	if (bucket_tokens(bucket, now_s) > 0)
		return 0;
	return (1 - level(bucket, now_s)) / bucket->rate;
}

void
bucket_take(struct bucket *bucket, double now_s)
{
	if (bucket->rate <= 0)
		return;
	bucket->tokens = level(bucket, now_s) - 1;
	bucket->at_s = now_s;
}
