#!/usr/bin/env python3
"""Runs a command and prints: seconds, seconds of CPU, peak memory in MiB.

usage: measure.py COMMAND [ARGUMENT...]

What the command prints goes nowhere; that it failed is told, and is an error.
"""
import os
import sys
import time

with open(os.devnull, "w") as nowhere:
    begun = time.monotonic()
    pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[
        (os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1)])
    _, status, usage = os.wait4(pid, 0)
    seconds = time.monotonic() - begun
if status != 0:
    sys.exit(f"{' '.join(sys.argv[1:])}: exit status "
             f"{os.waitstatus_to_exitcode(status)}")
print(f"{seconds:.4f} {usage.ru_utime + usage.ru_stime:.4f} "
      f"{usage.ru_maxrss / 1024:.1f}")
