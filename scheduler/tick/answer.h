/*
 * NAME
 *	answer - what is written back to what somebody wrote
 *
 * At once, at any hour, and at most one answer to a reply but for a safety
 * net, which stands beside any other. What is answered hours late, after an
 * outage, waits for the patient's morning. All run inside a transaction.
 */
#ifndef TICK_ANSWER_H
#define TICK_ANSWER_H

#include "care/kinds.h"
#include "store/alerts.h"
#include "store/inbox.h"
#include "tick/practice.h"

#define ANSWER_ONCE_A_DAY_S ((int64_t)24 * 60 * 60)
#define ANSWER_HELP_AGAIN_S ((int64_t)60)

/* One answer: a template, to a patient or (NULL) to whoever wrote. asks is
 * what it asks again. Too many to one address are held, see restraint.h. */
enum status answer_send(struct practice *practice,
    const struct patient *patient, const struct inbound *inbound,
    enum kind kind, const char *template, enum asks asks, struct why *why);

/* The same, at most once in so many seconds. */
enum status answer_seldom(struct practice *practice,
    const struct patient *patient, const struct inbound *inbound,
    enum kind kind, const char *template, int64_t again_s, struct why *why);

/* The answer to PAUSE: so many days. */
enum status answer_pause(struct practice *practice,
    const struct patient *patient, const struct inbound *inbound, int days,
    struct why *why);

/* A person must read this one: it goes to the inbox, with an alert about that
 * patient, or about none (0). topic as in alerting.h. */
enum status answer_hand_over(struct practice *practice,
    const struct inbound *inbound, int64_t patient_id, enum alert_kind kind,
    const char *topic, const char *because, struct why *why);

/*
 * Thanks, one gentle re-ask, or the clinic's inbox. answered: it answered its
 * question; told: it had its answer already.
 */
enum status answer_rest(struct practice *practice,
    const struct patient *patient, const struct inbound *inbound,
    const struct reading_row *row, bool answered, bool told, struct why *why);

/* From an address that is no patient's, or that several share. */
enum status answer_stranger(struct practice *practice,
    const struct inbound *inbound, const struct reading_row *row,
    struct why *why);

#endif
