package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"strings"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/load"
)

// subject is the rules that are measured.
type subject struct {
	rules []benchRule
	// chain makes the pipeline for an engine; text is what computes compiled rules with auto.
	chain func(engine, text string) (*runtime.Chain, error)
}

// benchRule is one of them.
type benchRule struct {
	name, file string
	needs      string // what it needs JavaScript for; "" when it is compiled wholly
}

// benchEngine is an engine that rules are measured on.
type benchEngine struct {
	name     string
	pipeline *runtime.Chain // nil: it cannot run the pipeline, for the reason in problem
	rules    *runtime.Chain // what runs single rules; nil: nothing, for the same reason
	problem  string
}

// compiledOnly reports whether the engine runs no JavaScript.
func (e *benchEngine) compiledOnly() bool { return e.name == "expr" || e.name == "cel" }

// subjectAt reads the rules at PATH and says what is wrong with them.
func (c *command) subjectAt(path string, options *ferrule.Options) (*subject, error) {
	own := runtime.Options{Configuration: options.Configuration, States: noStates{}}
	if loaded, err := builtFile(path); err != nil {
		return nil, err
	} else if loaded != nil {
		return builtSubject(loaded, own), nil
	}
	fsys, root, _ := place(path)
	read, list := folder.Read(fsys, root, options.Folder)
	maps.Copy(read.Configuration, options.Configuration)
	own.Configuration = read.Configuration
	compile := func(engine, text string) (*compiler.Program, diag.List) {
		return compiler.Compile(read.Rules, compiler.Options{
			Engine: compiler.Engine(engine), Text: compiler.Engine(text), Configuration: read.Configuration, Domain: own.DomainName(), Modules: options.Modules,
		})
	}
	program, found := compile("auto", "")
	if list = append(list, found...).Sort(); list.HasErrors() {
		return nil, list
	}
	printAll(c.err, list)
	s := &subject{chain: func(engine, text string) (*runtime.Chain, error) {
		program, list := compile(engine, text)
		if list.HasErrors() {
			return nil, list
		}
		return runtime.NewChain(program.Rules, program.Engine, own), nil
	}}
	for _, e := range compiler.Explain(program) {
		rule := benchRule{name: e.Rule, file: e.File}
		if len(e.Exits) > 0 {
			rule.needs = fmt.Sprintf("%s at %v%s", e.Exits[0].Code, e.Exits[0].Span.Start, andMore(len(e.Exits)))
		}
		s.rules = append(s.rules, rule)
	}
	return s, nil
}

// builtSubject is the subject of a built file.
func builtSubject(loaded *load.Loaded, own runtime.Options) *subject {
	s := &subject{chain: func(engine, text string) (*runtime.Chain, error) {
		if engine == "auto" {
			engine = "" // what it was built for
		}
		return loaded.Chain(load.Options{Options: own, Engine: engine, Text: text})
	}}
	for _, r := range loaded.Rules() {
		rule := benchRule{name: r.Name, file: r.File}
		switch {
		case r.Engine == "js":
			rule.needs = "it is not compiled"
		case len(r.Exits) > 0:
			rule.needs = fmt.Sprintf("%s at %d:%d%s", r.Exits[0].Code, r.Exits[0].Line, r.Exits[0].Column, andMore(len(r.Exits)))
		}
		s.rules = append(s.rules, rule)
	}
	return s
}

func andMore(n int) string {
	if n == 1 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n-1)
}

// only makes an engine that has to run the pipeline.
func (s *subject) only(name string) (*benchEngine, error) {
	chain, err := s.chain(name, "")
	return &benchEngine{name: name, pipeline: chain, rules: chain}, err
}

// engine makes an engine, as far as it goes: expr and cel run the rules that are compiled
// wholly, whatever the others need.
func (s *subject) engine(name string) *benchEngine {
	e := &benchEngine{name: name}
	var needing []string
	if e.compiledOnly() {
		for _, rule := range s.rules {
			if rule.needs != "" {
				needing = append(needing, rule.name)
			}
		}
	}
	if len(needing) == 0 {
		made, err := s.only(name)
		if err != nil {
			made.pipeline, made.rules, made.problem = nil, nil, err.Error()
		}
		return made
	}
	e.problem = "needs JavaScript: " + strings.Join(needing, ", ")
	var err error
	if e.rules, err = s.chain("auto", name); err != nil {
		e.rules = nil
	}
	return e
}

// maxLogins is how many logins of a case file are used.
const maxLogins = 1000

// benchLogins reads the logins that are measured.
func (r *runner) benchLogins() ([]ferrule.Input, error) {
	if err := r.documents(); err != nil {
		return nil, err
	}
	if r.flags.cases == "" {
		r.announceSample()
		in, err := r.one()
		return []ferrule.Input{in}, err
	}
	var in io.Reader = r.stdin
	r.caseName = stdinName
	if r.flags.cases != "-" {
		data, err := os.ReadFile(r.flags.cases)
		if err != nil {
			return nil, fileError("--cases", r.flags.cases, err)
		}
		in, r.caseName = bytes.NewReader(data), r.flags.cases
	}
	var logins []ferrule.Input
	var wrong error
	err := readLines(in, func(number int, line []byte, _ int) bool {
		switch {
		case len(logins) == maxLogins:
			r.notef("only the first %d logins of %s are used", maxLogins, r.caseName)
			return false
		case line == nil:
			wrong = fmt.Errorf("%s:%d: the line is longer than %d MB", r.caseName, number, maxCaseBytes>>20)
			return false
		}
		l, bad, ok := r.readCase(number, line)
		if !ok {
			wrong = errors.New(bad.outcome.Err.Message)
			return false
		}
		logins = append(logins, l.input)
		return true
	})
	switch {
	case wrong != nil:
		return nil, wrong
	case err != nil:
		return nil, fileError("--cases", r.caseName, err)
	case len(logins) == 0:
		return nil, fmt.Errorf("%s holds no login", r.caseName)
	}
	return logins, nil
}
