#!/bin/bash
# With -v a tick tells of each message, reply and move by reference, template
# and gateway, and of nobody's name, number or words; without it, of nothing.
. "${0%/*}/lib.sh"
clinic

NOW=2026-03-02T09:00:00Z
ann=$(enrol "Ann Lee" 07700900123)
expect "^keepmoving: $ann: sent welcome: welcome sent by main$" \
    at 2026-03-02T09:05:00Z -v tick
expect 'tick: collected 0, read 0, moved 0, queued 0, sent 1,' echo "$OUT"
expect_same '' "$(at 2026-03-02T09:10:00Z tick 2>&1)" "what a tick says"

say +447700900123 "my bladder is numb"
expect "^keepmoving: $ann: read reply [0-9]+$" at 2026-03-02T09:15:00Z -v tick
expect "$ann: sent safety/emergency: safety-net sent by main" echo "$OUT"
case $OUT in
*Ann* | *7700900* | *bladder\ is*) fail "it tells who it was:
$OUT" ;;
esac
