/*
 * NAME
 *	whose - who else has a patient's addresses, and who wants no more there
 */
#ifndef TICK_WHOSE_H
#define TICK_WHOSE_H

#include "base/buffer.h"
#include "tick/practice.h"

/* Whoever has an address that wrote STOP has stopped; that, and whose the
 * addresses are besides, is for the one at the desk to know: a line each is
 * added to notes. */
enum status whose_addresses(struct practice *practice,
    struct patient *patient, struct buffer *notes, struct why *why);

#endif
