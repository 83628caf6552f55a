package folder

import (
	"io/fs"
	"path"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
)

// readExport reads the deploy CLI's directory: each .json file directly in dir is
// a rule and names its script, relative to dir.
func (r *reader) readExport(dir string) {
	paths, problems := r.files.entries(dir, true)
	r.settled = problems.HasErrors()
	r.say(problems...)
	for _, p := range paths {
		switch {
		case !isJSON(p) || path.Dir(p) != dir:
			continue
		case dir == r.root && !hasText(r.object(p).members, "script") && r.object(p).ok:
			continue // a folder that is not called rules may hold other JSON
		}
		r.settled = true
		r.files.note(p, RoleMetadata, "")
		o := r.object(p)
		if !o.ok {
			r.say(o.problems...)
			continue
		}
		rule := &Rule{Enabled: true, Stage: StageLoginSuccess, Metadata: p, nameAt: place{text: o.text}}
		rule.problems = append(rule.problems, o.problems...)
		r.named(rule, o.members, dir)
	}
	for _, p := range paths {
		if _, met := r.files.roles[p]; met {
			continue
		}
		switch {
		case isScript(p):
			r.ignoredScript(p, "no .json file")
		case isJSON(p) && path.Dir(p) != dir:
			r.files.note(p, RoleIgnored, "it is in a sub-folder")
			r.say(diag.ForPath(diag.OrphanMetadata, r.files.show(p), "metadata in a sub-folder is not read in this layout").
				WithNote("move it to %s", r.files.show(dir)))
		default:
			r.files.note(p, RoleIgnored, "neither a script nor metadata")
		}
	}
}

func (r *reader) ignoredScript(p, by string) {
	r.files.note(p, RoleIgnored, by+" names it")
	r.say(diag.ForPath(diag.IgnoredScript, r.files.show(p), "%s names this script, so it is no rule", by))
}

// unnamedScripts warns about scripts in the folder rules that no rule uses.
func (r *reader) unnamedScripts(dir, pipeline string) {
	paths, problems := r.files.entries(dir, true)
	r.say(problems...)
	for _, p := range paths {
		if _, met := r.files.roles[p]; !met && isScript(p) {
			r.ignoredScript(p, "nothing in "+pipeline)
		}
	}
}

// readPipelineFile reads the deploy CLI's YAML: its sections rules and
// rulesConfigs. Scripts are named relative to the file.
func (r *reader) readPipelineFile(p string) {
	r.files.note(p, RolePipeline, "")
	l := r.files.read(p)
	r.say(l.problems...)
	if l.text == nil {
		r.settled = true
		return
	}
	root, y, problems := readYAML(l.text)
	r.say(problems...)
	if root == nil {
		if problems.HasErrors() {
			r.settled = true
			r.say(unresolved(l.text)...)
		}
		return
	}
	members, problems := y.members(root)
	r.say(problems...)
	for i, m := range members {
		if m.key != "rules" && m.key != "rulesConfigs" {
			continue
		}
		r.unresolvedIn(l.text, m, members[i+1:])
		if m.value.kind == kindNull {
			continue
		}
		if m.value.kind != kindList {
			r.say(m.value.at.diagnostic(diag.BadField, "%s is %s; it must be a list", m.key, m.value.describe()))
			r.settled = true
			continue
		}
		for _, item := range m.value.node.Content {
			v := y.value(item)
			if v.kind != kindObject {
				r.settled = true
				r.say(v.at.diagnostic(diag.BadField, "an entry of %s is %s; it must be an object", m.key, v.describe()))
				continue
			}
			fields, problems := y.members(v.node)
			if m.key == "rulesConfigs" {
				r.say(problems...)
				r.config(fields, v.at, "")
				continue
			}
			r.settled = true
			rule := &Rule{Enabled: true, Stage: StageLoginSuccess, Metadata: p, nameAt: v.at, problems: problems}
			r.named(rule, fields, path.Dir(p))
		}
	}
}

// unresolvedIn warns about the keywords that are left in one section of a
// pipeline file; other sections are not ours.
func (r *reader) unresolvedIn(t *Text, section member, after []member) {
	start, _ := section.keyAt.offsets()
	end := len(t.File.Text)
	if len(after) > 0 {
		if next, _ := after[0].keyAt.offsets(); next > start {
			end = next
		}
	}
	from, to := t.offset(start, false), t.offset(end, true)
	for _, d := range unresolved(t) {
		if at := d.Span.Start.Offset; at >= from && at < to {
			r.say(d)
		}
	}
}

// named reads a rule whose metadata names it and its script, relative to dir.
func (r *reader) named(rule *Rule, members []member, dir string) {
	rule.describe(members, "id", "name", "enabled", "order", "stage", "script")
	whole := rule.nameAt
	var name, script *member
	for i, m := range members {
		switch m.key {
		case "name":
			name = &members[i]
		case "script":
			script = &members[i]
		}
	}
	switch {
	case name == nil:
		rule.say(whole.diagnostic(diag.BadField, "the rule has no name"))
	case name.value.kind != kindText:
		rule.say(name.value.wants("name", "a text"))
	default:
		rule.Name, rule.nameAt = name.value.text, name.value.at
		rule.checkName()
	}
	switch {
	case script == nil:
		rule.say(whole.diagnostic(diag.MissingScript, "the rule%s names no script", rule.called()))
	case script.value.kind != kindText:
		rule.say(script.value.wants("script", "the path of a file"))
	default:
		r.scriptOf(rule, script.value, dir)
		return
	}
	r.folder.Rules = append(r.folder.Rules, rule)
}

// scriptOf reads the script that a rule's metadata names.
func (r *reader) scriptOf(rule *Rule, script value, dir string) {
	target := path.Join(dir, script.text)
	windows := len(script.text) > 1 && script.text[1] == ':'
	switch {
	case strings.TrimSpace(script.text) == "":
		rule.say(script.at.diagnostic(diag.MissingScript, "the rule%s names no script", rule.called()))
	case strings.ContainsAny(script.text, "\n{;"):
		rule.say(script.at.diagnostic(diag.MissingScript, "script is code; it must be the path of a file").
			WithNote("write the code to a file beside this one and name that"))
	case path.IsAbs(script.text) || windows || strings.HasPrefix(script.text, `\\`):
		rule.say(script.at.diagnostic(diag.ScriptOutside, "the script %s is an absolute path; it must be relative to %s",
			quoteShort(script.text), r.files.show(dir)))
	case !r.files.within(target):
		rule.say(script.at.diagnostic(diag.ScriptOutside, "the script %s lies outside the folder", quoteShort(script.text)))
	default:
		if _, err := fs.Stat(r.files.fsys, target); err != nil {
			d := script.at.diagnostic(diag.MissingScript, "cannot read the script %s: %s", quoteShort(script.text), cause(err))
			if strings.Contains(script.text, `\`) {
				d = d.WithNote("paths use / here")
			} else if near := r.nearFile(target); near != "" {
				d = d.WithNote("did you mean %q?", near)
			}
			rule.say(d)
			break
		}
		rule.Path = target
		r.script(rule)
		return
	}
	r.folder.Rules = append(r.folder.Rules, rule)
}

// nearFile is a script beside a missing one whose name is nearly the same.
func (r *reader) nearFile(missing string) string {
	entries, _ := fs.ReadDir(r.files.fsys, path.Dir(missing))
	var names []string
	for _, e := range entries {
		if isScript(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return nearest(path.Base(missing), names)
}
