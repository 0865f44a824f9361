#!/usr/bin/env python3
"""Hands each reply that Kannel's sms-service calls with on to a command.

Usage:  mo_relay.py PORT COMMAND
        GET /mo?from=&to=&text=&id= runs COMMAND FROM TO TEXT ID, each an
        argument of its own, never a shell's word. It listens on loopback and
        answers 200 when the command ended well, else 500, and no text, so
        that nothing is sent back to the patient. Ends on SIGTERM.
"""

import subprocess
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        query = urllib.parse.parse_qs(self.path.partition("?")[2],
                                      keep_blank_values=True)
        values = [query.get(name, [""])[0]
                  for name in ("from", "to", "text", "id")]
        done = subprocess.run([sys.argv[2], *values], check=False)
        self.send_response(200 if done.returncode == 0 else 500)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", "0")
        self.end_headers()


HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
