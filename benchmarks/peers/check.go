package peers

import (
	"fmt"
	"time"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
)

// Wanted are the answers of the JavaScript engine to the timed and to the checked logins of
// a case.
//
// # Errors
//
// A rule that does not load, a login that has no decision.
func Wanted(c *cases.Case) (timed, checked []Answer, err error) {
	worker, err := Reference().Start(c)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", c.Name, err)
	}
	defer worker.Close()
	for i, logins := range [][]cases.Login{c.Timed, c.Checked} {
		for _, l := range logins {
			login := l.Copy()
			answer, err := worker.Run(&login)
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %s: %w", c.Name, l.Name, err)
			}
			*[]*[]Answer{&timed, &checked}[i] = append(*[]*[]Answer{&timed, &checked}[i], answer)
		}
	}
	return timed, checked, nil
}

// patience is how long a contender that claims nothing is checked, at least four logins.
const patience = 200 * time.Millisecond

// Check holds a contender against the wanted answers: to the timed logins, and to the
// checked ones when it claims JavaScript's meaning.
//
// # Errors
//
// The first login that it answers otherwise, and how.
func Check(c *cases.Case, contender Contender, worker *Worker, timed, checked []Answer) error {
	logins, want := c.Timed, timed
	if contender.Exact {
		logins, want = append(logins[:len(logins):len(logins)], c.Checked...), append(want[:len(want):len(want)], checked...)
	}
	ask := worker.Answer
	if ask == nil {
		ask = worker.Run
	}
	start := time.Now()
	for i, l := range logins {
		if !contender.Exact && i >= 4 && time.Since(start) > patience {
			break // the rule is large, and it is parsed at each login
		}
		login := l.Copy()
		answer, err := ask(&login)
		if err == nil {
			err = Same(answer, want[i], !worker.Decides)
		}
		if err != nil {
			return fmt.Errorf("login %s: %w", l.Name, err)
		}
	}
	return nil
}
