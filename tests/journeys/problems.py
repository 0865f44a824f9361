"""problems.py KEEPMOVING CLINIC - stories of what went wrong elsewhere.

Each function is a problem that users of another reminder or messaging program
reported; its first line says which.
"""

import collections
import contextlib
import shutil
import subprocess
import time

import clinic
import twilio
from clinic import need

ANN, BEN, CARA = "+447700900101", "+447700900102", "+447700900103"
PEOPLE = {ANN: "Ann Lee", BEN: "Ben Okoro", CARA: "Cara Diaz"}


def at(time, day="2026-03-04"):
    return clinic.seconds(f"{day}T{time}:00+00:00")


class Story:
    """Three patients on a Wednesday with a question at half past four."""

    def __init__(self, place):
        self.place = place
        self.twilio = clinic.Twilio()
        self.mail = clinic.Mail()
        place.gateways(None, None)
        self.refs = {phone: place.enrol(name, phone)
                     for phone, name in PEOPLE.items()}
        self.both = place.enrol("Sue Thorne", "+447700900104",
                                "sue@patients.example")
        place.tick(300)
        place.save()

    def begin(self, time="16:35", day="2026-03-04"):
        place = self.place
        place.restore()
        place.now = at(time, day)
        for door in (self.twilio, self.mail):
            door.begin((), place.now)
        self.mail.account.faults.clear()
        place.gateways(self.twilio.gateway('timeout = "20s";'),
                       self.mail.gateway('timeout = "20s";'))

    def every(self, minutes, times):
        for _ in range(times):
            self.twilio.account.fixed_now = clinic.utc(self.place.now)
            self.place.tick()
            self.place.now += minutes * 60

    def asked(self):
        """How often each address got a question, nudges apart."""
        asks = {(row["address"], row["body"].strip())
                for row in self.place.rows(
                    "SELECT * FROM message WHERE kind = 'question'")}
        return collections.Counter(
            to for to, body in self.twilio.took() + self.mail.took()
            if (to, body.strip()) in asks)

    @contextlib.contextmanager
    def each_send(self, does):
        """At each text: does(go on, handler, raw)."""
        send = self.twilio.handler.send
        self.twilio.handler.send = \
            lambda handler, raw: does(send, handler, raw)
        try:
            yield
        finally:
            self.twilio.handler.send = send

    def said(self, sender, text, name=None):
        self.place.run("receive", "--from", sender, "--id",
                       name or f"{sender}{text}{self.place.now}", text)

    def why(self, phone, day="2026-03-04"):
        return self.place.run("why", self.refs[phone], "--day", day)


def is_to(phone, raw):
    return phone.strip("+").encode() in raw


def one_each(story, *but):
    wanted = {to: 1 for to in (*PEOPLE, "+447700900104",
                               "sue@patients.example") if to not in but}
    need(story.asked() == wanted, f"asked: {story.asked()}")


def stuck_sibling(story):
    """medic/cht-core#10802: a stuck task beside them had sent messages queued
    again every five minutes, for a week."""
    story.begin()

    def send(go_on, handler, raw):
        return handler.reset() if is_to(CARA, raw) else go_on(handler, raw)
    with story.each_send(send):
        story.every(5, 24)
    one_each(story, CARA)


def both_channels(story):
    """openemr/openemr#11477: an email every hour, since the other channel's
    column was looked at."""
    story.begin("08:05")
    story.every(60, 30)
    one_each(story)


def not_dead_yet(story):
    """mautic/mautic#1737: after half an hour a lock was taken for dead, though
    its owner was at work."""
    story.begin()
    second = []

    def take(go_on, handler, raw):
        if not second:
            second.append(None)
            story.place.now += 5400
            second[0] = subprocess.run(
                story.place.command("-q", "tick"), capture_output=True)
            story.place.now -= 5400
        return go_on(handler, raw)
    with story.each_send(take):
        story.every(5, 3)
    need(second[0].returncode == 75, f"a second tick worked: {second}")
    one_each(story)


def rejected_in_the_middle(story):
    """mautic/mautic#7226: one 554 ended the batch, of which nothing was marked
    as sent."""
    story.begin()
    story.mail.account.faults["RCPT", "sue@patients.example"] = \
        "554 5.7.1 rejected"
    story.every(30, 8)
    one_each(story, "sue@patients.example")


