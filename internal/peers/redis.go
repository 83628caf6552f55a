package peers

import (
	"strconv"
	"testing"
)

// StartRedis starts Redis with the password secret; it answers nil where it is not installed.
func StartRedis(t testing.TB) *Server {
	t.Helper()
	server := find("redis-server")
	if server == "" {
		return nil
	}
	as := unprivileged("redis")
	folder := dataFolder(t, as)
	port := freePort(t)
	return serve(t, as, folder, port, server, "--port", strconv.Itoa(port), "--bind", "127.0.0.1", "--requirepass", "secret", "--save", "", "--dir", folder)
}
