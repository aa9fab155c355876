# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# The platforms that need no kernel of their own: a build of sockatlas that this machine
# runs as it is, or by an emulator of its processor. A launcher sets
#   native_target     what `make static TARGET=` builds for; unset: the plain build
#   native_package    the package of $native_target-gcc, when its name is not gcc-TARGET
#   native_emulator   the program that runs it, of the package qemu-user-static
# sources this, and ends with platform_main "$@". SOCKATLAS is a program that is there already.

# shellcheck source=scripts/platform/lib/main.sh
source "$(dirname "${BASH_SOURCE[0]}")/main.sh"
# shellcheck disable=SC2034 # read by main.sh
platform_cores=2
# An emulator is slow where it computes, and cases wait: a case whose end the emulator loses would take
# its deadline times the slowness.
[[ -z ${native_emulator:-} ]] || platform_timeout_scale=3 platform_seconds=80
# Until platform_prepare() knows.
platform_sockatlas=(sockatlas)

# Makes the program for the target. A missing compiler is a platform that this machine lacks.
native_build() {
	local target=${native_target:-} make log
	make=(make -s -C "$platform_root" build/sockatlas)
	if [[ -n $target ]]; then
		command -v "$target-gcc" >/dev/null ||
			platform_skip "no $target-gcc: package ${native_package:-gcc-$target} (scripts/setup platform)"
		make=(make -s -C "$platform_root" static "TARGET=$target")
	fi
	# One at a time: launchers run beside each other.
	log=$(flock "$platform_root/Makefile" "${make[@]}" 2>&1) || {
		printf '%s: the build fails:\n%s\n' "$platform_name" "$log" >&2
		exit 2
	}
}

platform_prepare() {
	local emulator=
	if [[ -n ${native_emulator:-} ]]; then
		emulator=$(platform_tool "$native_emulator" qemu-user-static) || exit
	fi
	if [[ -z ${SOCKATLAS:-} ]]; then
		native_build
		SOCKATLAS=$platform_root/build/${native_target:+static-$native_target/}sockatlas
	fi
	platform_sockatlas=(${emulator:+"$emulator"} "$SOCKATLAS")
}

platform_launch() { sh "$work/job"; }