def snapshot(story):
    """knadh/listmonk#1801: a server put back from a snapshot sent the morning's
    campaign again."""
    story.begin("12:00")
    place = story.place
    place.tick()
    shutil.copy(place.folder / "keepmoving.db", place.folder / "snapshot.db")
    place.now = at("16:35")
    story.every(5, 2)
    for path in place.folder.glob("keepmoving.db*"):
        if path.suffix != ".id" and "identity" not in path.name:
            path.unlink()
    shutil.move(place.folder / "snapshot.db", place.folder / "keepmoving.db")
    place.now = at("20:35")
    place.run("-q", "tick", codes=(0, 77, 75, 78))
    place.run("setup", "--adopt")
    story.every(60, 12)
    texts = collections.Counter(to for to, _ in story.twilio.took()
                                if to in PEOPLE)
    need(texts == dict.fromkeys(PEOPLE, 1), f"texts: {texts}")


def loop_of_machines(story):
    """medic/cht-core#4715, #7040: a machine answers each answer."""
    story.begin("10:00")
    for minute in range(30):
        for sender in (ANN, "+447700900777"):
            story.said(sender, "Your message could not be delivered. Please "
                       "do not reply.", f"{sender}-{minute}")
        story.every(1, 1)
    count = collections.Counter(to for to, _ in story.twilio.took())
    need(count[ANN] <= 3 and count["+447700900777"] <= 3,
         f"answers: {count}")


def reworded(story):
    """onnela-lab/beiwe-backend#350: new words had all past messages sent
    again."""
    story.begin()
    place = story.place
    story.every(5, 2)
    config = place.config.read_text()
    templates = place.folder / "templates"
    shutil.copytree(clinic.HERE.parents[1] / "templates", templates)
    try:
        for path in templates.rglob("move-*"):
            path.write_text(path.read_text().replace("days", "times"))
        place.config.write_text(config.replace(
            str(clinic.HERE.parents[1] / "templates"), str(templates)))
        place.run("setup")
        story.every(30, 6)
    finally:
        place.config.write_text(config)
        shutil.rmtree(templates)
    one_each(story)


def back_again(story):
    """mautic/mautic#9797: who came back to a step had two schedules."""
    story.begin("10:00")
    for stage in ("adjust", "calm", "adjust", "calm"):
        story.place.run("patient", "move", story.refs[ANN], stage)
    story.every(30, 20)
    need(max(story.asked().values()) == 1, f"asked: {story.asked()}")


def no_id_no_success(story):
    """openemr/openemr#9064: "SMTP not setup." counted as success."""
    story.begin()
    story.mail.account.faults["EHLO"] = "550 5.7.1 not set up"
    story.place.tick()
    states = story.place.rows(
        "SELECT state FROM message WHERE channel = 'email' AND asks = 'pain'")
    need([row["state"] for row in states] == ["queued"],
         f"it is {[row['state'] for row in states]}")
    need("gateway" in {a["kind"] for a in story.place.json("alert", "list")},
         "nobody was told")


def nothing_due(story):
    """openemr/openemr#12307: it broke when nothing was due."""
    story.begin("03:00", "2026-03-03")
    story.every(60, 4)
    need(not story.twilio.took(), "something went")


def no_such_number(story):
    """betagouv/rdv-service-public#2748, episphere/connect#1579: a number that
    does not exist was tried 25 times."""
    story.begin()

    def send(go_on, handler, raw):
        if is_to(CARA, raw):
            raise twilio.Refusal(400, 21211, "Invalid 'To' Phone Number")
        return go_on(handler, raw)
    with story.each_send(send):
        story.every(60, 6)
    rows = story.place.rows(
        "SELECT attempts FROM message WHERE state = 'failed'")
    need([row["attempts"] for row in rows] == [1],
         f"attempts: {[row['attempts'] for row in rows]}")
    need("undeliverable" in
         {a["kind"] for a in story.place.json("alert", "list")},
         "nobody was told")
    one_each(story, CARA)


def out_of_order(story):
    """twilio/twilio-csharp#633 and others: a late "sent" took "delivered"
    back."""
    story.begin()
    story.every(5, 1)
    account = story.twilio.account
    for status in ("delivered", "sent", "queued", "delivered", "sent"):
        for _, _, message in account.messages:
            account.held.add(message["sid"])
            message["status"] = status
            message["date_sent"] = None if status == "queued" else \
                message["date_created"]
        story.every(5, 1)
        states = {row["state"] for row in story.place.rows(
            "SELECT state FROM message WHERE gateway = 'twilio'")}
        need(states == {"delivered"}, f"after {status}: {states}")


