# SPDX-License-Identifier: MIT
# shellcheck shell=dash
# shellcheck disable=SC2154 # bb is of guest.sh.
#
# Init under QEMU, after guest.sh: from an initramfs.

$bb mkdir -p /proc /sys /dev /run
mount_usual
$bb mount -t tmpfs run /run
$bb mount -t tmpfs -o mode=1777 tmp /tmp
$bb mkdir /run/sockatlas
if ! $bb grep -qw probe /proc/cmdline; then
	tries=0
	/sbin/modprobe virtio_pci virtio_console
	# Their names come a moment after them.
	until [ -e /run/sockatlas/alive ] || [ "$tries" = 100 ]; do
		for port in /sys/class/virtio-ports/*; do
			name=$($bb cat "$port/name" 2>/dev/null) && $bb ln -sf "/dev/${port##*/}" "/run/sockatlas/$name"
		done
		tries=$((tries + 1))
		$bb usleep 20000
	done
	settle '' /sbin/modprobe
	# By its own clock, which a busy machine may keep slow.
	live /run/sockatlas/alive 100000
	/bin/sh /job
fi
leave
