#!/bin/bash
# A review of a clinic of a hundred: every form has the same figures, and none
# of them carries what a patient wrote further than its place.
. "${0%/*}/lib.sh"
# This past was made by SQL: no message of it ever went anywhere.
export ALWAYS=
SMS='( { name = "main"; driver = "spool"; path = "spool"; price = 0.04; } )'
clinic

python3 "$ROOT/tests/make_clinic.py" "$CLINIC/keepmoving.db" 100 10 2026-11-16
NOW=2026-11-23T07:00:00Z
for form in text html csv json; do
	km review --format "$form" --output "$CLINIC/review.$form"
	expect_same 600 "$(stat -c %a "$CLINIC/review.$form")" "its mode"
done
"$ROOT/tests/check_review.py" "$CLINIC"/review.{json,csv,html,text}

# What was sent has its price.
expect_json 'true' \
    'doc["totals"]["cost"] == round(doc["totals"]["gateways"][0]["segments"] *
    0.04, 4)' cat "$CLINIC/review.json"
expect 'segments for [0-9]+\.[0-9][0-9]' km review

# A longer stretch has a row for each patient and week; those of this week are
# the same.
km review --from 2026-11-09 --to 2026-11-22 --format csv >"$CLINIC/two.csv"
expect_same "$(sed 1d "$CLINIC/review.csv")" \
    "$(grep '^"2026-W47"' "$CLINIC/two.csv")" "this week's rows of two weeks"

# One patient's course, in all its weeks.
ref=$(json 'doc["patients"][0]["ref"]' <"$CLINIC/review.json" | tr -d '"')
expect 'week of' km review --patient "$ref"
expect '<h2>Week by week</h2>' km review --patient "$ref" --format html
expect_json '1' 'len(doc["patients"])' km review --patient "$ref" --format json

# What can't be written leaves what was there, and nothing half-written.
before=$(<"$CLINIC/review.json")
mkdir "$CLINIC/folder"
expect_exit 73 km review --output "$CLINIC/folder"
expect_exit 65 km review --week 2026-W54 --output "$CLINIC/review.json"
expect_same "$before" "$(<"$CLINIC/review.json")" "the old file"
expect_same "" "$(find "$CLINIC" -name '*.new')" "files left beside it"
expect_exit 73 bash -c "\"\$0\" -c $CLINIC/keepmoving.cfg --now $NOW review \
    --format html >/dev/full" "$KEEPMOVING"
