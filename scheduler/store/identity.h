/*
 * NAME
 *	identity - which copy of the database is the clinic
 *
 * A file beside the database (its name and ".identity") holds the database's
 * own random identity, a hash of this machine's, and the highest event that
 * was ever seen in it. A database restored from a backup has fewer events than
 * its file says; one copied to another machine has no such file, or one of
 * another machine: both would send again what was sent before. Such a copy
 * sends nothing until a person has said that it is now the one.
 */
#ifndef STORE_IDENTITY_H
#define STORE_IDENTITY_H

#include "store/store.h"

/* DENIED when this database is a copy: the reason says why it is thought to
 * be, and what to do. */
enum status identity_check(struct store *store, struct why *why);

/*
 * Write the file as things stand now: after setup has made a database, after
 * each tick, and when a person says so. Written beside and renamed; left
 * alone where nothing has changed. CANT_CREATE, or TRY_LATER when the disk is
 * full.
 */
enum status identity_keep(struct store *store, struct why *why);

#endif
