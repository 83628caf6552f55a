#!/usr/bin/env bash
# differ.sh: the engines against each other on generated rules and changed logins, about a
# minute's worth. FERRULE_SEED chooses others; FERRULE_GENERATED and FERRULE_MUTATED say how
# many pairs of a rule and a login: 50000 and 200000 make a nightly run.
set -euo pipefail

export FERRULE_GENERATED=${FERRULE_GENERATED:-24000} FERRULE_MUTATED=${FERRULE_MUTATED:-12000}
export FERRULE_SEED=${FERRULE_SEED:-1}
go test -count=1 -timeout 60m -v -run '^(TestGenerated|TestMutatedInputs)$' . | grep -v '^=== '
