package lint

import (
	"github.com/ferrule-rules/ferrule/ast"
)

// The flow walks every way through a rule: branches, loops, helper functions, the functions
// that calls get, promises. It knows of each way whether the callback was called, what was
// left to call it later, and what the tests on the way decided, so that a test that was
// answered before is not answered otherwise behind. From it come L12 to L16.
//
// It errs on the side of silence: a callback that is handed to code which is not seen counts
// as called some time, a loop makes two turns at most, many ways are merged.

// state is one way that leads to a place.
type state struct {
	called *ast.Call  // the first call of the callback; nil before it
	waits  *delegate  // what will call it later; nil when nothing will
	many   bool       // several things may call it, or one that is not seen
	facts  []fact     // what the tests and assignments on the way decided
	branch *branch    // the last test
	end    ast.Node   // where a function was left, for a way that has not called
	thrown ast.Node   // what threw or was rejected
	open   *unawaited // work that was begun and not waited for
}

// branch is a test that was answered.
type branch struct {
	test  ast.Expr
	holds bool
}

// delegate is something that calls the callback later: a function that was handed to a
// call, or a chain of promises.
type delegate struct {
	at      ast.Expr // the call that got it
	ends    []state  // how its ways end
	rejects []state  // how those end that nothing catches
}

// unawaited is work that goes on behind the callback's back.
type unawaited struct {
	at   ast.Node
	what string
}

// settled reports whether somebody has called or will call the callback.
func (s state) settled() bool { return s.called != nil || s.waits != nil || s.many }

// frame is one call of a function.
type frame struct {
	fn        ast.Expr
	returns   []state
	throws    []state
	breaks    map[string][]state
	continues map[string][]state
	chained   bool // somebody waits for the promise it returns
}

// flow is the walk through one rule.
type flow struct {
	*rule
	aliases map[*variable]bool // parameters of helpers that get the callback
	calls   map[ast.Expr]int8  // functions: 1 they may call the callback, 2 they do not, 3 asked right now
	frame   *frame
	stack   []ast.Expr // functions that are being walked
	walked  map[ast.Expr]int
	checked map[*delegate]bool
	steps   int
	next    bool            // the function to walk is a handler of then
	unsafe  map[string]bool // paths that were read without a guard
}

const (
	maxStates = 48
	maxDepth  = 12
	maxSteps  = 200_000 // expressions of one rule that are looked at
	maxWalks  = 4       // of one function that does not call back
)

// flows is L12 to L16.
func flows(r *rule) {
	if r.fn == nil || isGenerator(r.fn) {
		return
	}
	f := &flow{
		rule: r, aliases: map[*variable]bool{}, calls: map[ast.Expr]int8{}, walked: map[ast.Expr]int{},
		checked: map[*delegate]bool{}, unsafe: map[string]bool{},
	}
	f.findAliases()
	if f.usesArguments() {
		return
	}
	before := len(r.found)
	if !f.mayCall(r.fn) {
		f.neverCalled()
		return
	}
	ends, throws := f.inline(r.fn, []state{{}}, false)
	if f.steps > maxSteps {
		r.found = r.found[:before] // too much for a judgement
		return
	}
	f.judge(ends, nil)
	if isAsync(r.fn) {
		f.judgeThrows(throws)
	}
}

func isGenerator(fn ast.Expr) bool {
	f, ok := fn.(*ast.Function)
	return ok && f.Generator
}

// usesArguments reports whether the rule reads arguments, or takes its parameters apart, so
// that the callback has no name of its own.
func (f *flow) usesArguments() bool {
	for _, n := range f.nodes {
		if id, ok := n.(*ast.Ident); ok && id.Name == "arguments" && f.names.of[id] == nil {
			return true
		}
	}
	params, _, _ := body(f.fn)
	return params.Rest != nil
}

// findAliases finds the parameters of helper functions that get the callback.
func (f *flow) findAliases() {
	for changed := true; changed; {
		changed = false
		for _, n := range f.nodes {
			call, ok := n.(*ast.Call)
			if !ok {
				continue
			}
			fn := f.local(call.Callee)
			if fn == nil {
				continue
			}
			params, _, _ := body(fn)
			for i, arg := range call.Args {
				if i >= len(params.List) || !f.isCallback(arg) {
					continue
				}
				if id, ok := params.List[i].Target.(*ast.Ident); ok {
					if v := f.names.of[id]; v != nil && !f.aliases[v] {
						f.aliases[v], changed = true, true
					}
				}
			}
		}
	}
}

// isCallback reports whether an expression is the rule's callback.
func (f *flow) isCallback(e ast.Expr) bool {
	if f.path(e) == "callback" {
		return true
	}
	id, ok := f.value(e).(*ast.Ident)
	return ok && f.aliases[f.names.of[id]]
}

