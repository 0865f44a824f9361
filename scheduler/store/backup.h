/*
 * NAME
 *	backup - a consistent copy of the database while everything runs
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "store/store.h"

/*
 * Copy the database as it is at one instant into a file, written beside it
 * and renamed, mode 0600; a copy that is there is replaced. CANT_CREATE, also
 * where anything else is there; TRY_LATER when the disk is full.
 */
enum status backup_write(
    struct store *store, const char *path, struct why *why);

/* What a backup holds. */
struct backup_facts {
	int64_t patients;
	int64_t messages;
	int64_t last_event_at; /* 0: nothing has ever happened in it */
};

/* Prove one: the pages are whole, no row breaks a rule, the schema is this
 * program's. NO_FILE, UNAVAILABLE or CONFIG say what is wrong. */
enum status backup_check(
    const char *path, struct backup_facts *facts, struct why *why);

#endif
