/*
 * NAME
 *	outbox_rows - a message as the outbox's files read it
 */
#ifndef STORE_OUTBOX_ROWS_H
#define STORE_OUTBOX_ROWS_H

#include "store/outbox.h"
#include "store/room.h"

/* Columns in the order of MESSAGE_COLUMNS. */
extern const struct room_record message_record;

/* Parameters :alert and :review, for what goes to patients alone. */
void message_bind_not_to_clinicians(struct query *q);

#endif
