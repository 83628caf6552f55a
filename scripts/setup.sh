#!/usr/bin/env bash
# setup.sh [make]: installs what the tests need and the machine has not. Does
# nothing when all is there. "make" adds make itself, for .ci/run.
set -euo pipefail

missing=()

# need PACKAGES COMMAND…: PACKAGES are wanted when COMMAND fails.
need() {
	local packages=$1
	shift
	if ! "$@" >/dev/null 2>&1; then
		missing+=($packages)
	fi
}

compiles_c() { printf '#include <stdlib.h>\nint main(void) { return 0; }\n' | gcc -x c - -o /dev/null; }

# One line for each thing that tests need beside Go. The race detector needs a C compiler.
need git git --version
need "gcc libc6-dev" compiles_c
# Servers that rules talk to; see internal/peers.
need postgresql compgen -G "/usr/lib/postgresql/*/bin/initdb"
need "mariadb-server mariadb-client" test -x /usr/sbin/mariadbd
need redis-server redis-server --version
if [ "${1:-}" = make ]; then
	need make make --version
fi

if ! command -v go >/dev/null; then
	echo "setup: Go is not installed; see https://go.dev/doc/install (the version is in go.mod)" >&2
	exit 1
fi

if [ ${#missing[@]} -gt 0 ]; then
	as_root=()
	if [ "$(id -u)" -ne 0 ]; then
		as_root=(sudo -n)
	fi
	if ! command -v apt-get >/dev/null || { [ ${#as_root[@]} -gt 0 ] && ! command -v sudo >/dev/null; }; then
		echo "setup: please install: ${missing[*]}" >&2
		exit 1
	fi
	echo "setup: installing ${missing[*]}"
	"${as_root[@]}" apt-get update -qq </dev/null
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null
fi

case "$(node --version 2>/dev/null)" in
v20.*) echo "setup: comparisons with Node use $(node --version)" ;;
*) echo "setup: node 20 not found: the comparisons with Node are skipped" ;;
esac

# ferretdb: the database that speaks MongoDB's protocol, into the user's cache. Its module lacks the file
# with its version, which a build of its repository makes.
ferretdb() {
	local version=v1.24.2 sum=h1:trrUU0LbmusMbyubhPS1IELncvrIwKrsRT2LW1UUWCw=
	local program="${XDG_CACHE_HOME:-$HOME/.cache}/ferrule/ferretdb-$version"
	if [ -x "$program" ]; then
		return
	fi
	echo "setup: building FerretDB $version"
	local work module
	work=$(mktemp -d)
	if ! {
		module=$(cd "$work" && GOFLAGS='' go mod download -json "github.com/FerretDB/FerretDB@$version") &&
			grep -qF "\"Sum\": \"$sum\"" <<<"$module" &&
			cp -r "$(sed -n 's/.*"Dir": "\(.*\)".*/\1/p' <<<"$module")" "$work/source" &&
			chmod -R u+w "$work/source" &&
			echo "$version" >"$work/source/build/version/version.txt" &&
			GOFLAGS='' GOTOOLCHAIN=local go build -C "$work/source" -buildvcs=false -tags ferretdb_no_postgresql -ldflags '-s -w' -o "$work/ferretdb" ./cmd/ferretdb &&
			mkdir -p "$(dirname "$program")" &&
			mv "$work/ferretdb" "$program"
	}; then
		echo "setup: FerretDB cannot be built: the packages that need it are not tested"
	fi
	rm -rf "$work"
}

# packages FOLDER: what npm installs there, unless it is the lock file that it did install.
packages() {
	if cmp -s "$1/package-lock.json" "$1/node_modules/.of-lock"; then
		return
	fi
	echo "setup: npm ci in $1"
	(cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error </dev/null)
	cp "$1/package-lock.json" "$1/node_modules/.of-lock"
}

if command -v npm >/dev/null; then
	packages testdata/modules
	packages testdata/modules/azurite
	ferretdb
else
	echo "setup: npm not found: the packages are not tested"
fi
