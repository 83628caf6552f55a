package load

import (
	"fmt"
	"sync"

	"github.com/ferrule-rules/ferrule/runtime/jsvm"
)

// onceBundle is the bundle of a file's scripts, compiled at its first use.
type onceBundle struct {
	once   sync.Once
	bundle *jsvm.Bundle
	err    error
}

func (b *onceBundle) of(l *Loaded) (*jsvm.Bundle, error) {
	b.once.Do(func() {
		sources := make([]jsvm.Source, len(l.file.Rules))
		for i, rule := range l.file.Rules {
			words := make(map[string]bool, len(rule.Script.Words))
			for _, word := range rule.Script.Words {
				words[word] = true
			}
			sources[i] = jsvm.Source{Name: rule.Name, File: rule.File, Code: rule.Script.Code, Words: words, Pos: l.maps[i].Pos}
		}
		bundle, failures := jsvm.Compile(sources)
		if len(failures) > 0 {
			rule := l.file.Rules[failures[0].Rule]
			b.err = fmt.Errorf("the JavaScript engine cannot compile rule %q of the pipeline's file: %w", rule.Name, failures[0].Err)
			return
		}
		b.bundle = bundle
	})
	return b.bundle, b.err
}
