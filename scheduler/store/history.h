/*
 * NAME
 *	history - events for ever, and the program's own health
 */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "base/address.h"
#include "store/store.h"

struct event {
	int64_t event_id;
	int64_t at;
	int64_t patient_id; /* 0: none */
	char *kind;	    /* enrolled, missed, held, sent, moved, ... */
	char *subject;	    /* a name of ours: a template, a stage */
	char *because;	    /* a sentence of the program's own */
};
void event_list_free(struct event *list, int len);

/* Add one. No name, address or text of a patient may stand in it. */
enum status event_add(struct store *store, int64_t at, int64_t patient_id,
    const char *kind, const char *subject, struct why *why, const char *fmt,
    ...) __attribute__((format(printf, 7, 8)));
enum status event_of_patient(struct store *store, int64_t patient_id,
    int64_t from_at, int64_t until_at, struct event **list, int *len,
    struct why *why);
/* All that happened since one of them; the newest there is, 0 for none. */
enum status event_after(struct store *store, int64_t event_id,
    struct event **list, int *len, struct why *why);
enum status event_newest(struct store *store, int64_t *event_id,
    struct why *why);

struct gateway_row {
	char name[64];
	char *cursor;		  /* or NULL */
	int64_t polled_at;	  /* 0: never */
	int64_t failing_since_at; /* 0: works */
};
/* A gateway that is not known yet gives an empty row. free(row->cursor). */
enum status gateway_get(struct store *store, const char *name,
    struct gateway_row *row, struct why *why);
enum status gateway_put(struct store *store, enum channel channel,
    const struct gateway_row *row, struct why *why);

struct tick_row {
	int64_t tick_id;
	int64_t started_at;
	int64_t ended_at; /* 0: it died, or runs */
	int64_t collected, read, moved, queued, sent, failed, unknown, alerts;
};
enum status tick_begin(struct store *store, int64_t now, int64_t *tick_id,
    struct why *why);
enum status tick_end(struct store *store, const struct tick_row *row,
    struct why *why);
/* The newest that ended, before tick_id (0: of all). NONE. */
enum status tick_last(struct store *store, int64_t before_tick_id,
    struct tick_row *row, struct why *why);

#endif
