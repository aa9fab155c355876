#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Known differences: what is expected to go wrong is no failure, what is not is one, and what
# passes although it should not is one too.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

case=selftest/cases/stray

# judge ENTRY... [-- OPTION...]: runs the case NAME with these entries; prints its verdict and the exit status.
judge() {
	local name=$1 entry=$2 status=0
	shift 2
	printf '{"entries": [%s]}\n' "$entry" >"$scratch/known.json"
	"$build/stray" run -q --known "$scratch/known.json" -o "$scratch/known.jsonl" "$@" "$case/$name" 2>"$scratch/err" || status=$?
	jq -r --argjson status "$status" 'select(.type == "result") | "\(.verdict) \($status)"' "$scratch/known.jsonl"
}

known() { jq -r "select(.type == \"result\") | $1" "$scratch/known.jsonl"; }

# entry CASE EXPECT [MORE]
entry() { printf '{"case": "%s", "expect": %s, "why": "it is so", "source": "a book"%s}' "$case/$1" "$2" "${3:+, $3}"; }

test_what_is_expected_is_known() {
	local name verdict
	while read -r name verdict; do
		expect "$name" "$(judge "$name" "$(entry "$name" "\"$verdict\"")")" 'known 0' || return 1
		expect "was $name" "$(known .known.verdict)" "$verdict" || return 1
	done <<-END
		fails fail
		fails_by_cunit fail
		crashes crash
		leaves crash
		hangs timeout
		skips skip
	END
}

test_the_result_says_why_and_who() {
	judge hangs "$(entry hangs '"timeout"')" >"$scratch/verdict"
	expect reason "$(known .reason)" 'it is so'
	expect why "$(known .known.why)" 'it is so'
	expect source "$(known .known.source)" 'a book'
	expect entry "$(known .known.entry)" "$scratch/known.json, entry 1"
	expect_match seen "$(known .known.reason)" '^the deadline passed in recv\(\)'
}

test_a_timeout_that_is_known_comes_early() {
	judge hangs "$(entry hangs '"timeout"')" --timeout-scale 4 >"$scratch/verdict"
	expect 'a quarter of its deadline' "$(known '(.duration_us >= 280000 and .duration_us < 1000000)')" true || return 1
	judge hangs "$(entry hangs '["timeout", "pass"]')" --timeout-scale 4 >"$scratch/verdict"
	expect 'all of it where it may pass' "$(known '(.duration_us >= 1150000)')" true
}

test_another_way_to_go_wrong_is_not_expected() {
	expect 'a crash for a fail' "$(judge crashes "$(entry crashes '"fail"')")" 'crash 1'
	expect 'a fail for a skip' "$(judge fails "$(entry fails '["skip", "timeout"]')")" 'fail 1'
	expect 'one of several' "$(judge fails "$(entry fails '["crash", "fail"]')")" 'known 0'
	expect 'another case' "$(judge fails "$(entry passes '"fail"')")" 'fail 1'
}

test_a_pass_that_is_not_expected_fails_the_run() {
	expect verdict "$(judge passes "$(entry passes '"fail"')")" 'fixed 1'
	expect reason "$(known .reason)" "it passes, but $scratch/known.json, entry 1 expects it to go wrong: it is so"
	expect 'of a glob' "$(judge passes "$(entry 'p*' '"fail"')")" 'fixed 1'
	expect 'of a folder' "$(judge passes '{"case": "selftest", "expect": "fail", "why": "w", "source": "s"}')" 'fixed 1'
}

test_what_goes_either_way() {
	expect 'it passes' "$(judge passes "$(entry passes '["pass", "fail"]')")" 'pass 0'
	expect 'it fails' "$(judge fails "$(entry fails '["pass", "fail"]')")" 'known 0'
	expect 'it does something else' "$(judge crashes "$(entry crashes '["pass", "fail"]')")" 'crash 1'
}

test_one_entry_about_several_cases() {
	local both='{"case": ["selftest/cases/stray/fails", "selftest/cases/stray/pass*"], "expect": "fail", "why": "w", "source": "s"}'
	expect 'the first' "$(judge fails "$both")" 'known 0'
	expect 'the second' "$(judge passes "$both")" 'fixed 1'
	expect 'a third' "$(judge crashes "$both")" 'crash 1'
}

test_the_errno_has_to_be_the_expected_one() {
	expect 'the right one' "$(judge fails_with_an_errno "$(entry fails_with_an_errno '"fail"' '"errno": "ENOPROTOOPT"')")" 'known 0'
	expect 'one of several' "$(judge fails_with_an_errno "$(entry fails_with_an_errno '"fail"' '"errno": ["EPERM", "ENOPROTOOPT"]')")" 'known 0'
	expect 'another' "$(judge fails_with_an_errno "$(entry fails_with_an_errno '"fail"' '"errno": "EPERM"')")" 'fail 1'
	# It is in the text of the check and in what was expected, but was not observed.
	expect 'not observed' "$(judge fails_with_an_errno "$(entry fails_with_an_errno '"fail"' '"errno": "EBADF"')")" 'fail 1'
	expect 'no errno at all' "$(judge fails "$(entry fails '"fail"' '"errno": "EPERM"')")" 'fail 1'
	expect 'of a setup step' "$(judge setup_fails "$(entry setup_fails '"error"' '"errno": "EBADF"')")" 'known 0'
	expect 'another of it' "$(judge setup_fails "$(entry setup_fails '"error"' '"errno": "EPERM"')")" 'error 2'
}

