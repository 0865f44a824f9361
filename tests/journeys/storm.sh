#!/bin/bash
# Weeks of a clinic in which most ticks come to harm, gateways break and clocks
# jump: once it is calm again, nothing was lost and nothing went twice. What
# happens follows from SEED; `make storm` takes others. Even seeds have gateways
# that can be asked, odd ones such as can't.
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
# So many ticks are of the plain program, which is several times as fast.
[ ! -x "${KEEPMOVING%-asan}" ] || export KEEPMOVING="${KEEPMOVING%-asan}"
. "${0%/*}/lib.sh"

ALERTS='{ to = [ "sms:+447700900999", "email:duty@clinic.example" ]; }'
for seed in ${SEED:-2 3}; do
	rm -rf "$CLINIC"/keepmoving.db* "$CLINIC/spool"
	apart
	python3 "${0%/*}/storm.py" "$KEEPMOVING" "$CLINIC" "$seed" "${DAYS:-8}"
done
