#!/usr/bin/env python3
"""A stand-in for many providers at once, told apart by their paths.

Start:  providers.py [--port N] [--ledger FILE] [--until-eof]
        It prints its port on stdout, one line, once it listens on loopback.
Stop:   SIGTERM or SIGINT; with --until-eof also the end of its stdin.

Each provider checks what it is sent as its documentation says: method, path,
authentication, content type, the fields that must be there. What is wrong is
answered with the provider's own refusal and noted as a complaint, so that a
test can ask for none. Requests to SES are checked for their signature too.

It keeps its own account: each message it takes is a line of JSON in the
ledger, written before the answer: {"provider","id","to","body"}.

For the test, without authentication:
  GET  /control/messages
  GET  /control/complaints
  POST /control/fault    {"provider": NAME, "how": "after"}   the next message
        is taken, and the connection is cut before the answer
  POST /control/inbound  {"provider": "smsgate"|"messagebird", "from", "body",
                          "at": RFC 3339}   a reply, listed from then on
"""

import argparse
import base64
import email
import email.policy
import hashlib
import hmac
import json
import re
import signal
import socket
import struct
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = "secret-of-the-test"
E164 = re.compile(r"\+[1-9][0-9]{6,14}")
DIGITS = re.compile(r"[1-9][0-9]{6,14}")
MAILBOX = re.compile(r"[^@\s<>]+@[^@\s<>]+")


class Refusal(Exception):
    def __init__(self, status, value, why):
        super().__init__(why)
        self.status, self.value = status, value


def need(truth, status, value, why):
    if not truth:
        raise Refusal(status, value, why)


class Account:
    def __init__(self, ledger):
        self.lock = threading.RLock()
        self.ledger = ledger
        self.messages = []
        self.complaints = []
        self.faults = {}
        self.inbound = []

    def take(self, provider, to, body, **more):
        with self.lock:
            number = len(self.messages) + 1
            message = {"provider": provider, "to": to, "body": body,
                       "id": f"{provider}-{number}", **more}
            self.messages.append(message)
            if self.ledger:
                with open(self.ledger, "a", encoding="utf-8") as file:
                    file.write(json.dumps({k: message[k] for k in
                               ("provider", "id", "to", "body")}) + "\n")
            return message

    def of(self, provider):
        return [m for m in self.messages if m["provider"] == provider]


def plain_of(raw):
    """The plain text of a whole mail, and a look at its headers."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    for name in ("From", "To", "Subject", "Date", "Message-ID"):
        need(mail[name] is not None, 400, {"message": name}, f"no {name}")
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def parts_of(raw, content_type):
    """The fields of multipart/form-data, as bytes."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    form = email.message_from_bytes(head + raw, policy=email.policy.HTTP)
    need(form.is_multipart(), 400, {"message": "form"}, "no multipart")
    # The library would read a mail in a part as a mail; take it as it stands.
    fields = {}
    boundary = b"--" + form.get_boundary().encode()
    for piece in raw.split(boundary)[1:-1]:
        header, _, value = piece[2:].partition(b"\r\n\r\n")
        name = re.search(rb'name="([^"]+)"', header)[1].decode()
        fields[name] = value[:-2]
    return fields


def sigv4_ok(handler, raw):
    """Does the signature of AWS, version 4, hold?"""
    given = handler.headers["Authorization"] or ""
    found = re.fullmatch(
        r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/"
        r"aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})",
        given)
    if not found:
        return False
    key_id, day, region, service, names, signature = found.groups()
    headers = "".join(
        f"{n}:{' '.join(handler.headers[n].split())}\n"
        for n in names.split(";"))
    canonical = "\n".join([handler.command, handler.path, "", headers, names,
                           hashlib.sha256(raw).hexdigest()])
    scope = f"{day}/{region}/{service}/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", handler.headers["X-Amz-Date"], scope,
                      hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + SECRET).encode()
    for word in (day, region, service, "aws4_request"):
        key = hmac.new(key, word.encode(), hashlib.sha256).digest()
    wanted = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return key_id == "AKIA1" and service == "ses" and wanted == signature


