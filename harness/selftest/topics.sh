#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# A reader finds every topic of a suite in its README, numbered in the order of reading.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

test_every_topic_is_in_its_readme() {
	local file folder topic
	for file in suites/*/*.c; do
		grep -q '^CASE(' "$file" || continue
		folder=$(dirname "$file")
		topic=$(basename "$file" .c)
		grep -qE "^[0-9]+\. \[$topic\]\($topic\.c\): ." "$folder/README.md" ||
			expect "$folder/README.md" 'no line' "N. [$topic]($topic.c): what it is about" || return 1
	done
}

test_every_numbered_topic_exists() {
	local readme topic
	for readme in suites/*/README.md; do
		while read -r topic; do
			[[ -e $(dirname "$readme")/$topic.c ]] || expect "$readme" "$topic" 'a topic' || return 1
		done < <(sed -n 's/^[0-9]*\. \[\([^]]*\)\].*/\1/p' "$readme")
	done
}

test_numbers_count_up() {
	local readme numbers
	for readme in suites/*/README.md; do
		numbers=$(sed -n 's/^\([0-9]*\)\. .*/\1/p' "$readme")
		expect "$readme" "$numbers" "$(seq "$(wc -l <<<"$numbers")")" || return 1
	done
}

run_tests
