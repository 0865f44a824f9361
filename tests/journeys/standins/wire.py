"""A wire between the program and a stand-in, which breaks as it is told.

Server(upstream_port) listens on a free port of loopback and hands each request
of HTTP on to the stand-in there, and its answer back, in threads of its own
until the process ends. Server(port, certificate) speaks TLS, with a certificate
and its key in one file.

server.fault is what comes over each request that sends a message (a POST, or
Kannel's GET), until it is taken away; listings pass. "-before": the stand-in
never hears of the request; "-after": it has taken the message.

  reset-early           the connection is reset once the head has been read
  reset-before, -after  it is reset instead of an answer
  hang-before, -after   no answer, until the caller leaves
  half                  half an answer, then the end
  garbage-before, -after  an answer that is some web page
  nonsense              something that is no HTTP at all
  429 or 503            refused with that status
  429 after N           and with Retry-After: N
  500-before, -after
  slow                  the whole answer, byte by byte, over server.slow_s

server.sent counts the requests that send a message.
"""

import re
import socket
import socketserver
import ssl
import struct
import threading
import time

PAGE = b"<html><body>It works!</body></html>"


class Gone(Exception):
    """There is nothing more to say."""


class Handler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def setup(self):
        if self.server.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.server.certificate)
            self.request = context.wrap_socket(self.request, server_side=True)
        super().setup()

    @staticmethod
    def read_head(file):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = file.readline(65536)
            if not line:
                raise Gone
            head += line
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        return head, int(length[1]) if length else 0

    def reset(self):
        self.connection.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()
        self.connection.close()
        raise Gone

    def hang(self):
        while self.connection.recv(4096):
            pass
        raise Gone

    def say(self, status, body=b"", headers=b""):
        self.wfile.write(
            b"HTTP/1.1 %d Hm\r\nContent-Length: %d\r\n%s\r\n%s" %
            (status, len(body), headers, body))

    def ask_upstream(self, request):
        with socket.create_connection(
                ("127.0.0.1", self.server.upstream)) as upstream:
            upstream.sendall(request)
            with upstream.makefile("rb") as file:
                head, length = self.read_head(file)
                return head + file.read(length)

    def spoil(self, fault, request):
        """What comes over a request that sends a message."""
        what, _, when = fault.partition("-")
        answer = b""
        if when == "after" or what in ("half", "slow"):
            answer = self.ask_upstream(request)
        if what == "reset":
            self.reset()
        if what == "hang":
            self.hang()
        if what == "half":
            self.wfile.write(answer[:len(answer) - 12])
            raise Gone
        if what == "garbage":
            self.say(200, PAGE, b"Content-Type: text/html\r\n")
        elif what == "nonsense":
            self.wfile.write(b"\0\1\2SSH-2.0-nothing\r\n\r\n")
            raise Gone
        elif what == "slow":
            for byte in answer:
                self.wfile.write(bytes([byte]))
                time.sleep(self.server.slow_s / len(answer))
        else:
            status, _, later = what.partition(" after ")
            self.say(int(status), headers=b"Retry-After: %s\r\n" %
                     later.encode() if later else b"")

    def handle_one(self):
        head, length = self.read_head(self.rfile)
        sends = head.startswith(b"POST") or b"/sendsms?" in head
        fault = self.server.fault if sends else None
        with self.server.lock:
            self.server.sent += sends
        if fault == "reset-early":
            self.reset()
        request = head + self.rfile.read(length)
        if fault is None:
            self.wfile.write(self.ask_upstream(request))
        else:
            self.spoil(fault, request)

    def handle(self):
        try:
            while True:
                self.handle_one()
        except (Gone, OSError):
            pass


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, upstream, certificate=None):
        self.upstream, self.certificate = upstream, certificate
        self.fault, self.sent, self.slow_s = None, 0, 0.5
        self.lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, request, client_address):
        """A caller that does not like our certificate has left."""
