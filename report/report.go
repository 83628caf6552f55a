package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/lint"
)

// Verdict says whether a rule runs here.
type Verdict string

// The verdicts. A rule that needs a package and a setting has the first.
const (
	Runs         Verdict = "runs as it is"
	NeedsPackage Verdict = "needs a package"
	NeedsSetting Verdict = "needs a setting"
	WillNotRun   Verdict = "will not run"
)

// Verdicts are all of them, the best first.
func Verdicts() []Verdict { return []Verdict{Runs, NeedsPackage, NeedsSetting, WillNotRun} }

// kinds are those of needs, in the order in which they are met.
var kinds = []string{"package", "configuration", "keyword", "host", "management-api", "insecure-tls"}

// Need is something that a rule lacks.
type Need struct {
	Kind string `json:"kind"` // package, configuration, host, keyword, management-api, insecure-tls
	Name string `json:"name"`
	How  string `json:"how"` // what is to be done
}

// Reason says why a rule does not run.
type Reason struct {
	Code    string `json:"code"`
	Line    int    `json:"line,omitempty"`
	Message string `json:"message"`
}

// Module is what a rule requires.
type Module struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
	Kind    string `json:"kind"` // core, installed, missing, refused, absent, computed
	// Variable is the variable of old runtimes through which the rule has it.
	Variable string `json:"variable,omitempty"`
}

// Claim is a claim that a rule writes.
type Claim struct {
	Token string `json:"token"`
	Name  string `json:"name"`
}

// Setting is a key of the configuration that a rule reads: never its value.
type Setting struct {
	Key      string `json:"key"`
	There    bool   `json:"there"`
	Optional bool   `json:"optional,omitempty"` // the rule works without it
}

// Rule is what there is to say about one rule.
type Rule struct {
	Name    string   `json:"name"`
	File    string   `json:"file"`
	Order   *float64 `json:"order,omitempty"`
	Enabled bool     `json:"enabled"`
	Off     string   `json:"off,omitempty"` // why it does not run on the tenant: disabled, excluded, its stage

	Verdict Verdict  `json:"verdict"`
	Needs   []Need   `json:"needs"`
	Why     []Reason `json:"why"`
	Notes   []Reason `json:"notes"` // that runs, but otherwise than there

	Compiled string `json:"compiled"` // wholly, in part, not; "" for a rule that will not run
	Exit     string `json:"exit,omitempty"`
	ExitLine int    `json:"exit_line,omitempty"`
	ExitText string `json:"exit_text,omitempty"`

	Modules       []Module  `json:"modules"`
	Clients       []string  `json:"clients"`
	Connections   []string  `json:"connections"`
	Organizations []string  `json:"organizations"`
	Hosts         []string  `json:"hosts"`
	Redirects     []string  `json:"redirects"`
	Claims        []Claim   `json:"claims"`
	Reads         []string  `json:"profile_reads"`
	Whole         []string  `json:"profile_passed_on"`
	Context       []string  `json:"context_reads"`
	Writes        []string  `json:"writes"`
	Metadata      []string  `json:"metadata_writes"`
	Configuration []Setting `json:"configuration"`

	Mistakes int `json:"mistakes"` // errors and warnings of ferrule check
}

// Report is what there is to say about a tenant's rules.
type Report struct {
	Path   string          `json:"path"`
	Format string          `json:"format"`
	Totals map[Verdict]int `json:"totals"`
	Rules  []Rule          `json:"rules"` // in the order in which they run
	Needs  []Errand        `json:"needs"` // what has to be done for all of them
	// Fields is the map of the profile: which rules read each field.
	Fields []Index `json:"profile_fields"`
	// Settings says which rules use each key of the configuration.
	Settings []Index `json:"configuration_keys"`
	// Hosts says which rules call each host.
	Hosts []Index `json:"hosts"`
	// Clients and Connections say which rules name each.
	Clients     []Index `json:"clients"`
	Connections []Index `json:"connections"`
	// Claims says which rules write each claim.
	Claims []Index `json:"claims"`
	// Problems are those of the folder, which no rule has by itself.
	Problems []Reason `json:"problems"`
	// Unused are keys of the configuration that no rule reads.
	Unused []string `json:"unused_configuration_keys"`
}

// Index says which rules have something.
type Index struct {
	Name  string   `json:"name"`
	Rules []string `json:"rules"`
	Note  string   `json:"note,omitempty"`
}

// Errand is a need with the rules that have it.
type Errand struct {
	Need
	Rules []string `json:"rules"`
}

// Options say where a folder comes from.
type Options struct {
	Path    string // as the user calls it
	Prefix  string // in front of the rules' paths
	Modules compiler.ModuleOptions
	Domain  string // of the tenant
}

