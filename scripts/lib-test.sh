# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# For the project's own tests that are scripts: each test is a function whose name
# starts with test_; it fails by returning non-zero, and skips by `skip REASON`.
# Source this, define tests, call run_tests.

# Set for the tests: the folder of the programs, and a scratch folder of this script's.
export build=${BUILD:-build}
scratch=$(mktemp -d)
chmod 755 "$scratch"
trap 'rm -rf "$scratch"' EXIT

skip() {
	echo "$*" >"$scratch/skipped"
	return 0
}

# expect WHAT ACTUAL EXPECTED
expect() {
	[[ $2 == "$3" ]] && return 0
	printf '    %s: expected "%s", observed "%s"\n' "$1" "$3" "$2" >&2
	return 1
}

# expect_match WHAT ACTUAL REGEX
expect_match() {
	[[ $2 =~ $3 ]] && return 0
	printf '    %s: expected to match "%s", observed "%s"\n' "$1" "$3" "$2" >&2
	return 1
}

run_tests() {
	local passed=0 failed=0 skipped=0 name
	for name in $(declare -F | sed -n 's/^declare -f \(test_.*\)/\1/p'); do
		rm -f "$scratch/skipped"
		# Not as a condition: that would turn "set -e" off inside.
		(
			set -e
			"$name"
		)
		# shellcheck disable=SC2181
		if (($? != 0)); then
			echo "FAIL $0: $name"
			failed=$((failed + 1))
		elif [[ -e $scratch/skipped ]]; then
			echo "skip $0: $name: $(<"$scratch/skipped")"
			skipped=$((skipped + 1))
		else
			echo "pass $0: $name"
			passed=$((passed + 1))
		fi
	done
	echo "$(basename "$0"): $passed passed, $failed failed, $skipped skipped"
	((failed == 0))
}
