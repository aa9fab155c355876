#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Captured packets against a second witness: cases during which tcpdump captures the same
# link. Between the datagrams that mark the beginning and the end both must have the same
# packets, in the same order, with the same bytes, lengths and, nearly, times.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

cases=selftest/cases/tcpdump
results=$scratch/results.jsonl
"$build/stray" run -q -o "$results" "$cases" 2>/dev/null

# On loopback one witness sees a packet leaving, the other arriving. The cases last longer.
nearly_ns=100000000

result() { jq -r "select(.type == \"result\" and .id == \"$cases/$1\") | $2" "$results"; }

# packets FILE: the link type, then a line a packet from mark to mark: nanoseconds since the
# first, bytes captured, bytes on the link, and the bytes in hexadecimal. (A case's packets
# have the time since its start.) A capture file is of either byte order, and of microseconds
# or nanoseconds (pcap-savefile(5)).
packets() {
	od -An -v -tx1 "$1" | tr -d ' \n' | awk -v begin="$(mark 'here it begins')" -v end="$(mark 'here it ends')" '
		function number(at, i, text, sum) {
			sum = 0
			for (i = 0; i < 4; i++) {
				text = substr($0, 2 * (at + (big ? i : 3 - i)) + 1, 2)
				sum = sum * 256 + 16 * (index(digits, substr(text, 1, 1)) - 1) + index(digits, substr(text, 2, 1)) - 1
			}
			return sum
		}
		{
			digits = "0123456789abcdef"
			big = substr($0, 1, 4) == "a1b2"
			scale = index(substr($0, 1, 8), big ? "3c4d" : "4d3c") ? 1 : 1000
			print "link type", number(20)
			for (at = 24; at + 16 <= length($0) / 2 && !after; at += 16 + captured) {
				captured = number(at + 8)
				bytes = substr($0, 2 * (at + 16) + 1, 2 * captured)
				if (!inside && index(bytes, begin)) {
					inside = 1
					seconds = number(at)
					fraction = number(at + 4)
				}
				if (inside)
					printf "%d %d %d %s\n", (number(at) - seconds) * 1000000000 + (number(at + 4) - fraction) * scale, captured, number(at + 12), bytes
				after = inside && index(bytes, end)
			}
			print after ? "all" : "the end is missing"
		}'
}

mark() { printf '%s\0' "$1" | od -An -v -tx1 | tr -d ' \n'; }

# same FILE FILE: prints the first difference, or "same N".
same() {
	paste -d '|' <(packets "$1") <(packets "$2") | awk -F '|' -v nearly="$nearly_ns" '
		function differ(what) { print "packet " NR - 1 ": " what ": " $1 " | " $2; failed = 1; exit }
		$1 !~ /^-?[0-9]/ || $2 !~ /^-?[0-9]/ {
			if ($1 != $2)
				differ("not in both")
			if ($1 == "the end is missing")
				differ($1)
			next
		}
		{
			split($1, a, " ")
			split($2, b, " ")
			apart = a[1] - b[1]
			if (a[2] != b[2])
				differ("captured length")
			if (a[3] != b[3])
				differ("length")
			if (a[4] != b[4])
				differ("bytes")
			if (apart > nearly || apart < -nearly)
				differ("time")
			count++
		}
		END { if (!failed) print "same " count + 0 }'
}

# both CASE HOST LINK: the two files, $scratch/ours and $scratch/theirs; skips when there are none.
both() {
	local verdict
	verdict=$(result "$1" .verdict)
	[[ $verdict == skip ]] && { skip "$(result "$1" '"\(.need): \(.reason)"')" && return 1; }
	expect "verdict of $1" "$verdict$(result "$1" '.checks[] | select(.ok | not) | .observed')" pass || { result "$1" .output >&2 && exit 1; }
	result "$1" ".packets[] | select(.host == \"$2\" and .link == \"$3\") | .pcap" | base64 -d >"$scratch/ours"
	# Hexadecimal to bytes, in pieces that a command line can hold.
	result "$1" .output | grep -oE '[0-9a-f]{2}' | sed 's/^/\\x/' | tr -d '\n' | fold -w 4000 |
		while read -r piece || [[ -n $piece ]]; do printf '%b' "$piece"; done >"$scratch/theirs"
}

test_loopback() {
	both loopback a lo || return 0
	expect_match packets "$(same "$scratch/ours" "$scratch/theirs")" '^same (2[0-9]|3[0-9])$'
}

test_between_hosts() {
	local host
	for host in a b; do
		both "between_hosts/$host" "$host" eth0 || return 0
		expect_match "packets that leave $host" "$(same "$scratch/ours" "$scratch/theirs")" '^same (1[0-9]|2[0-9])$'
	done
}

# Without this, the tests above could hold whatever the files say.
test_the_marks_are_not_all() {
	both loopback a lo || return 0
	packets "$scratch/theirs" >"$scratch/lines"
	# More than what is kept of a packet, a tagged frame, a short one, both families.
	grep -qE ' 2048 2542 ' "$scratch/lines"
	grep -qE ' 60 60 .{24}8100a005' "$scratch/lines"
	grep -qE ' 20 20 ' "$scratch/lines"
	grep -qE ' [0-9]+ [0-9]+ .{24}86dd6' "$scratch/lines"
}

# altered WHAT OFFSET BYTES: the difference is found when these bytes stand there in our file.
altered() {
	cp "$scratch/ours" "$scratch/changed"
	printf '%b' "$3" | dd of="$scratch/changed" bs=1 seek="$2" conv=notrunc status=none
	cmp -s "$scratch/ours" "$scratch/changed" && { expect "$1" 'nothing to change' 'a change' || return 1; }
	expect_match "$1" "$(same "$scratch/changed" "$scratch/theirs")" '^packet [0-9]+: '
}

test_a_difference_is_found() {
	both loopback a lo || return 0
	local first size
	# The header has 24 bytes, that of a packet 16: seconds, fraction, captured, original.
	first=24
	size=$((24 + 16 + $(packets "$scratch/theirs" | awk 'NR == 2 { print $2 }')))
	altered 'the link type' 20 '\x71'
	altered 'the time' "$size" '\x07\x00\x00\x07'
	altered 'the original length' "$((first + 12))" '\x99'
	altered 'a byte of an address' "$((first + 16 + 14 + 12))" '\x7e'
	altered 'a byte of the second packet' "$((size + 16 + 30))" '\xee'
	# A packet less, and the first two in the other order.
	{ head -c 24 "$scratch/ours" && tail -c "+$((size + 1))" "$scratch/ours"; } >"$scratch/changed"
	expect_match 'a packet less' "$(same "$scratch/changed" "$scratch/theirs")" '^packet [0-9]+: '
	local second
	second=$((16 + $(packets "$scratch/theirs" | awk 'NR == 3 { print $2 }')))
	{
		head -c "$size" "$scratch/ours"
		tail -c "+$((size + second + 1))" "$scratch/ours"
	} >"$scratch/changed"
	expect_match 'another packet less' "$(same "$scratch/changed" "$scratch/theirs")" '^packet [0-9]+: '
	head -c "$(($(stat -c %s "$scratch/ours") - 200))" "$scratch/ours" >"$scratch/changed"
	expect_match 'the end is cut' "$(same "$scratch/changed" "$scratch/theirs")" '^packet [0-9]+: '
}

run_tests