// Make looks at the rules of a folder. problems is what reading it found.
func Make(read *folder.Folder, problems diag.List, options Options) *Report {
	m := &maker{read: read, options: options, problems: problems}
	r := &Report{Path: options.Path, Format: read.Format.String(), Totals: map[Verdict]int{}, Rules: []Rule{}}
	for _, v := range Verdicts() {
		r.Totals[v] = 0
	}
	m.touch()
	m.explain()
	for _, rule := range read.Rules {
		one := m.rule(rule)
		r.Totals[one.Verdict]++
		r.Rules = append(r.Rules, one)
	}
	r.Problems = m.rest()
	r.fill(read)
	return r
}

// JSON is the report as JSON.
func (r *Report) JSON() ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(r); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// fill makes the lists by thing of those by rule.
func (r *Report) fill(read *folder.Folder) {
	gather := func(of func(*Rule) []string) []Index {
		list := []Index{}
		for i := range r.Rules {
			for _, name := range of(&r.Rules[i]) {
				at, there := slices.BinarySearchFunc(list, name, func(x Index, name string) int { return strings.Compare(x.Name, name) })
				if !there {
					list = slices.Insert(list, at, Index{Name: name})
				}
				if rules := list[at].Rules; len(rules) == 0 || rules[len(rules)-1] != r.Rules[i].Name {
					list[at].Rules = append(rules, r.Rules[i].Name)
				}
			}
		}
		return list
	}
	r.Needs = []Errand{}
	for i := range r.Rules {
		for _, need := range r.Rules[i].Needs {
			at := slices.IndexFunc(r.Needs, func(e Errand) bool { return e.Kind == need.Kind && e.Name == need.Name })
			if at < 0 {
				at = len(r.Needs)
				r.Needs = append(r.Needs, Errand{Need: need})
			}
			r.Needs[at].Rules = append(r.Needs[at].Rules, r.Rules[i].Name)
		}
	}
	slices.SortStableFunc(r.Needs, func(a, b Errand) int {
		return cmp.Or(cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), strings.Compare(a.Name, b.Name))
	})
	r.Fields = gather(func(x *Rule) []string { return append(slices.Clone(x.Reads), wholeWords(x.Whole)...) })
	r.Hosts = gather(func(x *Rule) []string { return x.Hosts })
	r.Clients = gather(func(x *Rule) []string { return x.Clients })
	r.Connections = gather(func(x *Rule) []string { return x.Connections })
	r.Claims = gather(func(x *Rule) []string {
		var names []string
		for _, c := range x.Claims {
			names = append(names, c.Name+" ("+c.Token+")")
		}
		return names
	})
	r.Settings = gather(func(x *Rule) []string {
		var names []string
		for _, s := range x.Configuration {
			names = append(names, s.Key)
		}
		return names
	})
	r.Unused = []string{}
	any := false
	for i, s := range r.Settings {
		if s.Name == Unknown {
			any = true
			r.Settings[i].Note = "the key is computed"
		} else if _, there := read.Configuration[s.Name]; !there {
			r.Settings[i].Note = "not in the export"
		}
	}
	for key := range read.Configuration {
		if !any && !slices.ContainsFunc(r.Settings, func(s Index) bool { return s.Name == key }) {
			r.Unused = append(r.Unused, key)
		}
	}
	slices.Sort(r.Unused)
}

// Unknown stands for a name that is computed.
const Unknown = "{…}"

// wholeWords say of objects that they are passed on as they are.
func wholeWords(paths []string) []string {
	var words []string
	for _, p := range paths {
		words = append(words, p+" (passed on whole)")
	}
	return words
}

// maker is the work on one report.
type maker struct {
	read      *folder.Folder
	options   Options
	problems  diag.List
	touches   map[*folder.Rule]*lint.Touches
	broken    map[*folder.Rule]string // why there are none
	explained map[*folder.Rule]compiler.RuleExplanation
	compiled  map[*folder.Rule]diag.List // what the compiler says of each
	used      map[int]bool               // problems that belong to a rule
}

// running is a rule as if it ran.
func running(rule *folder.Rule) *folder.Rule {
	one := *rule
	one.Enabled, one.Excluded, one.Stage = true, false, folder.StageLoginSuccess
	return &one
}

// compile compiles rules of which each is the stand-in of one of the folder.
func (m *maker) compile(rules []*folder.Rule) ([]compiler.RuleExplanation, diag.List) {
	packages := m.options.Modules
	packages.AllowMissing = true
	p, list := compiler.Compile(rules, compiler.Options{Configuration: m.configuration(), Domain: m.options.Domain, Modules: packages})
	if p == nil {
		return nil, list
	}
	return compiler.Explain(p), list
}

