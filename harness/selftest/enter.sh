#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# sockatlas enter: a command in a sandbox, its status, and that nothing is left of it.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

enter() { timeout 60 "$build/sockatlas" enter "$@"; }

can_enter() {
	enter --topology lo true 2>"$scratch/error" && return
	skip "no sandbox: $(<"$scratch/error")"
	return 1
}

# refuses REGEX ARGUMENT...: exit status 2 and one line on standard error that matches.
refuses() {
	local regex=$1 status=0
	shift
	enter "$@" >/dev/null 2>"$scratch/error" || status=$?
	expect status "$status" 2 || return 1
	expect lines "$(wc -l <"$scratch/error")" 1 || return 1
	expect_match 'the line' "$(<"$scratch/error")" "$regex"
}

# sleepers N: until so many processes of this script's sleep are there; 10 seconds at most.
seconds=$((100000 + $$))
sleepers() {
	local i
	for ((i = 0; i < 500; i++)); do
		(($(pgrep -c -x -f "sleep $seconds") == $1)) && return
		sleep 0.02
	done
	expect 'processes' "$(pgrep -c -x -f "sleep $seconds")" "$1"
}

test_help() { expect_match text "$(enter --help)" 'usage: sockatlas enter'; }

test_every_option_that_is_wrong_is_said() {
	refuses "'--jump'" --jump
	refuses 'star: there is no such topology' --topology star true
	refuses 'c: the topology has no such host' --host c true
	refuses 'b: the topology has no such host' --host b --topology lo true
}

test_the_status_is_the_command_s() {
	can_enter || return 0
	local status=0
	enter -- sh -c 'exit 7' || status=$?
	expect status "$status" 7
	status=0
	# shellcheck disable=SC2016
	enter -- sh -c 'kill -KILL $$' || status=$?
	expect 'status of SIGKILL' "$status" 137
	status=0
	# A folder in the PATH that may not be searched would make it EACCES (execvp(3)).
	PATH=/usr/bin:/bin:/usr/sbin:/sbin enter -- nonesuch 2>"$scratch/error" || status=$?
	expect 'status of no program' "$status $(<"$scratch/error")" '127 sockatlas enter: nonesuch: No such file or directory'
	status=0
	enter -- /etc 2>/dev/null || status=$?
	expect 'status of no file' "$status" 126
}

# shellcheck disable=SC2016
test_input_and_output_are_kept() {
	can_enter || return 0
	expect cat "$(echo word | enter --topology lo cat)" word
	expect shell "$(echo 'echo $((6 * 7))' | SHELL=/bin/sh enter --topology lo)" 42
	expect 'standard error' "$(enter --topology lo -- sh -c 'echo word >&2' 2>&1 >/dev/null)" word
	expect 'its own options' "$(enter --topology lo echo --host b)" '--host b'
}

# shellcheck disable=SC2016
test_each_host_can_be_entered() {
	can_enter || return 0
	local host
	for host in a router b; do
		expect name "$(enter --topology routed --host "$host" -- sh -c 'echo "$SOCKATLAS_TOPOLOGY $SOCKATLAS_HOST"')" "routed $host"
	done
	expect_match 'address of a' "$(enter cat /proc/net/fib_trie)" '192\.0\.2\.1'
	expect_match 'address of b' "$(enter --host b cat /proc/net/fib_trie)" '192\.0\.2\.2'
	expect 'names' "$(enter ls /run/netns | tr '\n' ' ')" 'a b '
}

test_a_host_reaches_the_others() {
	can_enter || return 0
	PATH=$PATH:/usr/sbin:/sbin expect_match address "$(PATH=$PATH:/usr/sbin:/sbin enter --host b ip netns exec a cat /proc/net/fib_trie 2>&1)" '192\.0\.2\.1'
}

test_what_the_command_leaves_is_killed() {
	can_enter || return 0
	enter --topology lo -- sh -c "sleep $seconds & sleep $seconds & exit 0"
	sleepers 0
}

