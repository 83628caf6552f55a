package steps

import (
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/inspect"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// log notes a console line, with its values as they are now.
func (f *frame) log(s *program.Log) error {
	values := make([]inspect.Value, 0, len(s.Args))
	for _, arg := range s.Args {
		value, err := f.eval(arg.Expr, s.At)
		if err != nil {
			return err
		}
		items := []any{value}
		if arg.Spread {
			list, ok := jsvalue.AsList(value)
			if !ok {
				return jsvalue.NotOf(value)
			}
			items = list
		}
		for _, item := range items {
			printed, err := f.printed(item)
			if err != nil {
				return err
			}
			values = append(values, printed)
		}
	}
	f.lines = append(f.lines, runtime.ConsoleLine{Rule: f.Rule.Name, Level: s.Level, Text: inspect.Format(values...)})
	return nil
}

// printed is a value as the console prints it. Dates, sets and the like are not covered.
func (f *frame) printed(value any) (inspect.Value, error) {
	switch v := value.(type) {
	case string:
		return inspect.String(v), nil
	case float64:
		return inspect.Number(v), nil
	case bool:
		return inspect.Bool(v), nil
	case nil:
		return inspect.Null(), nil
	}
	if jsvalue.IsUndefined(value) {
		return inspect.Value{}, nil
	}
	order := &jsondoc.Order{}
	p := plainer{from: f.work.order, to: order, exact: true}
	plain, _, err := p.plain(value, nil, 0)
	if err != nil {
		if err == exitNotJSON {
			err = jsvalue.ExitType
		}
		return inspect.Value{}, err
	}
	return inspect.FromJSON(plain, order.Keys), nil
}
