#!/bin/bash
# STOP, START, HELP, PAUSE and "wrong number", on any channel: they belong to
# an address, and hold for everyone who has it.
. "${0%/*}/lib.sh"
SMS='( { name = "main"; driver = "spool"; path = "spool"; },
    { name = "carrier"; driver = "spool"; path = "carrier"; confirms_stop = true; } )'
clinic
mkdir -p "$CLINIC/carrier/inbox" "$CLINIC/carrier/sent"

state()
{
	km patient show "$1" --json | json 'doc["state"]'
}

NOW=2026-03-02T09:00:00Z
dev=$(enrol "Dev Patel" 07700900101 --email dev@example.com --channel both)
mum=$(enrol "Maya Patel" 07700900101)
ann=$(enrol "Ann Lee" 07700900102)
ben=$(enrol "Ben Lee" 07700900103)
cara=$(enrol "Cara Lee" 07700900104)
fay=$(enrol "Fay Lee" 07700900105)
ola=$(enrol "Ola Lee" 07700900106 --email ola@example.com --channel both)
at 2026-03-02T09:05:00Z tick

# By email Dev stops on both channels; Maya, who shares his number, does not.
say dev@example.com "Please take me off this list"
at 2026-03-02T10:00:00Z tick
expect_count 1 'Your messages have ended' mails dev@example.com
expect_same '"stopped"' "$(state "$dev")" "Dev"
expect_same '"active"' "$(state "$mum")" "Maya"
at 2026-03-04T16:35:00Z tick
expect_count 0 'T16:35' mails dev@example.com

# START from the number that they share may be hers, and no clinician can
# bring him back; his own word can.
expect_exit 77 km patient resume "$dev"
say +447700900101 "START"
at 2026-03-04T17:00:00Z tick
expect_same '"stopped"' "$(state "$dev")" "Dev"
say dev@example.com "start"
at 2026-03-04T17:05:00Z tick
expect_same '"active"' "$(state "$dev")" "Dev"
at 2026-03-06T16:35:00Z tick
expect 'T16:35' mails dev@example.com

# Who alone has both speaks for both.
say ola@example.com "unsubscribe"
at 2026-03-06T16:40:00Z tick
say +447700900106 "START"
at 2026-03-06T16:45:00Z tick
expect_same '"active"' "$(state "$ola")" "Ola"

# From the number that they share, STOP stops both, and the clinic hears.
say +447700900101 "STOP"
at 2026-03-06T17:00:00Z tick
expect_same '"stopped"' "$(state "$dev")" "Dev"
expect_same '"stopped"' "$(state "$mum")" "Maya"
expect_count 1 'no more messages' sent +447700900101
expect 'shared-number' km alert list
expect_no 'Dev|Maya|Patel' sent +447700900999

# HELP is answered to the stopped and to strangers, and to nobody for ever.
say +447700900101 "HELP"
say +447700900777 "help"
say +447700900777 "HELP"
at 2026-03-06T17:05:00Z tick
expect_count 1 'Msg & data rates may apply. Reply STOP to cancel' sent +447700900101
expect_count 1 'Reply STOP to cancel' sent +447700900777

# PAUSE 7: nothing for seven days, then it goes on by itself.
say +447700900102 "PAUSE 7"
at 2026-03-06T17:10:00Z tick
expect 'no messages for 7 days' sent +447700900102
expect_same '"paused"' "$(state "$ann")" "Ann"
expect 'paused by the patient until Fri 13 Mar 2026' km patient show "$ann"
ticks 2026-03-06T20:00:00Z 2026-03-13T00:00:00Z 6h
expect_count 0 '2026-03-(0[789]|1[012])' sent +447700900102
at 2026-03-13T00:05:00Z tick
at 2026-03-13T16:35:00Z tick
expect_same '"active"' "$(state "$ann")" "Ann"
expect '2026-03-13.*Worst pain' sent +447700900102
say +447700900102 "pause for 2 weeks"
at 2026-03-13T17:00:00Z tick
say +447700900102 "start"
at 2026-03-13T17:05:00Z tick
expect_same '"active"' "$(state "$ann")" "Ann"

# Whom the clinic holds rests already, and is not told that it ends.
km patient pause "$ann" >/dev/null
say +447700900102 "PAUSE 3"
at 2026-03-13T17:10:00Z tick
expect_count 0 'for 3 days' sent +447700900102
expect 'will read this in working hours' sent +447700900102
expect 'PAUSE 3' km inbox list
km patient resume "$ann" >/dev/null

# Wrong number: nothing more, not a word of who we are; the clinic hears.
say +447700900103 "You've got the wrong number"
say +447700900104 "who is this?"
at 2026-03-13T18:00:00Z tick
expect_no '2026-03-13T18' sent +447700900103
expect_no '2026-03-13T18' sent +447700900104
expect_same '"stopped"' "$(state "$ben")" "Ben"
expect_same '"stopped"' "$(state "$cara")" "Cara"
expect_json 'true' '"wrong-number" in [a["kind"] for a in doc["alerts"]]' \
    km patient show "$cara" --json
# The right one is found, and what comes goes there, the welcome first.
expect "patient resume $ben goes on" km patient edit "$ben" --phone 07700900203
km patient resume "$ben" >/dev/null
at 2026-03-13T18:05:00Z tick
expect_count 1 'Reply HELP for help, STOP to end' sent +447700900203
at 2026-03-16T16:35:00Z tick
expect 'Worst pain' sent +447700900203
expect_no '2026-03-16' sent +447700900103

# Who has answered before and asks who we are gets help, and goes on.
say +447700900105 "4" 2026-03-16T16:40:00Z
at 2026-03-16T16:45:00Z tick
say +447700900105 "sorry who is this"
at 2026-03-16T17:00:00Z tick
expect 'Reply STOP to cancel' sent +447700900105
expect_same '"active"' "$(state "$fay")" "Fay"
expect_json 'true' '"wrong-number" in [a["kind"] for a in doc["alerts"]]' \
    km patient show "$fay" --json

# Answers from another address say nothing of a number that never gave one.
km patient edit "$fay" --phone 07700900205 >/dev/null
say +447700900205 "who is this"
at 2026-03-16T17:05:00Z tick
expect_count 0 . sent +447700900205
expect_same '"stopped"' "$(state "$fay")" "Fay"
km patient edit "$fay" --phone 07700900105 >/dev/null
km patient resume "$fay" >/dev/null

# A carrier that answers STOP itself does so for the bare word alone.
drop()
{
	printf '{"id":"%s","from":"%s","to":"c","body":"%s","at":"%s"}\n' \
	    "$1" "$2" "$3" "$NOW" >"$CLINIC/carrier/inbox/$1.json"
}
drop c1 +447700900105 "Stop."
drop c2 +447700900203 "please don't text me again"
at 2026-03-16T18:00:00Z tick
expect_same '"stopped"' "$(state "$fay")" "Fay"
expect_count 0 'no more messages' sent +447700900105
expect_count 1 'no more messages' sent +447700900203
expect 'the provider confirms it itself' km why "$fay" --day 2026-03-16
