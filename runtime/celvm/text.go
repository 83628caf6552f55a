package celvm

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/parser"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/cellib"
)

// maxDepth is how deep a text may be nested: more than the compiler lets an expression be.
// Deeper ones are an error of Compile.
const maxDepth = 10_000

// texts parses CEL with the library's macros. It is safe for concurrent use.
var texts = sync.OnceValue(func() *parser.Parser {
	p, err := parser.NewParser(
		parser.Macros(cellib.Macros()...),
		parser.EnablePrattParser(true), // several times faster than the other
		parser.MaxRecursionDepth(maxDepth),
		parser.ExpressionSizeCodePointLimit(-1),
		parser.MaxExpressionNodeCount(-1),
	)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	return p
})

// parse reads a text.
func parse(text string) (*ast.AST, error) {
	parsed, errs := texts().Parse(common.NewTextSource(text))
	if all := errs.GetErrors(); len(all) > 0 {
		return nil, fmt.Errorf("%s at %d", all[0].Message, all[0].Location.Column())
	}
	return parsed, nil
}

// The names by which the planner finds what a name stands for.
const (
	pathName  = "@path:"
	localName = "@local:"
	runName   = "@run"
	ifFunc    = "@if"
)

// scope says what names in the texts of a rule stand for.
type scope struct {
	rule   *program.Rule
	paths  map[string]int // by pathKey
	locals map[string]int
}

func newScope(rule *program.Rule) *scope {
	s := &scope{rule: rule, paths: make(map[string]int, len(rule.Paths)), locals: make(map[string]int, len(rule.Locals))}
	for i, path := range rule.Paths {
		s.paths[pathKey(path.Root, path.Keys)] = i
	}
	for i, local := range rule.Locals {
		s.locals[local] = i
	}
	return s
}

// pathKey tells paths apart.
func pathKey(root string, keys []string) string {
	var b strings.Builder
	b.WriteString(root)
	for _, key := range keys {
		b.WriteString(strconv.Quote(key))
	}
	return b.String()
}

// resolver gives the names of one text their meaning: it makes each path one name, and
// refuses what is no variable.
type resolver struct {
	*scope
	tree    *ast.AST
	factory ast.ExprFactory
	bound   []string // variables of macros
	err     error
}

// resolve rewrites a parsed text in place.
func (s *scope) resolve(tree *ast.AST) error {
	r := &resolver{scope: s, tree: tree, factory: ast.NewExprFactory()}
	r.expr(tree.Expr())
	return r.err
}

func (r *resolver) expr(e ast.Expr) {
	switch e.Kind() {
	case ast.LiteralKind:
	case ast.IdentKind:
		r.name(e)
	case ast.SelectKind:
		r.path(e)
	case ast.CallKind:
		r.call(e)
	case ast.ListKind:
		for _, element := range e.AsList().Elements() {
			r.expr(element)
		}
	case ast.MapKind:
		for _, entry := range e.AsMap().Entries() {
			r.expr(entry.AsMapEntry().Key())
			r.expr(entry.AsMapEntry().Value())
		}
	case ast.ComprehensionKind:
		r.comprehension(e)
	default:
		r.fail("no expression of the library")
	}
}

// name resolves a name that is no part of a path.
func (r *resolver) name(e ast.Expr) {
	name := e.AsIdent()
	for i := len(r.bound) - 1; i >= 0; i-- {
		if r.bound[i] == name {
			return
		}
	}
	if i, ok := r.locals[name]; ok {
		r.refer(e, localName+strconv.Itoa(i))
		return
	}
	switch name {
	case "undefined":
		e.SetKindCase(r.factory.NewLiteral(e.ID(), cellib.Undefined))
	case "run":
		r.refer(e, runName)
	case "user", "context":
		r.path(e)
	default:
		r.fail("%s is no variable", name)
	}
}

// path makes one name of user.a["b"].
func (r *resolver) path(e ast.Expr) {
	root, keys := chain(e)
	if root == "" {
		r.fail("a property of something else than user and context")
		return
	}
	i, ok := r.paths[pathKey(root, keys)]
	if !ok {
		r.fail("%s %q is no path of the rule", root, keys)
		return
	}
	r.refer(e, pathName+strconv.Itoa(i))
}

// chain takes a path apart; root is "" when e is none.
func chain(e ast.Expr) (root string, keys []string) {
	switch e.Kind() {
	case ast.IdentKind:
		if name := e.AsIdent(); name == "user" || name == "context" {
			return name, nil
		}
	case ast.SelectKind:
		sel := e.AsSelect()
		if root, keys = chain(sel.Operand()); root != "" && !sel.IsTestOnly() {
			return root, append(keys, sel.FieldName())
		}
	case ast.CallKind:
		call := e.AsCall()
		if call.FunctionName() != operators.Index {
			return "", nil
		}
		key := call.Args()[1]
		if key.Kind() != ast.LiteralKind {
			return "", nil
		}
		name, ok := key.AsLiteral().(types.String)
		if root, keys = chain(call.Args()[0]); ok && root != "" {
			return root, append(keys, string(name))
		}
	}
	return "", nil
}

// refer makes an expression a name that the planner knows.
func (r *resolver) refer(e ast.Expr, name string) {
	e.SetKindCase(r.factory.NewIdent(e.ID(), name))
	r.tree.SetReference(e.ID(), ast.NewIdentReference(name, nil))
}

func (r *resolver) call(e ast.Expr) {
	call := e.AsCall()
	if call.FunctionName() == operators.Index {
		r.path(e)
		return
	}
	if call.IsMemberFunction() {
		r.fail("no macro %s with %d arguments", call.FunctionName(), len(call.Args()))
		return
	}
	for _, arg := range call.Args() {
		r.expr(arg)
	}
	constant := func(b types.Bool) ast.Expr { return r.factory.NewLiteral(e.ID(), b) }
	args := call.Args()
	switch call.FunctionName() {
	case operators.Conditional: // CEL plans its own as an attribute, out of the decorator's sight
	case operators.LogicalAnd:
		args = []ast.Expr{args[0], args[1], constant(false)}
	case operators.LogicalOr:
		args = []ast.Expr{args[0], constant(true), args[1]}
	default:
		return
	}
	e.SetKindCase(r.factory.NewCall(e.ID(), ifFunc, args...))
}

func (r *resolver) comprehension(e ast.Expr) {
	c := e.AsComprehension()
	r.expr(c.AccuInit())
	if list := c.IterRange(); list.Kind() == ast.ListKind && list.AsList().Size() == 0 {
		list.SetKindCase(r.factory.NewLiteral(list.ID(), cellib.Value([]any{}))) // cel.bind
	} else {
		r.expr(list)
	}
	outside := len(r.bound)
	r.bound = append(r.bound, c.AccuVar())
	r.expr(c.Result())
	r.bound = append(r.bound, c.IterVar(), c.IterVar2())
	r.expr(c.LoopCondition())
	r.expr(c.LoopStep())
	r.bound = r.bound[:outside]
}

func (r *resolver) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}
