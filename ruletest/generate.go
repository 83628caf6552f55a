package ruletest

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// Generated is a first set of cases for a rule.
type Generated struct {
	Text     string // of a file of cases
	Cases    int
	Coverage *RuleCoverage // what the cases reach
}

// maxTries bounds the logins that are tried for a rule, maxCalls those for a rule that calls services,
// and maxCases those that become cases.
const (
	maxTries = 6000
	maxCalls = 1500
	maxCases = 40
)

// Generate makes cases for a rule from the rule itself. It changes the sample login at the paths that the
// rule reads, to values made of the rule's constants, and keeps each login that reaches a statement or
// a branch that none before it did, or ends in another way. What is expected is what happens on the
// engine js: somebody must read it. Services answer with an empty object, with members that the rule
// reads, with an error, or not at all. The same rule always gives the same text.
//
// # Errors
//
// [ferrule.Diagnostics] with what is wrong with the rule, and those of [Run].
func Generate(ctx context.Context, fsys fs.FS, rule, prefix string, o Options) (*Generated, error) {
	data, err := fs.ReadFile(fsys, rule)
	if err != nil {
		return nil, ferrule.Diagnostics{diag.ForPath(diag.FileUnreadable, path.Join(prefix, rule), "%v", err)}
	}
	script, list := parse.Rule(source.NewFile(path.Join(prefix, rule), string(data)), parse.Options{})
	if err := list.Err(); err != nil {
		return nil, ferrule.Diagnostics(list)
	}
	authority, err := newAuthority()
	if err != nil {
		return nil, err
	}
	name := strings.TrimSuffix(rule, path.Ext(rule)) + Suffix
	f := &File{Name: path.Join(prefix, name), Rule: rule, fsys: fsys, path: name, order: &jsondoc.Order{}}
	o.Engines, o.cover = []string{string(ferrule.EngineJS)}, &recorder{rules: map[string]*covered{}}
	g := &generator{
		ctx: ctx, file: f, reads: readsOf(script.Func, script.Tree), batch: &batch{file: f, options: &o, authority: authority},
		reached: map[int]bool{}, ends: map[string]bool{},
	}
	g.baseline()
	if err := g.begin(); err != nil {
		return nil, err
	}
	defer g.batch.end(ctx)
	if err := g.search(); err != nil {
		return nil, err
	}
	rules := o.cover.rules[f.RuleName()]
	for i := range rules.Hits {
		rules.Hits[i] = 0
		if g.reached[i] {
			rules.Hits[i] = 1
		}
	}
	return &Generated{Text: g.text(), Cases: len(g.kept), Coverage: &rules.RuleCoverage}, nil
}

// generator searches for logins.
type generator struct {
	ctx   context.Context
	file  *File
	reads *reads
	batch *batch

	user, context map[string]any
	configuration map[string]string
	tries         int
	reached       map[int]bool
	ends          map[string]bool
	kept          []*attempt
}

// attempt is a login, as changes to the sample, and what came of it.
type attempt struct {
	sets    []change
	service string // how services answer: "", "500" or reset
	made    *Case
	seen    *observation
	loose   bool // runs differ
}

// change puts a value at a path, or takes it away.
type change struct {
	path   []string
	value  any
	absent bool
}

// generatedNow is the clock of generated cases.
var generatedNow = time.Date(2026, 3, 2, 10, 30, 0, 0, time.UTC)

// baseline makes the login that all others are changes of.
func (g *generator) baseline() {
	g.user, g.context = ferrule.SampleLogin()
	g.configuration = map[string]string{}
	for _, p := range g.reads.paths {
		if p[0] != "configuration" {
			root := map[string]any{"user": g.user, "context": g.context}
			if text, ok := at(root, p).(string); ok && !slices.Contains(g.reads.samples, text) {
				g.reads.samples = append(g.reads.samples, text)
			}
			continue
		}
		value := strings.ToLower(p[1])
		switch upper := strings.ToUpper(p[1]); {
		case strings.Contains(upper, "URL"), strings.Contains(upper, "ENDPOINT"), strings.Contains(upper, "URI"):
			value = "https://service.example.com"
		case strings.Contains(upper, "DOMAIN"), strings.Contains(upper, "HOST"):
			value = "service.example.com"
		}
		g.configuration[p[1]] = value
	}
}

func (g *generator) begin() error {
	var err error
	if g.batch.services, err = newServices(g.batch.authority); err != nil {
		return err
	}
	if err := g.batch.load(); err != nil {
		g.batch.end(g.ctx)
		return err
	}
	return nil
}

