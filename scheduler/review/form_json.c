/*
 * form_json.c - a review for other programs; see forms.h
 */
#include "base/json.h"
#include "review/forms.h"

#define PAIN_UNKNOWN 99 /* no change can be that */

static void
put_date(json_t *object, const char *key, struct date date)
{
	char text[DATE_SIZE];

	json_put_text(object, key, date_format(date, text));
}

/* A whole number, or null where there is none. */
static void
put_or_null(json_t *object, const char *key, int64_t value, int64_t none)
{
	if (value == none)
		json_object_set_new(object, key, json_null());
	else
		json_put_whole(object, key, value);
}

static void
put_median(json_t *object, const char *key, int halves)
{
	json_object_set_new(object, key,
	    halves == PAIN_NONE ? json_null() : json_real(halves / 2.0));
}

static void
put_asked(json_t *object, const struct adherence *a)
{
	json_put_whole(object, "asked", a->asked);
	json_put_whole(object, "delivered", a->delivered);
	json_put_whole(object, "answered", a->answered);
	json_put_whole(object, "in_time", a->in_time);
	json_put_whole(object, "open", a->open);
	json_put_whole(object, "planned", a->planned);
	json_put_whole(object, "done_asked", a->done_asked);
	json_put_whole(object, "done", a->done);
	json_put_whole(object, "scores", a->scores);
	put_median(object, "pain_median", a->pain_median);
	json_put_whole(object, "mornings", a->mornings);
	json_put_whole(object, "mornings_worse", a->mornings_worse);
	json_put_whole(object, "leg_symptoms", a->legs);
	json_put_whole(object, "unclear", a->unclear);
	json_put_whole(object, "opt_outs", a->stops);
	json_put_whole(object, "moves", a->moves);
	json_put_whole(object, "alerts", a->alerts);
	json_put_whole(object, "alerts_untaken", a->alerts_untaken);
	put_or_null(object, "alert_taken_after_s", a->taken_after_s, -1);
	json_put_whole(object, "undelivered_messages", a->failures);
}

