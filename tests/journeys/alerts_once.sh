#!/bin/bash
# A clinician closes an alert about a score, and about a rise of two: what was
# known then opens none again, whatever the patient writes and however the days
# go by. The next bad score does.
. "${0%/*}/lib.sh"
clinic
NOW=2026-03-02T09:30:00Z
enrol "Ann Miller" 07700900101 --baseline 3 >/dev/null

# KIND: how many of that kind stand open.
open()
{
	km alert list --json | json "sum(a['kind'] == '$1' for a in doc)"
}

close()
{
	local id

	id=$(km alert list --json |
	    json "[a['id'] for a in doc if a['kind'] == '$1'][0]")
	km alert close "$id" --outcome "phoned: it was a long drive" >/dev/null
}

score()
{
	at "$1T16:30:00Z" tick
	say +447700900101 "$2" "$1T17:00:00Z"
	at "$1T17:05:00Z" tick
}

# One of 8: severe. A second: it has risen, too.
score 2026-03-04 8
expect 1 open pain
close pain
score 2026-03-06 9
expect 1 open pain
expect 1 open worsening
NOW=2026-03-06T17:10:00Z
close pain
close worsening

# Nothing new: thanks, a word on the day's task, a look at everyone.
say +447700900101 "Thanks for phoning" 2026-03-06T17:20:00Z
at 2026-03-06T17:25:00Z tick
say +447700900101 NO 2026-03-08T10:20:00Z
at 2026-03-08T10:00:00Z tick
at 2026-03-08T10:25:00Z tick
at 2026-03-17T10:00:00Z tick
expect 0 open pain
expect 0 open worsening

# A new score as bad as those: both.
say +447700900101 9 2026-03-17T17:00:00Z
at 2026-03-17T17:05:00Z tick
expect 1 open pain
expect 1 open worsening
