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
	// Prefix is taken off the names of the rules' files: where they stood when they were
	// compiled does not matter then.
	Prefix string
}

// Save writes the file of a program, for runtime/load. The same program gives the same bytes.
//
// # Errors
//
// That of w, and one for a rule that needs JavaScript with KeepNone where no JavaScript may run.
func Save(w io.Writer, p *Program, options SaveOptions) error {
	file := &saved.Pipeline{Tenant: options.Tenant, Domain: p.options.Domain, Engine: string(p.options.Engine), Rules: []saved.Rule{}}
	if !p.options.closed() {
		file.Modules, file.Strict = p.modules, !p.options.Modules.AllowMissing
	}
	if options.Keep == KeepAll {
		file.Configuration = p.options.Configuration
	}
	for _, unit := range p.Units {
		rule, err := p.savedRule(unit, options)
		if err != nil {
			return err
		}
		file.Rules = append(file.Rules, rule)
	}
	return saved.Write(w, file)
}

// savedRule is what is saved of one rule.
func (p *Program) savedRule(u *Unit, options SaveOptions) (saved.Rule, error) {
	keep := options.Keep
	rule := saved.Rule{
		Name: u.Name, File: below(u.Origin.Original.Name, options.Prefix), Order: u.Origin.Order, Source: saved.Hash(u.Origin.Original.Text), Engine: string(JS),
	}
	closed := p.options.closed()
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
	compiled := *u.Lowered
	compiled.File = rule.File
	rule.Engine, rule.Program = string(p.options.Text), &compiled
	rule.Folded = saved.FoldedBy(u.Settings, p.options.Configuration, u.tenant)
	for _, exit := range ir.Exits(u.IR) {
		at := u.Origin.Position(exit.At.Start.Offset)
		rule.Exits = append(rule.Exits, saved.Exit{Code: exit.Code, Line: at.Line, Column: at.Column})
	}
	return rule, nil
}

// below is a file's name without the folder in front of it.
func below(name, folder string) string {
	if folder == "" {
		return name
	}
	return strings.TrimPrefix(name, strings.TrimSuffix(folder, "/")+"/")
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