def another_number(story):
    """medic/cht-core#4512: a message went to the number that the patient had
    when it was queued."""
    story.begin("16:35")
    story.twilio.account.faults["send"].append(
        {"fault": "throttle", "times": 20})
    story.place.tick()
    story.twilio.account.faults["send"].clear()
    story.place.run("patient", "edit", story.refs[ANN], "--phone",
                    "+447700900150")
    story.place.now += 1800
    story.every(20, 5)
    need(story.asked()["+447700900150"] == 1 and ANN not in story.asked(),
         f"asked: {story.asked()}")


def discharged(story):
    """calcom/cal.diy#6905: what was planned went out after all was called
    off. medic/cht-core#5369: nor does it go to somebody else."""
    story.begin("16:35")
    story.twilio.account.faults["send"].append(
        {"fault": "throttle", "times": 20})
    story.place.tick()
    story.twilio.account.faults["send"].clear()
    story.place.run("patient", "discharge", story.refs[ANN])
    story.place.run("patient", "pause", story.refs[BEN])
    story.place.now += 1800
    story.every(5, 3)
    one_each(story, ANN, BEN)
    need("ended" in story.why(ANN) or "discharge" in story.why(ANN),
         f"nobody says why: {story.why(ANN)}")
    need("paused" in story.why(BEN), f"nobody says why: {story.why(BEN)}")


def unsendable(story):
    """medic/cht-core#10428: 62,000 messages that could not be sent stayed
    scheduled for ever."""
    story.begin("16:35")
    story.twilio.account.faults["send"].append(
        {"fault": "throttle", "times": 9999})
    story.every(120, 12)
    left = story.place.rows("SELECT because FROM message WHERE kind ="
                            " 'question' AND channel = 'sms' AND state = 'expired'")
    need(len(left) == 4 and all(row["because"] for row in left),
         f"{len(left)} have expired")
    need("was not sent" in story.why(ANN), f"nobody says why: {story.why(ANN)}")


def long_then_short(story):
    """nyaruka/courier#362: a long text and a short one after it arrived in
    reverse order."""
    story.begin("10:00")
    story.said(ANN, "no feeling in either leg, I want to kill myself")
    long = []

    def send(go_on, handler, raw):
        if is_to(ANN, raw) and not long:
            long.append(raw)
            time.sleep(0.3)
        return go_on(handler, raw)
    with story.each_send(send):
        story.every(1, 1)
    texts = [body for to, body in story.twilio.took() if to == ANN]
    need(len(texts) == 2 and "999" in texts[0] and "116 123" in texts[1],
         f"in this order: {texts}")


def a_part_is_missing(story):
    """opengovsg/postmangovsg#1150: the first segment failed, the second did
    not, and the message counted as sent."""
    story.begin()
    vonage = clinic.Provider("vonage")
    story.place.gateways(vonage.gateway(), None)
    parts = {"status": "7", "error-text": "barred"}, {
        "status": "0", "message-id": "v1", "to": "447700900101"}
    for bad_first in (True, False):
        vonage.handler.vonage = lambda handler, *_: handler.answer(
            200, {"message-count": "2",
                  "messages": parts if bad_first else parts[::-1]})
        story.place.restore()
        story.place.now = at("16:35")
        story.every(5, 3)
        rows = story.place.rows(
            "SELECT state, attempts FROM message WHERE kind = 'question'"
            " AND channel = 'sms'")
        need({(row["state"], row["attempts"]) for row in rows} ==
             {("unknown", 1)}, f"states: {[tuple(row) for row in rows]}")


def mute_mail_server(story):
    """gammu/gammu#462, #537: one that did not go held up all the others."""
    story.begin()
    story.place.gateways(story.twilio.gateway('timeout = "20s";'),
                         story.mail.gateway('timeout = "8s";'))
    story.mail.account.faults["body"] = "taken-hang"
    with subprocess.Popen(story.place.command("-q", "tick")) as tick:
        until = time.monotonic() + 6
        texts = set()
        while texts != {"accepted"} and time.monotonic() < until:
            time.sleep(0.1)
            texts = {row["state"] for row in story.place.rows(
                "SELECT state FROM message WHERE channel = 'sms'"
                " AND kind = 'question'")}
        mails = {row["state"] for row in story.place.rows(
            "SELECT state FROM message WHERE channel = 'email'"
            " AND kind = 'question'")}
        still = tick.poll() is None
    need(texts == {"accepted"}, f"texts, while the mail hangs: {texts}")
    need(still and mails == {"sending"}, f"it was not mute: {mails}")


