/*
 * NAME
 *	config_rows - every setting of the configuration, in one table
 *
 * The loader reads by these rows, a test compares the manual page with them,
 * and the example configuration is checked against them. The gateways' own
 * settings are their drivers' rows (driver_settings()).
 */
#ifndef SETTINGS_CONFIG_ROWS_H
#define SETTINGS_CONFIG_ROWS_H

#include "settings/config.h"
#include "settings/fields.h"

/* What the rows fill: the configuration, and what is made into its members
 * once the whole file has been read. */
struct config_draft {
	struct config config;
	char *country;
	char **closed;
	int closed_len;
	char **requires;
	int requires_len;
	char **to;
	int to_len;
	char **night_to;
	int night_to_len;
	char **review_to;
	int review_to_len;
};

struct gateway_draft {
	char *name;
	char *driver;
	double rate;
	int in_flight;
	int64_t timeout_s;
	bool confirms_stop;
	int daily_most;
	double price;
	char *ca_file;
};

struct config_section {
	const char *path; /* "" for the file itself; "clinic.quiet" */
	const struct field *fields;
};

/* The last has a NULL path. "sms" and "email" hold the rows that all
 * gateways have, and fill a gateway_draft; the others a config_draft. */
extern const struct config_section config_sections[];

const struct field *config_fields(const char *path); /* panics if unknown */

#endif
