"""clinic.py - a clinic for the stories that are told in Python.

The story's shell side (lib.sh) has made $CLINIC with a configuration whose
gateways are files of their own, "sms.cfg" and "email.cfg"; here they are
chosen, ticks run at any time and die where told, and what is on record is
compared with what the stand-ins took. A clinic is saved and put back, so that
each of many cases has the same beginning.
"""

import argparse
import datetime
import json
import os
import pathlib
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE / "standins"))

import invariants  # noqa: E402
import providers  # noqa: E402
import smtp  # noqa: E402
import twilio  # noqa: E402
import wire  # noqa: E402

SECRET = providers.SECRET
ACCOUNT = "AC00000000000000000000000000000001"
NUMBER = "+447700900000"
TOOK = ("accepted", "delivered", "undelivered")


class Wrong(Exception):
    """Something is not as it must be; its words say what."""


def need(truth, why):
    if not truth:
        raise Wrong(why)


def seconds(text):
    return int(datetime.datetime.fromisoformat(text).timestamp())


def utc(at):
    return datetime.datetime.fromtimestamp(at, datetime.timezone.utc)


def rfc3339(at):
    return utc(at).strftime("%Y-%m-%dT%H:%M:%SZ")


class Clinic:
    def __init__(self, keepmoving, folder):
        self.program = keepmoving
        self.folder = pathlib.Path(folder)
        self.config = self.folder / "keepmoving.cfg"
        self.now = seconds("2026-03-02T09:00:00+00:00")

    def gateways(self, *sms_and_email):
        """One for each channel, or several in their order; None: a spool."""
        for channel, some in zip(("sms", "email"), sms_and_email):
            some = some or f'name = "{channel}"; driver = "spool"; ' \
                'path = "spool";'
            some = [some] if isinstance(some, str) else some
            path = self.folder / f"{channel}.cfg"
            path.write_text(",\n".join("{ %s }" % one for one in some))
            path.chmod(0o600)

    def budget(self, time):
        """How long a tick waits for a gateway that asks for patience."""
        text = re.sub(r'tick_budget = "[^"]*"', f'tick_budget = "{time}"',
                      self.config.read_text())
        self.config.write_text(text)

    # Running

    def preload(self, harm):
        """harm.c, compiled once; with an allocator only where it's asked for,
        which a sanitizer would not bear."""
        memory = ["-DHARM_MEMORY"] if harm == "memory" else []
        out = self.folder / f"harm{len(memory)}.so"
        if not out.exists():
            subprocess.run(
                ["gcc", "-D_GNU_SOURCE", "-shared", "-fPIC", "-O1", *memory,
                 "-o", out, HERE / "harm.c", "-ldl"], check=True)
        return str(out)

    def command(self, *argv):
        return [self.program, "-c", str(self.config), "--now",
                rfc3339(self.now), *argv]

    def run(self, *argv, codes=(0,), stdin=None, leaks=True):
        """What it says on stdout; how it may end is one of the codes."""
        environment = dict(os.environ)
        if not leaks:
            environment["ASAN_OPTIONS"] += ":detect_leaks=0"
        done = subprocess.run(self.command(*argv), capture_output=True,
                              text=True, input=stdin, env=environment)
        need(done.returncode in codes,
             f"exit status {done.returncode} of {argv}: {done.stderr}")
        return done.stdout

    def json(self, *argv):
        return json.loads(self.run(*argv, "--json"))

    def tick(self, after=0, codes=(0,)):
        """Looking for leaks is a third of a tick's time; the unit tests and
        other commands look for them."""
        self.now += after
        self.run("-q", "tick", codes=codes, leaks=False)

    def harmed(self, harm, at, codes, *argv, trace=None):
        """Runs it, and harm comes over it at its at-th call, of which 1 is
        the first; how it ended."""
        environment = {
            **os.environ, "LD_PRELOAD": self.preload(harm), "HARM": harm,
            "HARM_AT": str(at),
            # The sanitizer wants to be loaded first; here it need not be.
            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") +
            ":verify_asan_link_order=0:detect_leaks=0"}
        if trace is not None:
            trace.unlink(missing_ok=True)
            environment["HARM_TRACE"] = str(trace)
        done = subprocess.run(self.command(*argv), env=environment,
                              capture_output=True, text=True)
        need(done.returncode in codes,
             f"exit status {done.returncode}: {done.stderr}")
        # What a gateway did wrong is told as well, whatever came then.
        own = [line for line in done.stderr.splitlines()
               if not line.startswith("keepmoving: gateway ")]
        need(done.returncode != 75 or len(own) == 1,
             f"not one line: {done.stderr}")
        return done.returncode

    def harmed_tick(self, harm, at, codes, trace=None):
        return self.harmed(harm, at, codes, "-q", "tick", trace=trace)

    # Patients

    def enrol(self, name, phone=None, email=None, *options):
        """A reference, and consent of today."""
        where = (["--phone", phone] if phone else []) + \
            (["--email", email] if email else [])
        if phone and email:
            where += ["--channel", "both"]
        return self.run("enrol", "--name", name, *where, "--plan", "low-back",
                        "--consent", rfc3339(self.now)[:10], "--set",
                        "aggravator=sitting", *options).strip()

    # The same beginning for each case

    def saved(self):
        return [*self.folder.glob("keepmoving.db*"), self.folder / "spool"]

    def save(self):
        shutil.rmtree(self.folder / "saved", ignore_errors=True)
        (self.folder / "saved").mkdir()
        self.copy(self.saved(), self.folder / "saved")
        self.saved_at = self.now

    def restore(self):
        for path in self.saved():
            self.drop(path)
        self.copy((self.folder / "saved").iterdir(), self.folder)
        self.now = self.saved_at

    @staticmethod
    def drop(path):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()

    @staticmethod
    def copy(paths, into):
        for path in paths:
            if path.is_dir():
                shutil.copytree(path, into / path.name)
            else:
                shutil.copy2(path, into / path.name)

    # What is on record

    def rows(self, sql, *values):
        with sqlite3.connect(self.folder / "keepmoving.db",
                             timeout=10) as base:
            base.row_factory = sqlite3.Row
            return base.execute(sql, values).fetchall()

    def spooled(self):
        """What lies in the spool, as (to, body), as the stand-ins tell it."""
        for path in (self.folder / "spool/sent").glob("[!.]*"):
            if path.suffix == ".json":
                text = json.loads(path.read_text())
                yield text["to"], text["body"]
            else:
                mail = invariants.mail_of(path)
                yield mail["to"], mail["body"]

    def check(self):
        """Whatever happened, what always holds does."""
        broken = invariants.broken(self.config)
        need(not broken, "\n".join(broken))


