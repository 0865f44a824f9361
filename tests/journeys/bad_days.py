"""bad_days.py KEEPMOVING CLINIC - the stories of bad_days.sh."""

import collections
import sqlite3
import threading
import time

import clinic
from clinic import need

WEDNESDAY = clinic.seconds("2026-03-04T16:35:00+00:00")
PHONES = ["+447700900101", "+447700900102", "+447700900103"]


class Writer:
    """Another program that has the database to itself."""

    def __init__(self, place):
        self.base = sqlite3.connect(place.folder / "keepmoving.db",
                                    isolation_level=None, timeout=10,
                                    check_same_thread=False)

    def lock(self):
        self.base.execute("BEGIN IMMEDIATE")

    def unlock(self):
        self.base.execute("ROLLBACK")


def questions(door):
    return collections.Counter(to for to, body in door.took()
                               if "Worst pain" in body)


def all_once(place, door):
    need(questions(door) == {phone: 1 for phone in PHONES},
         f"questions taken: {questions(door)}")
    left = place.rows("SELECT state FROM message WHERE state IN"
                      " ('queued', 'sending', 'unknown')")
    need(not left, f"{len(left)} messages are left")
    place.check()


def begin(place, door, at=WEDNESDAY):
    place.restore()
    place.now = at
    door.begin((), at)
    if door.wire is not None:
        door.wire.fault = None


def refused_tick(place):
    """It can't, and says so in a line."""
    done = place.harmed("none", -1, (75,), "-q", "tick")
    need(done == 75, f"exit status {done}")


def locked_from_the_start(place, door):
    begin(place, door)
    writer = Writer(place)
    writer.lock()
    refused_tick(place)
    need(not questions(door), "sent, though nothing could be recorded")
    writer.unlock()
    place.tick(60)
    place.tick(300)
    all_once(place, door)


def locked_for_a_moment(place, door):
    """Others are waited for."""
    begin(place, door)
    writer = Writer(place)
    writer.lock()
    waiter = threading.Timer(0.7, writer.unlock)
    waiter.start()
    place.tick()
    waiter.join()
    place.tick(300)
    all_once(place, door)


def locked_between_sending_and_knowing(place, door):
    """It comes to have the database when the provider has the messages."""
    begin(place, door)
    writer = Writer(place)
    locked = threading.Lock()
    send = door.handler.send

    def take(handler, raw):
        if locked.acquire(blocking=False):
            writer.lock()
        send(handler, raw)
    door.handler.send = take
    try:
        refused_tick(place)
    finally:
        door.handler.send = send
    need(locked.locked(), "nothing was sent")
    writer.unlock()
    for minutes in (1, 5, 5):
        place.tick(minutes * 60)
    all_once(place, door)


def locked_for_longer_than_is_waited(place, door):
    """What is known is written when it can be, without asking again."""
    begin(place, door)
    writer = Writer(place)
    locked = threading.Lock()
    waiter = threading.Timer(6.5, writer.unlock)
    send = door.handler.send

    def take(handler, raw):
        if locked.acquire(blocking=False):
            writer.lock()
            waiter.start()
        send(handler, raw)
    door.handler.send = take
    try:
        refused_tick(place)
    finally:
        door.handler.send = send
    waiter.join()
    states = collections.Counter(row[0] for row in place.rows(
        "SELECT state FROM message WHERE accepted_at IS NOT NULL"
        " OR state = 'sending'"))
    need("sending" not in states, f"known, and not written down: {states}")
    place.tick(60)
    all_once(place, door)


