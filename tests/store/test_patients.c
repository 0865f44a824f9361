/*
 * Patients as they were written down, found again by what is known of them,
 * and forgotten on request.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/memory.h"
#include "store_fixture.h"

static struct patient
get(struct fixture *f, int64_t patient_id)
{
	struct patient patient = { 0 };

	assert_int_equal(
	    patient_by_id(f->store, patient_id, &patient, &f->why), STATUS_OK);
	return patient;
}

static void
update(struct fixture *f, const struct patient *patient)
{
	fixture_begin(f);
	assert_int_equal(patient_update(f->store, patient, &f->why), STATUS_OK);
	fixture_commit(f);
}

static void
set_fact(struct patient *p, const char *key, const char *value)
{
	size_t n = (size_t)p->facts_len + 1;

	p->facts = xrealloc(p->facts, n, sizeof(*p->facts));
	p->facts[n - 1] = (struct patient_fact){ xstrdup(key), xstrdup(value) };
	p->facts_len = (int)n;
}

static void
test_traits(void **state)
{
	struct patient p = { .no_running = true };
	struct traits t = patient_traits(&p);

	(void)state;
	assert_true(t.so[TRAIT_NO_RUNNING]);
	assert_false(t.so[TRAIT_NERVE]);
	set_fact(&p, "aggravator", "sitting");
	assert_true(patient_set_fact(&p, FACT_NERVE, "yes"));
	assert_false(patient_set_fact(&p, FACT_NERVE, "yes"));
	assert_true(patient_traits(&p).so[TRAIT_NERVE]);
	assert_true(patient_set_fact(&p, FACT_NERVE, "no"));
	assert_false(patient_traits(&p).so[TRAIT_NERVE]);
	assert_int_equal(p.facts_len, 2);
	assert_string_equal(p.facts[0].value, "sitting");
	patient_free(&p);
}

/* Every member other than what it is in a new patient. */
static void
fill_all(struct patient *p)
{
	replace_text(&p->name, "Zo\xc3\xab O'Hara; DROP TABLE");
	replace_text(&p->channel, "both");
	replace_text(&p->language, "es");
	replace_text(&p->timezone, "Pacific/Auckland");
	replace_text(&p->clinician, "Dr Grey");
	replace_text(&p->carer, "her father");
	replace_text(&p->consented_on, "2026-03-01");
	replace_text(&p->screened_on, "2026-02-28");
	replace_text(&p->screened_by, "Dr Grey");
	p->no_running = true;
	p->baseline = 0;
	set_fact(p, "aggravator", "sitting");
	set_fact(p, "work", "");
	replace_text(&p->stage, "adjust");
	p->visit = 4;
	p->stage_since_at = NOW + 5;
	p->stage_since_on = (struct date){ 2026, 12, 31 };
	p->stage_pain = 10;
	p->began_at = NOW - 5;
	p->began_on = (struct date){ 2026, 1, 1 };
	p->state = PATIENT_STOPPED;
	p->before_stop = PATIENT_PAUSED;
	p->paused_until_on = (struct date){ 2027, 1, 9 };
	replace_text(&p->paused_by, "red-flag");
	p->leg_open = true;
	p->decide_at = NOW + 1;
	p->watch_at = NOW + 2;
}

static void
same_text(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		assert_ptr_equal(a, b);
	else
		assert_string_equal(a, b);
}

