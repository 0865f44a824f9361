#!/usr/bin/env python3
"""A stand-in for Twilio's messages, written to its OpenAPI description.

Start:  twilio.py [--port N] [--account AC...] [--token T] [--number +44...]
                  [--ledger FILE] [--page-size N] [--until-eof]
        It prints its port on stdout, one line, once it listens on loopback.
Stop:   SIGTERM or SIGINT; with --until-eof also the end of its stdin, so that
        it never outlives the test that started it.

Every request is checked strictly: method, path, Basic auth, content type,
names and values of parameters. What is wrong is answered as Twilio does and
noted as a complaint, so that a test can ask for none.

It keeps its own account: each message it takes is a line of JSON in the
ledger, written before the answer: {"sid","to","from","body","at"}.

A message is queued at first, with no date_sent, as at Twilio; each listing
moves all of them one step on: queued, sent, delivered.

For the test, without authentication:
  POST /control/fault     {"fault": NAME, "times": 1, "on": "send"|"list",
                           "code": 21211, "retry_after": 7, "seconds": 30}
       on send: refuse (HTTP 400 with that code), throttle (429), 401,
         500-before, 500-after, hang-before, hang-after, reset-before,
         reset-after, garbage-before, garbage-after, redirect-before,
         half (an answer cut off after the message was taken), huge (an
         answer of 2 MiB after it was taken), slow (a good answer, after
         some seconds); -before and -after say whether the message was taken
       on list: 500, hang-before, reset-before, garbage-before, half,
         foreign-page (the next page is said to be on another server),
         endless (every page is followed by another), huge
  POST /control/unfault   {}   no more faults
  POST /control/inbound   {"from", "body", "to"?, "at"?}  gives {"sid"}
  POST /control/outbound  the same, of a message that another program sent
  POST /control/status    {"sid"?, "status", "error_code"?}  sets and holds it
  POST /control/optout    {"to"}   21610 from then on
  POST /control/clock     {"now": RFC 3339 or null}
  GET  /control/messages  all of them, as resources
  GET  /control/complaints
  GET  /control/requests  "POST /2010-04-01/..." with the bytes of each body
  GET  /control/peak      how many requests were under way at once, at most
"""

import argparse
import base64
import datetime
import email.utils
import hashlib
import json
import re
import signal
import socket
import struct
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")
SEND_PARAMETERS = set(
    "To StatusCallback ApplicationSid MaxPrice ProvideFeedback Attempt "
    "ValidityPeriod ForceDelivery ContentRetention AddressRetention "
    "SmartEncoded PersistentAction TrafficType ShortenUrls ScheduleType "
    "SendAt SendAsMms ContentVariables RiskCheck From MessagingServiceSid "
    "Body MediaUrl ContentSid".split())
LIST_PARAMETERS = {"To", "From", "DateSent", "DateSent<", "DateSent>",
                   "PageSize", "Page", "PageToken"}
NEXT_STATUS = {"queued": "sent", "sent": "delivered"}


class Refusal(Exception):
    def __init__(self, status, code, message, headers=None):
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.headers = headers or {}


def form_pairs(text):
    """The pairs of a form; Refusal when it is not one, to the letter."""
    if not re.fullmatch(r"[A-Za-z0-9\-._~*+&=%]*", text) or \
            re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise Refusal(400, 20001, "the form is not well encoded")
    try:
        return urllib.parse.parse_qsl(text, keep_blank_values=True,
                                      strict_parsing=bool(text),
                                      encoding="utf-8", errors="strict")
    except ValueError as error:
        raise Refusal(400, 20001, f"the form: {error}")


def single(pairs, known):
    values = {}
    for name, value in pairs:
        if name not in known:
            raise Refusal(400, 20001, f"unknown parameter {name}")
        if name in values:
            raise Refusal(400, 20001, f"parameter {name} given twice")
        values[name] = value
    return values


