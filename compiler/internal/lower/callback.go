package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// callback lowers a call of the rule's callback.
//
// Source: contract section 1.4, rows 1 and 8 to 17.
func (l *lowerer) callback(at placed, args []value) {
	if !l.reachable {
		return
	}
	var status value = undefined(at)
	if len(args) > 0 {
		status = args[0]
		l.drop(args[1:])
	}
	switch s := status.(type) {
	case *errorValue:
		l.handOver(at, s)
		return
	case ir.Expr:
		l.status(at, s, args)
		return
	case *choiceValue:
		with := func(v value) func() {
			return func() { l.callback(at, append([]value{v}, args[1:]...)) }
		}
		l.choose(at, s.cond, with(s.then), with(s.otherwise))
		return
	}
	l.exit(diag.CallbackArgs, at, "")
}

// status lowers a callback whose first argument is data.
func (l *lowerer) status(at placed, s ir.Expr, args []value) {
	if c, ok := s.(*ir.Const); ok {
		switch v := c.Value.(type) {
		case nil:
			l.done(at, "", args)
		case bool:
			if v {
				l.emit(&ir.Fail{At: at.Span(), Message: c})
			} else {
				l.done(at, "false", args)
			}
		case float64:
			if known, truthy := truth(c); known && truthy {
				l.emit(&ir.Fail{At: at.Span(), Message: c})
			} else {
				l.done(at, jsvalue.NumberToString(v), args)
			}
		case string:
			if v != "" {
				l.emit(&ir.Fail{At: at.Span(), Message: c})
			} else {
				l.done(at, `""`, args)
			}
		default:
			l.done(at, "undefined", args)
		}
		return
	}
	if ir.TypeOf(s) == ir.StringType {
		s = l.keep(at, "status", s)
		l.choose(at, s, func() { l.emit(&ir.Fail{At: at.Span(), Message: s}) }, func() { l.done(at, `""`, args) })
		return
	}
	l.exit(diag.CallbackArgs, at, "")
}

// done lowers success.
func (l *lowerer) done(at placed, falsy string, args []value) {
	user, ok := l.passed(at, "user", args, 1)
	if !ok {
		return
	}
	context, ok := l.passed(at, "context", args, 2)
	if !ok {
		return
	}
	l.emit(&ir.Done{At: at.Span(), User: user, Context: context, Falsy: falsy})
}

// passed is what success passes on in one place.
func (l *lowerer) passed(at placed, root string, args []value, i int) (ir.Pass, bool) {
	if i >= len(args) {
		return ir.Missing, true
	}
	switch v := args[i].(type) {
	case *ir.Root:
		if v.Name == root {
			return ir.Own, true
		}
	case *ir.Const:
		if v.Value == nil {
			return ir.Dropped, true
		}
		if jsvalue.IsUndefined(v.Value) {
			return ir.Missing, true
		}
	}
	l.exit(diag.CallbackArgs, at, "")
	return 0, false
}

// handOver lowers callback(error). The step stands where the error is made: that is the
// place that errors name.
func (l *lowerer) handOver(at placed, e *errorValue) {
	if e.name == "UnauthorizedError" && len(e.fields) == 0 {
		l.emit(&ir.Deny{At: e.at.Span(), Message: e.message})
		return
	}
	l.emit(&ir.Fail{At: e.at.Span(), Name: e.name, Message: e.message, Fields: append(l.codeField(e), e.fields...)})
}

// codeField is the code of an error whose constructor takes one.
func (l *lowerer) codeField(e *errorValue) []ir.Field {
	if e.code == nil {
		return nil
	}
	key := "code"
	if e.name == "WrongUsernameOrPasswordError" {
		key = "user_id"
	}
	return []ir.Field{{Key: constant(e.at, key), Value: e.code}}
}

// errorClasses are the error classes that rules may make; the value is the place of the
// message among the constructor's arguments.
var errorClasses = map[string]int{
	"Error": 0, "TypeError": 0, "RangeError": 0, "SyntaxError": 0, "ReferenceError": 0, "EvalError": 0, "URIError": 0,
	"UnauthorizedError": 0, "ValidationError": 1, "WrongUsernameOrPasswordError": 1,
}

// makeError lowers new Error(message) and its like.
func (l *lowerer) makeError(e placed, class string, args []value) value {
	made := &errorValue{at: e, name: class, branch: l.branch}
	data := make([]ir.Expr, len(args))
	for i, a := range args {
		d, ok := a.(ir.Expr)
		if !ok {
			return l.exit(diag.NotLowered, e, "")
		}
		data[i] = d
	}
	place := errorClasses[class]
	l.drop(args[min(place+1, len(args)):])
	if len(data) > place+1 || len(data) == place+2 {
		if _, isConst := data[place+1].(*ir.Const); !isConst { // options: { cause }
			return l.exit(diag.NotLowered, e, "")
		}
	}
	if len(data) > place {
		made.message = l.keep(e, "message", data[place])
	}
	if place == 1 && len(data) > 0 {
		made.code = l.keep(e, "code", data[0])
	}
	return made
}

// setsErrorField lowers err.code = …, for an error that was made in the same branch.
func (l *lowerer) setsErrorField(e *ast.Assign) bool {
	m, ok := e.Target.(*ast.Member)
	if !ok {
		return false
	}
	id, ok := m.Object.(*ast.Ident)
	if !ok {
		return false
	}
	b := l.scope.lookup(id.Name)
	if b == nil {
		return false
	}
	err, ok := b.static.(*errorValue)
	if !ok {
		return false
	}
	if err.branch != l.branch || l.loops > 0 {
		l.exit(diag.NotLowered, e, "")
		return true
	}
	v := l.expr(e.Value)
	v = l.keep(e.Value, m.Name, v)
	switch m.Name {
	case "message":
		err.message = v
		if err.name != "UnauthorizedError" && err.name != "Error" {
			l.exit(diag.NotLowered, e, "")
		}
	case "name", "code", "description", "user_id", "status_code":
		for i, f := range err.fields {
			if f.Key.(*ir.Const).Value == m.Name {
				err.fields = append(err.fields[:i:i], err.fields[i+1:]...)
				break
			}
		}
		err.fields = append(err.fields, ir.Field{Key: constant(m, m.Name), Value: v})
	case "stack", "toString":
		l.exit(diag.NotLowered, e, "")
	default:
		// Other properties do not leave the rule.
	}
	return true
}

// errorProperty reads a property of an error that the rule made.
func (l *lowerer) errorProperty(at placed, e *errorValue, name string) value {
	if len(e.fields) == 0 {
		switch name {
		case "message":
			if e.message == nil {
				return constant(at, "")
			}
			if ir.TypeOf(e.message) == ir.StringType {
				return e.message
			}
			return call(at, "String", e.message)
		case "name":
			return constant(at, e.name)
		}
	}
	return l.exit(diag.NotLowered, at, "")
}
