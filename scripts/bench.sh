#!/usr/bin/env bash
# bench.sh: every benchmark once, to see that it works, which measures nothing; then all
# contenders side by side, quickly.
set -euo pipefail

go test -run '^$' -bench . -benchtime 1x ./...
go -C benchmarks test -bench . -benchtime 1x ./...
go -C benchmarks run ./compare -quick
