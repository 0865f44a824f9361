"""invariants.py CONFIG - what always holds, asked of a clinic's records.

Reads the database beside CONFIG, and the spool where there is one, and prints
each thing that does not hold; exits 1 if there was any. lib.sh asks at the end
of every story; stories told in Python call broken().

The numbers are those of the list of what always holds, in the order in which
each function below stands: one slot, one message (1); intent before act (2);
nothing said is lost (3); stop means stop (4); a red flag reaches a person (5);
moves say why (6); the history names nobody (8); no send outside the patient's
day (9); late is not loud (10); nothing is silent (11); no step up on silence
(13); a wrong number learns nothing (14).
"""

import collections
import datetime
import email
import email.policy
import email.utils
import json
import pathlib
import re
import sqlite3
import sys
import zoneinfo

COUNTED = {"welcome", "reminder", "question"}
HELD = COUNTED | {"nudge", "note"}
WENT = {"sending", "unknown", "accepted", "delivered", "undelivered"}
FINAL = {"delivered", "undelivered", "failed", "cancelled", "expired"}
DAY = 86400


def mail_of(path):
    """An email that was spooled: to, subject and its plain text."""
    mail = email.message_from_bytes(path.read_bytes(),
                                    policy=email.policy.default)
    body = mail.get_body(("plain",)).get_content()
    return {"to": email.utils.parseaddr(mail["To"])[1],
            "subject": mail["Subject"],
            "body": body.replace("\r\n", "\n").rstrip("\n")}


class Records:
    """All of a clinic's rows, and what its configuration says of hours."""

    def __init__(self, config):
        self.folder = pathlib.Path(config).parent
        base = sqlite3.connect(self.folder / "keepmoving.db", timeout=10)
        base.row_factory = sqlite3.Row
        self.damage = [row[0] for row in base.execute(
            "PRAGMA integrity_check") if row[0] != "ok"]
        self.damage += [f"{row[0]} {row[1]} refers to nothing"
                        for row in base.execute("PRAGMA foreign_key_check")]
        for table in ("patient", "enrolment", "message", "slot", "inbound",
                      "reading", "red_flag", "alert", "move", "event", "tick",
                      "question"):
            setattr(self, table + "s", base.execute(
                f"SELECT * FROM {table} ORDER BY 1").fetchall())
        base.close()
        self.patient = {p["patient_id"]: p for p in self.patients}
        text = "\n".join(path.read_text()
                         for path in self.folder.glob("*.cfg"))
        self.drivers = dict(re.findall(
            r'name\s*=\s*"([^"]+)";\s*driver\s*=\s*"([^"]+)"', text))
        quiet = re.search(r'quiet\s*=\s*{\s*from\s*=\s*"(\d\d:\d\d)";\s*'
                          r'until\s*=\s*"(\d\d:\d\d)"', text)
        self.opens, self.shuts = (quiet[2], quiet[1]) if quiet else \
            ("08:00", "20:00")
        closed = re.search(r"closed\s*=\s*[\[(]([^\])]*)", text)
        self.closed = re.findall(r'"([^"]+)"', closed[1]) if closed else []
        self.daily = self.limit(text, "daily_limit", 1)
        self.weekly = self.limit(text, "weekly_limit", 4)
        # What a tick that ended has seen.
        ended = [t["started_at"] for t in self.ticks
                 if t["ended_at"] is not None]
        self.ticked_at = max(ended, default=0)
        self.last_ended = bool(self.ticks) and \
            self.ticks[-1]["ended_at"] is not None

    @staticmethod
    def limit(text, name, otherwise):
        found = re.search(rf"{name}\s*=\s*(\d+)", text)
        return int(found[1]) if found else otherwise

    def ref(self, patient_id):
        patient = self.patient.get(patient_id)
        return patient["ref"] if patient else "nobody"

    def local(self, patient_id, at):
        zone = zoneinfo.ZoneInfo(self.patient[patient_id]["timezone"])
        return datetime.datetime.fromtimestamp(at, zone)

    def went(self):
        """Messages that went, or may have, with the time of it."""
        for message in self.messages:
            if message["state"] in WENT:
                yield message, message["accepted_at"] or \
                    message["claimed_at"] or 0

    def to_patients(self):
        for message, at in self.went():
            if message["patient_id"] in self.patient and \
                    message["alert_id"] is None:
                yield message, at


