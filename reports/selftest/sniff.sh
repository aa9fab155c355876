#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# atlas sniff, inside sandboxes of its own: `sockatlas enter`. There /tmp is private, so
# that each test looks at its files in the sandbox, and the build folder has to be
# named relative to where this is run.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

# ---- run inside, as exported functions

# wait_for FILE REGEX: until a line of the file matches; 10 seconds at most.
wait_for() {
	local i
	for ((i = 0; i < 500; i++)); do
		grep -qE -- "$2" "$1" 2>/dev/null && return
		sleep 0.02
	done
	echo "    $1 has no \"$2\": $(<"$1")" >&2
	return 1
}

# sniffing ARGUMENT...: a sniffer in the background, ready; /tmp/out and /tmp/err are its output.
sniffing() {
	rm -f /tmp/out /tmp/err
	"$build/atlas" sniff "$@" >/tmp/out 2>/tmp/err &
	sniffer=$!
	wait_for /tmp/err '^listening'
}

# ended SIGNAL: tells it to end if there is a signal, and returns its status.
ended() {
	[[ -z ${1:-} ]] || kill -s "$1" "$sniffer"
	wait "$sniffer"
}

# A TCP connection to a closed port: two segments, a SYN and a RST.
refused() { (: >"/dev/tcp/$1/$2") 2>/dev/null || true; }
datagram() { (echo hello >"/dev/udp/$1/$2") 2>/dev/null || true; }

export -f wait_for sniffing ended refused datagram expect expect_match

# ---- outside

# inside TOPOLOGY COMMANDS: status 0 when all of the commands have it, within a minute.
inside() { timeout 60 "$build/sockatlas" enter --topology "$1" -- bash -euc "$2"; }

can_enter() {
	"$build/sockatlas" enter --topology lo true 2>"$scratch/error" && return
	skip "no sandbox: $(<"$scratch/error")"
	return 1
}

# refuses REGEX ARGUMENT...: exit status 2 and one line on standard error that matches.
refuses() {
	local regex=$1 status=0
	shift
	"$build/atlas" sniff "$@" >"$scratch/output" 2>"$scratch/error" || status=$?
	expect status "$status" 2 || return 1
	expect lines "$(wc -l <"$scratch/error")" 1 || return 1
	expect_match 'the line' "$(<"$scratch/error")" "$regex"
}

test_help() { expect_match text "$("$build/atlas" sniff --help)" 'usage: atlas sniff --raw'; }

test_every_option_that_is_wrong_is_said() {
	refuses 'one of --raw and --interface is needed'
	refuses 'one of --raw and --interface is needed' --raw udp --interface lo
	refuses 'must be tcp, udp or icmp' --raw sctp
	refuses '--jump: unknown option' --jump
	refuses '--count -1: must be a number' --raw udp --count -1
	refuses '--seconds x: must be a number' --raw udp --seconds x
	refuses 'must be line, tree or json' --raw udp --format xml
}

test_without_privilege_it_says_which_is_missing() {
	local run=()
	if ((EUID == 0)); then
		id nobody >/dev/null 2>&1 || { skip 'there is no user nobody' && return; }
		runuser -u nobody -- test -x "$build/atlas" || { skip 'the build folder is not readable to others' && return; }
		run=(runuser -u nobody --)
	fi
	local kind status
	for kind in '--raw udp' '--interface lo'; do
		status=0
		# shellcheck disable=SC2086 # two words
		"${run[@]}" "$build/atlas" sniff $kind >/dev/null 2>"$scratch/error" || status=$?
		((status != 0)) || { skip 'this user has CAP_NET_RAW' && return; }
		expect status "$status" 2
		expect_match 'the line' "$(<"$scratch/error")" '^atlas sniff: .* needs the capability CAP_NET_RAW.*sockatlas enter'
	done
}

test_an_ordinary_user_can_in_a_sandbox() {
	((EUID == 0)) || { skip 'not root: all of it ran as an ordinary user' && return; }
	id nobody >/dev/null 2>&1 || { skip 'there is no user nobody' && return; }
	runuser -u nobody -- test -x "$build/atlas" || { skip 'the build folder is not readable to others' && return; }
	runuser -u nobody -- "$build/sockatlas" enter --topology lo true 2>/dev/null || { skip 'no user namespaces' && return; }
	# shellcheck disable=SC2016
	timeout 60 runuser -u nobody -- "$build/sockatlas" enter -- bash -euc 'sniffing --interface eth0 --count 1 udp
		datagram 192.0.2.2 9
		ended'
}

# shellcheck disable=SC2016
test_raw_udp_is_a_tree() {
	can_enter || return 0
	inside lo 'sniffing --raw udp --count 1
		datagram 127.0.0.1 7777
		ended
		for line in "[0] IHL: 5" "[12-15] Source Address: 127.0.0.1" "[22-23] Destination Port: 7777" "[24-25] Length: 14" "hello"; do
			grep -qF -- "$line" /tmp/out
		done
		expect counts "$(tail -n 1 /tmp/err)" "1 packet, 0 dropped by the kernel"'
}

