# SPDX-License-Identifier: MIT
# shellcheck shell=dash
# shellcheck disable=SC2154 # bb is of guest.sh, work and modules of the line that uml.sh puts before this.
#
# Init under User-Mode Linux, after guest.sh.

mount_usual
$bb mount -t tmpfs run /run
$bb mkdir /run/job /run/sockatlas
$bb mount -t hostfs -o "$work" none /run/job
$bb mount -t hostfs -o "$work/out" none /run/sockatlas
# What is written is soon there, also if the kernel panics.
echo 20 >/proc/sys/vm/dirty_writeback_centisecs
echo 20 >/proc/sys/vm/dirty_expire_centisecs
settle "$modules" /run/job/modprobe
live /run/sockatlas/alive 2000000
/bin/sh /run/job/job
leave