def one_slot_one_message(all_):
    parcels = collections.Counter(
        (m["parcel"], m["channel"]) for m in all_.messages)
    for (parcel, channel), count in parcels.items():
        if count > 1:
            yield f"{count} messages by {channel} of one parcel, {parcel}"
    same = collections.Counter(
        (m["patient_id"], m["channel"], m["body"],
         all_.local(m["patient_id"], at).date())
        for m, at in all_.to_patients() if m["kind"] in COUNTED)
    for (patient_id, channel, _, day), count in same.items():
        if count > 1:
            yield (f"{all_.ref(patient_id)}: the same text {count} times on "
                   f"{day} by {channel}")


def intent_before_act(all_):
    rows = {m["key"]: m for m in all_.messages}
    sent = all_.folder / "spool/sent"
    files = {path.stem: path for path in sent.glob("[!.]*")}
    for key, path in files.items():
        row = rows.get(key)
        if row is None:
            yield f"{path.name} was sent and is on no record"
        elif row["claimed_at"] is None:
            yield f"{path.name} was sent, though never claimed"
        elif row["state"] in ("queued", "cancelled", "expired", "failed"):
            yield f"{path.name} was sent, yet is {row['state']}"
    for key, row in rows.items():
        if row["state"] == "delivered" and key not in files and \
                all_.drivers.get(row["gateway"]) == "spool":
            yield f"{key} is delivered, and no file says so"
    for row in all_.messages:
        if row["state"] in FINAL and row["settled_at"] is None:
            yield f"{row['key']} is {row['state']} since never"


def nothing_said_is_lost(all_):
    known = {row["provider_id"]: row for row in all_.inbounds}
    for path in (all_.folder / "spool/inbox/done").glob("[!.]*.json"):
        said = json.loads(path.read_text())
        row = known.get(said["id"])
        if row is None:
            yield f"inbox/done/{path.name} is on no record"
        elif row["body"] != said["body"] and row["body"] != "":
            yield f"inbox/done/{path.name} was not kept word for word"
    for row in all_.inbounds:
        if row["read_at"] is None and row["stored_at"] < all_.ticked_at:
            yield f"reply {row['inbound_id']} was never read"
    answered = {row["inbound_id"] for row in all_.readings}
    for row in all_.inbounds:
        if row["read_at"] and row["inbound_id"] not in answered and \
                row["part_of"] is None and \
                not re.match(r"\s*ack(\b|\d)", row["body"], re.I):
            yield f"reply {row['inbound_id']} has no reading"
    for row in all_.readings:
        if row["advanced_at"] is None and row["at"] < all_.ticked_at and \
                all_.last_ended and row["patient_id"] is not None:
            yield f"reading {row['reading_id']} came to nothing"


