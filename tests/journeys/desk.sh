#!/bin/bash
# What the one at the desk is told: that somebody seems to be enrolled already,
# that a red flag is still not closed, and what an empty table or address means.
. "${0%/*}/lib.sh"
clinic
expect 'is ready; next: keepmoving enrol' cat "$CLINIC/setup.log"

# By name and address, however the name is written; another one who shares the
# number is another matter, and so is who has ended.
NOW=2026-03-02T09:00:00Z
ann=$(enrol "Iñaki Lee" 07700900123)
again="$ann seems to be the same person, enrolled already"
expect "$again" enrol "IÑAKI LEE" 07700900123
twin=$ANSWER
expect_no "seems to be" enrol "Bob Lee" 07700900123
km patient discharge "$ann" >/dev/null
km patient discharge "$twin" >/dev/null
expect_no "seems to be" enrol "Iñaki Lee" 07700900123

# The same is told of an address that is given to somebody later.
fay=$(enrol "Iñaki Lee" 07700900128)
expect "seems to be the same person" km patient edit "$fay" \
    --phone 07700900123
km patient discharge "$fay" >/dev/null

# An address is taken away only where another one is left to write to.
cyd=$(enrol "Cyd Orr" 07700900125)
expect_exit 65 km patient edit "$cyd" --phone ""
expect "$cyd would have no address left" echo "$OUT"
km patient edit "$cyd" --email cyd@home.example --channel both >/dev/null
expect_exit 65 km patient edit "$cyd" --phone ""
expect "the channel is both: give --channel email too" echo "$OUT"
km patient edit "$cyd" --phone "" --channel email >/dev/null

dee=$(enrol "Dee Poe" 07700900126)
say +447700900126 "my bladder is numb"
at 2026-03-02T09:05:00Z tick
expect 'is ready$' km setup
open='its red flag is not closed: .* alert close 1 '
expect "$open" km patient resume "$dee"
km alert ack 1 >/dev/null
expect "$open" km patient resume "$dee"
km alert close 1 --outcome "seen" >/dev/null
expect_no "$open" km patient resume "$dee"

echo 'name,phone,plan' >"$CLINIC/table.csv"
expect_exit 0 km import "$CLINIC/table.csv"
expect '0 rows, nobody is enrolled' echo "$OUT"
echo 'Eve,07700900127,no-such-plan' >>"$CLINIC/table.csv"
expect_exit 65 km import "$CLINIC/table.csv"
expect '1 of 1 row is wrong' echo "$OUT"
