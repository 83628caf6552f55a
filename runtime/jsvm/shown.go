package jsvm

import (
	"regexp"
	"strings"
)

// rulesFrame is a line of a stack in a text for the console: indentation, name, place, what follows.
var rulesFrame = regexp.MustCompile(`^(\s+)at (?:(.*) \()?((?:` + programPrefix + `\d+|` + modulesName + `):\d+:\d+)(?:\(\d+\))?\)?(.*)$`)

// ownFrame is such a line of Ferrule's own functions in Go and of the loop's entry; Node shows none of them.
var ownFrame = regexp.MustCompile(`^\s+at (?:(?:new )?github\.com/.* \((?:<anonymous>|native)\)|(?:.* \()?node:internal/enter:\d+:\d+(?:\(\d+\))?\)?)(.*)$`)

// shown is a text for the console in which stacks name the user's files and those of packages.
func (l *loop) shown(text string) string {
	if !strings.Contains(text, "\n") || !strings.Contains(text, "at ") {
		return text
	}
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if m := ownFrame.FindStringSubmatch(line); m != nil && len(lines) > 0 {
			lines[len(lines)-1] += m[1]
			continue
		}
		if m := rulesFrame.FindStringSubmatch(line); m != nil {
			if frames := l.readStack("at " + m[3]); len(frames) == 1 {
				if place := frames[0].at(); m[2] != "" {
					line = m[1] + "at " + m[2] + " (" + place + ")" + m[4]
				} else {
					line = m[1] + "at " + place + m[4]
				}
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
