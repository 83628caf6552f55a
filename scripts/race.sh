#!/usr/bin/env bash
# race.sh [list]: the tests under the race detector, with -short, of the packages that have more
# than one goroutine: in their tests, their code, or the code of a package below them. Elsewhere
# there is nothing to race, and the detector makes tables of answers many times as slow.
set -euo pipefail

module=$(go list -m)
# having OPTIONS…: the packages of those files that start a goroutine. Of internal/nodejs's
# nobody knows who does not ask for the end of a process.
having() {
	grep -rlE '^\s*go (func|[a-z]\w*[.(])|\.Go\(|\.Parallel\(\)|RunParallel\(|AfterFunc\(' "$@" --exclude-dir={benchmarks,nodejs,node_modules} . |
		xargs -n1 dirname | sed "s|^\.|$module|" | sort -u
}

# The dependencies of a test binary name its own package, too.
packages=$(go list -test -f '{{if eq .Name "main"}}{{.ImportPath}}{{range .Deps}} {{.}}{{end}}{{end}}' ./... |
	awk -v code="$(having --include='*.go' --exclude='*_test.go')" -v tests="$(having --include='*_test.go')" '
		BEGIN {
			for (i = split(code, list); i > 0; i--) inCode[list[i]]
			for (i = split(tests, list); i > 0; i--) inTests[list[i]]
		}
		sub(/\.test$/, "", $1) {
			races = $1 in inTests
			for (i = 2; i <= NF; i++) races = races || $i in inCode
			if (races) print $1
		}')
echo "$(wc -w <<<"$packages") of $(go list ./... | wc -l) packages have more than one goroutine"
if [ "${1:-}" = list ]; then
	printf '%s\n' $packages
else
	scripts/gotest.sh -race -short $packages
fi
