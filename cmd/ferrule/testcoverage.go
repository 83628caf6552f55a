package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/ferrule-rules/ferrule/ruletest"
)

// coverage counts what the cases reach, where a flag asks for it, and tells of it.
func (c *command) coverage(ctx context.Context, f *testFlags, files []*ruletest.File, options ruletest.Options) error {
	if !f.coverage && f.lcov == "" && f.html == "" {
		return nil
	}
	found, err := ruletest.Cover(ctx, files, options)
	if err != nil {
		return err
	}
	if f.coverage && !f.json {
		c.coverageTable(found)
	}
	return errors.Join(writeTo("--lcov", f.lcov, found.WriteLCOV), writeTo("--html", f.html, found.WriteHTML))
}

// writeTo writes a file that a flag names; "" is none.
func writeTo(flag, name string, write func(io.Writer) error) error {
	if name == "" {
		return nil
	}
	file, err := os.Create(name)
	if err != nil {
		return fileError(flag, name, err)
	}
	return errors.Join(write(file), file.Close())
}

func (c *command) coverageTable(found *ruletest.Coverage) {
	t := c.out
	table := t.newTable("rule", "statements", "branches", "not reached")
	for _, r := range found.Rules {
		if r.Why != "" {
			table.AppendRow([]any{printable(r.Name), "", "", t.faint("not counted: " + r.Why)})
			continue
		}
		percent := func(branches bool) string {
			text := fmt.Sprintf("%.0f %%", r.Percent(branches))
			if r.Percent(branches) == 100 {
				return t.good(text)
			}
			return t.warn(text)
		}
		table.AppendRow([]any{printable(r.Name), percent(false), percent(true), strings.Join(r.Uncovered(), ", ")})
	}
	t.printTable(table)
}
