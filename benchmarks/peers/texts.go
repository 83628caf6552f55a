package peers

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/robertkrimen/otto"
	"modernc.org/quickjs"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
)

//go:embed prelude.js
var prelude string

// The engines whose fastest way in and out is JSON text: a VM in which the rules stand ready,
// the login as text, JSON.parse, the rules, JSON.stringify, and decoded again. Both stay at
// one VM, as a pool would hand it out.
var (
	inQuickJS = Contender{Name: "quickjs", Title: "modernc.org/quickjs, a VM that is ready, JSON texts in and out", Start: func(c *cases.Case) (*Worker, error) {
		vm, err := quickjs.NewVM()
		if err != nil {
			return nil, err
		}
		closed := func() { _ = vm.Close() }
		if _, err := vm.Eval(script(c), quickjs.EvalGlobal); err != nil {
			closed()
			return nil, unable("it does not begin: %s", firstLine(err))
		}
		return &Worker{Close: closed, Run: func(l *cases.Login) (Answer, error) {
			return throughText(l, func(user, context string) (string, error) {
				answer, err := vm.Call("__run", user, context)
				text, _ := answer.(string)
				return text, err
			})
		}}, nil
	}}
	inOtto = Contender{Name: "otto", Title: "otto, a VM that is ready, JSON texts in and out", Start: func(c *cases.Case) (*Worker, error) {
		vm := otto.New()
		if _, err := vm.Run(script(c)); err != nil {
			return nil, unable("it knows ES5 only")
		}
		return &Worker{Run: func(l *cases.Login) (Answer, error) {
			return throughText(l, func(user, context string) (string, error) {
				answer, err := vm.Call("__run", nil, user, context)
				return answer.String(), err
			})
		}}, nil
	}}
)

// script is the prelude with the rules of a case. Where they ask for the time it stands.
func script(c *cases.Case) string {
	var b strings.Builder
	b.WriteString(prelude)
	configuration, _ := json.Marshal(c.Configuration) // texts only
	fmt.Fprintf(&b, "var configuration = %s || {};\nvar __rules = [\n", configuration)
	dates := false
	for i, rule := range c.Rules {
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, "(%s\n)", rule.Source)
		dates = dates || strings.Contains(rule.Source, "Date")
	}
	b.WriteString("\n];\n")
	if dates {
		fmt.Fprintf(&b, "var __Date = Date;\nDate = function () { return arguments.length ? new __Date(arguments[0]) : new __Date(%d); };\n", c.Timed[0].Now.UnixMilli())
	}
	return b.String()
}

// throughText is a login by JSON texts. What the engine throws is a failure.
func throughText(l *cases.Login, run func(user, context string) (string, error)) (Answer, error) {
	user, err := json.Marshal(l.User)
	if err != nil {
		return Answer{}, err
	}
	context, err := json.Marshal(l.Context)
	if err != nil {
		return Answer{}, err
	}
	text, err := run(string(user), string(context))
	switch {
	case err != nil:
		return Answer{Err: errFailed}, nil
	case strings.HasPrefix(text, "D"):
		return Answer{Err: &cases.Denial{Message: text[1:]}}, nil
	case !strings.HasPrefix(text, "["):
		return Answer{Err: errFailed}, nil
	}
	var out [2]map[string]any
	err = json.Unmarshal([]byte(text), &out)
	return Answer{User: out[0], Context: out[1]}, err
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	if len(line) > 120 {
		line = line[:120] + "…"
	}
	return line
}
