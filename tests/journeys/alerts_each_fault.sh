#!/bin/bash
# A second, different fault is told though an alert of the first still stands,
# taken or not; the same one again is not. What is over is closed by itself,
# with the reason, once somebody has been told and it has not come back.
. "${0%/*}/lib.sh"

STANDINS=${0%/*}/standins
ACCOUNT=AC00000000000000000000000000000001
PORT=$(free_port)
background "$STANDINS/twilio.py" --account "$ACCOUNT" --token secret \
    --number +447700900000 --ledger "$CLINIC/ledger" --port "$PORT" >/dev/null
wait_for "$PORT"

gateways()
{
	SMS="( { name = \"far\"; driver = \"twilio\"; account_sid = \"$ACCOUNT\";
	    auth_token = \"file:token\"; from = \"+447700900000\";
	    base_url = \"http://127.0.0.1:$PORT\"; timeout = \"2s\"; },
	    { name = \"near\"; driver = \"spool\"; path = \"spool\"; } )"
	clinic
}

control()
{
	curl -sS -f -X POST -d "$2" "http://127.0.0.1:$PORT/control/$1" >/dev/null
}

# KIND: how many of that kind stand.
standing()
{
	km alert list --json | json "sum(a['kind'] == '$1' for a in doc)"
}

# KIND: the number of the newest of that kind.
newest()
{
	km alert list --all --json |
	    json "[a['id'] for a in doc if a['kind'] == '$1'][-1]"
}

close_all()
{
	local id

	for id in $(km alert list --json |
	    json "' '.join(str(a['id']) for a in doc if a['kind'] == '$1')" |
	    tr -d '"'); do
		km alert close "$id" --outcome seen >/dev/null
	done
}

echo secret >"$CLINIC/token"
chmod 600 "$CLINIC/token"
gateways
NOW=2026-03-02T09:00:00Z
control clock "{\"now\": \"$NOW\"}"
ann=$(enrol "Ann Lee" 07700900101 --baseline 3)
at 2026-03-02T09:05:00Z -q tick
expect 0 standing gateway

# A number that is not ours is told once, however many messages meet it.
control fault '{"fault": "refuse", "code": 21606, "times": 2}'
enrol "Ben Lee" 07700900102 >/dev/null
enrol "Cas Lee" 07700900103 >/dev/null
at 2026-03-02T09:10:00Z -q tick 2>/dev/null
expect 1 standing gateway
expect_count 1 'the machine needs a person' mails duty@clinic.example
control unfault '{}'
control fault '{"fault": "refuse", "code": 21606, "times": 1}'
enrol "Dan Lee" 07700900104 >/dev/null
at 2026-03-02T09:20:00Z -q tick 2>/dev/null
expect 1 standing gateway
expect_count 1 'the machine needs a person' mails duty@clinic.example

# The account is closed: another fault of the same gateway, and a person hears
# of it, though somebody has taken the first.
km alert ack "$(newest gateway)" >/dev/null
control fault '{"fault": "refuse", "code": 20005, "times": 1}'
enrol "Eva Lee" 07700900105 >/dev/null
at 2026-03-02T09:30:00Z -q tick 2>/dev/null
expect 2 standing gateway
expect 'Account not active' km alert list
expect_count 2 'the machine needs a person' mails duty@clinic.example

# Its secret is gone: a third one, that is over as soon as it is there again.
mv "$CLINIC/token" "$CLINIC/token.kept"
for minute in 35 40 45; do
	at "2026-03-02T09:$minute:00Z" -q tick 2>/dev/null
done
expect 3 standing gateway
mv "$CLINIC/token.kept" "$CLINIC/token"
chmod 644 "$CLINIC/token"
at 2026-03-02T09:47:00Z -q tick 2>/dev/null
expect 3 standing gateway
expect 'by keepmoving, .*far has another fault in' km alert list --all
chmod 600 "$CLINIC/token"
at 2026-03-02T09:50:00Z -q tick
expect 2 standing gateway
expect 'closed by keepmoving, .*far has all its settings' km alert list --all

# The two others are over once it has worked for a day and a half, told of.
ticks 2026-03-02T10:00:00Z 2026-03-03T20:30:00Z 1h 2>/dev/null
expect 2 standing gateway
ticks 2026-03-03T20:30:00Z 2026-03-04T00:00:00Z 1h
expect 0 standing gateway
expect_count 2 'closed by keepmoving, .*far works, and has' km alert list --all

# Out of reach is one fault, whether it is asked or sent to, whatever the words.
control fault '{"fault": "throttle", "on": "list", "times": 99}'
for hour in 09 10 11 12; do
	enrol "Fay $hour" "077009002$hour" >/dev/null
	at "2026-03-04T$hour:05:00Z" -q tick 2>/dev/null
done
kill "$PID"
wait "$PID" 2>/dev/null || :
for hour in 13 14 15; do
	enrol "Fay $hour" "077009002$hour" >/dev/null
	at "2026-03-04T$hour:05:00Z" -q tick 2>/dev/null
done
expect 1 standing gateway

# It stands beside another fault, whichever of them was first.
background "$STANDINS/twilio.py" --account "$ACCOUNT" --token secret \
    --number +447700900000 --ledger "$CLINIC/ledger" --port "$PORT" >/dev/null
wait_for "$PORT"
control clock '{"now": "2026-03-04T16:00:00Z"}'
control fault '{"fault": "refuse", "code": 21606, "times": 1}'
enrol "Fay 16" 07700900216 >/dev/null
at 2026-03-04T16:00:00Z -q tick 2>/dev/null
expect 2 standing gateway
km alert close "$(km alert list --json | json "[a['id'] for a in doc
    if a['kind'] == 'gateway'][0]")" --outcome "is back" >/dev/null
kill "$PID"
wait "$PID" 2>/dev/null || :
at 2026-03-04T16:05:00Z -q tick 2>/dev/null
expect 2 standing gateway
SMS='( { name = "near"; driver = "spool"; path = "spool"; } )'
clinic
at 2026-03-04T16:10:00Z -q tick
expect 0 standing gateway
expect 'far is not used any more' km alert list --all

# Each red flag has an alert, the same one again, too.
flag()
{
	say +447700900101 "$1"
	at "$2" -q tick
}
flag "numb between my legs" 2026-03-05T09:05:00Z
flag "numb between my legs" 2026-03-05T09:25:00Z
flag "I want to die" 2026-03-05T09:45:00Z
expect 3 standing red-flag
close_all red-flag

# What a patient asks is told again when somebody has taken the last alert, and
# not while it is still told by itself.
ask()
{
	say +447700900101 "$1"
	at "$2" -q tick
}
ask "can I swim on Friday?" 2026-03-05T10:00:00Z
id=$(newest question)
ask "or on Saturday?" 2026-03-05T10:05:00Z
expect 1 standing question
expect_count 1 "alert $id:" sent +447700900999
km alert ack "$id" >/dev/null
ask "can I cycle to work?" 2026-03-05T10:10:00Z
expect_json '"open"' "[a['state'] for a in doc if a['id'] == $id][0]" \
    km alert list --json
expect_count 2 "alert $id:" sent +447700900999
expect "lert $id opened again" km why "$ann" --day 2026-03-05

# So is a leg symptom, which may have become worse.
id=$(newest worsening)
km alert ack "$id" >/dev/null
ask "new tingling in my foot" 2026-03-05T10:20:00Z
expect_json '"open"' "[a['state'] for a in doc if a['id'] == $id][0]" \
    km alert list --json
expect 1 standing worsening

# Severe pain in the next stage is told, though that of the one before stands.
score()
{
	at "$1T16:35:00Z" -q tick
	say +447700900101 "$2" "$1T17:00:00Z"
	at "$1T17:05:00Z" -q tick
}
score 2026-03-06 8
expect 1 standing pain
score 2026-03-09 9
expect 1 standing pain
NOW=2026-03-10T09:00:00Z
km patient move "$ann" adjust >/dev/null
score 2026-03-11 9
expect 2 standing pain

# A number is said to be wrong, then the address by email: two. The clinic finds
# another number: that one is over, the other is not.
gus=$(enrol "Gus Lee" 07700900301 --email gus@patients.example --channel both)
at 2026-03-11T17:15:00Z -q tick
say +447700900301 "wrong number"
at 2026-03-11T17:20:00Z -q tick
expect 1 standing wrong-number
say gus@patients.example "wrong person, wrong address"
at 2026-03-11T17:25:00Z -q tick
expect 2 standing wrong-number
km patient edit "$gus" --phone 07700900302 >/dev/null
expect 1 standing wrong-number
expect 'closed by keepmoving, .*another address was given' km alert list --all

# Two numbers that several share, said to be wrong or stopped: each is told.
for number in 401 402; do
	for name in Hal Ida; do
		enrol "$name $number" "07700900$number" >/dev/null 2>&1
	done
	at "2026-03-11T18:${number#4}:00Z" -q tick
	say "+447700900$number" "STOP"
	at "2026-03-11T19:${number#4}:00Z" -q tick
done
expect 2 standing shared-number

# A night without ticks is told; the next one while that stands is the same;
# and it is over when ticks have come regularly for a day and a half.
close_all late-tick
at 2026-03-12T09:00:00Z -q tick
expect 1 standing late-tick
at 2026-03-12T15:00:00Z -q tick
expect 1 standing late-tick
ticks 2026-03-12T16:00:00Z 2026-03-14T03:00:00Z 1h
expect 1 standing late-tick
at 2026-03-14T03:00:00Z -q tick
expect 0 standing late-tick
expect 'ticks have come' km alert list --all
at 2026-03-14T09:00:00Z -q tick
expect 1 standing late-tick
