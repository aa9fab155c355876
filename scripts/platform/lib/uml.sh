# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shellcheck disable=SC2154 # The launcher sets uml_suite, and may set uml_without (modules not to load)
# and uml_parameters (of the kernel).
#
# User-Mode Linux of a Debian suite: a kernel that is a program. It sees this machine's
# files read-only through hostfs, and one folder that it may write.

# shellcheck source=scripts/platform/lib/main.sh
source "$(dirname "${BASH_SOURCE[0]}")/main.sh"

platform_alive=1 platform_guest=1 platform_seconds=200
declare -a uml_parameters

# A folder in memory for the guest's memory: its pages are a file there.
uml_memory_folder() {
	local folder
	for folder in "${TMPDIR:-}" /dev/shm "${XDG_RUNTIME_DIR:-}" /tmp /run; do
		[[ -n $folder && -w $folder && $(stat -f -c %T "$folder") == tmpfs ]] || continue
		(($(stat -f -c '%a * %S / 1048576' "$folder") > platform_mib + 16)) || continue
		# What lies there is run as well.
		findmnt -n -o OPTIONS -T "$folder" | grep -q noexec && continue
		echo "$folder"
		return
	done
	echo "$work"
}

platform_prepare() {
	[[ $(uname -m) == x86_64 ]] || platform_skip "User-Mode Linux is there for x86_64, not for $(uname -m)"
	local folder libc
	uml_busybox=$(platform_tool busybox busybox-static)
	folder=$(platform_fetch "$uml_suite" user-mode-linux)
	uml_modules=$(platform_modules "$folder" usr/lib/uml/modules)
	uml_program=$folder/usr/bin/linux.uml
	if ! "$uml_program" --version >/dev/null 2>&1; then
		# Made for a newer C library than this machine's, which is put beside it.
		libc=$(platform_fetch "$uml_suite" libc6)/usr/lib/x86_64-linux-gnu
		uml_program=$work/linux.uml
		"$(platform_tool patchelf patchelf)" --set-interpreter "$libc/ld-linux-x86-64.so.2" --set-rpath "$libc" \
			--output "$uml_program" "$folder/usr/bin/linux.uml"
		"$uml_program" --version >/dev/null 2>&1 || platform_skip "$uml_suite's linux.uml does not start on this machine"
	fi
	{
		echo "#!$uml_busybox sh"
		echo "work='$work' modules='$uml_modules'"
		cat "$platform_root/scripts/platform/lib/"{guest.sh,uml-init.sh}
	} >"$work/init"
	{
		echo "#!$uml_busybox sh"
		echo "modules='$uml_modules' without='${uml_without:-}'"
		cat "$platform_root/scripts/platform/lib/modprobe.sh"
	} >"$work/modprobe"
	chmod 755 "$work/init" "$work/modprobe"
	platform_out=/run/sockatlas
}

platform_launch() {
	platform_own_core
	TMPDIR=$(uml_memory_folder) exec taskset -c "$platform_core" setpriv --pdeathsig KILL "$uml_program" "mem=${platform_mib}M" \
		rootfstype=hostfs rootflags=/ ro "init=$work/init" "uml_dir=$work/uml/" "umid=guest" \
		quiet loglevel=4 panic=-1 con=null con0=null,fd:1 "${uml_parameters[@]}"
}
