package load

import (
	"io"
	"slices"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/saved"
)

// Loaded is the file of a pipeline that was read. It is immutable and safe for
// concurrent use.
type Loaded struct {
	file *saved.Pipeline
}

// RuleInfo is one rule of a file.
type RuleInfo struct {
	Name   string
	File   string  // where its script stood
	Order  float64 // its place, as the folder gave it
	Source string  // SHA-256 of its file, in hex
	Engine string  // expr, cel or js
	// Exits are the places where JavaScript takes over; none for js.
	Exits []Exit
	// Settings are the keys of the configuration whose values stand in its program.
	Settings []string
}

// Exit is a place of a compiled rule where JavaScript takes over.
type Exit = saved.Exit

// FileError is what is wrong with a file; its Reason says whether it is no pipeline, of
// another version, truncated or damaged.
type FileError = saved.FileError

// Read reads the file of a pipeline.
//
// # Errors
//
//   - *[FileError]: the file is none, or cannot be used.
//   - The error of r.
func Read(r io.Reader) (*Loaded, error) {
	file, err := saved.Read(r)
	if err != nil {
		return nil, err
	}
	l := &Loaded{file: file}
	if !engines[file.Engine] {
		return nil, damaged("there is no engine %q", file.Engine)
	}
	if file.Modules != nil && len(file.Modules.Keys) > len(file.Rules) {
		return nil, damaged("there are modules of %d rules, and %d rules", len(file.Modules.Keys), len(file.Rules))
	}
	for _, rule := range file.Rules {
		switch {
		case rule.Engine == js && rule.Program != nil, rule.Engine != js && rule.Program == nil, !engines[rule.Engine], rule.Engine == auto:
			return nil, damaged("rule %q has the engine %q", rule.Name, rule.Engine)
		case rule.Program == nil && rule.Script == nil:
			return nil, damaged("rule %q has neither a program nor a script", rule.Name)
		}
		if rule.Script == nil {
			continue
		}
		if _, ok := saved.ReadMap(rule.Script.Map); !ok {
			return nil, damaged("the map of rule %q is none", rule.Name)
		}
	}
	return l, nil
}

// Rules lists the rules in the order in which they run. The slice is new at each call.
func (l *Loaded) Rules() []RuleInfo {
	list := make([]RuleInfo, len(l.file.Rules))
	for i, r := range l.file.Rules {
		list[i] = RuleInfo{
			Name: r.Name, File: r.File, Order: r.Order, Source: r.Source, Engine: r.Engine,
			Exits: slices.Clone(r.Exits), Settings: slices.Clone(r.Folded.Keys),
		}
	}
	return list
}

// Exprs are the texts of the i-th rule with their places; none where JavaScript runs it.
func (l *Loaded) Exprs(i int) []program.Expr {
	if l.file.Rules[i].Program == nil {
		return nil
	}
	return slices.Clone(l.file.Rules[i].Program.Exprs)
}

// Packages lists the packages that are in the file, sorted by name and version.
func (l *Loaded) Packages() []program.Package {
	if l.file.Modules == nil {
		return nil
	}
	return slices.Clone(l.file.Modules.Packages)
}

// Engine says what the file was built for: auto, expr, cel or js.
func (l *Loaded) Engine() string { return l.file.Engine }

// Tenant is whose rules the file holds; "" when the build did not say.
func (l *Loaded) Tenant() string { return l.file.Tenant }
