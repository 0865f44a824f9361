#!/bin/bash
# A mail server that fails in every way it can, at each step of the
# conversation, with the connection lost after the body among them. What must
# hold after each stands in faults.py.
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
. "${0%/*}/lib.sh"

ALERTS='{ to = [ "email:duty@clinic.example" ]; repeat = "6h"; }'
apart
python3 "${0%/*}/faults.py" "$KEEPMOVING" "$CLINIC" smtp
