package main

import (
	"os/exec"
	"strings"
)

// commit is the commit of the work tree, with a + when it has changes; "" outside of git.
func commit() string {
	head, err := exec.Command("git", "rev-parse", "--short=12", "HEAD").Output()
	if err != nil {
		return ""
	}
	name := strings.TrimSpace(string(head))
	if changes, err := exec.Command("git", "status", "--porcelain", "--untracked-files=no").Output(); err != nil || len(changes) > 0 {
		name += "+"
	}
	return name
}
