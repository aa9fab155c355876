#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# atlas decode: what its options do, and what it says of files that are broken.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

packets=fixtures/packets
decode() { "$build/atlas" decode "$@"; }

# refuses REGEX ARGUMENT...: exit status 2 and one line on standard error that matches.
refuses() {
	local regex=$1 status=0
	shift
	decode "$@" >"$scratch/output" 2>"$scratch/error" || status=$?
	expect status "$status" 2 || return 1
	expect lines "$(wc -l <"$scratch/error")" 1 || return 1
	expect_match 'the line' "$(<"$scratch/error")" "$regex"
}

# number16 N: 2 bytes; number32 N: 4 bytes, of a little-endian pcap file.
number16() { printf '%b' "$(printf '\\x%02x\\x%02x' $(($1 & 255)) $(($1 >> 8 & 255)))"; }
number32() { number16 $(($1 & 65535)) && number16 $(($1 >> 16 & 65535)); }
# capture LINKTYPE, then record SECONDS MICROSECONDS ESCAPED-BYTES...: a file on standard output.
capture() {
	number32 $((0xa1b2c3d4)) && number16 2 && number16 4 && number32 0 && number32 0
	number32 65535 && number32 "$1"
}
record() {
	local bytes=${3//\\x/}
	number32 "$1" && number32 "$2" && number32 $((${#bytes} / 2)) && number32 $((${#bytes} / 2))
	printf '%b' "$3"
}

test_help() { expect_match text "$(decode --help)" 'usage: atlas decode .*FILTER'; }

test_every_option_that_is_wrong_is_said() {
	refuses 'one FILE is needed'
	refuses '--jump: unknown option' --jump "$packets/udp.pcap"
	refuses 'must be line, tree or json' --format xml "$packets/udp.pcap"
	refuses '--count 0: must be a number from 1 ' --count 0 "$packets/udp.pcap"
	refuses '--count 2x: must be a number' --count 2x "$packets/udp.pcap"
	refuses 'must be isotp or j1939' --can open "$packets/udp.pcap"
	refuses 'must be auto, always or never' --color red "$packets/udp.pcap"
	refuses 'from 0 to 65535' --link-type 65536 "$packets/udp.pcap"
}

test_standard_input_is_a_file() {
	expect lines "$(decode - <"$packets/tcp.pcap")" "$(decode "$packets/tcp.pcap")"
	# shellcheck disable=SC2002 # a pipe, which cannot be sought in
	expect 'lines of a pipe' "$(cat "$packets/tcp.pcap" | decode -)" "$(decode "$packets/tcp.pcap")"
}

test_pcapng_is_the_same() {
	command -v editcap >/dev/null || { skip 'editcap is missing' && return; }
	editcap -F pcapng "$packets/tcp.pcap" "$scratch/tcp.pcapng"
	expect lines "$(decode "$scratch/tcp.pcapng")" "$(decode "$packets/tcp.pcap")"
	expect filtered "$(decode "$scratch/tcp.pcapng" 'tcp[13] & 2 != 0')" \
		"$(decode "$packets/tcp.pcap" 'tcp[13] & 2 != 0')"
}

test_times_count_from_the_first_packet_of_the_file() {
	{
		capture 1
		record 100 999990 '\x00'
		record 101 7 '\x01'
		record 99 999990 '\x02'
	} >"$scratch/times.pcap"
	expect times "$(decode "$scratch/times.pcap" | cut -d' ' -f1,2 | tr '\n' ' ')" \
		'1 0.000000 2 0.000017 3 -1.000000 '
	expect 'filtered times' "$(decode "$scratch/times.pcap" 'ether[0] = 1' | cut -d' ' -f1,2)" '2 0.000017'
}

test_a_filter_selects_and_keeps_the_numbers() {
	local all some
	all=$(decode "$packets/udp.pcap")
	some=$(decode "$packets/udp.pcap" ip6 and udp)
	expect lines "$some" "$(grep IPv6 <<<"$all")"
	expect 'in one word' "$(decode "$packets/udp.pcap" 'ip6 and udp')" "$some"
	expect 'nothing selected' "$(decode "$packets/udp.pcap" tcp)" ''
	expect 'no element' "$(decode --format json "$packets/udp.pcap" tcp | jq length)" 0
}

test_a_filter_is_compiled_for_the_link_type() {
	expect_match 'raw IP' "$(decode "$packets/raw_ip.pcap" ip6 | head -n 1)" '^[0-9]+ [0-9.]+ IPv6'
	expect 'cooked' "$(decode "$packets/sll2.pcap" ip | grep -cE 'IPv6|ARP')" 0
	# The bytes of a raw IPv4 header, read as what they are although the file says Ethernet.
	{
		capture 1
		record 1 0 '\x45\x00\x00\x1c\x00\x00\x00\x00\x40\x11\x00\x00\x7f\x00\x00\x01\x7f\x00\x00\x01\x00\x09\x00\x09\x00\x08\x00\x00'
	} >"$scratch/raw.pcap"
	expect_match 'another link type' "$(decode --link-type 101 "$scratch/raw.pcap" udp port 9)" 'UDP'
	expect 'its own' "$(decode "$scratch/raw.pcap" udp port 9)" ''
}

test_a_bad_filter_is_said() {
	refuses 'filter "port": .*syntax error' "$packets/udp.pcap" port
	refuses 'filter "tcp or frob": ' "$packets/udp.pcap" tcp or frob
	expect 'nothing was printed' "$(<"$scratch/output")" ''
}

test_count() {
	expect lines "$(decode --count 3 "$packets/tcp.pcap")" "$(decode "$packets/tcp.pcap" | head -n 3)"
	expect selected "$(decode --count 2 "$packets/udp.pcap" ip6 | wc -l)" 2
	expect elements "$(decode --count 3 --format json "$packets/tcp.pcap" | jq length)" 3
}

test_hex_of_a_line_is_the_packet() {
	# Out of the dump again: an offset, two spaces, 16 cells, two spaces, characters.
	local dumped
	dumped=$(decode --hex --count 1 "$packets/udp.pcap" | sed -n 's/^  \([0-9a-f]\{4\}\)  \(.\{50\}\).*/\2/p' | tr -d ' \n')
	expect bytes "$dumped" "$(decode --hex --count 1 --format json "$packets/udp.pcap" | jq -r '.[0].hex')"
	expect length "$((${#dumped} / 2))" "$(decode --count 1 --format json "$packets/udp.pcap" | jq '.[0].captured')"
}

test_hex_tells_the_layers_apart() {
	local first
	first=$(decode --hex --count 1 "$packets/udp.pcap" | sed -n '2,4p')
	expect 'the first rows' "$first" \
		'  a Ethernet  b IPv4  c UDP  d Data
  0000  02 00 00 00 00 02 02 00  00 00 00 01 08 00 45 00  ..............E.
        a----------------------------------------- b----'
}

test_hex_marks_what_contradicts() {
	{
		capture 101
		record 1 0 '\x45\x00\x00\x0a\x00\x00\x00\x00\x40\x11\x00\x00\x7f\x00\x00\x01\x7f\x00\x00\x01'
	} >"$scratch/short.pcap"
	decode --hex "$scratch/short.pcap" >"$scratch/dump"
	expect_match legend "$(sed -n 2p "$scratch/dump")" '\^\^ contradicts$'
	expect marks "$(sed -n 4p "$scratch/dump")" '        a---- ^^ ^^ a-----------------------------------'
	expect_match field "$(decode --hex --format tree "$scratch/short.pcap" | grep '\] Total Length')" '\| 00 0a  <-- contradicts$'
}

test_hex_of_a_tree_has_the_bytes_of_each_field() {
	local file
	for file in "$packets"/*.pcap; do
		# Without what it adds it is the tree that there is without it.
		decode --hex --format tree "$file" | sed -e '/^  [a-z0-9]/d' -e '/^        [a-z^]/d' \
			-e 's/  |\( [0-9a-f][0-9a-f]\)*\( \.\.\.\)*\( &\( [0-9a-f][0-9a-f]\)*\)*\(  <-- contradicts\)*$/\5/' >"$scratch/without"
		decode --format tree "$file" >"$scratch/tree"
		cmp "$scratch/without" "$scratch/tree" || return 1
	done
	expect bits "$(decode --hex --format tree --count 1 "$packets/udp.pcap" | grep IHL)" '  [14] IHL: 5  | 45 & 0f'
}

test_colors_are_for_terminals() {
	expect 'a file' "$(decode --hex "$packets/udp.pcap" | grep -c $'\033')" 0
	expect 'never' "$(decode --hex --color never "$packets/udp.pcap" | grep -c $'\033')" 0
	decode --hex --color always --format tree "$packets/udp.pcap" >"$scratch/colored"
	expect_match 'a layer' "$(sed -n 3p "$scratch/colored")" $'0000  \033\\[36m02'
	expect 'every colour ends' "$(grep -c $'\033\\[[0-9;]*m[^\033]*$' "$scratch/colored")" \
		"$(grep -c $'\033\\[0m[^\033]*$' "$scratch/colored")"
	expect 'no marks' "$(grep -c 'a-----' "$scratch/colored")" 0
}

test_hex_in_json() {
	expect 'as many digits as bytes' "$(decode --hex --format json "$packets/tcp.pcap" |
		jq '[.[] | (.hex | length) == 2 * .captured] | all')" true
	expect 'the rest' "$(decode --hex --format json "$packets/tcp.pcap" | jq -c 'map(del(.hex))')" \
		"$(decode --format json "$packets/tcp.pcap" | jq -c .)"
}

test_summary_counts() {
	local json
	json=$(decode --format json "$packets/udp.pcap")
	decode --summary "$packets/udp.pcap" >"$scratch/summary"
	count() { sed -n "s/^  $1  *\\([0-9]*\\)\$/\\1/p" "$scratch/summary"; }
	expect packets "$(count packets)" "$(jq length <<<"$json")"
	local outcome
	for outcome in complete truncated malformed; do
		expect "$outcome" "$(count "$outcome")" "$(jq "map(select(.outcome == \"$outcome\")) | length" <<<"$json")"
	done
	expect bad "$(count 'with a bad checksum')" "$(jq 'map(select(.line | contains("(bad checksum)"))) | length' <<<"$json")"
	expect UDP "$(count UDP)" "$(jq 'map(select(any(.layers[]; .protocol == "UDP"))) | length' <<<"$json")"
	expect 'in JSON' "$(decode --summary --format json "$packets/udp.pcap" | jq -c '.[-1].summary | [.packets, .complete, .protocols.UDP]')" \
		"[$(count packets),$(count complete),$(count UDP)]"
	expect 'of nothing' "$(decode --summary --format json "$packets/udp.pcap" tcp | jq -c '[length, .[0].summary.packets, .[0].summary.protocols]')" '[1,0,{}]'
}

# What an offload leaves in the field is the sum over the pseudo-header: no fault of anybody.
# 127.0.0.1:9 to itself, length 8: 7f00 + 0001 + 7f00 + 0001 + 0011 + 0008 = fe1b
test_checksums_left_to_the_device_are_not_bad() {
	local ip='\x45\x00\x00\x1c\x00\x00\x00\x00\x40\x11\x7c\xcf\x7f\x00\x00\x01\x7f\x00\x00\x01\x00\x09\x00\x09\x00\x08'
	{
		capture 101
		record 1 0 "$ip"'\xfe\x1b'
		record 1 0 "$ip"'\xfe\x1c'
	} >"$scratch/partial.pcap"
	expect 'the first' "$(decode "$scratch/partial.pcap" | head -n 1 | grep -c 'bad checksum')" 0
	expect 'the second' "$(decode "$scratch/partial.pcap" | tail -n 1 | grep -c 'bad checksum')" 1
}

test_what_came_before_a_fault_is_printed() {
	head -c 1000 "$packets/tcp.pcap" >"$scratch/cut.pcap"
	refuses "$scratch/cut.pcap: after packet [0-9]+: truncated dump file" "$scratch/cut.pcap"
	local lines
	lines=$(wc -l <"$scratch/output")
	((lines > 3))
	expect lines "$(<"$scratch/output")" "$(decode "$packets/tcp.pcap" | head -n "$lines")"
	refuses 'truncated dump file' --format json "$scratch/cut.pcap"
	expect 'elements before it' "$(jq length "$scratch/output")" "$lines"
}

test_files_that_are_no_captures() {
	: >"$scratch/empty.pcap"
	refuses 'empty.pcap: truncated dump file' "$scratch/empty.pcap"
	refuses 'none.pcap: No such file' "$scratch/none.pcap"
	refuses 'Makefile: unknown file format' Makefile
	refuses 'Is a directory' "$scratch"
}

test_an_unknown_link_type_is_data() {
	decode --link-type 999 "$packets/udp.pcap" >"$scratch/data" 2>"$scratch/error"
	expect_match warning "$(<"$scratch/error")" 'link type 999 is not known'
	expect_match line "$(head -n 1 "$scratch/data")" 'data of link type 999'
}

test_output_that_cannot_be_written() {
	[[ -w /dev/full ]] || { skip '/dev/full is missing' && return; }
	local status=0
	decode "$packets/udp.pcap" >/dev/full 2>"$scratch/error" || status=$?
	expect status "$status" 2
	expect 'the line' "$(<"$scratch/error")" 'atlas decode: standard output: No space left on device'
	# With SIGPIPE ignored a reader that has gone is an error; otherwise it ends the program.
	status=$(
		trap '' PIPE
		{
			decode "$packets/udp.pcap" 2>"$scratch/error" || echo $? >"$scratch/status"
		} | true
		cat "$scratch/status" 2>/dev/null
	)
	if [[ -n $status ]]; then
		expect status "$status" 2
		expect 'the line' "$(<"$scratch/error")" 'atlas decode: standard output: Broken pipe'
	fi
}

# More text than the buffer has, in packets larger than what was left of it.
test_long_output_is_whole() {
	local i
	{
		head -c 24 "$packets/tcp.pcap"
		for ((i = 0; i < 200; i++)); do tail -c +25 "$packets/tcp.pcap"; done
	} >"$scratch/long.pcap"
	expect lines "$(decode "$scratch/long.pcap" | cut -d' ' -f3- | md5sum)" \
		"$(for ((i = 0; i < 200; i++)); do decode "$packets/tcp.pcap" | cut -d' ' -f3-; done | md5sum)"
	expect elements "$(decode --format json "$scratch/long.pcap" | jq length)" \
		"$(decode "$scratch/long.pcap" | wc -l)"
}

run_tests
