#!/bin/bash
# Consent is evidence: when, how, for which channel, to which wording, and
# looked at each time something goes. Who has not agreed gets nothing but an
# answer; a minor's messages go to a carer.
. "${0%/*}/lib.sh"
IN_CLINIC='enrol_requires = [ "born" ]; consent_wording = "2026-01";'
clinic

NOW=2026-03-02T09:00:00Z
admit()
{
	local name=$1 phone=$2
	shift 2
	km enrol --name "$name" --phone "$phone" --plan low-back \
	    --set aggravator=sitting "$@"
}

# A child is enrolled with a carer alone, whose number it is.
expect_exit 65 admit "Tom Hill" 07700900101 --born 2012-05-01 --consent 2026-03-01
expect 'carer is missing' admit "Tom Hill" 07700900101 --born 2012-05-01 --consent 2026-03-01
expect 'born is missing' admit "Tom Hill" 07700900101 --consent 2026-03-01
expect 'is no patient' admit "Tom Hill" 07700900101 --born 2027-05-01 --consent 2026-03-01
tom=$(admit "Tom Hill" 07700900101 --born 2012-05-01 --carer "Maya Hill" --consent 2026-03-01)
expect_json 'true' 'doc["minor"]' km patient show "$tom" --json
expect_exit 65 km patient edit "$tom" --carer ""
expect_no '2012-05' km patient show "$tom" --json

# Nobody asked Ann yet: no welcome, no question, no note; but an answer.
ann=$(admit "Ann Lee" 07700900102 --born 1980-01-01)
ticks 2026-03-02T09:05:00Z 2026-03-05T21:00:00Z 2h
expect_count 0 . sent +447700900102
expect 'nobody is written to who has not agreed' km why "$ann" --day 2026-03-04
expect_exit 77 km inbox reply "$ann" "Hello"
say +447700900102 "I can't feel my legs"
at 2026-03-05T21:30:00Z tick
expect_count 1 'go to emergency care' sent +447700900102
id=$(km alert list --json | json "[a['id'] for a in doc if a['ref'] == '$ann'][0]")
km alert close "$id" --outcome "was asleep in a chair" >/dev/null

# She agrees on paper: the welcome comes, once, and then the plan.
expect_exit 65 km patient edit "$ann" --consent 2026-03-06 --consent-how smoke
at 2026-03-06T10:00:00Z patient edit "$ann" --consent 2026-03-06 --consent-how paper >/dev/null
at 2026-03-06T10:05:00Z tick
km patient edit "$ann" --consent-how in-person >/dev/null
at 2026-03-06T16:35:00Z tick
expect_count 1 'here with your plan' sent +447700900102
expect_json '["2026-03-06", "in-person", "2026-01"]' \
    '[doc["consented_on"], doc["consent_how"], doc["consent_wording"]]' \
    km patient show "$ann" --json
expect 'by sms given on 2026-03-06' \
    km why "$ann" --day 2026-03-06
at 2026-03-09T16:35:00Z tick
expect 'Worst pain' sent +447700900102

# An address that wrote STOP is stopped for whoever is enrolled with it.
say +447700900101 "STOP"
at 2026-03-09T17:00:00Z tick
sue=$(admit "Sue Hill" 07700900101 --born 1990-01-01 --consent 2026-03-09 2>/dev/null)
expect_json '"stopped"' 'doc["state"]' km patient show "$sue" --json

# By email each message says to a mail program how to end them; what goes to a
# clinician does not.
ola=$(km enrol --name "Ola Lee" --email ola@example.com --plan low-back \
    --set aggravator=sitting --born 1990-01-01 --consent 2026-03-09)
at 2026-03-09T17:30:00Z tick
expect '^List-Unsubscribe: <mailto:.*subject=unsubscribe>' \
    cat "$(grep -l 'ola@example.com' "$CLINIC"/spool/sent/*.eml)"
expect_no 'List-Unsubscribe' cat "$(grep -l 'duty@' "$CLINIC"/spool/sent/*.eml | head -n 1)"
say ola@example.com "unsubscribe"
at 2026-03-09T17:35:00Z tick
expect_json '"stopped"' 'doc["state"]' km patient show "$ola" --json
