#!/usr/bin/env bash
# lint.sh: gofmt, tidy go.mod files, go vet, staticcheck, and that switches over sealed
# types are complete. The linters are pinned in tools/go.mod.
set -euo pipefail

begin() { printf -- '-- %s\n' "$1"; }

begin gofmt
unformatted=$(gofmt -l .)
if [ -n "$unformatted" ]; then
	printf 'not formatted, run gofmt -w on:\n%s\n' "$unformatted"
	exit 1
fi

begin "go mod tidy"
for folder in . benchmarks tools; do
	go -C "$folder" mod tidy -diff
done

tools=$PWD/tools/go.mod
for folder in . benchmarks; do
	begin "go vet, staticcheck, go-check-sumtype in $folder"
	go -C "$folder" vet ./...
	go -C "$folder" tool -modfile="$tools" staticcheck ./...
	go -C "$folder" tool -modfile="$tools" go-check-sumtype ./...
done
