/*
 * NAME
 *	signed - what of the stretch before nobody has signed off
 */
#ifndef REVIEW_SIGNED_H
#define REVIEW_SIGNED_H

#include "store/store.h"

struct review;

/*
 * Marks each patient who needed a person in the stretch before and whom nobody
 * has signed off there, alone or with all, and counts them; and tells who has
 * signed off all of it.
 */
enum status signed_mark(
    struct store *store, struct review *review, struct why *why);

#endif
