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

run_tests
