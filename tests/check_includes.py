#!/usr/bin/env python3
"""Reads every #include in scheduler/ against the rooms of the house.

Arrows point down only: a room may include what its row names, and a library
has one home. A line that crosses is printed, and the exit status is 1.
"""

import pathlib
import re
import sys

ROOMS = ["base", "text", "care", "store", "post", "compose", "settings",
         "tick", "review", "simulate", "web", "commands"]

# Which rooms each may know, itself apart.
MAY_KNOW = {
    "base": [],
    "text": ["base"],
    "care": ["base"],
    "store": ["care", "base"],
    "post": ["text", "base"],
    "compose": ["care", "text", "base"],
    "settings": ["compose", "post", "care", "text", "base"],
    "tick": ["settings", "compose", "post", "store", "care", "text", "base"],
    "simulate": ["tick", "settings", "compose", "post", "store", "care",
                 "text", "base"],
    "review": ["store", "compose", "care", "text", "base"],
    "web": [r for r in ROOMS if r != "commands"],
    "commands": ROOMS,
    "main.c": ["commands", "base"],
}

# The only room that may include a library's headers.
HOME = {
    "curl/": "post",
    "pthread.h": "post",
    "sys/socket.h": "post",
    "libconfig.h": "settings",
    "sqlite3.h": "store",
    "libpq-fe.h": "store",
    "libical/": "care",
    "cmark.h": "text",
    "gmime/": "text",
    "jansson.h": "base",
    "glib.h": "base",
    "glib/": "base",
    "gio/": "base",
    "openssl/": "base",
    "crypt.h": "base",
    "microhttpd.h": "web",
    "librsvg/": "review",
    "cairo.h": "review",
}

# What C11 and Linux give to every room; anything else needs a home.
SYSTEM = set("""
    assert.h ctype.h dirent.h endian.h errno.h fcntl.h fnmatch.h fts.h getopt.h
    glob.h inttypes.h langinfo.h libgen.h limits.h locale.h math.h poll.h pwd.h
    grp.h regex.h signal.h stdalign.h stdarg.h stdbool.h stddef.h stdint.h
    stdio.h stdlib.h stdnoreturn.h string.h strings.h sys/file.h sys/mman.h
    sys/random.h sys/resource.h sys/stat.h sys/statvfs.h sys/time.h
    sys/types.h sys/uio.h sys/wait.h sysexits.h syslog.h termios.h time.h
    unistd.h wchar.h wctype.h
""".split())
INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')


def home_of(header):
    for start, room in HOME.items():
        if header == start or start.endswith("/") and header.startswith(start):
            return room
    return None


def complaint(room, quote, header):
    """What is wrong with this include in this room, or None."""
    if quote == "<":
        home = home_of(header)
        if home and home != room:
            return f"<{header}> lives in {home}/ only"
        if not home and header not in SYSTEM:
            return f"<{header}> has no home: give it one in {sys.argv[0]}"
        return None
    target = header.split("/")[0]
    if "/" not in header:
        return f'"{header}" must be written from scheduler/: "{room}/{header}"'
    if target not in ROOMS:
        return f'"{header}" is in no room'
    if target != room and target not in MAY_KNOW[room]:
        return f"{room} may not know {target}"
    return None


def main():
    root = pathlib.Path("scheduler")
    files = sorted(root.rglob("*.[ch]"))
    wrong = 0
    for path in files:
        room = path.relative_to(root).parts[0]
        if room not in MAY_KNOW:
            print(f"{path}: is in no room of the house")
            wrong += 1
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = INCLUDE.match(line)
            said = match and complaint(room, *match.groups())
            if said:
                print(f"{path}:{number}: {said}")
                wrong += 1
    print(f"{len(files)} files, {wrong} includes against the arrows")
    return 1 if wrong or not files else 0


if __name__ == "__main__":
    sys.exit(main())