class Account:
    """What Twilio would know: messages, faults to come, complaints."""

    def __init__(self, options):
        self.options = options
        self.lock = threading.RLock()
        self.messages = []
        self.complaints = []
        self.requests = []
        self.faults = {"send": [], "list": []}
        self.opted_out = set()
        self.fixed_now = None
        self.held = set()
        self.under_way = self.peak = 0

    def now(self):
        return self.fixed_now or datetime.datetime.now(datetime.timezone.utc)

    def path(self):
        return f"/2010-04-01/Accounts/{self.options.account}/Messages"

    def add(self, sender, to, body, direction, status, at=None, service=None):
        with self.lock:
            number = len(self.messages) + 1
            seed = f"{self.options.account} {number} {time.time_ns()}"
            sid = "SM" + hashlib.md5(seed.encode()).hexdigest()
            created = at or self.now()
            stamp = email.utils.format_datetime(created)
            message = {
                "account_sid": self.options.account,
                "api_version": "2010-04-01",
                "body": body,
                "date_created": stamp,
                "date_sent": None if status == "queued" else stamp,
                "date_updated": stamp,
                "direction": direction,
                "error_code": None,
                "error_message": None,
                "from": sender,
                "messaging_service_sid": service,
                "num_media": "0",
                "num_segments": "1",
                "price": None,
                "price_unit": "USD",
                "sid": sid,
                "status": status,
                "subresource_uris": {
                    "media": f"{self.path()}/{sid}/Media.json"},
                "to": to,
                "uri": f"{self.path()}/{sid}.json",
            }
            self.messages.append((created, number, message))
            return message

    def record(self, message):
        if self.options.ledger is None:
            return
        line = {key: message[key] for key in ("sid", "to", "from", "body")}
        line["at"] = message["date_created"]
        with self.lock, open(self.options.ledger, "a", encoding="utf-8") as f:
            f.write(json.dumps(line, ensure_ascii=False) + "\n")

    def progress(self):
        """Time passes: every message not held is one step further."""
        for _, _, message in self.messages:
            if message["sid"] in self.held or \
                    message["status"] not in NEXT_STATUS:
                continue
            message["status"] = NEXT_STATUS[message["status"]]
            if message["date_sent"] is None:
                message["date_sent"] = email.utils.format_datetime(self.now())

    def fault(self, kind):
        with self.lock:
            faults = self.faults[kind]
            if not faults:
                return {}
            faults[0]["times"] -= 1
            fault = faults[0]
            if fault["times"] <= 0:
                faults.pop(0)
            return fault


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    account = None

    def log_message(self, *args):
        pass

    def body(self):
        length = int(self.headers.get("Content-Length") or 0)
        return self.rfile.read(length)

    def answer(self, status, value, headers=None):
        data = value if isinstance(value, bytes) else \
            json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, text in (headers or {}).items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(data)

    def half(self, status, value):
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[:len(data) // 2])
        self.wfile.flush()
        self.close_connection = True

    def reset(self):
        """Close so that the peer sees a reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                   struct.pack("ii", 1, 0))
        self.close_connection = True
        self.rfile.close()
        self.connection.close()

    def error(self, refusal, complain=True):
        account = self.account
        if complain:
            with account.lock:
                account.complaints.append(
                    f"{self.command} {self.path}: {refusal.message}")
        self.answer(refusal.status, {
            "code": refusal.code,
            "message": refusal.message,
            "more_info":
                f"https://www.twilio.com/docs/errors/{refusal.code}",
            "status": refusal.status,
        }, refusal.headers)

    def check_caller(self):
        options = self.account.options
        expected = base64.b64encode(
            f"{options.account}:{options.token}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {expected}":
            raise Refusal(401, 20003, "Authenticate")

    # Sending

    def check_send(self, raw):
        kind = (self.headers.get("Content-Type") or "").split(";")[0]
        if kind.strip() != "application/x-www-form-urlencoded":
            raise Refusal(400, 20001, f"content type {kind}")
        try:
            text = raw.decode("ascii")
        except UnicodeDecodeError:
            raise Refusal(400, 20001, "the form is not ASCII")
        values = single(form_pairs(text), SEND_PARAMETERS)
        if "To" not in values:
            raise Refusal(400, 21604, "A 'To' phone number is required.")
        if not E164.fullmatch(values["To"]):
            raise Refusal(400, 21211, "Invalid 'To' Phone Number")
        if ("From" in values) == ("MessagingServiceSid" in values):
            raise Refusal(400, 21603, "A 'From' phone number is required.")
        if values.get("From", self.account.options.number) != \
                self.account.options.number:
            raise Refusal(400, 21606, "The 'From' number is not yours")
        if "MessagingServiceSid" in values and \
                not SERVICE.fullmatch(values["MessagingServiceSid"]):
            raise Refusal(400, 21705, "The Messaging Service is invalid")
        if not values.get("Body"):
            raise Refusal(400, 21602, "Message body is required.")
        if len(values["Body"]) > 1600:
            raise Refusal(400, 21617, "The body exceeds 1600 characters")
        validity = values.get("ValidityPeriod", "36000")
        if not re.fullmatch(r"[1-9][0-9]{0,4}", validity) or \
                int(validity) > 36000:
            raise Refusal(400, 21624, "Invalid validity period value")
        return values

    def take(self, values):
        service = values.get("MessagingServiceSid")
        message = self.account.add(
            values.get("From"), values["To"], values["Body"],
            "outbound-api", "queued", service=service)
        self.account.record(message)
        return message

    def send(self, raw):
        self.check_caller()
        values = self.check_send(raw)
        fault = self.account.fault("send")
        name = fault.get("fault", "")
        if name == "refuse":
            return self.error(Refusal(400, fault.get("code", 21211),
                                      "refused as told"), complain=False)
        if name == "throttle":
            headers = {}
            if fault.get("retry_after") is not None:
                headers["Retry-After"] = str(fault["retry_after"])
            return self.error(Refusal(429, 20429, "Too Many Requests",
                                      headers), complain=False)
        if name == "401":
            return self.error(Refusal(401, 20003, "Authenticate"),
                              complain=False)
        if values["To"] in self.account.opted_out:
            return self.error(Refusal(
                400, 21610, "Attempt to send to unsubscribed recipient"),
                complain=False)
        message = None
        if not name.endswith("-before"):
            with self.account.lock:
                message = self.take(values)
        self.spoil(name, fault, 201, message)

    def spoil(self, name, fault, status, value):
        """Give the answer, or spoil it as the fault says."""
        what = name.rsplit("-", 1)[0]
        if what == "500":
            self.error(Refusal(500, 20500, "Internal Server Error"),
                       complain=False)
        elif what == "hang":
            time.sleep(fault.get("seconds", 30))
            self.close_connection = True
        elif what == "reset":
            self.reset()
        elif what == "redirect":
            self.answer(307, b"", {"Location": "/control/followed"})
        elif what == "huge":
            self.answer(status, b" " * (2 << 20))
        elif what == "slow":
            time.sleep(fault.get("seconds", 30))
            self.answer(status, value)
        elif what == "garbage":
            self.answer(status, b"<html>It works!</html>")
        elif what == "half":
            self.half(status, value)
        else:
            self.answer(status, value)

    # Listing

    def selected(self, values):
        for name in ("DateSent", "DateSent<", "DateSent>"):
            if name in values and not DATE.fullmatch(values[name]):
                raise Refusal(400, 20001, f"{name} is not a date")
        for created, number, message in sorted(
                self.account.messages, key=lambda m: m[:2], reverse=True):
            if values.get("To", message["to"]) != message["to"] or \
                    values.get("From", message["from"]) != message["from"]:
                continue
            if any(n in values for n in ("DateSent", "DateSent<",
                                         "DateSent>")):
                if message["date_sent"] is None:
                    continue
                day = email.utils.parsedate_to_datetime(
                    message["date_sent"]).strftime("%Y-%m-%d")
                if day != values.get("DateSent", day) or \
                        day > values.get("DateSent<", day) or \
                        day < values.get("DateSent>", day):
                    continue
            yield message

    def page(self, values, name):
        size = values.get("PageSize", "50")
        if not re.fullmatch(r"[0-9]{1,4}", size) or \
                not 1 <= int(size) <= 1000:
            raise Refusal(400, 20001, "PageSize is 1 to 1000")
        size = min(int(size), self.account.options.page_size or 1000)
        messages = list(self.selected(values))
        token = values.get("PageToken")
        if token is not None:
            sids = ["PA" + message["sid"] for message in messages]
            if token not in sids:
                raise Refusal(400, 20001, "unknown PageToken")
            messages = messages[sids.index(token) + 1:]
        shown, more = messages[:size], len(messages) > size
        number = int(values.get("Page", "0"))
        query = {key: value for key, value in values.items()
                 if key not in ("Page", "PageToken")}
        following = None
        if (more or name == "endless") and shown:
            following = f"{self.account.path()}.json?" + \
                urllib.parse.urlencode({
                    **query, "PageSize": size, "Page": number + 1,
                    "PageToken": "PA" + shown[-1]["sid"]})
        if name == "endless" and not more and shown:
            following = f"{self.account.path()}.json?" + \
                urllib.parse.urlencode({
                    **query, "PageSize": size, "Page": number + 1})
        if name == "foreign-page":
            following = f"//elsewhere.example{self.account.path()}.json?x=1"
        first = f"{self.account.path()}.json?" + urllib.parse.urlencode(query)
        return {
            "first_page_uri": first, "previous_page_uri": None,
            "next_page_uri": following, "uri": self.path,
            "page": number, "page_size": size, "start": number * size,
            "end": number * size + max(len(shown) - 1, 0),
            "messages": [dict(message) for message in shown],
        }

    def list(self, query):
        self.check_caller()
        values = single(form_pairs(query), LIST_PARAMETERS)
        fault = self.account.fault("list")
        name = fault.get("fault", "")
        with self.account.lock:
            page = self.page(values, name)
            if not name:
                self.account.progress()
        self.spoil(name, fault, 200, page)

    # The test's own side

    def control(self, path, raw):
        account = self.account
        value = json.loads(raw) if raw else {}
        if path == "fault":
            fault = {"times": 1, **value}
            account.faults[fault.get("on", "send")].append(fault)
        elif path == "unfault":
            account.faults = {"send": [], "list": []}
        elif path in ("inbound", "outbound"):
            at = value.get("at")
            if at is not None:
                at = datetime.datetime.fromisoformat(at.replace("Z", "+00:00"))
            inbound = path == "inbound"
            ours = account.options.number
            message = account.add(
                value.get("from", ours), value.get("to", ours), value["body"],
                "inbound" if inbound else "outbound-api",
                "received" if inbound else "delivered", at)
            return {"sid": message["sid"]}
        elif path == "status":
            for _, _, message in account.messages:
                if value.get("sid", message["sid"]) == message["sid"] and \
                        message["direction"] != "inbound":
                    account.held.add(message["sid"])
                    message["status"] = value["status"]
                    message["error_code"] = value.get("error_code")
                    if value["status"] in ("accepted", "queued"):
                        message["date_sent"] = None
                    elif message["date_sent"] is None:
                        message["date_sent"] = \
                            email.utils.format_datetime(account.now())
        elif path == "optout":
            account.opted_out.add(value["to"])
        elif path == "clock":
            now = value.get("now")
            account.fixed_now = now and datetime.datetime.fromisoformat(
                now.replace("Z", "+00:00")).astimezone(datetime.timezone.utc)
        elif path == "messages":
            return [message for _, _, message in account.messages]
        elif path == "complaints":
            return account.complaints
        elif path == "requests":
            return account.requests
        elif path == "peak":
            return {"peak": account.peak}
        else:
            raise Refusal(404, 20404, "no such control")
        return {}

    def handle_one(self, raw):
        path, _, query = self.path.partition("?")
        if path.startswith("/control/"):
            with self.account.lock:
                value = self.control(path[len("/control/"):], raw)
            return self.answer(200, value)
        with self.account.lock:
            self.account.requests.append(
                f"{self.command} {self.path} {raw.decode('latin-1')}".strip())
        if path != f"{self.account.path()}.json":
            raise Refusal(404, 20404, "The requested resource was not found")
        if self.command == "POST":
            if query:
                raise Refusal(400, 20001, "a query on a POST")
            return self.send(raw)
        return self.list(query)

    def do_GET(self):
        account = self.account
        with account.lock:
            account.under_way += 1
            account.peak = max(account.peak, account.under_way)
        try:
            self.handle_one(self.body())
        except Refusal as refusal:
            self.error(refusal)
        finally:
            with account.lock:
                account.under_way -= 1

    do_POST = do_GET


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request, client_address):
        error = sys.exc_info()[1]
        if not isinstance(error, (ConnectionError, ValueError, OSError)):
            super().handle_error(request, client_address)


def main():
    parser = argparse.ArgumentParser(description="A stand-in for Twilio.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--account", default="AC" + "0" * 31 + "1")
    parser.add_argument("--token", default="secret-of-the-test")
    parser.add_argument("--number", default="+447700900001")
    parser.add_argument("--ledger")
    parser.add_argument("--page-size", type=int)
    parser.add_argument("--until-eof", action="store_true")
    Handler.account = Account(parser.parse_args())
    server = Server(("127.0.0.1", Handler.account.options.port), Handler)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    if Handler.account.options.until_eof:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdin.buffer.read()
    else:
        server.serve_forever()


if __name__ == "__main__":
    main()
