/*
 * NAME
 *	zone - from an instant to what the clock on the patient's wall says
 *
 * Zones are the system's (IANA names), through GLib; no process-wide TZ is
 * touched. A local time that a clock change skips moves by the length of the
 * gap (01:30 becomes 02:30); of a local time that comes twice the first counts
 * (RFC 5545, section 3.3.5). Found by comparing both offsets, never by a
 * daylight flag, which Dublin has inverted.
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include "base/civil.h"

struct zone;

/* BAD_DATA when the name is not a zone of this machine. Free with zone_free.
 * Opening a zone again costs microseconds: its table is read once a process. */
enum status zone_open(const char *name, struct zone **zone, struct why *why);
void zone_free(struct zone *zone); /* takes NULL */

struct civil zone_local(const struct zone *zone, int64_t at);
int64_t zone_instant(const struct zone *zone, struct civil local);

/* The instant at which a local date begins. */
int64_t zone_day_start(const struct zone *zone, struct date date);

#endif