test_nothing_outlives_a_runner_that_is_ended() {
	can_enter || return 0
	local signal runner status before
	before=$(find /run/netns -mindepth 1 2>/dev/null | wc -l)
	for signal in INT TERM HUP KILL; do
		# Deaf to what can be ignored, so that only the runner can end it.
		"$build/sockatlas" enter -- sh -c "trap '' INT TERM HUP; sleep $seconds & sleep $seconds" &
		runner=$!
		sleepers 2
		status=0
		kill -s "$signal" "$runner"
		wait "$runner" 2>/dev/null || status=$?
		expect "status of $signal" "$status" "$((128 + $(kill -l "$signal")))"
		sleepers 0
	done 2>/dev/null
	expect namespaces "$(find /run/netns -mindepth 1 2>/dev/null | wc -l)" "$before"
}

test_a_signal_is_handed_to_the_command() {
	can_enter || return 0
	local runner status=0
	"$build/sockatlas" enter --topology lo -- sh -c "trap 'exit 3' TERM; sleep $seconds & wait" &
	runner=$!
	sleepers 1
	kill -TERM "$runner"
	wait "$runner" || status=$?
	expect status "$status" 3
	sleepers 0
}

test_an_ordinary_user_gets_the_same() {
	((EUID == 0)) || { skip 'not root: all of it ran as an ordinary user' && return; }
	id nobody >/dev/null 2>&1 || { skip 'there is no user nobody' && return; }
	runuser -u nobody -- test -x "$build/sockatlas" || { skip 'the build folder is not readable to others' && return; }
	runuser -u nobody -- "$build/sockatlas" enter --topology lo true 2>/dev/null || { skip 'no user namespaces' && return; }
	expect 'user inside' "$(runuser -u nobody -- "$build/sockatlas" enter id -u)" 0
	expect_match address "$(runuser -u nobody -- "$build/sockatlas" enter --host b cat /proc/net/fib_trie)" '192\.0\.2\.2'
}

# Where no namespace can be made.
test_no_permission() {
	unshare -r true 2>/dev/null || { skip 'no user namespace' && return; }
	# shellcheck disable=SC2016
	local status=0 limit='echo 0 >/proc/sys/user/max_net_namespaces && exec "$@"'
	unshare -r bash -c "$limit" - "$build/sockatlas" enter true 2>"$scratch/error" || status=$?
	expect status "$status" 2
	expect_match 'the line' "$(<"$scratch/error")" '^sockatlas enter: this platform gives no namespaces'
}

# A terminal: the shell's jobs can be interrupted, and the shell outside goes on afterwards.
test_a_shell_has_the_terminal() {
	can_enter || return 0
	command -v script >/dev/null || { skip 'script is missing' && return; }
	local keys screen
	mkfifo "$scratch/keys"
	TERM=dumb timeout 60 script -qc "bash --norc -i" /dev/null <>"$scratch/keys" >"$scratch/screen" &
	screen=$!
	exec {keys}>"$scratch/keys"
	seen() {
		local i
		for ((i = 0; i < 500; i++)); do
			grep -qaE "$1" "$scratch/screen" && return
			sleep 0.02
		done
		expect_match screen "$(<"$scratch/screen")" "$1"
	}
	echo "build=$build; \"\$build/sockatlas\" enter --topology lo -- bash --norc -i" >&"$keys"
	# shellcheck disable=SC2016
	echo 'echo "on <$SOCKATLAS_HOST>"' >&"$keys"
	seen 'on <a>'
	echo "sleep $seconds" >&"$keys"
	sleepers 1
	printf '\003' >&"$keys"
	sleepers 0
	# shellcheck disable=SC2016
	echo 'echo "slept: <$?>"; exit 5' >&"$keys"
	seen 'slept: <130>'
	# shellcheck disable=SC2016
	echo 'echo "left: <$?>"; exit' >&"$keys"
	seen 'left: <5>'
	kill "$screen" 2>/dev/null || true
	wait "$screen" || true
}

run_tests
