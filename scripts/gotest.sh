#!/usr/bin/env bash
# gotest.sh ARGS…: go test, and how many packages passed.
set -euo pipefail

log=$(mktemp)
trap 'rm -f "$log"' EXIT
go test "$@" 2>&1 | tee "$log"
echo "$(grep -c '^ok' "$log" || true) packages ok"
