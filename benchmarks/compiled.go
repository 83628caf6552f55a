package benchmarks

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing/fstest"
	"time"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/runtime"
)

// now is when the logins happen whose case does not say it: a Monday.
var now = time.Date(2026, 3, 2, 10, 30, 0, 0, time.UTC)

// Compiled are the contenders of the compiler for a case.
//
//	copy    the copy of the login alone, which all others do, too
//	expr    the pipeline with compiled rules, computed by expr
//	cel     the pipeline with compiled rules, computed by CEL
//	rules   what of expr runs the rules: without tokens, redirects and the outcome, as goja by hand
//	js      the pipeline with the JavaScript engine
//	pooled  goja by hand: VMs from a pool, in which the rule stands ready; objects of the VM in, read back
//	wrapped pooled, but with Go maps that goja wraps, so that only what the rule reads is converted
//
// # Errors
//
// A rule that does not load.
func Compiled(c Case) ([]Contender, error) {
	contenders := []Contender{{"copy", func(user, login map[string]any) (Answer, error) { return Answer{Allowed: c.Allowed}, nil }}}
	for _, engine := range []struct {
		name    string
		options ferrule.Options
	}{
		{"expr", ferrule.Options{}}, {"cel", ferrule.Options{Expressions: ferrule.EngineCEL}}, {"js", ferrule.Options{Engine: ferrule.EngineJS}},
	} {
		pipeline, err := load(c, engine.options)
		if err != nil {
			return nil, err
		}
		contenders = append(contenders, Contender{engine.name, func(user, login map[string]any) (Answer, error) {
			out, err := pipeline.Run(context.Background(), ferrule.Input{User: user, Context: login, Now: c.Now})
			return answerOf(out), err
		}})
	}
	alone, err := newAlone(c)
	if err != nil {
		return nil, err
	}
	contenders = append(contenders, Contender{"rules", alone.run})
	for name, objects := range map[string]objects{"pooled": native, "wrapped": wrap} {
		pool, err := newPool(c, objects)
		if err != nil {
			return nil, err
		}
		contenders = append(contenders, Contender{name, pool.run})
	}
	slices.SortStableFunc(contenders[5:], func(a, b Contender) int { return strings.Compare(a.Name, b.Name) })
	return contenders, nil
}

// alone is the engine of compiled rules without the pipeline around it.
type alone struct {
	c      Case
	engine runtime.Engine
	limits runtime.Limits
}

func newAlone(c Case) (*alone, error) {
	read, list := folder.Read(c.files(), ".", folder.Options{})
	program, found := compiler.Compile(read.Rules, compiler.Options{Configuration: c.Configuration, Domain: "local.localhost"})
	if err := append(list, found...).Err(); err != nil {
		return nil, err
	}
	return &alone{c, program.Engine, runtime.Limits{}.WithDefaults()}, nil
}

func (a *alone) run(user, login map[string]any) (Answer, error) {
	ctx := context.Background()
	session, err := a.engine.Begin(ctx, &runtime.Run{
		Limits: a.limits, Configuration: a.c.Configuration, Clock: time.Now, Fixed: a.c.Now, Zone: time.UTC,
	})
	if err != nil {
		return Answer{}, err
	}
	defer session.End()
	result, _ := session.Rules(0, len(a.c.Rules), runtime.State{User: user, Context: login}, nil)
	if result.Err != nil {
		session.Undo()
		return Answer{}, nil
	}
	after, _ := result.State.User.(map[string]any)
	context, _ := result.State.Context.(map[string]any)
	return Answer{true, after, context}, nil
}

func load(c Case, options ferrule.Options) (*ferrule.Pipeline, error) {
	options.Configuration = c.Configuration
	return ferrule.Load(c.files(), &options)
}

func (c Case) files() fs.FS {
	files := fstest.MapFS{}
	for _, rule := range c.Rules {
		files[rule.File] = &fstest.MapFile{Data: []byte(rule.Source)}
	}
	return files
}

// PureCases are the patterns with one JavaScript rule that is compiled wholly, each with
// the first of its logins that no compiled rule leaves. A rule that writes metadata is none
// of them: its time would be the store's. realistic lays the logins over one of 2 KB;
// otherwise they hold little but what the rule reads.
//
// The reasons why others are left out come second, by pattern.
//
// # Errors
//
// A pattern that cannot be read.
func PureCases(realistic bool) ([]Case, map[string]string, error) {
	files, err := filepath.Glob(filepath.Join(Testdata(), "patterns", "*", "*.txtar"))
	if err != nil {
		return nil, nil, err
	}
	var cases []Case
	without := map[string]string{}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file), ".txtar")
		read, err := readPattern(name, realistic)
		if err != nil {
			without[name] = err.Error()
			continue
		}
		c, reason := pure(read)
		if reason != "" {
			without[name] = reason
			continue
		}
		cases = append(cases, c)
	}
	if len(cases) == 0 {
		return nil, nil, fmt.Errorf("no rule below %s is compiled wholly", Testdata())
	}
	return cases, without, nil
}

// pure is the first login that compiled rules do not leave, or why there is none.
func pure(logins []Case) (c Case, reason string) {
	if len(logins) == 0 {
		return Case{}, "no login"
	}
	for _, engine := range []ferrule.Engine{ferrule.EngineExpr, ferrule.EngineCEL} {
		if _, err := load(logins[0], ferrule.Options{Engine: engine}); err != nil {
			return Case{}, "not compiled wholly"
		}
	}
	auto, err := load(logins[0], ferrule.Options{})
	if err != nil {
		return Case{}, err.Error()
	}
	for _, login := range logins {
		out, err := auto.Run(context.Background(), ferrule.Input{
			User: CopyObject(login.User), Context: CopyObject(login.Context), Configuration: maps.Clone(login.Configuration), Now: login.Now,
		})
		left := slices.ContainsFunc(out.Rules, func(r ferrule.RuleReport) bool { return r.Exit != nil || r.Engine == "js" })
		switch {
		case err != nil || left || out.Err != nil && out.Err.Kind != "rule":
			reason = "all logins leave the compiled rule"
		case len(out.Metadata) > 0:
			reason = "writes metadata"
		default:
			login.Allowed = answerOf(out).Allowed
			return login, ""
		}
	}
	return Case{}, reason
}
