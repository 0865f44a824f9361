#!/bin/bash
# The weekly review of a clinic of 10,000 with a month behind it and with a
# year: it must take as long as the week's rows do, not as the history. A year
# of theirs is 2 million messages and 1.7 million readings.
#
# PATIENTS=1000 is quicker.
BENCH=${0%/*}
. "$BENCH/../journeys/lib.sh"
# This past was made by SQL: no message of it ever went anywhere.
export ALWAYS=

PATIENTS=${PATIENTS:-10000}
ROUNDS=${ROUNDS:-5}
TOP=$CLINIC
NOW=2026-11-23T07:00:00Z

clinic_of()
{
	CLINIC=$TOP/$1
	mkdir "$CLINIC"
	clinic
	"$BENCH/../make_clinic.py" "$CLINIC/keepmoving.db" "$PATIENTS" "$2" \
	    2026-11-16 --at-once
}

middle()
{
	sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

clinic_of month 4
clinic_of year 52
echo "The review of a week, and how much lies behind it"
echo
printf '%-6s %12s %12s   %5s\n' form month year ratio
for form in text html csv json; do
	rm -f "$TOP"/seconds.*
	# A first time each, which counts not; then they take turns.
	for ((i = 0; i <= ROUNDS; i++)); do
		for past in month year; do
			took=$("$BENCH/measure.py" "$KEEPMOVING" -q \
			    -c "$TOP/$past/keepmoving.cfg" --now "$NOW" \
			    review --format "$form" | cut -d' ' -f2)
			[ "$i" = 0 ] || echo "$took" >>"$TOP/seconds.$past"
		done
	done
	awk -v f="$form" -v m="$(middle "$TOP/seconds.month")" \
	    -v y="$(middle "$TOP/seconds.year")" 'BEGIN {
		printf "%-6s %9.2f s  %9.2f s    %5.2f\n", f, m, y, y / m
		exit y / m > 1.5 }' || code=1
done
exit "${code:-0}"
