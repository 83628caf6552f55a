package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/report"
	"github.com/ferrule-rules/ferrule/runtime"
)

// compatibility is `ferrule check --report`: the report's files, and its table.
func (c *command) compatibility(read *folder.Folder, problems diag.List, packages compiler.ModuleOptions, name, prefix string, form *checkForm) error {
	made := report.Make(read, problems, report.Options{
		Path: name, Prefix: prefix, Modules: packages, Domain: runtime.Options{}.DomainName(),
	})
	data, err := made.JSON()
	if err != nil {
		return err
	}
	page, err := made.HTML()
	if err != nil {
		return err
	}
	dir := form.report
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	files := []string{filepath.Join(dir, "report.json"), filepath.Join(dir, "report.html")}
	for i, text := range [][]byte{data, page} {
		if err := os.WriteFile(files[i], text, 0o666); err != nil {
			return err
		}
	}
	if form.json {
		_, err = c.out.Write(data)
		return err
	}
	c.compatibilityTable(made)
	c.notef("written: %s", strings.Join(files, ", "))
	return nil
}

// compatibilityTable prints what becomes of each rule, and sums up.
func (c *command) compatibilityTable(made *report.Report) {
	t := c.out
	for _, p := range made.Problems {
		fmt.Fprintf(t, "%s [%s]\n", oneLine(p.Message), p.Code)
	}
	header := []string{"", "rule", "verdict", "what it needs, or why not", "compiled"}
	wide := t.columns == 0 || t.columns >= wideTable
	if wide {
		header = append(header, "touches")
	}
	table := t.newTable(header...)
	for i, r := range made.Rules {
		var what []string
		for _, why := range r.Why {
			what = append(what, why.Message)
		}
		for _, need := range r.Needs {
			what = append(what, need.Kind+" "+need.Name)
		}
		rule := oneLine(r.Name)
		if r.Off != "" {
			rule += t.faint(" (" + oneLine(r.Off) + ")")
		}
		lowered := ""
		if r.Compiled != "" {
			lowered = t.extent(compiler.ExtentOf(r.Compiled))
		}
		if r.Exit != "" {
			lowered += " " + t.faint(r.Exit)
		}
		row := []any{i + 1, rule, t.verdict(r.Verdict), clip(oneLine(strings.Join(what, "; ")), t.room(90)), lowered}
		if wide {
			row = append(row, t.faint(touched(r)))
		}
		table.AppendRow(row)
	}
	if len(made.Rules) > 0 {
		t.printTable(table)
	}
	c.touchedLists(made)
	parts := []string{}
	for _, v := range report.Verdicts() {
		if n := made.Totals[v]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, t.verdict(v)))
		}
	}
	fmt.Fprintf(t, "%s: %s\n", plural(len(made.Rules), "rule"), strings.Join(parts, ", "))
}

// wideTable is how many columns a terminal has that shows all of the table.
const wideTable = 140

// touchedLists prints what the rules touch, all together, with the number of rules where it is
// more than one.
func (c *command) touchedLists(made *report.Report) {
	t := c.out
	table := t.newTable("", "what the rules touch")
	rows := 0
	for _, kind := range []struct {
		word string
		list []report.Index
	}{
		{"profile fields", made.Fields}, {"claims", made.Claims}, {"hosts", made.Hosts}, {"configuration", made.Settings},
		{"clients", made.Clients}, {"connections", made.Connections},
	} {
		for i, one := range kind.list {
			word := ""
			if i == 0 {
				word = kind.word
			}
			rules := strings.Join(one.Rules, ", ")
			if len(one.Rules) > shownRules {
				rules = fmt.Sprintf("%s and %d more", strings.Join(one.Rules[:shownRules], ", "), len(one.Rules)-shownRules)
			}
			if one.Note != "" {
				rules += "; " + one.Note
			}
			table.AppendRow([]any{word, clip(oneLine(one.Name), t.room(40)) + t.faint("  "+clip(oneLine(rules), t.room(60)))})
			rows++
		}
	}
	if rows > 0 {
		t.printTable(table)
	}
}

// shownRules is how many rules are named beside what they touch.
const shownRules = 3

// touched counts what a rule touches.
func touched(r report.Rule) string {
	var parts []string
	for _, what := range []struct {
		n    int
		word string
	}{
		{len(r.Reads), "profile field"}, {len(r.Claims), "claim"}, {len(r.Hosts), "host"}, {len(r.Configuration), "key"},
		{len(r.Clients), "client"}, {len(r.Connections), "connection"},
	} {
		if what.n > 0 {
			parts = append(parts, plural(what.n, what.word))
		}
	}
	return strings.Join(parts, ", ")
}

// verdict is a verdict in its colour.
func (t *terminal) verdict(v report.Verdict) string {
	switch v {
	case report.Runs:
		return t.good(string(v))
	case report.WillNotRun:
		return t.bad(string(v))
	}
	return t.warn(string(v))
}
