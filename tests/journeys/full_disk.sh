#!/bin/bash
# The disk fills up, at any of the writes of a tick: it ends with exit status
# 75 or, where only the spool folder is concerned, as if a gateway were down.
# Once there is room the next ticks carry on: nothing is lost, nothing goes
# twice. A command that can't store what it was told says so.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"

STEP=${STEP:-23}
PRELOAD=$CLINIC/harm.so
gcc -D_GNU_SOURCE -shared -fPIC -O1 -o "$PRELOAD" "${0%/*}/harm.c" -ldl
# The sanitizer wants to be loaded first; here it need not be.
ASAN_OPTIONS=$ASAN_OPTIONS:verify_asan_link_order=0

# full HOLDS ARGUMENT...: runs keepmoving on a disk with room for so many.
full()
{
	local holds=$1

	shift
	LD_PRELOAD=$PRELOAD HARM=full HARM_AT=$((holds + 1)) "$KEEPMOVING" \
	    -c "$CLINIC/keepmoving.cfg" --now "$NOW" "$@"
}

clinic
NOW=2026-03-02T09:00:00Z
ann=$(enrol "Ann Lee" 07700900123)
enrol "Ben Okoro" 07700900124 >"$CLINIC/ben"
at 2026-03-02T09:05:00Z tick

# Commands that write: not a word of success, and nothing stored.
expect_exit 75 full 0 enrol --name Cara --phone 07700900125 --plan low-back \
    --consent 2026-03-01 --set aggravator=sitting
expect_same "" "$ANSWER" "a reference of nobody"
expect_json '2' 'len(doc)' km patient list --json
expect_exit 75 full 0 receive --from 07700900123 "STOP"
expect_json '"active"' 'doc["state"]' km patient show "$ann" --json

say +447700900123 "6" 2026-03-04T16:30:00Z
mkdir "$CLINIC/saved"
cp -a "$CLINIC"/keepmoving.db* "$CLINIC/spool" "$CLINIC/saved/"

late=0
for ((holds = 0; holds < 300; holds += STEP)); do
	rm -rf "$CLINIC"/keepmoving.db* "$CLINIC/spool"
	cp -a "$CLINIC"/saved/* "$CLINIC/"
	NOW=2026-03-04T16:35:00Z
	take full "$holds" tick
	case $CODE in
	0) ;;
	75)
		late=$((late + 1))
		[ "$(wc -l <"$CLINIC/stderr")" = 1 ] ||
			fail "more than a line when $holds writes found room:
$OUT"
		;;
	*) fail "exit status $CODE when $holds writes found room: $OUT" ;;
	esac
	whole=$CODE$OUT
	for minute in 40 50; do
		at "2026-03-04T16:$minute:00Z" -q tick
	done
	for phone in +447700900123 +447700900124; do
		expect_same 1 "$(cat "$CLINIC"/spool/sent/*.json |
		    grep -F "$phone" | grep -c 'Worst pain')" \
		    "questions to $phone, $holds writes having found room"
	done
	expect_json '[["delivered"], [6]]' '[[m["state"] for m in
	    doc["messages"] if m["asks"] == "pain" and m["id"]],
	    [r["pain"] for r in doc["readings"]]]' \
	    km patient show "$ann" --json
	[ "$whole" != 0 ] || break
done
[ "$whole" = 0 ] || fail "not even $holds writes were enough"
[ "$late" -gt 0 ] || fail "it was never full"
