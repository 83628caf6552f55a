package jsvm

import (
	"context"
	"fmt"
	"sync"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"
	gojaparser "github.com/dop251/goja/parser"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// Source is one rule as the bundle compiles it.
type Source struct {
	Name string // the rule's name
	File string // the user's file, for stacks
	// Code is the text of one expression whose value is the rule's function.
	Code string
	// Words holds every identifier-like word of Code, those in strings too: a
	// global or a mended method is installed only where its name is among them. The
	// entry "[]" says that Code may put lists into lists, "eval(" that it calls eval by
	// its name.
	Words map[string]bool
	// Lazy compiles Code when the rule runs for the first time: its text is known to compile,
	// and most logins never need it.
	Lazy bool
	// Pos takes a line and a column (both 1-based, bytes) of "(" + Code + "\n)", which
	// is what goja runs, to the user's file.
	Pos func(line, column int) source.Pos
}

// Bundle is the goja engine of one pipeline: its rules, compiled. It is immutable
// and safe for concurrent use.
type Bundle struct {
	rules    []compiled
	byFile   map[string]int
	bindings []binding
	methods  []gojalib.Method
	surplus  [][2]string
	guards   guards
	eager    bool // objects of the input must be plain from the start
}

type compiled struct {
	Source
	program func() (*goja.Program, error)
}

// Failure is a rule that goja cannot compile.
type Failure struct {
	Rule int // its place
	Err  error
}

// Compile makes the bundle of a pipeline's rules, in the order in which they run.
// The failures name every rule that goja cannot compile; with one there is no bundle.
func Compile(rules []Source) (*Bundle, []Failure) {
	limitRegexps()
	var failures []Failure
	b := &Bundle{byFile: make(map[string]int, len(rules))}
	words := map[string]bool{}
	for i, rule := range rules {
		name := programName(i)
		program := sync.OnceValues(func() (*goja.Program, error) { return compile(name, rule.Code) })
		if !rule.Lazy {
			if _, err := program(); err != nil {
				failures = append(failures, Failure{i, err})
				continue
			}
		}
		b.byFile[name] = i
		b.rules = append(b.rules, compiled{rule, program})
		for word := range rule.Words {
			words[word] = true
		}
	}
	if len(failures) > 0 {
		return nil, failures
	}
	b.bindings = bindingsFor(words)
	b.methods = methodsFor(words)
	b.surplus = surplusFor(words)
	b.guards = guardsFor(words)
	b.eager = isEager(b.rules, words)
	return b, nil
}

// compile compiles an expression. The closing parenthesis has a line of its own: a
// line comment may stand at the end of the text.
func compile(name, code string) (*goja.Program, error) {
	tree, err := goja.Parse(name, "("+code+"\n)", gojaparser.WithDisableSourceMaps)
	if err != nil {
		return nil, err
	}
	return goja.CompileAST(tree, false)
}

// programName is the file name under which goja knows a rule: unique, while two
// files may have one name.
func programName(index int) string { return fmt.Sprintf("rule#%d", index) }

// Name is js.
func (b *Bundle) Name() string { return "js" }

// Begin makes the session of one run; the VM comes with its first rule.
func (b *Bundle) Begin(ctx context.Context, run *runtime.Run) (runtime.Session, error) {
	return &session{bundle: b, run: run, ctx: ctx}, nil
}

// limitRegexps bounds goja's backtracking regular expressions. goja reports a
// match that hit regexp2's own limit as "no match", so that limit must never
// come first: it is larger than the largest time limit of a run, so whenever it
// strikes, the run's interrupt is already waiting and ends the rule before it
// can read the wrong answer. The limit is the regexp2 package's variable, the
// only way that goja leaves open; without it an abandoned match would burn on
// without end.
var limitRegexps = sync.OnceFunc(func() {
	regexp2.DefaultMatchTimeout = 2 * runtime.MaxTimeout
})
