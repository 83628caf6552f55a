package lower

import (
	"strings"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Options say what is known of the pipeline when the rule is compiled.
type Options struct {
	// Configuration is the rules' configuration; its values are folded into the program.
	Configuration map[string]string
	// Domain is auth0.domain; "" when it is not known, and reads of it exit.
	Domain string
	// AccessToken is auth0.accessToken; "" when it is not known: reads of it, and of auth0.baseUrl,
	// exit.
	AccessToken string
	// Private reports whether no other rule of the pipeline can see a global variable of that
	// name; nil: none is.
	Private func(name string) bool
}

// Result is a lowered rule.
type Result struct {
	Rule *ir.Rule
	// Configuration lists the keys of the configuration that the program depends on.
	Configuration []string
	// Tenant says that auth0.domain, baseUrl or accessToken stand in the program.
	Tenant bool
}

// maxNodes bounds the program of one rule: inlining can make it grow beyond its source. Of
// constants only every sixteenth counts, so that lists may be long.
const (
	maxNodes         = 40000
	constantsPerNode = 16
)

// tooComplex ends the lowering of a rule.
type tooComplex struct{}

// lowerer is the work on one rule.
type lowerer struct {
	file    *source.File
	options Options

	out       *[]ir.Step // where steps go
	reachable bool       // whether control can reach the end of out
	nodes     int
	constants int
	loops     int // loops around the current place
	branch    int // number of the current branch; see branchOf
	branches  int

	names    map[string]bool // of locals and item variables
	locals   []string
	labels   int
	function *function
	scope    *scope
	top      *scope // of the rule's own function
	tries    []*try
	assigned map[string]bool // names that something besides a declaration writes
	inlining []ast.Node
	single   map[string]bool // locals that get one value, and no other before their block ends
	fresh    map[string]bool // locals that only ever held new arrays; false: something else, too
	mutated  []mutation
	deferred []func()
	handlers map[*ir.Persist][]handler // functions that wait for a write
	awaits   bool
	queued   bool // a Persist has steps that run later
	settings map[string]bool
	tenant   bool // see Result
}

// mutation is a step that changes an array in place.
type mutation struct {
	local string // "" for anything but a bare variable
}

// Rule lowers a rule's function. fn is what the rule's text evaluates to.
func Rule(name string, fn ast.Expr, file *source.File, options Options) (result Result) {
	l := &lowerer{
		file: file, options: options, reachable: true,
		names:    map[string]bool{"user": true, "context": true, "run": true, "configuration": true},
		assigned: assignedNames(fn), fresh: map[string]bool{}, single: map[string]bool{}, settings: map[string]bool{}, handlers: map[*ir.Persist][]handler{},
	}
	steps := []ir.Step{}
	l.out = &steps
	defer func() {
		switch r := recover().(type) {
		case nil:
		case tooComplex:
			result = Result{Rule: &ir.Rule{Name: name, Steps: []ir.Step{&ir.Exit{At: fn.Span(), Code: string(diag.RuleTooComplex)}}}}
		default:
			panic(r)
		}
	}()
	l.rule(fn)
	rule := &ir.Rule{Name: name, Locals: l.locals, Steps: steps}
	for _, m := range l.mutated {
		if m.local == "" || !l.fresh[m.local] {
			rule.MutatesLists = true
		}
	}
	result.Rule = rule
	for key := range l.settings {
		result.Configuration = append(result.Configuration, key)
	}
	return result
}

// rule lowers the rule's own function: its parameters are the roots.
func (l *lowerer) rule(fn ast.Expr) {
	l.scope = newScope(nil)
	if _, _, _, _, isFunction := parts(fn); !isFunction {
		// An expression that makes the function, as (function () { …; return function (user, …) {}; })().
		l.function = &function{node: fn}
		made, ok := l.value(fn).(*functionValue)
		if !l.reachable {
			return
		}
		if !ok {
			l.exit(diag.NotLowered, fn, "")
			return
		}
		fn, l.scope = made.node, made.scope
	}
	params, body, result, isAsync, ok := parts(fn)
	if !ok {
		l.exit(diag.NotLowered, fn, "")
		return
	}
	l.scope = newScope(l.scope)
	l.function = &function{node: fn, async: isAsync, rule: true, branch: l.branch}
	if f, isFunction := fn.(*ast.Function); isFunction && f.Name != nil {
		l.scope.declare(f.Name.Name, &binding{kind: bindFunction, static: &functionValue{node: fn, scope: l.scope}, ready: true})
	}
	l.scope = newScope(l.scope)
	l.top = l.scope
	l.hoist(params, body)
	given := []value{
		&ir.Root{At: fn.Span(), Name: "user"}, &ir.Root{At: fn.Span(), Name: "context"}, &callbackValue{},
	}
	l.bindParams(params, given)
	if body == nil {
		l.effect(result)
	} else {
		l.statements(body.List)
	}
	for len(l.deferred) > 0 {
		next := l.deferred[0]
		l.deferred = l.deferred[1:]
		next()
	}
}

// emit adds a step.
func (l *lowerer) emit(s ir.Step) {
	if !l.reachable {
		return
	}
	l.count()
	*l.out = append(*l.out, s)
}

func (l *lowerer) count() {
	l.nodes++
	if l.nodes > maxNodes {
		panic(tooComplex{})
	}
}

// countConstant is count for a constant.
func (l *lowerer) countConstant() {
	l.constants++
	if l.constants%constantsPerNode == 0 {
		l.count()
	}
}

// exit emits an Exit. Its value stands for what cannot be computed any more.
func (l *lowerer) exit(code diag.Code, at placed, note string) ir.Expr {
	if note == "" {
		note = l.spelling(at)
	}
	l.emit(&ir.Exit{At: at.Span(), Code: string(code), Note: note})
	l.reachable = false
	return undefined(at)
}

// maxNote is the longest piece of the rule that a note quotes, in bytes.
const maxNote = 60

// spelling is a node as the user wrote it, cut to one line.
func (l *lowerer) spelling(n placed) string {
	text := strings.Join(strings.Fields(l.file.Slice(n.Span())), " ")
	if len(text) <= maxNote {
		return text
	}
	cut := maxNote
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}

func undefined(at placed) ir.Expr { return &ir.Const{At: at.Span(), Value: jsvalue.Undefined} }

func constant(at placed, v any) ir.Expr { return &ir.Const{At: at.Span(), Value: v} }

// inside collects the steps of f apart and answers them, and whether control can reach
// their end. Control flow behind them is as before.
func (l *lowerer) inside(f func()) (steps []ir.Step, ends bool) {
	outer, reachable, branch := l.out, l.reachable, l.branch
	steps = []ir.Step{}
	l.out = &steps
	l.branches++
	l.branch = l.branches
	f()
	ends = l.reachable
	l.out, l.reachable, l.branch = outer, reachable, branch
	return steps, ends
}

// attempt is inside for a lowering that is done another way when it emits steps: what else
// it left behind is then taken back.
func (l *lowerer) attempt(f func()) (pure bool) {
	deferred, mutated, queued, awaits := len(l.deferred), len(l.mutated), l.queued, l.awaits
	steps, _ := l.inside(f)
	if len(steps) == 0 {
		return true
	}
	l.deferred, l.mutated, l.queued, l.awaits = l.deferred[:deferred], l.mutated[:mutated], queued, awaits
	return false
}

// local makes a new variable. Its name is hint where that is free.
func (l *lowerer) local(hint string) string {
	name := l.unique(hint)
	l.locals = append(l.locals, name)
	return name
}

// unique makes a name that nothing else in the rule has.
func (l *lowerer) unique(hint string) string {
	hint = plainName(hint)
	name := hint
	for i := 2; l.names[name]; i++ {
		name = hint + "_" + itoa(i)
	}
	l.names[name] = true
	return name
}

func (l *lowerer) label(hint string) string {
	l.labels++
	return hint + itoa(l.labels)
}

// let gives a variable a value.
func (l *lowerer) let(at placed, name string, v ir.Expr) {
	isFresh := ir.Fresh(v)
	if before, known := l.fresh[name]; known {
		isFresh = isFresh && before
	}
	l.fresh[name] = isFresh
	l.emit(&ir.Let{At: at.Span(), Name: name, Value: v})
}

// keep puts a value into a variable unless it stays what it is whatever steps follow.
func (l *lowerer) keep(at placed, hint string, v ir.Expr) ir.Expr {
	if isStable(v) {
		return v
	}
	if l.single[localName(v)] {
		return v
	}
	name := l.local(hint)
	l.let(at, name, v)
	l.single[name] = true
	return &ir.Local{At: at.Span(), Name: name}
}

// localName is the variable that an expression is; "" for any other.
func localName(v ir.Expr) string {
	if local, ok := v.(*ir.Local); ok {
		return local.Name
	}
	return ""
}

// isStable reports whether an expression's value cannot be changed by any step.
func isStable(v ir.Expr) bool {
	switch v.(type) {
	case *ir.Const, *ir.Root, *ir.ItemVar, *ir.Regexp:
		return true
	}
	return false
}
