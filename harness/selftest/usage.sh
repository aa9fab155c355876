#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Wrong usage and bad surroundings: one clear line, exit 2, nothing half-written.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

# refuses REGEX COMMAND...: exit status 2 and one line on standard error that matches.
refuses() {
	local regex=$1 status=0
	shift
	"$@" >/dev/null 2>"$scratch/error" || status=$?
	expect status "$status" 2 || return 1
	expect lines "$(wc -l <"$scratch/error")" 1 || return 1
	expect_match 'the line' "$(<"$scratch/error")" "$regex"
}

test_unknown_command() { refuses '"jump" is not a command' "$build/sockatlas" jump; }
test_no_command() { refuses 'is not a command' "$build/sockatlas"; }
test_unknown_option() { refuses "'--jump'" "$build/sockatlas" run --jump; }
test_unknown_id() { refuses 'no case matches "inet/none"' "$build/sockatlas" run inet/none; }
test_glob_that_matches_nothing() { refuses "no case matches \"zz\\*\"" "$build/sockatlas" list 'zz*'; }
test_unknown_level() { refuses 'no level is named "ISO"' "$build/sockatlas" list -l ISO; }
test_unknown_tag() { refuses 'no case is selected' "$build/sockatlas" list -t nothing-has-this; }
test_unknown_constant() { refuses 'no constant .* "SO_WHAT"' "$build/sockatlas" list -c SO_WHAT; }
test_unknown_format() { refuses 'text or tsv' "$build/sockatlas" list -f xml; }
test_jobs_out_of_range() { refuses 'from 1 to 64, not "0"' "$build/sockatlas" run -j 0; }
test_jobs_not_a_number() { refuses 'not "2x"' "$build/sockatlas" run -j 2x; }
test_show_without_case() { refuses 'show wants a case' "$build/sockatlas" show; }

test_output_in_a_folder_that_is_not_there() {
	refuses "$scratch/none/r.jsonl: No such file" "$build/stray" run -o "$scratch/none/r.jsonl" selftest/cases/stray/passes
}

test_output_is_a_folder() {
	refuses "$scratch: Is a directory" "$build/stray" run -o "$scratch" selftest/cases/stray/passes
}

test_full_disk() {
	[[ -w /dev/full ]] || { skip '/dev/full is missing' && return; }
	local status=0
	"$build/stray" run -q -o /dev/full selftest/cases/stray/passes 2>"$scratch/error" || status=$?
	expect status "$status" 2
	expect_match 'the line' "$(grep sockatlas: "$scratch/error")" '^sockatlas: /dev/full: No space left on device$'
}

# A file system that is really full: nothing may be left of the results.
# shellcheck disable=SC2016
test_full_file_system() {
	local full='mount -t tmpfs -o size=16k tmpfs "$1" && status=0 && { "$2" run -q -o "$1/r.jsonl" selftest/cases/stray/on_a_pair 2>"$3" || status=$?; } && echo "$status $(ls -A "$1" | wc -l)"'
	mkdir -p "$scratch/full"
	expect 'status and files' "$(unshare -rm bash -c "$full" - "$scratch/full" "$build/stray" "$scratch/error" || echo none)" '2 0' ||
		{ unshare -rm true 2>/dev/null || { skip 'no mount namespace' && return; } && return 1; }
	expect_match 'the line' "$(grep sockatlas: "$scratch/error")" 'r.jsonl: No space left on device'
}

# shellcheck disable=SC2016
test_missing_iproute2() {
	local hide='mount --bind /dev/null "$1" && shift && exec "$@"' ip
	ip=$(PATH=$PATH:/usr/sbin:/sbin command -v ip)
	ip=$(readlink -f "$ip")
	unshare -rm true 2>/dev/null || { skip 'no mount namespace' && return; }
	refuses 'iproute2 is missing' unshare -rm bash -c "$hide" - "$ip" "$build/stray" run -o "$scratch/r.jsonl" selftest/cases/stray/on_a_pair
	[[ ! -e $scratch/r.jsonl ]]
}

# Where no namespace can be made, every case is skipped with the reason.
test_no_permission() {
	unshare -r true 2>/dev/null || { skip 'no user namespace' && return; }
	local status=0 limit='echo 0 >/proc/sys/user/max_net_namespaces && exec "$@"'
	unshare -r bash -c "$limit" - "$build/stray" run -o "$scratch/none.jsonl" selftest/cases/stray/passes 2>"$scratch/error" || status=$?
	expect status "$status" 2
	expect_match 'the line' "$(head -n 1 "$scratch/error")" '^sockatlas: this platform gives no namespaces'
	expect verdict "$(jq -r 'select(.type == "result") | "\(.verdict) \(.need)"' "$scratch/none.jsonl")" 'skip sandbox'
}

test_list_tells_every_variant() {
	expect variants "$("$build/stray" list -f tsv selftest/cases/stray/has_variants | tail -n +2 | wc -l)" 3
}

test_list_by_tag_level_and_constant() {
	expect tag "$("$build/stray" list -f tsv -t rows | tail -n +2 | wc -l)" 3
	expect level "$("$build/stray" list -f tsv -l abi -t rows | tail -n +2 | wc -l)" 3
	expect constant "$("$build/stray" list -f tsv -c EMFILE | tail -n +2 | cut -f1)" selftest/cases/stray/lowers_limits
}

test_show_tells_lesson_and_source() {
	local text
	text=$("$build/stray" show selftest/cases/stray/aborts)
	expect_match lesson "$text" 'abort\(\) in a process that is process 1 would not be SIGABRT\.'
	expect_match source "$text" 'CASE\(aborts'
}

test_exclude() {
	expect count "$("$build/stray" list -f tsv -x '*/three' selftest/cases/stray/has_variants | tail -n +2 | wc -l)" 2
}

run_tests
