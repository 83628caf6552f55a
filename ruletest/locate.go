package ruletest

import (
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// locate gives the mismatches of a run the line of the rule that they are about: where the rule's
// error was made, else the last place where the rule names what differs.
func (f *File) locate(e *EngineRun) {
	if len(e.Mismatches) == 0 {
		return
	}
	data, err := fs.ReadFile(f.fsys, f.Rule)
	if err != nil {
		return
	}
	lines := strings.Split(string(data), "\n")
	for i := range e.Mismatches {
		m := &e.Mismatches[i]
		line := 0
		switch part, _, _ := strings.Cut(m.Path, "["); part {
		case "outcome", "error", "error.message", "error.name":
			if e.Err != nil {
				line = e.Err.Pos.Line
			}
		case "console":
			line = lineOf(lines, "console.")
		case "metadata":
			line = lineOf(lines, "auth0.users.")
		case "redirect":
			line = lineOf(lines, "context.redirect")
		case "multifactor":
			line = lineOf(lines, "context.multifactor")
		default:
			parts := splitPath(m.Path)
			for k := len(parts) - 1; k > 0 && line == 0 && (parts[0] == "user" || parts[0] == "context"); k-- {
				if _, err := strconv.Atoi(parts[k]); err != nil {
					line = lineOf(lines, parts[k])
				}
			}
		}
		if line > 0 && line <= len(lines) {
			m.Line, m.Text = line, strings.TrimRight(lines[line-1], "\r")
		}
	}
}

// lineOf is the number of the last line that holds a text outside of a comment; 0 for none.
func lineOf(lines []string, text string) int {
	for i := len(lines) - 1; i >= 0; i-- {
		line := strings.TrimSpace(lines[i])
		if strings.Contains(line, text) && !strings.HasPrefix(line, "//") && !strings.HasPrefix(line, "*") {
			return i + 1
		}
	}
	return 0
}

// prefixOf is what stands before names below the file's file system in messages.
func prefixOf(f *File) string {
	return path.Clean(strings.TrimSuffix(f.Name, f.path))
}

// RuleName is the rule's file as messages name it.
func (f *File) RuleName() string { return path.Join(prefixOf(f), f.Rule) }
