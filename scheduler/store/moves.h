/*
 * NAME
 *	moves - each step between stages, made or waiting for a yes
 */
#ifndef STORE_MOVES_H
#define STORE_MOVES_H

#include "store/store.h"

enum move_state {
	MOVE_WAITING,
	MOVE_MADE,
	MOVE_REFUSED,
	MOVE_OVERTAKEN, /* another move came first */
	MOVE__MAX
};
extern const char *const move_state_names[MOVE__MAX];

struct move {
	int64_t move_id;
	int64_t enrolment_id;
	char *from_stage;
	char *to_stage; /* "finished" at the end */
	char *act;	/* advance, retreat, finish, clinician */
	char *because;
	enum move_state state;
	int64_t at;
	int64_t decided_at; /* 0: not by a clinician */
	char *decided_by;   /* or NULL */
};
void move_free(struct move *move);
void move_list_free(struct move *list, int len);

enum status move_insert(struct store *store, struct move *move,
    struct why *why);
enum status move_update(struct store *store, const struct move *move,
    struct why *why);
enum status move_by_id(struct store *store, int64_t move_id,
    struct move *move, struct why *why); /* NONE */
/* The one that waits, of an enrolment. NONE. */
enum status move_waiting_of(struct store *store, int64_t enrolment_id,
    struct move *move, struct why *why);
enum status move_waiting(struct store *store, struct move **list, int *len,
    struct why *why);
enum status move_of_enrolment(struct store *store, int64_t enrolment_id,
    struct move **list, int *len, struct why *why);
/* Those made or proposed after that one, in their order; 0: all. */
enum status move_after(struct store *store, int64_t after, struct move **list,
    int *len, struct why *why);

#endif
