package report

import (
	"fmt"
	"net/netip"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/compiler/modules"
	"github.com/ferrule-rules/ferrule/lint"
)

// reason is a diagnostic in a report.
func reason(d diag.Diagnostic) Reason {
	return Reason{Code: string(d.Code), Line: d.Span.Start.Line, Message: d.Message}
}

// folderProblems takes from the problems of the folder those of a rule's own files.
func (m *maker) folderProblems(rule *folder.Rule, r *Rule) {
	for i, d := range m.problems {
		name := d.Name()
		if m.shared(name) {
			continue // it may be about another one
		}
		mine := rule.Original != nil && name == rule.Original.Name || name == r.File ||
			rule.Metadata != "" && name == path.Join(m.options.Prefix, rule.Metadata)
		if !mine {
			continue
		}
		if m.used == nil {
			m.used = map[int]bool{}
		}
		m.used[i] = true
		switch {
		case d.Code == diag.UnresolvedKeyword:
			r.need("keyword", keywordIn(d.Message), "give the marker a value with --mappings or in the environment")
		case d.Severity == diag.Error || rule.File == nil:
			r.because(reason(d))
		case d.Severity == diag.Warning && !quiet(d.Code):
			r.Notes = append(r.Notes, reason(d))
		}
	}
	if rule.File == nil && len(r.Why) == 0 && len(r.Needs) == 0 {
		r.because(Reason{Code: string(diag.FileUnreadable), Message: "the script cannot be read"})
	}
}

// shared reports whether a file is that of several rules: the YAML of a tenant.
func (m *maker) shared(name string) bool {
	n := 0
	for _, rule := range m.read.Rules {
		if rule.Original != nil && rule.Original.Name == name || rule.Metadata != "" && name == path.Join(m.options.Prefix, rule.Metadata) {
			n++
		}
	}
	return n > 1
}

var marker = regexp.MustCompile(`@@[^@\s]+@@|##[^#\s]+##`)

// keywordIn is the marker that a message names.
func keywordIn(message string) string {
	if found := marker.FindString(message); found != "" {
		return found
	}
	return message
}

// untilFilled makes notes of the faults of a text whose keywords have no values yet: a marker is no
// JavaScript.
func untilFilled(r *Rule) {
	if !slices.ContainsFunc(r.Needs, func(n Need) bool { return n.Kind == "keyword" }) {
		return
	}
	for _, why := range r.Why {
		why.Message += "; that may be the keyword, which has no value"
		r.Notes = append(r.Notes, why)
	}
	r.Why = []Reason{}
}

// quiet are warnings that say nothing about how a rule runs.
func quiet(code diag.Code) bool {
	switch code {
	case diag.StageNotRun, diag.TrailingSemicolon, diag.BadHeader, diag.ImplicitModule, diag.MissingModule, diag.OrphanMetadata, diag.IgnoredScript,
		diag.ComputedModule, diag.RefusedModule, diag.AbsentModule:
		return true
	}
	return false
}

// rest are the problems of the folder that no rule has.
func (m *maker) rest() []Reason {
	list := []Reason{}
	for i, d := range m.problems {
		if d.Severity == diag.Note || m.used[i] {
			continue
		}
		one := reason(d)
		if d.Code == diag.BadConfigValue {
			one.Message = "the value of a key of the configuration is no text" // and is not shown
		}
		place := d.Name()
		if one.Line > 0 {
			place += fmt.Sprintf(":%d", one.Line)
		}
		one.Message = place + ": " + one.Message
		list = append(list, one)
	}
	return list
}

func (r *Rule) need(kind, name, how string) {
	n := Need{kind, name, how}
	if !slices.ContainsFunc(r.Needs, func(there Need) bool { return there.Kind == kind && there.Name == name }) {
		r.Needs = append(r.Needs, n)
	}
}

func (r *Rule) because(why Reason) {
	if !slices.Contains(r.Why, why) {
		r.Why = append(r.Why, why)
	}
}

// lowering says how much of a rule is compiled, and what the compiler finds wrong.
func (m *maker) lowering(rule *folder.Rule, r *Rule) {
	for _, d := range m.compiled[rule] {
		if m.explained[rule].Rule == "" && d.Severity == diag.Error {
			r.because(reason(d))
		} else if d.Severity == diag.Warning && !quiet(d.Code) {
			r.Notes = append(r.Notes, reason(d))
		}
	}
	e, ok := m.explained[rule]
	if !ok {
		return
	}
	r.Compiled = string(e.Compiled)
	if len(e.Exits) > 0 {
		first := e.Exits[0]
		r.Exit, r.ExitLine, r.ExitText = string(first.Code), first.Span.Start.Line, first.Message
	}
}

