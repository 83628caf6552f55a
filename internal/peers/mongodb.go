package peers

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// MongoDB is FerretDB, which speaks MongoDB's protocol.
type MongoDB struct {
	*Server         // for clients that speak OP_MSG, as servers have it since MongoDB 3.6
	Old     *Server // the same data for those that speak OP_QUERY
}

// StartMongoDB starts FerretDB, as scripts/setup.sh has built it, with the user rules, password secret,
// database rules; it answers nil where it is not installed.
func StartMongoDB(t testing.TB) *MongoDB {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	server := find("", filepath.Join(cache, "ferrule/ferretdb-v1.*"))
	if server == "" {
		return nil
	}
	folder := dataFolder(t, nil)
	port := freePort(t)
	s := serve(t, nil, folder, port, server, "--listen-addr", "127.0.0.1:"+strconv.Itoa(port), "--debug-addr", "-",
		"--handler", "sqlite", "--sqlite-url", "file:"+folder+"/", "--state-dir", "-", "--telemetry", "disable", "--log-level", "error",
		"--test-enable-new-auth", "--setup-database", "rules", "--setup-username", "rules", "--setup-password", "secret")
	return &MongoDB{Server: s, Old: startQueryFront(t, s)}
}
