#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# A run that is divided: the shards together are exactly the run, are the same each time, and can
# be joined again; what does not belong together cannot.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

whole=$scratch/whole.jsonl
mapfile -t cases < <("$build/sockatlas" list -f tsv resolver | sed 1d | cut -f1 | head -n 40)
"$build/sockatlas" run -q -o "$whole" "${cases[@]}" 2>/dev/null

ids() { jq -r 'select(.type == "result") | .id' "$@" | sort; }

# divide N [OPTION...]: shards N in $scratch/N-I.jsonl
divide() {
	local n=$1 i
	shift
	for ((i = 1; i <= n; i++)); do
		"$build/sockatlas" run -q --shard "$i/$n" "$@" -o "$scratch/$n-$i.jsonl" "${cases[@]}" 2>/dev/null
	done
}
divide 3

refused() {
	local status=0
	"$build/atlas" merge "${@:2}" -o "$scratch/out.jsonl" 2>"$scratch/err" || status=$?
	expect status "$status" 2 && expect_match message "$(<"$scratch/err")" "$1" && [[ ! -e $scratch/out.jsonl ]]
}

test_the_shards_together_are_all_cases() {
	expect ids "$(ids "$scratch"/3-?.jsonl)" "$(ids "$whole")"
	local i
	for i in 1 2 3; do
		(($(ids "$scratch/3-$i.jsonl" | wc -l) >= 13)) || return 1
	done
}

test_a_case_goes_to_the_same_shard_each_time() {
	"$build/sockatlas" run -q --shard 2/3 -o "$scratch/again.jsonl" "${cases[@]}" 2>/dev/null
	expect ids "$(ids "$scratch/again.jsonl")" "$(ids "$scratch/3-2.jsonl")"
}

test_durations_balance() {
	local one
	one=$(ids "$whole" | head -n 1)
	# One case takes as long as all others together: it gets a shard of its own.
	jq -c --arg one "$one" 'if .type == "result" then .setup_us = 0 | .duration_us = (if .id == $one then 39000 else 1000 end) else . end' "$whole" >"$scratch/times.jsonl"
	"$build/sockatlas" run -q --shard 1/2 --durations "$scratch/times.jsonl" -o "$scratch/long.jsonl" "${cases[@]}" 2>/dev/null
	expect 'the long one' "$(ids "$scratch/long.jsonl")" "$one"
	"$build/sockatlas" run -q --shard 2/2 --durations "$scratch/times.jsonl" -o "$scratch/rest.jsonl" "${cases[@]}" 2>/dev/null
	expect 'the rest' "$(ids "$scratch/rest.jsonl" | wc -l)" "$((${#cases[@]} - 1))"
	"$build/atlas" merge "$scratch/rest.jsonl" "$scratch/long.jsonl" -o "$scratch/merged.jsonl"
}

test_merged_shards_are_the_whole_run() {
	local of='select(.type == "result") | [.id, .verdict]'
	"$build/atlas" merge "$scratch"/3-?.jsonl -o "$scratch/merged.jsonl"
	expect verdicts "$(jq -c "$of" "$scratch/merged.jsonl" | sort)" "$(jq -c "$of" "$whole" | sort)"
	expect sources "$(jq -c 'select(.type == "source" or .type == "case") | [.type, .file, .case]' "$scratch/merged.jsonl" | sort)" \
		"$(jq -c 'select(.type == "source" or .type == "case") | [.type, .file, .case]' "$whole" | sort)"
	expect footer "$(jq -c 'select(.type == "footer") | [.results, .pass, .skip, .exit_status]' "$scratch/merged.jsonl")" \
		"$(jq -c 'select(.type == "footer") | [.results, .pass, .skip, .exit_status]' "$whole")"
	expect header "$(jq -c 'select(.type == "header") | [.selected, .shard]' "$scratch/merged.jsonl")" "[${#cases[@]},null]"
	"$build/atlas" summary "$scratch/merged.jsonl" >/dev/null
}

test_what_does_not_belong_together_is_refused() {
	refused '^atlas: shard 2 of 3 is missing$' "$scratch/3-1.jsonl" "$scratch/3-3.jsonl"
	refused '3-1.jsonl and .*3-1.jsonl are both shard 1 of 3$' "$scratch"/3-?.jsonl "$scratch/3-1.jsonl"
	refused 'whole.jsonl: not a shard' "$whole"
	refused '3-1.jsonl and .*long.jsonl are of different runs: shard.count' "$scratch/3-1.jsonl" "$scratch/long.jsonl"
	jq -c 'if .type == "header" then .platform.kernel_release = "2.4" else . end' "$scratch/3-2.jsonl" >"$scratch/old.jsonl"
	refused 'old.jsonl are of different runs: platform.kernel_release is not the same' "$scratch/3-1.jsonl" "$scratch/old.jsonl" "$scratch/3-3.jsonl"
	jq -c 'if .type == "header" then .sockatlas.revision = "0" else . end' "$scratch/3-2.jsonl" >"$scratch/old.jsonl"
	refused 'different runs: sockatlas.revision' "$scratch/3-1.jsonl" "$scratch/old.jsonl" "$scratch/3-3.jsonl"
	{ cat "$scratch/3-2.jsonl"; jq -c 'select(.type == "result")' "$scratch/3-1.jsonl" | head -n 1; } >"$scratch/more.jsonl"
	refused 'is in another shard too$' "$scratch/3-1.jsonl" "$scratch/more.jsonl" "$scratch/3-3.jsonl"
	jq -c 'select(.type != "result")' "$scratch/3-2.jsonl" >"$scratch/less.jsonl"
	refused "the shards have [0-9]+ results of ${#cases[@]}$" "$scratch/3-1.jsonl" "$scratch/less.jsonl" "$scratch/3-3.jsonl"
	sed '$d' "$scratch/3-2.jsonl" >"$scratch/cut.jsonl"
	refused 'cut.jsonl: no footer' "$scratch/3-1.jsonl" "$scratch/cut.jsonl" "$scratch/3-3.jsonl"
}

test_wrong_usage() {
	local option status
	for option in --shard=0/3 --shard=4/3 --shard=3 --shard=1/2x '--shard=1/2 --repeat=2' "--durations=$whole" "--shard=1/2 --durations=$scratch/nothing" --shard=1000/1000; do
		status=0
		# shellcheck disable=SC2086
		"$build/sockatlas" run -q $option "${cases[@]}" >/dev/null 2>&1 || status=$?
		expect "$option" "$status" 2 || return 1
	done
}

# The platform that needs no guest; its launcher is that of all others.
test_a_platform_in_shards() {
	local status=0
	SHARDS=3 scripts/shards native-glibc "$scratch/platform.jsonl" "${cases[@]}" >"$scratch/out" 2>&1 || status=$?
	expect status "$status" 0
	expect_match words "$(<"$scratch/out")" 'in 3 shards$'
	expect ids "$(ids "$scratch/platform.jsonl")" "$(ids "$whole")"
	# A deviation that a case notices makes that case fail, in one of the shards.
	SHARDS=3 scripts/shards native-glibc "$scratch/platform.jsonl" --deviate bind:EADDRINUSE:success inet/tcp_bind >"$scratch/out" 2>&1 || status=$?
	expect 'status of a failure' "$status" 1
	status=0
	scripts/shards no-platform "$scratch/platform.jsonl" 2>/dev/null || status=$?
	expect 'status without a platform' "$status" 2
}

run_tests
