#!/usr/bin/env bash
# golden.sh: tests that know -update rewrite their goldens; nothing may change by it.
set -euo pipefail

# What git sees as changed or new, with its content.
state() {
	git diff HEAD
	git ls-files --others --exclude-standard -z | xargs -0 -r sha256sum
}

before=$(state)
while read -r folder; do
	printf -- '-- %s\n' "$folder"
	(cd "$folder" && go test -count=1 . -update)
done < <(grep -rlE --include='*_test.go' --exclude-dir=testdata --exclude-dir=node_modules 'flag\.Bool(Var)?\(.*"update"' . | xargs -r -n1 dirname | LC_ALL=C sort -u)

if [ "$before" != "$(state)" ]; then
	echo "golden: -update changed these files; read the difference and commit it with its cause:"
	git --no-pager diff --stat
	git ls-files --others --exclude-standard
	exit 1
fi
