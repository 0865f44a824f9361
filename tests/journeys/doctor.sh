#!/bin/bash
# The doctor looks at what the next texts are made of, too: a plan, words or a
# template that was spoilt after setup is told before a patient waits for it.
. "${0%/*}/lib.sh"
cp -r "$ROOT/config/plans" "$CLINIC/plans"
rm "$CLINIC"/plans/{knee,achilles}.cfg
cp -r "$ROOT/config/words" "$CLINIC/words"
cp -r "$ROOT/templates" "$CLINIC/templates"
PLANS=$CLINIC/plans WORDS=$CLINIC/words TEMPLATES=$CLINIC/templates
clinic
NOW=2026-03-02T09:00:00Z
km tick
expect_exit 0 km doctor
expect '^good +plan files +2, with their words and templates' echo "$OUT"

spoilt()
{
	expect_exit 69 km doctor
	expect "^bad +plan files +$1" echo "$OUT"
}

mv "$WORDS/es.cfg" "$CLINIC/aside"
spoilt '.*es'
mv "$CLINIC/aside" "$WORDS/es.cfg"

mv "$TEMPLATES/en/safety/emergency.md" "$CLINIC/aside"
spoilt '.*safety/emergency'
mv "$CLINIC/aside" "$TEMPLATES/en/safety/emergency.md"

cp "$PLANS/low-back.cfg" "$CLINIC/aside"
sed -i 's/min_days = 3/min_dyas = 3/; s/silent_after = 3/silent_after = "x"/' \
    "$PLANS/low-back.cfg"
spoilt '.*low-back.cfg:[0-9]+: .*\(and [0-9]+ more: keepmoving plan check\)$'
expect_json '[true]' \
    '["low-back.cfg:" in f["text"] for f in doc if f["what"] == "plan files"]' \
    km doctor --json
mv "$CLINIC/aside" "$PLANS/low-back.cfg"

cp "$CLINIC/keepmoving.cfg" "$CLINIC/aside"
for folder in plans words templates; do
	sed -i "s,$folder = \"[^\"]*\",$folder = \"nope\"," \
	    "$CLINIC/keepmoving.cfg"
	spoilt '.*nope'
	cp "$CLINIC/aside" "$CLINIC/keepmoving.cfg"
done
expect_exit 0 km doctor
