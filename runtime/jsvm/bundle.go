package jsvm

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
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
	// its name, "delete(" that it may delete a variable, "/" that it has a
	// regular expression.
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
	bindings []binding
	own      []binding          // see placed
	behind   map[string]binding // see placed
	methods  []gojalib.Method
	surplus  [][2]string
	guards   guards
	core     map[string]host.Module
	packages packages
	standIns bool // see Options
	ticks    bool // rules may reach what knows NextTick
	marks    bool // code looks for originalValue
	eager    bool // objects of the input must be plain from the start
	lends    bool // its machines serve one run after the other
	watchdog watchdog
	pool     pool
}

// compiled is a rule of a bundle. Its Words are forgotten: they have said what VMs need.
type compiled struct {
	Source
	index   int
	once    sync.Once
	made    *goja.Program
	catches bool // the program's value is a function of what sees errors that are caught
	err     error
}

// program is the rule's code for goja, compiled at the first call.
func (c *compiled) program() (*goja.Program, error) {
	c.once.Do(func() { c.made, c.catches, c.err = compile(programName(c.index), c.Code) })
	return c.made, c.err
}

// Failure is a rule that goja cannot compile.
type Failure struct {
	Rule int // its place
	Err  error
}

// Compile makes the bundle of a pipeline's rules without packages: stand-ins take their place.
func Compile(rules []Source) (*Bundle, []Failure) {
	return CompileWith(rules, Options{StandIns: true})
}

// CompileWith makes the bundle of a pipeline's rules, in the order in which they run.
// The failures name every rule that goja cannot compile; with one there is no bundle.
func CompileWith(rules []Source, o Options) (*Bundle, []Failure) {
	limitRegexps()
	var failures []Failure
	b := &Bundle{rules: make([]compiled, len(rules)), packages: packages{Modules: o.Modules}, standIns: o.StandIns}
	words := map[string]bool{}
	if o.Modules != nil {
		for _, word := range o.Modules.Words {
			words[word] = true
		}
	}
	for i, rule := range rules {
		maps.Copy(words, rule.Words)
		rule.Words = nil
		one := &b.rules[i]
		one.Source, one.index = rule, i
		if rule.Lazy {
			continue
		}
		if _, err := one.program(); err != nil {
			failures = append(failures, Failure{i, err})
		}
	}
	if len(failures) > 0 {
		return nil, failures
	}
	b.bindings = b.packages.bindings()
	for _, one := range bindingsFor(words) {
		if !slices.ContainsFunc(b.bindings, func(b binding) bool { return b.name == one.name }) {
			b.bindings = append(b.bindings, one)
		}
	}
	b.own, b.behind = placed(b.bindings, words)
	b.methods = methodsFor(words)
	b.surplus = surplusFor(words)
	b.guards = guardsFor(words)
	b.core = coreModules()
	b.ticks = isDynamic(words) || reachesCore(words)
	b.marks = words[originalValue]
	b.lends = (b.ticks || slices.ContainsFunc(costly, func(name string) bool { return words[name] })) && !words[evalCall] && seesInnards()
	b.eager = b.lends || isEager(b.rules, words)
	return b, nil
}

// costly are globals that take a VM 0.1 ms and more to build.
var costly = []string{"Buffer", "URL", "URLSearchParams", "TextEncoder", "TextDecoder", "atob", "btoa", "structuredClone", "queueMicrotask"}

// compile compiles an expression. The closing parenthesis has a line of its own: a
// line comment may stand at the end of the text.
func compile(name, code string) (program *goja.Program, catches bool, err error) {
	return gojalib.CompileRule(name, "("+code+"\n)")
}

// programName is the file name under which goja knows a rule: unique, while two
// files may have one name.
func programName(index int) string { return programPrefix + strconv.Itoa(index) }

const programPrefix = "rule#"

// rule is the rule that goja knows by a file name; nil when it is none of the bundle's.
func (b *Bundle) rule(file string) *compiled {
	index, err := strconv.Atoi(strings.TrimPrefix(file, programPrefix))
	if err != nil || index < 0 || index >= len(b.rules) || file != programName(index) {
		return nil
	}
	return &b.rules[index]
}

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
