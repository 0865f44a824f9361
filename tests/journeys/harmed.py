"""harmed.py KEEPMOVING CLINIC POINTS HARM... - a tick comes to harm.

HARM is a kind of harm.c, POINTS at how many of a tick's calls it comes, for
each pair of gateways, or "all". A tick of a clinic with dozens of messages is
harmed there; the next ones carry on; then the account of what was taken must
be the one that a tick leaves which nothing happens to.
"""

import collections
import os
import re

import clinic
from clinic import Wrong, need

NAMES = ("Ann Lee", "Ben Okoro", "Cara Diaz", "Dev Patel", "Emil Novak",
         "Fay Wong", "Gus Moran", "Hana Sato", "Ivo Brandt", "Jo Quist",
         "Kim Raleigh", "Lou Tanner", "Mia Ferris", "Ned Harlow")
BY_EMAIL = ("Ona Pike", "Pia Stone", "Rex Vance")
BY_BOTH = "Sue Thorne"
REPLIES = ("6", "HELP", "STOP", "numb between my legs and cant wee", "banana",
           "can I go swimming?", "wrong number", "0")
REPEATED = ("safety-net", "clinician-alert")
IN_FLIGHT = 4
# Minutes until each of the ticks that carry on. Nobody who can't be asked is
# waited for longer than these.
RECOVERY = (1, 2, 3, 5)


def phone(number):
    return f"+4477009001{number:02d}"


def mailbox(name):
    return name.split()[0].lower() + "@patients.example"


def prepare(place):
    """A Wednesday with a question for most, a moment before it is due."""
    for number, name in enumerate(NAMES):
        place.enrol(name, phone(number))
    for name in BY_EMAIL:
        place.enrol(name, None, mailbox(name))
    place.enrol(BY_BOTH, phone(50), mailbox(BY_BOTH))
    place.tick(300)
    place.tick(clinic.seconds("2026-03-04T16:25:00+00:00") - place.now)
    place.now += 600
    place.save()


class Pair:
    """The gateways of both channels, None being a spool, and whether their
    providers can say what they have."""

    def __init__(self, place, name, sms, email, sure):
        self.place, self.name, self.sure = place, name, sure
        self.sms, self.email = sms, email
        self.some = [one for one in (sms, email) if one is not None]

    REPLIES = [(phone(number), text) for number, text in enumerate(REPLIES)]

    def begin(self, replies=True):
        """Replies are there to be collected; without: they come later."""
        place = self.place
        place.restore()
        place.gateways(*(one and one.gateway(
            f'timeout = "20s"; in_flight = {IN_FLIGHT};')
            for one in (self.sms, self.email)))
        for one in self.some:
            one.begin((), place.now)
        if replies:
            self.reply()

    def reply(self):
        if self.is_asked():
            self.sms.say(self.REPLIES, self.place.now)
            return
        for sender, text in self.REPLIES:
            self.place.run("receive", "--from", sender, "--id", sender, text)

    def is_asked(self):
        """Does the tick have to ask its gateway for replies?"""
        return self.sms is not None and self.sms.lists_replies

    def took(self):
        """What all of them have, and how often."""
        count = collections.Counter(map(plain, self.place.spooled()))
        for one in self.some:
            count.update(map(plain, one.took()))
        return count

    def settle(self):
        for one in self.some:
            one.quiet()


def plain(message):
    """An address and a text, but for the number of an alert."""
    to, body = message
    return to, re.sub(r"\b([Aa]lert|ACK) [0-9]+", r"\1 N", body.strip())


def recover(place):
    for minutes in RECOVERY:
        place.tick(minutes * 60)


def kinds(place):
    return {plain((row["address"] or "", row["body"])): row["kind"]
            for row in place.rows("SELECT * FROM message")}


def judge(pair, kind_of, wanted, got, more=()):
    """Nothing lost and nothing twice; where nobody can be asked, by the rule
    of the kind, and only what was under way. more: kinds of which a tick that
    limped on may have sent one that a whole one had no reason for."""
    lost, wrong = 0, []
    for message in wanted | got:
        off = got[message] - wanted[message]
        kind = kind_of.get(message, "on no record")
        if off == 0 or (wanted[message] == 0 and kind in more):
            continue
        if pair.sure or off != (1 if kind in REPEATED else -1):
            wrong.append(f"taken {got[message]} times, not {wanted[message]}: "
                         f"{kind} {message}")
        lost += off < 0
    need(not wrong, "\n".join(wrong))
    need(lost <= IN_FLIGHT * len(pair.some), f"{lost} were lost")
    doubt = pair.place.rows(
        "SELECT because FROM message WHERE state = 'unknown'")
    need(lost <= len(doubt), f"{lost} were lost, {len(doubt)} are in doubt")
    need(not pair.sure or not doubt, f"{len(doubt)} are left in doubt")
    pair.place.check()