static void
same_patient(const struct patient *a, const struct patient *b)
{
	assert_int_equal(a->patient_id, b->patient_id);
	assert_string_equal(a->ref, b->ref);
	same_text(a->name, b->name);
	same_text(a->phone, b->phone);
	same_text(a->email, b->email);
	same_text(a->channel, b->channel);
	same_text(a->language, b->language);
	same_text(a->timezone, b->timezone);
	same_text(a->clinician, b->clinician);
	same_text(a->carer, b->carer);
	same_text(a->consented_on, b->consented_on);
	same_text(a->screened_on, b->screened_on);
	same_text(a->screened_by, b->screened_by);
	assert_int_equal(a->no_running, b->no_running);
	assert_int_equal(a->baseline, b->baseline);
	assert_int_equal(a->enrolled_at, b->enrolled_at);
	assert_int_equal(a->erased_at, b->erased_at);
	assert_int_equal(a->facts_len, b->facts_len);
	for (int i = 0; i < a->facts_len; i++) {
		same_text(a->facts[i].key, b->facts[i].key);
		same_text(a->facts[i].value, b->facts[i].value);
	}
	assert_int_equal(a->enrolment_id, b->enrolment_id);
	assert_int_equal(a->plan_id, b->plan_id);
	same_text(a->stage, b->stage);
	assert_int_equal(a->visit, b->visit);
	assert_int_equal(a->stage_since_at, b->stage_since_at);
	assert_int_equal(date_compare(a->stage_since_on, b->stage_since_on), 0);
	assert_int_equal(a->stage_pain, b->stage_pain);
	assert_int_equal(a->began_at, b->began_at);
	assert_int_equal(date_compare(a->began_on, b->began_on), 0);
	assert_int_equal(a->state, b->state);
	assert_int_equal(a->before_stop, b->before_stop);
	assert_int_equal(
	    date_compare(a->paused_until_on, b->paused_until_on), 0);
	same_text(a->paused_by, b->paused_by);
	assert_int_equal(a->leg_open, b->leg_open);
	assert_int_equal(a->decide_at, b->decide_at);
	assert_int_equal(a->watch_at, b->watch_at);
}

static void
test_written_and_read(void **state)
{
	struct fixture *f = *state;
	struct patient plain = fixture_patient(f, NULL, NULL), full, back;

	fixture_enrol(f, &plain);
	back = get(f, plain.patient_id);
	same_patient(&plain, &back);
	patient_free(&back);

	full = fixture_patient(f, "+64211234567", "zoe@example.org");
	fill_all(&full);
	fixture_enrol(f, &full);
	back = get(f, full.patient_id);
	same_patient(&full, &back);
	patient_free(&back);

	/* And the plain one becomes like it. */
	fill_all(&plain);
	update(f, &plain);
	back = get(f, plain.patient_id);
	same_patient(&plain, &back);
	patient_free(&back);
	patient_free(&plain);
	patient_free(&full);
}

static void
test_facts_are_replaced(void **state)
{
	struct fixture *f = *state;
	struct patient p = get(f, f->patient_id);

	set_fact(&p, "aggravator", "bending");
	set_fact(&p, "work", "desk");
	update(f, &p);
	patient_free(&p);
	p = get(f, f->patient_id);
	assert_int_equal(p.facts_len, 2);
	replace_text(&p.facts[0].value, "driving");
	free(p.facts[1].key);
	free(p.facts[1].value);
	p.facts_len = 1;
	update(f, &p);
	patient_free(&p);
	p = get(f, f->patient_id);
	assert_int_equal(p.facts_len, 1);
	assert_string_equal(p.facts[0].value, "driving");
	patient_free(&p);
}

static void
test_a_reference_that_is_taken_is_made_anew(void **state)
{
	struct fixture *f = *state;
	struct patient first = get(f, f->patient_id);
	struct patient second = fixture_patient(f, NULL, NULL);
	char normal[REF_SIZE];

	assert_true(ref_normalise(first.ref, normal));
	assert_string_equal(first.ref, normal);
	snprintf(second.ref, sizeof(second.ref), "%s", first.ref);
	fixture_enrol(f, &second);
	assert_string_not_equal(second.ref, first.ref);
	assert_true(ref_normalise(second.ref, normal));
	patient_free(&first);
	patient_free(&second);
}

