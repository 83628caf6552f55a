package rulegen

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// patience bounds how often [Shrink] asks.
const patience = 3000

// Shrink reduces a rule and a login as long as fails holds for them: first the rule's
// statements and expressions, then the login, then the rule again. fails must hold for
// what it is given; it is asked at most some thousand times.
func Shrink(src string, login Login, fails func(src string, login Login) bool) (string, Login) {
	s := &shrinker{src: src, login: login, fails: fails, left: patience}
	for progress := true; progress && s.left > 0; {
		progress = s.rule()
		progress = s.input() || progress
	}
	if script, list := parse.Rule(source.NewFile("rule.js", s.src), parse.Options{}); !list.HasErrors() {
		if tidy := ast.Print(script.Tree) + "\n"; s.fails(tidy, s.login) {
			s.src = tidy
		}
	}
	return s.src, s.login
}

type shrinker struct {
	src   string
	login Login
	fails func(string, Login) bool
	left  int
}

// rule takes the first smaller form of the rule that still fails, again and again.
func (s *shrinker) rule() bool {
	changed := false
	for at := 0; s.left > 0; {
		candidates := reductions(s.src)
		if at >= len(candidates) {
			break
		}
		progress := false
		for ; at < len(candidates) && s.left > 0; at++ {
			src := candidates[at].apply(s.src)
			if len(src) >= len(s.src) {
				continue
			}
			s.left--
			if s.fails(src, s.login) {
				s.src, progress, changed = src, true, true
				break
			}
		}
		if !progress {
			break
		}
		at = max(0, at-len(candidates)/8) // go on near the place; what stands before is asked again at the end
	}
	return changed
}

// edit puts text in the place of a part of a rule.
type edit struct {
	from, to int
	text     string
}

func (e edit) apply(src string) string { return src[:e.from] + e.text + src[e.to:] }

// reductions are the ways to make a rule smaller by one step, those that take the most
// away first.
func reductions(src string) []edit {
	script, list := parse.Rule(source.NewFile("rule.js", src), parse.Options{})
	if list.HasErrors() {
		return nil
	}
	r := &reducer{src: src}
	ast.Inspect(script.Tree, func(n ast.Node) bool { r.visit(n); return true })
	slices.SortStableFunc(r.edits, func(a, b edit) int {
		return (b.to - b.from - len(b.text)) - (a.to - a.from - len(a.text))
	})
	return r.edits
}

type reducer struct {
	src   string
	edits []edit
}

func (r *reducer) text(n ast.Node) string {
	return r.src[n.Span().Start.Offset:n.Span().End.Offset]
}

func (r *reducer) replace(n ast.Node, text string) {
	r.edits = append(r.edits, edit{n.Span().Start.Offset, n.Span().End.Offset, text})
}

func (r *reducer) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.Block:
		remove(r, n.List, "")
	case *ast.Case:
		remove(r, n.Body, "")
	case *ast.Switch:
		remove(r, n.Cases, "")
	case *ast.If:
		r.replace(n, r.text(n.Then))
		if n.Else != nil {
			r.replace(n, r.text(n.Else))
			r.edits = append(r.edits, edit{n.Then.Span().End.Offset, n.Else.Span().End.Offset, ""})
		}
	case *ast.For:
		r.replace(n, r.text(n.Body))
	case *ast.ForOf:
		r.replace(n, r.text(n.Body))
	case *ast.ForIn:
		r.replace(n, r.text(n.Body))
	case *ast.Try:
		r.replace(n, r.text(n.Body))
	case *ast.Var:
		remove(r, n.List, ", ")
	case *ast.Array:
		if !slices.Contains(n.Elements, nil) {
			remove(r, n.Elements, ", ")
		}
	case *ast.Object:
		remove(r, n.Properties, ", ")
	case *ast.Params:
		if n.Rest == nil && len(n.List) != 3 {
			remove(r, n.List, ", ")
		}
	case *ast.String:
		if len(n.Value) > 1 && n.Span().End.Offset-n.Span().Start.Offset > 3 {
			r.replace(n, "'a'")
		}
	}
	if e, ok := n.(ast.Expr); ok {
		r.expression(e)
	}
	if call, ok := n.(*ast.Call); ok {
		remove(r, call.Args, ", ")
	}
}

