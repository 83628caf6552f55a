package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/runtime/load"
	"github.com/ferrule-rules/ferrule/runtime/saved"
)

// builtFile reads a PATH that is a built file; nil when it is something else.
func builtFile(name string) (*load.Loaded, error) {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return nil, nil // what is wrong with it is said by who reads rules there
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, nil
	}
	defer file.Close()
	head := make([]byte, 20)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) || !saved.Is(head[:n]) {
		return nil, nil
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	loaded, err := load.Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return loaded, nil
}

// checkBuilt is `ferrule check` of a built file: its programs must be ones.
func (c *command) checkBuilt(loaded *load.Loaded, asJSON bool) error {
	var refused *load.RefusedError
	if _, err := loaded.Open(load.Options{}); err != nil && !errors.As(err, &refused) {
		return err // a refusal is for want of the configuration that was built in
	}
	if asJSON {
		return nil
	}
	t := c.out
	table := t.newTable("", "rule", "order", "engine", "file")
	for i, rule := range loaded.Rules() {
		table.AppendRow([]any{i + 1, oneLine(rule.Name), strconv.FormatFloat(rule.Order, 'f', -1, 64), rule.Engine, oneLine(rule.File)})
	}
	t.printTable(table)
	if packages := loaded.Packages(); len(packages) > 0 {
		table := t.newTable("package", "version", "licence", "bytes")
		for _, p := range packages {
			table.AppendRow([]any{oneLine(p.Name), oneLine(p.Version), oneLine(p.Licence), p.Bytes})
		}
		t.printTable(table)
	}
	fmt.Fprintf(t, "%s: %s\n", plural(len(loaded.Rules()), "rule"), t.good("no problems"))
	return nil
}

// explainBuilt is `ferrule explain` of a built file. The words are made of the rules' own
// texts, which it does not hold.
func (c *command) explainBuilt(f *explainFlags, loaded *load.Loaded) error {
	rules := make([]compiler.RuleExplanation, 0, len(loaded.Rules()))
	for i, rule := range loaded.Rules() {
		e := compiler.RuleExplanation{Exprs: loaded.Exprs(i)}
		e.Rule, e.File, e.Compiled = rule.Name, rule.File, compiler.Wholly
		switch {
		case rule.Engine == "js":
			e.Compiled = compiler.Not
		case len(rule.Exits) > 0:
			e.Compiled = compiler.InPart
		}
		for _, exit := range rule.Exits {
			e.AddExit(diag.Code(exit.Code), source.Pos{Line: exit.Line, Column: exit.Column})
		}
		rules = append(rules, e)
	}
	if f.json {
		return c.explainJSON(f, rules)
	}
	if !f.short {
		for _, e := range rules {
			c.explainRule(f, e)
		}
	}
	c.explainTable(rules)
	if !f.short {
		c.notef("a built file does not hold the rules' texts: explain the rules themselves to read what they do")
	}
	return nil
}
