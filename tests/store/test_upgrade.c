/*
 * A clinic's database that began with version 1 and was carried on by every
 * script of migrations/ has the same tables, columns, indices and triggers as
 * one that begins today.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <sqlite3.h>

#include "../text/sample.h"
#include "base/memory.h"
#include "store/migrate.h"
#include "store_fixture.h"

/* A statement without its comments, and without the quotes that SQLite puts
 * round the name of a table that was renamed; white space folded, and what stands
 * between its outermost commas in order: a column that was added stands last,
 * wherever the schema has it. */
static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static GString *
folded(const char *sql)
{
	GString *out = g_string_new(NULL);
	for (const char *c = sql; *c != '\0'; c++) {
		if (c[0] == '-' && c[1] == '-')
			c += strcspn(c, "\n");
		if (*c == '"')
			continue;
		if (g_ascii_isspace(*c)) {
			if (out->len > 0 &&
			    strchr(" (", out->str[out->len - 1]) == NULL)
				g_string_append_c(out, ' ');
		} else {
			if (strchr(",)", *c) != NULL && out->len > 0 &&
			    out->str[out->len - 1] == ' ')
				g_string_truncate(out, out->len - 1);
			g_string_append_c(out, *c);
		}
		if (*c == '\0')
			break;
	}
	return out;
}

static char *
ordered(const char *sql)
{
	GString *text = folded(sql);
	GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);
	int depth = 0;
	bool quoted = false;
	char *begin = text->str;
	for (char *c = text->str; *c != '\0'; c++) {
		if (*c == '\'')
			quoted = !quoted;
		if (quoted)
			continue;
		depth += (*c == '(') - (*c == ')');
		bool opens = *c == '(' && depth == 1;
		bool closes = *c == ')' && depth == 0;
		if (!opens && !closes && !(*c == ',' && depth == 1))
			continue;
		g_ptr_array_add(
		    parts, g_strstrip(g_strndup(begin, (gsize)(c - begin))));
		begin = c + 1;
	}
	g_ptr_array_add(parts, g_strstrip(g_strdup(begin)));
	qsort(parts->pdata, parts->len, sizeof *parts->pdata, by_text);
	g_ptr_array_add(parts, NULL);
	char *joined = g_strjoinv("\n  ", (char **)parts->pdata);
	g_ptr_array_free(parts, TRUE);
	g_string_free(text, TRUE);
	return joined;
}

/* What a database has, a paragraph a thing, in the order of names. */
static char *
described(const char *path)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *q = NULL;
	GString *out = g_string_new(NULL);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db,
			     "SELECT name, sql FROM sqlite_schema"
			     " WHERE sql IS NOT NULL ORDER BY name",
			     -1, &q, NULL),
	    SQLITE_OK);
	while (sqlite3_step(q) == SQLITE_ROW) {
		const char *sql = (const char *)sqlite3_column_text(q, 1);
		bool is_table = g_str_has_prefix(sql, "CREATE TABLE");
		GString *text = folded(sql);
		char *body = is_table ? ordered(sql) : g_strdup(text->str);
		g_string_append_printf(
		    out, "%s:\n  %s\n", sqlite3_column_text(q, 0), body);
		g_free(body);
		g_string_free(text, TRUE);
	}
	sqlite3_finalize(q);
	sqlite3_close(db);
	return g_string_free(out, FALSE);
}

static void
begin_with_version_1(struct fixture *f)
{
	struct db *db = NULL;
	char *schema = sample_read("../store/schema-1.sql", NULL);
	assert_int_equal(db_open(f->path, true, &db, &f->why), STATUS_OK);
	assert_int_equal(db_script(db, schema, &f->why), STATUS_OK);
	assert_int_equal(
	    db_script(db,
		"INSERT INTO clinic (one, version, identity, created_at)"
		" VALUES (1, 1, 'of old', 1);"
		"INSERT INTO message (message_id, key, parcel, kind, channel,"
		" template, asks, body, segments, priority, state, queued_at,"
		" due_at, expires_at, attempts, gateway, provider_id) VALUES"
		" (7, 'k', 'p', 'reminder', 'sms', 't', 'none', 'hello', 1, 2,"
		" 'accepted', 3, 4, 5, 6, 'main', 'SM7');"
		"INSERT INTO plan VALUES (1, 'p', 1, '', '', '', 0, 0, 0, 0,"
		" 0); INSERT INTO patient (patient_id, ref, name, channel,"
		" language, timezone, no_running, enrolled_at)"
		" VALUES (1, 'P-ABCDEF', 'x', 'sms', 'en', 'UTC', 0, 1);"
		"INSERT INTO enrolment (enrolment_id, patient_id, plan_id,"
		" stage, visit, stage_since_at, stage_since_on, began_at,"
		" began_on, state)"
		" VALUES (1, 1, 1, 'calm', 1, 50, '', 1, '', 'active');"
		"INSERT INTO alert (patient_id, kind, level, topic, because,"
		" state, opened_at) VALUES"
		" (1, 'pain', 'notice', '', '', 'open', 60),"
		" (1, 'stalled', 'notice', '', '', 'acknowledged', 40),"
		" (1, 'worsening', 'notice', 'leg', '', 'open', 60),"
		" (1, 'silent', 'notice', '', '', 'open', 60),"
		" (1, 'worsening', 'notice', '', '', 'closed', 60)",
		&f->why),
	    STATUS_OK);
	db_close(db);
	free(schema);
}

static void
test_from_version_1_to_now(void **state)
{
	struct fixture *f = *state;
	begin_with_version_1(f);
	assert_int_equal(store_setup(f->path, NOW, &f->why), STATUS_OK);
	assert_int_equal(
	    fixture_count(f, "SELECT version FROM clinic"), schema_version);
	char *carried_on = described(f->path);

	char *other = g_strconcat(f->dir, "/new.db", NULL);
	assert_int_equal(store_setup(other, NOW, &f->why), STATUS_OK);
	char *new = described(other);
	assert_string_equal(carried_on, new);
	assert_int_equal(
	    fixture_count(f,
		"SELECT count(*) FROM message WHERE message_id = 7 AND key = "
		"'k'"
		" AND body = 'hello' AND state = 'accepted' AND attempts = 6"
		" AND provider_id = 'SM7' AND priority = 2 AND expires_at = 5"),
	    1);
	assert_int_equal(
	    fixture_count(f, "SELECT count(*) FROM alert WHERE fault = CASE"
			     " WHEN kind = 'pain' THEN 'calm' ELSE '' END"
			     " AND seen_at = opened_at"),
	    5);

	g_free(carried_on);
	g_free(new);
	remove(other);
	g_free(other);
}

static void
test_versions_without_a_gap(void **state)
{
	(void)state;
	for (int i = 0; i < migrations_len; i++)
		assert_int_equal(migrations[i].version, i + 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_from_version_1_to_now,
		    fixture_setup_empty, fixture_teardown),
		cmocka_unit_test(test_versions_without_a_gap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
