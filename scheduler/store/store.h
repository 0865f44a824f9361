/*
 * NAME
 *	store - open the clinic's memory, and hold a transaction
 *
 * The rest of this room has one header for each family of rows, with typed
 * records and verbs; SQL stays in statements.c. Every verb may give
 * TRY_LATER: the database is locked or the disk is full, nothing was changed,
 * and the enclosing transaction must be rolled back; cron's next run is the
 * retry; until that rollback every further verb fails with it, and a commit
 * undoes all. UNAVAILABLE: the database is damaged. A verb that changes rows
 * panics outside a transaction. A store belongs to one thread.
 *
 * Records own their texts; x_free() empties a record, takes a zeroed one, and
 * frees what it owns. A list is an array that the caller frees with its own
 * x_list_free(list, len).
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdint.h>

#include "base/status.h"

struct store;

/*
 * Open the database at a path. NO_FILE when it is not there ("run setup"),
 * CONFIG when its schema is newer or older than this program's, TRY_LATER
 * when it is locked.
 */
enum status store_open(const char *path, struct store **store,
    struct why *why);
void store_close(struct store *store); /* takes NULL */

/*
 * A whole one in memory, of this program's schema: for simulations. It ends
 * with store_close(), is no copy of any other, and no other tick can run in
 * it.
 */
enum status store_open_memory(int64_t now, struct store **store,
    struct why *why);

/* Create it or carry it to this program's schema; safe to repeat. CONFIG when
 * it is newer than this program. CANT_CREATE; DENIED when it is not ours to
 * write. The mode of a new file is 0600. */
enum status store_setup(const char *path, int64_t now, struct why *why);

/*
 * One tick at a time: an exclusive lock beside the database that ends with
 * the process. TRY_LATER when another has it.
 */
enum status store_lock_tick(struct store *store, struct why *why);

/*
 * BEGIN IMMEDIATE, COMMIT, ROLLBACK. They nest by counting: only the
 * outermost commits, and a rollback inside dooms the whole.
 */
enum status store_begin(struct store *store, struct why *why);
/* One that only reads, and sees the database of one instant while others write.
 * It ends with store_rollback(). */
enum status store_look(struct store *store, struct why *why);
enum status store_commit(struct store *store, struct why *why);
void store_rollback(struct store *store);

#endif
