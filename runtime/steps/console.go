package steps

import (
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// log notes a console line, with its values as they are now.
func (f *frame) log(s *program.Log) error {
	values := make([]any, 0, len(s.Args))
	for _, arg := range s.Args {
		value, err := f.eval(arg.Expr, s.At)
		if err != nil {
			return err
		}
		if !arg.Spread {
			values = append(values, value)
			continue
		}
		list, ok := jsvalue.AsList(value)
		if !ok {
			return jsvalue.NotOf(value)
		}
		values = append(values, list...)
	}
	text, err := stdlib.Format(values, &f.Run)
	if err != nil {
		return err
	}
	f.lines = append(f.lines, runtime.ConsoleLine{Rule: f.runner.name, Level: s.Level, Text: text})
	return nil
}
