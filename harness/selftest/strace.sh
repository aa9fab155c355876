#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The record of calls against a second witness: cases run under strace, and each call of
# theirs must be in both, in each thread's order, with the same descriptors, names of
# constants, addresses, data, results and errors. What may differ is in strace/notation.awk, with the
# reason. Compared are stray cases that use every function, a few cases of the suites that
# use every function that the suites use, and some more that change from day to day
# (STRACE_SAMPLE=N: how many, 99999 for all; STRACE_DAY=N: of which day).
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

# Calls of wrapped.list and what libc makes of them; "?": where this machine has it.
calls='%network'
for call in read write readv writev close dup dup2 dup3 fcntl ioctl sendfile splice poll ppoll select pselect6 \
	epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait sethostname uname gettid setpgid chdir close_range execve mmap; do
	calls+=",?$call"
done

can_trace() {
	command -v strace >/dev/null || { skip 'strace is missing' && return 1; }
	strace -f -y -o /dev/null true 2>"$scratch/error" || { skip "no ptrace: $(head -n 1 "$scratch/error")" && return 1; }
	! grep -q __asan_init "$build/stray" || { skip 'a sanitizer asks for thread numbers too' && return 1; }
}

# observe PROGRAM ID: runs that one case; the trace and the record as strace/compare.awk wants them.
observe() {
	local id=$2
	# The last letter in brackets makes it a pattern that only this id matches.
	strace -f -qq -y -s 65536 -e signal=none -e "trace=$calls" -o "$scratch/trace" \
		"$build/$1" run -q -o "$scratch/one.jsonl" "${id%?}[${id: -1}]" >/dev/null 2>&1 || true
	jq -r --arg id "$id" 'select(.type == "result" and .id == $id) | .calls[] |
		[.tid, .call, .result, (.errno // ""), .returned, ([.args[] | join("=")] | join("\u001f"))] |
		map(tostring) | join("\t")' "$scratch/one.jsonl" >"$scratch/record"
	[[ -s $scratch/record ]] || { expect "recorded calls of $id" none some && return 1; }
}

differences() {
	local folder=harness/selftest/strace
	LC_ALL=C awk -f $folder/notation.awk -f $folder/numbers.awk -f $folder/netlink.awk -f $folder/values.awk -f $folder/read.awk -f $folder/needless.awk \
		-f $folder/compare.awk "$scratch/record" "$scratch/trace"
}

# agrees PROGRAM ID: nothing differs; adds the functions to $scratch/functions.
agrees() {
	local said
	observe "$1" "$2" || return 1
	# Another program that a case starts has no record.
	if (($(grep -c ' execve(' "$scratch/trace") > 1 + $(grep -cE ' execve\("[^"]*/ip"' "$scratch/trace"))); then
		return 0
	fi
	said=$(differences)
	if grep -q '^differs' <<<"$said"; then
		printf '    %s\n' "$2" >&2
		grep '^differs' <<<"$said" | sed 's/^/      /' | cut -c 1-1000 | head -n 10 >&2
		return 1
	fi
	# shellcheck disable=SC2086
	printf '%s\n' ${said#*functions} >>"$scratch/functions"
}

# agree PROGRAM: the same for each id of standard input; goes on after a difference.
agree() {
	local id status=0
	while read -r id; do
		agrees "$1" "$id" </dev/null || status=1
	done
	return "$status"
}

suites() { [[ -e $scratch/suites.jsonl ]] || "$build/sockatlas" run -q -o "$scratch/suites.jsonl" >/dev/null 2>&1 || true; }

test_every_function() {
	can_trace || return 0
	"$build/stray" list -f tsv selftest/cases/calls | cut -f 1 | tail -n +2 >"$scratch/ids"
	expect_match 'cases' "$(wc -l <"$scratch/ids")" '^[1-9]'
	: >"$scratch/functions"
	agree stray <"$scratch/ids"
	# What libc does alone, and two names of what is recorded under one.
	sed -n '/inside_libc\[/q; /split("getaddrinfo/,/words, " ")/p' harness/selftest/strace/notation.awk |
		tr -c 'a-z0-9_' '\n' | sort -u >"$scratch/no calls"
	printf '%s\n' fcntl64 sendfile64 gethostname >>"$scratch/no calls"
	sed -e 's/#.*//' harness/calls/wrapped.list | grep . | grep -vxFf "$scratch/no calls" | sort >"$scratch/wanted"
	expect 'functions that no case used' "$(sort -u "$scratch/functions" | comm -13 - "$scratch/wanted" | tr '\n' ' ')" ''
}

test_every_function_of_the_suites() {
	can_trace || return 0
	suites
	# Greedily: the case with the most functions that are not covered yet.
	jq -rs '[.[] | select(.type == "result" and .duration_us < 500000) | {id, calls: ([.calls[].call] | unique)}] as $all |
		([$all[].calls[]] | unique) as $every |
		{left: $every, chosen: []} |
		until(.left == []; .left as $left |
			($all | max_by(.calls - (.calls - $left) | length)) as $best |
			.chosen += [$best.id] | .left -= $best.calls) | .chosen[]' "$scratch/suites.jsonl" >"$scratch/ids"
	expect_match 'cases' "$(wc -l <"$scratch/ids")" '^[1-9]'
	agree sockatlas <"$scratch/ids"
}

test_some_cases_of_today() {
	can_trace || return 0
	suites
	local day=${STRACE_DAY:-$(date +%j)}
	jq -r 'select(.type == "result" and (.calls | length) > 0 and .calls_left_out == 0 and .duration_us < 500000) | .id' \
		"$scratch/suites.jsonl" | sort >"$scratch/all"
	awk -v day="$((10#$day))" -v sample="${STRACE_SAMPLE:-20}" '{ id[NR] = $0 }
		END { step = NR > sample ? int(NR / sample) : 1; for (i = 1 + day % step; i <= NR; i += step) print id[i] }' \
		"$scratch/all" >"$scratch/ids"
	agree sockatlas <"$scratch/ids" || { echo "    again: STRACE_DAY=$day" >&2 && return 1; }
}

# altered WHAT SED-COMMAND [FILE]: the difference is found after this change of the record (or the trace).
altered() {
	local file=${3:-record} said
	cp "$scratch/$file" "$scratch/$file.true"
	sed -i -E "$2" "$scratch/$file"
	cmp -s "$scratch/$file" "$scratch/$file.true" && { expect "$1" 'nothing to change' 'a change' || return 1; }
	said=$(differences)
	mv "$scratch/$file.true" "$scratch/$file"
	expect_match "$1" "$said" '^differs'
}

test_a_difference_is_found() {
	can_trace || return 0
	observe stray selftest/cases/calls/sockets
	expect_match 'the record as it is' "$(differences)" '^calls [0-9]+ extra [0-9]+ functions'
	altered 'a family' '1s/AF_INET\x1f/AF_INET6\x1f/'
	altered 'a type flag that is dropped' 's/SOCK_STREAM[|]SOCK_CLOEXEC/SOCK_STREAM/'
	altered 'a type flag that is added' '1s/SOCK_STREAM/SOCK_STREAM|SOCK_CLOEXEC/'
	altered 'a protocol' 's/protocol=IPPROTO_TCP/protocol=IPPROTO_UDP/'
	altered 'a level' 's/level=SOL_TCP/level=SOL_IP/'
	altered 'an option' 's/SO_REUSEADDR/SO_REUSEPORT/'
	altered 'a value of an option' 's/optval=\[1\]/optval=[0]/'
	altered 'an errno' 's/EINVAL/EPERM/'
	altered 'an errno that became a success' 's/\t-1\tEINVAL/\t0\t/'
	altered 'a descriptor' 's/(\tlisten.*sockfd=)3/\14/'
	altered 'a result' 's/(\taccept\t)5/\16/'
	altered 'a protection of memory' 's/prot=PROT_READ/prot=PROT_WRITE/'
	altered 'a length of memory' 's/length=4096/length=4097/'
	altered 'a port' 's/127\.0\.0\.1:0/127.0.0.1:1/'
	altered 'an address' 's/127\.0\.0\.1:0/127.0.0.2:0/'
	altered 'an address length' 's/\[128 => 16\]/[128 => 15]/'
	altered 'a flag' 's/flags=MSG_OOB/flags=0/'
	altered 'events' 's/revents=POLLPRI/revents=POLLIN/'
	altered 'an answer by pointer' 's/(\tsockatmark\t)1/\10/'
	altered 'a call that is missing' '/\tlisten\t/d'
	altered 'a call too many' '/\tlisten\t/p'
	altered 'the order' '/\tlisten\t/{h;d};/\tconnect\t/G'
	altered 'the thread' 's/^2	/77	/'
	altered 'an argument that is missing' 's/\x1fbacklog=7//'
	altered 'another function' 's/\tgetpeername\t/\tgetsockname\t/'
	altered 'a call that nobody recorded' '/ listen\(/{p;s/ listen\(.*/ shutdown(3<socket:[1]>, SHUT_RD) = 0/}' trace
	observe stray selftest/cases/calls/messages
	expect_match 'the record as it is' "$(differences)" '^calls [0-9]+ extra [0-9]+ functions'
	altered 'flags of a message' 's/flags=MSG_TRUNC\}/flags=0}/'
	altered 'the length of a part' 's/\{"cde", 3\}/{"cde", 4}/'
	altered 'a byte' 's/"xyz"/"xyy"/'
	altered 'a byte of a message' 's/"abcde"/"abcdf"/'
	altered 'the length of a message' 's/len=3\}/len=2}/'
	observe stray selftest/cases/calls/netlink
	expect_match 'the record as it is' "$(differences)" '^calls [0-9]+ extra [0-9]+ functions'
	altered 'a sequence number' 's/seq=77/seq=78/'
	altered 'a port of netlink' 's/pid=[1-9]/&0/'
	altered 'a flag of netlink' 's/NLM_F_REQUEST/NLM_F_REQUEST|NLM_F_ACK/'
	altered 'a type of message' 's/RTM_GETLINK, /RTM_GETADDR, /'
	altered 'an error of netlink' 's/error=ENODEV/error=ENOENT/'
	altered 'a message too many' 's/buf=\[([{][^}]*})\]/buf=[\1, \1]/'
	observe stray selftest/cases/calls/readiness
	altered 'a set of descriptors' 's/writefds=\[3\]/writefds=[4]/'
	altered 'events of epoll' 's/EPOLLIN[|]EPOLLET/EPOLLIN/'
	altered 'data of epoll' 's/data=77/data=78/'
	altered 'a timeout' 's/tv_sec=2/tv_sec=3/'
}

run_tests
