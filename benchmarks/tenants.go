package benchmarks

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing/fstest"
	"text/template"

	"github.com/ferrule-rules/ferrule"
)

// tenantRules is how many rules a tenant has.
const tenantRules = 10

// templates are rules as people write them, with places for what differs from tenant to
// tenant.
//
//go:embed tenants/*.js
var templates embed.FS

// TenantMemory is what loaded pipelines keep of the heap.
type TenantMemory struct {
	Tenants int
	Rules   int
	// MB is the live heap of all pipelines, after two garbage collections: 1e6 bytes.
	MB float64
	// PerRule is it in bytes for each rule, everything included; Text is the JavaScript in it.
	PerRule float64
	Text    float64
}

// Tenants is the live heap, in MB, of n tenants with ten compiled rules each, loaded from
// their JavaScript: no two rules are alike, and all pipelines can run and can fall back to
// goja.
//
// # Errors
//
// A tenant that does not load, or whose pipeline does not answer as it should.
func Tenants(n int) (mb float64, err error) {
	m, err := MeasureTenants(n, false)
	return m.MB, err
}

// MeasureTenants is [Tenants] with details; with built the pipelines are read from files of
// ferrule.Build.
//
// # Errors
//
// Those of Tenants.
func MeasureTenants(n int, built bool) (TenantMemory, error) {
	pattern, err := template.New("").Funcs((*facts)(nil).functions()).ParseFS(templates, "tenants/*.js")
	if err != nil {
		return TenantMemory{}, err
	}
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	m := TenantMemory{Tenants: n, Rules: n * tenantRules}
	pipelines := make([]*ferrule.Pipeline, n)
	sizes, errs := make([]int, n), make([]error, n)
	if _, _, err := loadTenant(pattern, n, built); err != nil { // what the process has once is not the tenants'
		return TenantMemory{}, err
	}
	before := liveBytes()
	var group sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := range next {
				pipelines[i], sizes[i], errs[i] = loadTenant(pattern, i, built)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	group.Wait()
	bytes := float64(liveBytes() - before)
	if err := errors.Join(errs...); err != nil {
		return TenantMemory{}, err
	}
	text := 0
	for _, size := range sizes {
		text += size
	}
	m.MB, m.PerRule, m.Text = bytes/1e6, bytes/float64(m.Rules), float64(text)/float64(m.Rules)
	for i := 0; i < n; i += max(1, n/16) {
		if err := answers(pipelines[i], i); err != nil {
			return TenantMemory{}, fmt.Errorf("tenant %d: %w", i, err)
		}
	}
	runtime.KeepAlive(pipelines)
	return m, nil
}

func liveBytes() int64 {
	runtime.GC()
	runtime.GC() // the first leaves what pools held
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// loadTenant makes the pipeline of one tenant, and says how much JavaScript it has.
func loadTenant(pattern *template.Template, i int, built bool) (*ferrule.Pipeline, int, error) {
	files, options, size, err := tenant(pattern, i)
	if err != nil {
		return nil, 0, err
	}
	if !built {
		p, err := ferrule.Load(files, options)
		return p, size, err
	}
	var file bytes.Buffer
	if _, err := ferrule.Build(&file, files, ".", options, ferrule.KeepUsed); err != nil {
		return nil, 0, err
	}
	p, err := ferrule.Read(&file, options)
	return p, size, err
}

// tenant is the folder of the i-th tenant.
func tenant(pattern *template.Template, i int) (files fs.FS, options *ferrule.Options, size int, err error) {
	rules, err := fs.Glob(templates, "tenants/*.js")
	if err != nil {
		return nil, nil, 0, err
	}
	folder := fstest.MapFS{}
	for j := range tenantRules {
		name := strings.TrimPrefix(rules[(i+j)%len(rules)], "tenants/")
		f := factsOf(i, j)
		own, err := pattern.Clone()
		if err != nil {
			return nil, nil, 0, err
		}
		var text strings.Builder
		if err := own.Funcs(f.functions()).ExecuteTemplate(&text, name, nil); err != nil {
			return nil, nil, 0, err
		}
		size += text.Len()
		folder[fmt.Sprintf("rules/%02d-%s", j+1, name)] = &fstest.MapFile{Data: []byte(text.String())}
	}
	f := factsOf(i, tenantRules)
	return folder, &ferrule.Options{
		Modules: ferrule.ModuleOptions{AllowMissing: true},
		Tenant:  f.company, Domain: f.company + ".auth.example",
		Configuration: map[string]string{"AUDIENCE": "https://api." + f.company + ".example/", "NAMESPACE": "https://" + f.company + ".example/"},
	}, size, nil
}

// facts are what the rules of one tenant name.
type facts struct {
	random  *rand.Rand
	company string
}

func factsOf(tenant, rule int) *facts {
	random := rand.New(rand.NewPCG(uint64(tenant), uint64(rule)))
	name := rand.New(rand.NewPCG(uint64(tenant), 1<<32))
	return &facts{random, fmt.Sprintf("%s-%05d", words[name.IntN(len(words))], tenant)}
}

// The parts of what facts make up.
var (
	words = strings.Fields("acme amber atlas basil birch cobalt coral cedar delta ember falcon fjord garnet harbor indigo " +
		"jasper juniper kestrel lagoon larch maple meadow nickel onyx opal osprey pearl pine quartz raven ridge saffron slate sparrow sterling " +
		"summit tamarind thistle timber topaz umber velvet walnut willow zephyr")
	people    = strings.Fields("ann bob carol dave eve frank grace heidi ivan judy karl laura mallory nina oscar peggy quinn rupert sybil trent uma victor wendy")
	countries = strings.Fields("AF AQ BV BY CU ER GS HM IR IQ KP LY ML MM NI RU SD SO SS SY VE YE ZW")
)

func (f *facts) word() string { return words[f.random.IntN(len(words))] }

// functions are what the templates call. A rule names one application and one attribute.
func (f *facts) functions() template.FuncMap {
	app := sync.OnceValue(func() string { return strings.ToUpper(f.company[:1]) + f.company[1:] + " " + f.word() })
	name := sync.OnceValue(func() string { return fmt.Sprintf("%s_%d", f.word(), f.random.IntN(100)) })
	return template.FuncMap{
		"company": func() string { return f.company },
		"domain":  func() string { return f.company + ".example" },
		"app":     app,
		"id":      func() string { return fmt.Sprintf("%016x%016x", f.random.Uint64(), f.random.Uint64()) },
		"word":    func() string { return fmt.Sprintf("%s%d", f.word(), f.random.IntN(1000)) },
		"name":    name,
		"role":    func() string { return f.word() + "-editor" },
		"group":   func() string { return fmt.Sprintf("%s %d", f.word(), f.random.IntN(1000)) },
		"country": func() string { return countries[f.random.IntN(len(countries))] },
		"number":  func() int { return f.random.IntN(1_000_000) },
		"small":   func() int { return f.random.IntN(256) },
		"hour":    func() int { return 6 + f.random.IntN(4) },
		"digit":   func() int { return f.random.IntN(4) },
		"emails": func(n int) []string {
			list := make([]string, n)
			for i := range list {
				list[i] = fmt.Sprintf("%s.%s%d@%s.example", people[f.random.IntN(len(people))], f.word(), f.random.IntN(100), f.company)
			}
			return list
		},
	}
}

// answers holds that a pipeline runs compiled rules, and that goja takes over at an exit.
func answers(p *ferrule.Pipeline, tenant int) error {
	for _, login := range []struct {
		exits bool
		user  map[string]any
	}{
		{false, map[string]any{"email": "ann@" + factsOf(tenant, 0).company + ".example", "email_verified": true}},
		{true, map[string]any{"email": "ann@" + factsOf(tenant, 0).company + ".example", "email_verified": true, "groups": 1.0, "user_metadata": true, "app_metadata": true, "locale": 1.0}},
	} {
		out, err := p.Run(context.Background(), ferrule.Input{User: login.user, Context: map[string]any{
			"clientName": "none", "clientID": "none", "protocol": "oidc-basic-profile", "stats": map[string]any{"loginsCount": 1.0},
			"request": map[string]any{"query": map[string]any{}, "ip": "192.0.2.1"}, "idToken": map[string]any{}, "accessToken": map[string]any{},
		}})
		if err != nil {
			return err
		}
		exits := slices.ContainsFunc(out.Rules, func(r ferrule.RuleReport) bool { return r.Exit != nil || r.Engine == "js" })
		if exits != login.exits || !exits && out.Decision != ferrule.Allowed || len(out.Rules) == 0 {
			return fmt.Errorf("a login was %v, by an exit: %v (want %v); %v", out.Decision, exits, login.exits, out.Err)
		}
	}
	return nil
}
