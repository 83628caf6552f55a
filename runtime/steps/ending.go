package steps

import (
	"math"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// calledBack notes a call of the callback. It answers false for all calls but the first.
func (f *frame) calledBack(at program.Pos) bool {
	if f.decided {
		f.warn(runtime.WarnCallbackTwice, runtime.TextCallbackTwice)
		return false
	}
	f.decided, f.last, f.saved = true, at, len(f.work.changes)
	return true
}

// done is the callback's success.
//
// Source: contract rows 1, 4, 13, 15.
func (c *compiler) done(s *program.Done) op {
	at := s.At
	if *s == (program.Done{At: at}) {
		return func(f *frame) signal {
			if f.calledBack(at) {
				f.warned = len(f.warnings)
			}
			return through
		}
	}
	return func(f *frame) signal {
		if !f.calledBack(at) {
			return through
		}
		f.dropsUser, f.dropsContext = s.User == program.Dropped, s.Context == program.Dropped
		if s.Falsy != "" {
			f.warn(runtime.WarnFalsyStatus, runtime.TextFalsyStatus(received(s.Falsy)))
		}
		if s.User == program.Missing || s.Context == program.Missing {
			f.warn(runtime.WarnMissingArgs, runtime.TextMissingArgs)
		}
		f.warned = len(f.warnings)
		return through
	}
}

// received describes a falsy first argument as warnings do.
func received(falsy string) string {
	switch falsy {
	case "undefined", "false":
		return falsy
	case `""`:
		return `the text ""`
	}
	return "the number " + falsy
}

// deny is callback(new UnauthorizedError(message)).
func (c *compiler) deny(s *program.Deny) op {
	if s.Message == program.None {
		return c.denial(s, jsvalue.Undefined)
	}
	if message, ok := c.constant(s.Message); ok {
		return c.denial(s, message)
	}
	message, at := c.stored(s.Message, s.At), s.At
	return func(f *frame) signal {
		failure := &runtime.RuleError{}
		if err := unauthorized(failure, message(&f.Frame)); err != nil {
			return f.ended(err, at)
		}
		f.failed(failure, at, true)
		return through
	}
}

// denial is a denial whose message is known: all runs share its error, which the first makes.
func (c *compiler) denial(s *program.Deny, message any) op {
	at := s.At
	if err := unauthorized(&runtime.RuleError{}, message); err != nil {
		return func(f *frame) signal { return f.ended(err, at) }
	}
	var made atomic.Pointer[runtime.RuleError]
	return func(f *frame) signal {
		if !f.calledBack(at) {
			return through
		}
		if f.failure = made.Load(); f.failure == nil {
			f.failure = &runtime.RuleError{OAuth: runtime.OAuthUnauthorized}
			_ = unauthorized(f.failure, message) // it had no error before
			f.runner.describe(f.failure, at, true)
			made.Store(f.failure)
		}
		return through
	}
}

// fail is any other truthy first argument of the callback.
func (f *frame) fail(s *program.Fail) error {
	message, err := f.given(s.Message, s.At)
	if err != nil {
		return err
	}
	failure := &runtime.RuleError{Name: s.Name}
	if s.Name == "" {
		if truthy, err := jsvalue.ToBoolean(message); err != nil || !truthy || jsvalue.TypeIn(message) == jsvalue.ObjectType {
			return jsvalue.ExitType
		}
		if failure.Message, err = jsvalue.ToString(message); err != nil {
			return err
		}
		f.failed(failure, s.At, false)
		return nil
	}
	made, known := classes[s.Name]
	if !known {
		return jsvalue.ExitType
	}
	if err := made(failure, message); err != nil {
		return err
	}
	for _, field := range s.Fields {
		value, err := f.value(field.Value, s.At)
		if err != nil {
			return err
		}
		if err := setField(failure, field.Name, value); err != nil {
			return err
		}
	}
	f.failed(failure, s.At, true)
	return nil
}

// given is an argument that may have been left out.
func (f *frame) given(expr int, at program.Pos) (any, error) {
	if expr == program.None {
		return jsvalue.Undefined, nil
	}
	return f.value(expr, at)
}

// failed ends the rule with an error, unless it has called back already.
func (f *frame) failed(failure *runtime.RuleError, at program.Pos, made bool) {
	if f.calledBack(at) {
		f.runner.describe(failure, at, made)
		f.failure = failure
	}
}

// describe says where an error comes from. A text was not made at a place.
func (r *Runner) describe(failure *runtime.RuleError, at program.Pos, made bool) {
	failure.Kind, failure.Rule, failure.File = runtime.KindRule, r.name, r.file
	if made {
		failure.Pos = source.Pos{Line: at.Line, Column: at.Column}
		failure.Stack = strings.TrimPrefix(failure.Name+": "+failure.Message+"\n    at <anonymous> ("+failure.File+":"+strconv.Itoa(at.Line)+":"+strconv.Itoa(at.Column)+")", ": ")
	}
}

// unauthorized is what the constructor of UnauthorizedError writes.
func unauthorized(e *runtime.RuleError, message any) (err error) {
	e.Name, e.Code = "UnauthorizedError", "unauthorized"
	e.Message, err = fieldText(message)
	e.Description = e.Message
	return err
}

// classes say what the constructor of each class of errors writes. Message is its only
// argument; others come as fields.
var classes = func() map[string]func(*runtime.RuleError, any) error {
	classes := map[string]func(*runtime.RuleError, any) error{
		// Those of the sandbox keep what they are given.
		"UnauthorizedError": unauthorized,
		"ValidationError": func(e *runtime.RuleError, message any) (err error) {
			e.Name = "ValidationError"
			e.Message, err = fieldText(message)
			e.Description = e.Message
			return err
		},
		"WrongUsernameOrPasswordError": func(e *runtime.RuleError, message any) (err error) {
			e.Name, e.Code = "WrongUsernameOrPasswordError", "wrongusernameorpassword"
			e.Message, err = fieldText(message)
			return err
		},
	}
	for _, name := range [...]string{"Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"} {
		classes[name] = func(e *runtime.RuleError, message any) (err error) {
			e.Name = name
			if jsvalue.IsUndefined(message) {
				return nil
			}
			if jsvalue.TypeIn(message) == jsvalue.ObjectType {
				return jsvalue.ExitType
			}
			e.Message, err = jsvalue.ToString(message)
			return err
		}
	}
	return classes
}()

// setField writes a property of an error, as far as anybody reads it.
func setField(e *runtime.RuleError, name string, value any) (err error) {
	switch name {
	case "name":
		if e.Name, err = fieldText(value); e.Name == "" {
			// An own null is Error; an own "" as well, an own undefined likewise.
			e.Name = "Error"
		}
	case "message":
		e.Message, err = fieldText(value)
	case "code":
		e.Code, err = fieldText(value)
	case "description":
		e.Description, err = fieldText(value)
	case "user_id":
		e.UserID, err = fieldText(value)
	case "status_code":
		return setStatus(e, value)
	case "stack", "toString", "valueOf", "toJSON", "constructor", "__proto__":
		return jsvalue.ExitType
	}
	return err
}

// fieldText is the text that an error's property is carried as; "" for null and undefined.
func fieldText(value any) (string, error) {
	switch {
	case jsvalue.IsNullish(value):
		return "", nil
	case jsvalue.TypeIn(value) == jsvalue.ObjectType:
		return "", jsvalue.ExitType
	}
	return jsvalue.ToString(value)
}

func setStatus(e *runtime.RuleError, value any) error {
	e.StatusCode = 0
	if jsvalue.IsNullish(value) {
		return nil
	}
	if jsvalue.TypeIn(value) == jsvalue.ObjectType {
		return jsvalue.ExitType
	}
	number, err := jsvalue.ToNumber(value)
	switch {
	case err != nil || math.IsNaN(number):
		return err
	case math.Abs(number) > math.MaxInt32:
		return jsvalue.ExitType
	}
	e.StatusCode = int(number)
	return nil
}
