/*
 * migrate.c - see migrate.h
 */
#include "store/migrate.h"

#include <stddef.h>

#include "base/secret.h"
#include "store/engine.h"

#define IDENTITY_SIZE 27 /* 130 random bits in base32, and a NUL */

/* One for each file of migrations/, and an end. */
#include "store/migrations_sql.h"

const int migrations_len = sizeof migrations / sizeof migrations[0] - 1;
const int schema_version = sizeof migrations / sizeof migrations[0];

enum status
migrate_version(
    struct db *db, const char *path, int64_t *version, struct why *why)
{
	enum db_content content = DB_EMPTY;
	enum status status = db_content(db, &content, why);
	struct query *q;

	if (status != STATUS_OK)
		return status;
	if (content == DB_FOREIGN)
		return why_set(why, STATUS_CONFIG,
		    "%s: this is another program's database", path);
	if (content == DB_EMPTY) {
		*version = 0;
		return STATUS_OK;
	}
	q = db_query(db, SQL_CLINIC_VERSION);
	status = query_step(q, why);
	if (status == STATUS_NONE)
		return why_set(why, STATUS_UNAVAILABLE,
		    "%s: the database does not say whose it is: "
		    "restore a backup",
		    path);
	if (status == STATUS_OK)
		*version = query_column_whole(q, 0, 0);
	query_done(q);
	return status;
}

static enum status
create(struct db *db, int newest, int64_t now, struct why *why)
{
	char identity[IDENTITY_SIZE];
	enum status status = db_script(db, engine_schema, why);
	struct query *q;

	if (status != STATUS_OK)
		return status;
	random_base32(identity, sizeof(identity) - 1);
	q = db_query(db, SQL_CLINIC_INSERT);
	query_whole(q, ":version", newest);
	query_text(q, ":identity", identity);
	query_whole(q, ":now", now);
	return query_run(q, NULL, why);
}

static enum status
carry_on(struct db *db, const struct migration *next, struct why *why)
{
	enum status status = db_script(db, next->sql, why);
	struct query *q;

	if (status != STATUS_OK)
		return status;
	q = db_query(db, SQL_CLINIC_SET_VERSION);
	query_whole(q, ":version", next->version);
	return query_run(q, NULL, why);
}

/* One step, from what the version is now that nobody else can write. */
static enum status
step(struct db *db, const char *path, const struct migration *list, int len,
    int newest, int64_t now, bool *more, struct why *why)
{
	int64_t version = 0;
	enum status status = migrate_version(db, path, &version, why);

	*more = false;
	if (status != STATUS_OK || version == newest)
		return status;
	if (version > newest)
		return why_set(why, STATUS_CONFIG,
		    "%s: database is from a newer version (%d; this program "
		    "knows %d): install that version again",
		    path, (int)version, newest);
	if (version == 0)
		return create(db, newest, now, why);
	*more = true;
	for (int i = 0; i < len; i++)
		if (list[i].version == version + 1)
			return carry_on(db, &list[i], why);
	panic("no way from version %d of the schema", (int)version);
}

enum status
migrate(struct db *db, const char *path, const struct migration *list, int len,
    int newest, int64_t now, struct why *why)
{
	bool more = true;

	while (more) {
		enum status status = db_begin(db, why);

		if (status != STATUS_OK)
			return status;
		status = step(db, path, list, len, newest, now, &more, why);
		if (status != STATUS_OK) {
			db_rollback(db);
			return why_prefix(why, status, "setup");
		}
		status = db_commit(db, why);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}
