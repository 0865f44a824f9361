#include "base/zone.h"

#include <fcntl.h>
#include <glib.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

#define DAY_S 86400
#define FARTHEST_S 93600 /* no two offsets lie further apart than 26 hours */

struct zone {
	GTimeZone *tz;
};

/* Parts of letters, digits, _ + and -, at most three, with / between. */
static bool
is_name(const char *name)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789_+-";
	const char *p = name;

	if (strlen(name) > 64 || *name == '+' || *name == '-')
		return false;
	for (int part = 0; part < 3; part++) {
		size_t len = strspn(p, allowed);

		if (len == 0)
			return false;
		p += len;
		if (*p == '\0')
			return true;
		if (*p++ != '/')
			return false;
	}
	return false;
}

/*
 * Not everything in the folder is a place: some names mean "this machine",
 * and right/ counts leap seconds, which no instant of ours does.
 */
static bool
is_place(const char *name)
{
	static const char *const others[] = { "localtime", "posixrules",
		"Factory" };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (strcmp(name, others[i]) == 0)
			return false;
	}
	return strncmp(name, "right/", 6) != 0 &&
	       strncmp(name, "posix/", 6) != 0;
}

/* GLib takes offsets and rules for names too; only a zone's file will do. */
static bool
has_file(const char *name)
{
	const char *dir = getenv("TZDIR");
	char path[PATH_MAX], magic[4] = "";
	ssize_t got;
	int fd;

	if (dir == NULL || *dir == '\0')
		dir = "/usr/share/zoneinfo";
	if (snprintf(path, sizeof(path), "%s/%s", dir, name) >=
	    (int)sizeof(path))
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return false;
	got = read(fd, magic, sizeof(magic));
	close(fd);
	return got == (ssize_t)sizeof(magic) && memcmp(magic, "TZif", 4) == 0;
}

/*
 * GLib forgets a zone with its last user, and reading the table again takes
 * longer than all else a tick does for a patient. So each zone gets one user
 * more, who stays; the mark on it, in GLib's own store, says that he is there.
 * A change of the system's zone data is seen by the next process.
 */
static void
keep_cached(GTimeZone *tz)
{
	static const char kept[] = "keepmoving-kept";

	if (g_dataset_get_data(tz, kept) == NULL)
		g_dataset_set_data(tz, kept, g_time_zone_ref(tz));
}

enum status
zone_open(const char *name, struct zone **zone, struct why *why)
{
	GTimeZone *tz = NULL;

	*zone = NULL;
	if (name != NULL && is_name(name) && is_place(name) && has_file(name))
		tz = g_time_zone_new_identifier(name);
	if (tz == NULL)
		return why_set(why, STATUS_BAD_DATA,
		    "'%s' is no time zone of this machine: write it like "
		    "Europe/London",
		    name == NULL ? "" : name);
	keep_cached(tz);
	*zone = xcalloc(1, sizeof(**zone));
	(*zone)->tz = tz;
	return STATUS_OK;
}

void
zone_free(struct zone *zone)
{
	if (zone == NULL)
		return;
	g_time_zone_unref(zone->tz);
	free(zone);
}

/* The number of the stretch with one offset that an instant lies in. */
static int
stretch_at(const struct zone *zone, int64_t at)
{
	return g_time_zone_find_interval(zone->tz, G_TIME_TYPE_UNIVERSAL, at);
}

static int64_t
stretch_offset(const struct zone *zone, int stretch)
{
	return g_time_zone_get_offset(zone->tz, stretch);
}

struct civil
zone_local(const struct zone *zone, int64_t at)
{
	int64_t wall = at + stretch_offset(zone, stretch_at(zone, at));
	int64_t days = wall / DAY_S - (wall % DAY_S < 0 ? 1 : 0);
	struct civil local;

	local.date = date_from_days(days);
	local.second = (int)(wall - days * DAY_S);
	return local;
}

/*
 * Each stretch near the local time offers an instant. One that lies within
 * its own stretch is the answer, the earliest first. Where none does, the
 * local time is in a gap, and the stretch before the gap has the answer: its
 * instant lies beyond its end.
 */
int64_t
zone_instant(const struct zone *zone, struct civil local)
{
	int64_t wall = date_days(local.date) * DAY_S + local.second;
	int first = stretch_at(zone, wall - FARTHEST_S);
	int last = stretch_at(zone, wall + FARTHEST_S);
	int64_t before_gap = wall - stretch_offset(zone, first);

	for (int i = first; i <= last; i++) {
		int64_t at = wall - stretch_offset(zone, i);
		int lies = stretch_at(zone, at);

		if (lies == i)
			return at;
		if (lies > i)
			before_gap = at;
	}
	return before_gap;
}

/* Does the wall still show a date before this one? */
static bool
is_before(const struct zone *zone, int64_t at, struct date date)
{
	return date_compare(zone_local(zone, at).date, date) < 0;
}

int64_t
zone_day_start(const struct zone *zone, struct date date)
{
	int64_t at = zone_instant(zone, (struct civil){ date, 0 });
	int64_t early = at - (int64_t)2 * FARTHEST_S, late = at;

	if (is_before(zone, at - 1, date))
		return at;
	/* A gap that began the evening before took midnight with it. */
	while (late - early > 1) {
		int64_t middle = early + (late - early) / 2;

		if (is_before(zone, middle, date))
			early = middle;
		else
			late = middle;
	}
	return late;
}
