package compiler

import (
	"maps"
	"sync"

	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// kept is what an engine keeps of a rule's reading: its text. A tree and the map of its
// places take many times the text's size, and few logins need them; they are made again then.
type kept struct {
	folder.Kept
	once sync.Once
	pos  func(line, column int) source.Pos
}

// place takes a place of the code that goja runs to the user's file. The rule is read once
// more when it is asked for the first time, for an error that goja's stack has to tell.
func (k *kept) place(line, column int) source.Pos {
	k.once.Do(func() {
		origin := k.Rule()
		script, _ := parse.Rule(origin.File, parse.Options{})
		places := script.Places()
		k.pos = func(line, column int) source.Pos { return origin.Position(places(line, column).Offset) }
	})
	return k.pos(line, column)
}

// specializer compiles rules for other configurations than the pipeline's.
type specializer struct {
	options  Options
	kept     []kept     // none where no rule has settings
	settings [][]string // by rule: the keys whose values stand in its program; likewise
	runners  []*steps.Runner

	once sync.Once
	read *Program // all rules as they are after the stage hazards
}

// newSpecializer takes from a program what it needs later, and nothing else: the program can
// be forgotten.
func newSpecializer(p *Program) *specializer {
	s := &specializer{options: p.options, runners: make([]*steps.Runner, len(p.Units))}
	for i, u := range p.Units {
		s.runners[i] = u.runner
		if len(u.Settings) == 0 {
			continue
		}
		if s.settings == nil {
			s.kept, s.settings = p.kept, make([][]string, len(p.Units))
		}
		s.settings[i] = u.Settings
	}
	return s
}

// specialize compiles the rules for another configuration. Rules that read none of the
// keys that differ keep their runner.
func (s *specializer) specialize(configuration map[string]string) ([]*steps.Runner, bool) {
	runners := make([]*steps.Runner, len(s.runners))
	for i := range runners {
		if s.holds(i, configuration) {
			runners[i] = s.runners[i]
			continue
		}
		s.once.Do(s.readAgain)
		unit := *s.read.Units[i]
		sideBySide([]*Unit{&unit}, func(u *Unit) {
			u.IR, _, _ = s.read.lowered(u, maps.Clone(configuration))
			emitUnit(s.read, u)
			linkUnit(s.read, u)
		})
		runners[i] = unit.runner
	}
	return runners, true
}

// holds reports whether a rule's program is right for a configuration.
func (s *specializer) holds(rule int, configuration map[string]string) bool {
	if s.settings == nil {
		return true
	}
	own := s.options.Configuration
	for _, key := range s.settings[rule] {
		before, had := own[key]
		now, has := configuration[key]
		if had != has || before != now {
			return false
		}
	}
	return true
}

// readAgain reads all rules: what one of them may see of the others decides how it is compiled.
func (s *specializer) readAgain() {
	s.read = &Program{options: s.options}
	for i := range s.kept {
		origin := s.kept[i].Rule()
		s.read.Units = append(s.read.Units, &Unit{Name: origin.Name, Origin: origin, optional: s.options.Engine == Auto})
	}
	sideBySide(s.read.Units, func(u *Unit) { parseUnit(s.read, u) })
	hazardsOf(s.read)
}
