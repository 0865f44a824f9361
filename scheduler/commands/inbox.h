/*
 * NAME
 *	inbox - what changes an entry of the inbox
 */
#ifndef COMMANDS_INBOX_H
#define COMMANDS_INBOX_H

#include "commands/command.h"

typedef enum status inbox_verb(struct session *session,
    const struct arguments *arguments, struct why *why);

/* inbox_reply.c */
inbox_verb inbox_run_reply;
/* inbox_close.c */
inbox_verb inbox_run_accept;
inbox_verb inbox_run_close;

/*
 * Close what one patient has in the inbox, or one entry alone (inbound_id not
 * 0). When nothing of the patient's is left, so are the alerts that only said
 * "see the inbox". *closed counts entries. Inside a transaction.
 */
enum status inbox_close(struct practice *practice, int64_t patient_id,
    int64_t inbound_id, const char *by, int *closed, struct why *why);

#endif
