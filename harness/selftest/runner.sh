#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# What the runner makes of cases that misbehave, and what it leaves behind.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

stray=selftest/cases/stray
results=$scratch/results.jsonl

# The results of the stray cases, once for all tests.
"$build/stray" run -o "$results" "$stray" 2>"$scratch/summary"
stray_status=$?

result() { jq -r "select(.type == \"result\" and .id == \"$stray/$1\") | $2" "$results"; }

test_verdicts() {
	local name verdict
	while read -r name verdict; do
		expect "$name" "$(result "$name" .verdict)" "$verdict" || return 1
	done <<-END
		passes pass
		fails fail
		fails_at_once fail
		fails_by_cunit fail
		crashes crash
		aborts crash
		dies_of_sigpipe crash
		leaves crash
		hangs timeout
		hangs_deaf timeout
		leaves_children pass
		setup_fails error
		checks_nothing error
		skips skip
		fails_in_a_child fail
		fails_in_a_thread fail
		talks pass
		calls_much pass
		sends_much pass
		has_variants/one pass
		has_variants/two pass
		has_variants/three fail
		on_a_pair pass
		on_routed pass
		on_lan pass
		writes_files pass
		sets_sysctls pass
		lowers_limits pass
	END
}

test_exit_status_tells_error_over_failure() { expect status "$stray_status" 2; }

test_exit_status_of_failure() {
	local status=0
	"$build/stray" run -q -o /dev/null "$stray/passes" "$stray/fails" 2>/dev/null || status=$?
	expect status "$status" 1
}

test_exit_status_of_success() { "$build/stray" run -q -o /dev/null "$stray/passes" 2>/dev/null; }

test_a_run_in_which_all_is_skipped_is_an_error() {
	local status=0
	"$build/stray" run -q -o /dev/null "$stray/skips" 2>/dev/null || status=$?
	expect status "$status" 2
}

test_strict_needs_turns_skips_into_failures() {
	local status=0
	"$build/stray" run -q --strict-needs -o /dev/null "$stray/skips" 2>/dev/null || status=$?
	expect status "$status" 1
}

test_signals_are_named() {
	expect crashes "$(result crashes .signal)" SIGSEGV
	expect aborts "$(result aborts .signal)" SIGABRT
	expect sigpipe "$(result dies_of_sigpipe .signal)" SIGPIPE
}

test_what_came_before_a_crash_is_kept() {
	expect checks "$(result crashes '.checks | length')" 1
	expect call "$(result crashes '.calls[0].call')" socket
}

test_a_hanging_call_is_named() {
	expect_match reason "$(result hangs .reason)" 'in recv\(\) at harness/selftest/cases/stray.c:[0-9]+'
	expect returned "$(result hangs '.calls[-1].returned')" false
}

test_expected_and_observed_are_kept() {
	expect check "$(result fails '.checks[1] | "\(.ok) \(.expected) \(.observed)"')" 'false 2 1'
	expect 'the check after it' "$(result fails '.checks | length')" 3
	expect_match 'the summary' "$(<"$scratch/summary")" "again: $build/stray run -v '$stray/fails'"
}

test_a_fatal_check_ends_the_case() { expect output "$(result fails_at_once .output)" ''; }

test_failures_of_cunit_itself_are_kept() {
	expect text "$(result fails_by_cunit '.checks[1].text')" '1 == 2'
}

test_a_child_that_fails_does_not_run_on() {
	expect observations "$(result fails_in_a_child '.observations | length')" 1
}

test_a_skip_has_need_and_reason() {
	expect skip "$(result skips '"\(.need): \(.reason)"')" 'moon phase: the moon is waning'
}

test_what_does_not_fit_is_counted() {
	expect calls "$(result calls_much '(.calls | length) + .calls_left_out')" 10001
	local total
	total=$(result sends_much '[.packets[] | .kept + .left_out] | add + 0')
	expect packets "$((total + $(result sends_much .packets_dropped)))" 400
	expect_match 'left out' "$(result sends_much '.packets[0].left_out')" '^[1-9]'
}

test_output_is_cut() { (($(result talks '.output | length') == 16384)); }

test_every_line_is_json_with_a_type() {
	expect types "$(jq -r .type "$results" | sort -u | tr '\n' ' ')" 'case footer header result source '
}