// touch finds what the text of each rule touches.
func (m *maker) touch() {
	m.touches = map[*folder.Rule]*lint.Touches{}
	m.broken = map[*folder.Rule]string{}
	for _, rule := range m.read.Rules {
		m.touchOne(rule)
	}
}

// touchOne keeps a fault of the search's own from ending the report.
func (m *maker) touchOne(rule *folder.Rule) {
	m.touches[rule] = &lint.Touches{}
	defer func() {
		if broken := recover(); broken != nil {
			m.broken[rule] = fmt.Sprint(broken)
		}
	}()
	if rule.File == nil {
		return
	}
	if found := lint.Touch(rule.File); found != nil {
		m.touches[rule] = found
	}
}

// configuration is that of the folder with a stand-in for each key that has to be added: a
// rule is to be judged as it will be, and not as one that gives up for want of a key.
func (m *maker) configuration() map[string]string {
	all := maps.Clone(m.read.Configuration)
	for _, touches := range m.touches {
		for _, s := range touches.Settings {
			if _, there := all[s.Key]; !there && !s.Optional && s.Key != Unknown {
				all[s.Key] = "https://value-of-the-key.example"
			}
		}
	}
	return all
}

// explain finds how much of each rule is compiled: those that run together, as one may change
// what the next can rely on, the others and those with faults each for itself.
func (m *maker) explain() {
	m.explained, m.compiled = map[*folder.Rule]compiler.RuleExplanation{}, map[*folder.Rule]diag.List{}
	var together, alone []*folder.Rule
	for _, rule := range m.read.Rules {
		switch {
		case rule.File == nil:
		case rule.Runs():
			together = append(together, rule)
		default:
			alone = append(alone, rule)
		}
	}
	if explained, list := m.compile(together); len(explained) == len(together) {
		for i, rule := range together {
			m.explained[rule] = explained[i]
			for _, d := range list {
				if d.Name() == rule.Original.Name {
					m.compiled[rule] = append(m.compiled[rule], d)
				}
			}
		}
	} else {
		alone = append(alone, together...)
	}
	for _, rule := range alone {
		explained, list := m.compile([]*folder.Rule{running(rule)})
		m.compiled[rule] = list
		if len(explained) == 1 {
			m.explained[rule] = explained[0]
		}
	}
}

// rule looks at one rule.
func (m *maker) rule(rule *folder.Rule) Rule {
	r := Rule{
		Name: rule.Name, File: path.Join(m.options.Prefix, rule.Path), Enabled: rule.Enabled && !rule.Excluded,
		Needs: []Need{}, Why: []Reason{}, Notes: []Reason{}, Modules: []Module{}, Claims: []Claim{}, Configuration: []Setting{},
	}
	if rule.HasOrder {
		r.Order = &rule.Order
	}
	switch {
	case rule.Excluded:
		r.Off = "excluded"
	case !rule.Enabled:
		r.Off = "disabled"
	case rule.Stage != folder.StageLoginSuccess:
		r.Off = "stage " + rule.Stage
	}
	m.folderProblems(rule, &r)
	m.lowering(rule, &r)
	untilFilled(&r)
	m.modules(rule, &r)
	touches := *m.touches[rule]
	if broken, ok := m.broken[rule]; ok {
		r.Notes = append(r.Notes, Reason{Message: "what the rule touches could not be found, a fault of Ferrule's: " + broken})
	}
	if rule.File != nil {
		for _, d := range lint.Rule(rule.File) {
			if d.Severity == diag.Error || d.Severity == diag.Warning {
				r.Mistakes++
			}
		}
	}
	list := func(texts []string) []string { return append([]string{}, texts...) }
	r.Clients, r.Connections, r.Organizations = list(touches.Clients), list(touches.Connections), list(touches.Organizations)
	r.Hosts, r.Redirects, r.Reads, r.Whole = list(touches.Hosts), list(touches.Redirects), list(touches.Reads), list(touches.Whole)
	r.Context, r.Writes, r.Metadata = list(touches.Context), list(touches.Writes), list(touches.Metadata)
	for _, c := range touches.Claims {
		r.Claims = append(r.Claims, Claim(c))
	}
	m.settings(touches, &r)
	r.Verdict = verdict(&r)
	return r
}

// verdict sums up what was found.
func verdict(r *Rule) Verdict {
	switch {
	case len(r.Why) > 0:
		return WillNotRun
	case slices.ContainsFunc(r.Needs, func(n Need) bool { return n.Kind == "package" }):
		return NeedsPackage
	case len(r.Needs) > 0:
		return NeedsSetting
	}
	return Runs
}
