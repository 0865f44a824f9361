#!/bin/bash
# Gateways of SMS that fail in every way they can: refused, reset, silent,
# half an answer, rubbish, too busy, broken after it took a message, with a
# certificate of nobody's. What must hold after each stands in faults.py.
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
. "${0%/*}/lib.sh"

ALERTS='{ to = [ "sms:+447700900999" ]; repeat = "6h"; }'
apart
python3 "${0%/*}/faults.py" "$KEEPMOVING" "$CLINIC" http
