/*
 * NAME
 *	migrate - carry a database from any version to this program's
 *
 * schema.sql is the schema as it is now, and a new database begins with it.
 * An older one is carried on by the scripts of migrations/, each named for the
 * version that it leads to (2.sql, 3.sql, ...) and in a transaction of its own:
 * a setup that is killed halfway is carried on by the next. A test holds what
 * they make of version 1 against schema.sql. A column that is added to a table
 * must read the same in both.
 */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/db.h"

struct migration {
	int version; /* that the script leads to: 2, 3, ... */
	const char *sql;
};

/* Every way from version to version, in order; schema_version is the last. */
extern const struct migration migrations[];
extern const int migrations_len;
extern const int schema_version;

/* The version of an open database; 0 when it is empty. CONFIG when the file
 * is another program's. */
enum status migrate_version(
    struct db *db, const char *path, int64_t *version, struct why *why);

/* Make or carry on. CONFIG "database is from a newer version". */
enum status migrate(struct db *db, const char *path,
    const struct migration *list, int len, int newest, int64_t now,
    struct why *why);

#endif
