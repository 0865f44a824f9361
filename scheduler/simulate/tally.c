#include "simulate/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void
tally_add(struct tally_list *list, int value)
{
	/* Grows at each power of two. */
	if ((list->len & (list->len - 1)) == 0)
		list->values = xrealloc(list->values,
		    list->len > 0 ? (size_t)list->len * 2 : 1,
		    sizeof *list->values);
	list->values[list->len++] = value;
}

static int
by_value(const void *a, const void *b)
{
	int x = *(const int *)a;
	int y = *(const int *)b;
	return (x > y) - (x < y);
}

int
tally_quantile(struct tally_list *list, int percent)
{
	if (list->len == 0)
		return 0;
	qsort(list->values, (size_t)list->len, sizeof *list->values, by_value);
	int at = (list->len * percent + 99) / 100 - 1;
	return list->values[at > 0 ? at : 0];
}

void
tally_open(struct tally *tally, const struct plan *plan, int patients,
    int weeks, int64_t seed)
{
	*tally = (struct tally){
		.patients = patients, .weeks = weeks, .seed = seed, .plan = plan
	};
	size_t stages = (size_t)plan->stages_len;
	tally->days = xcalloc(stages, sizeof *tally->days);
	tally->by_week = xcalloc((size_t)weeks, sizeof *tally->by_week);
	for (int i = 0; i < weeks; i++)
		tally->by_week[i].in_stage = xcalloc(stages, sizeof(int));
}

void
tally_free(struct tally *tally)
{
	free(tally->messages.values);
	free(tally->segments.values);
	for (int i = 0; tally->days != NULL && i < tally->plan->stages_len; i++)
		free(tally->days[i].values);
	free(tally->days);
	for (int i = 0; tally->by_week != NULL && i < tally->weeks; i++)
		free(tally->by_week[i].in_stage);
	free(tally->by_week);
	for (int i = 0; i < tally->moves_len; i++) {
		free(tally->moves[i].from);
		free(tally->moves[i].to);
		free(tally->moves[i].act);
		free(tally->moves[i].because);
	}
	free(tally->moves);
	for (int i = 0; i < LAW__MAX; i++)
		free(tally->first[i]);
	*tally = (struct tally){ 0 };
}

void
tally_move(struct tally *tally, const char *from, const char *to,
    const char *act, const char *because)
{
	tally->moves_sum++;
	for (int i = 0; i < tally->moves_len; i++) {
		struct tally_move *move = &tally->moves[i];
		if (strcmp(move->from, from) == 0 &&
		    strcmp(move->to, to) == 0 && strcmp(move->act, act) == 0) {
			move->count++;
			return;
		}
	}
	tally->moves = xrealloc(
	    tally->moves, (size_t)tally->moves_len + 1, sizeof *tally->moves);
	tally->moves[tally->moves_len++] = (struct tally_move){
		.from = xstrdup(from),
		.to = xstrdup(to),
		.act = xstrdup(act),
		.because = xstrdup(because),
		.count = 1,
	};
}

int
tally_laws_broken(const struct tally *tally)
{
	int laws = 0;
	for (int i = 0; i < LAW__MAX; i++)
		laws += tally->broken[i] > 0;
	return laws;
}
