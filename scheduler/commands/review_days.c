#include "commands/review_days.h"

#include <stddef.h>

static struct date
days_later(struct date date, int days)
{
	return date_from_days(date_days(date) + days);
}

static enum status
read_range(const struct arguments *arguments, struct date today,
    struct date *from, struct date *to, struct why *why)
{
	const char *first = argument(arguments, "from");
	const char *last = argument(arguments, "to");
	enum status status = STATUS_OK;
	*to = today;
	if (first == NULL)
		return why_set(why, STATUS_USAGE,
		    "--to says until when; --from must say since when");
	status = date_parse(first, from, why);
	if (status == STATUS_OK && last != NULL)
		status = date_parse(last, to, why);
	if (status != STATUS_OK)
		return status;
	if (date_compare(*from, today) > 0)
		return why_set(
		    why, STATUS_BAD_DATA, "%s has not come yet", first);
	if (date_compare(*from, *to) > 0)
		return why_set(why, STATUS_BAD_DATA,
		    "--from %s is after --to %s", first,
		    last != NULL ? last : "today");
	return STATUS_OK;
}

static enum status
read_week(const char *week, struct date today, struct date *from,
    struct date *to, struct why *why)
{
	enum status status = week_parse(week, from, why);
	if (status != STATUS_OK)
		return status;
	*to = days_later(*from, 6);
	if (date_compare(*from, today) > 0)
		return why_set(
		    why, STATUS_BAD_DATA, "%s has not begun yet", week);
	return STATUS_OK;
}

enum status
review_days(const struct arguments *arguments, struct date today,
    const struct date *since, struct date *from, struct date *to,
    struct why *why)
{
	const char *week = argument(arguments, "week");
	bool range = argument_given(arguments, "from") ||
		     argument_given(arguments, "to");
	if (week != NULL && range)
		return why_set(why, STATUS_USAGE,
		    "take either --week, or --from and --to");
	if (range)
		return read_range(arguments, today, from, to, why);
	if (week != NULL)
		return read_week(week, today, from, to, why);
	if (since != NULL) {
		*from = *since;
		*to = date_compare(*since, today) > 0 ? *since : today;
		return STATUS_OK;
	}
	*from = days_later(date_week_start(today), -7);
	*to = days_later(*from, 6);
	return STATUS_OK;
}
