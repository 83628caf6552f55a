// Package nodejs runs scripts in Node.js 20, whose answers are what tests want. Without that
// version in the path a test that asks for it is skipped: others differ in texts of errors.
package nodejs

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// Path is where Node 20 is; "" without it.
var Path = sync.OnceValue(func() string {
	path, err := exec.LookPath("node")
	if err != nil {
		return ""
	}
	version, err := exec.Command(path, "--version").Output()
	if err != nil || !strings.HasPrefix(string(version), "v20.") {
		return ""
	}
	return path
})

// Command is Node 20 with arguments, ended with the test. Without it the test is skipped.
func Command(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	if Path() == "" {
		t.Skip("node 20 is not on this machine: nothing to compare with")
	}
	return exec.CommandContext(t.Context(), Path(), args...)
}

// Print runs a script and answers what it wrote to both of its streams, without white space
// at the end. It must succeed; warnings of Node's own are off.
func Print(t testing.TB, script string) string {
	t.Helper()
	return Output(t, Command(t, "--no-warnings", "-e", script))
}

// Output runs a command of Node's as Print does; it is killed after a minute.
func Output(t testing.TB, command *exec.Cmd) string {
	t.Helper()
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	err := command.Start()
	if err == nil {
		kill := time.AfterFunc(time.Minute, func() { _ = command.Process.Kill() })
		defer kill.Stop()
		err = command.Wait()
	}
	if err != nil {
		t.Fatalf("node: %v\n%s", err, out.Bytes())
	}
	return strings.TrimSpace(out.String())
}

// Ask gives a command of Node's a value as JSON, on its standard input, and reads the answer
// from its standard output: JSON, into what answer points to.
func Ask(t testing.TB, command *exec.Cmd, question, answer any) {
	t.Helper()
	in, err := json.Marshal(question)
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	command.Stdin, command.Stderr = bytes.NewReader(in), &stderr
	out, err := command.Output()
	if err == nil {
		err = json.Unmarshal(out, answer)
	}
	if err != nil {
		t.Fatalf("node: %v\n%s", err, stderr.Bytes())
	}
}

// InZone sets a command's time zone, as TZ names it, and English as its language.
func InZone(command *exec.Cmd, zone string) *exec.Cmd {
	command.Env = append(os.Environ(), "TZ="+zone, "LANG=en_US.UTF-8", "NODE_NO_WARNINGS=1")
	return command
}
