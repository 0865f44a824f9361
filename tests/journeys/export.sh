#!/bin/bash
# A patient asks what the clinic has, and gets all of it: as JSON and CSV every
# column of every row, as FHIR a bundle that two independent validators accept.
. "${0%/*}/lib.sh"

clinic
NOW=2026-03-02T09:00:00Z
REF=$(enrol 'Zoe "O" Ämel' 07700900123 --email zoe@example.org \
    --carer 'Uncle Bob' --baseline 6)
ticks '2026-03-02 09:00' '2026-03-02 17:00' 1h
say +447700900123 '=HYPERLINK("x") about 5' '2026-03-02 16:50'
ticks '2026-03-02 17:00' '2026-03-04 17:00' 4h
say +447700900123 '4' '2026-03-04 16:50'
ticks '2026-03-04 17:00' '2026-03-06 17:00' 4h
say +447700900123 "I can't feel my legs" '2026-03-06 16:50'
ticks '2026-03-06 17:00' '2026-03-07 17:00' 4h
say +447700900123 STOP '2026-03-07 17:00'
at '2026-03-07 17:05' tick >/dev/null

expect_json '"Zoe \"O\" \u00c4mel"' 'doc["patient"][0]["name"]' \
    km patient export "$REF"
expect_json '[4, 1, 1]' '[len(doc[t])
    for t in ("reading", "red_flag", "opt_out")]' km patient export "$REF"
expect_json '"2026-03-02T09:00:00Z"' 'doc["patient"][0]["enrolled_at"]' \
    km patient export "$REF"

# Every cell, and no formula that a spreadsheet would run.
km patient export "$REF" --format csv --output "$CLINIC/all.csv"
expect_same True "$(python3 - "$CLINIC/all.csv" <<'END'
import csv, sys
rows = list(csv.reader(open(sys.argv[1], newline="")))
print(rows[0] == ["table", "row", "column", "value"] and
      all(len(row) == 4 and row[3][:1] not in tuple("=+-@") for row in rows) and
      any(row[3].endswith('HYPERLINK("x") about 5') for row in rows))
END
)" 'the CSV'

# What can't be written leaves nothing behind.
expect_exit 73 km patient export "$REF" --output "$CLINIC/no/where"
expect_exit 65 km patient export "$REF" --format xml
expect_exit 65 km patient export P-000000

km patient export "$REF" --format fhir --output "$CLINIC/bundle.json"
expect '^Flag 1$' fhir_validate "$CLINIC/bundle.json"
expect '^Observation [3-9]$' fhir_validate "$CLINIC/bundle.json"
[ ! -e "$CLINIC/bundle.json.new" ] || fail 'half a file was left'

# The validators do find what is wrong.
sed 's/"status": "final"/"status": "perhaps"/' "$CLINIC/bundle.json" \
    >"$CLINIC/wrong.json"
expect_exit 1 fhir_validate "$CLINIC/wrong.json"

# Who was erased is not in it any more.
at '2026-03-08 09:00' patient erase "$REF" --yes >/dev/null
km patient export "$REF" --format fhir --output "$CLINIC/erased.json"
fhir_validate "$CLINIC/erased.json" >/dev/null || fail 'the erased bundle'
expect_no 'Zoe|Bob|HYPERLINK|7700900123|zoe@' cat "$CLINIC/erased.json"
