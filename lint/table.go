package lint

import (
	"slices"

	"github.com/ferrule-rules/ferrule/ast/diag"
)

// Codes that other packages name.
const (
	ImplicitModule diag.Code = "L22" // a variable for a module, which the compiler reports, too
	BareIgnore     diag.Code = "L50" // ferrule-ignore without a reason
)

// Check is one line of the table of checks. The texts are those of its page.
type Check struct {
	Code     diag.Code
	Severity diag.Severity // Error, Warning or Note
	Title    string        // what is wrong, one line
	Why      string        // what follows from it
	Instead  string        // what to do

	run func(*rule) // nil where another check's walk, or the compiler, finds it
}

// Table lists all checks in the order of their codes. The slice is new at each call.
func Table() []Check { return slices.Clone(table) }

// Lookup finds a check.
func Lookup(code diag.Code) (Check, bool) {
	for _, c := range table {
		if c.Code == code {
			return c, true
		}
	}
	return Check{}, false
}

var table []Check

func init() { table = checks() } // the checks' functions read the table
