#!/bin/bash
# Everything that `make bench` measures, as ratios to something else that is
# timed in the same run; exits 1 where a bound does not hold. ONLY=send runs
# one of them.
#
#	idle	a tick with nothing due, beside `curl --version`
#	send	messages a second, beside wrk, libcurl alone, curl and Node
#	scale	the same ticks with few and with a million enrolled
#	review	a week's review with a month and with a year behind it
set -u

code=0
for part in ${ONLY:-idle send scale review}; do
	"${0%/*}/$part.sh" || code=1
	echo
done
exit "$code"