class Handler(BaseHTTPRequestHandler):
    account = None
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *args):
        pass

    # What all of them need.

    def answer(self, status, value, headers=None):
        text = value if isinstance(value, str) else json.dumps(value)
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "application/json")
        for name, text in (headers or {}).items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)

    def taken(self, message, status, value, headers=None):
        """The answer to a message that was taken, unless it is cut off."""
        with self.account.lock:
            fault = self.account.faults.pop(message["provider"], None)
        if fault is None:
            self.answer(status, value, headers)
            return
        self.connection.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def authorized(self, wanted, status, value):
        need(self.headers["Authorization"] == wanted, status, value,
             f"Authorization is {self.headers['Authorization']}")

    def basic(self, user, status, value):
        pair = base64.b64encode(f"{user}:{SECRET}".encode()).decode()
        self.authorized(f"Basic {pair}", status, value)

    def json(self, raw, refusal):
        kind = (self.headers["Content-Type"] or "").split(";")[0]
        need(kind == "application/json", 415, refusal, f"type {kind}")
        try:
            return json.loads(raw)
        except ValueError:
            raise Refusal(400, refusal, "no JSON") from None

    def form(self, raw, refusal):
        kind = self.headers["Content-Type"]
        need(kind == "application/x-www-form-urlencoded", 415, refusal,
             f"type {kind}")
        return dict(urllib.parse.parse_qsl(raw.decode(), strict_parsing=True,
                                           errors="strict"))

    # The providers.

    def vonage(self, path, query, raw):
        def refused(status, why):
            return 200, {"message-count": "1", "messages": [
                {"status": str(status), "error-text": why}]}, why
        need(path == "/sms/json" and self.command == "POST", 404, {}, path)
        form = self.form(raw, {})
        need(form.get("api_key") == "key1" and
             form.get("api_secret") == SECRET, *refused(4, "credentials"))
        need(DIGITS.fullmatch(form.get("to", "")), *refused(3, "to"))
        need(form.get("from") and form.get("text"), *refused(2, "missing"))
        need(len(form.get("client-ref", "")) <= 40, *refused(3, "client-ref"))
        message = self.account.take("vonage", "+" + form["to"], form["text"])
        parts = 1 + (len(form["text"]) - 1) // 153
        self.taken(message, 200, {
            "message-count": str(parts), "messages": [
                {"to": form["to"], "message-id": f"{message['id']}.{i}",
                 "status": "0", "client-ref": form.get("client-ref")}
                for i in range(parts)]})

    def telnyx(self, path, query, raw):
        refusal = {"errors": [{"code": "10009", "title": "x"}]}
        self.authorized(f"Bearer {SECRET}", 401, refusal)
        if self.command == "GET":
            need(path == "/v2/detail_records" and
                 query.get("filter[record_type]") == "messaging",
                 404, refusal, path)
            return self.answer(200, {
                "data": [{"uuid": m["id"], "status": "delivered",
                          "direction": "outbound"}
                         for m in self.account.of("telnyx")],
                "meta": {"page_number": 1, "total_pages": 1}})
        need(path == "/v2/messages", 404, refusal, path)
        body = self.json(raw, refusal)
        need(E164.fullmatch(body.get("to", "")), 400,
             {"errors": [{"code": "10016"}]}, "to")
        need(body.get("text") and body.get("from"), 400, refusal, "fields")
        message = self.account.take("telnyx", body["to"], body["text"])
        return self.taken(message, 200, {"data": {
            "id": message["id"], "record_type": "message",
            "to": [{"phone_number": body["to"], "status": "queued"}],
            "errors": []}})

    def plivo(self, path, query, raw):
        self.basic("MA1", 401, {"error": "auth"})
        need(path == "/v1/Account/MA1/Message/", 404, {"error": path}, path)
        if self.command == "GET":
            need("message_time__gte" in query, 400, {"error": "x"}, "time")
            return self.answer(200, {"api_id": "x", "meta": {"next": None},
                "objects": [{"message_uuid": m["id"],
                             "message_state": "delivered"}
                            for m in self.account.of("plivo")]})
        body = self.json(raw, {"error": "json"})
        need(DIGITS.fullmatch(body.get("dst", "")), 400, {"error": "dst"},
             "dst")
        need(body.get("src") and body.get("text"), 400, {"error": "x"}, "src")
        message = self.account.take("plivo", "+" + body["dst"], body["text"])
        return self.taken(message, 202, {
            "message": "message(s) queued", "api_id": "x",
            "message_uuid": [message["id"]]})

    def messagebird(self, path, query, raw):
        refusal = {"errors": [{"code": 2, "description": "x",
                               "parameter": "access_key"}]}
        self.authorized(f"AccessKey {SECRET}", 401, refusal)
        need(path == "/messages", 404, refusal, path)
        if self.command == "GET":
            return self.messagebird_list(query)
        body = self.json(raw, refusal)
        need(len(body.get("recipients", [])) == 1 and
             E164.fullmatch(body["recipients"][0]), 422,
             {"errors": [{"code": 10, "parameter": "recipients"}]}, "to")
        need(body.get("originator") and body.get("body"), 422, refusal, "x")
        message = self.account.take("messagebird", body["recipients"][0],
                                    body["body"],
                                    reference=body["reference"])
        return self.taken(message, 201, self.messagebird_item(message))

    @staticmethod
    def messagebird_item(message):
        return {"id": message["id"], "direction": "mt",
                "reference": message["reference"], "body": message["body"],
                "createdDatetime": "2099-01-01T00:00:00+00:00",
                "recipients": {"items": [
                    {"recipient": int(message["to"][1:]),
                     "status": "delivered", "statusErrorCode": None}]}}

    def messagebird_list(self, query):
        if query.get("direction") == "mo":
            items = [{"id": f"mo-{i}", "direction": "mo",
                      "originator": r["from"][1:], "body": r["body"],
                      "createdDatetime": r["at"], "recipients": {"items": []}}
                     for i, r in enumerate(self.account.inbound)
                     if r["provider"] == "messagebird"]
        else:
            items = [self.messagebird_item(m)
                     for m in self.account.of("messagebird")]
        self.answer(200, {"offset": 0, "limit": 100, "count": len(items),
                          "totalCount": len(items), "items": items})

    def smsgate(self, path, query, raw):
        self.basic("sms", 401, {"message": "auth"})
        if path == "/inbox":
            return self.answer(200, [
                {"id": f"text:{i}", "type": "SMS", "sender": r["from"],
                 "recipient": None, "contentPreview": r["body"],
                 "createdAt": r["at"]}
                for i, r in enumerate(self.account.inbound)
                if r["provider"] == "smsgate"])
        known = {m["id"]: {"id": m["id"], "deviceId": "d",
                           "state": "Delivered"}
                 for m in self.account.of("smsgate")}
        if self.command == "GET":
            if path == "/messages":
                return self.answer(200, list(known.values()))
            found = known.get(path.removeprefix("/messages/"))
            return self.answer(200, found) if found else self.answer(404, "")
        need(path == "/messages", 404, "", path)
        body = self.json(raw, {"message": "json"})
        key = body.get("id", "")
        if key in known:
            return self.answer(409, {"message": "duplicate id"})
        need(0 < len(key) <= 36, 400, {"message": "id"}, "id")
        numbers = body.get("phoneNumbers", [])
        need(len(numbers) == 1 and E164.fullmatch(numbers[0]), 400,
             {"message": "phoneNumbers"}, "phoneNumbers")
        need(body.get("withDeliveryReport") is True, 400, {"message": "r"},
             "no report asked for")
        message = self.account.take("smsgate", numbers[0],
                                    body["textMessage"]["text"])
        with self.account.lock:
            message["id"] = key
        return self.taken(message, 202, {"id": key, "state": "Pending"})

    def kannel(self, path, query, raw):
        need(path == "/cgi-bin/sendsms" and self.command == "GET", 404, "",
             path)
        need(query.get("username") == "tester" and
             query.get("password") == SECRET, 403,
             "Authorization failed for sendsms", "credentials")
        need(E164.fullmatch(query.get("to", "")) and query.get("text"), 400,
             "Missing receiver", "to")
        need(query["coding"] == "0", 400, "no test has such a text", "coding")
        message = self.account.take("kannel", query["to"], query["text"])
        return self.taken(message, 202, "0: Accepted for delivery")

    def http(self, path, query, raw):
        self.authorized(f"Token {SECRET}", 401, {"error": {"code": "auth"}})
        need(path == "/any/send", 404, {}, path)
        body = self.json(raw, {"error": {"code": "json"}})
        message = self.account.take("http", body["to"], body["text"])
        self.taken(message, 200, {"result": "ok", "data": [
            {"number": 7000 + len(self.account.messages)}]})

    def sendgrid(self, path, query, raw):
        refusal = {"errors": [{"message": "x", "field": None}]}
        self.authorized(f"Bearer {SECRET}", 401, refusal)
        need(path == "/v3/mail/send", 404, refusal, path)
        body = self.json(raw, refusal)
        to = body["personalizations"][0]["to"]
        kinds = [part["type"] for part in body["content"]]
        need(len(to) == 1 and MAILBOX.fullmatch(to[0]["email"]), 400, refusal,
             "to")
        need(MAILBOX.fullmatch(body["from"]["email"]), 400, refusal, "from")
        need(kinds == sorted(kinds, reverse=True), 400, refusal,
             "plain text goes first")
        message = self.account.take("sendgrid", to[0]["email"],
                                    body["content"][0]["value"])
        self.taken(message, 202, "", {"X-Message-Id": message["id"]})

    def mailgun(self, path, query, raw):
        self.basic("api", 401, "Forbidden")
        domain = "/v3/mg.clinic.example"
        if path == domain + "/events":
            page = {"next": f"http://{self.headers['Host']}{self.mount}"
                            f"{domain}/events/next"}
            return self.answer(200, {"items": [
                {"event": "delivered", "timestamp": 1.0,
                 "message": {"headers": {"message-id": m["id"]}}}
                for m in self.account.of("mailgun")], "paging": page})
        if path == domain + "/events/next":
            return self.answer(200, {"items": [], "paging": {}})
        need(path == domain + "/messages.mime", 404, {"message": path}, path)
        fields = parts_of(raw, self.headers["Content-Type"])
        to = fields["to"].decode()
        need(MAILBOX.fullmatch(to), 400,
             {"message": "to parameter is not a valid address"}, "to")
        need(fields.get("o:tracking") == b"no", 400, {"message": "x"}, "track")
        message = self.account.take("mailgun", to,
                                    plain_of(fields["message"]))
        mail = email.message_from_bytes(fields["message"])
        with self.account.lock:
            message["id"] = mail["Message-ID"].strip("<>")
        return self.taken(message, 200, {"id": mail["Message-ID"],
                                         "message": "Queued. Thank you."})

    def postmark(self, path, query, raw):
        need(self.headers["X-Postmark-Server-Token"] == SECRET, 401,
             {"ErrorCode": 10, "Message": "x"}, "token")
        if path == "/bounces":
            return self.answer(200, {"TotalCount": 0, "Bounces": []})
        if path == "/messages/outbound":
            found = [m for m in self.account.of("postmark")
                     if m["key"] == query.get("metadata_key")]
            return self.answer(200, {"TotalCount": len(found), "Messages": [
                {"MessageID": m["id"], "Metadata": {"key": m["key"]},
                 "Status": "Sent"} for m in found]})
        need(path == "/email", 404, "", path)
        body = self.json(raw, {"ErrorCode": 402, "Message": "json"})
        to = body["To"].rpartition("<")[2].rstrip(">")
        need(MAILBOX.fullmatch(to), 422,
             {"ErrorCode": 300, "Message": "Invalid 'To' address"}, "To")
        need(body["From"] and body["TextBody"] and body["MessageStream"], 422,
             {"ErrorCode": 300, "Message": "x"}, "fields")
        message = self.account.take("postmark", to, body["TextBody"],
                                    key=body["Metadata"]["key"])
        return self.taken(message, 200, {"To": body["To"], "ErrorCode": 0,
                                         "MessageID": message["id"],
                                         "Message": "OK"})

    def ses(self, path, query, raw):
        need(path == "/v2/email/outbound-emails", 404, {"message": path},
             path)
        need(sigv4_ok(self, raw), 403,
             {"message": "The signature does not match"}, "signature")
        body = self.json(raw, {"message": "json"})
        to = body["Destination"]["ToAddresses"]
        need(len(to) == 1 and MAILBOX.fullmatch(to[0]), 400, {"message": "x"},
             "to")
        text = plain_of(base64.b64decode(body["Content"]["Raw"]["Data"]))
        message = self.account.take("ses", to[0], text)
        self.taken(message, 200, {"MessageId": message["id"]})

    # The doors. SES signs its path, so it stands at the top.

    NAMES = ("vonage", "telnyx", "plivo", "messagebird", "smsgate", "kannel",
             "http", "sendgrid", "mailgun", "postmark")
    mount = ""

    def control(self, path, raw):
        account = self.account
        if self.command == "GET":
            return self.answer(200, {"messages": account.messages,
                                     "complaints": account.complaints}
                               [path.removeprefix("/control/")])
        body = json.loads(raw)
        with account.lock:
            if path == "/control/fault":
                account.faults[body["provider"]] = body["how"]
            elif path == "/control/inbound":
                account.inbound.append(body)
        return self.answer(200, {})

    def handle_one(self):
        raw = self.rfile.read(int(self.headers["Content-Length"] or 0))
        path, _, text = self.path.partition("?")
        query = dict(urllib.parse.parse_qsl(text, keep_blank_values=True))
        if path.startswith("/control/"):
            return self.control(path, raw)
        if path.startswith("/v2/email/"):
            return self.ses(path, query, raw)
        name, rest = re.fullmatch(r"/([a-z]*)(.*)", path).groups()
        need(name in self.NAMES, 404, "", f"no provider at {path}")
        self.mount = f"/{name}"
        return getattr(self, name)(rest, query, raw)

    def do_GET(self):
        try:
            self.handle_one()
        except Refusal as refusal:
            with self.account.lock:
                self.account.complaints.append(f"{self.path}: {refusal}")
            self.answer(refusal.status, refusal.value)
        except (KeyError, IndexError, TypeError, ValueError) as error:
            with self.account.lock:
                self.account.complaints.append(f"{self.path}: {error!r}")
            self.answer(400, {"message": "not as documented"})

    do_POST = do_GET


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        error = sys.exc_info()[1]
        if not isinstance(error, (ConnectionError, ValueError, OSError)):
            super().handle_error(request, client_address)


def main():
    parser = argparse.ArgumentParser(description="A stand-in for providers.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--ledger")
    parser.add_argument("--until-eof", action="store_true")
    options = parser.parse_args()
    Handler.account = Account(options.ledger)
    server = Server(("127.0.0.1", options.port), Handler)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    if options.until_eof:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdin.buffer.read()
    else:
        server.serve_forever()


if __name__ == "__main__":
    main()