def stop_means_stop(all_):
    """From when it was stored, for the sender's address and for all of the
    patient's; a START at either ends it."""
    inbound = {row["inbound_id"]: row for row in all_.inbounds}
    for row in all_.readings:
        if not row["stop"] or row["start"]:
            continue
        stop = inbound[row["inbound_id"]]
        starts = [other["at"] for other in all_.readings
                  if other["start"] and other["reading_id"] >
                  row["reading_id"]
                  and (other["patient_id"] == row["patient_id"] or
                       inbound[other["inbound_id"]]["sender"] ==
                       stop["sender"])]
        until = min(starts, default=float("inf"))
        passes = {"safety-net"}
        if any(other["help"] and other["reading_id"] > row["reading_id"]
               for other in all_.readings):
            passes.add("help")
        confirmed = 0
        for message, at in all_.went():
            at = message["claimed_at"]
            ours = row["patient_id"] is not None and \
                message["patient_id"] == row["patient_id"]
            if message["alert_id"] is not None or \
                    not stop["stored_at"] < at < until or \
                    not (ours or message["address"] == stop["sender"]):
                continue
            if message["kind"] == "stop-confirm":
                confirmed += message["address"] == stop["sender"]
            elif message["kind"] not in passes:
                yield (f"{all_.ref(message['patient_id'])}: "
                       f"{message['kind']} at {message['claimed_at']} after "
                       f"STOP")
        stops = sum(1 for other in all_.readings if other["stop"] and
                    inbound[other["inbound_id"]]["sender"] == stop["sender"])
        if confirmed > stops:
            yield f"{confirmed} confirmations of {stops} STOP"


def red_flags_reach_a_person(all_):
    flagged = {row["reading_id"] for row in all_.red_flags}
    for row in all_.readings:
        if row["reading_id"] not in flagged or row["patient_id"] is None or \
                row["advanced_at"] is None:
            continue
        who, patient_id = all_.ref(row["patient_id"]), row["patient_id"]
        alerts = [a for a in all_.alerts if a["kind"] == "red-flag" and
                  a["patient_id"] == patient_id]
        if not alerts:
            yield f"{who}: a red flag, and no alert"
        if not [m for m in all_.messages if m["kind"] == "safety-net" and
                m["patient_id"] == patient_id]:
            yield f"{who}: a red flag, and no answer"
        for alert in alerts:
            ends = alert["closed_at"] or float("inf")
            resumed = [e["at"] for e in all_.events
                       if e["patient_id"] == patient_id and
                       e["kind"] == "resumed" and
                       e["at"] >= alert["opened_at"]]
            ends = min([ends, *resumed])
            for message, at in all_.to_patients():
                if message["patient_id"] == patient_id and \
                        message["kind"] in COUNTED and \
                        alert["opened_at"] < message["claimed_at"] < ends:
                    yield f"{who}: {message['kind']} while a red flag stands"
    for alert in all_.alerts:
        if alert["kind"] == "red-flag" and alert["level"] != "urgent" and \
                alert["opened_at"] <= all_.ticked_at and \
                not [m for m in all_.messages
                     if m["alert_id"] == alert["alert_id"]] and \
                "alerts = { to = [ ]" not in \
                (all_.folder / "keepmoving.cfg").read_text():
            yield f"alert {alert['alert_id']}: nobody was told"


def moves_say_why(all_):
    owner = {e["enrolment_id"]: e["patient_id"] for e in all_.enrolments}
    for move in all_.moves:
        who = all_.ref(owner[move["enrolment_id"]])
        if not move["because"].strip():
            yield f"{who}: moved from {move['from_stage']} for no reason"
        if move["act"] in ("advance", "finish") and not [
                r for r in all_.readings
                if r["patient_id"] == owner[move["enrolment_id"]]
                and r["at"] <= move["at"]]:
            yield f"{who}: to {move['to_stage']} on silence"


def history_names_nobody(all_):
    names = set()
    for patient in all_.patients:
        names |= {word for word in (patient["name"], patient["phone"],
                                    patient["email"]) if word}
    names |= {row["body"] for row in all_.inbounds if len(row["body"]) > 12}
    for event in all_.events:
        for name in names:
            if name in event["because"] or name in event["subject"]:
                yield f"event {event['event_id']} has words of a patient"


