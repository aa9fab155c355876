#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Launchers of guest kernels: a guest that fails, and a launcher that is interrupted, end
# within their time with the right status, say why, and leave nothing behind. PLATFORM chooses which:
# PLATFORM=qemu-6.12 harness/selftest/platform.sh
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

launcher=scripts/platform/${PLATFORM:-uml-6.1}
# Seconds that its guest may take to come up on a busy machine, and MiB that it needs for that alone.
up=15 little=64
[[ $launcher != */qemu-* ]] || up=90 little=384
# What never ends: to a guest whose clock goes on when it sleeps, sleeping takes no time.
busy='while :; do :; done'
# What runs there are shell commands: sockatlas itself is not wanted, nor made.
export SOCKATLAS=$build/sockatlas
export TMPDIR=$scratch/tmp
mkdir "$TMPDIR"
echo "$TMPDIR/" >"$scratch/needle"

# What the guest is made of is fetched first, and kept; it may not be to be had.
"$launcher" -c true >"$scratch/first" 2>&1 </dev/null
first=$?

# What may not be there after a launcher's end: processes that know its folder, mounts, files.
leaves() {
	grep -lasF -f "$scratch/needle" /proc/[0-9]*/cmdline || true
	cat /proc/mounts
	find "$TMPDIR" -mindepth 1
	find build/platform -maxdepth 1 2>/dev/null || true
}

# Skips the test where there can be no guest.
needs_guest() {
	((first == 77)) || return 0
	skip "$(sed -n 's/.*skipped: //p' "$scratch/first" | tail -n 1)"
	exit 0
}

# run_guest ARGUMENT...: sets status, text and seconds; fails when something is left behind.
run_guest() {
	local before began=$SECONDS
	needs_guest
	before=$(leaves)
	status=0
	"$launcher" "$@" >"$scratch/text" 2>&1 </dev/null || status=$?
	seconds=$((SECONDS - began)) text=$(<"$scratch/text")
	expect "left behind" "$(comm -13 <(sort <<<"$before") <(leaves | sort))" ""
}

# expect_within SECONDS
expect_within() {
	((seconds <= $1)) && return 0
	echo "    it took $seconds s, not $1 s at most" >&2
	return 1
}

# interrupt SIGNAL STATUS: it comes while the guest works.
interrupt() {
	local before pid status=0
	needs_guest
	before=$(leaves)
	# Without job control what runs in the background ignores SIGINT, as this script itself may have been made to.
	set -m
	env --default-signal=INT "$launcher" -t $((up + 60)) -c "echo busy; $busy" >"$scratch/text" 2>&1 </dev/null &
	pid=$!
	set +m
	for _ in {1..1200}; do
		! grep -q '^busy$' "$scratch/text" || break
		sleep 0.05
	done
	expect 'the guest works' "$(<"$scratch/text")" busy
	local began=$SECONDS
	kill -s "$1" "$pid"
	wait "$pid" || status=$?
	seconds=$((SECONDS - began))
	expect status "$status" "$2"
	expect_within 5
	expect "left behind" "$(comm -13 <(sort <<<"$before") <(leaves | sort))" ""
}

# The control of all others: nothing fails, and the command's status and words arrive.
test_a_guest_tells_status_and_words() {
	run_guest -c 'echo out; echo err >&2; exit 7'
	expect status "$status" 7
	expect words "$(sort <<<"$text")" $'err\nout'
}

test_a_guest_panics() {
	run_guest -c 'echo c >/proc/sysrq-trigger; sleep 60'
	expect status "$status" 3
	expect_match 'its words' "$text" 'error: it ended with status [0-9]+ before'
	expect_match 'its console' "$text" 'console ends:.*Kernel panic'
	expect_within $((up + 25))
}

# Nothing comes from its console any more, and it is an error all the same.
test_a_guest_loses_its_console() {
	run_guest -c 'echo "last words" >/dev/console; rm -f /dev/console; echo 0 >/proc/sys/kernel/printk; echo c >/proc/sysrq-trigger; sleep 60'
	expect status "$status" 3
	expect_match 'its words' "$text" 'error: it ended with status [0-9]+ before'
	expect_match 'its console' "$text" 'console ends:.*last words'
	expect_within $((up + 25))
}

test_a_guest_hangs() {
	run_guest -t "$up" -c "echo 'it works' >/dev/console; $busy"
	expect status "$status" 3
	expect_match 'its words' "$text" "error: it was not done within $up s"
	expect_match 'its console' "$text" 'console ends:.*it works'
	expect_within $((up + 8))
}

test_a_guest_runs_out_of_memory() {
	run_guest -m "$little" -c 'mount -t tmpfs -o size=1g none /tmp && dd if=/dev/zero of=/tmp/all bs=1M'
	expect status "$status" 3
	expect_match 'its console' "$text" 'console ends:.*[Oo]ut of memory'
	expect_within $((up + 30))
}

test_a_guest_ends_without_a_status() {
	run_guest -c 'poweroff -f || busybox poweroff -f; sleep 60'
	expect status "$status" 3
	expect_match 'its words' "$text" 'error: it ended with status [0-9]+ before'
	expect_within $((up + 25))
}

# A guest that works in silence lives. One that stands still does not, long before its time is over.
test_a_guest_stands_still() {
	run_guest -s 6 -c 'sleep 8; echo "it lives"; echo "it stops" >/dev/console; kill -STOP -1; sleep 60'
	expect status "$status" 3
	expect_match 'its words' "$text" 'it lives.*error: it gave no sign of life for 6 s'
	expect_match 'its console' "$text" 'console ends:.*it stops'
	expect_within $((up + 30))
}

# It would skip most cases, and pass.
test_a_guest_without_modules() {
	[[ $launcher == */uml-* ]] || { skip 'only a launcher of User-Mode Linux can leave one out' && return; }
	uml_without=tun run_guest -c 'echo "it works"'
	expect status "$status" 3
	expect_match 'its words' "$text" 'error: it ended with status [0-9]+ before'
	expect_match 'its console' "$text" 'console ends:.*modules cannot be loaded'
}

# Nobody hears it: it has the status all the same, and what it opens is not taken for its words.
test_closed_streams() {
	local before
	needs_guest
	before=$(leaves)
	status=0
	"$launcher" -f "$scratch/facts" -c 'echo out; exit 7' <&- >&- 2>&- || status=$?
	expect status "$status" 7
	expect facts "$(sed -n 's/^status //p' "$scratch/facts")" 7
	expect "left behind" "$(comm -13 <(sort <<<"$before") <(leaves | sort))" ""
}

test_sigint_ends_launcher_and_guest() { interrupt INT 130; }
test_sigterm_ends_launcher_and_guest() { interrupt TERM 143; }

run_tests
