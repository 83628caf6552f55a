package compiler

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/compiler/modules"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/saved"
	"github.com/ferrule-rules/ferrule/stdlib/node"
)

// ModuleOptions say where the packages are that rules require, and what is said of those that
// are not there.
type ModuleOptions struct {
	// Dir is the folder on disk that the paths of rules begin at: a rule's packages are in
	// node_modules of its own folder and of each above it. "" means that there are none.
	Dir string
	// AllowMissing makes warnings of the errors about modules that cannot be had: require
	// answers a stand-in, whose first call throws what require would have thrown.
	AllowMissing bool
	// NoImplicit leaves out the variables that old runtimes had without a require: _, jwt, …
	NoImplicit bool
}

// use is a module that a rule asks for.
type use struct {
	modules.Use
	found modules.Found
}

// coreNames are the names of the core modules that Ferrule provides.
var coreNames = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	for _, m := range node.Modules() {
		names[m.Name] = true
	}
	return names
})

// HasCoreModule reports whether Ferrule provides a core module of Node's.
func HasCoreModule(name string) bool { return coreNames()[name] }

// closed reports whether no JavaScript may run, and so nothing be required.
func (o Options) closed() bool { return o.Engine == Expr || o.Engine == CEL }

// findModules finds what a rule requires, and says what of it cannot be had.
func findModules(p *Program, u *Unit) {
	if p.options.closed() || u.Script == nil || !u.Origin.Runs() {
		return
	}
	resolver := modules.Resolver{}
	if dir := p.options.Modules.Dir; dir != "" {
		resolver.Dir = filepath.Join(dir, filepath.FromSlash(path.Dir(u.Origin.Path)))
	}
	var list diag.List
	for _, asked := range modules.Find(u.Script.Tree) {
		if asked.Variable != "" && p.options.Modules.NoImplicit {
			continue
		}
		one := use{Use: asked}
		if !asked.Computed {
			one.found = resolver.Find(asked)
		}
		if d, ok := p.judge(u, one); ok {
			list = append(list, d)
		}
		u.uses = append(u.uses, one)
	}
	u.Problems = append(u.Problems, u.Origin.Relocate(list)...)
}

// judge says what is wrong with a use of a module.
func (p *Program) judge(u *Unit, one use) (d diag.Diagnostic, wrong bool) {
	s, o := one.Specifier, p.options.Modules
	say := func(code diag.Code, format string, args ...any) diag.Diagnostic {
		return diag.New(code, u.Origin.File, one.At, format, args...)
	}
	switch {
	case one.Variable != "" && one.found.Kind == modules.Missing:
		d = say(diag.MissingModule, "%s is a variable of old runtimes: the module %q, which is not installed", one.Variable, s.Text).
			WithNote("%s", o.remedy()).WithNote("Options.Modules.NoImplicit and --no-implicit-modules turn these variables off")
	case one.Variable != "":
		d = say(diag.ImplicitModule, "%s is a variable of old runtimes: the module %q", one.Variable, s.Text)
		if one.found.Version != s.Version {
			d = d.WithNote("version %s is what is installed", one.found.Version)
		} else if modules.IsPlain(one.Variable) {
			d = d.WithNote("the same everywhere: const %s = require('%s');", one.Variable, s.Text)
		}
		return d.WithNote("Options.Modules.NoImplicit and --no-implicit-modules turn these variables off"), true
	case one.Computed:
		return say(diag.ComputedModule, "the name of the module is computed, so no package can be bundled for it").
			WithNote("require answers Node's own modules here, and packages that the rule requires by their written names"), true
	case one.found.Kind == modules.Refused:
		d = say(diag.RefusedModule, "%q names a file, and rules have no files: a module's name is wanted", s.Text)
	case one.found.Kind == modules.Core && !HasCoreModule(s.Name):
		d = say(diag.AbsentModule, "Node's module %q is not provided here", s.Name)
	case one.found.Kind == modules.Missing:
		d = say(diag.MissingModule, "module %q is not installed", s.Text)
		if near := misspelled(s.Name); near != "" {
			d = d.WithNote("did you mean %q?", near)
		}
		d = d.WithNote("%s", o.remedy())
	default:
		return d, false
	}
	switch {
	case one.Guarded && one.Variable != "":
		d.Severity = diag.Warning
		d = d.WithNote("the rule asks typeof of it, or catches the error")
	case one.Guarded:
		d.Severity = diag.Warning
		d = d.WithNote("the catch around it gets the error")
	case o.AllowMissing:
		d.Severity = diag.Warning
	}
	return d, true
}

