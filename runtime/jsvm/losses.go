package jsvm

import (
	"fmt"
	"strconv"
	"strings"
)

// losses collects what JSON could not carry.
type losses struct {
	paths []string
	more  int
}

const maxLosses = 5

func (l *losses) full() bool { return len(l.paths) == maxLosses }

// String names what was lost; "" when nothing was.
func (l *losses) String() string {
	if len(l.paths) == 0 {
		return ""
	}
	text := "JSON cannot carry " + strings.Join(l.paths, ", ")
	if l.more > 0 {
		text += fmt.Sprintf(" and %d more", l.more)
	}
	return text
}

// step is a part on the way to a value: a key, or the index of a list's element.
type step struct {
	key   string
	index int // -1 for a key
}

// text is the step as a rule would write it behind what it begins at.
func (p step) text() string {
	if p.index >= 0 {
		return "[" + strconv.Itoa(p.index) + "]"
	}
	return "." + p.key
}
