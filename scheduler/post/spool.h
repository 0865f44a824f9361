/*
 * NAME
 *	spool - a folder that stands in for a provider
 *
 * The embedded default needs no account. PATH/sent/ takes what goes out, a
 * file a message, and PATH/inbox/ gives what comes in. Files are written
 * beside, synced and renamed, so that a reader never sees half of one, and
 * folders are made when they are first needed. Several gateways may share a
 * path; a reply whose sender is an email address is the email gateway's, any
 * other the SMS gateway's.
 */
#ifndef POST_SPOOL_H
#define POST_SPOOL_H

#include "post/driver.h"

#define SPOOL_FILE_MAX ((size_t)64 * 1024) /* bytes of one reply */

/* Make PATH/name (name may hold one slash) and open it; -1 with errno. */
int spool_open_dir(const char *path, const char *name);

/* Read what lies in PATH/inbox: driver.h's local_poll and local_stored. */
enum status spool_poll(const struct gateway *gateway, int64_t now_at,
    struct post_found *found, struct why *why);
void spool_stored(const struct gateway *gateway, const char *source);

#endif
