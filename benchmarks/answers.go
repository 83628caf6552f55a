package benchmarks

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/ferrule-rules/ferrule"
)

// Answer is what a contender made of a login.
type Answer struct {
	Allowed       bool // the rules called back with success
	User, Context map[string]any
}

// answerOf is a pipeline's outcome as an answer. A redirect is a success of the rules.
func answerOf(out ferrule.Outcome) Answer {
	allowed := out.Decision == ferrule.Allowed || out.Decision == ferrule.Redirect
	return Answer{allowed, out.User, out.Context}
}

// Check runs every contender once and compares their answers: all must decide alike, and
// those that give back objects must give back the same ones, as JSON.
//
// # Errors
//
// The first contender that differs, and how.
func Check(c Case, contenders []Contender) error {
	var first [2]any
	for _, contender := range contenders {
		answer, err := contender.Run(CopyObject(c.User), CopyObject(c.Context))
		if err != nil {
			return fmt.Errorf("%s: %s: %w", c.Name, contender.Name, err)
		}
		if answer.Allowed != c.Allowed {
			return fmt.Errorf("%s: %s: allowed %v, want %v", c.Name, contender.Name, answer.Allowed, c.Allowed)
		}
		if answer.User == nil || !answer.Allowed {
			continue
		}
		var now [2]any
		for i, object := range [2]any{answer.User, answer.Context} {
			if now[i], err = plain(object); err != nil {
				return fmt.Errorf("%s: %s: %w", c.Name, contender.Name, err)
			}
		}
		if first[0] == nil {
			first = now
		}
		if !reflect.DeepEqual(first, now) {
			return fmt.Errorf("%s: %s leaves another login than %s", c.Name, contender.Name, contenders[1].Name)
		}
	}
	return nil
}

// plain is a value as it is after JSON: numbers of all types are float64.
func plain(value any) (decoded any, err error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	return decoded, json.Unmarshal(text, &decoded)
}