test_an_entry_holds_where_it_says() {
	local bits=64 where
	[[ $(jq -r 'select(.type == "header") | .platform.pointer_bits' "$scratch/known.jsonl" 2>/dev/null) != 32 ]] || bits=32
	for where in "\"machine\": \"$(uname -m)\"" '"platform": "here"' '"platform": "h*"' '"release": ">=3.0 <99"' \
		"\"release\": \"=$(uname -r | grep -oE '^[0-9]+\.[0-9]+')\"" "\"pointer_bits\": $bits" '"kernel": "Linux"' '"libc": "*"'; do
		expect "$where" "$(judge fails "$(entry fails '"fail"' "\"where\": {$where}")" --platform here)" 'known 0' || return 1
	done
	for where in '"machine": "pdp11"' '"platform": "there"' '"release": "<3.0"' '"release": ">=3.0 <3.1"' \
		"\"pointer_bits\": $((96 - bits))" '"kernel": "gVisor"' '"libc": "newlib"' "\"machine\": \"$(uname -m)\", \"libc\": \"newlib\""; do
		expect "$where" "$(judge fails "$(entry fails '"fail"' "\"where\": {$where}")" --platform here)" 'fail 1' || return 1
	done
	printf '{"where": {"kernel": "gVisor"}, "entries": [%s]}' "$(entry fails '"fail"' '"where": {"libc": "*"}')" >"$scratch/file.json"
	"$build/stray" run -q --known "$scratch/file.json" -o "$scratch/known.jsonl" $case/fails 2>/dev/null || true
	expect "the file's" "$(known .verdict)" fail
}

test_strict_needs_leave_known_skips() {
	expect 'not known' "$(judge skips "$(entry fails '"fail"')" --strict-needs)" 'fail 1'
	expect known "$(judge skips "$(entry skips '"skip"')" --strict-needs)" 'known 0'
}

test_no_difference_is_known_without_files() {
	expect verdict "$(judge fails "$(entry fails '"fail"')" --no-known)" 'fail 1'
}

test_a_file_that_is_wrong_is_named_with_its_entry() {
	local text=$'{"entries": [\n{"case": "a/b", "expect": "fail", "why": "w", "source": "s"},\n{"case": "a/b", "expect": "fial", "why": "w", "source": "s"}]}'
	printf '%s' "$text" >"$scratch/wrong.json"
	local status=0
	"$build/stray" run -q --known "$scratch/wrong.json" $case/passes >/dev/null 2>"$scratch/err" || status=$?
	expect status "$status" 2
	expect line "$(<"$scratch/err")" "sockatlas: $scratch/wrong.json:3: entry 2: \"expect\" is pass, fail, skip, error, timeout or crash, not \"fial\""
	status=0
	"$build/stray" run -q --known "$scratch/nowhere.json" $case/passes >/dev/null 2>"$scratch/err" || status=$?
	expect status "$status" 2
	expect 'no file' "$(<"$scratch/err")" "sockatlas: $scratch/nowhere.json: No such file or directory"
}

# Each entry of fixtures/platforms is about a case that exists.
test_no_entry_is_stale() {
	"$build/sockatlas" known >"$scratch/out"
	expect entries "$(grep -c '^  entry: ' "$scratch/out" || true)" "$(cat fixtures/platforms/*.json 2>/dev/null | jq -s '[.[].entries[]] | length')"
}

test_a_stale_entry_is_an_error() {
	local status=0
	printf '{"entries": [%s, %s]}' "$(entry fails '"fail"')" "$(entry gone '"fail"')" >"$scratch/stale.json"
	"$build/stray" known --known "$scratch/stale.json" >"$scratch/out" 2>"$scratch/err" || status=$?
	expect status "$status" 1
	expect_match line "$(<"$scratch/err")" 'stale.json:1: entry 2: no case matches "selftest/cases/stray/gone"$'
	expect 'that holds here' "$(grep -c '^here  selftest/cases/stray/fails$' "$scratch/out")" 1
}

test_deviations_are_not_excused() {
	local line
	# A case that does not pass as it is for a known reason has nothing to notice with.
	printf '{"entries": [%s]}' "$(entry fails_with_an_errno '"fail"')" >"$scratch/known.json"
	line=$("$build/stray" deviations -q --known "$scratch/known.json" $case/fails_with_an_errno 2>&1 >/dev/null || true)
	[[ $line != *'is left out'* ]] || return 1
	line=$("$build/stray" deviations -q $case/fails_with_an_errno 2>&1 >/dev/null || true)
	expect_match 'without the entry' "$line" 'fails_with_an_errno is left out'
}

run_tests
