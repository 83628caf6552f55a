package main

import (
	"context"
	"maps"
	"os"
	"slices"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ruletest"
)

// recordTapes makes the tapes that cases name and reads the files anew.
func (c *command) recordTapes(ctx context.Context, f *testFlags, files []*ruletest.File, options ruletest.Options, args []string) ([]*ruletest.File, diag.List, error) {
	policy, err := f.network.policy()
	if err != nil {
		return nil, nil, err
	}
	tapes, err := ruletest.Record(ctx, files, options, policy)
	if ctx.Err() != nil {
		return nil, nil, errInterrupted
	}
	if err != nil {
		return nil, nil, err
	}
	if len(tapes) == 0 {
		c.notef("no case names a tape")
	}
	for _, name := range slices.Sorted(maps.Keys(tapes)) {
		if err := os.WriteFile(name, []byte(tapes[name]), 0o600); err != nil {
			return nil, nil, fileError("--record", name, err)
		}
		c.notef("%s recorded", name)
	}
	return caseFiles(args)
}
