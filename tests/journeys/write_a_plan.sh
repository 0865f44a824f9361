#!/bin/bash
# The plan that config/plans/README teaches to write: its blocks are pasted as
# they stand, and what comes of them passes without a warning and runs.
. "${0%/*}/lib.sh"
cp -r "$ROOT/templates" "$CLINIC/templates"
mkdir "$CLINIC/plans"
TEMPLATES=$CLINIC/templates
PLANS=$CLINIC/plans
cp "$ROOT/config/plans/low-back.cfg" "$PLANS"
clinic

sed -n 's/^    //p' "$ROOT/config/plans/README" >"$CLINIC/pasted.sh"
keepmoving()
{
	km "$@"
}
NOW=2026-03-02T09:00:00Z
cd "$CLINIC"
# shellcheck disable=SC1091 # it is made above
. "$CLINIC/pasted.sh" >"$CLINIC/said" 2>&1
expect '^.*walk.cfg: plan walk is ok$' cat "$CLINIC/said"
expect_no 'warning' cat "$CLINIC/said"
expect '^plan walk: loaded' cat "$CLINIC/said"
expect_count 3 'What must hold held' cat "$CLINIC/said"
expect 'moved from A little to More' cat "$CLINIC/said"

# It is a plan like any other.
wes=$(km enrol --name "Wes Low" --phone 07700900123 --plan walk \
    --consent 2026-03-01 --baseline 5)
at 2026-03-02T09:05:00Z tick
at 2026-03-04T16:35:00Z tick
expect 'Walk for five minutes' sent +447700900123
say +447700900123 "4"
at 2026-03-06T16:35:00Z tick
say +447700900123 "about 3"
at 2026-03-09T00:05:00Z tick
expect_json '["more"]' '[m["to"] for m in doc["moves"]]' \
    km patient show "$wes" --json

# A slip of the pen is told with its line, and nothing is loaded.
sed -i 's/pain_at_most = 5/pain_at_mots = 5/' "$PLANS/walk.cfg"
expect_exit 78 km plan check walk
expect 'walk.cfg:16: stages.advance.pain_at_mots is no setting; did you mean' \
    echo "$OUT"
expect_exit 78 km setup
