package peers

import (
	"path/filepath"
	"strconv"
	"testing"
)

// StartPostgres starts PostgreSQL with the user rules, password secret, database postgres; it answers
// nil where the server is not installed. Passwords are stored as md5, which old clients know too;
// scram is the user with the newer kind.
func StartPostgres(t testing.TB) *Server {
	t.Helper()
	initdb := find("initdb", "/usr/lib/postgresql/*/bin/initdb")
	if initdb == "" {
		return nil
	}
	as := unprivileged("postgres")
	folder := dataFolder(t, as)
	data := filepath.Join(folder, "data")
	run(t, as, folder, initdb, "-D", data, "-U", "rules", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-locale")
	port := freePort(t)
	s := serve(t, as, folder, port, filepath.Join(filepath.Dir(initdb), "postgres"), "-D", data, "-p", strconv.Itoa(port),
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "password_encryption=md5", "-c", "timezone=UTC")
	psql := find("psql", filepath.Join(filepath.Dir(initdb), "psql"))
	run(t, as, folder, psql, "-q", "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-U", "rules", "postgres", "-v", "ON_ERROR_STOP=1", "-c", `
		ALTER USER rules PASSWORD 'secret';
		CREATE TABLE users (id serial PRIMARY KEY, email text UNIQUE, plan text, logins bigint, score numeric, tags text[], data jsonb, created timestamptz);
		INSERT INTO users (email, plan, logins, score, tags, data, created) VALUES
			('ann@example.com', 'pro', 7, 1.50, '{a,b}', '{"roles": ["admin"]}', '2024-01-02T03:04:05Z'),
			('bob@example.com', 'free', 9007199254740993, NULL, '{}', NULL, NULL);`)
	run(t, as, folder, psql, "-q", "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-U", "rules", "postgres", "-v", "ON_ERROR_STOP=1", "-c",
		"SET password_encryption='scram-sha-256'; CREATE USER scram PASSWORD 'secret'; GRANT SELECT ON users TO scram;")
	run(t, as, folder, "/bin/sh", "-c", "printf 'host all rules 127.0.0.1/32 md5\\nhost all scram 127.0.0.1/32 scram-sha-256\\n' > "+filepath.Join(data, "pg_hba.conf"))
	run(t, as, folder, filepath.Join(filepath.Dir(initdb), "pg_ctl"), "reload", "-D", data, "-s")
	return s
}