// modules says what a rule requires, and what of it is not here.
func (m *maker) modules(rule *folder.Rule, r *Rule) {
	if rule.File == nil {
		return
	}
	script, _ := parse.Rule(rule.File, parse.Options{})
	if script == nil {
		return
	}
	resolver := modules.Resolver{}
	if dir := m.options.Modules.Dir; dir != "" {
		resolver.Dir = filepath.Join(dir, filepath.FromSlash(path.Dir(rule.Path)))
	}
	for _, asked := range modules.Find(script.Tree) {
		if asked.Variable != "" && m.options.Modules.NoImplicit {
			continue
		}
		one := Module{Name: asked.Specifier.Name, Version: asked.Specifier.Version, Kind: "computed", Variable: asked.Variable}
		line := rule.Position(asked.At.Start.Offset).Line
		if !asked.Computed {
			found := resolver.Find(asked)
			one.Kind = string(found.Kind)
			if found.Version != "" {
				one.Version = found.Version
			}
			if found.Kind == modules.Core && !compiler.HasCoreModule(one.Name) {
				one.Kind = "absent"
			}
		} else {
			one.Name = Unknown
		}
		if !slices.Contains(r.Modules, one) {
			r.Modules = append(r.Modules, one)
		}
		switch one.Kind {
		case "refused":
			m.lacks(r, asked, Reason{string(diag.RefusedModule), line, fmt.Sprintf("it requires the file %q, and rules have no files", asked.Specifier.Text)})
		case "absent":
			m.lacks(r, asked, Reason{string(diag.AbsentModule), line, fmt.Sprintf("Node's module %q is not provided here", one.Name)})
		case "computed":
			r.Notes = append(r.Notes, Reason{string(diag.ComputedModule), line, "the name of a module is computed: only Node's own modules and packages that are required by name are there"})
		case string(modules.Missing):
			name := one.Name
			version := one.Version
			if version == "" {
				version = modules.DefaultVersion(name)
			}
			if version != "" {
				name += "@" + version
			}
			if asked.Guarded {
				r.Notes = append(r.Notes, Reason{string(diag.MissingModule), line, name + " is not installed; the rule is ready for that"})
				continue
			}
			how := "ferrule modules --write, then npm install"
			if asked.Variable != "" {
				how += "; the rule has it as the variable " + asked.Variable + " of old runtimes"
			}
			r.need("package", name, how)
		}
	}
}

// lacks notes a module that cannot be had.
func (m *maker) lacks(r *Rule, asked modules.Use, why Reason) {
	if asked.Guarded {
		why.Message += "; the rule is ready for that"
		r.Notes = append(r.Notes, why)
		return
	}
	r.because(why)
}

// settings says what a rule wants of the configuration and of the sandbox.
func (m *maker) settings(touches lint.Touches, r *Rule) {
	for _, s := range touches.Settings {
		_, there := m.read.Configuration[s.Key]
		r.Configuration = append(r.Configuration, Setting{Key: s.Key, There: there, Optional: s.Optional})
		if !there && !s.Optional && s.Key != Unknown {
			r.need("configuration", s.Key, "add the key to the configuration: rules-configs, --configuration, Options.Configuration")
		}
	}
	for _, host := range touches.Hosts {
		if local(host) {
			r.need("host", host, "grant the local address with --allow-net "+host)
		}
	}
	if touches.AnyTLS {
		r.need("insecure-tls", "certificates are not verified", "take the option out of the rule, or allow it with --allow-insecure-tls")
	}
	if touches.Tenant {
		r.need("management-api", "auth0.baseUrl, auth0.accessToken", "say where the Management API is with --management-url and its token")
	}
}

// local reports whether rules may call a host only when it is granted: a local name, or an
// address that is not public.
func local(host string) bool {
	name := host
	if i := strings.LastIndexByte(name, ':'); i > 0 && !strings.HasSuffix(name, "]") && strings.Count(name, ":") == 1 {
		name = name[:i]
	}
	name = strings.Trim(name, "[]")
	if strings.ContainsAny(name, "{}") {
		return false // nobody knows
	}
	if address, err := netip.ParseAddr(name); err == nil {
		return address.IsLoopback() || address.IsPrivate() || address.IsLinkLocalUnicast() || address.IsUnspecified()
	}
	for _, end := range []string{".local", ".internal", ".lan", ".localhost", ".intranet", ".corp", ".home.arpa"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return name == "localhost"
}
