#!/bin/bash
# A plan is tried on virtual patients: the figures are those of the contract,
# the same seed gives the same ones, and two versions stand side by side.
. "${0%/*}/lib.sh"
clinic

simulate()
{
	km plan simulate low-back --patients 8 --weeks 2 "$@"
}

# What other programs read.
simulate --json >"$CLINIC/one.json"
expect_same '["alerts", "broken", "finished", "messages", "moves", "patients", "plan", "seed", "segments", "weeks"]' \
    "$(json 'sorted(set(doc) & {"plan","patients","weeks","seed","messages","segments","moves","finished","alerts","broken"})' \
	<"$CLINIC/one.json")" "the keys"
expect_same '["low-back", 8, 2, 1, []]' \
    "$(json '[doc[k] for k in ("plan", "patients", "weeks", "seed", "broken")]' \
	<"$CLINIC/one.json")" "what was asked for"
expect_same true "$(json 'doc["messages"] >= 8 * 4' <"$CLINIC/one.json")" \
    "messages"

# The same to the byte, and with another seed not.
simulate --json | cmp - "$CLINIC/one.json" || fail "not the same twice"
simulate >"$CLINIC/one"
simulate | cmp - "$CLINIC/one" || fail "not the same twice, in words"
simulate --seed 3 | cmp -s - "$CLINIC/one" && fail "seeds make no difference"
expect 'What must hold held, in [0-9]+ ticks' cat "$CLINIC/one"
expect 'calm to adjust: pain' cat "$CLINIC/one"

# Nothing of it comes into the clinic's database, which is not even there.
[ ! -e "$CLINIC/keepmoving.db" ] || rm "$CLINIC/keepmoving.db"
simulate --json | cmp - "$CLINIC/one.json" || fail "it needs the database"
[ ! -e "$CLINIC/keepmoving.db" ] || fail "it made a database"

# Two versions, on the same patients: with a slower way out of the first stage.
sed 's/min_days = 3;/min_days = 10;/' "$ROOT/config/plans/low-back.cfg" \
    >"$CLINIC/slower.cfg"
simulate --against "$CLINIC/slower.cfg" >"$CLINIC/two"
expect 'the second column, and the difference' cat "$CLINIC/two"
expect '^  moves between stages +[0-9]+ +[0-9]+ +-[0-9]+' cat "$CLINIC/two"
expect '^  red-flag +[0-9]+ +[0-9]+ +[+-][0-9]+' cat "$CLINIC/two"
simulate --against "$CLINIC/slower.cfg" --json >"$CLINIC/two.json"
expect_same true \
    "$(json 'doc["against"]["moves"] < doc["moves"]' <"$CLINIC/two.json")" \
    "a slower plan moves less"

# Without any configuration: by the folders near the plan.
(unset KEEPMOVING_CONFIG
cd "$ROOT/config/plans" && "$KEEPMOVING" plan simulate ./low-back.cfg \
    --patients 3 --weeks 2 --json) | json 'doc["broken"]' >"$CLINIC/bare"
expect_same '[]' "$(cat "$CLINIC/bare")" "without a configuration"

# Folders that a clinic copied, as README says, with no cohort near them: the
# one that came with the program serves.
mkdir "$CLINIC/own"
cp -r "$ROOT/config/plans" "$ROOT/config/words" "$ROOT/templates" "$CLINIC/own"
sed "s,$WORDS,own/words,; s,$PLANS,own/plans,; s,$TEMPLATES,own/templates," \
    "$CLINIC/keepmoving.cfg" >"$CLINIC/own.cfg"
chmod 600 "$CLINIC/own.cfg"
expect_json '[]' 'doc["broken"]' km -c "$CLINIC/own.cfg" \
    plan simulate low-back --patients 3 --weeks 2 --json

expect_exit 65 km plan simulate low-back --patients 0
expect_exit 65 km plan simulate low-back --weeks many
expect_exit 66 km plan simulate low-back --cohort "$CLINIC/nobody.cfg"
expect_exit 64 km plan show low-back --weeks 3
echo 'shapes = ( { id = "x"; shaer = 1; } );' >"$CLINIC/odd.cfg"
expect_exit 78 km plan simulate low-back --cohort "$CLINIC/odd.cfg"
expect 'odd.cfg:1: .*shaer.*share' cat <<<"$OUT"

# What it costs, where prices are known.
IN_CLINIC='currency = "GBP";'
SMS='( { name = "main"; driver = "spool"; path = "spool"; price = 0.04; } )'
clinic
expect ' GBP, [0-9.]+ a patient' simulate
expect_json true 'abs(doc["cost"] - 0.04 * doc["segments"]) < 0.001' \
    simulate --json
km plan preview low-back --lang en >"$CLINIC/preview"
expect 'SMS for .* 2 segments, 0.08 GBP' cat "$CLINIC/preview"
expect_json true 'all(m["cost"] == round(0.04 * m["segments"], 4)
    for m in doc if m["channel"] == "sms")' \
    km plan preview low-back --lang en --json

# A real clinic's mailbox and gateways are left alone.
PORT=$(free_port)
background python3 -c 'import socket, sys
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    server.accept()
    open(sys.argv[2], "w").write("somebody came")' "$PORT" "$CLINIC/touched"
wait_for "$PORT"
until [ -e "$CLINIC/touched" ]; do sleep 0.1; done
rm "$CLINIC/touched"
SMS="( { name = \"main\"; driver = \"kannel\"; user = \"x\"; password = \"x\";
  from = \"x\"; url = \"http://127.0.0.1:$PORT/\"; } )"
MORE="mailbox = { url = \"imap://127.0.0.1:$PORT/INBOX\"; user = \"x\";
  password = \"x\"; };"
clinic
simulate --json | json 'doc["broken"]' >"$CLINIC/apart"
expect_same '[]' "$(cat "$CLINIC/apart")" "beside a real clinic"
km plan rehearse low-back --replies "$ROOT/config/rehearsals/low-back.txt" \
    >"$CLINIC/rehearsed"
[ ! -e "$CLINIC/touched" ] || fail "$(cat "$CLINIC/touched")"
