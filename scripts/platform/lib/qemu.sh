# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shellcheck disable=SC2154 # The launcher sets qemu_suite.
#
# A Debian kernel under QEMU, from an initramfs made here: busybox, iproute2, sockatlas and
# the kernel's modules. It sees nothing of this machine; what it writes comes out through
# virtio ports, each a file in $work/out.

# shellcheck source=scripts/platform/lib/main.sh
source "$(dirname "${BASH_SOURCE[0]}")/main.sh"

# What 4000 cases leave: the networks of those that ended go slowly (512 were too few for 6.1).
platform_mib=1024 platform_seconds=350
# An emulated processor on a busy machine takes its time.
platform_boot_limit=600
platform_alive=1 platform_guest=1
qemu_ports=(up stdout stderr results status alive)
# The modules that a socket can need: not those of hardware.
qemu_wanted='^kernel/((net|crypto|lib|arch/x86/crypto|drivers/virtio|drivers/vhost|drivers/hv|drivers/connector)/.*|drivers/net/[^/]*'
qemu_wanted+='|drivers/net/(can/(vcan|vxcan|slcan)|hamradio|ppp|slip|ipvlan|bonding|team|vxlan|wireguard|ovpn|netdevsim|ieee802154|caif|mctp|wan)(/.*)?'
qemu_wanted+='|drivers/char/virtio_console|drivers/char/hw_random/virtio-rng|drivers/bluetooth/hci_vhci|drivers/atm/(atmtcp|atmdummy)'
qemu_wanted+='|drivers/nfc/(nfcsim|virtual_ncidev)|drivers/isdn/.*|drivers/ptp/ptp|drivers/tty/(n_gsm|n_hdlc)|fs/(dlm|9p|netfs|fuse)/.*)[^/]*\.ko'

# qemu_kernel VMLINUZ FILE: the kernel as it is before compression, which starts faster.
qemu_kernel() {
	local magic tool offset
	while read -r magic tool; do
		while read -r offset; do
			# What follows the compressed kernel is an error to some tools.
			tail -c +$((offset + 1)) "$1" | $tool >"$2.new" 2>/dev/null || true
			if [[ $(head -c 4 "$2.new" | tr -d '\0') == $'\x7fELF' ]]; then
				mv "$2.new" "$2"
				return
			fi
		done < <(LC_ALL=C grep -obUaP "$magic" "$1" | cut -d : -f 1)
	done <<-'END'
		\xfd7zXZ\x00 xz -dc --single-stream
		\x28\xb5\x2f\xfd zstd -dqc
		\x1f\x8b\x08 gzip -dc
		\x02\x21\x4c\x18 lz4 -dc
		\x5d\x00\x00 xz -dc --format=lzma
	END
	rm -f "$2.new"
	return 1
}

# A program with the libraries that it loads, in a folder.
qemu_program() {
	local library
	mkdir -p "$1/bin"
	cp "$2" "$1/bin/"
	while read -r library; do
		mkdir -p "$1$(dirname "$library")"
		cp -L "$library" "$1$library"
	done < <(ldd "$2" | grep -o '/[^ ]*')
}

# Of each run the same: made once for each kernel, under its folder.
qemu_initramfs() {
	local folder=$1 modules=$2 name root=$1/initramfs
	rm -rf "$root"
	mkdir -p "$root"/{bin,sbin,proc,sys,dev,etc,run,tmp,mnt,root,var,lib/modules}
	cp "$qemu_busybox" "$root/bin/busybox"
	# What cases execute, too.
	for name in sh cat; do ln -s busybox "$root/bin/$name"; done
	qemu_program "$root" "$qemu_ip"
	mv "$root/bin/ip" "$root/sbin/ip"
	echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
	echo 'root:x:0:' >"$root/etc/group"
	for name in hosts protocols services; do
		[[ ! -e /etc/$name ]] || cp -L "/etc/$name" "$root/etc/"
	done
	cp -r "$modules/names" "$root/"
	cp -rL "$modules/lib/modules" "$root/lib/"
	{
		echo '#!/bin/busybox sh'
		echo 'modules='
		cat "$platform_root/scripts/platform/lib/modprobe.sh"
	} >"$root/sbin/modprobe"
	{
		echo '#!/bin/busybox sh'
		cat "$platform_root/scripts/platform/lib/"{guest,qemu-init}.sh
	} >"$root/init"
	chmod 755 "$root/init" "$root/sbin/modprobe"
	(cd "$root" && find . -mindepth 1 | LC_ALL=C sort | cpio -o -H newc -R 0:0 --quiet) >"$folder/initramfs.new"
	rm -rf "$root"
	mv "$folder/initramfs.new" "$folder/initramfs.cpio"
}

