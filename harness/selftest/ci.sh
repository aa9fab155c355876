#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# What other systems are told of a run.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

test_lava_is_told_each_case() {
	mkdir "$scratch/bin"
	# shellcheck disable=SC2016
	printf '#!/bin/sh\necho "$1 $3" >>"%s"\n' "$scratch/told" >"$scratch/bin/lava-test-case"
	chmod +x "$scratch/bin/lava-test-case"
	"$build/stray" run -q -o "$scratch/results.jsonl" selftest/cases/stray/passes selftest/cases/stray/fails selftest/cases/stray/skips \
		selftest/cases/history/not_yet selftest/cases/stray/has_variants 2>/dev/null || true
	"$build/atlas" report "$scratch/results.jsonl" -o "$scratch/report" >/dev/null
	PATH=$scratch/bin:$PATH scripts/ci/lava-results "$scratch/report/ktap.txt"
	expect told "$(sort "$scratch/told")" "selftest.cases.history.not_yet pass
selftest.cases.stray.fails fail
selftest.cases.stray.has_variants.one pass
selftest.cases.stray.has_variants.three fail
selftest.cases.stray.has_variants.two pass
selftest.cases.stray.passes pass
selftest.cases.stray.skips skip"
}

# As Slurm starts the tasks of an array.
test_tasks_of_an_array_are_shards() {
	local task status=0
	mkdir "$scratch/array"
	for task in 1 2 3; do
		BUILD=$build SLURM_ARRAY_TASK_ID=$task SLURM_ARRAY_TASK_COUNT=3 scripts/ci/slurm "$scratch/array" resolver/convert 2>/dev/null
	done
	"$build/atlas" merge "$scratch"/array/shard-?.jsonl -o "$scratch/array/results.jsonl"
	expect results "$(jq -r 'select(.type == "footer") | .results' "$scratch/array/results.jsonl")" \
		"$("$build/sockatlas" list -f tsv resolver/convert | sed 1d | wc -l)"
	scripts/ci/slurm "$scratch/array" 2>/dev/null || status=$?
	expect 'outside of an array' "$status" 2
}

run_tests
