#!/usr/bin/env bash
# fuzz.sh: every fuzz target for FUZZTIME (5s). Targets are found by themselves.
set -euo pipefail

time=${FUZZTIME:-5s}
pattern='^func Fuzz[A-Z0-9_][A-Za-z0-9_]*\([A-Za-z_]+ \*testing\.F\)'
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# run FOLDER TARGET
run() {
	(cd "$1" && go test -run '^$' -fuzz "^$2\$" -fuzztime "$time" .) 2>&1 | tee "$log"
}

found=0
while IFS=: read -r file line; do
	folder=$(dirname "$file")
	target=${line#func }
	target=${target%%(*}
	printf -- '-- %s %s\n' "$folder" "$target"
	# The end of the time can hit a worker in the middle of its work, which go test then takes for a
	# failure of the target, now and then several times in a row. A real failure leaves an input.
	for attempt in 1 2 3 4 5; do
		if run "$folder" "$target"; then
			break
		fi
		if [ "$attempt" = 5 ] || ! grep -q 'context deadline exceeded' "$log" || grep -q 'Failing input written' "$log"; then
			echo "fuzz: $target in $folder failed"
			exit 1
		fi
	done
	found=$((found + 1))
done < <(grep -rE --include='*_test.go' --exclude-dir=testdata --exclude-dir=node_modules "$pattern" . | LC_ALL=C sort)
echo "$found fuzz targets ok"
