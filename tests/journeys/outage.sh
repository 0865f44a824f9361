#!/bin/bash
# Three days without a tick: no flood after them. Each patient gets at most
# the newest message that is still of use; the others are missed, with the
# reason; and the clinic is told that nobody was heard.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"
clinic

NOW=2026-03-02T09:00:00Z
ann=$(enrol "Ann Lee" 07700900123)
ben=$(enrol "Ben Okoro" 07700900124)
at 2026-03-02T09:05:00Z tick
say +447700900124 "numb between my legs and cant wee" 2026-03-03T03:00:00Z

# From Tuesday to Friday evening nothing runs.
at 2026-03-06T17:30:00Z tick
expect_count 2 . sent +447700900123
expect_count 1 'Worst pain' sent +447700900123
expect 'no longer of use|a newer one was due' km why "$ann" --day 2026-03-04
expect 'late-tick' km alert list

# What Ben wrote in that time is answered first of all.
expect 'Call 999 or go to emergency care' sent +447700900124
expect_no 'Worst pain' sent +447700900124
expect_json '"paused"' 'doc["state"]' km patient show "$ben" --json

# Another outage ends at night: the evening's question is of no use by then,
# nor is it sent in the dark.
at 2026-03-09T23:30:00Z tick
expect_count 1 'Worst pain' sent +447700900123
