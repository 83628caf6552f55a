package cases

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/ferrule-rules/ferrule"
)

// Pure are all patterns of the test data with one JavaScript rule that is compiled wholly and
// writes no metadata, each with the first of its logins that no compiled rule leaves: laid
// over [Usual], or as it is with own.
//
// # Errors
//
// A pattern that cannot be read.
func Pure(own bool) ([]Case, error) {
	files, err := filepath.Glob(filepath.Join(Testdata(), "patterns", "*", "*.txtar"))
	if err != nil {
		return nil, err
	}
	var all []Case
	for _, file := range files {
		c, err := readPattern(strings.TrimSuffix(filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file), ".txtar"))
		if err != nil {
			return nil, err
		}
		if c.choose(own) {
			all = append(all, c)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no rule below %s is compiled wholly", Testdata())
	}
	return all, nil
}

// choose makes the first login that compiled rules do not leave the timed one.
func (c *Case) choose(own bool) bool {
	if len(c.Rules) == 0 {
		return false
	}
	for _, engine := range []ferrule.Engine{ferrule.EngineExpr, ferrule.EngineCEL} {
		if _, err := c.Load(ferrule.Options{Engine: engine}); err != nil {
			return false
		}
	}
	p, err := c.Load(ferrule.Options{})
	if err != nil {
		return false
	}
	for _, login := range c.Checked {
		if !own {
			login = login.over(Usual())
		}
		try := login.Copy()
		out, err := p.Run(context.Background(), ferrule.Input{User: try.User, Context: try.Context, Now: try.Now})
		left := slices.ContainsFunc(out.Rules, func(r ferrule.RuleReport) bool { return r.Exit != nil || r.Engine == "js" })
		if err == nil && !left && len(out.Metadata) == 0 && (out.Err == nil || out.Err.Kind == ferrule.KindRule) {
			c.Timed = []Login{login}
			return true
		}
	}
	return false
}

// Load makes a pipeline of a case's rules.
func (c *Case) Load(options ferrule.Options) (*ferrule.Pipeline, error) {
	options.Configuration, options.Modules.AllowMissing = c.Configuration, true
	files := fstest.MapFS{}
	for _, rule := range c.Rules {
		files[rule.File] = &fstest.MapFile{Data: []byte(rule.Source)}
	}
	return ferrule.Load(files, &options)
}