def a_reader_stays(place, door):
    """Somebody who reads all the time is in nobody's way."""
    begin(place, door)
    reader = sqlite3.connect(place.folder / "keepmoving.db",
                             isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM message").fetchall()
    place.tick()
    place.tick(300)
    reader.close()
    all_once(place, door)


def back_after_three_days(place, door, fault):
    """Each gets the newest of what is still of use, and no more; the others
    are on record with their reason. The clinic was told."""
    begin(place, door)
    door.wire.fault = fault
    while place.now < WEDNESDAY + 3 * 86400:
        place.tick(3600)
    need(not questions(door), "taken by nobody's leave")
    kinds = {alert["kind"] for alert in place.json("alert", "list")}
    need("gateway" in kinds, f"of a dead gateway nobody was told: {kinds}")
    need("does not work since" in place.run("doctor", codes=(0, 69, 75, 78)),
         "doctor finds nothing")
    door.wire.fault = None
    before = len(door.took())
    for _ in range(4):
        place.tick(3600)
    after = collections.Counter(to for to, _ in door.took()[before:]
                                if to in PHONES)
    need(all(count == 1 for count in after.values()) and
         len(after) <= len(PHONES), f"a flood: {after}")
    need("does not work since" not in
         place.run("doctor", codes=(0, 69, 75, 78)), "doctor goes on of it")
    place.check()


def given_up_in_the_middle(place):
    """A tick that can't go on drops a mail before its text was handed over:
    no patient gets an empty one."""
    place.restore()
    for name in ("sue", "tim"):
        place.enrol(name.title() + " Thorne", None, f"{name}@patients.example")
    mail = clinic.Mail()
    place.gateways(None, mail.gateway('timeout = "20s"; in_flight = 2;'))
    mail.account.slow_s = 7
    mail.account.faults["DATA", "tim@patients.example"] = "late"
    writer, take = Writer(place), mail.account.take

    def take_and_lock(to, raw):
        take(to, raw)
        if to.startswith("sue"):
            writer.lock()
    mail.account.take = take_and_lock
    place.now += 60
    refused_tick(place)
    writer.unlock()
    mail.quiet()
    need(all(body.strip() for _, body in mail.took()),
         f"an empty mail: {mail.took()}")
    del mail.account.faults["DATA", "tim@patients.example"]
    for minutes in (2, 10, 10):
        place.tick(minutes * 60)
    got = collections.Counter(to for to, _ in mail.took())
    need(got["tim@patients.example"] <= 1 and
         got["sue@patients.example"] == 1, f"taken: {got}")


def clock_jumps(place, door):
    """An hour on and an hour back, about the evening's end and the morning's
    beginning and at the minute of a question."""
    for at in ("19:40", "07:30", "16:25"):
        begin(place, door, clinic.seconds(f"2026-03-04T{at}:00+00:00"))
        start = place.now
        for jump in (0, 3600, 300, 3900, 600, 4200, 7800):
            place.now = start + jump
            place.tick()
        need(all(count == 1 for count in questions(door).values()),
             f"at {at}: {questions(door)}")
        need(at == "07:30" or len(questions(door)) == len(PHONES),
             f"at {at}: {questions(door)}")
        place.check()


def story(place):
    place.gateways(None, None)
    for name, phone in zip(("Ann Lee", "Ben Okoro", "Cara Diaz"), PHONES):
        place.enrol(name, phone)
    place.tick(300)
    place.save()
    door = clinic.Twilio()
    place.gateways(door.gateway('timeout = "20s";'), None)
    locked_from_the_start(place, door)
    locked_for_a_moment(place, door)
    locked_for_longer_than_is_waited(place, door)
    locked_between_sending_and_knowing(place, door)
    a_reader_stays(place, door)
    clock_jumps(place, door)
    place.budget("1s")
    door.behind()
    place.gateways(door.gateway('timeout = "20s";'), None)
    back_after_three_days(place, door, "401")
    back_after_three_days(place, door, "503")
    mute = clinic.Provider("kannel")
    mute.behind()
    place.gateways(mute.gateway('timeout = "20s";'), None)
    back_after_three_days(place, mute, "429")
    place.budget("4m")
    given_up_in_the_middle(place)


if __name__ == "__main__":
    clinic.main(story)
