#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# What libsockpacket promises, as its object code shows it, and as a program sees it that
# has only what `make install` installs.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

library=$build/libsockpacket.a

# An instrumented build refers to its sanitizer or counters.
plain() {
	[[ $build == build ]] && return 0
	skip 'another build than the plain one'
	return 1
}

# Nothing that could be written to, so any thread may decode at any time.
test_no_variables() {
	plain || return 0
	# .data.rel.ro is written by the loader alone
	expect 'bytes of writable data' "$(objdump -h "$library" | awk '$2 ~ /^\.(data|bss|tdata|tbss)$/ && $3 !~ /^0+$/ {print $2, $3}')" ''
}

# No allocation, no files, no system calls: of the C library only what looks at memory.
test_needs_only_memory_functions() {
	plain || return 0
	local used
	used=$(nm "$library" | awk '$1 == "U" && !seen[$2]++ {used[$2]} NF == 3 {defined[$3]} END {for (s in used) if (!(s in defined)) print s}' |
		grep -vxE 'memcpy|memset|memcmp|memmove|memchr|strlen|strcmp|strchr|strstr|_GLOBAL_OFFSET_TABLE_' || true)
	expect 'functions it needs' "$used" ''
}

test_names_have_a_prefix() {
	plain || return 0
	expect 'names without packet_' "$(nm "$library" | awk 'NF == 3 && $2 ~ /[TRVWBD]/ && $3 !~ /^packet_/ {print $3}')" ''
}

test_installed_header_and_library_are_enough() {
	plain || return 0
	command -v cc >/dev/null || { skip 'no compiler is named cc' && return; }
	make -s install DESTDIR="$scratch/root" prefix=/usr >/dev/null
	cat >"$scratch/first.c" <<-'END'
		#include <sockatlas/packet.h>
		#include <stdio.h>
		int main(void)
		{
			static const unsigned char bytes[] = {0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1,
							      192, 0, 2, 2, 0, 7, 0, 9, 0, 8, 0, 0};
			struct packet p;
			char line[200];

			packet_decode(&p, bytes, sizeof(bytes), sizeof(bytes), PACKET_LINK_IPV4, 0);
			packet_line(&p, line, sizeof(line));
			puts(line);
			return packet_udp(&p)->destination_port != 9;
		}
	END
	cp "$scratch/first.c" "$scratch/first.cc"
	cc -Wall -Wextra -Werror -I"$scratch/root/usr/include" -o "$scratch/first" "$scratch/first.c" "$scratch/root/usr/lib/libsockpacket.a"
	expect 'the line' "$("$scratch/first")" 'IPv4 192.0.2.1:7 > 192.0.2.2:9 UDP len 0'
	command -v c++ >/dev/null || return 0
	c++ -Wall -Wextra -Werror -I"$scratch/root/usr/include" -o "$scratch/second" "$scratch/first.cc" "$scratch/root/usr/lib/libsockpacket.a"
	expect 'the line' "$("$scratch/second")" 'IPv4 192.0.2.1:7 > 192.0.2.2:9 UDP len 0'
}

run_tests
