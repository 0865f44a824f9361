"""storm.py KEEPMOVING CLINIC SEED DAYS - a clinic in a storm.

Some weeks of a clinic at hourly ticks, of which most come to harm: killed at a
random call, out of disk, a failed statement; the gateways break in all their
ways, receipts come, patients answer, write STOP, START and of red flags, the
clock jumps by an hour and back. `receive` is killed as well, and tried again as
a mail server does. After a calm day the accounts must agree. What happens
follows from SEED alone, but for the order in which answers come over wires.
"""

import collections
import random

import clinic
from clinic import need

NAMES = ("Ann Lee", "Ben Okoro", "Cara Diaz", "Dev Patel", "Emil Novak",
         "Fay Wong", "Gus Moran", "Hana Sato")
BY_EMAIL = ("Ona Pike", "Pia Stone")
FAULTS = ("reset-early", "reset-before", "reset-after", "half",
          "garbage-before", "garbage-after", "nonsense", "429",
          "429 after 600", "500-before", "500-after")
MAIL_FAULTS = (("connect", "421 4.3.2 busy"), ("RCPT", "450 4.2.0 later"),
               ("DATA", "reset"), ("body", "reset"), ("body", "taken-reset"),
               ("body", "451 4.3.0 later"))
SAYS = {
    "Worst pain": ("3", "about 4", "0", "7", "2/10", "no pain"),
    "SAME, BETTER or WORSE": ("same", "better", "worse"),
    "DONE or NOT TODAY": ("done", "not today"),
    "Reply NO, or tell us": ("no", "no"),
}
SUDDENLY = ("HELP", "STOP", "START", "what is this?", "can I go running?",
            "numb between my legs and cant wee", "banana", "4", "thanks")


