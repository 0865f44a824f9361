/*
 * NAME
 *	reading_json - a reading as JSON, the same wherever one is shown
 */
#ifndef COMMANDS_READING_JSON_H
#define COMMANDS_READING_JSON_H

#include "base/json.h"
#include "care/reading.h"

/* All keys every time: pain, done, leg, settled, stop, start, help, red_flags
 * (those that the patient is answered for; not the notices) and unclear. */
json_t *reading_json(const struct reading *reading);

/* Into an object: pain, done, leg and settled alone. */
void reading_json_answers(json_t *object, const struct reading *reading);

#endif
