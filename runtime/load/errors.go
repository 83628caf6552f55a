package load

import (
	"fmt"
	"strings"

	"github.com/ferrule-rules/ferrule/runtime/saved"
)

// RefusedError lists the rules that cannot run without JavaScript, where nothing else may
// run them.
type RefusedError struct{ Rules []Refused }

// Refused is a rule that needs JavaScript.
type Refused struct {
	Rule string
	File string
	// Exits are the places where it leaves; none when the whole rule needs JavaScript, for
	// the reason in Why.
	Exits []Exit
	Why   string
}

func (e *RefusedError) Error() string {
	var parts []string
	for _, r := range e.Rules {
		text := fmt.Sprintf("%s: rule %q %s", r.File, r.Rule, r.Why)
		for i, exit := range r.Exits {
			joint := ": "
			if i > 0 {
				joint = ", "
			}
			text += fmt.Sprintf("%sat %d:%d (%s)", joint, exit.Line, exit.Column, exit.Code)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// damaged is the error of a file whose parts do not fit together.
func damaged(format string, args ...any) error {
	return &saved.FileError{Reason: saved.Damaged, Message: "the pipeline's file is damaged: " + fmt.Sprintf(format, args...)}
}