# shellcheck disable=SC2016
test_raw_tcp_has_its_options_and_no_bad_checksum() {
	can_enter || return 0
	inside lo 'sniffing --raw tcp --count 2
		refused 127.0.0.1 7777
		ended
		grep -qF "Maximum Segment Size: 65495" /tmp/out
		grep -qF "Control bits: RST, ACK" /tmp/out
		expect bad "$(grep -cF "(bad" /tmp/out || true)" 0'
}

# shellcheck disable=SC2016
test_raw_icmp_quotes_what_it_is_about() {
	can_enter || return 0
	inside lo 'sniffing --raw icmp --count 1 --format line
		datagram 127.0.0.1 7777
		ended
		expect_match line "$(</tmp/out)" "^1 0\.000000 IPv4 127\.0\.0\.1 > 127\.0\.0\.1 ICMP destination unreachable, port unreachable about \[IPv4 .*:7777 UDP len 6\]$"'
}

# shellcheck disable=SC2016
test_raw_json_is_an_object_a_line() {
	can_enter || return 0
	inside lo 'sniffing --raw udp --count 2 --format json --hex
		datagram 127.0.0.1 7777
		datagram 127.0.0.1 7778
		ended
		expect lines "$(wc -l </tmp/out)" 2
		expect ports "$(jq -c "[.number, .layers[1].fields[1].number, (.hex | length)]" /tmp/out | tr "\n" " ")" "[1,7777,68] [2,7778,68] "'
}

# shellcheck disable=SC2016
test_a_filter_on_a_raw_socket() {
	can_enter || return 0
	inside lo 'sniffing --raw udp --count 1 --format line udp dst port 7778
		datagram 127.0.0.1 7777
		datagram 127.0.0.1 7778
		ended
		expect_match line "$(</tmp/out)" "127\.0\.0\.1:7778 UDP len 6$"'
}

# shellcheck disable=SC2016
test_a_filter_on_an_interface() {
	can_enter || return 0
	inside pair 'sniffing --interface eth0 --count 2 "icmp or dst port 7778"
		datagram 192.0.2.2 7778
		ended
		expect lines "$(sed "s/^[0-9]* [0-9.]* //; s/2:7778.*/2:7778/" /tmp/out)" "$(printf "IPv4 192.0.2.1:%s > 192.0.2.2:7778\nIPv4 192.0.2.2 > 192.0.2.1 ICMP destination unreachable, port unreachable about [IPv4 192.0.2.1:%s > 192.0.2.2:7778" \
			"$(sed -n "1s/.*2\.1:\([0-9]*\) .*/\1/p" /tmp/out)" "$(sed -n "1s/.*2\.1:\([0-9]*\) .*/\1/p" /tmp/out)")"'
}

