#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The commands that make calls misbehave.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

sockatlas=$build/sockatlas
case=inet/tcp_bind/bind_to_a_port_in_use
deviation=bind:EADDRINUSE:success

header() { jq -c "select(.type == \"header\") | $2" "$1"; }

test_a_normal_run_says_that_nothing_deviates() {
	"$sockatlas" run -q -o "$scratch/plain" "$case" 2>/dev/null || return 1
	expect deviation "$(header "$scratch/plain" .deviation)" null || return 1
	expect calls "$(jq -r 'select(.type == "result") | .calls[] | select(.deviated)' "$scratch/plain")" ''
}

test_a_deviating_run_says_so_and_fails() {
	local status=0
	"$sockatlas" run -q -o "$scratch/other" --deviate "$deviation" "$case" 2>/dev/null || status=$?
	expect status "$status" 1 || return 1
	expect deviation "$(header "$scratch/other" .deviation)" "\"$deviation\"" || return 1
	expect calls "$(jq -r 'select(.type == "result") | .calls[] | select(.deviated) | .call' \
		"$scratch/other" | sort | uniq -c | tr -s ' ')" ' 2 bind'
}

test_the_environment_turns_nothing_on() {
	DEVIATE=$deviation SOCKATLAS_DEVIATE=$deviation \
		"$sockatlas" run -q -o "$scratch/plain" "$case" 2>/dev/null || return 1
	expect deviation "$(header "$scratch/plain" .deviation)" null
}

test_wrong_usage() {
	local arguments status
	while read -r -a arguments; do
		status=0
		"$sockatlas" "${arguments[@]}" -o "$scratch/none" >/dev/null 2>&1 || status=$?
		expect "${arguments[*]}" "$status" 2 || return 1
	done <<-END
		run --deviate nonsense $case
		run --deviate a:b:c $case
		run --deviate $deviation --no-calls $case
		show --deviate a:b:c $case
		show --deviate $deviation
		deviations --only nothing:like:it $case
		deviations --no-calls $case
		deviations --repeat 2 $case
		deviations no/such/case
	END
}

test_the_lesson_on_a_platform_that_misbehaves() {
	"$sockatlas" show --deviate "$deviation" "$case" >"$scratch/shown" || return 1
	grep -q '       | bind(.* = -1 EADDRINUSE$' "$scratch/shown" || return 1
	grep -q '       ! bind(.* = 0   deviates$' "$scratch/shown" || return 1
	grep -q '       ! expected -1 EADDRINUSE, observed 0$' "$scratch/shown" || return 1
	grep -q '^With the deviation:  fail' "$scratch/shown"
}

test_each_deviation_is_run_on_each_case_that_has_room_for_it() {
	local listed run
	listed=$("$sockatlas" deviations --list "$case" | sort) || return 1
	"$sockatlas" deviations -q -o "$scratch/all" "$case" 2>/dev/null || true
	run=$(jq -r 'select(.type == "deviation") | .name as $n | .cases[] | "\($n)\t\(.id)"' \
		"$scratch/all" | sort)
	expect trials "$run" "$listed" || return 1
	expect noticed "$(jq -r "select(.name == \"$deviation\") | .cases[].verdict" "$scratch/all" |
		tr '\n' ' ')" 'fail fail ' || return 1
	expect acted "$(jq -r "select(.name == \"$deviation\") | .cases[].acted" "$scratch/all" |
		tr '\n' ' ')" 'true true ' || return 1
	expect footer "$(tail -n 1 "$scratch/all" | jq .deviations)" \
		"$(cut -f 1 <<<"$listed" | sort -u | wc -l)"
}

test_an_unnoticed_deviation_is_status_1() {
	local status=0
	"$sockatlas" deviations -q --only 'getsockname:AF_INET:unfilled' -o "$scratch/one" \
		inet/tcp_bind/bind_to_a_port_in_use/v4 2>/dev/null || status=$?
	expect status "$status" "$(jq -s 'map(select(.type == "deviation" and (.noticed | not))) |
		if length > 0 then 1 else 0 end' "$scratch/one")"
}

run_tests