platform_prepare() {
	local folder image package tool kernel key
	[[ $(uname -m) == x86_64 ]] || platform_skip "the guest is for x86_64, not for $(uname -m)"
	for tool in qemu-system-x86_64 cpio xz ldd; do
		command -v "$tool" >/dev/null || platform_skip "no program $tool (scripts/setup platform installs it)"
	done
	qemu_busybox=$(platform_tool busybox busybox-static)
	qemu_ip=$(platform_tool ip iproute2)
	package=$(platform_depends "$qemu_suite" linux-image-amd64 linux-image-)
	image=$(platform_fetch "$qemu_suite" "$package")
	folder=$image
	if [[ ! -d $image/boot ]]; then
		# Debian has the two in packages of their own since Linux 7.
		image=$(platform_fetch "$qemu_suite" "linux-binary-${package#linux-image-}")
		folder=$(platform_fetch "$qemu_suite" "linux-modules-${package#linux-image-}")
	fi
	qemu_modules=$folder/lib/modules
	[[ -d $qemu_modules ]] || qemu_modules=$folder/usr/lib/modules
	qemu_modules=$(platform_modules "$folder" "${qemu_modules#"$folder"/}" "$qemu_wanted")
	qemu_vmlinux=$folder/vmlinux
	(
		flock 9
		if [[ ! -e $qemu_vmlinux ]]; then
			mapfile -t kernel < <(find "$image" -name 'vmlinuz*' -type f)
			if ((${#kernel[@]} == 0)) || ! qemu_kernel "${kernel[0]}" "$qemu_vmlinux"; then
				platform_skip "no kernel is found in $package"
			fi
		fi
		# Made again when what it is made of is another.
		key=$(cat "$qemu_busybox" "$qemu_ip" "$platform_root/scripts/platform/lib/"{guest,qemu-init,modprobe,qemu,fetch}.sh | cksum)
		if [[ ! -e $folder/initramfs.cpio || $(cat "$folder/initramfs.key" 2>/dev/null) != "$key" ]]; then
			qemu_initramfs "$folder" "$qemu_modules"
			echo "$key" >"$folder/initramfs.key"
		fi
	) 9>"$platform_cache/lock"
	qemu_base=$folder/initramfs.cpio
	platform_out=/run/sockatlas
	qemu_own=("${platform_sockatlas[@]}")
	platform_sockatlas=(/sockatlas)
}

# The initramfs of this run: what is always the same, then its job.
qemu_image() {
	mkdir "$work/own"
	# Without what only a debugger reads: all of it goes through the guest's memory twice.
	strip -o "$work/own/sockatlas" "${qemu_own[0]}" 2>/dev/null || cp "${qemu_own[0]}" "$work/own/sockatlas"
	cp "$work/job" "$work/own/job"
	{
		cat "$qemu_base"
		cd "$work/own" && printf '%s\n' sockatlas job | cpio -o -H newc -R 0:0 --quiet
	} >"$work/initramfs"
	rm -r "$work/own"
}

# KVM is there on machines where it does not work: it is used when a guest has come up with it.
qemu_has_kvm() {
	local answer=$platform_cache/kvm boot
	[[ -r /dev/kvm && -w /dev/kvm ]] || return 1
	boot=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null || true)
	if [[ $(cat "$answer" 2>/dev/null) != "$boot "* ]]; then
		if timeout -k 1 8 "${qemu_command[@]}" -accel kvm -cpu host -initrd "$qemu_base" \
			-append "$qemu_append probe" >/dev/null 2>&1 </dev/null; then
			echo "$boot yes" >"$answer.$$"
		else
			echo "$boot no" >"$answer.$$"
		fi
		mv "$answer.$$" "$answer"
	fi
	[[ $(<"$answer") == *' yes' ]]
}

platform_launch() {
	local port number=0
	platform_own_core
	qemu_append="console=ttyS0 quiet loglevel=4 panic=-1 mitigations=off nokaslr tsc=reliable no_timer_check"
	qemu_append+=" cryptomgr.notests=1 random.trust_cpu=on"
	qemu_command=(qemu-system-x86_64 -M q35 -m "$platform_mib" -nodefaults -no-user-config -display none
		-no-reboot -kernel "$qemu_vmlinux")
	if qemu_has_kvm; then
		qemu_command+=(-accel kvm -cpu host)
	else
		# The guest's clock counts instructions, one a nanosecond, and goes on to the next timer at
		# once when all sleep: time passes the same however busy this machine is, and waiting takes none.
		qemu_command+=(-accel "tcg,thread=single" -icount "shift=0,sleep=off" -cpu "qemu64,+rdrand")
	fi
	qemu_image
	qemu_command+=(-initrd "$work/initramfs" -append "$qemu_append"
		-serial stdio -device virtio-serial-pci)
	for port in "${qemu_ports[@]}"; do
		number=$((number + 1))
		qemu_command+=(-chardev "file,id=$port,path=$work/out/$port"
			-device "virtserialport,chardev=$port,name=$port,nr=$number")
	done
	exec taskset -c "$platform_core" setpriv --pdeathsig KILL "${qemu_command[@]}"
}
