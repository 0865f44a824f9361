#include "commands/reading_json.h"

static void
put_answer(json_t *object, const char *key, enum answer answer)
{
	if (answer == ANSWER_NONE)
		json_put_text(object, key, NULL);
	else
		json_put_bool(object, key, answer == ANSWER_YES);
}

void
reading_json_answers(json_t *object, const struct reading *reading)
{
	if (reading->pain == PAIN_NONE)
		json_put_text(object, "pain", NULL);
	else
		json_put_whole(object, "pain", reading->pain);
	put_answer(object, "done", reading->done);
	put_answer(object, "leg", reading->leg);
	put_answer(object, "settled", reading->settled);
}

json_t *
reading_json(const struct reading *reading)
{
	json_t *object = json_object();
	reading_json_answers(object, reading);
	json_put_bool(object, "stop", reading->stop);
	json_put_bool(object, "start", reading->start);
	json_put_bool(object, "help", reading->help);

	json_t *flags = json_array();
	for (int i = 0; i < reading->flags_len; i++) {
		const struct red_flag *red_flag = &reading->flags[i];
		if (red_flag->level == FLAG_NOTICE)
			continue;
		json_t *flag = json_object();
		json_put_text(flag, "name", red_flag->name);
		json_put_text(flag, "level", flag_level_names[red_flag->level]);
		json_array_append_new(flags, flag);
	}
	json_object_set_new(object, "red_flags", flags);
	json_put_bool(object, "unclear", reading->unclear);
	return object;
}
