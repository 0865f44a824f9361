/*
 * store_fixture - a clinic's database in a temporary directory, for tests
 *
 * One plan ("plan", a stage "calm") and one patient are in it. Each helper
 * fails the test when the store does not do as it should.
 */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include "store/outbox.h"
#include "store/patients.h"
#include "store/plans.h"
#include "store/store.h"

#define NOW INT64_C(1772442000) /* 2026-03-02T09:00:00Z, a Monday */

struct fixture {
	char dir[64];
	char path[96];
	struct store *store;
	int64_t plan_id;
	int64_t patient_id;
	int64_t enrolment_id;
	struct why why;
};

/* For cmocka: *state becomes a struct fixture. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

/* An empty directory alone, and a path in it where nothing is yet. */
int fixture_setup_empty(void **state);

void fixture_begin(struct fixture *f);
void fixture_commit(struct fixture *f);

/* Run SQL of the test's own beside the store, as a second program would; the
 * status is SQLite's. fixture_count gives the first column of the first row. */
int fixture_sql(struct fixture *f, const char *sql);
int64_t fixture_count(struct fixture *f, const char *sql);

/* Another patient of the same plan; ref "" for a fresh one. */
struct patient fixture_patient(struct fixture *f, const char *phone,
    const char *email);
void fixture_enrol(struct fixture *f, struct patient *patient);

/* A message to the patient, queued and committed: its row. */
struct message fixture_queue(struct fixture *f, enum kind kind,
    const char *template, int64_t due_at);
/* Its present state; and a claim by gateway "main" at a time. */
enum message_state fixture_state(struct fixture *f, int64_t message_id);
void fixture_claim(struct fixture *f, int64_t message_id, int64_t at);

/* Does the call stop the program as a bug? It runs in a child. */
bool fixture_panics(void (*call)(struct fixture *), struct fixture *f);

#endif
