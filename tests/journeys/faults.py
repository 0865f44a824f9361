"""faults.py KEEPMOVING CLINIC http|smtp [FAULT] - gateways that fail, by a table.

Each row is what comes over every message of one tick, and what must hold once
the gateway works again: of two questions, an answer to somebody in danger and
an alert to a clinician, each by that gateway.

  once    all were taken once: surely not before, or the provider was asked
  none    the provider can't be asked, and had not taken them: the questions
          are not repeated, for they might have been; the answer and the alert
          are, once
  doubt   it can't be asked, and had taken them: the questions went once, the
          answer and the alert twice
  config  nothing went while it lasted, and the clinic was told; then all once
  failed  a final no: nothing went, nor later, and the clinic was told
"""

import collections
import subprocess

import clinic
from clinic import Wrong, need

# Of Twilio, whose list can be asked; of a phone that knows our id; of Kannel,
# which can't be asked.
HTTP = (
    ("refused", "once", "once", "once"),
    ("reset-early", "once", "once", "none"),
    ("reset-before", "once", "once", "none"),
    ("reset-after", "once", "once", "doubt"),
    ("hang-before", "once", "once", "none"),
    ("hang-after", "once", "once", "doubt"),
    ("half", "once", "once", "doubt"),
    ("garbage-before", "once", "once", "none"),
    ("garbage-after", "once", "once", "doubt"),
    ("nonsense", "once", "once", "none"),
    ("429", "once", "once", "once"),
    ("429 after 1500", "once", "once", "once"),
    ("500-before", "once", "once", "none"),
    ("500-after", "once", "once", "doubt"),
    ("slow", "once", "once", "once"),
    ("certificate", "config", "config", "config"),
)

# Of a mail server, by the step at which it comes.
SMTP = (
    ("connect", "421 4.3.2 busy", "once"),
    ("connect", "554 5.3.2 no service here", "config"),
    ("connect", "reset", "once"),
    ("connect", "hang", "once"),
    ("EHLO", "reset", "once"),
    ("EHLO", "hang", "once"),
    ("MAIL", "451 4.3.0 later", "once"),
    ("MAIL", "550 5.7.1 not by you", "config"),
    ("MAIL", "reset", "once"),
    ("MAIL", "hang", "once"),
    ("RCPT", "450 4.2.0 later", "once"),
    ("RCPT", "552 5.2.2 mailbox full", "once"),
    ("RCPT", "550 5.1.1 no such mailbox", "failed"),
    ("RCPT", "550 5.7.1 policy", "failed"),
    ("RCPT", "554 5.7.1 Relay access denied", "config"),
    ("RCPT", "reset", "once"),
    ("RCPT", "hang", "once"),
    ("DATA", "451 4.3.0 later", "once"),
    ("DATA", "554 5.5.1 no", "failed"),
    ("DATA", "reset", "once"),
    ("DATA", "hang", "once"),
    ("body", "451 4.3.0 later", "once"),
    ("body", "554 5.7.1 spam", "failed"),
    ("body", "552 5.3.4 too big", "failed"),
    ("body", "reset", "none"),
    ("body", "taken-reset", "doubt"),
    ("body", "hang", "none"),
    ("body", "taken-hang", "doubt"),
    ("body", "slow", "once"),
    ("QUIT", "reset", "once"),
    ("QUIT", "hang", "once"),
    ("STARTTLS", "454 4.7.0 not now", "once"),
    ("STARTTLS", "certificate", "config"),
    ("STARTTLS", "not offered", "config"),
)

QUESTION, DANGER, ALERT = "question", "safety-net", "clinician-alert"
PEOPLE = 2
# Minutes until each of the ticks that carry on; the later ones are for what was
# put off.
RECOVERY = (5, 7, 23, 40)


def prepare(place, sms):
    """A question due for two, and somebody who wrote of a red flag."""
    people = (("Ann Lee", "07700900101"), ("Ben Okoro", "07700900102"),
              ("Dev Patel", "07700900103"))
    for name, phone in people:
        mailbox = name.split()[0].lower() + "@patients.example"
        place.enrol(name, *((phone, None) if sms else (None, mailbox)))
    place.tick(300)
    place.tick(clinic.seconds("2026-03-04T16:27:00+00:00") - place.now)
    place.now += 480
    place.run("receive", "--from", "07700900103" if sms else
              "dev@patients.example", "numb between my legs and cant wee")
    place.save()


def certificate(place):
    """One that nobody has any reason to trust."""
    path = place.folder / "certificate.pem"
    if not path.exists():
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
             "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj",
             "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
             "-keyout", path, "-out", place.folder / "certificate.crt"],
            check=True, capture_output=True)
        path.write_text(path.read_text() +
                        (place.folder / "certificate.crt").read_text())
    return str(path)


def taken(place, door):
    """How often each kind was taken, by their account. Of alerts only that of
    the red flag counts: a gateway that fails makes more of them."""
    kind_of = {(row["address"], row["body"].strip()): row["kind"]
               for row in place.rows("SELECT * FROM message")}
    found = [(kind_of.get((to, body.strip()), "on no record"), body)
             for to, body in door.took()]
    return collections.Counter(kind for kind, body in found
                               if kind != ALERT or "red-flag" in body)


def states(place, gateway):
    return collections.Counter(
        (row["kind"], row["state"]) for row in place.rows(
            "SELECT * FROM message WHERE gateway = ? AND queued_at > ?",
            gateway, place.saved_at - 1))


def alerts(place):
    return {alert["kind"] for alert in place.json("alert", "list")}


