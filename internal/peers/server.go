package peers

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// Server is a database server of the machine on a free port of loopback.
type Server struct {
	Port int
}

// Address is host:port.
func (s *Server) Address() string { return fmt.Sprintf("127.0.0.1:%d", s.Port) }

// freePort finds a port that nobody listens on.
func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// find looks for a program in the path and in other folders, and is "" without it.
func find(name string, patterns ...string) string {
	if at, err := exec.LookPath(name); err == nil {
		return at
	}
	for _, pattern := range patterns {
		if found, _ := filepath.Glob(pattern); len(found) > 0 {
			return found[len(found)-1]
		}
	}
	return ""
}

// dataFolder is a new folder that belongs to who runs the server; nobody when that is root.
func dataFolder(t testing.TB, as *syscall.Credential) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "ferrule-peer-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	if as != nil {
		if err := os.Chown(folder, int(as.Uid), int(as.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// unprivileged is the first of the users that exists when this process is root; servers refuse to run
// as root. Nil means as oneself.
func unprivileged(names ...string) *syscall.Credential {
	if os.Getuid() != 0 {
		return nil
	}
	for _, name := range append(names, "nobody") {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	return nil
}

// run runs a program to its end.
func run(t testing.TB, as *syscall.Credential, folder, name string, args ...string) {
	t.Helper()
	c := exec.Command(name, args...)
	c.Dir, c.SysProcAttr = folder, &syscall.SysProcAttr{Credential: as}
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

// serve starts a server and waits until it takes connections.
func serve(t testing.TB, as *syscall.Credential, folder string, port int, name string, args ...string) *Server {
	t.Helper()
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	c := exec.Command(name, args...)
	c.Dir, c.Stdout, c.Stderr, c.SysProcAttr = folder, log, log, &syscall.SysProcAttr{Credential: as}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	t.Cleanup(func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			_ = c.Process.Kill()
			<-ended
		}
	})
	s := &Server{Port: port}
	for range 300 {
		select {
		case err := <-ended:
			ended <- err
			text, _ := os.ReadFile(log.Name())
			t.Fatalf("%s ended: %v\n%s", name, err, text)
		case <-time.After(100 * time.Millisecond):
		}
		if conn, err := net.DialTimeout("tcp", s.Address(), time.Second); err == nil {
			_ = conn.Close()
			return s
		}
	}
	text, _ := os.ReadFile(log.Name())
	t.Fatalf("%s takes no connections\n%s", name, text)
	return nil
}