class Resting:
    """A server of which it is known when the last caller has gone."""

    def server_activate(self):
        self.calls = threading.Condition()
        self.seen, self.open = set(), 0
        super().server_activate()

    def process_request(self, request, client_address):
        with self.calls:
            self.open += 1
            self.seen.add(client_address[1])
            self.calls.notify_all()
        super().process_request(request, client_address)

    def process_request_thread(self, request, client_address):
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self.calls:
                self.open -= 1
                self.calls.notify_all()

    def quiet(self):
        """Waits until all who called before now have been dealt with. They
        have ended, so that their connections are closed; but what they had
        sent may not have been read yet."""
        with socket.create_connection(self.server_address) as mine:
            port = mine.getsockname()[1]
        with self.calls:
            need(self.calls.wait_for(
                lambda: port in self.seen and self.open == 0, 30),
                "a stand-in does not come to rest")
            self.seen.clear()


def serve(server_class, *arguments):
    """Such a server, at work in a thread until the story ends."""
    server = type("Server", (Resting, server_class), {})(*arguments)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Door:
    """A stand-in at work, and its account."""

    wire = None
    scheme = "http"

    def __init__(self, server_class, handler, account):
        self.account = account
        self.handler = type("Handler", (handler,), {"account": account})
        self.server = serve(server_class, ("127.0.0.1", 0), self.handler)
        self.port = self.server.server_address[1]

    def new_account(self, account):
        self.quiet()
        self.account = self.handler.account = account

    def quiet(self):
        if self.wire is not None:
            self.wire.quiet()
        self.server.quiet()

    def behind(self, *certificate):
        """From now on it is reached over a wire that may break."""
        self.wire = serve(wire.Server, self.port, *certificate)

    def reached_at(self):
        return (self.wire or self.server).server_address[1]


