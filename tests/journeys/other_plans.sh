#!/bin/bash
# A neck, a knee and an Achilles tendon, each through its own plan: the texts
# and the safety net are its own, and nobody reads of somebody else's back.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"
PLANS=$ROOT/config/plans
clinic

reply_to()
{
	case $2 in
	pain) next_score "$1" ;;
	settled) echo BETTER ;;
	done) echo DONE ;;
	leg) echo NO ;;
	esac
}

NOW=2026-03-02T09:00:00Z
declare -A who=()
enrol_in()
{
	who[$1]=$(km enrol --name "$2" --phone "$3" --email "$1@patient.example" \
	    --channel both --plan "$1" --set "aggravator=$4" --baseline 6 \
	    --consent 2026-03-01)
	scores "+44${3#0}" 6 5 4 4 3 3 3 2 2 2 1 1
}
enrol_in neck "Nell Ward" 07700900123 turning
enrol_in knee "Kim Ward" 07700900124 stairs
enrol_in achilles "Art Ward" 07700900125 running
expect_exit 65 km enrol --name "Al Ward" --phone 07700900126 --plan knee \
    --set aggravator=bending --consent 2026-03-01
live 2026-03-02 84 16:35

for plan in neck knee achilles; do
	expect_json '"completed"' 'doc["state"]' km patient show "${who[$plan]}" --json
	expect_json '[]' '[m["body"] for m in doc["messages"]
	    if "your back" in (m["body"] or "")]' km patient show "${who[$plan]}" --json
	# No text twice within a week.
	expect_json 'true' 'all(a["at"][:10] == b["at"][:10] or
	    (dt(b["at"]) - dt(a["at"])).days >= 6
	    for i, a in enumerate(tips) for b in tips[i + 1:]
	    if a["body"] == b["body"]) if (dt := __import__("datetime").datetime
	    .fromisoformat) and (tips := [dict(m, at=m["at"][:19]) for m in
	    doc["messages"] if m["kind"] in ("question", "reminder")
	    and m["channel"] == "sms"]) else False' \
	    km patient show "${who[$plan]}" --json
done
expect 'sudden worst headache' sent +447700900123
expect 'swollen calf' sent +447700900124
expect 'A snap, you can.t push off' sent +447700900125
expect_json '["adjust", "load-1", "load-2", "load-3", "finished"]' \
    '[m["to"] for m in doc["moves"]]' km patient show "${who[achilles]}" --json
invariants
