/*
 * NAME
 *	own_texts - the templates that the program itself sends
 */
#ifndef SETTINGS_OWN_TEXTS_H
#define SETTINGS_OWN_TEXTS_H

#include "care/reading.h"

struct own_text {
	const char *name; /* NULL ends the table */
	enum asks asks;
	bool to_clinician;
};

extern const struct own_text own_texts[];

#endif
