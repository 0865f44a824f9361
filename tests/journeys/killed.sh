#!/bin/bash
# A tick is killed (SIGKILL) at anything it does: before a statement, before
# each page is written or flushed, each file put in place, each byte sent and
# each answer received. The next ticks carry on: nothing is lost and nothing
# goes twice by the provider's own account, where it can be asked; where not,
# a reminder is not repeated, and an alert is. This is a sample; `make storm`
# kills everywhere.
#
# HARM is what comes over the tick, POINTS how often, PAIR of which gateways
# (all).

# What is killed needs no real disk, and it goes faster.
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
# So many ticks are of the plain program, which is several times as fast.
[ ! -x "${KEEPMOVING%-asan}" ] || export KEEPMOVING="${KEEPMOVING%-asan}"
. "${0%/*}/lib.sh"

ALERTS='{ to = [ "sms:+447700900999", "email:duty@clinic.example" ];
  repeat = "6h"; }'
apart
# shellcheck disable=SC2086 # HARM is a list
python3 "${0%/*}/harmed.py" "$KEEPMOVING" "$CLINIC" "${POINTS:-20}" \
    ${HARM:-killed}
