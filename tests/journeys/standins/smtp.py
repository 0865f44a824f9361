"""A stand-in for a mail server that keeps an account and does as it is told.

Server(certificate=None) listens on a free port of loopback, in threads of its
own, until the process ends; with a certificate (and its key, in one file) it
offers STARTTLS. What it takes stands in account.messages, as {"to", "body",
"key"}, before it says so; key is the Message-ID.

account.faults has for a step (connect, EHLO, STARTTLS, MAIL, RCPT, DATA, body,
QUIT) what happens there instead, each time, until it is taken out:
  "450 4.2.0 later"   this reply; after the body: instead of taking it
  "reset"             the connection is reset before the step's reply; a body
                      is read, and not taken
  "taken-reset"       only for body: taken, and then reset
  "hang", "taken-hang"  no reply until the client leaves
  "slow"              the reply, a letter at a time, over account.slow_s
  "late"              the reply, after account.slow_s
A fault of ("RCPT", address), or of DATA, comes over that address alone.
"""

import email
import email.policy
import socket
import socketserver
import ssl
import struct
import threading
import time


class Account:
    def __init__(self):
        self.lock = threading.Lock()
        self.messages = []
        self.faults = {}
        self.complaints = []
        self.slow_s = 1.0

    def take(self, to, raw):
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        body = mail.get_body(("plain",)).get_content()
        with self.lock:
            self.messages.append({
                "to": to, "body": body.replace("\r\n", "\n"),
                "key": mail["Message-ID"]})


class Gone(Exception):
    """The conversation is over."""


class Handler(socketserver.StreamRequestHandler):
    account = None
    certificate = None

    def say(self, reply, step, whose=None):
        faults = self.account.faults
        fault = faults.get((step, whose), faults.get(step))
        if fault in ("reset", "taken-reset"):
            self.connection.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.rfile.close()
            self.connection.close()
            raise Gone
        if fault in ("hang", "taken-hang"):
            while self.connection.recv(4096):
                pass
            raise Gone
        if fault == "late":
            time.sleep(self.account.slow_s)
            fault = None
        if fault == "slow":
            for letter in reply + "\r\n":
                self.wfile.write(letter.encode())
                time.sleep(self.account.slow_s / len(reply))
            return True
        self.wfile.write(f"{fault or reply}\r\n".encode())
        return fault is None

    def line(self):
        line = self.rfile.readline(4096)
        if not line.endswith(b"\r\n"):
            raise Gone
        return line[:-2].decode()

    def body(self):
        raw = b""
        while True:
            line = self.rfile.readline(65536)
            if not line.endswith(b"\r\n"):
                raise Gone
            if line == b".\r\n":
                return raw
            raw += line[1:] if line.startswith(b".") else line

    def start_tls(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        self.connection = context.wrap_socket(self.connection,
                                              server_side=True)
        self.setup_streams()

    def setup_streams(self):
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = socketserver._SocketWriter(self.connection)

    def converse(self):
        to = None
        self.say("220 mx.stand-in.example ESMTP", "connect")
        while True:
            line = self.line()
            verb = line.split(" ")[0].split(":")[0].upper()
            if verb == "EHLO":
                if self.certificate and not isinstance(self.connection,
                                                       ssl.SSLSocket):
                    self.wfile.write(b"250-mx.stand-in.example\r\n")
                    self.say("250 STARTTLS", verb)
                else:
                    self.say("250 mx.stand-in.example", verb)
            elif verb == "STARTTLS":
                if self.say("220 go on", verb):
                    self.start_tls()
            elif verb in ("MAIL", "RSET", "NOOP"):
                self.say("250 2.0.0 well", verb)
            elif verb == "RCPT":
                whose = line.partition("<")[2].partition(">")[0]
                if self.say("250 2.1.5 well", verb, whose):
                    to = whose
            elif verb == "DATA":
                if not self.say("354 go on", verb, to):
                    continue
                raw = self.body()
                fault = self.account.faults.get("body", "taken")
                if fault.startswith("taken") or fault == "slow":
                    self.account.take(to, raw)
                self.say("250 2.0.0 queued", "body")
            elif verb == "QUIT":
                self.say("221 2.0.0 bye", verb)
                return
            else:
                self.account.complaints.append(line)
                self.say("500 5.5.1 what?", verb)

    def handle(self):
        try:
            self.converse()
        except (Gone, OSError, ValueError):
            pass


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64
