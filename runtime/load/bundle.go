package load

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsvm"
	"github.com/ferrule-rules/ferrule/runtime/saved"
)

// lazy is the JavaScript engine of a file. It compiles the scripts when a login needs them for
// the first time, and keeps nothing else of the file.
type lazy struct {
	scripts []script
	options jsvm.Options
	once    sync.Once
	bundle  *jsvm.Bundle
	err     error
}

// script is a rule's text for JavaScript.
type script struct {
	name, file string
	code       string
	words      string // parted by blanks
	places     string // see saved.ReadMap

	once  sync.Once
	byMap *saved.Map
}

func newLazy(file *saved.Pipeline) *lazy {
	l := &lazy{scripts: make([]script, len(file.Rules)), options: jsvm.Options{Modules: file.Modules, StandIns: !file.Strict}}
	for i, rule := range file.Rules {
		s := &l.scripts[i]
		s.name, s.file, s.code = rule.Name, rule.File, rule.Script.Code
		s.words, s.places = strings.Join(rule.Script.Words, " "), rule.Script.Map
	}
	return l
}

// place takes a place of the code to the rule's file.
func (s *script) place(line, column int) source.Pos {
	s.once.Do(func() { s.byMap, _ = saved.ReadMap(s.places) }) // it was read with the file
	return s.byMap.Pos(line, column)
}

// Name is js.
func (l *lazy) Name() string { return js }

// Begin makes the session of one run.
func (l *lazy) Begin(ctx context.Context, run *runtime.Run) (runtime.Session, error) {
	l.once.Do(l.compile)
	if l.err != nil {
		return nil, l.err
	}
	return l.bundle.Begin(ctx, run)
}

func (l *lazy) compile() {
	sources := make([]jsvm.Source, len(l.scripts))
	for i := range l.scripts {
		s := &l.scripts[i]
		words := map[string]bool{}
		for word := range strings.SplitSeq(s.words, " ") {
			words[word] = true
		}
		sources[i] = jsvm.Source{Name: s.name, File: s.file, Code: s.code, Words: words, Pos: s.place}
	}
	bundle, failures := jsvm.CompileWith(sources, l.options)
	if len(failures) > 0 {
		l.err = fmt.Errorf("the JavaScript engine cannot compile rule %q of the pipeline's file: %w", l.scripts[failures[0].Rule].name, failures[0].Err)
		return
	}
	l.bundle = bundle
}