# shellcheck disable=SC2016
test_an_interface_sees_arp_and_both_directions() {
	can_enter || return 0
	inside pair 'sniffing --interface eth0 --count 4 arp or tcp
		refused 192.0.2.2 7777
		ended
		expect ARP "$(grep -c "ARP" /tmp/out)" 2
		expect TCP "$(grep -c "TCP" /tmp/out)" 2
		expect bad "$(grep -cF "(bad" /tmp/out || true)" 0'
}

# On loopback a packet leaves and arrives: it is shown once.
# shellcheck disable=SC2016
test_loopback_shows_a_packet_once() {
	can_enter || return 0
	inside lo 'sniffing --interface lo udp
		datagram 127.0.0.1 7777
		datagram 127.0.0.1 7778
		wait_for /tmp/out :7778
		ended TERM
		expect lines "$(wc -l </tmp/out)" 2'
}

# shellcheck disable=SC2016
test_any_is_cooked() {
	can_enter || return 0
	inside pair 'sniffing --interface any --count 2 udp port 7777
		datagram 127.0.0.1 7777
		datagram 192.0.2.2 7777
		ended
		expect_match first "$(sed -n 1p /tmp/out)" "interface 1 \(to us\) IPv4 127\.0\.0\.1:"
		expect_match second "$(sed -n 2p /tmp/out)" "interface 10 \(sent by us\) IPv4 192\.0\.2\.1:"'
	# A field of the cooked header, and what the kernel cannot be asked: the length with it.
	inside pair 'sniffing --interface any --count 1 "ifindex 10 and udp"
		datagram 127.0.0.1 7777
		datagram 192.0.2.2 7777
		ended
		expect_match line "$(</tmp/out)" "interface 10 "
		sniffing --interface any --count 1 "len = 54 and udp"
		(printf hell >/dev/udp/127.0.0.1/7777)
		datagram 127.0.0.1 7778
		ended
		expect_match line "$(</tmp/out)" ":7778 UDP len 6$"'
}

# shellcheck disable=SC2016
test_the_log_is_what_was_printed_and_is_appended_to() {
	can_enter || return 0
	inside lo 'sniffing --raw udp --count 2 --log /tmp/log
		datagram 127.0.0.1 7777
		datagram 127.0.0.1 7778
		ended
		cmp /tmp/log /tmp/out
		cp /tmp/log /tmp/before
		sniffing --raw udp --count 1 --log /tmp/log --hex --color always
		datagram 127.0.0.1 7779
		ended
		grep -q "$(printf "\033")" /tmp/out
		sed "s/$(printf "\033")\[[0-9;]*m//g" /tmp/out | grep "Source Port" >/tmp/port
		head -c "$(wc -c </tmp/before)" /tmp/log | cmp - /tmp/before
		expect color "$(grep -c "$(printf "\033")" /tmp/log || true)" 0
		grep -qF -- "$(</tmp/port)" /tmp/log'
}

# shellcheck disable=SC2016
test_what_is_written_decodes_to_the_same() {
	can_enter || return 0
	local format
	for format in line tree; do
		inside pair "format=$format"'
			sniffing --interface eth0 --write /tmp/new.pcap --format $format tcp or icmp or udp
			refused 192.0.2.2 7777
			datagram 192.0.2.2 7777
			(: >/dev/tcp/2001:db8::2/7777) 2>/dev/null || true
			wait_for /tmp/out "IPv6.*TCP RST|Source Address: 2001:db8::2"
			ended INT
			"$build/atlas" decode --format $format /tmp/new.pcap | cmp - /tmp/out'
	done
	inside lo 'sniffing --raw tcp --count 2 --write /tmp/new.pcap
		refused 127.0.0.1 7777
		ended
		"$build/atlas" decode --format tree /tmp/new.pcap | cmp - /tmp/out
		sniffing --interface any --count 2 --write /tmp/new.pcap tcp
		refused 127.0.0.1 7777
		ended
		"$build/atlas" decode /tmp/new.pcap | cmp - /tmp/out'
}

# shellcheck disable=SC2016
test_signals_end_it_with_the_counts() {
	can_enter || return 0
	local signal
	for signal in INT TERM; do
		inside lo "signal=$signal"'
			sniffing --raw udp --format line
			datagram 127.0.0.1 7777
			datagram 127.0.0.1 7777
			ended "$signal"
			expect "what came before the signal" "$(wc -l </tmp/out)" 2
			expect counts "$(tail -n 1 /tmp/err)" "2 packets, 0 dropped by the kernel"'
	done
	# Also when it is the runner of the sandbox that gets the signal.
	"$build/sockatlas" enter --topology lo -- "$build/atlas" sniff --raw udp >"$scratch/out" 2>"$scratch/err" &
	local runner=$! status=0
	wait_for "$scratch/err" '^listening'
	kill -INT "$runner"
	wait "$runner" || status=$?
	expect status "$status" 0
	expect counts "$(tail -n 1 "$scratch/err")" '0 packets, 0 dropped by the kernel'
}

# shellcheck disable=SC2016
test_it_ends_after_the_seconds() {
	can_enter || return 0
	inside lo 'sniffing --raw udp --seconds 1
		ended
		expect counts "$(tail -n 1 /tmp/err)" "0 packets, 0 dropped by the kernel"'
}

# A queue that nobody empties: the sniffer is stopped meanwhile.
# shellcheck disable=SC2016
test_what_the_kernel_drops_is_counted() {
	can_enter || return 0
	local kind
	for kind in '--raw udp' '--interface lo'; do
		inside lo "kind='$kind'"'
			sniffing $kind --format line udp
			kill -STOP "$sniffer"
			large=$(printf %060000d 0)
			for ((i = 0; i < 2000; i++)); do
				printf %s "$large" >/dev/udp/127.0.0.1/7777 || true
			done 2>/dev/null
			kill -CONT "$sniffer"
			ended TERM
			expect_match counts "$(tail -n 1 /tmp/err)" "^[0-9]+ packets, [1-9][0-9]* dropped by the kernel$"'
	done
}

# shellcheck disable=SC2016
test_what_cannot_be_written_is_said() {
	can_enter || return 0
	inside lo 'status=0
		"$build/atlas" sniff --raw udp --log /tmp/none/log 2>/tmp/err || status=$?
		expect "status and line" "$status $(</tmp/err)" "2 atlas sniff: /tmp/none/log: No such file or directory"
		sniffing --raw udp --log /dev/full
		datagram 127.0.0.1 7777
		status=0
		ended || status=$?
		expect_match "status and line" "$status $(</tmp/err)" "2 .*atlas sniff: /dev/full: No space left on device"
		status=0
		"$build/atlas" sniff --raw udp --write /dev/full 2>/tmp/err || status=$?
		expect "status and line" "$status $(</tmp/err)" "2 atlas sniff: /dev/full: No space left on device"
		status=0
		"$build/atlas" sniff --interface none0 2>/tmp/err || status=$?
		expect "status and line" "$status $(</tmp/err)" "2 atlas sniff: none0: No such device"
		status=0
		"$build/atlas" sniff --raw udp port 2>/tmp/err || status=$?
		expect_match "status and line" "$status $(</tmp/err)" "^2 atlas sniff: filter \"port\": .*syntax error"'
}

run_tests