def expect(what, wanted, got):
    need(wanted == got, f"{what}: expected {wanted}, got {got}")


def judge_now(place, door, fate):
    """Right after the tick that failed."""
    got = taken(place, door)
    if fate in ("config", "failed"):
        expect("taken while it lasted", collections.Counter(), got)
        # Of an address that takes nothing, or a text that is refused.
        need("gateway" in alerts(place) if fate == "config" else
             alerts(place) & {"undeliverable", "configuration"},
             f"nobody was told: {alerts(place)}")
    need(all(count <= (PEOPLE if kind == QUESTION else 1)
             for kind, count in got.items()), f"at once: {got}")


def judge_end(place, door, name, fate):
    repeated = {"doubt": 2, "failed": 0}.get(fate, 1)
    asked = {"none": 0, "failed": 0}.get(fate, PEOPLE)
    expect("taken in the end", collections.Counter(
        {QUESTION: asked, DANGER: repeated, ALERT: repeated}) +
        collections.Counter(), taken(place, door) + collections.Counter())
    left = states(place, name)
    if fate in ("none", "doubt"):
        expect("questions in doubt", PEOPLE, left[QUESTION, "unknown"])
    elif fate == "failed":
        expect("failed", PEOPLE, left[QUESTION, "failed"])
    else:
        expect("questions that went", PEOPLE,
               left[QUESTION, "accepted"] + left[QUESTION, "delivered"])
    for kind, state in left:
        need(state not in ("queued", "sending"), f"a {kind} is still {state}")
    place.check()


def run_row(place, door, name, fate, breaks, mends, hangs):
    """The tick fails; then the gateway works again."""
    place.restore()
    door.begin((), place.now)
    breaks()
    place.budget("4m" if hangs else "1s")
    place.tick()
    door.quiet()
    judge_now(place, door, fate)
    mends()
    for minutes in RECOVERY:
        place.tick(minutes * 60)
    judge_end(place, door, name, fate)


def http_row(place, doors, fault, name, fate):
    door = doors[name, fault == "certificate"]
    closed = "1" if fault == "refused" else None
    timeout = "2s" if fault.startswith("hang") else "20s"

    def gateway(port=None):
        text = door.gateway(f'timeout = "{timeout}";')
        if port is not None:
            text = text.replace(f":{door.reached_at()}", f":{port}")
        place.gateways(text, None)

    def breaks():
        gateway(closed)
        door.wire.fault = fault if closed is None else None

    def mends():
        door.wire.fault = None
        if fault == "certificate":
            place.gateways(doors[name, False].gateway(), None)
            doors[name, False].account = door.account
            doors[name, False].handler.account = door.account
        else:
            gateway()
    run_row(place, door, name, fate, breaks, mends, fault.startswith("hang"))


def tell_http(place, only):
    doors = {}
    for name, make in (("twilio", clinic.Twilio),
                       ("smsgate", lambda: clinic.Provider("smsgate")),
                       ("kannel", lambda: clinic.Provider("kannel"))):
        doors[name, False] = make()
        doors[name, False].behind()
        doors[name, True] = make()
        doors[name, True].behind(certificate(place))
        doors[name, True].scheme = "https"
    prepare(place, True)
    for fault, *fates in HTTP:
        for name, fate in zip(("twilio", "smsgate", "kannel"), fates):
            if only in (None, fault):
                tell(f"{name}, {fault}", http_row, place, doors, fault, name,
                     fate)


def smtp_row(place, door, step, fault, fate):
    tls = "tls = true;" if step == "STARTTLS" else ""
    limits = 'timeout = "20s";'
    if fault.endswith("hang"):
        # One after the other, so that each comes as far as that step.
        limits = f'timeout = "{2 if step == "body" else 1}s"; in_flight = 1;'

    def breaks():
        place.gateways(None, door.gateway(limits + tls))
        door.handler.certificate = certificate(place) \
            if tls and fault != "not offered" else None
        if fault not in ("certificate", "not offered"):
            door.account.faults[step] = fault

    def mends():
        door.account.faults.clear()
        place.gateways(None, door.gateway())
    run_row(place, door, "mail", fate, breaks, mends, fault.endswith("hang"))
    expect("what it did not understand", [], door.account.complaints)


def one_mailbox_is_full(place, door):
    """It is put off, and holds up nobody else."""
    place.restore()
    door.begin((), place.now)
    place.gateways(None, door.gateway('timeout = "20s"; in_flight = 1;'))
    full = ("RCPT", "dev@patients.example")
    door.account.faults[full] = "452 4.2.2 mailbox full"
    place.tick()
    expect("taken beside the full one", collections.Counter(
        {QUESTION: PEOPLE, ALERT: 1}), taken(place, door))
    del door.account.faults[full]
    for minutes in RECOVERY:
        place.tick(minutes * 60)
    judge_end(place, door, "mail", "once")


def tell_smtp(place, only):
    door = clinic.Mail()
    prepare(place, False)
    tell("one mailbox is full", one_mailbox_is_full, place, door)
    for step, fault, fate in SMTP:
        if only in (None, fault):
            tell(f"{step}, {fault}", smtp_row, place, door, step, fault, fate)


def tell(name, row, *arguments):
    try:
        row(*arguments)
    except Wrong as wrong:
        print(f"{name}: {wrong}")
        WRONG.append(name)


WRONG = []


def story(place, which, only=None):
    place.gateways(None, None)
    {"http": tell_http, "smtp": tell_smtp}[which](place, only)
    need(not WRONG, f"{len(WRONG)} rows do not hold")


if __name__ == "__main__":
    clinic.main(story)
