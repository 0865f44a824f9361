#!/bin/bash
# The same as killed.sh, of a tick for which the disk fills up, or fails at a
# single statement, or the memory at a single allocation: it ends with exit
# status 75 and one line, or dies of it, and the next ticks make it good.
#
# A sanitizer has an allocator of its own; killed.sh starves the plain program.
HARM="full sql memory" POINTS=${POINTS:-6} exec "${0%/*}/killed.sh"