def mute_list(story):
    """The same: one that is asked what it took, and does not answer, holds up
    nobody in danger."""
    story.begin()
    place, kannel = story.place, clinic.Provider("kannel")
    for what in ("send", "list"):
        story.twilio.account.faults[what].append(
            {"fault": "hang-after", "times": 99, "seconds": 3})
    mute = story.twilio.gateway('timeout = "2s"; in_flight = 1;')
    place.gateways(mute, None)
    place.budget("20s")
    place.tick()
    states = collections.Counter(row["state"] for row in place.rows(
        "SELECT state FROM message WHERE gateway = 'twilio'"
        " AND kind = 'question'"))
    need(states == {"unknown": 4}, f"not all are in doubt: {states}")
    place.gateways([mute, kannel.gateway()], None)
    place.budget("4s")
    place.now += 300
    story.said(ANN, "numb between my legs and cant wee")
    begun = time.monotonic()
    place.tick()
    took = time.monotonic() - begun
    place.budget("1s")
    need(any("999" in body for to, body in kannel.took() if to == ANN),
         f"no answer: {kannel.took()}")
    need(took < 7, f"that took {took:.0f} seconds")


def half_an_emoji(story):
    """medic/cht-core#7654 and others: a character that is none. In a list of
    replies it must not hide those of all others."""
    story.begin("10:00")
    story.twilio.say(((BEN, "thanks \ud83d"), (CARA, "4 \0"),
                      (ANN, "numb between my legs and cant wee")),
                     story.place.now)
    story.every(5, 1)
    need(any("999" in body for to, body in story.twilio.took() if to == ANN),
         f"no answer: {story.twilio.took()}")
    replies = story.place.rows("SELECT sender, body FROM inbound")
    need({(row["sender"], row["body"]) for row in replies} >=
         {(BEN, "thanks \ufffd"), (CARA, "4 \ufffd")},
         f"replies: {[tuple(row) for row in replies]}")


def one_odd_row(story):
    """gammu/gammu#462 again: a reply that can't be kept is told, and asked for
    again; the others are read, and what is due goes."""
    story.begin()
    place = story.place
    place.rows("CREATE TRIGGER odd BEFORE INSERT ON inbound WHEN NEW.body ="
               " 'odd' BEGIN SELECT RAISE(ABORT, 'odd'); END")
    story.twilio.say(((BEN, "odd"),
                      (ANN, "numb between my legs and cant wee")), place.now)
    story.every(5, 2)
    need(any("999" in body for to, body in story.twilio.took() if to == ANN),
         f"no answer: {story.twilio.took()}")
    one_each(story, ANN)
    need("configuration" in {a["kind"] for a in place.json("alert", "list")},
         "nobody was told")
    place.rows("DROP TRIGGER odd")
    story.every(5, 1)
    need(len(place.rows("SELECT 1 FROM inbound WHERE body = 'odd'")) == 1,
         "it was not asked for again")


def one_odd_alert(story):
    """And an alert that can't be sent again keeps no other from it."""
    story.begin("10:00")
    place = story.place
    for phone in (ANN, BEN):
        story.said(phone, "numb between my legs and cant wee")
    story.every(5, 1)
    first, second = [a["id"] for a in place.json("alert", "list")
                     if a["kind"] == "red-flag"]
    place.rows(f"CREATE TRIGGER odd BEFORE INSERT ON message WHEN "
               f"NEW.alert_id = {first} BEGIN SELECT RAISE(ABORT, 'odd'); END")
    place.now += 6 * 3600
    story.every(5, 1)
    again = place.rows("SELECT 1 FROM message WHERE alert_id = ? AND kind ="
                       " 'clinician-alert'", second)
    need(len(again) == 2, f"the other was told {len(again)} times")
    place.rows("DROP TRIGGER odd")


def tell(place):
    place.budget("1s")
    story = Story(place)
    wrong = 0
    for problem in (stuck_sibling, both_channels, not_dead_yet,
                    rejected_in_the_middle, snapshot, loop_of_machines,
                    reworded, back_again, no_id_no_success, nothing_due,
                    no_such_number, out_of_order, another_number, discharged,
                    unsendable, long_then_short, a_part_is_missing,
                    mute_mail_server, mute_list, half_an_emoji, one_odd_row, one_odd_alert):
        try:
            problem(story)
            place.check()
        except clinic.Wrong as error:
            wrong += 1
            print(f"{problem.__name__}: {error}\n  ({problem.__doc__})")
    need(not wrong, f"{wrong} problems are ours, too")


if __name__ == "__main__":
    clinic.main(tell)
