#!/bin/bash
# Whose reply it is and what it answers: numbers without their plus, numbers
# that two share, texts in pieces, answers hours late, senders nobody knows.
. "${0%/*}/lib.sh"
clinic

state()
{
	km patient show "$1" --json | json 'doc["state"]'
}

pains()
{
	km patient show "$1" --json | json '[r["pain"] for r in doc["readings"]]'
}

NOW=2026-03-02T09:00:00Z
ann=$(enrol "Ann Lee" 07700900101)
dev=$(enrol "Dev Patel" 07700900102)
mum=$(enrol "Maya Patel" 07700900102 2>/dev/null)
at 2026-03-02T09:05:00Z tick

# Two share a number: one of them is asked, the other waits for the answer.
at 2026-03-04T16:35:00Z tick
expect_count 1 'Worst pain' sent +447700900102
say 447700900102 "3"
at 2026-03-04T17:00:00Z tick
at 2026-03-04T17:05:00Z tick
expect_count 2 'Worst pain' sent +447700900102
say 447700900102 "6"
at 2026-03-04T17:10:00Z tick
first=$(pains "$dev")
second=$(pains "$mum")
expect_same "[3] [6]" "$(printf '%s\n' "$first" "$second" | sort | tr '\n' ' ' | sed 's/ $//')" "both scores"

# Whoever never answers does not keep the other from being asked: who was
# asked longer ago comes first, and why one waited in vain is told.
ticks 2026-03-06T16:35:00Z 2026-03-06T21:00:00Z 30m
expect_count 4 'Worst pain' sent +447700900102 # one is the nudge
expect 'one is asked at a time' km why "$mum" --day 2026-03-06
ticks 2026-03-08T08:00:00Z 2026-03-08T09:00:00Z 30m
at 2026-03-09T16:35:00Z tick
expect_count 5 'Worst pain' sent +447700900102
say 447700900102 "5"
at 2026-03-09T16:40:00Z tick
expect_same "[6, 5]" "$(pains "$mum")" "the other's turn"
at 2026-03-14T16:00:00Z tick

# With no question open nobody can tell whose it is; nobody is named.
say 447700900102 "can we swim?"
at 2026-03-14T17:00:00Z tick
expect 'shared-number' km alert list
expect 'swim' km inbox list
expect_no 'Dev|Maya' sent +447700900999

# Who is enrolled a second time, since the first was a mistake or that course is
# over, is one person: what she writes unasked is hers, nobody shares her number
# when she writes STOP, and her red flag is told of once. One of another name is
# another person, though that plan has ended.
once=$(enrol "Fay Lee" 07700900108)
fay=$(enrol "fay lee" 07700900108 2>/dev/null)
km patient discharge "$once" >/dev/null
say 447700900108 "can I swim?"
at 2026-03-15T10:00:00Z tick
expect_json '["can I swim?"]' '[r["body"] for r in doc["replies"]]' \
    km patient show "$fay" --json
shared=$(km alert list --all | grep -c shared-number)
say 447700900108 "STOP"
at 2026-03-15T10:05:00Z tick
expect_same '"stopped"' "$(state "$fay")" "Fay"
expect_same '"discharged"' "$(state "$once")" "her first course"
expect_count "$shared" 'shared-number' km alert list --all
say 447700900108 "START"
at 2026-03-15T10:10:00Z tick
expect_same '"active"' "$(state "$fay")" "Fay"
say 447700900108 "I can't feel my legs"
at 2026-03-15T10:15:00Z tick
expect_count 1 "$fay red-flag, emergency" km alert list
expect_no 'ask who it is' km alert list
km enrol --name "Gil Lee" --phone 07700900109 --plan low-back \
    --set aggravator=sitting --consent 2026-03-01 >/dev/null
km patient discharge "$(km patient list | awk '/Gil Lee/ { print $1 }')" \
    >/dev/null
expect 'whose plan has ended' km enrol --name "Hal Lee" --phone 07700900109 \
    --plan low-back --set aggravator=sitting --consent 2026-03-01

# In pieces, in the wrong order: one reply, and its red flag is seen.
long="I have been doing the moves each day as you said truly we and walking to the shop and back, it was fine until this morning when I woke up and noticed tha"
expect_same 153 "${#long}" "a full piece"
say 447700900101 "t I can not feel when I pee" 2026-03-18T10:00:01Z
say 447700900101 "$long" 2026-03-18T10:00:00Z
at 2026-03-18T10:01:00Z tick
expect_count 1 'go to emergency care' sent +447700900101
expect_json '1' 'len(doc["replies"])' km patient show "$ann" --json
expect_json 'true' 'doc["replies"][0]["body"].endswith("noticed that I can not feel when I pee")' \
    km patient show "$ann" --json
id=$(km alert list --json | json "[a['id'] for a in doc if a['ref'] == '$ann'][0]")
km alert close "$id" --outcome "seen" >/dev/null

# A piece alone waits a minute for the rest; a keyword is no rest.
say 447700900101 "$long" 2026-03-18T11:00:00Z
at 2026-03-18T11:00:30Z tick
expect_json '1' 'len([r for r in doc["replies"] if r["reading"]])' \
    km patient show "$ann" --json
say 447700900101 "t it is a 2 today" 2026-03-18T11:00:40Z
at 2026-03-18T11:05:00Z tick
expect_json '[2, true]' '[len(doc["replies"]), doc["replies"][1]["body"].endswith("noticed that it is a 2 today")]' \
    km patient show "$ann" --json
say 447700900101 "$long" 2026-03-18T12:00:00Z
say 447700900101 "STOP" 2026-03-18T12:00:05Z
at 2026-03-18T12:05:00Z tick
expect_same '"stopped"' "$(state "$ann")" "Ann"

# A short text soon after is another one; a cut that dropped a space is waited
# for too, and so is the end of what has two full pieces.
bo=$(enrol "Bo Lee" 07700900106)
cut="${long:0:137} I can not feel"
expect_same 152 "${#cut}" "a piece without its space"
say 447700900106 "$long" 2026-03-18T13:00:00Z
say 447700900106 "t it is a 2 today" 2026-03-18T13:00:05Z
say 447700900106 "Please ring me" 2026-03-18T13:00:25Z
at 2026-03-18T13:01:30Z tick
expect_json '["I have been doing", "Please ring me"]' \
    '[r["body"][:17].strip() for r in doc["replies"]]' \
    km patient show "$bo" --json
say 447700900106 "$long" 2026-03-18T14:00:00Z
say 447700900106 "$cut" 2026-03-18T14:00:02Z
at 2026-03-18T14:00:05Z tick
say 447700900106 "when I pee" 2026-03-18T14:00:08Z
at 2026-03-18T14:05:00Z tick
expect_json '3' 'len(doc["replies"])' km patient show "$bo" --json
expect_count 1 'go to emergency care' sent +447700900106

# From a sender whom nobody knows: one polite answer a day, and the inbox.
for n in 1 2 3; do
	say 447700900777 "hello there, it is about the bins ($n)"
	at "2026-03-19T10:0$n:00Z" tick
done
expect_count 1 'does not know yours' sent +447700900777
expect_count 3 'about the bins' km inbox list

# A number that has changed is where the queued message goes.
NOW=2026-03-19T22:00:00Z
cara=$(enrol "Cara Lee" 07700900104)
at 2026-03-19T22:05:00Z tick
km patient edit "$cara" --phone 07700900204 >/dev/null
at 2026-03-20T08:05:00Z tick
expect_count 0 . sent +447700900104
expect 'here with your plan' sent +447700900204
