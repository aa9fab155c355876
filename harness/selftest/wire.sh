#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# What an expectation about a packet says when it fails: which field of which packet.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

results=$scratch/results.jsonl
"$build/stray" run -q -o "$results" 'selftest/cases/wire' 2>/dev/null

# check CASE N: the N-th check as "EXPECTED | OBSERVED"
check() {
	jq -r "select(.type == \"result\" and .id == \"selftest/cases/wire/$1\") | .checks[$2] |
		\"\\(.expected) | \\(.observed)\"" "$results"
}
verdict() { jq -r "select(.type == \"result\" and .id == \"selftest/cases/wire/$1\") | .verdict" "$results"; }

test_a_packet_that_is_there() {
	expect verdict "$(verdict holds)" pass || return 1
	expect_match check "$(check holds 0)" \
		'^UDP Destination Port 9001, IPv4 Time to Live 7, IPv4 Source Address 127.0.0.1, UDP, no ICMP, no IPv4 Options \| IPv4 127.0.0.1:[0-9]+ > 127.0.0.1:9001 UDP len 1$'
}

test_packets_with_only_a_part_are_passed_over() {
	expect verdict "$(verdict passes_over)" pass || return 1
	expect_match check "$(check passes_over 0)" '> 127.0.0.1:9001 UDP len 1$'
}

test_each_field_that_differs_is_named_with_both_values() {
	expect verdict "$(verdict differs)" fail || return 1
	expect_match check "$(check differs 0)" \
		'^TCP, IPv4 Time to Live 5, IPv4 Source Address 192.0.2.1 \| no TCP, IPv4 Time to Live 7, IPv4 Source Address 127.0.0.1 in: IPv4 127.0.0.1:[0-9]+ > 127.0.0.1:9000 UDP len 1$'
	expect 'the next one' "$(jq -r 'select(.id == "selftest/cases/wire/differs" and .type == "result") | .checks[1].ok' "$results")" true
}

test_a_fatal_one_ends_the_case() {
	expect verdict "$(verdict ends)" fail || return 1
	expect_match check "$(check ends 0)" '^no IPv4 \| IPv4 in: ' || return 1
	expect checks "$(jq -r 'select(.id == "selftest/cases/wire/ends" and .type == "result") | .checks | length' "$results")" 1
}

test_the_nearest_packet_is_shown_when_none_came() {
	expect verdict "$(verdict never_comes)" fail || return 1
	expect_match check "$(check never_comes 0)" \
		'^UDP Destination Port 9002, IPv4 Time to Live 7, UDP Length 9 \| UDP Destination Port 9000 in the nearest of [0-9]+ packets in 2000 ms: IPv4 127.0.0.1:[0-9]+ > 127.0.0.1:9000 UDP len 1$'
}

test_nothing_came() {
	expect verdict "$(verdict silent)" fail || return 1
	expect check "$(check silent 0)" 'UDP Destination Port 9000 | no packet in 2000 ms'
}

run_tests
