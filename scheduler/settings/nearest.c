/*
 * nearest.c - see nearest.h
 */
#include "settings/nearest.h"

#include <stddef.h>
#include <string.h>

#define WORD 64

static int
least(int a, int b)
{
	return a < b ? a : b;
}

int
nearest_distance(const char *a, const char *b)
{
	size_t a_len = strnlen(a, WORD - 1);
	size_t b_len = strnlen(b, WORD - 1);
	int cost[WORD][WORD];

	for (size_t i = 0; i <= a_len; i++)
		cost[i][0] = (int)i;
	for (size_t j = 0; j <= b_len; j++)
		cost[0][j] = (int)j;
	for (size_t i = 1; i <= a_len; i++) {
		for (size_t j = 1; j <= b_len; j++) {
			int change =
			    cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);

			cost[i][j] = least(
			    change, 1 + least(cost[i - 1][j], cost[i][j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				cost[i][j] =
				    least(cost[i][j], cost[i - 2][j - 2] + 1);
		}
	}
	return cost[a_len][b_len];
}

void
nearest_offer(const char *written, const char *candidate, const char **best,
    int *distance)
{
	int d = nearest_distance(written, candidate);

	/* Half a word may be wrong, and no more. */
	if (d * 2 > (int)strlen(candidate) || (*best != NULL && d >= *distance))
		return;
	*best = candidate;
	*distance = d;
}