static void
test_only_the_stopped_go_back(void **state)
{
	struct fixture *f = *state;
	struct patient p = get(f, f->patient_id);

	assert_int_equal(p.before_stop, PATIENT__MAX);
	p.before_stop = PATIENT_ACTIVE;
	update(f, &p);
	patient_free(&p);
	p = get(f, f->patient_id);
	assert_int_equal(p.before_stop, PATIENT__MAX);
	patient_free(&p);
}

static void
test_found_by(void **state)
{
	struct fixture *f = *state;
	struct patient p = get(f, f->patient_id), other = { 0 };

	assert_int_equal(
	    patient_by_ref(f->store, p.ref, &other, &f->why), STATUS_OK);
	same_patient(&p, &other);
	patient_free(&other);
	assert_int_equal(
	    patient_by_enrolment(f->store, f->enrolment_id, &other, &f->why),
	    STATUS_OK);
	same_patient(&p, &other);
	patient_free(&other);
	assert_int_equal(
	    patient_by_ref(f->store, "P-000000", &other, &f->why), STATUS_NONE);
	assert_int_equal(
	    patient_by_id(f->store, 999, &other, &f->why), STATUS_NONE);
	assert_int_equal(
	    patient_by_enrolment(f->store, 999, &other, &f->why), STATUS_NONE);
	assert_null(other.name);
	patient_free(&p);
}

static void
test_found_by_address(void **state)
{
	static const struct {
		const char *address;
		int found;
	} cases[] = {
		{ "+447700900001", 2 }, /* shared */
		{ "ann@example.org", 1 },
		{ "Ann@Example.org", 1 },
		{ "bob@example.org", 1 },
		{ "+447700900009", 0 },
		{ "", 0 },
	};
	struct fixture *f = *state;
	struct patient bob =
	    fixture_patient(f, "+447700900001", "Bob@example.org");
	struct patient nobody = fixture_patient(f, NULL, NULL);

	fixture_enrol(f, &bob);
	fixture_enrol(f, &nobody);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct patient *list = NULL;
		int len = -1;

		assert_int_equal(patient_by_address(f->store, cases[i].address,
				     &list, &len, &f->why),
		    STATUS_OK);
		assert_int_equal(len, cases[i].found);
		patient_list_free(list, len);
	}
	patient_free(&bob);
	patient_free(&nobody);
}

static void
test_all_are_listed_by_reference(void **state)
{
	struct fixture *f = *state;
	struct patient *list = NULL;
	int len = 0;

	for (int i = 0; i < 20; i++) {
		struct patient p = fixture_patient(f, NULL, NULL);

		set_fact(&p, "aggravator", "sitting");
		fixture_enrol(f, &p);
		patient_free(&p);
	}
	assert_int_equal(
	    patient_all(f->store, &list, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 21);
	for (int i = 1; i < len; i++)
		assert_true(strcmp(list[i - 1].ref, list[i].ref) < 0);
	patient_list_free(list, len);
}

/* Three patients who are due at NOW, NOW + 10 and never. */
static void
enrol_due(struct fixture *f, int64_t ids[3])
{
	for (int i = 0; i < 3; i++) {
		struct patient p = fixture_patient(f, NULL, NULL);

		/* The later one first, so that the order is not by chance. */
		p.decide_at = i == 0 ? NOW + 10 : i == 1 ? NOW : 0;
		p.watch_at = p.decide_at;
		if (i < 2) {
			p.state = PATIENT_PAUSED;
			p.paused_until_on = (struct date){ 2026, 3, 4 - i };
		}
		fixture_enrol(f, &p);
		ids[i] = p.enrolment_id;
		patient_free(&p);
	}
}

static void
test_due(void **state)
{
	static const struct {
		enum status (*due)(
		    struct store *, int64_t, int64_t *, int *, struct why *);
		int64_t now;
		int room;
		int found;
	} cases[] = {
		{ patient_due_decide, NOW - 1, 4, 0 },
		{ patient_due_decide, NOW, 4, 1 },
		{ patient_due_decide, NOW + 10, 4, 2 },
		{ patient_due_decide, NOW + 10, 1, 1 },
		{ patient_due_decide, NOW + 10, 0, 0 },
		{ patient_due_watch, NOW + 9, 4, 1 },
		{ patient_due_watch, NOW + 99, 4, 2 },
		/* Paused until the 3rd, and until the 4th: it is the 2nd at
		 * nine in the morning, and the 3rd begins at ten, far east. */
		{ patient_due_resume, NOW, 4, 0 },
		{ patient_due_resume, NOW + 3600, 4, 1 },
		{ patient_due_resume, NOW + 3600 + 86400, 4, 2 },
		{ patient_due_resume, NOW + 900000, 4, 2 },
	};
	struct fixture *f = *state;
	int64_t enrolments[3];

	enrol_due(f, enrolments);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t ids[4] = { 0 };
		int len = cases[i].room;

		assert_int_equal(
		    cases[i].due(f->store, cases[i].now, ids, &len, &f->why),
		    STATUS_OK);
		assert_int_equal(len, cases[i].found);
		if (len > 0)
			assert_int_equal(ids[0], enrolments[1]);
		if (len > 1)
			assert_int_equal(ids[1], enrolments[0]);
	}
}