// misspelled is the well known module whose name is one or two letters from another; "" for none.
func misspelled(name string) string {
	known := modules.Known()
	if slices.Contains(known, name) {
		return ""
	}
	most := 1
	if len(name) > 5 {
		most = 2
	}
	return folder.Nearest(name, known, most)
}

// remedy says how what is missing is installed.
func (o ModuleOptions) remedy() string {
	if o.Dir == "" {
		return "packages are looked up on disk only: Options.Modules.Dir says where the rules' folder is"
	}
	dir := quoted(filepath.ToSlash(o.Dir))
	return fmt.Sprintf("this installs it: ferrule modules --write %s && npm install --prefix %s", dir, dir)
}

// quoted is a word of a shell's command.
func quoted(word string) string {
	if strings.ContainsFunc(word, func(r rune) bool {
		return r != '/' && r != '.' && r != '-' && r != '_' && r != ':' && r != '@' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r < 0x80
	}) {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}

// bundleModules makes one text of the packages of all rules.
func bundleModules(p *Program) diag.List {
	var entries []modules.Entry
	variables := map[string]modules.Variable{}
	asked := map[string]diag.Diagnostic{} // by key: where it is first required
	keys := make([]map[string]string, len(p.Units))
	for i, unit := range p.Units {
		for _, one := range unit.uses {
			entry := modules.Entry{Specifier: one.Specifier, Found: one.found}
			if _, ok := variables[one.Variable]; !ok && one.Variable != "" && one.found.Kind != modules.Missing {
				variables[one.Variable] = modules.Variable{Name: one.Variable, Entry: entry}
			}
			if one.found.Kind != modules.Installed {
				continue
			}
			if _, ok := asked[entry.Key()]; !ok {
				d := diag.New(diag.BrokenModule, unit.Origin.File, one.At, "the package of %q cannot be bundled", one.Specifier.Text)
				asked[entry.Key()] = unit.Origin.Relocate(diag.List{d})[0]
			}
			if one.Variable != "" {
				continue
			}
			entries = append(entries, entry)
			if keys[i] == nil {
				keys[i] = map[string]string{}
			}
			keys[i][one.Specifier.Text] = entry.Key()
		}
		unit.uses = nil
	}
	if len(entries)+len(variables) == 0 {
		return nil
	}
	bundled, err := modules.Bundle(entries, slices.Collect(maps.Values(variables))...)
	if err != nil {
		problems := []modules.Problem{{Text: err.Error()}}
		if wrong := new(modules.BundleError); errors.As(err, &wrong) {
			problems = wrong.Problems
		}
		var list diag.List
		for _, problem := range problems {
			d, ok := asked[problem.Key]
			if !ok {
				d = diag.ForPath(diag.BrokenModule, p.options.Modules.Dir, "the packages cannot be bundled")
			}
			d.Message += ": " + problem.Text
			list = append(list, d)
		}
		return list
	}
	p.modules = &program.Modules{
		Code: bundled.Text, Map: string(bundled.Map), Words: saved.WordList(parse.Words(bundled.Text)), Keys: keys, Files: bundled.Files,
	}
	for name, v := range variables {
		if p.modules.Variables == nil {
			p.modules.Variables = map[string]string{}
		}
		p.modules.Variables[name] = v.Key()
	}
	for _, one := range bundled.Packages {
		p.modules.Packages = append(p.modules.Packages, program.Package{Name: one.Name, Version: one.Version, Licence: one.License, Bytes: one.Bytes, Requires: one.Requires})
	}
	return nil
}

// Packages lists the packages that the rules require, sorted by name and version.
func (p *Program) Packages() []program.Package {
	if p.modules == nil {
		return nil
	}
	return slices.Clone(p.modules.Packages)
}
