package lower

import (
	"strconv"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

func itoa(n int) string { return strconv.Itoa(n) }

// plainName makes a variable's name of letters, digits and _ only: other engines' texts
// can spell it.
func plainName(name string) string {
	made := make([]byte, 0, len(name))
	for i := 0; i < len(name); i++ {
		c := name[i]
		if c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || i > 0 && c >= '0' && c <= '9' {
			made = append(made, c)
		}
	}
	if len(made) == 0 {
		return "v"
	}
	return string(made)
}

// placed is what has a place in the user's file.
type placed interface{ Span() source.Span }

// value is what an expression of the rule lowers to: an ir.Expr, which is data, or a
// static value.
type value any

// The static values.
type (
	// functionValue is a function of the rule, with the scope it was made in.
	functionValue struct {
		node  ast.Expr // *ast.Function or *ast.Arrow
		scope *scope
	}
	// callbackValue is the rule's third parameter.
	callbackValue struct{}
	// errorValue is an error object that the rule made.
	errorValue struct {
		at      placed
		name    string
		message ir.Expr // nil when there was none
		code    ir.Expr // ValidationError's first argument, and WrongUsernameOrPasswordError's
		fields  []ir.Field
		branch  int
	}
	// namespace is one of JavaScript's own objects or functions, by its path: Math,
	// Object.keys, Array.prototype.slice, console.log, auth0.users.updateAppMetadata, ….
	namespace struct{ path string }
	// moduleValue is what require answered, or a part of it: to call it exits.
	moduleValue struct{ name string }
	// promiseValue is what a metadata update answered.
	promiseValue struct{ steps []*ir.Persist }
	// objectValue is an object literal that holds functions.
	objectValue struct{ properties map[string]value }
	// choiceValue is one of two values, at least one of them static. cond is stable.
	choiceValue struct {
		cond            ir.Expr
		then, otherwise value
	}
	// partialValue is what bind makes of a function.
	partialValue struct {
		of   value
		args []value
	}
	// regexpValue is a regular expression.
	regexpValue struct {
		at            placed
		source, flags string
		named         bool // it was put into a variable: lastIndex would be kept
	}
)

type bindKind uint8

const (
	bindVar bindKind = iota
	bindLet
	bindConst
	bindParam
	bindFunction
)

// binding is a variable of the rule.
type binding struct {
	kind  bindKind
	local string // its name in the IR; "" while it has none
	// static is its value when that never changes and needs no variable.
	static value
	ready  bool // it has been initialised at the place that is being lowered
	reads  int  // as data, where they were lowered
	// errors are the error objects that were written to it, and tag the variable that says which
	// of them it holds: its number from 1 on. It holds data otherwise.
	errors []*errorValue
	tag    string
	// data is the constant that was the only data written to it; varied says that there was other.
	data   *ir.Const
	varied bool
	// started says that its declaration wrote it, at the top of its function.
	started bool
	once    bool // nothing but its declaration writes it, and that runs before all reads
}

type scope struct {
	outer *scope
	names map[string]*binding
}

func newScope(outer *scope) *scope { return &scope{outer: outer, names: map[string]*binding{}} }

func (s *scope) declare(name string, b *binding) { s.names[name] = b }

func (s *scope) lookup(name string) *binding {
	for ; s != nil; s = s.outer {
		if b, ok := s.names[name]; ok {
			return b
		}
	}
	return nil
}

// function is a function whose body is being lowered.
type function struct {
	node   ast.Expr
	rule   bool // the rule's own
	async  bool
	leave  func(at placed) // emits what return does; nil in the rule's own function
	result string          // variable for what it returns; "" when nobody asks
	later  bool            // the body of a then: return ends those steps
	jumps  []*jump
	tries  int // how many try blocks stood around the call
	branch int // where its body begins
}

// jump is a loop, switch or labelled statement that break and continue can name.
type jump struct {
	label  string   // in the IR
	names  []string // the labels in the rule
	isLoop bool
	next   func(at placed) // emits what continue does
	tries  int
}

// try is a try block whose body is being lowered.
type try struct {
	node  *ast.Try
	label string
	scope *scope
	used  bool
	depth int // of inlining
}

// assignedNames lists the names that anything but a declaration's initialiser writes. Two
// variables of one name count as one.
func assignedNames(fn ast.Node) map[string]bool {
	names := map[string]bool{}
	declared := map[string]int{}
	var target func(p ast.Pattern)
	target = func(p ast.Pattern) {
		switch p := p.(type) {
		case *ast.Ident:
			names[p.Name] = true
		case *ast.ArrayPattern:
			for _, e := range p.Elements {
				if e != nil {
					target(e.Target)
				}
			}
			if p.Rest != nil {
				target(p.Rest)
			}
		case *ast.ObjectPattern:
			for _, e := range p.Properties {
				target(e.Target)
			}
			if p.Rest != nil {
				target(p.Rest)
			}
		}
	}
	ast.Inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Assign:
			target(n.Target)
		case *ast.Update:
			target(n.X)
		case *ast.ForIn:
			if n.Target != nil {
				target(n.Target)
			}
		case *ast.ForOf:
			if n.Target != nil {
				target(n.Target)
			}
		case *ast.Var:
			if n.Kind != ast.VarVar {
				return true
			}
			for _, b := range n.List {
				if id, ok := b.Target.(*ast.Ident); ok {
					if declared[id.Name]++; declared[id.Name] > 1 {
						names[id.Name] = true
					}
				}
			}
		case *ast.FunctionDecl:
			if declared[n.Func.Name.Name]++; declared[n.Func.Name.Name] > 1 {
				names[n.Func.Name.Name] = true
			}
		}
		return true
	})
	return names
}