static json_t *
moves_array(const struct review *review, const struct review_patient *p)
{
	json_t *array = json_array();

	for (int i = 0; i < p->rows.moves_len; i++) {
		const struct week_move *m = &p->rows.moves[i];
		json_t *object;

		if (m->at >= review->ask.stretch.until_at)
			break;
		object = json_object();
		json_put_time(object, "at", m->at);
		json_put_text(object, "from", m->from_stage);
		json_put_text(object, "to", m->to_stage);
		json_put_text(object, "act", m->act);
		json_put_text(object, "because", m->because);
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *
alerts_array(const struct review_patient *p)
{
	json_t *array = json_array();

	for (int i = 0; i < p->rows.alerts_len; i++) {
		const struct alert *a = &p->rows.alerts[i];
		json_t *object = json_object();

		json_put_whole(object, "id", a->alert_id);
		json_put_time(object, "at", a->opened_at);
		json_put_text(object, "kind", alert_kind_names[a->kind]);
		json_put_text(object, "level", a->level);
		json_put_text(object, "state", alert_state_names[a->state]);
		json_put_text(object, "because", a->because);
		json_put_time(object, "acknowledged_at", a->acknowledged_at);
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *
also_array(const struct attention *attention)
{
	json_t *array = json_array();

	for (int i = 0; i < ATTENTION__NONE; i++)
		if ((attention->also & 1U << i) != 0)
			json_array_append_new(
			    array, json_string(attention_names[i]));
	return array;
}

static void
put_attention(json_t *object, const struct review_patient *p)
{
	bool needs = p->attention.kind != ATTENTION__NONE;

	json_put_text(object, "attention", needs ? p->attention.because : NULL);
	json_put_text(object, "attention_kind",
	    needs ? attention_names[p->attention.kind] : NULL);
	json_object_set_new(object, "also", also_array(&p->attention));
	json_put_bool(object, "new", p->is_new);
	json_put_text(object, "last_words", p->words);
	json_put_time(object, "last_words_at", p->words_at);
}

static json_t *
patient_object(const struct review *review, const struct review_patient *p,
    const struct form_options *options)
{
	const struct adherence *a = &p->figures;
	char name[REVIEW_NAME_SIZE];
	json_t *object = json_object();

	json_put_text(object, "ref", p->who->ref);
	json_put_text(object, "name", review_name(p, options->initials, name));
	json_put_text(object, "clinician", p->who->clinician);
	json_put_text(object, "plan", p->plan->id);
	json_put_text(
	    object, "stage", p->stage != NULL ? p->stage->id : "finished");
	json_put_whole(object, "days_in_stage", p->days_in_stage);
	json_put_whole(object, "days_on_plan", p->days_on_plan);
	json_put_text(object, "state", patient_state_names[p->who->state]);
	put_asked(object, a);
	put_or_null(object, "pain_first", a->pain_first, PAIN_NONE);
	put_or_null(object, "pain_last", a->pain_last, PAIN_NONE);
	put_or_null(object, "pain_most", a->pain_most, PAIN_NONE);
	put_or_null(object, "pain_change",
	    a->scores > 1 ? a->pain_change : PAIN_UNKNOWN, PAIN_UNKNOWN);
	json_put_bool(object, "pain_marked", a->pain_marked);
	put_attention(object, p);
	json_put_bool(object, "unsigned_before", p->unsigned_before);
	json_put_bool(object, "joined", p->joined);
	json_put_bool(object, "finishing", p->finishing);
	json_put_bool(object, "finished", p->finished);
	json_object_set_new(object, "moves_made", moves_array(review, p));
	json_object_set_new(object, "alert_list", alerts_array(p));
	return object;
}

static json_t *
stages_array(const struct review_totals *t)
{
	json_t *array = json_array();

	for (int i = 0; i < t->stages_len; i++) {
		const struct totals_stage *s = &t->stages[i];
		json_t *object = json_object();

		json_put_text(object, "plan", s->plan);
		json_put_text(
		    object, "stage", *s->stage != '\0' ? s->stage : "finished");
		json_put_text(object, "title", s->title);
		json_put_whole(object, "patients", s->patients);
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *
cohort_array(const struct review_totals *t)
{
	json_t *array = json_array();

	for (int i = 0; i < TOTALS_WEEKS; i++) {
		json_t *object;

		if (t->scores[i] == 0)
			continue;
		object = json_object();
		json_put_whole(object, "week", i);
		put_median(object, "pain_median", t->median[i]);
		json_put_whole(object, "scores", t->scores[i]);
		json_array_append_new(array, object);
	}
	return array;
}

/* The weeks that lead up to the review, itself the last. */
static json_t *
weeks_array(const struct review_totals *t)
{
	json_t *array = json_array();

	for (int i = 0; i < t->weeks_len; i++) {
		const struct totals_week *w = &t->weeks[i];
		json_t *object = json_object();

		json_put_text(object, "week",
		    *w->stretch.week != '\0' ? w->stretch.week : NULL);
		put_date(object, "from", w->stretch.from);
		put_date(object, "to", w->stretch.to);
		put_asked(object, &w->sum);
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *
gateways_array(const struct review_totals *t)
{
	json_t *array = json_array();

	for (int i = 0; i < t->gateways_len; i++) {
		const struct totals_gateway *g = &t->gateways[i];
		json_t *object = json_object();

		json_put_text(
		    object, "name", *g->name != '\0' ? g->name : NULL);
		json_put_whole(object, "messages", g->messages);
		json_put_whole(object, "segments", g->segments);
		json_put_whole(object, "undelivered", g->failures);
		json_put_cost(object, "cost", g->cost);
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *
totals_object(const struct review_totals *t)
{
	json_t *object = json_object();
	json_t *ticks = json_object();

	json_put_whole(object, "patients", t->patients);
	json_put_whole(object, "needing", t->needing);
	json_put_whole(object, "joined", t->joined);
	json_put_whole(object, "finished", t->finished);
	put_asked(object, &t->sum);
	put_or_null(object, "response_per_cent",
	    totals_per_cent(t->sum.answered, t->sum.delivered - t->sum.open),
	    -1);
	put_or_null(object, "done_per_cent",
	    totals_per_cent(t->sum.done, t->sum.done_asked), -1);
	json_object_set_new(object, "stages", stages_array(t));
	json_object_set_new(object, "cohort", cohort_array(t));
	json_object_set_new(object, "weeks", weeks_array(t));
	json_object_set_new(object, "gateways", gateways_array(t));
	json_put_cost(object, "cost", t->cost);
	json_put_whole(ticks, "ran", t->ticks.ticks);
	json_put_whole(ticks, "died", t->ticks.died);
	json_put_whole(ticks, "longest_gap_s", t->ticks.longest_gap_s);
	json_put_time(ticks, "longest_gap_at", t->ticks.gap_at);
	json_object_set_new(object, "ticks", ticks);
	return object;
}

void
form_json(
    FILE *out, const struct review *review, const struct form_options *options)
{
	const struct stretch *stretch = &review->ask.stretch;
	json_t *root = json_object();
	json_t *patients = json_array();

	json_put_text(
	    root, "week", *stretch->week != '\0' ? stretch->week : NULL);
	put_date(root, "from", stretch->from);
	put_date(root, "to", stretch->to);
	json_put_text(root, "clinic", review->ask.clinic);
	json_put_text(root, "clinician", review->ask.clinician);
	json_put_text(root, "signed_before", review->signed_by);
	json_object_set_new(root, "totals", totals_object(&review->totals));
	for (int i = 0; i < review->len; i++)
		json_array_append_new(patients,
		    patient_object(review, &review->patients[i], options));
	json_object_set_new(root, "patients", patients);
	json_print(out, root);
}
