/*
 * plan_outcome_json.c - see plan_outcome.h
 */
#include "base/json.h"
#include "commands/plan_outcome.h"

static json_t *
broken_array(const struct tally *tally)
{
	json_t *array = json_array();
	for (int law = 0; law < LAW__MAX; law++)
		if (tally->broken[law] > 0)
			json_array_append_new(
			    array, json_string(law_names[law]));
	return array;
}

static json_t *
tally_object(struct tally *tally)
{
	json_t *object = json_object();
	json_put_text(object, "plan", tally->plan->id);
	json_put_whole(object, "patients", tally->patients);
	json_put_whole(object, "weeks", tally->weeks);
	json_put_whole(object, "seed", tally->seed);
	json_put_whole(object, "messages", tally->messages_sum);
	json_put_whole(object, "segments", tally->segments_sum);
	json_put_cost(object, "cost", tally->cost);
	json_put_whole(object, "moves", tally->moves_sum);
	json_put_whole(object, "finished", tally->finished);
	json_put_whole(object, "alerts", tally->alerts_sum);
	json_object_set_new(object, "broken", broken_array(tally));
	return object;
}

void
plan_outcome_json(struct tally *tally, struct tally *against)
{
	json_t *object = tally_object(tally);
	if (against != NULL)
		json_object_set_new(object, "against", tally_object(against));
	json_print(stdout, object);
}