test_the_footer_counts() {
	local line
	line=$(tail -n 1 "$results" | jq -r '"\(.results) \(.pass + .fail + .skip + .known + .fixed + .error + .timeout + .crash)"')
	expect footer "$line" "$(grep -c '"type":"result"' "$results") $(grep -c '"type":"result"' "$results")"
}

test_both_hosts_of_a_pair_are_captured() {
	local links
	links=$(result on_a_pair '[.packets[] | "\(.host) \(.link)"] | sort | join(", ")')
	expect links "$links" 'a eth0, b eth0'
}

test_captures_are_read_by_others() {
	command -v tshark >/dev/null || { skip 'tshark is missing' && return; }
	result on_a_pair '.packets[] | select(.host == "a") | .pcap' | base64 -d >"$scratch/a.pcap"
	expect_match 'the first SYN' "$(tshark -n -r "$scratch/a.pcap" -Y 'tcp.flags.syn == 1' -T fields -e ip.dst 2>/dev/null | head -n 1)" '192.0.2.2'
}

test_calls_have_the_line_of_the_suite() {
	local line
	line=$(grep -n 'setup_fails' harness/selftest/cases/stray.c | cut -d: -f1)
	expect line "$(result setup_fails '.calls[0].line')" "$((line + 2))"
}

test_nothing_is_left_after_a_run() {
	[[ ! -e /tmp/sockatlas-stray ]]
	expect processes "$(pgrep -f "$build/stray run" | wc -l)" 0
}

# The runner is killed in the middle of cases that would hang for a minute.
test_nothing_is_left_after_kill_9() {
	local pid before i
	before=$(find /run/netns -mindepth 1 2>/dev/null | wc -l)
	"$build/stray" run -q -o "$scratch/killed.jsonl" --timeout-scale 200 "$stray/hangs" "$stray/hangs_deaf" 2>/dev/null &
	pid=$!
	for ((i = 0; i < 200; i++)); do
		(($(pgrep -c -f "$scratch/killed.jsonl") >= 5)) && break
		sleep 0.02
	done
	(($(pgrep -c -f "$scratch/killed.jsonl") >= 5))
	kill -9 "$pid"
	wait "$pid" 2>/dev/null || true
	for ((i = 0; i < 200; i++)); do
		(($(pgrep -c -f "$scratch/killed.jsonl") == 0)) && break
		sleep 0.02
	done
	expect processes "$(pgrep -c -f "$scratch/killed.jsonl")" 0
	expect files "$(find "$scratch" -name '*killed.jsonl*' | wc -l)" 0
	expect namespaces "$(find /run/netns -mindepth 1 2>/dev/null | wc -l)" "$before"
}

test_an_interrupted_run_says_so() {
	local pid status=0 blocked
	"$build/stray" run -q -o "$scratch/stopped.jsonl" --timeout-scale 200 "$stray/hangs" 2>/dev/null &
	pid=$!
	# Not before it waits for them: until then they end it as any program.
	for _ in {1..100}; do
		blocked=$(sed -n "s/^SigBlk:\\s*//p" "/proc/$pid/status")
		((0x$blocked >> 14 & 1)) && break
		sleep 0.1
	done
	kill -INT "$pid" 2>/dev/null || true
	kill -TERM "$pid" 2>/dev/null || true
	wait "$pid" || status=$?
	expect status "$status" 2
	expect interrupted "$(tail -n 1 "$scratch/stopped.jsonl" | jq .interrupted)" true
}

test_an_ordinary_user_gets_the_same() {
	((EUID == 0)) || { skip 'not root: all of it ran as an ordinary user' && return; }
	id nobody >/dev/null 2>&1 || { skip 'there is no user nobody' && return; }
	runuser -u nobody -- test -x "$build/stray" || { skip 'the build folder is not readable to others' && return; }
	runuser -u nobody -- "$build/stray" run -q "$stray" >"$scratch/nobody.jsonl" 2>/dev/null || true
	if [[ $(head -n 1 "$scratch/nobody.jsonl" | jq -r .platform.namespaces) == none ]]; then
		skip "no user namespaces: $(head -n 1 "$scratch/nobody.jsonl" | jq -r .platform.namespaces_reason)" && return
	fi
	expect mode "$(head -n 1 "$scratch/nobody.jsonl" | jq -r .platform.namespaces)" user
	local verdicts='select(.type == "result") | "\(.id) \(.verdict)"'
	expect verdicts "$(jq -r "$verdicts" "$scratch/nobody.jsonl" | sort)" "$(jq -r "$verdicts" "$results" | sort)"
}

