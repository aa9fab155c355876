# SPDX-License-Identifier: MIT
# shellcheck shell=dash
#
# The first process of a guest kernel, by busybox: what its inits have in common.

bb=/bin/busybox
[ -x $bb ] || bb=/usr/bin/busybox
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TMPDIR=/dev/shm

# mount_usual: what every process expects to be there.
mount_usual() {
	$bb mount -t proc proc /proc
	$bb mount -t sysfs sys /sys
	$bb grep -q ' /dev devtmpfs' /proc/mounts || $bb mount -t devtmpfs dev /dev
	$bb mkdir -p /dev/pts /dev/shm
	$bb mount -t devpts pts /dev/pts
	$bb mount -t tmpfs -o mode=1777 tmp /dev/shm
}

# settle MODULES MODPROBE: the kernel loads modules by itself, or the guest ends; device nodes are there
# whose module is loaded when they are opened. MODULES is the kernel's folder, as modprobe -d has it.
settle() {
	local module name device type numbers table
	echo "$2" >/proc/sys/kernel/modprobe
	# Without its modules the guest would skip most cases and pass. Each Debian kernel has this one.
	if ! "$2" tun; then
		echo "the kernel's modules cannot be loaded" >/dev/console
		leave
	fi
	while read -r module name device; do
		case $module in \#*) continue ;; esac
		[ ! -e "/dev/$name" ] || continue
		type=${device%%[0-9]*} numbers=${device#?}
		case $name in */*) $bb mkdir -p "/dev/${name%/*}" ;; esac
		$bb mknod "/dev/$name" "$type" "${numbers%:*}" "${numbers#*:}"
	done <"$1/lib/modules/$($bb uname -r)/modules.devname"
	# A process that is killed for want of memory would look like a case that crashed.
	echo 1 >/proc/sys/vm/panic_on_oom
	ip link set lo up
	# One table of neighbours for all network namespaces, and those that ended go slowly: when it is
	# full, nobody is answered.
	"$2" -q ipv6
	for table in /proc/sys/net/ipv[46]/neigh/default; do
		[ ! -e "$table" ] || echo 16384 >"$table/gc_thresh3"
	done
}

# live FILE MICROSECONDS: a byte more each time says that the guest lives.
live() {
	while echo >>"$1"; do $bb usleep "$2"; done &
}

leave() {
	$bb sync
	$bb poweroff -f
}