// local is the function of the rule that an expression names or is; nil for another.
func (f *flow) local(e ast.Expr) ast.Expr {
	if fn := functionOf(e); fn != nil {
		return fn
	}
	id, ok := f.value(e).(*ast.Ident)
	if !ok {
		return functionOf(f.value(e))
	}
	if v := f.names.of[id]; v != nil && v.fixed() && v.role == "" {
		return v.fn
	}
	return nil
}

// mayCall reports whether a node mentions the callback, itself or through the rule's own
// functions.
func (f *flow) mayCall(n ast.Node) bool {
	if fn, ok := n.(ast.Expr); ok && functionOf(fn) != nil {
		switch f.calls[fn] {
		case 1:
			return true
		case 2, 3:
			return false
		}
		f.calls[fn] = 3
		_, block, result := body(fn)
		found := block != nil && f.mentions(block) || result != nil && f.mentions(result)
		if f.calls[fn] = 2; found {
			f.calls[fn] = 1
		}
		return found
	}
	return f.mentions(n)
}

func (f *flow) mentions(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && !found {
			if f.isCallback(id) {
				found = true
			} else if fn := f.local(id); fn != nil && fn != f.fn && f.mayCall(fn) {
				found = true
			}
		}
		return !found
	})
	return found
}

// inline walks a function's body from states: the ways on which it ends, and those on which
// it throws. chained says that a promise it returns is waited for.
func (f *flow) inline(fn ast.Expr, in []state, chained bool) (ends, throws []state) {
	next := f.next
	f.next = false
	if len(in) == 0 {
		return nil, nil
	}
	for _, busy := range f.stack {
		if busy == fn {
			return each(in, func(s *state) { s.many = true }), nil
		}
	}
	if len(f.stack) > maxDepth {
		return each(in, func(s *state) { s.many = true }), nil
	}
	if !f.mayCall(fn) {
		if f.walked[fn]++; f.walked[fn] > maxWalks {
			return in, nil
		}
	}
	params, block, result := body(fn)
	outer := f.frame
	f.frame = &frame{fn: fn, breaks: map[string][]state{}, continues: map[string][]state{}, chained: chained || isAsync(fn)}
	f.stack = append(f.stack, fn)
	for _, b := range params.List {
		targets(b.Target, nil, true, func(id *ast.Ident, _ []string, _ bool) { in = f.forget(in, id) })
	}
	if next {
		in = f.afterCall(params, in)
	}
	var out []state
	if block != nil {
		out = f.block(block.List, in)
	} else {
		out = f.returned(result, in)
	}
	out = each(out, func(s *state) {
		if !s.settled() {
			s.end = fn
		}
	})
	ends, throws = f.join(out, f.frame.returns), f.frame.throws
	f.stack = f.stack[:len(f.stack)-1]
	f.frame = outer
	return ends, throws
}

// afterCall says what a handler of then gets on ways that have called back: the handler before
// it returned the callback's answer, or nothing, which is undefined.
func (f *flow) afterCall(params *ast.Params, in []state) []state {
	if len(params.List) == 0 {
		return in
	}
	id, ok := params.List[0].Target.(*ast.Ident)
	if !ok {
		return in
	}
	return each(in, func(s *state) {
		if s.called != nil {
			s.learn(f.path(id), false)
		}
	})
}

// returned evaluates what a function returns: a promise that somebody waits for is gone
// through here.
func (f *flow) returned(e ast.Expr, in []state) []state {
	if f.frame.chained && f.isChain(e) {
		ends, rejects := f.chain(e, in)
		f.frame.throws = f.join(f.frame.throws, rejects)
		return ends
	}
	return f.eval(e, in)
}

// each changes a copy of every state.
func each(in []state, change func(*state)) []state {
	out := make([]state, len(in))
	for i, s := range in {
		change(&s)
		out[i] = s
	}
	return out
}

// join puts ways together: each once, and not too many.
func (f *flow) join(lists ...[]state) []state {
	var out []state
	for _, list := range lists {
		for _, s := range list {
			if !contains(out, s, true) {
				out = append(out, s)
			}
		}
	}
	if len(out) <= maxStates {
		return out
	}
	var merged []state
	for _, s := range out {
		if !contains(merged, s, false) {
			for _, other := range out {
				if alike(s, other) {
					s.facts = common(s.facts, other.facts)
				}
			}
			merged = append(merged, s)
		}
	}
	return merged
}

func alike(a, b state) bool {
	return a.called == b.called && a.waits == b.waits && a.many == b.many && a.open == b.open
}

func contains(list []state, s state, withFacts bool) bool {
	for _, other := range list {
		if alike(s, other) && (!withFacts || s.end == other.end && s.thrown == other.thrown && sameFacts(s.facts, other.facts)) {
			return true
		}
	}
	return false
}
