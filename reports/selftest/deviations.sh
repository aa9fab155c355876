#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# From a case to what it notices: sockatlas deviations writes what atlas deviations reads.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

file=$scratch/deviations.jsonl
id=inet/tcp_bind/bind_to_a_port_in_use
"$build/sockatlas" deviations -q -o "$file" --only 'bind:EADDRINUSE:*' "$id" 2>"$scratch/summary"
proof_status=$?

test_the_case_notices() {
	expect 'status' "$proof_status" 0
	expect 'deviations' "$(jq -r 'select(.type == "deviation") | .name' "$file" | head -n 1)" bind:EADDRINUSE:EACCES
}

test_the_file_tells_of_the_selection() {
	expect 'only' "$(jq -r 'select(.type == "header") | .only' "$file")" 'bind:EADDRINUSE:*' || return 1
	expect 'selected' "$(jq -r 'select(.type == "header") | .selected' "$file")" 2 || return 1
	expect 'more are available' "$(jq -r 'select(.type == "header") | .available > .selected' "$file")" true
}

test_the_file_has_the_case_and_its_source() {
	expect 'case' "$(jq -r 'select(.type == "case") | .case' "$file")" "$id" || return 1
	expect 'source' "$(jq -r 'select(.type == "source") | .file' "$file")" suites/inet/tcp_bind.c
}

test_atlas_reads_it() {
	local status=0
	"$build/atlas" deviations "$file" >"$scratch/text" 2>&1 || status=$?
	expect 'status' "$status" 0 || return 1
	expect_match 'the first line' "$(head -n 1 "$scratch/text")" ', of a selection$' || return 1
	expect_match 'the last line' "$(tail -n 1 "$scratch/text")" 'noticed: 100.0 %, .* 0 survived'
}

test_an_explanation_without_need() {
	local status=0
	printf 'bind:EADDRINUSE:success\tno case looks\n' >"$scratch/stale.tsv"
	"$build/atlas" deviations --explained "$scratch/stale.tsv" "$file" >"$scratch/text" 2>&1 || status=$?
	expect 'status' "$status" 1 || return 1
	expect_match 'what is said' "$(<"$scratch/text")" 'stale.tsv:1: bind:EADDRINUSE:success is noticed'
}

test_a_file_that_was_cut() {
	local status=0
	head -c -100 "$file" >"$scratch/cut.jsonl"
	"$build/atlas" deviations "$scratch/cut.jsonl" >/dev/null 2>"$scratch/error" || status=$?
	expect 'status' "$status" 2 || return 1
	expect_match 'what is said' "$(<"$scratch/error")" 'not all tried'
}

test_a_deviated_run() {
	"$build/sockatlas" run -q --deviate bind:EADDRINUSE:success -o "$scratch/run.jsonl" "$id" 2>/dev/null || true
	"$build/atlas" summary "$scratch/run.jsonl" >"$scratch/text"
	expect_match 'the summary' "$(<"$scratch/text")" 'not the results of a platform: .* bind:EADDRINUSE:success' || return 1
	expect_match 'how to run it again' "$(<"$scratch/text")" "sockatlas run --deviate bind:EADDRINUSE:success $id/v4"
}

run_tests
