#!/usr/bin/env bash
# profile.sh: where the time of Pipeline.Run goes, into README.md between its markers. It
# profiles compare with Ferrule alone over the single rules and counts only samples below
# Run: the copies of logins are none of them.
set -euo pipefail
cd "$(dirname "$0")"

profile=$(mktemp --suffix=.prof)
binary=$(mktemp)
trap 'rm -f "$profile" "$binary"' EXIT
go build -o "$binary" ./compare
"$binary" -only run -case / -rounds 100 -slice 4ms -cpuprofile "$profile" >/dev/null 2>&1

# table FOCUS: functions by their own time, as a share of all samples below FOCUS.
table() {
	go tool pprof -top -nodecount 2000 -nodefraction 0 -focus "$1" "$binary" "$profile" 2>/dev/null | awk '
		function ms(t) { return t ~ /ms$/ ? t + 0 : t ~ /s$/ ? (t + 0) * 1000 : 0 }
		seen { name = $6; for (i = 7; i <= NF; i++) name = name " " $i; own[name] = ms($1); total += ms($1); cum[name] = ms($4) }
		$1 == "flat" { seen = 1 }
		END {
			for (name in own) printf "%.1f\t%.1f\t%s\n", own[name] * 100 / total, cum[name] * 100 / total, name
		}' | sort -rn | head -"$2" | awk -F'\t' '{ sub(/github.com\/ferrule-rules\//, "", $3); printf "| %s | %s | `%s` |\n", $1, $2, $3 }'
}

text=$(mktemp)
{
	echo "CPU profile of $(date -u +%F), commit $(git rev-parse --short=12 HEAD), single rules, \`Pipeline.Run\` on maps; own time and time with callees, % of what is below Run."
	echo
	echo '| own % | with callees % | function |'
	echo '| --- | --- | --- |'
	table 'runtime.\(\*Chain\).Run$' 25
} >"$text"
awk -v file="$text" '
	/<!-- profile -->/ { print; while ((getline line < file) > 0) print line; skip = 1; next }
	/<!-- \/profile -->/ { skip = 0 }
	!skip' README.md >"$text.new"
mv "$text.new" README.md
rm -f "$text"
