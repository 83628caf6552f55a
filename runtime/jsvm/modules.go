package jsvm

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/dop251/goja"
	gojaparser "github.com/dop251/goja/parser"
	"github.com/go-sourcemap/sourcemap"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// Options is what rules have beside their own texts. The zero Options: no packages, and
// what is not there cannot be required.
type Options struct {
	Modules *program.Modules // nil: none
	// StandIns answers a stand-in for a module that is not there; its first call throws what
	// require would have thrown.
	StandIns bool
}

// modulesName is the file name under which goja knows the packages.
const modulesName = "modules#"

// modulesHead stands before the code of packages when it is compiled.
const modulesHead = "(function (exports, require, module, internal) {"

// packages are the packages of a bundle, compiled when a VM first needs one.
type packages struct {
	*program.Modules
	once sync.Once
	made *goja.Program
	err  error

	mapped sync.Once
	places *sourcemap.Consumer // nil: the map is none
}

// place takes a place of the compiled text to a file of a package: node_modules/q/q.js:3:12.
func (p *packages) place(line, column int) string {
	p.mapped.Do(func() { p.places, _ = sourcemap.Parse("", []byte(p.Map)) })
	if line == 1 {
		column -= len(modulesHead)
	}
	if p.places != nil {
		if file, _, line, column, ok := p.places.Source(line, column-1); ok {
			return fmt.Sprintf("%s:%d:%d", file, line, column+1)
		}
	}
	return fmt.Sprintf("modules:%d:%d", line, column)
}

// CompileModules compiles the packages, so that no login has to. The error says which file goja
// cannot compile.
func (b *Bundle) CompileModules() error {
	if b.packages.Modules == nil {
		return nil
	}
	_, err := b.packages.program()
	var parse gojaparser.ErrorList
	var compile *goja.CompilerSyntaxError
	switch {
	case errors.As(err, &parse) && len(parse) > 0:
		at := parse[0].Position
		return fmt.Errorf("%s: %s", b.packages.place(at.Line, at.Column), parse[0].Message)
	case errors.As(err, &compile) && compile.File != nil:
		at := compile.File.Position(compile.Offset)
		return fmt.Errorf("%s: %s", b.packages.place(at.Line, at.Column), compile.Message)
	}
	return err
}

func (p *packages) program() (*goja.Program, error) {
	p.once.Do(func() {
		p.made, p.err = gojalib.Compile(modulesName, modulesHead+p.Code+"\n})")
	})
	return p.made, p.err
}

// key is the key of what a rule requires; ok is false for what is in no package.
func (p *packages) key(rule int, specifier string) (key string, ok bool) {
	if p.Modules == nil || rule >= len(p.Keys) {
		return "", false
	}
	key, ok = p.Keys[rule][specifier]
	return key, ok
}

// bindings are the variables that old runtimes had without a require.
func (p *packages) bindings() []binding {
	if p.Modules == nil {
		return nil
	}
	var all []binding
	for _, name := range slices.Sorted(maps.Keys(p.Variables)) {
		key := p.Variables[name]
		all = append(all, binding{name: name, build: func(m *machine) goja.Value { return m.installed(key) }})
	}
	return all
}

// installed is what a rule's require answers for a module of a package. The bundle is evaluated
// once for a VM; what a module throws while it is evaluated is what require throws.
func (m *machine) installed(key string) goja.Value {
	if m.installs == nil {
		m.installs = m.evaluatePackages()
	}
	evaluate, ok := goja.AssertFunction(m.installs.Get(key))
	if !ok {
		panic(m.loop.moduleError(key))
	}
	return m.firstUse(key, func() goja.Value {
		exports, err := evaluate(goja.Undefined())
		gojalib.PassOn(err)
		return exports
	})
}

// evaluatePackages answers the functions that evaluate modules.
func (m *machine) evaluatePackages() *goja.Object {
	code, err := m.bundle.packages.program()
	if err != nil {
		panic(m.vm.NewGoError(err))
	}
	made, err := m.vm.RunProgram(code)
	gojalib.PassOn(err)
	body, _ := goja.AssertFunction(made)
	module, exports := m.vm.NewObject(), m.vm.NewObject()
	must(module.Set("exports", exports))
	require := m.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		name := call.Argument(0).String()
		if exports := m.core(name); exports != nil {
			return exports
		}
		evaluate, ok := goja.AssertFunction(module.Get("exports").ToObject(m.vm).Get(program.ComputedKey + name))
		if !ok {
			panic(m.loop.moduleError(name))
		}
		made, err := evaluate(goja.Undefined())
		gojalib.PassOn(err)
		return made
	}).ToObject(m.vm)
	must(require.Set("cache", m.vm.NewObject()))
	must(require.Set("resolve", func(call goja.FunctionCall) goja.Value {
		if name := call.Argument(0); m.core(name.String()) != nil {
			return name
		}
		panic(m.loop.moduleError(call.Argument(0).String()))
	}))
	_, err = body(exports, exports, require, module, m.vm.NewObject())
	gojalib.PassOn(err)
	return module.Get("exports").ToObject(m.vm)
}

// inModule reports whether the code that runs is no rule's but a package's, or Node's.
func (m *machine) inModule() bool {
	for _, frame := range m.vm.CaptureCallStack(4, nil) {
		name := frame.SrcName()
		if name != "" && name != "<native>" {
			return name == modulesName || host.IsScript(name)
		}
	}
	return false
}
