#!/bin/bash
# A clinic in London with patients in Auckland, New York and Dublin, across
# both changes of the clock: each is asked at the plan's time on the wall
# there, and never outside the day there.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"
clinic

reply_to()
{
	[ "$2" != pain ] || echo 9 # stays in calm, whose times are plain
}

# The local times at which a patient was asked for a score.
asked_at()
{
	km patient show "$1" --json | python3 -c '
import json, sys, datetime, zoneinfo
doc = json.load(sys.stdin)
zone = zoneinfo.ZoneInfo(doc["timezone"])
for m in doc["messages"]:
    if m["kind"] == "question" and m["asks"] == "pain" and m["accepted_at"]:
        at = datetime.datetime.fromisoformat(
            m["accepted_at"].replace("Z", "+00:00"))
        print(at.astimezone(zone).strftime("%H:%M"))' | sort -u
}

# A week on each side of a change of the clock; London's, New York's and
# Auckland's fall on different days.
round_the_clock()
{
	NOW=${1}T06:00:00Z
	auckland=$(enrol "Aroha $1" "+64 21 123 4$2" --tz Pacific/Auckland)
	newyork=$(enrol "Cara $1" "+1 212 555 01$2" --tz America/New_York)
	dublin=$(enrol "Finn $1" "07700 9002$2" --tz Europe/Dublin)
	live "$1" "$3" 02:35 03:35 04:35 09:05 10:05 14:05 15:35 16:35 20:35 21:35
	for ref in $auckland $newyork $dublin; do
		expect_same 16:35 "$(asked_at "$ref" | tr '\n' ' ' | sed 's/ $//')" \
		    "local times of the questions to $ref"
	done
	invariants
}

round_the_clock 2026-03-04 01 30
round_the_clock 2026-10-20 02 16
