package compiler

import (
	"fmt"
	"io"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/saved"
)

// Keep says what a saved pipeline holds of the configuration. Its values may be secrets.
type Keep uint8

const (
	// KeepUsed: the values that compiled rules use stand in their programs as constants;
	// whoever loads the file gives the configuration again, and where a value differs the
	// rule runs in JavaScript.
	KeepUsed Keep = iota
	// KeepAll: the whole configuration is in the file, and whoever loads it need not give any.
	KeepAll
	// KeepNone: no value is in the file. Rules that use the configuration run in JavaScript.
	KeepNone
)

// SaveOptions say what is saved beside the rules.
type SaveOptions struct {
	Tenant string // whose rules these are; "" when nobody said
	Keep   Keep
}

// Save writes the file of a program, for runtime/load. The same program gives the same bytes.
//
// # Errors
//
// That of w, and one for a rule that needs JavaScript with KeepNone where no JavaScript may run.
func Save(w io.Writer, p *Program, options SaveOptions) error {
	file := &saved.Pipeline{Tenant: options.Tenant, Domain: p.options.Domain, Engine: string(p.options.Engine), Rules: []saved.Rule{}}
	if options.Keep == KeepAll {
		file.Configuration = p.options.Configuration
	}
	for _, unit := range p.Units {
		rule, err := p.savedRule(unit, options.Keep)
		if err != nil {
			return err
		}
		file.Rules = append(file.Rules, rule)
	}
	return saved.Write(w, file)
}

// savedRule is what is saved of one rule.
func (p *Program) savedRule(u *Unit, keep Keep) (saved.Rule, error) {
	rule := saved.Rule{
		Name: u.Name, File: u.Origin.Original.Name, Order: u.Origin.Order, Source: saved.Hash(u.Origin.Original.Text), Engine: string(JS),
	}
	closed := p.options.Engine == Expr || p.options.Engine == CEL
	if !closed {
		rule.Script = scriptOf(u)
	}
	switch {
	case u.Lowered == nil:
		return rule, nil
	case keep == KeepNone && len(u.Settings) > 0 && closed:
		return rule, fmt.Errorf("rule %s uses the configuration (%s), whose values are not to be kept, and the engine %s runs no JavaScript",
			u.Name, strings.Join(u.Settings, ", "), p.options.Engine)
	case keep == KeepNone && len(u.Settings) > 0:
		return rule, nil
	}
	rule.Engine, rule.Program = string(p.options.Text), u.Lowered
	// Only a rule that names auth0 can have the domain in it.
	rule.Folded = saved.FoldedBy(u.Settings, p.options.Configuration, u.Script.Words["auth0"])
	for _, exit := range ir.Exits(u.IR) {
		at := u.Origin.Position(exit.At.Start.Offset)
		rule.Exits = append(rule.Exits, saved.Exit{Code: exit.Code, Line: at.Line, Column: at.Column})
	}
	return rule, nil
}

// scriptOf is a rule for the JavaScript engine.
func scriptOf(u *Unit) *saved.Script {
	return &saved.Script{
		Code: u.Script.Code, Words: saved.WordList(u.Script.Words),
		Map: saved.WriteMap("("+u.Script.Code+"\n)", func(line, column int) source.Pos {
			return u.Origin.Position(u.Script.Pos(line, column).Offset)
		}),
	}
}
