#!/usr/bin/env python3
"""imap_stall.py PORT SERVER_PORT WORD FILE - an IMAP server that hangs

Stands between a client and the real server at SERVER_PORT. The first command
that has WORD in it is not passed on: FILE is made instead, and the connection
stays open, mute. Without TLS, on loopback, one client after the other.
"""

import pathlib
import select
import socket
import sys

port, server_port, word, file = sys.argv[1:]
listener = socket.create_server(("127.0.0.1", int(port)))
while True:
    client, _ = listener.accept()
    server = socket.create_connection(("127.0.0.1", int(server_port)))
    hangs = False
    while True:
        ready, _, _ = select.select([client, server], [], [])
        data = ready[0].recv(65536)
        if not data:
            break
        if ready[0] is server:
            client.sendall(data)
            continue
        hangs = hangs or word.encode() in data
        if hangs:
            pathlib.Path(file).touch()
        else:
            server.sendall(data)
    client.close()
    server.close()