// expression replaces an expression by one of its parts, or by a constant.
func (r *reducer) expression(e ast.Expr) {
	switch e.(type) {
	case *ast.Spread, *ast.Super, *ast.PrivateName, *ast.This:
		return
	}
	for _, child := range ast.Children(e) {
		if part, ok := child.(ast.Expr); ok {
			text := r.text(part)
			switch part.(type) {
			case *ast.Ident, *ast.Member, *ast.Index, *ast.Call, *ast.String, *ast.Number, *ast.Array, *ast.Null, *ast.Bool, *ast.Template, *ast.New:
			case *ast.Spread:
				continue
			default:
				text = "(" + text + ")"
			}
			r.replace(e, text)
		}
	}
	switch e := e.(type) {
	case *ast.Ident, *ast.Null, *ast.Bool, *ast.Number, *ast.String:
	default:
		for _, text := range []string{"null", "1", "'a'", "true"} {
			r.replace(e, text)
		}
	}
	switch f := e.(type) { // a function that is called where it stands: its statements
	case *ast.Call:
		if inner, ok := f.Callee.(*ast.Function); ok && len(inner.Params.List) == 0 {
			if text := r.text(inner.Body); !strings.Contains(text, "return") {
				r.replace(e, "0;"+text+"0")
			}
		}
	}
}

// remove takes elements of a list away: large parts first, then single ones.
func remove[N ast.Node](r *reducer, nodes []N, comma string) {
	for size := len(nodes); size > 0; size /= 2 {
		if size == len(nodes) && (comma == ", " || size == 1) && size > 1 {
			continue
		}
		for at := 0; at+size <= len(nodes); at += size {
			from, to := nodes[at].Span().Start.Offset, nodes[at+size-1].Span().End.Offset
			if comma != "" {
				switch {
				case at+size < len(nodes):
					to = nodes[at+size].Span().Start.Offset
				case at > 0:
					from = nodes[at-1].Span().End.Offset
				}
			}
			r.edits = append(r.edits, edit{from, to, ""})
		}
	}
}

// input makes the login smaller.
func (s *shrinker) input() bool {
	changed := false
	for _, try := range []func(*Login){
		func(l *Login) { l.Dropped = false },
		func(l *Login) { l.Now = "" },
		func(l *Login) { l.TZ = "" },
		func(l *Login) { l.Configuration = nil },
	} {
		smaller := s.login
		try(&smaller)
		if string(smaller.JSON()) != string(s.login.JSON()) || smaller.Dropped != s.login.Dropped {
			changed = s.try(smaller) || changed
		}
	}
	for key := range s.login.Configuration {
		smaller := s.login
		smaller.Configuration = map[string]string{}
		for k, v := range s.login.Configuration {
			if k != key {
				smaller.Configuration[k] = v
			}
		}
		changed = s.try(smaller) || changed
	}
	for _, root := range []struct {
		get func() json.RawMessage
		set func(*Login, json.RawMessage)
	}{
		{func() json.RawMessage { return s.login.User }, func(l *Login, text json.RawMessage) { l.User = text }},
		{func() json.RawMessage { return s.login.Context }, func(l *Login, text json.RawMessage) { l.Context = text }},
	} {
		for at := 0; s.left > 0; {
			candidates := smallerTrees(parseTree(orObject(root.get())))
			progress := false
			for ; at < len(candidates) && s.left > 0; at++ {
				smaller := s.login
				root.set(&smaller, appendTree(nil, candidates[at]))
				if len(smaller.JSON()) < len(s.login.JSON()) && s.try(smaller) {
					progress, changed = true, true
					break
				}
			}
			if !progress {
				break
			}
		}
	}
	return changed
}

func orObject(text json.RawMessage) json.RawMessage {
	if len(text) == 0 {
		return json.RawMessage("{}")
	}
	return text
}

func (s *shrinker) try(login Login) bool {
	s.left--
	if s.left < 0 || !s.fails(s.src, login) {
		return false
	}
	s.login = login
	return true
}

// smallerTrees are copies of a value with one part less.
func smallerTrees(value any) []any {
	var out []any
	switch v := value.(type) {
	case *record:
		for _, key := range v.keys {
			r := copyTree(v).(*record)
			r.remove(key)
			out = append(out, r)
		}
		for _, key := range v.keys {
			for _, smaller := range smallerTrees(v.values[key]) {
				r := copyTree(v).(*record)
				r.values[key] = smaller
				out = append(out, r)
			}
		}
	case []any:
		for i := range v {
			out = append(out, slices.Delete(slices.Clone(v), i, i+1))
		}
		for i := range v {
			for _, smaller := range smallerTrees(v[i]) {
				items := slices.Clone(v)
				items[i] = smaller
				out = append(out, items)
			}
		}
	case string:
		if len(v) > 1 {
			out = append(out, "a", "")
		}
	}
	return out
}