test_the_header_tells_what_deadlines_are_multiplied_by() {
	"$build/stray" run -q -o "$scratch/scale.jsonl" --timeout-scale 2.5 "$stray/passes" 2>/dev/null
	expect 'a factor' "$(jq -r 'select(.type == "header") | .timeout_percent' "$scratch/scale.jsonl")" 250
	"$build/stray" run -q -o "$scratch/scale.jsonl" --timeout-scale auto "$stray/passes" 2>/dev/null
	expect 'a measured one' "$(jq -r 'select(.type == "header") | .timeout_percent >= 100 and .timeout_percent <= 10000' \
		"$scratch/scale.jsonl")" true
}

test_repeat_runs_each_that_often() {
	"$build/stray" run -q --repeat 5 -o "$scratch/five.jsonl" "$stray/passes" 2>/dev/null
	expect results "$(tail -n 1 "$scratch/five.jsonl" | jq .results)" 5
}

test_without_capture_and_calls() {
	"$build/stray" run -q --no-capture --no-calls -o "$scratch/bare.jsonl" "$stray/on_a_pair" 2>/dev/null
	expect content "$(jq -c 'select(.type == "result") | [.calls, .packets]' "$scratch/bare.jsonl")" '[[],[]]'
}

# The longest time in microseconds that two of these results were under way at once.
overlap() {
	jq -s --arg which "$1" '[.[] | select(.type == "result" and (.id | test($which)))
		| {from: (.start_us + .setup_us), to: (.start_us + .setup_us + .duration_us)}]
		| sort_by(.from) | [range(1; length) as $i | .[$i - 1].to - .[$i].from] | max' "$2"
}

test_cases_take_turns() {
	"$build/stray" run -q -j 4 -o "$scratch/turns.jsonl" selftest/cases/turns 2>/dev/null
	expect passed "$(tail -n 1 "$scratch/turns.jsonl" | jq .pass)" 9
	(("$(overlap "working|waiting" "$scratch/turns.jsonl")" <= 0))
	(("$(overlap "apart" "$scratch/turns.jsonl")" <= 0))
	# The control: cases of two names do run side by side.
	(("$(overlap "" "$scratch/turns.jsonl")" > 0))
}

# Twice three turns of 60 ms each, which do not fit into less than 360 ms.
test_runs_take_turns_with_each_other() {
	local start end
	start=$(date +%s%N)
	"$build/stray" run -q -o "$scratch/first.jsonl" selftest/cases/turns/working 2>/dev/null &
	"$build/stray" run -q -o "$scratch/second.jsonl" selftest/cases/turns/waiting 2>/dev/null
	wait "$!"
	end=$(date +%s%N)
	expect first "$(tail -n 1 "$scratch/first.jsonl" | jq .pass)" 3
	expect second "$(tail -n 1 "$scratch/second.jsonl" | jq .pass)" 3
	((end - start >= 360000000))
}

# A network that is thrown away afterwards stands for the machine.
test_cases_have_the_machine_where_it_is_theirs() {
	# shellcheck disable=SC2016
	"$build/sockatlas" enter --topology lo -- bash -c '
		"$1" run -q --own-machine -o /tmp/machine.jsonl selftest/cases/machine && tail -n 1 /tmp/machine.jsonl
		ip -o link | grep -c eth-' own "$build/stray" >"$scratch/machine" 2>/dev/null || true
	expect passed "$(head -n 1 "$scratch/machine" | jq .pass)" 6
	expect left "$(tail -n 1 "$scratch/machine")" 0
}

test_the_machine_is_left_alone_otherwise() {
	local status=0
	"$build/stray" run -q -o "$scratch/alone.jsonl" selftest/cases/machine 2>/dev/null || status=$?
	expect status "$status" 2
	expect_match reason "$(jq -r 'select(.type == "result") | .reason' "$scratch/alone.jsonl")" 'only with --own-machine'
}

run_tests
