#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/memory.h"
#include "store/room.h"
#include "store_fixture.h"

int
fixture_setup_empty(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	/* In memory where there is such a place: nothing here must last. */
	snprintf(f->dir, sizeof(f->dir), "%s/keepmoving-store-XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/clinic.db", f->dir);
	*state = f;
	return 0;
}

static void
save_plan(struct fixture *f)
{
	char *messages[] = { "calm/move-1", "calm/move-2" };
	struct reminder reminder = { .id = "move",
		.messages = messages,
		.messages_len = 2,
		.repeat = "FREQ=DAILY",
		.at_minute = 990,
		.asks = ASKS_PAIN,
		.need = 1 };
	struct stage stage = { .id = "calm",
		.title = "Calm",
		.reminders = &reminder,
		.reminders_len = 1 };
	struct plan plan = { .id = "plan",
		.title = "A plan",
		.welcome = "welcome",
		.stages = &stage,
		.stages_len = 1 };
	bool is_new = false;

	fixture_begin(f);
	assert_int_equal(plans_save(f->store, &plan, NULL, 0, NOW, &f->plan_id,
			     &is_new, &f->why),
	    STATUS_OK);
	fixture_commit(f);
}

int
fixture_setup(void **state)
{
	struct patient patient;
	struct fixture *f;

	fixture_setup_empty(state);
	f = *state;
	assert_int_equal(store_setup(f->path, NOW, &f->why), STATUS_OK);
	assert_int_equal(store_open(f->path, &f->store, &f->why), STATUS_OK);

	/* What a power cut would do is the engine's to know, not ours to
	 * try; the tests need not wait for the disk. */
	assert_int_equal(
	    db_script(f->store->db, "PRAGMA synchronous = OFF", &f->why),
	    STATUS_OK);
	save_plan(f);
	patient = fixture_patient(f, "+447700900001", "ann@example.org");
	fixture_enrol(f, &patient);
	f->patient_id = patient.patient_id;
	f->enrolment_id = patient.enrolment_id;
	patient_free(&patient);
	return 0;
}

int
fixture_teardown(void **state)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal",
		".tick" };
	struct fixture *f = *state;

	store_close(f->store);
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		char path[128];

		snprintf(path, sizeof(path), "%s%s", f->path, ends[i]);
		unlink(path);
	}
	assert_int_equal(rmdir(f->dir), 0);
	free(f);
	return 0;
}

void
fixture_begin(struct fixture *f)
{
	assert_int_equal(store_begin(f->store, &f->why), STATUS_OK);
}

void
fixture_commit(struct fixture *f)
{
	assert_int_equal(store_commit(f->store, &f->why), STATUS_OK);
}

int
fixture_sql(struct fixture *f, const char *sql)
{
	sqlite3 *db;
	int code;

	assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
	code = sqlite3_exec(db, sql, NULL, NULL, NULL);
	sqlite3_close(db);
	return code;
}

int64_t
fixture_count(struct fixture *f, const char *sql)
{
	sqlite3_stmt *stmt;
	sqlite3 *db;
	int64_t value;

	assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return value;
}

struct patient
fixture_patient(struct fixture *f, const char *phone, const char *email)
{
	return (struct patient){
		.name = xstrdup("Ann Walker"),
		.phone = xstrdup(phone),
		.email = xstrdup(email),
		.channel = xstrdup("sms"),
		.language = xstrdup("en"),
		.timezone = xstrdup("Europe/London"),
		.baseline = -1,
		.enrolled_at = NOW,
		.plan_id = f->plan_id,
		.stage = xstrdup("calm"),
		.visit = 1,
		.stage_since_at = NOW,
		.stage_since_on = { 2026, 3, 2 },
		.stage_pain = -1,
		.began_at = NOW,
		.began_on = { 2026, 3, 2 },
		.before_stop = PATIENT__MAX,
	};
}

void
fixture_enrol(struct fixture *f, struct patient *patient)
{
	fixture_begin(f);
	assert_int_equal(patient_insert(f->store, patient, &f->why), STATUS_OK);
	fixture_commit(f);
}

struct message
fixture_queue(
    struct fixture *f, enum kind kind, const char *template, int64_t due_at)
{
	char text[64], body[] = "How is it going?";
	struct message message = { .patient_id = f->patient_id,
		.kind = kind,
		.channel = CHANNEL_SMS,
		.template = text,
		.body = body,
		.segments = 1,
		.queued_at = NOW,
		.due_at = due_at,
		.expires_at = due_at + 3600 };

	snprintf(text, sizeof(text), "%s", template);
	fixture_begin(f);
	assert_int_equal(outbox_queue(f->store, &message, &f->why), STATUS_OK);
	fixture_commit(f);
	message.template = message.body = NULL;
	return message;
}

enum message_state
fixture_state(struct fixture *f, int64_t message_id)
{
	struct message message = { 0 };
	enum message_state state;

	assert_int_equal(
	    outbox_by_id(f->store, message_id, &message, &f->why), STATUS_OK);
	state = message.state;
	message_free(&message);
	return state;
}

void
fixture_claim(struct fixture *f, int64_t message_id, int64_t at)
{
	bool claimed = false;

	fixture_begin(f);
	assert_int_equal(outbox_claim(f->store, message_id, "main",
			     "+447700900001", at, &claimed, &f->why),
	    STATUS_OK);
	assert_true(claimed);
	fixture_commit(f);
}

bool
fixture_panics(void (*call)(struct fixture *), struct fixture *f)
{
	const struct rlimit no_core = { 0, 0 };
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		setrlimit(RLIMIT_CORE, &no_core);
		// cppcheck-suppress ignoredReturnValue ; noise, if it fails
		freopen("/dev/null", "w", stderr);
		signal(SIGABRT, SIG_DFL);
		call(f);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}