// parts takes a function apart. Exactly one of body and result is there.
func parts(fn ast.Expr) (params *ast.Params, body *ast.Block, result ast.Expr, async, ok bool) {
	switch fn := fn.(type) {
	case *ast.Function:
		return fn.Params, fn.Body, nil, fn.Async, !fn.Generator
	case *ast.Arrow:
		return fn.Params, fn.Body, fn.Result, fn.Async, true
	}
	return nil, nil, nil, false, false
}

// hoist declares a function's var names and functions, which exist from its start.
func (l *lowerer) hoist(params *ast.Params, body *ast.Block) {
	if body == nil {
		return
	}
	own := map[string]bool{}
	for _, p := range params.List {
		bound(p.Target, func(name string) { own[name] = true })
	}
	if params.Rest != nil {
		bound(params.Rest, func(name string) { own[name] = true })
	}
	vars(body.List, func(name string, top bool) {
		if own[name] {
			return // the parameter is that variable
		}
		if l.scope.names[name] == nil {
			l.scope.declare(name, &binding{kind: bindVar, ready: true, once: top && !l.assigned[name]})
		}
	})
	l.declareBlock(body.List)
}

// declareBlock declares a block's own functions, classes, lets and consts.
func (l *lowerer) declareBlock(list []ast.Stmt) {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.FunctionDecl:
			name := s.Func.Name.Name
			l.scope.declare(name, &binding{
				kind: bindFunction, ready: true, once: !l.assigned[name], static: &functionValue{node: s.Func, scope: l.scope},
			})
		case *ast.ClassDecl:
			l.scope.declare(s.Class.Name.Name, &binding{kind: bindLet})
		case *ast.Var:
			if s.Kind == ast.VarVar {
				continue
			}
			for _, b := range s.List {
				bound(b.Target, func(name string) {
					kind := bindLet
					if s.Kind == ast.VarConst {
						kind = bindConst
					}
					l.scope.declare(name, &binding{kind: kind, once: !l.assigned[name]})
				})
			}
		}
	}
}

// bound calls f for every name that a pattern binds.
func bound(p ast.Pattern, f func(name string)) {
	switch p := p.(type) {
	case *ast.Ident:
		f(p.Name)
	case *ast.ArrayPattern:
		for _, e := range p.Elements {
			if e != nil {
				bound(e.Target, f)
			}
		}
		if p.Rest != nil {
			bound(p.Rest, f)
		}
	case *ast.ObjectPattern:
		for _, e := range p.Properties {
			bound(e.Target, f)
		}
		if p.Rest != nil {
			bound(p.Rest, f)
		}
	}
}

// vars calls f for every var name below statements, functions apart; top says that
// the declaration stands at the top of the list.
func vars(list []ast.Stmt, f func(name string, top bool)) {
	for _, s := range list {
		if v, ok := s.(*ast.Var); ok {
			if v.Kind == ast.VarVar {
				for _, b := range v.List {
					bound(b.Target, func(name string) { f(name, true) })
				}
			}
			continue
		}
		ast.Inspect(s, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Function, *ast.Arrow, *ast.Class, *ast.FunctionDecl:
				return false
			case *ast.Var:
				if n.Kind == ast.VarVar {
					for _, b := range n.List {
						bound(b.Target, func(name string) { f(name, false) })
					}
				}
			}
			return true
		})
	}
}
