/*
 * witness_heard.c - see witness.h
 *
 * What patients wrote, and what the program made of it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/witness_book.h"

/* A second red flag so soon is answered by the answer to the first. */
#define ANSWERED_S ((int64_t)10 * 60)

static void
hear_stop(struct witness *witness, const struct witness_heard *heard)
{
	struct book_place *place = book_place(witness, heard->address);
	int index = (int)(place - witness->places);
	if (heard->stop) {
		place->confirms = !place->stopped && heard->confirmed;
		place->stopped = true;
	} else if (!heard->start || !place->stopped) {
		return;
	} else {
		place->stopped = false;
	}
	for (int i = 0; i < witness->people_len; i++) {
		struct book_person *person = &witness->people[i];
		if (person->phone == index || person->email == index)
			person->stopped = heard->stop;
	}
}

static void
hear_flag(struct witness *witness, const struct witness_heard *heard)
{
	struct book_place *place = book_place(witness, heard->address);
	place->nets += place->stopped;
	witness->flags = xrealloc(witness->flags,
	    (size_t)witness->flags_len + 1, sizeof *witness->flags);
	witness->flags[witness->flags_len++] = (struct book_flag){
		.address = xstrdup(heard->address),
		.at = heard->at,
		.answered = place->net_at != 0 &&
			    heard->at - place->net_at < ANSWERED_S,
	};
}

void
witness_heard(struct witness *witness, const struct witness_heard *heard)
{
	int *known = names_put(&witness->heard, heard->id);
	if (*known == 0) {
		*known = 1;
		witness->unread = xrealloc(witness->unread,
		    (size_t)witness->unread_len + 1, sizeof *witness->unread);
		witness->unread[witness->unread_len++] = xstrdup(heard->id);
	}
	if (heard->flag != FLAG__MAX)
		hear_flag(witness, heard);
	hear_stop(witness, heard);
}

void
witness_read(struct witness *witness, const struct witness_read *read)
{
	int64_t at = witness->last_at;
	for (int i = 0; i < witness->unread_len; i++) {
		if (strcmp(witness->unread[i], read->id) != 0)
			continue;
		free(witness->unread[i]);
		witness->unread[i] = witness->unread[--witness->unread_len];
		break;
	}
	int *known = names_put(&witness->heard, read->id);
	if (*known != 1)
		book_break(witness, LAW_HEARD, at, read->who,
		    *known == 0 ? "%s was read, and nobody wrote it"
				: "%s was read twice",
		    read->id);
	*known = 2;
	if (!read->same_words)
		book_break(witness, LAW_HEARD, at, read->who,
		    "%s is not kept word for word", read->id);
	if (!read->seen_to)
		book_break(witness, LAW_HEARD, at, read->who,
		    "%s could not be read, and nobody hears of it", read->id);

	struct book_person *person = book_person(witness, read->who);
	if (person == NULL || !read->scored)
		return;
	if (person->visit != read->visit) {
		person->visit = read->visit;
		person->scores = 0;
	}
	person->scores++;
}

void
witness_slot(struct witness *witness, const char *slot, const char *parcel,
    const char *because)
{
	if (++*names_put(&witness->slots, slot) > 1)
		book_break(witness, LAW_ONE_SLOT, witness->last_at, -1,
		    "the slot %s was taken twice", slot);
	if (parcel == NULL && *because == '\0')
		book_break(witness, LAW_NO_SILENCE, witness->last_at, -1,
		    "the slot %s came to nothing without a reason", slot);
}

void
witness_move(struct witness *witness, const struct witness_move *move)
{
	struct book_person *person = book_person(witness, move->who);
	int64_t at = witness->last_at;
	if (*move->because == '\0')
		book_break(witness, LAW_SAYS_WHY, at, move->who,
		    "a move has no reason");
	if (move->up && person->scores < move->readings)
		book_break(witness, LAW_NO_ADVANCE, at, move->who,
		    "a step up on %d scores, and its rule asks for %d",
		    person->scores, move->readings);
	if (move->up && move->days < move->min_days)
		book_break(witness, LAW_NO_ADVANCE, at, move->who,
		    "a step up after %d days, and the plan asks for %d",
		    move->days, move->min_days);
	person->scores = 0;
	person->visit++;
}

void
witness_alert(struct witness *witness, const struct witness_alert *alert)
{
	if (*alert->because == '\0')
		book_break(witness, LAW_SAYS_WHY, alert->at, alert->who,
		    "an alert has no reason");
	witness->alerts = xrealloc(witness->alerts,
	    (size_t)witness->alerts_len + 1, sizeof *witness->alerts);
	witness->alerts[witness->alerts_len++] = (struct book_alert){
		.alert_id = alert->alert_id,
		.who = alert->who,
		.red_flag = alert->red_flag,
		.at_once = alert->at_once,
		.told_at = alert->at,
	};
	if (!alert->red_flag)
		return;
	struct book_person *person = book_person(witness, alert->who);
	if (person != NULL)
		person->red_flags++;
	for (int i = 0; i < witness->flags_len; i++) {
		const struct book_place *place =
		    book_place(witness, witness->flags[i].address);
		int index = (int)(place - witness->places);
		if (person == NULL || person->phone == index ||
		    person->email == index)
			witness->flags[i].alerted = true;
	}
}

void
witness_acknowledged(struct witness *witness, int64_t alert_id)
{
	for (int i = 0; i < witness->alerts_len; i++)
		if (witness->alerts[i].alert_id == alert_id)
			witness->alerts[i].acknowledged = true;
}

void
witness_closed(struct witness *witness, int64_t alert_id)
{
	for (int i = 0; i < witness->alerts_len; i++) {
		const struct book_alert *alert = &witness->alerts[i];
		if (alert->alert_id != alert_id)
			continue;
		struct book_person *person = book_person(witness, alert->who);
		if (person != NULL && alert->red_flag)
			person->red_flags--;
		witness->alerts[i] = witness->alerts[--witness->alerts_len];
		return;
	}
}

void
witness_state(struct witness *witness, int64_t message_id, int rank,
    const char *state, bool lost, const char *because)
{
	if (message_id >= witness->states_len) {
		int64_t len = message_id * 2 + 1024;
		witness->states = xrealloc(
		    witness->states, (size_t)len, sizeof *witness->states);
		memset(witness->states + witness->states_len, 0,
		    (size_t)(len - witness->states_len) *
			sizeof *witness->states);
		witness->states_len = len;
	}
	struct book_state *old = &witness->states[message_id];
	bool back = rank < old->rank || (rank == 2 && old->rank == 2 &&
					    strcmp(state, old->state) != 0);
	if (back)
		book_break(witness, LAW_FORWARD, witness->last_at, -1,
		    "message %lld was %s and is %s", (long long)message_id,
		    old->state, state);
	if (rank == 2 && lost && *because == '\0')
		book_break(witness, LAW_NO_SILENCE, witness->last_at, -1,
		    "message %lld is %s without a reason",
		    (long long)message_id, state);
	*old = (struct book_state){ .rank = rank, .state = state };
}
