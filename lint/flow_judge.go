package lint

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// head is the place of a function without its body.
func head(fn ast.Expr) source.Span {
	at := fn.Span()
	if params, _, _ := body(fn); params != nil && params.Span().IsValid() {
		at.End = params.Span().End
	}
	return at
}

const waiting = "the login waits for the time limit and fails"

// neverCalled is L12 for a rule without any call.
func (f *flow) neverCalled() {
	params, _, _ := body(f.fn)
	if len(params.List) < 3 {
		note(f.say("L12", head(f.fn), "the rule has no parameter for the callback, so it never calls it: %s", waiting),
			"a rule is function (user, context, callback) { callback(null, user, context); }, async or not")
		return
	}
	note(f.say("L12", head(f.fn), "the rule never calls its callback: %s", waiting), "end with callback(null, user, context)")
}

// judge is L12: ways that end without a call. Of ways that left it to something else it
// judges that, when there is nothing besides. d is what the ways are of; nil for the rule.
func (f *flow) judge(ends []state, d *delegate) {
	for _, s := range ends {
		switch {
		case s.called != nil || s.many:
		case s.waits != nil:
			if !f.checked[s.waits] {
				f.checked[s.waits] = true
				f.judge(s.waits.ends, s.waits)
				f.judgeRejects(s.waits)
			}
		default:
			f.missing(s, d)
		}
	}
}

// missing says where a way ends that has not called back.
func (f *flow) missing(s state, d *delegate) {
	const advice = "call it on this way, too: callback(null, user, context), or callback(err)"
	switch end := s.end.(type) {
	case *ast.Return:
		note(f.say("L12", end.Span(), "this return ends the rule without a call of the callback: %s", waiting), advice)
	case ast.Expr:
		if b := s.branch; b != nil && end.Span().Contains(b.test.Span().Start.Offset) {
			if c, ok := b.test.(*ast.Call); ok && f.turns(c) {
				object, _ := method(c)
				note(f.say("L12", c.Callee.Span(), "nothing calls the callback when %s is empty: %s", f.text(object), waiting), "call back behind the loop")
				return
			}
			answer := "is not true"
			if b.holds {
				answer = "is true"
			}
			note(f.say("L12", b.test.Span(), "nothing calls the callback when %s %s: %s", f.text(b.test), answer, waiting), advice)
			return
		}
		if d == nil {
			note(f.say("L12", head(end), "the rule can end without a call of the callback: %s", waiting), advice)
			return
		}
		note(f.say("L12", head(end), "this function ends without a call of the callback, which is left to it: %s", waiting), advice)
	}
}

// judgeRejects is L15 for a chain of promises, or an async function that was called.
func (f *flow) judgeRejects(d *delegate) {
	for _, s := range d.rejects {
		if s.settled() {
			continue
		}
		name := f.source(d.at)
		if c, ok := d.at.(*ast.Call); ok {
			if fn := f.local(c.Callee); fn != nil && isAsync(fn) {
				at := d.at.Span()
				if s.thrown != nil {
					at = s.thrown.Span()
				}
				note(f.say("L15", at, "when this fails nothing calls the callback: the async function that is called in line %d has no catch", d.at.Span().Start.Line),
					"put its body in try { … } catch (err) { callback(err); }, or add .catch(callback) to the call")
				return
			}
		}
		note(f.say("L15", d.at.Span(), "when %s fails nothing calls the callback: the chain has no catch", name), "end it with .catch(callback), or .catch(err => …) that calls back")
		return
	}
}

// judgeThrows is L15 for an async rule.
func (f *flow) judgeThrows(throws []state) {
	var first ast.Node
	for _, s := range throws {
		if await, ok := s.thrown.(*ast.Await); ok && !s.settled() && (first == nil || await.Span().Start.Offset < first.Span().Start.Offset) {
			first = await
		}
	}
	if first == nil {
		return
	}
	note(f.say("L15", first.Span(), "when this fails the rule's promise is rejected and nothing calls the callback"),
		"put the rule's body in try { … } catch (err) { return callback(err); }")
}
