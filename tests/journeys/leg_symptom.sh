#!/bin/bash
# A branch inside a plan: whoever tells of a leg symptom gets the texts for an
# irritated nerve from the next one on, and stays where they are until a
# clinician has looked; nobody gets both, and a clinician can end it.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"
clinic

reply_to()
{
	case $1-$2 in
	*-pain) echo 5 ;;
	*-done) echo DONE ;;
	+447700900123-leg) next_score lea ;;
	*-leg) echo NO ;;
	esac
}

scores lea "yes, tingling down to my foot" no

NOW=2026-03-04T09:00:00Z
lea=$(enrol "Lea Berg" 07700900123 --baseline 5)
max=$(enrol "Max Berg" 07700900124 --baseline 5)
nora=$(enrol "Nora Berg" 07700900125 --baseline 5 --set nerve=yes)
live 2026-03-04 14 10:05 16:35

# Before her answer Lea's texts were everybody's, and after it they are not.
expect_json '[true, false]' '[any("calm/move-" in (m["template"] or "") and
    (m["at"] > "2026-03-08T12") == late for m in doc["messages"])
    for late in (False, True)]' km patient show "$lea" --json
expect_json '[false, true]' '[any("calm/nerve-" in (m["template"] or "") and
    (m["at"] > "2026-03-08T12") == late for m in doc["messages"])
    for late in (False, True)]' km patient show "$lea" --json
expect 'it draws back|spread' sent +447700900123
expect 'irritated nerve' km why "$lea" --day 2026-03-08
expect 'left out, it is for others' km why "$lea" --day 2026-03-13

# The steps up wait for a person.
expect_json '"calm"' 'doc["stage"]' km patient show "$lea" --json
expect_json '["worsening"]' '[a["kind"] for a in doc["alerts"]]' \
    km patient show "$lea" --json

# His brother said no; their mother began with it.
expect_json 'false' 'any("nerve" in (m["template"] or "") for m in doc["messages"])' \
    km patient show "$max" --json
expect_json '[true, false]' '[any(t in (m["template"] or "") for m in doc["messages"])
    for t in ("calm/nerve-", "calm/move-")]' km patient show "$nora" --json

# Nobody got two on one day, nor one less than the others.
for who in "$lea" "$nora"; do
	expect_json 'true' 'len(days) == len(set(days)) if (days :=
	    [m["at"][:10] for m in doc["messages"]
	    if m["kind"] in ("question", "reminder")]) else False' \
	    km patient show "$who" --json
done

# It is over, says the clinician.
km patient edit "$lea" --set nerve=no
id=$(km alert list --json | json "[a['id'] for a in doc if a['ref'] == '$lea'][0]")
km alert close "$id" --outcome "seen: no nerve in it" --by "Dr Mills"
live 2026-03-18 10 10:05 16:35
expect_json 'false' 'any("nerve" in (m["template"] or "") and m["at"] > "2026-03-18"
    for m in doc["messages"])' km patient show "$lea" --json
expect_json '"adjust"' 'doc["stage"]' km patient show "$lea" --json
expect_exit 65 km patient edit "$lea" --set nerve=perhaps
invariants