class Storm:
    def __init__(self, place, seed):
        self.place, self.rng = place, random.Random(seed)
        self.asked = seed % 2 == 0
        self.texts = clinic.Twilio() if self.asked else \
            clinic.Provider("kannel")
        self.mail = clinic.Provider("postmark") if self.asked else \
            clinic.Mail()
        self.texts.behind()
        self.count = collections.Counter()
        self.heard = 0
        self.said = []
        self.to_say = []

    # What goes wrong

    def chance(self, share):
        return self.rng.random() < share

    def call(self):
        return self.rng.randrange(1, self.rng.choice((60, 300, 1000, 3000)))

    def break_wires(self):
        self.texts.wire.fault = \
            self.rng.choice(FAULTS) if self.chance(0.2) else None
        if not self.asked:
            self.mail.account.faults.clear()
            if self.chance(0.2):
                step, fault = self.rng.choice(MAIL_FAULTS)
                self.mail.account.faults[step] = fault

    def tick(self, share):
        place = self.place
        if self.asked:
            self.texts.account.fixed_now = clinic.utc(place.now)
        if not self.chance(share):
            place.tick(codes=(0, 75))
            self.count["whole"] += 1
        else:
            harm = self.rng.choice(("killed",) * 8 + ("full", "sql"))
            how = place.harmed_tick(harm, self.call(), (0, 75, -9))
            self.count[harm if how != 0 else "whole"] += 1
        self.texts.quiet()
        self.mail.quiet()

    # What patients say

    def taken(self):
        return [(to, body) for to, body in
                self.texts.took() + self.mail.took()]

    def listen(self):
        """Patients read what came, and most answer, some time."""
        taken = self.texts.took()
        for to, body in taken[self.heard:]:
            for words, answers in SAYS.items():
                if words in body and self.chance(0.7):
                    self.later(to, self.rng.choice(answers))
        self.heard = len(taken)
        if self.chance(0.1):
            self.later(self.rng.choice(self.phones),
                       self.rng.choice(SUDDENLY))

    def later(self, sender, text):
        self.to_say.append((self.place.now + self.rng.randrange(60, 20000),
                            sender, text))

    def speak(self):
        due = sorted(s for s in self.to_say if s[0] <= self.place.now)
        self.to_say = [s for s in self.to_say if s[0] > self.place.now]
        for _, sender, text in due:
            number = len(self.said)
            self.said.append(text)
            if self.asked:
                self.texts.account.add(sender, clinic.NUMBER, text, "inbound",
                                       "received")
            else:
                self.receive(sender, f"said-{number}", text)

    def receive(self, sender, name, text):
        """As a gateway's script does: again, until it was well."""
        words = ("receive", "--from", sender, "--id", name, text)
        if self.chance(0.3) and self.place.harmed(
                "killed", self.call(), (0, -9), *words) != 0:
            self.count["receive killed"] += 1
            self.place.run(*words)
        elif self.chance(0.1):
            self.place.run(*words)
            self.place.run(*words)
        else:
            self.place.run(*words)

    def clinician(self):
        for alert in self.place.json("alert", "list"):
            if alert["state"] == "open":
                self.place.run("alert", "ack", str(alert["id"]))
            elif self.chance(0.5):
                self.place.run("alert", "close", str(alert["id"]),
                               "--outcome", "seen", "--by", "Sam")

    # The weeks

    def begin(self):
        place = self.place
        place.gateways(self.texts.gateway('timeout = "20s"; in_flight = 4;'),
                       self.mail.gateway('timeout = "20s";'))
        self.texts.begin((), place.now)
        self.mail.begin((), place.now)
        self.phones = [f"+4477009001{n:02d}" for n in range(len(NAMES))]
        for name, phone in zip(NAMES, self.phones):
            place.enrol(name, phone)
        for name in BY_EMAIL:
            place.enrol(name, None,
                        name.split()[0].lower() + "@patients.example")

    def weeks(self, days):
        place, begun = self.place, self.place.now
        for hour in range(days * 24):
            if not 6 <= hour % 24 <= 21 and not self.chance(0.1):
                continue
            place.now = begun + hour * 3600 + self.rng.randrange(600)
            if self.chance(0.05):
                place.now += self.rng.choice((-3600, 3600))
                self.count["clock jumped"] += 1
            self.break_wires()
            self.speak()
            self.tick(0.6)
            # A few minutes later cron starts the next one.
            if self.chance(0.3):
                place.now += 300
                self.tick(0.6)
            self.listen()
            if self.chance(0.05):
                self.clinician()

    def calm(self):
        self.texts.wire.fault = None
        self.to_say = []
        if not self.asked:
            self.mail.account.faults.clear()
        for _ in range(26):
            self.place.now += 3600
            self.tick(0)

    # The accounts

    def judge(self):
        place = self.place
        place.check()
        rows = place.rows("SELECT * FROM message WHERE kind <> 'review'")
        ours = collections.Counter(
            (row["address"], row["body"].strip()) for row in rows
            if row["state"] in clinic.TOOK)
        doubt = collections.Counter(
            (row["address"], row["body"].strip()) for row in rows
            if row["state"] == "unknown")
        again = collections.Counter()
        for row in rows:
            if row["kind"] in ("safety-net", "clinician-alert"):
                again[row["address"], row["body"].strip()] += \
                    row["attempts"] - 1
        theirs = collections.Counter(
            (to, body.strip()) for to, body in self.taken())
        for message in ours | theirs:
            least = ours[message]
            most = least if self.asked else \
                least + doubt[message] + again[message]
            need(least <= theirs[message] <= most,
                 f"taken {theirs[message]} times, on record as taken "
                 f"{least} times, {doubt[message]} in doubt: {message}")
        need(not self.asked or not doubt, f"{len(doubt)} are left in doubt")
        heard = collections.Counter(
            row["body"] for row in place.rows("SELECT body FROM inbound"))
        need(heard == collections.Counter(self.said),
             f"said and heard differ: {heard - collections.Counter(self.said)}"
             f" {collections.Counter(self.said) - heard}")
        unread = place.rows("SELECT * FROM inbound WHERE read_at IS NULL")
        need(not unread, f"{len(unread)} replies are not read")
        need(sum(theirs.values()) > 60 and len(self.said) > 10,
             f"only {sum(theirs.values())} messages, {len(self.said)} replies")


def story(place, seed, days):
    seed = int(seed)
    place.budget("1s")
    storm = Storm(place, seed)
    try:
        storm.begin()
        storm.weeks(int(days))
        storm.calm()
        storm.judge()
    except clinic.Wrong as wrong:
        raise clinic.Wrong(f"seed {seed}, {days} days: {wrong}") from None
    print(f"seed {seed}: {len(storm.taken())} messages, {len(storm.said)} "
          "replies; " + ", ".join(f"{n} {what}" for what, n in
                                  sorted(storm.count.items())), flush=True)


if __name__ == "__main__":
    clinic.main(story)