def chosen(calls, points):
    """Where harm comes. "all": at every call but of nine in ten pages and
    allocations. Else half of the points are where the world outside is
    touched, the others in between, evenly spread."""
    inside = ("sqlite3_step", "pwrite64", "write", "malloc", "calloc",
              "realloc")
    if points == "all":
        return [n for n, call in enumerate(calls, 1)
                if n % 10 == 0 or call not in inside[1:]]
    world = [n for n, call in enumerate(calls, 1) if call not in inside]
    rest = [n for n, call in enumerate(calls, 1) if call in inside]
    half = int(points) // (2 if world else 1)
    return sorted({some[len(some) * n // half] for some in (world, rest)
                   for n in range(half) if some})


# How a tick ends that comes to harm, what part of them must, and the kinds that
# may be added: a reply that could not be read is read once its question is
# there, and the clinic is told why. Not every library minds its memory: dying
# for the lack of it is as good as saying so; libconfig ends the program with 2,
# or takes a text for an empty one, over which the configuration is refused.
ENDS = {"killed": ((-9,), 0.9, ()),
        "full": ((75,), 0.5, ()),
        "sql": ((75,), 0.9, ()),
        "memory": ((2, 70, 75, 78, -5, -11), 0.3, ("answer", "clinician-alert"))}


def calm(pair, harm):
    """A tick that comes to no harm, and where the gateway has to be asked for
    replies, one that did not get them: the calls of the first, what each then
    took, and of which kinds."""
    place = pair.place
    trace = place.folder / "trace"
    pair.begin()
    place.harmed_tick(harm, -1, (0,), trace)
    pair.settle()
    recover(place)
    calls, accounts, kind_of = trace.read_text().split(), [pair.took()], \
        kinds(place)
    judge(pair, kind_of, accounts[0], accounts[0])
    if pair.is_asked() and harm == "memory":
        pair.begin(replies=False)
        place.tick()
        pair.reply()
        recover(place)
        accounts.append(pair.took())
        kind_of |= kinds(place)
    return calls, accounts, kind_of


def judge_any(pair, kind_of, accounts, more):
    """By the account of a tick without harm, or of one that had to go on
    without its replies."""
    got, wrongs = pair.took(), []
    for wanted in accounts:
        try:
            return judge(pair, kind_of, wanted, got, more)
        except Wrong as wrong:
            wrongs.append(wrong)
    raise wrongs[0]


def sweep(pair, harm, points):
    place = pair.place
    calls, accounts, kind_of = calm(pair, harm)
    messages = sum(accounts[0].values())
    need(len(calls) > 100 and messages > 45,
         f"only {len(calls)} calls and {messages} messages")

    ends, share, more = ENDS[harm]
    harmed, points = 0, chosen(calls, points)
    for point in points:
        try:
            pair.begin()
            harmed += place.harmed_tick(harm, point, (0, *ends)) != 0
            pair.settle()
            recover(place)
            judge_any(pair, kind_of | kinds(place), accounts, more)
        except Wrong as wrong:
            raise Wrong(f"{pair.name}, {harm} at call {point} of "
                        f"{len(calls)}, {calls[point - 1]}: {wrong}") from None
    # The order of what comes over wires differs a little from run to run.
    need(harmed >= share * len(points), f"only {harmed} were harmed")
    print(f"{pair.name}: {messages} messages, {len(calls)} calls, "
          f"{harmed} times {harm}", flush=True)


def story(place, points, *harms):
    only = os.environ.get("PAIR")
    place.gateways(None, None)
    prepare(place)
    pairs = (
        Pair(place, "files", None, None, True),
        Pair(place, "a list", clinic.Twilio(), clinic.Provider("postmark"),
             True),
        Pair(place, "our own id", clinic.Provider("smsgate"), None, True),
        Pair(place, "nobody to ask", clinic.Provider("kannel"),
             clinic.Mail(), False))
    for harm in harms:
        for pair in pairs:
            if only in (None, pair.name):
                sweep(pair, harm, points)


if __name__ == "__main__":
    clinic.main(story)
