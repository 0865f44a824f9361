#!/usr/bin/env python3
"""check_docs.py PROGRAM SETTINGS - the manual pages say what is there.

Every command and option that PROGRAM's help lists has its entry in
scheduler/keepmoving.1, and every entry is in the help. Every setting that
SETTINGS (tests/check_settings.c) prints has its entry in its page, config/
keepmoving.cfg.5, keepmoving-plan.5 or keepmoving-cohort.5, and the other way
round, and the example configuration names none that there is not.
"""

import pathlib
import re
import subprocess
import sys

wrong = 0


def complain(text):
    global wrong
    print(text)
    wrong += 1


def both_ways(there, said, what, page):
    """Complain of what is there but not said, and said but not there."""
    for name in sorted(there - said):
        complain(f"{page}: no entry for {what} {name}")
    for name in sorted(said - there):
        complain(f"{page}: {what} {name} does not exist")


def ask(*argv):
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        complain(f"{' '.join(argv)}: exit status {done.returncode}")
    return done.stdout


# What the program says of itself.

def help_commands(program):
    """{"patient": {"verbs": {"list", ...}, "options": {"json", ...}}}"""
    names = re.findall(r"^  ([a-z][a-z-]*) ", ask(program, "help"), re.M)
    commands = {}
    for name in names:
        text = ask(program, "help", name)
        usage = text.split("\n\n")[0]
        verbs = set(re.findall(rf"keepmoving {name} ([a-z][a-z|]*)\b", usage))
        commands[name] = {
            "verbs": {v for form in verbs for v in form.split("|")},
            "options": set(re.findall(r"^  --([a-z-]+)", text, re.M)),
        }
        shown = set(re.findall(r"--([a-z-]+)", usage))
        for option in sorted(shown - commands[name]["options"]):
            complain(f"help {name}: --{option} is in the usage, not the list")
    return commands


# What the page says.

def section(lines, title):
    """The lines of one .Sh, without comments, continued lines joined."""
    text = re.sub(r"\\\n", " ", "\n".join(lines))
    inside = False
    for line in text.split("\n"):
        if line.startswith(".Sh "):
            inside = line[4:].strip('"') == title
        elif inside and not line.startswith('.\\"'):
            yield line


def page_commands(path):
    """The same as help_commands, from the .It Ic of the COMMANDS."""
    commands = {}
    current = None
    for line in section(path.read_text().split("\n"), "COMMANDS"):
        options = set(re.findall(r"\bFl -([a-z][a-z-]*)", line))
        entry = re.match(r"\.It Ic ([a-z-]+)((?: [a-z]+)*)", line)
        if entry:
            current = commands.setdefault(
                entry[1], {"verbs": set(), "options": set()})
            current["verbs"] |= set(entry[2].split())
            current["options"] |= options
        elif current and line.startswith(".It "):
            current["options"] |= options
    return commands


def check_commands(program):
    page = pathlib.Path("scheduler/keepmoving.1")
    there = help_commands(program)
    said = page_commands(page)
    if not there:
        complain("help lists no command")
    both_ways(set(there), set(said), "command", page)
    for name in sorted(set(there) & set(said)):
        both_ways(there[name]["verbs"], said[name]["verbs"],
                  name, page)
        options = there[name]["options"]
        # "edit takes the options of enrol": those need no second entry.
        if "edit" in said[name]["verbs"]:
            said[name]["options"] |= options & said["enrol"]["options"]
            if "running" in options:
                said[name]["options"].add("running")
        both_ways({f"{name} --{o}" for o in options},
                  {f"{name} --{o}" for o in said[name]["options"]},
                  "option", page)


# Settings.

def page_settings(path):
    """All names of the .It Ic of a page; "a , b" are two."""
    names = set()
    for line in path.read_text().split("\n"):
        entry = re.match(r"\.It Ic (.+)", line)
        if entry:
            words = re.split(r" (?:Ns|Op|Ar|Li|Pq|Pf|Cm|=)\b", entry[1])[0]
            names |= set(re.findall(r"[a-z][a-z0-9_.]*", words))
    return names


def check_settings(program):
    rows = [line.split("\t") for line in ask(program).splitlines()]
    pages = {"config": "config/keepmoving.cfg.5",
             "plan": "config/keepmoving-plan.5",
             "cohort": "config/keepmoving-cohort.5"}
    for which, name in pages.items():
        page = pathlib.Path(name)
        if not page.is_file():
            complain(f"{page} is missing")
            continue
        there = {row[2] for row in rows if row[0] == which}
        both_ways(there, page_settings(page), "setting", page)
    known = {row[2] for row in rows if row[0] == "config"}
    example = pathlib.Path("config/keepmoving.cfg")
    used = re.findall(r"\b([a-z][a-z_]*) = ", example.read_text())
    for name in sorted(set(used) - known):
        complain(f"{example}: there is no setting {name}")


def check_references():
    """A page of ours that another one refers to is there."""
    pages = [p for where in ("scheduler/*.[17]", "config/*.5", "templates/*.7")
             for p in pathlib.Path().glob(where)]
    names = {(p.stem, p.suffix[1:]) for p in pages}
    for page in pages:
        for xref in re.findall(r"^\.Xr (keepmoving\S*) (\d)",
                               page.read_text(), re.M):
            if xref not in names:
                complain(f"{page}: there is no {xref[0]}({xref[1]})")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    check_commands(sys.argv[1])
    check_settings(sys.argv[2])
    check_references()
    print(f"{wrong} entries are missing or too many")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
