/*
 * NAME
 *	whose - who has an address, besides whom, and who wants no more there
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

/* As patient_by_address, but for the earlier course of somebody who is in one
 * now, by the same name: it would make one person two who share an address. */
enum status whose_list(struct practice *practice, const char *address,
    struct patient **list, int *len, struct why *why);

#endif