static void
test_opt_outs(void **state)
{
	struct fixture *f = *state;
	bool is = true, was_set = true;

	assert_int_equal(
	    optout_is(f->store, "ann@example.org", &is, &f->why), STATUS_OK);
	assert_false(is);
	fixture_begin(f);
	assert_int_equal(
	    optout_set(f->store, "Ann@Example.org", NOW, &was_set, &f->why),
	    STATUS_OK);
	assert_false(was_set);
	assert_int_equal(
	    optout_set(f->store, "ann@example.org", NOW + 1, &was_set, &f->why),
	    STATUS_OK);
	assert_true(was_set);
	fixture_commit(f);
	assert_int_equal(fixture_count(f, "SELECT since_at FROM opt_out"), NOW);
	assert_int_equal(
	    optout_is(f->store, "ANN@example.org", &is, &f->why), STATUS_OK);
	assert_true(is);
	assert_int_equal(
	    optout_is(f->store, "bob@example.org", &is, &f->why), STATUS_OK);
	assert_false(is);
	fixture_begin(f);
	assert_int_equal(
	    optout_lift(f->store, "ann@EXAMPLE.org", &f->why), STATUS_OK);
	fixture_commit(f);
	assert_int_equal(
	    optout_is(f->store, "ann@example.org", &is, &f->why), STATUS_OK);
	assert_false(is);
}

static void
test_what_the_schema_refuses(void **state)
{
	struct fixture *f = *state;
	struct patient p = fixture_patient(f, NULL, NULL);

	replace_text(&p.channel, "pigeon");
	fixture_begin(f);
	assert_int_equal(
	    patient_insert(f->store, &p, &f->why), STATUS_BAD_DATA);
	replace_text(&p.channel, "sms");
	p.plan_id = 999;
	assert_int_equal(
	    patient_insert(f->store, &p, &f->why), STATUS_BAD_DATA);
	store_rollback(f->store);
	assert_int_equal(fixture_count(f, "SELECT count(*) FROM patient"), 1);
	patient_free(&p);
}

#define IN_A_CLINIC(test) \
	cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_traits),
		IN_A_CLINIC(test_written_and_read),
		IN_A_CLINIC(test_facts_are_replaced),
		IN_A_CLINIC(test_a_reference_that_is_taken_is_made_anew),
		IN_A_CLINIC(test_only_the_stopped_go_back),
		IN_A_CLINIC(test_found_by),
		IN_A_CLINIC(test_found_by_address),
		IN_A_CLINIC(test_all_are_listed_by_reference),
		IN_A_CLINIC(test_due),
		IN_A_CLINIC(test_opt_outs),
		IN_A_CLINIC(test_what_the_schema_refuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
