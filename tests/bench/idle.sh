#!/bin/bash
# Measure, as ratios to something else timed in the same run.
#
#	idle tick	a tick with nothing due, to `curl --version`: both start,
#			load libcurl and end. 3 is the most it may be.
#
# Prints a line a figure, and exits 1 where a bound does not hold.
. "${0%/*}/../journeys/lib.sh"
# shellcheck disable=SC2034 # read at the end: nothing to ask of a benchmark
ALWAYS=

RUNS=${RUNS:-40}

# The middle of so many runs of a command, in milliseconds.
median() {
	hyperfine -N --warmup 5 --runs "$RUNS" --export-json "$CLINIC/bench" \
	    "$1" >/dev/null 2>&1
	json 'doc["results"][0]["median"] * 1000' <"$CLINIC/bench"
}

ratio() {
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'
}

clinic
NOW=2026-03-02T09:00:00Z
for number in 0 1 2 3 4 5 6 7 8 9; do
	enrol "Pat $number" "0770090010$number" >/dev/null
done
at 2026-03-02T09:05:00Z tick
at 2026-03-02T09:10:00Z tick

curl_ms=$(median 'curl --version')
tick_ms=$(median "$KEEPMOVING -c $CLINIC/keepmoving.cfg --now 2026-03-02T09:15:00Z tick")
idle=$(ratio "$tick_ms" "$curl_ms")
printf 'idle tick        %6.1f ms   %5s of curl --version (%.1f ms), at most 3\n' \
    "$tick_ms" "$idle" "$curl_ms"
awk -v r="$idle" 'BEGIN { exit r > 3 }'
