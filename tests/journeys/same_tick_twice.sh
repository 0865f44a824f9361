#!/bin/bash
# The same tick twice is one tick; of two at once one works and the other says
# that it did not; a clock set back makes no second message.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"
clinic

NOW=2026-03-02T09:00:00Z
for number in 1 2 3 4 5 6 7 8 9; do
	enrol "Pat $number" "0770090012$number" >/dev/null
done
at 2026-03-02T09:05:00Z tick
at 2026-03-02T09:05:00Z tick
expect_count 9 . sent

at 2026-03-04T16:35:00Z tick
at 2026-03-04T16:35:00Z tick
expect_count 9 'Worst pain' sent
at 2026-03-04T15:35:00Z tick
at 2026-03-04T16:32:00Z tick
expect_count 9 'Worst pain' sent

# Ten at once, in a week's time.
NOW=2026-03-09T16:35:00Z
codes=$CLINIC/codes
for number in 1 2 3 4 5 6 7 8 9 10; do
	{
		code=0
		"$KEEPMOVING" -c "$CLINIC/keepmoving.cfg" --now "$NOW" tick \
		    2>/dev/null || code=$?
		echo "$code" >>"$codes"
	} &
done
wait
expect_same "0 75" "$(sort -u "$codes" | tr '\n' ' ' | sed 's/ $//')" \
    "exit codes of ticks at once"
expect_count 18 'Worst pain' sent
