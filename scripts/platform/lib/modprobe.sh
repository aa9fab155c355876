# SPDX-License-Identifier: MIT
# shellcheck shell=dash
# shellcheck disable=SC2154 # uml.sh and qemu.sh put a line that sets modules before this.
#
# modprobe for a guest kernel, which calls it with a name that it lacks: most often there is no
# such module, and then a quick answer matters. modules is a folder of platform_modules.
status=0 quiet=

# have MODULE: it is there. One that somebody else is loading is so a little later.
have() {
	local tries=0
	[ -d "/sys/module/$1" ] || return 1
	while [ "$(cat "/sys/module/$1/initstate" 2>/dev/null)" = coming ] && [ "$tries" -lt 500 ]; do
		tries=$((tries + 1))
		usleep 10000
	done
}

for name; do
	case $name in
	-*)
		[ "$name" != -q ] || quiet=1
		continue
		;;
	# Debian has these families loaded by hand only, as hardly anybody needs them.
	net-pf-3) name=ax25 ;;
	net-pf-6) name=netrom ;;
	net-pf-9) name=x25 ;;
	net-pf-11) name=rose ;;
	net-pf-12) name=decnet ;;
	# ATM with a device for it, where there is one.
	net-pf-8) [ ! -e "$modules/names/atmtcp" ] || name=atmtcp ;;
	net-pf-36) name=ieee802154_socket ;;
	esac
	list=$modules/names/$name
	if [ ! -e "$list" ]; then
		[ "$quiet" ] || echo "modprobe: no module is named $name" >&2
		status=1
		continue
	fi
	while read -r module path; do
		case " ${without:-} " in *" $module "*) exit 1 ;; esac
		have "$module" || insmod "$modules/lib/modules/$(uname -r)/$path" || status=1
	done <"$list"
done
exit $status