// search widens what is reached, from the logins that were kept.
func (g *generator) search() error {
	paths := slices.Clone(g.reads.paths)
	if g.reads.clock {
		paths = append(paths, []string{clockRoot, "now"})
	}
	for _, m := range g.reads.members {
		paths = append(paths, []string{serviceRoot, m})
	}
	called, err := g.try(&attempt{})
	if err != nil {
		return err
	}
	// The values that rules mostly ask for come first, on all logins; then the others.
	common, rare := 0, 0
	for common < len(g.kept) || rare < len(g.kept) {
		rarely := common == len(g.kept)
		at := &common
		if rarely {
			at = &rare
		}
		parent := g.kept[*at]
		*at++
		next := func(sets []change, service string) error {
			limit := maxTries
			if called {
				limit = maxCalls
			}
			// When all is reached, what is left to find out is what missing data does.
			if g.tries >= limit || len(g.kept) >= maxCases || g.all() && service == parent.service && !sets[len(sets)-1].absent {
				return nil
			}
			calls, err := g.try(&attempt{sets: sets, service: service})
			called = called || calls
			return err
		}
		if called && parent.service == "" && !rarely {
			for _, service := range []string{"500", failReset} {
				if err := next(parent.sets, service); err != nil {
					return err
				}
			}
		}
		for _, p := range paths {
			if p[0] == serviceRoot && !called {
				continue
			}
			sets := slices.DeleteFunc(slices.Clone(parent.sets), func(c change) bool { return slices.Equal(c.path, p) })
			if !rarely {
				if err := next(append(slices.Clone(sets), change{path: p, absent: true}), parent.service); err != nil {
					return err
				}
			}
			for _, value := range g.reads.values(p, rarely) {
				if err := next(append(slices.Clone(sets), change{path: p, value: value}), parent.service); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// clockRoot is the path of the clock.
const clockRoot = "clock"

// serviceRoot begins the paths of what services answer.
const serviceRoot = "service"

// anyURL is a stub's request that fits all.
var anyURL = Request{Text: "* https://*", method: "*", url: regexp.MustCompile("")}

// try runs a login and keeps it when it is new. It answers whether the rule called a service.
func (g *generator) try(a *attempt) (called bool, err error) {
	g.tries++
	a.made = g.build(a)
	if a.made == nil {
		return false, nil
	}
	run := &EngineRun{}
	stage := g.batch.stages[0]
	if err := g.batch.on(g.ctx, stage, a.made, run); err != nil || run.seen == nil {
		return false, err
	}
	a.seen = run.seen
	fresh := len(g.kept) == 0
	if stage.hits != nil {
		for n := range stage.hits.last {
			fresh = fresh || !g.reached[n]
			g.reached[n] = true
		}
	}
	end := a.seen.outcome
	if a.seen.err != nil {
		end += " " + a.seen.err.Message
	}
	configured := len(a.sets) > 0 && a.sets[len(a.sets)-1].path[0] == "configuration"
	if fresh || !configured && !g.ends[end] && a.seen.err != nil && len(g.ends) < maxCases/4 {
		g.ends[end] = true
		g.kept = append(g.kept, a)
		again := &EngineRun{}
		if err := g.batch.on(g.ctx, stage, a.made, again); err != nil {
			return false, err
		}
		a.loose = again.seen == nil || len(differences(a.made, a.seen, again.seen, g.file.order)) > 0
	}
	return len(a.seen.calls) > 0, nil
}

// all reports whether every point is reached.
func (g *generator) all() bool {
	hits := g.batch.stages[0].hits
	return hits != nil && len(g.reached) == len(hits.rule.Points)
}

// build makes the case of an attempt; nil when its changes do not go together.
func (g *generator) build(a *attempt) *Case {
	c := &Case{setup: setup{User: g.user, Context: g.context, Configuration: map[string]string{}, Now: generatedNow}}
	for key, value := range g.configuration {
		c.Configuration[key] = value
	}
	answer := map[string]any{}
	order := g.file.order
	for _, set := range a.sets {
		switch set.path[0] {
		case "configuration":
			if text, isText := set.value.(string); isText && !set.absent {
				c.Configuration[set.path[1]] = text
			} else {
				delete(c.Configuration, set.path[1])
			}
		case clockRoot:
			when, err := time.Parse(time.RFC3339, fmt.Sprint(set.value))
			if err != nil {
				return nil
			}
			c.Now = when
		case serviceRoot:
			if !set.absent {
				answer[set.path[1]] = set.value
			}
		default:
			to := &c.User
			if set.path[0] == "context" {
				to = &c.Context
			}
			if !set.absent {
				*to = merge(*to, nested(set.path[1:], set.value), order).(map[string]any)
				continue
			}
			changed, ok := without(*to, set.path[1:], order)
			if !ok {
				return nil // there is nothing to take away
			}
			*to = changed
		}
	}
	c.Stubs = []*Stub{{Request: anyURL, Answers: []Answer{g.answer(a, answer)}, Times: -1}}
	return c
}

func (g *generator) answer(a *attempt, object map[string]any) Answer {
	switch a.service {
	case "":
		return Answer{Status: 200, Headers: map[string]string{"content-type": "application/json"}, Body: []byte(encode(object, g.file.order))}
	case failReset:
		return Answer{Error: failReset}
	}
	return Answer{Status: 500, Headers: map[string]string{}}
}

// at is the value at a path; nil where there is none.
func at(value any, path []string) any {
	for _, key := range path {
		object, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = object[key]
	}
	return value
}

// nested is an object with a value at a path.
func nested(path []string, value any) any {
	for i := len(path) - 1; i >= 0; i-- {
		value = map[string]any{path[i]: value}
	}
	return value
}
