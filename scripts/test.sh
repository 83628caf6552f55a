#!/usr/bin/env bash
# test.sh STEP: one step, or with "test" all of them in order. The first failure
# ends the run with a summary and exit status 1. Reads no standard input.
#
#   setup   install what the tests need (git, a C compiler); Go must be there
#   lint    gofmt, go mod tidy without a diff, go vet, staticcheck, go-check-sumtype
#   unit    every test
#   race    those of more than one goroutine under the race detector, with -short: what one
#           goroutine compares at length, with Node or between engines, is the step's before
#   differ  the engines against each other on more generated rules and logins
#   fuzz    every fuzz target for FUZZTIME, 5s unless set
#   golden  -update leaves no diff; with "test" only when CI is set, since it writes files
#   bench   every benchmark once, the tests of benchmarks/, and the quick comparison
set -euo pipefail
cd "$(dirname "$0")/.."
exec </dev/null

steps=(setup lint unit race differ fuzz golden bench)
if [ "${1:-test}" != test ]; then
	steps=("$1")
elif [ -z "${CI:-}" ]; then
	steps=(setup lint unit race differ fuzz bench)
fi

command_of() {
	case $1 in
	setup | lint | race | differ | fuzz | golden | bench) echo "scripts/$1.sh" ;;
	unit) echo "scripts/gotest.sh ./..." ;;
	*)
		echo "test.sh: no step is called $1" >&2
		return 2
		;;
	esac
}

summary=()
finish() {
	local status=$?
	printf '\n== summary\n'
	printf '%s\n' "${summary[@]+"${summary[@]}"}"
	if [ $status -ne 0 ]; then
		printf 'FAILED at step %s, exit status %d\n' "$step" $status
	else
		printf 'all steps passed in %d s\n' $SECONDS
	fi
}

step=${steps[0]}
trap finish EXIT
for step in "${steps[@]}"; do
	command=$(command_of "$step")
	printf '\n== %s: %s\n' "$step" "$command"
	start=$SECONDS
	status=0
	$command || status=$?
	if [ $status -ne 0 ]; then
		summary+=("$(printf '%-8s FAILED %4d s' "$step" $((SECONDS - start)))")
		exit 1
	fi
	summary+=("$(printf '%-8s ok     %4d s' "$step" $((SECONDS - start)))")
done
