#!/bin/bash
# Where the answer to a red flag can't go out, its alert says to phone, at
# once; where the clinician on call can't be reached, the others are. What the
# provider knows of opt-outs is known here from then on.
. "${0%/*}/lib.sh"

STANDINS=${0%/*}/standins
ACCOUNT=AC00000000000000000000000000000001
PORT=$(free_port)
background "$STANDINS/twilio.py" --account "$ACCOUNT" --token secret \
    --number +447700900000 --ledger "$CLINIC/ledger" --port "$PORT" >/dev/null
wait_for "$PORT"
SMS="( { name = \"twilio\"; driver = \"twilio\"; account_sid = \"$ACCOUNT\";
    auth_token = \"secret\"; from = \"+447700900000\"; timeout = \"2s\";
    base_url = \"http://127.0.0.1:$PORT\"; } )"
ALERTS='{ to = [ "sms:+447700900991", "email:duty@clinic.example" ];
    night_to = [ "sms:+447700900993" ]; }'
clinic

control()
{
	curl -sS -f -X POST -d "$2" "http://127.0.0.1:$PORT/control/$1" >/dev/null
}

tick_at()
{
	control clock "{\"now\": \"$1\"}"
	at "$1" tick
}

told()
{
	python3 -c 'import json, sys
for line in open(sys.argv[1]):
    m = json.loads(line)
    print(m["to"], m["body"])' "$CLINIC/ledger" | grep -F -- "$1" || :
}

NOW=2026-03-02T09:00:00Z
control clock "{\"now\": \"$NOW\"}"
ann=$(enrol "Ann Lee" 07700900101)
ben=$(enrol "Ben Lee" 07700900102)
tick_at 2026-03-02T09:05:00Z

# She has opted out at the provider, which took no notice to us; then writes
# of something grave at night. Its answer is refused: phone her.
control optout '{"to": "+447700900101"}'
control inbound '{"from": "+447700900101", "body": "I have lost control of my bladder"}'
tick_at 2026-03-03T02:05:00Z
expect_count 2 "$ann, emergency" told +447700900993
expect 'please PHONE now' told +447700900993
expect 'its answer could not be delivered' km alert list
expect_json '"stopped"' 'doc["state"]' km patient show "$ann" --json
expect 'he provider has it that the patient opted out' \
    km why "$ann" --day 2026-03-03

# Nothing more goes to her, whatever is asked of us.
expect_exit 77 km inbox reply "$ann" "How are you?"
id=$(km alert list --json | json "[a['id'] for a in doc if a['ref'] == '$ann'][0]")
km alert ack "$id" --by Sam >/dev/null

# The one on call has a dead number: everybody else hears, in the same tick.
control optout '{"to": "+447700900993"}'
control inbound '{"from": "+447700900102", "body": "can not feel my legs"}'
tick_at 2026-03-03T03:05:00Z
expect "$ben, emergency" told +447700900991
expect '2026-03-03T03:05:00Z.*keepmoving: a patient' mails duty@clinic.example
expect_count 1 'go to emergency care' told +447700900102
