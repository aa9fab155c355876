#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The history of Linux as data: a case whose claim is of some versions only runs on all of
# them, and has to go wrong on the others.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

folder=selftest/cases/history
results=$scratch/results.jsonl
"$build/stray" run -q -o "$results" "$folder" 2>/dev/null

# result NAME FILTER
result() { jq -r "select(.type == \"result\" and .id == \"$folder/$1\") | $2" "$results"; }

test_verdicts() {
	local name verdict reason
	while read -r name verdict reason; do
		expect "$name" "$(result "$name" '"\(.verdict) \(.reason)"')" "$verdict $reason" || return 1
	done <<-END
		in_range pass $(:)
		fails_in_range fail $(:)
		not_yet known since Linux 99.1
		already fixed passes on $(uname -r) though it says since Linux 99.1
		no_more known until Linux 3.1
		still fixed passes on $(uname -r) though it says until Linux 3.1
		skips_as_not_yet known since Linux 99
		prepares_as_not_yet known since Linux 99
		shows_nothing error vacuous: the case made no check
		rows_differ/always pass $(:)
		rows_differ/not_yet known since Linux 99.1
		rows_differ/already fixed passes on $(uname -r) though it says since Linux 99.1
		rows_differ/no_more known until Linux 3.1
		rows_differ/earlier_than_the_case pass $(:)
	END
}

test_the_result_has_the_history_and_its_source() {
	expect since "$(result not_yet '"\(.since) \(.removed)"')" '99.1 null'
	expect source "$(result not_yet '"\(.known.source); \(.known.verdict); \(.known.why)"')" 'a book; fail; since Linux 99.1'
	expect_match entry "$(result not_yet .known.entry)" '^harness/selftest/cases/history\.c:[0-9]+$'
	expect 'of the case' "$(result rows_differ/earlier_than_the_case .since)" 3.0
	expect 'the reason of a skip' "$(result skips_as_not_yet .known.reason)" 'this kernel does not have it'
}

test_exit_statuses() {
	local name status expected
	while read -r name expected; do
		status=0
		"$build/stray" run -q "$folder/$name" >/dev/null 2>&1 || status=$?
		expect "$name" "$status" "$expected" || return 1
	done <<-END
		not_yet 0
		no_more 0
		already 1
		still 1
		fails_in_range 1
	END
}

# A distribution brings what is new to a kernel of old number.
test_an_entry_says_that_it_is_here_nevertheless() {
	local status=0
	printf '{"entries": [{"case": "%s/%s", "expect": "pass", "why": "backported", "source": "s"}]}' "$folder" already >"$scratch/known.json"
	"$build/stray" run -q --known "$scratch/known.json" "$folder/already" >"$scratch/one.jsonl" 2>/dev/null || status=$?
	expect verdict "$(jq -r 'select(.type == "result") | .verdict' "$scratch/one.jsonl") $status" 'pass 0'
	# Then it has to be here.
	status=0
	printf '{"entries": [{"case": "%s/%s", "expect": "pass", "why": "backported", "source": "s"}]}' "$folder" not_yet >"$scratch/known.json"
	"$build/stray" run -q --known "$scratch/known.json" "$folder/not_yet" >"$scratch/one.jsonl" 2>/dev/null || status=$?
	expect verdict "$(jq -r 'select(.type == "result") | .verdict' "$scratch/one.jsonl") $status" 'fail 1'
}

test_lists_show_it() {
	expect text "$("$build/stray" list "$folder/in_range" | head -n 1)" "ABI      $folder/in_range  (since Linux 3.0, until 99)"
	expect tsv "$("$build/stray" list -f tsv "$folder/no_more" | tail -n 1 | cut -f 9-10)" $'\t3.1'
	expect show "$("$build/stray" show "$folder/in_range" | grep '^Kernel: ')" 'Kernel:         since Linux 3.0, until 99'
	expect rows "$("$build/stray" show "$folder/rows_differ" | grep '^Variants: ')" \
		'Variants:       always, not_yet (since Linux 99.1), already (since Linux 99.1), no_more (until Linux 3.1), earlier_than_the_case (since Linux 2.6)'
}

test_the_page_shows_it_once_a_case_and_where_a_row_differs() {
	local page=$scratch/page/index.html
	"$build/atlas" report "$results" -o "$scratch/page" >/dev/null
	expect 'of the case' "$(grep -c 'href="#?q=since:99\.1">since Linux 99\.1</a>' "$page")" 6
	expect 'to search for' "$(grep -c 'data-since="3\.0 99\.1"' "$page")" 1
}

run_tests