class Twilio(Door):
    """Lists what it took: it can be asked."""

    lists_replies = True

    def __init__(self):
        options = argparse.Namespace(
            account=ACCOUNT, token=SECRET, number=NUMBER, ledger=None,
            page_size=None)
        super().__init__(twilio.Server, twilio.Handler,
                         twilio.Account(options))

    def gateway(self, more=""):
        return ('name = "twilio"; driver = "twilio"; '
                f'account_sid = "{ACCOUNT}"; auth_token = "{SECRET}"; '
                f'from = "{NUMBER}"; '
                f'base_url = "{self.scheme}://127.0.0.1:{self.reached_at()}"; '
                f'{more}')

    def begin(self, replies=(), now=None):
        """An account with nothing in it but these replies."""
        account = twilio.Account(self.account.options)
        self.new_account(account)
        account.fixed_now = utc(now)
        self.say(replies, now)

    def say(self, replies, now):
        for sender, text in replies:
            self.account.add(sender, NUMBER, text, "inbound", "received")

    def took(self):
        self.quiet()
        return [(m["to"], m["body"]) for _, _, m in self.account.messages
                if m["direction"] != "inbound"]


class Provider(Door):
    """One of those of providers.py."""

    PATHS = {"kannel": "kannel/cgi-bin/sendsms"}

    SETTINGS = {
        "smsgate": f'password = "{SECRET}";',
        "vonage": f'api_key = "key1"; api_secret = "{SECRET}"; '
                  f'from = "{NUMBER}";',
        "kannel": f'user = "tester"; password = "{SECRET}";',
        "messagebird": f'access_key = "{SECRET}"; from = "{NUMBER}";',
        "postmark": f'server_token = "{SECRET}"; from = "care@clinic.example";',
        "sendgrid": f'api_key = "{SECRET}"; from = "care@clinic.example";',
    }

    def __init__(self, name):
        self.name = name
        self.lists_replies = name in ("smsgate", "messagebird")
        super().__init__(providers.Server, providers.Handler,
                         providers.Account(None))

    def gateway(self, more=""):
        return (f'name = "{self.name}"; driver = "{self.name}"; '
                f'base_url = "{self.scheme}://127.0.0.1:{self.reached_at()}/'
                f'{self.PATHS.get(self.name, self.name)}"; '
                f'{self.SETTINGS[self.name]} {more}')

    def begin(self, replies=(), now=None):
        self.new_account(providers.Account(None))
        self.say(replies, now)

    def say(self, replies, now):
        self.account.inbound = [
            {"provider": self.name, "from": sender, "body": text,
             "at": rfc3339(now)} for sender, text in replies]

    def took(self):
        self.quiet()
        return [(m["to"], m["body"]) for m in self.account.messages]


class Mail(Door):
    """A mail server: nobody can ask it."""

    def __init__(self):
        super().__init__(smtp.Server, smtp.Handler, smtp.Account())

    def gateway(self, more=""):
        return ('name = "mail"; driver = "smtp"; '
                'from = "care@clinic.example"; '
                f'url = "smtp://127.0.0.1:{self.port}"; {more}')

    def begin(self, replies=(), now=None):
        self.new_account(smtp.Account())

    def took(self):
        self.quiet()
        return [(m["to"], m["body"]) for m in self.account.messages]


def main(story):
    """Tells the story; the first thing that is wrong ends it."""
    try:
        story(Clinic(sys.argv[1], sys.argv[2]), *sys.argv[3:])
    except Wrong as wrong:
        sys.exit(f"{pathlib.Path(sys.argv[0]).name}: {wrong}")
