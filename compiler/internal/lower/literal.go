package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// template lowers a template literal.
func (l *lowerer) template(e *ast.Template) value {
	values := l.exprs(e.Exprs...)
	var args []ir.Expr
	for i, part := range e.Parts {
		if part.Cooked != "" {
			if jsvalue.HasLoneSurrogate(part.Cooked) {
				return l.exit(diag.LoneSurrogate, e, "")
			}
			args = append(args, &ir.Const{At: part.At, Value: part.Cooked})
		}
		if i < len(values) {
			args = append(args, values[i])
		}
	}
	return concat(e, args)
}

// concat joins texts; constants beside each other become one.
func concat(at placed, args []ir.Expr) ir.Expr {
	var joined []ir.Expr
	for _, arg := range args {
		text, isText := textOf(arg)
		if isText && len(joined) > 0 {
			if before, also := textOf(joined[len(joined)-1]); also {
				joined[len(joined)-1] = constant(at, before+text)
				continue
			}
		}
		if isText {
			arg = constant(at, text)
		}
		joined = append(joined, arg)
	}
	switch len(joined) {
	case 0:
		return constant(at, "")
	case 1:
		if _, isText := textOf(joined[0]); isText {
			return joined[0]
		}
	}
	return call(at, "text", joined...)
}

// textOf is the text of a constant.
func textOf(e ir.Expr) (string, bool) {
	c, ok := e.(*ir.Const)
	if !ok {
		return "", false
	}
	switch v := c.Value.(type) {
	case string:
		return v, true
	case float64:
		return jsvalue.NumberToString(v), true
	case bool:
		if v {
			return "true", true
		}
		return "false", true
	case nil:
		return "null", true
	}
	return "undefined", true
}

// array lowers an array literal.
func (l *lowerer) array(e *ast.Array) value {
	for _, x := range e.Elements {
		if x == nil {
			return l.exit(diag.NotLowered, e, "a hole in an array")
		}
	}
	return &ir.List{At: e.At, Items: l.items(e.Elements)}
}

// items lowers elements or arguments, spreads among them.
func (l *lowerer) items(list []ast.Expr) []ir.Item {
	items := make([]ir.Item, len(list))
	parts := make([]ast.Expr, len(list))
	for i, x := range list {
		if spread, isSpread := x.(*ast.Spread); isSpread {
			x, items[i].Spread = spread.X, true
		}
		parts[i] = x
	}
	for i, v := range l.exprs(parts...) {
		if items[i].Spread {
			v = l.iterable(parts[i], v)
		}
		items[i].X = v
	}
	return items
}

// object lowers an object literal. One that holds functions is a static value.
func (l *lowerer) object(e *ast.Object) value {
	if l.holdsFunctions(e) {
		return l.functionsObject(e)
	}
	var parts []ast.Expr
	fields := make([]ir.Field, 0, len(e.Properties))
	type slot struct{ key, value int }
	slots := make([]slot, 0, len(e.Properties))
	for _, p := range e.Properties {
		switch p := p.(type) {
		case *ast.Prop:
			s := slot{key: -1}
			field := ir.Field{}
			if p.Computed {
				s.key = len(parts)
				parts = append(parts, p.Key)
			} else {
				name, ok := propertyName(p.Key)
				if !ok || name == "__proto__" || jsvalue.HasLoneSurrogate(name) {
					return l.exit(diag.NotLowered, p, "")
				}
				field.Key = constant(p.Key, name)
			}
			s.value = len(parts)
			parts = append(parts, p.Value)
			slots = append(slots, s)
			fields = append(fields, field)
		case *ast.Spread:
			slots = append(slots, slot{-1, len(parts)})
			parts = append(parts, p.X)
			fields = append(fields, ir.Field{})
		default:
			return l.exit(diag.ClassUsed, e, "")
		}
	}
	values := l.exprs(parts...)
	for i, s := range slots {
		if s.key >= 0 {
			fields[i].Key = values[s.key]
		}
		fields[i].Value = values[s.value]
	}
	return &ir.Object{At: e.At, Fields: fields}
}

// propertyName is the name of a property that is not computed.
func propertyName(key ast.Expr) (string, bool) {
	switch k := key.(type) {
	case *ast.String:
		return k.Value, true
	case *ast.Number:
		return jsvalue.NumberToString(k.Value), true
	case *ast.Ident:
		return k.Name, true
	}
	return "", false
}

func (l *lowerer) holdsFunctions(e *ast.Object) bool {
	for _, p := range e.Properties {
		switch p := p.(type) {
		case *ast.Method:
			return p.Kind == ast.Plain
		case *ast.Prop:
			switch p.Value.(type) {
			case *ast.Function, *ast.Arrow:
				return true
			}
		}
	}
	return false
}

// functionsObject is an object literal whose properties are followed one by one.
func (l *lowerer) functionsObject(e *ast.Object) value {
	made := &objectValue{properties: map[string]value{}}
	for _, p := range e.Properties {
		switch p := p.(type) {
		case *ast.Prop:
			name, ok := propertyName(p.Key)
			if p.Computed || !ok {
				return l.exit(diag.FunctionAsValue, e, "")
			}
			v := l.value(p.Value)
			if data, isData := v.(ir.Expr); isData {
				v = l.keep(p.Value, name, data)
			}
			made.properties[name] = v
		case *ast.Method:
			name, ok := propertyName(p.Key)
			if p.Computed || !ok || p.Kind != ast.Plain {
				return l.exit(diag.ClassUsed, e, "")
			}
			made.properties[name] = &functionValue{node: p.Func, scope: l.scope}
		default:
			return l.exit(diag.FunctionAsValue, e, "")
		}
	}
	return made
}
