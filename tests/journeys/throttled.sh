#!/bin/bash
# A provider that asks for patience gets it, within the tick; a day's bound of
# messages stops a gateway, tells the clinic, and holds up nobody in danger;
# one recipient's or one text's fault is not the gateway's.
. "${0%/*}/lib.sh"

STANDINS=${0%/*}/standins
ACCOUNT=AC00000000000000000000000000000001
PORT=$(free_port)
background "$STANDINS/twilio.py" --account "$ACCOUNT" --token secret \
    --number +447700900000 --ledger "$CLINIC/ledger" --port "$PORT" >/dev/null
wait_for "$PORT"

control()
{
	curl -sS -f -X POST -d "$2" "http://127.0.0.1:$PORT/control/$1" >/dev/null
}

gateway()
{
	SMS="( { name = \"twilio\"; driver = \"twilio\"; $1
	    account_sid = \"$ACCOUNT\"; auth_token = \"secret\";
	    from = \"+447700900000\";
	    base_url = \"http://127.0.0.1:$PORT\"; } )"
	clinic
}

taken()
{
	wc -l <"$CLINIC/ledger"
}

# Two are told to come back in a second: the same tick does, and all arrive.
gateway ''
NOW=2026-03-02T09:00:00Z
control clock "{\"now\": \"$NOW\"}"
for number in 1 2 3 4 5; do
	enrol "Pat $number" "0770090010$number" >/dev/null
done
control fault '{"fault": "throttle", "on": "send", "times": 2,
    "retry_after": 1}'
expect_json 5 'doc["sent"]' at 2026-03-02T09:05:00Z tick --json
expect_same 5 "$(taken)" "messages taken"

# One that shall come back in an hour is not waited for.
enrol "Pat 6" 07700900106 >/dev/null
control fault '{"fault": "throttle", "on": "send", "times": 1,
    "retry_after": 3600}'
expect_json '[0, 0]' '[doc["sent"], doc["failed"]]' \
    at 2026-03-02T09:10:00Z tick --json
at 2026-03-02T10:25:00Z -q tick

# Thirteen segments went, with what told the clinic of the gap; the gateway may
# send fourteen in a day. The message that reaches the bound still goes.
gateway 'daily_most = 14; price = 0.04;'
for number in 7 8 9; do
	enrol "Pat $number" "0770090010$number" >/dev/null
done
at 2026-03-02T10:30:00Z -q tick
expect_same 8 "$(taken)" "messages taken"
expect 'daily_most = 14' km alert list
expect 'the machine needs a person' mails duty@clinic.example

# Nobody in danger waits for that.
say +447700900101 "numb between my legs and cant wee" 2>/dev/null || :
control inbound '{"from": "+447700900101",
    "body": "numb between my legs and cant wee"}'
at 2026-03-02T10:35:00Z -q tick
expect 'Call 999' cat "$CLINIC/ledger"

# What is not urgent waited; the next day it is sent.
expect_no 'to.*447700900109' cat "$CLINIC/ledger"
at 2026-03-03T09:00:00Z -q tick
expect 'to.*447700900109' cat "$CLINIC/ledger"

# A text that the provider filters is told once, as a fault of the text.
control fault '{"fault": "refuse", "on": "send", "times": 2, "code": 30007}'
enrol "Una Roe" 07700900111 >/dev/null
enrol "Vic Poe" 07700900112 >/dev/null
at 2026-03-03T09:05:00Z -q tick
expect_count 1 'refuses the text welcome' km alert list

# The text that tells of a day's bound is gone: it is told in the program's own
# words; the answer to danger that reaches the bound goes once (the reply of the
# day before is new to this clinic), so does the next one, and what is not urgent
# waits.
rm -rf "$CLINIC"/keepmoving.db* "$CLINIC/spool"
cp -r "$TEMPLATES" "$CLINIC/templates"
TEMPLATES=$CLINIC/templates
gateway 'daily_most = 1;'
enrol "Wes Ash" 07700900113 >/dev/null
find "$TEMPLATES" -path '*/clinic/gateway*' -delete
: >"$CLINIC/ledger"
expect "clinic/gateway.*it goes in the program's own words" \
    at 2026-03-03T09:10:00Z tick
expect 'the machine needs a person' mails duty@clinic.example
km receive --from 07700900113 "numb between my legs and cant wee"
for minute in 15 20 40; do
	at "2026-03-03T09:$minute:00Z" -q tick
done
expect_count 1 'to.*447700900101.*Call 999' cat "$CLINIC/ledger"
expect_count 1 'to.*447700900113.*Call 999' cat "$CLINIC/ledger"
expect_count 1 'to.*447700900113' cat "$CLINIC/ledger"
