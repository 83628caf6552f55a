package peers

import (
	"path/filepath"
	"strconv"
	"testing"
)

// StartMariaDB starts MariaDB with the user rules, password secret, database rules; it answers nil where
// the server is not installed.
func StartMariaDB(t testing.TB) *Server {
	t.Helper()
	server := find("mariadbd", "/usr/sbin/mariadbd")
	install := find("mariadb-install-db")
	client := find("mariadb", "/usr/bin/mysql")
	if server == "" || install == "" || client == "" {
		return nil
	}
	as := unprivileged("mysql")
	folder := dataFolder(t, as)
	data, socket := filepath.Join(folder, "data"), filepath.Join(folder, "s")
	run(t, as, folder, install, "--no-defaults", "--datadir="+data, "--auth-root-authentication-method=normal", "--skip-test-db")
	port := freePort(t)
	s := serve(t, as, folder, port, server, "--no-defaults", "--datadir="+data, "--socket="+socket, "--pid-file="+filepath.Join(folder, "pid"),
		"--port="+strconv.Itoa(port), "--bind-address=127.0.0.1", "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=16M", "--default-time-zone=+00:00")
	run(t, as, folder, client, "--no-defaults", "-u", "root", "-S", socket, "-e", `
		CREATE DATABASE rules CHARACTER SET utf8mb4; CREATE USER rules@'%' IDENTIFIED BY 'secret'; GRANT ALL ON rules.* TO rules@'%';
		CREATE TABLE rules.users (id int PRIMARY KEY AUTO_INCREMENT, email varchar(100), plan varchar(20), logins bigint, score decimal(6,2), active tinyint(1), data text, created datetime);
		INSERT INTO rules.users (email, plan, logins, score, active, data, created) VALUES
			('ann@example.com', 'pro', 7, 1.50, 1, '{"roles": ["admin"]}', '2024-01-02 03:04:05'),
			('bob@example.com', 'free', 12, NULL, 0, NULL, NULL);`)
	return s
}