def patients_day(all_):
    parcels = collections.defaultdict(dict)
    for message, at in all_.to_patients():
        local = all_.local(message["patient_id"], message["claimed_at"])
        clock, who = local.strftime("%H:%M"), all_.ref(message["patient_id"])
        if message["kind"] in HELD and (
                not all_.opens <= clock < all_.shuts or
                local.strftime("%Y-%m-%d") in all_.closed):
            yield f"{who}: {message['kind']} at {local}"
        if message["kind"] in COUNTED:
            day = all_.local(message["patient_id"], at).date()
            parcels[message["patient_id"]].setdefault(message["parcel"], day)
    for patient_id, sent in parcels.items():
        days = collections.Counter(sent.values())
        for day, count in days.items():
            week = sum(n for other, n in days.items()
                       if 0 <= (day - other).days < 7)
            # The welcome may come on top: it says how to stop.
            if count > all_.daily + 1 or week > all_.weekly + 1 or (
                    (count > all_.daily or week > all_.weekly) and not any(
                        m["kind"] == "welcome" and
                        m["patient_id"] == patient_id
                        and 0 <= (day - all_.local(patient_id, at).date()).days
                        < 7 for m, at in all_.to_patients())):
                yield (f"{all_.ref(patient_id)}: {count} unasked messages on "
                       f"{day}, {week} in seven days")


def late_is_not_loud(all_):
    for message, at in all_.went():
        if message["claimed_at"] > message["expires_at"]:
            yield f"{message['key']} went when it was of no use any more"
        if message["claimed_at"] < message["queued_at"]:
            yield f"{message['key']} went before it was queued"


def nothing_is_silent(all_):
    for message in all_.messages:
        if message["state"] in ("cancelled", "expired", "failed",
                                "undelivered", "unknown") and \
                not message["because"].strip():
            yield f"{message['key']} is {message['state']} for no reason"
        if all_.last_ended and message["state"] == "sending":
            yield f"{message['key']} is being sent by nobody"
        if all_.last_ended and message["state"] == "queued" and \
                message["expires_at"] < all_.ticked_at:
            yield f"{message['key']} is queued for ever"
    kept = {m["parcel"] for m in all_.messages}
    for slot in all_.slots:
        if slot["parcel"] is None and not slot["because"].strip():
            yield f"slot {slot['slot_id']} came to nothing for no reason"
        if slot["parcel"] is not None and slot["parcel"] not in kept:
            yield f"slot {slot['slot_id']} became a message that is not there"


def wrong_number_learns_nothing(all_):
    full = {p["patient_id"]: p["name"] for p in all_.patients if p["name"]}
    family = {k: v.split()[-1] for k, v in full.items()
              if re.search(r" \w{3,}$", v)}
    for message in all_.messages:
        if message["channel"] != "sms":
            continue
        clinician = message["alert_id"] is not None
        for patient_id, name in full.items():
            own = patient_id == message["patient_id"] and not clinician
            words = [family.get(patient_id)] + ([] if own else [name]) + \
                ([name.split()[0]] if clinician else [])
            for word in filter(None, words):
                if re.search(rf"\b{re.escape(word)}\b", message["body"]):
                    yield f"{message['key']}: a text names {word}"
        if (message["segments"] or 0) > 2:
            yield f"{message['template']} has {message['segments']} segments"
    moved = {e["patient_id"] for e in all_.events if e["kind"] == "edited"}
    for message, _ in all_.to_patients():
        patient = all_.patient[message["patient_id"]]
        if message["address"] and message["recipient"] is None and \
                patient["patient_id"] not in moved and \
                patient["erased_at"] is None and message["address"] not in (
                    patient["phone"], patient["email"]):
            yield f"{message['key']} went to somebody else"


RULES = (one_slot_one_message, intent_before_act, nothing_said_is_lost,
         stop_means_stop, red_flags_reach_a_person, moves_say_why,
         history_names_nobody, patients_day, late_is_not_loud,
         nothing_is_silent, wrong_number_learns_nothing)


def broken(config):
    """What does not hold, in words; an empty list when all is well."""
    all_ = Records(config)
    found = list(all_.damage)
    for rule in RULES:
        found += [f"{rule.__name__}: {words}" for words in rule(all_)]
    return found


if __name__ == "__main__":
    FOUND = broken(sys.argv[1])
    print("\n".join(FOUND))
    sys.exit(1 if FOUND else 0)
