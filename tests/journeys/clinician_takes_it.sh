#!/bin/bash
# Who is told of a red flag, and how it is taken: outside the hours those on
# call alone, every quarter of an hour, at opening everybody; a reply "ACK 17"
# from a listed address takes it, and whatever else comes from there is told
# back, so that nobody believes it taken when it is not.
. "${0%/*}/lib.sh"
ALERTS='{ to = [ "sms:+447700900991", "sms:+447700900992", "email:duty@clinic.example" ];
    night_to = [ "sms:+447700900993" ]; repeat = "15m"; rounds = 3; }'
clinic

NOW=2026-03-02T09:00:00Z
ann=$(enrol "Ann Hill" 07700900101)
ben=$(enrol "Ben Hill" 07700900102)
at 2026-03-02T09:05:00Z tick

# Two in the morning: the one on call, three times, and nobody else.
say +447700900101 "numb between my legs"
ticks 2026-03-03T02:00:00Z 2026-03-03T04:00:00Z 5m
expect_count 3 "$ann, emergency" sent +447700900993
expect_count 2 "AGAIN" sent +447700900993
expect_count 0 . sent +447700900991
expect_count 0 . mails duty@clinic.example

# At opening everybody; at the next opening again, as long as nobody takes it.
at 2026-03-03T09:00:00Z tick
expect_count 1 "$ann, emergency" sent +447700900991
expect_count 1 "$ann, emergency" sent +447700900992
expect_count 1 . mails duty@clinic.example
at 2026-03-04T09:05:00Z tick
expect_count 2 "$ann, emergency" sent +447700900992

# Odd replies take nothing, and are told back.
id=$(km alert list --json | json "[a['id'] for a in doc if a['ref'] == '$ann'][0]")
state()
{
	km alert list --all --json | json "[a['state'] for a in doc if a['id'] == $id][0]"
}
say +447700900992 "ACK"
say +447700900992 "on my way, numb legs sound bad"
say +447700900992 "ACK 4711"
say duty@clinic.example "ack four"
say +447700900992 "ACK 4712, was told of $id at 3, room $id"
at 2026-03-04T09:10:00Z tick
expect "the alert's number is missing" sent +447700900992
expect "that was not understood" sent +447700900992
expect "there is no alert 4711" sent +447700900992
expect "there is no alert 4712" sent +447700900992
expect 'keepmoving: not understood' mails duty@clinic.example
expect_same '"open"' "$(state)" "the alert"
expect 'on my way' km inbox list
expect_count 1 'red-flag' km alert list

# A mail from that address that answers none of ours is anyone's: it takes
# nothing, and is told.
by_mail()
{
	printf '%s\n' "From: duty@clinic.example" "Message-ID: <$RANDOM@x>" \
	    "Subject: Re: alert" "$@" "" "ACK $id" | km receive --mail
}
by_mail
ours=$(grep -hi '^message-id:' "$CLINIC"/spool/sent/*.eml | tail -n 1 |
	sed 's/.*: *//' | tr -d '\r')
by_mail "In-Reply-To: $ours" "Auto-Submitted: auto-replied"
by_mail "In-Reply-To: <00000000000000AB@clinic.example>"
at 2026-03-04T09:12:00Z tick
expect_same '"open"' "$(state)" "the alert"
expect_count 3 'keepmoving: not understood' mails duty@clinic.example
expect_count 2 "ACK $id" km inbox list

# Somebody who is not listed takes nothing, either.
say +447700900777 "ACK $id"
at 2026-03-04T09:15:00Z tick
expect_same '"open"' "$(state)" "the alert"

# This takes it; it is not repeated, and a second one is told so.
say +447700900992 "ack$id thanks"
at 2026-03-04T09:20:00Z tick
expect_same '"acknowledged"' "$(state)" "the alert"
expect "$id is yours now" sent +447700900992
say +447700900991 "Ack #$id"
at 2026-03-04T09:25:00Z tick
expect "somebody else has taken alert $id" sent +447700900991
ticks 2026-03-04T10:00:00Z 2026-03-06T12:00:00Z 6h
expect_count 2 "$ann, emergency" sent +447700900991

# Closed with an outcome and not without; an ACK comes too late then.
expect_exit 64 km alert close "$id" --outcome " "
km alert close "$id" --outcome "seen in hospital" --by Sam >/dev/null
say +447700900991 "ACK $id"
at 2026-03-06T12:05:00Z tick
expect "alert $id is closed already" sent +447700900991
expect_json '"active"' 'doc["state"]' km patient show "$ann" --json

# One that answers the mail of an alert takes it.
say +447700900101 "numb between my legs"
at 2026-03-06T12:07:00Z tick
id=$(km alert list --json | json "[a['id'] for a in doc if a['ref'] == '$ann'][0]")
ours=$(grep -l "Reply ACK $id to" "$CLINIC"/spool/sent/*.eml |
    xargs sed -n 's/^Message-ID: *\(.*>\).*/\1/p')
by_mail "In-Reply-To: $ours"
at 2026-03-06T12:08:00Z tick
expect_same '"acknowledged"' "$(state)" "the alert"
km alert close "$id" --outcome "nothing new" >/dev/null

# An out-of-office reply to an alert is no reply, and no loop begins.
say +447700900991 "Automatic reply: I am out of the office"
at 2026-03-06T12:10:00Z tick
expect_count 1 'not understood' sent +447700900992
expect_count 0 'not understood' sent +447700900991

# STOP from one whom alerts go to ends none, and the clinic is asked.
say +447700900991 "STOP"
at 2026-03-06T12:15:00Z tick
expect 'STOP ends no alerts' sent +447700900991
expect '00900991, to whom alerts go, wrote STOP: give alerts.to another' \
    km alert list

# A machine that answers each of our texts gets a few, and no more.
for minute in $(seq 10 59); do
	say +447700900992 "Your message is important to us"
	at "2026-03-06T13:$minute:00Z" -q tick
done
expect_count 10 '2026-03-06T13.*not understood' sent +447700900992
expect 'so often that it may be a machine' km alert list

# Paused until a day, then a red flag: closing it leaves the day as it was.
at 2026-03-09T09:00:00Z patient pause "$ben" --until 2026-03-20 >/dev/null
say +447700900102 "my bladder does not work any more"
at 2026-03-09T09:05:00Z tick
at 2026-03-10T09:05:00Z tick
id=$(km alert list --json | json "[a['id'] for a in doc if a['ref'] == '$ben'][0]")
km alert close "$id" --outcome "nothing found" >/dev/null
expect_json '"paused"' 'doc["state"]' km patient show "$ben" --json
at 2026-03-20T09:00:00Z tick
expect_json '"active"' 'doc["state"]' km patient show "$ben" --json

# Another contact's STOP is another alert; and one is over when alerts go there no
# more.
say +447700900992 "STOP"
at 2026-03-20T09:10:00Z tick
expect_count 2 'wrote STOP: give' km alert list
sed -i.before 's/"sms:+447700900991", //' "$CLINIC/keepmoving.cfg"
at 2026-03-20T09:15:00Z tick
expect_count 1 'wrote STOP: give' km alert list
expect 'closed by keepmoving, .*alerts go there no more' km alert list --all
mv "$CLINIC/keepmoving.cfg.before" "$CLINIC/keepmoving.cfg"
