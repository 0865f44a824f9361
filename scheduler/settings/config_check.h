/*
 * NAME
 *	config_check - what is more than a type in the configuration
 *
 * A zone, a country, hours, days, addresses: made of the texts of the draft,
 * with a complaint at its own line for each that can't be.
 */
#ifndef SETTINGS_CONFIG_CHECK_H
#define SETTINGS_CONFIG_CHECK_H

#include "settings/config_rows.h"

void config_make_clinic(struct tree *tree, struct config_draft *draft);

/* After the clinic, whose country reads the numbers, and the gateways. */
void config_make_alerts(struct tree *tree, struct config_draft *draft);
void config_make_review(struct tree *tree, struct config_draft *draft);

/* After the gateways, whose names it must not share. */
void config_check_mailbox(struct tree *tree, const struct config *config);

void config_check_urls(struct tree *tree, const struct config *config);

#endif
