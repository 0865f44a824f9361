#!/bin/bash
# STOP in the middle of a queue: from then on nothing goes to that number but
# one confirmation, nor to anyone who shares it, whatever is queued and on any
# channel; until START.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"
clinic

NOW=2026-03-02T21:30:00Z
dev=$(enrol "Dev Patel" 07700900126 --email dev@example.com --channel both)
mum=$(enrol "Maya Patel" 07700900126)
other=$(enrol "Otto Other" 07700900127)

# The welcomes wait for the morning; the patient stops them at night.
at 2026-03-02T22:00:00Z tick
expect_count 0 . sent
say +447700900126 "Stop texting me please"
at 2026-03-02T22:05:00Z tick
expect_count 1 'no more messages' sent +447700900126
expect_count 1 . sent +447700900126
expect_count 0 . mails dev@example.com
expect_json '"stopped"' 'doc["state"]' km patient show "$dev" --json
expect_json '"stopped"' 'doc["state"]' km patient show "$mum" --json
expect_json '"active"' 'doc["state"]' km patient show "$other" --json
expect 'shared-number' km alert list

# Twice is once; and weeks pass in silence.
say +447700900126 "STOP"
ticks 2026-03-03T08:00:00Z 2026-03-17T20:00:00Z 4h
expect_count 1 . sent +447700900126
expect_count 0 . mails dev@example.com
expect 'stopped' km why "$dev" --day 2026-03-04

# The clinic is sent where it can be read: no reply waits in the inbox.
expect 'shared-number.*Look it up in keepmoving' sent +447700900999
expect 'inbox is empty' km inbox list

# Not even what a clinician writes goes out.
expect_exit 77 km inbox reply "$dev" "How are you?"

# START brings them back, with their questions.
say +447700900126 "START"
at 2026-03-17T20:30:00Z tick
expect_json '"active"' 'doc["state"]' km patient show "$dev" --json
expect_json '"active"' 'doc["state"]' km patient show "$mum" --json
at 2026-03-18T16:35:00Z tick
expect 'Worst pain' sent +447700900126

# "The pain won't stop" stops nothing.
say +447700900127 "the pain won't stop"
at 2026-03-18T20:05:00Z tick
expect_json '"active"' 'doc["state"]' km patient show "$other" --json
