#!/bin/bash
# Days on which everything around the program is difficult: the database is
# locked by another writer, from the start, for a moment, or between sending and
# knowing; the gateway comes back after three days; the clock jumps an hour on
# and back. Nothing goes twice, nobody is flooded, nothing goes at night.
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
. "${0%/*}/lib.sh"

ALERTS='{ to = [ "sms:+447700900999" ]; }'
apart
python3 "${0%/*}/bad_days.py" "$KEEPMOVING" "$CLINIC"
