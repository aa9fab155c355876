#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# What never ends in a pass: a case that shows nothing, a skip that was not needed, and a
# setup step that failed, wherever in the case.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

results=$scratch/results.jsonl
"$build/stray" run -q -o "$results" selftest/cases/vacuity selftest/cases/preparation 2>/dev/null

# result CASE FILTER
result() { jq -r "select(.type == \"result\" and .id == \"selftest/cases/$1\") | $2" "$results"; }

test_verdicts() {
	local name verdict
	while read -r name verdict; do
		expect "$name" "$(result "vacuity/$name" .verdict)" "$verdict" || return 1
	done <<-END
		calls_nothing error
		observes_only error
		checks_nothing error
		computes pass
		computes_nothing error
		computes_with_a_call error
		observes pass
		calls_in_a_child pass
		calls_in_a_thread pass
		fails_without_a_call fail
		skips_though_met fail
		skips skip
		skips_after_a_failure fail
		skips_when_full skip
	END
}

test_the_reason_says_what_is_missing() {
	expect call "$(result vacuity/calls_nothing .reason)" 'vacuous: the case made no call'
	expect 'call beside an observation' "$(result vacuity/observes_only .reason)" 'vacuous: the case made no call'
	expect check "$(result vacuity/checks_nothing .reason)" 'vacuous: the case made no check'
	expect 'check of a computation' "$(result vacuity/computes_nothing .reason)" 'vacuous: the case made no check'
	expect declaration "$(result vacuity/computes_with_a_call .reason)" 'the case says that it only computes, but made calls (2)'
}

test_a_skip_whose_need_is_met_names_it() {
	expect reason "$(result vacuity/skips_though_met .reason)" \
		'skipped for want of "reuseport", which is there (SO_REUSEPORT can be set): no option of that name'
}

test_calls_are_not_missed_when_none_are_recorded() {
	local name
	"$build/stray" run -q --no-calls -o "$scratch/bare.jsonl" selftest/cases/vacuity 2>/dev/null || true
	for name in calls_nothing observes_only computes computes_with_a_call; do
		expect "$name" "$(jq -r "select(.type == \"result\" and .id == \"selftest/cases/vacuity/$name\") | .verdict" "$scratch/bare.jsonl")" pass
	done
	expect checks_nothing "$(jq -r 'select(.type == "result" and .id == "selftest/cases/vacuity/checks_nothing") | .verdict' "$scratch/bare.jsonl")" error
}

test_a_failed_setup_is_an_error_everywhere() {
	local name
	while read -r name; do
		expect "$name" "$(result "preparation/$name" '"\(.verdict): \(.reason)"')" 'error: a setup step failed' || return 1
	done < <(sed -n 's/^CASE(\([a-z_]*\),.*/\1/p' harness/selftest/cases/preparation.c)
	expect 'cases' "$(jq -r 'select(.type == "result" and (.id | startswith("selftest/cases/preparation/"))) | .id' "$results" | wc -l)" \
		"$(grep -c '^CASE(' harness/selftest/cases/preparation.c)"
}

test_the_failed_step_is_shown() {
	expect step "$(result preparation/in_a_child '.checks[] | select(.setup) | "\(.ok) \(.text) \(.observed)"')" \
		'false close(-1) -1 EBADF (Bad file descriptor)'
}

# Without this, the tests above would hold for a runner that never passes anything.
test_the_suites_pass_with_and_without_calls() {
	local option
	for option in '' --no-calls; do
		# shellcheck disable=SC2086
		"$build/sockatlas" run -q $option -o "$scratch/suites.jsonl" golden/decoding resolver/convert_old 2>/dev/null || return 1
		expect "verdicts $option" "$(jq -r 'select(.type == "result") | .verdict' "$scratch/suites.jsonl" | sort -u)" pass
	done
}

run_tests
