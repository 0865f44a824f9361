#!/bin/bash
# What a tick costs must not depend on how many are enrolled:
#
#	idle	a tick with nothing due, among 1,000 and among 1,000,000
#	busy	a tick with 1,000 reminders due, among 10,000 and 1,000,000,
#		to the spool
#
# PATIENTS=100000 is quicker.
BENCH=${0%/*}
. "$BENCH/../journeys/lib.sh"
# shellcheck disable=SC2034 # read at the end: nothing to ask of a benchmark
ALWAYS=

PATIENTS=${PATIENTS:-1000000}
ROUNDS=${ROUNDS:-5}
TOP=$CLINIC

# A clinic of so many, of whom DUE have a reminder at 16:30 on the day of NOW.
clinic_of()
{
	local patients=$1 due=$2

	CLINIC=$TOP/of-$patients-$due
	mkdir "$CLINIC"
	clinic
	NOW=2026-03-02T09:00:00Z
	enrol 'Pat Zero' 07700900999 >/dev/null
	at 2026-03-02T09:05:00Z tick >/dev/null
	"$BENCH/many.py" "$CLINIC/keepmoving.db" "$patients" "$due" \
	    "$(epoch 2026-03-02T16:30:00Z)"
	at 2026-03-02T09:10:00Z tick >/dev/null
}

seconds_of()
{
	"$BENCH/measure.py" "$KEEPMOVING" -q -c "$1/keepmoving.cfg" \
	    --now "$2" tick | cut -d' ' -f1
}

middle()
{
	sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# Both take their turn in each round.
compare()
{
	local name=$1 small=$2 large=$3 now=$4 i clinic copy=

	rm -f "$TOP"/seconds.*
	for ((i = 0; i < ROUNDS; i++)); do
		for clinic in "$small" "$large"; do
			copy=$clinic
			if [ "$name" = busy ]; then
				copy=$TOP/run
				rm -rf "$copy"
				cp -r --reflink=auto "$clinic" "$copy"
				# Or the tick would wait for the copy.
				find "$copy" -type f -exec sync {} +
			fi
			seconds_of "$copy" "$now" >>"$TOP/seconds.${clinic##*/}"
		done
	done
	small=$(middle <"$TOP/seconds.${small##*/}")
	large=$(middle <"$TOP/seconds.${large##*/}")
	awk -v n="$name" -v s="$small" -v l="$large" 'BEGIN {
		printf "%-6s %9.1f ms %9.1f ms   %5.2f\n", n, s * 1000,
		    l * 1000, l / s }'
}

clinic_of 1000 0
few=$CLINIC
clinic_of "$PATIENTS" 0
many=$CLINIC
echo "A tick, and how many are enrolled"
echo
printf '%-6s %12s %12s   %5s\n' tick fewer "$PATIENTS" ratio
compare idle "$few" "$many" 2026-03-02T09:15:00Z
rm -rf "$few" "$many"
clinic_of 10000 1000
few=$CLINIC
clinic_of "$PATIENTS" 1000
compare busy "$few" "$CLINIC" 2026-03-02T16:30:00Z
