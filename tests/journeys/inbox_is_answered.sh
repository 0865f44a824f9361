#!/bin/bash
# What is not understood: one gentle re-ask with the form of the answer, then
# the clinic's inbox and an alert once a day; thanks and thumbs get nothing;
# questions get a promise and an answer from the clinic, in the day.
. "${0%/*}/lib.sh"
clinic

NOW=2026-03-02T09:00:00Z
ann=$(enrol "Ann Lee" 07700900101)
at 2026-03-02T09:05:00Z tick
at 2026-03-04T16:35:00Z tick

# Unclear: asked again once, with the form; then a person reads it.
say +447700900101 "well you know how it is"
at 2026-03-04T16:40:00Z tick
expect_count 1 'we also need a number.*Worst pain today, 0 none to 10' sent +447700900101
expect 'inbox is empty' km inbox list
say +447700900101 "hard to put in words really"
at 2026-03-04T16:45:00Z tick
expect_count 1 'we also need a number' sent +447700900101
expect_count 1 'will read this in working hours' sent +447700900101
expect 'hard to put in words' km inbox list
say +447700900101 "as I said"
at 2026-03-04T16:50:00Z tick
expect_count 1 'will read this in working hours' sent +447700900101
expect_json '["unclear"]' '[a["kind"] for a in doc["alerts"]]' \
    km patient show "$ann" --json

# The alert goes to one contact, once a day, and not more often.
ticks 2026-03-05T08:00:00Z 2026-03-06T12:00:00Z 30m
expect_count 1 '2026-03-04.*notice, unclear' sent +447700900999
expect_count 0 '2026-03-05.*notice, unclear' sent +447700900999
expect_count 1 '2026-03-05.*still waiting' mails duty@clinic.example

# Courtesy wants no answer, by night or by day, and no person.
before=$(sent +447700900101 | wc -l)
open=$(km inbox list --json | json 'len(doc)')
for text in "Thanks" "ok" "👍" "thank you so much x" 'Liked "Worst pain today, 0 none to 10 worst imaginable?"'; do
	say +447700900101 "$text"
done
at 2026-03-06T12:30:00Z tick
expect_same "$before" "$(sent +447700900101 | wc -l)" "answers to thanks"
expect_same "$open" "$(km inbox list --json | json 'len(doc)')" "the inbox"

# A question: a promise; and the clinic's own words, in the patient's day.
say +447700900101 "Can I swim on Friday?" 2026-03-06T20:58:00Z
at 2026-03-06T21:00:00Z tick
expect_count 2 'will read this in working hours' sent +447700900101
expect 'swim on Friday' km inbox list
expect 'it goes' at 2026-03-06T22:00:00Z inbox reply "$ann" "Yes, start with ten minutes."
expect 'inbox is empty' km inbox list
at 2026-03-06T22:05:00Z tick
expect_count 0 'ten minutes' sent +447700900101
at 2026-03-07T08:05:00Z tick
expect_count 1 'Yes, start with ten minutes' sent +447700900101
expect_json 'true' 'all(a["state"] == "closed" for a in doc["alerts"] if a["kind"] in ("question", "unclear"))' \
    km patient show "$ann" --json

# Closed by hand, when no answer is wanted; twice is once.
say +447700900101 "cancel my appointment please"
at 2026-03-07T10:00:00Z tick
id=$(km inbox list --json | json 'doc[0]["id"]')
expect 'is closed$' km inbox close "$id"
expect 'is closed already' km inbox close "$id"
expect_exit 65 km inbox close 4711
expect_json '"active"' 'doc["state"]' km patient show "$ann" --json

# An answer that was collected only hours later waits for the morning; a red
# flag does not.
at 2026-03-09T16:35:00Z tick
say +447700900101 "3" 2026-03-09T19:30:00Z
at 2026-03-10T03:00:00Z tick
expect_count 0 '2026-03-10.*noted' sent +447700900101
at 2026-03-10T08:00:00Z tick
expect_count 1 '2026-03-10T08:00:00Z.*(noted|ready|next)' sent +447700900101
