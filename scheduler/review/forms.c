/*
 * forms.c - figures in words, the same in every form; see forms.h
 */
#include "review/forms.h"

#include "care/reading.h"

const char *
form_median(int halves, char out[FORM_MEDIAN_SIZE])
{
	if (halves == PAIN_NONE)
		snprintf(out, FORM_MEDIAN_SIZE, "-");
	else
		snprintf(out, FORM_MEDIAN_SIZE, "%d%s", halves / 2,
		    halves % 2 != 0 ? ".5" : "");
	return out;
}

const char *
form_span(int64_t seconds, char out[FORM_SPAN_SIZE])
{
	static const struct {
		int64_t s;
		const char *one, *many;
	} units[] = { { 86400, "day", "days" }, { 3600, "h", "h" },
		{ 60, "min", "min" }, { 1, "s", "s" } };
	int len = 0, said = 0;

	for (int i = 0; i < 4 && said < 2; i++) {
		long long n = seconds / units[i].s;

		if (n == 0 && !(i == 3 && said == 0))
			continue;
		len += snprintf(out + len, FORM_SPAN_SIZE - (size_t)len,
		    "%s%lld %s", said > 0 ? " " : "", n,
		    n == 1 ? units[i].one : units[i].many);
		seconds %= units[i].s;
		said++;
	}
	return out;
}
