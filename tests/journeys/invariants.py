"""invariants.py KEEPMOVING CONFIG [NOW] - what must hold whatever happened.

For every patient: no slot is two messages; no more than one unasked message
a local day and four in any seven; none of them outside 08:00 to 20:00; after
STOP nothing but its confirmation and safety nets; no text over two segments.
Prints each that does not hold, and exits 1.
"""

import collections
import datetime
import json
import subprocess
import sys
import zoneinfo

COUNTED = {"welcome", "reminder", "question"}
HELD = COUNTED | {"nudge", "note"}
WENT = {"sending", "unknown", "accepted", "delivered", "undelivered"}


def ask(*argv):
    command = [sys.argv[1], "-c", sys.argv[2]]
    if len(sys.argv) > 3:
        command += ["--now", sys.argv[3]]
    done = subprocess.run(command + list(argv), capture_output=True,
                          text=True, check=True)
    return json.loads(done.stdout)


def when(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def broken(patient):
    """Yield what does not hold for one patient, in words."""
    zone = zoneinfo.ZoneInfo(patient["timezone"])
    went = [m for m in patient["messages"] if m["state"] in WENT]
    parcels = {}
    for message in went:
        local = when(message["at"]).astimezone(zone)
        clock = local.strftime("%H:%M")
        if message["kind"] in HELD and not "08:00" <= clock < "20:00":
            yield f"{message['kind']} at {local} local time"
        if (message["segments"] or 0) > 2:
            yield f"{message['template']} has {message['segments']} segments"
        if message["kind"] in COUNTED:
            parcels.setdefault(message["parcel"], local.date())

    days = collections.Counter(parcels.values())
    for day, count in days.items():
        if count > 1:
            yield f"{count} unasked messages on {day}"
        week = sum(n for other, n in days.items()
                   if 0 <= (day - other).days < 7)
        if week > 4:
            yield f"{week} unasked messages in the seven days to {day}"

    bodies = collections.Counter(
        (m["at"][:10], m["channel"], m["body"]) for m in went
        if m["kind"] in COUNTED)
    for (day, channel, _), count in bodies.items():
        if count > 1:
            yield f"the same text {count} times on {day} by {channel}"

    stops = [when(r["at"]) for r in patient["replies"]
             if r["reading"] and r["reading"]["stop"]]
    starts = [when(r["at"]) for r in patient["replies"]
              if r["reading"] and r["reading"]["start"]]
    for message in went:
        at = when(message["at"])
        before = [s for s in stops if s < at]
        if before and not [s for s in starts if before[-1] < s <= at] and \
                message["kind"] not in {"stop-confirm", "safety-net"}:
            yield f"{message['kind']} at {at} after STOP"


wrong = 0
for row in ask("patient", "list", "--json"):
    for words in broken(ask("patient", "show", row["ref"], "--json")):
        print(f"{row['ref']}: {words}")
        wrong += 1
sys.exit(1 if wrong else 0)
