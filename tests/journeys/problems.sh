#!/bin/bash
# What went wrong in other programs of this kind, story by story, and must not
# here. problems.py says for each who reported it.
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
# So many ticks are of the plain program, which is several times as fast.
[ ! -x "${KEEPMOVING%-asan}" ] || export KEEPMOVING="${KEEPMOVING%-asan}"
. "${0%/*}/lib.sh"

ALERTS='{ to = [ "sms:+447700900999" ]; repeat = "6h"; }'
apart
python3 "${0%/*}/problems.py" "$KEEPMOVING" "$CLINIC"
