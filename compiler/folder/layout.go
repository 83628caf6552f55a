package folder

import (
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
)

// Names of the folders and files of the layouts.
const (
	rulesDir   = "rules"
	configsDir = "rules-configs"
	tenantFile = "tenant"
)

// readFolder decides what a folder is and reads it so.
func (r *reader) readFolder() {
	var (
		top, problems = r.files.entries(r.root, false)
		rules         = path.Join(r.root, rulesDir)
		hasRules      = r.isDir(rules)
	)
	if problems.HasErrors() {
		r.settled = true
		r.say(problems...)
		return
	}
	format, pipeline := r.opts.Format, ""
	switch format {
	case Auto, YAML:
		var ok bool
		if pipeline, ok = r.pipelineFile(top, format == YAML); !ok {
			return
		}
		if format == Auto && pipeline != "" && hasRules {
			if metadata := r.firstJSON(rules); metadata != "" {
				r.settled = true
				r.say(diag.ForPath(diag.AmbiguousFolder, r.show(), "both %s and %s describe rules",
					r.files.show(pipeline), r.files.show(metadata)).
					WithNote("name the format (extension, deploy-cli or yaml), or the YAML file instead of the folder"))
				return
			}
		}
	}
	if format == Auto {
		format = r.detect(top, rules, hasRules, pipeline)
	}
	r.folder.Format = format
	switch format {
	case YAML:
		r.passOver(top, pipeline, "the pipeline is in "+r.files.show(pipeline))
		if pipeline == "" {
			r.settled = true
			r.say(diag.ForPath(diag.NoRules, r.show(), "there is no YAML file with rules here"))
			return
		}
		r.readPipelineFile(pipeline)
		if hasRules {
			r.unnamedScripts(rules, path.Base(pipeline))
		}
	case DeployCLI:
		if !hasRules {
			r.readExport(r.root)
			return
		}
		r.passOver(top, "", "it is not in the folder rules")
		r.readExport(rules)
		r.readConfigs(true)
	case Extension:
		r.passOver(top, "", "it is not in the folder rules")
		if !hasRules {
			r.settled = true
			r.say(diag.ForPath(diag.NoRules, r.show(), "there is no folder rules here"))
			return
		}
		paths, problems := r.files.entries(rules, true)
		r.settled = problems.HasErrors()
		r.say(problems...)
		r.readScripts(paths, true)
		r.readConfigs(false)
	case Plain:
		r.readScripts(top, false)
		r.readConfigs(false)
	default:
		r.settled = true
		r.say(diag.ForPath(diag.BadOption, r.show(), "the format %s needs a file, and this is a folder", format))
	}
}

// detect tells the layout of a folder, and puts the reason into the result.
func (r *reader) detect(top []string, rules string, hasRules bool, pipeline string) Format {
	if pipeline != "" {
		r.folder.Reason = r.files.show(pipeline) + " has a rules section"
		return YAML
	}
	if hasRules {
		paths, _ := r.files.entries(rules, false)
		for _, p := range paths {
			if isJSON(p) && hasText(r.object(p).members, "script") {
				r.folder.Reason = r.files.show(p) + " names a script"
				return DeployCLI
			}
		}
		r.folder.Reason = "there is a folder rules, and no .json file in it names a script"
		return Extension
	}
	for _, p := range top {
		if !isJSON(p) {
			continue
		}
		if o := r.object(p); hasText(o.members, "script") && hasText(o.members, "name") {
			r.folder.Reason = r.files.show(p) + " names a rule and its script"
			return DeployCLI
		}
	}
	r.folder.Reason = "there is no folder rules and no pipeline file"
	return Plain
}

func (r *reader) isDir(p string) bool {
	info, err := fs.Stat(r.files.fsys, p)
	return err == nil && info.IsDir()
}

// firstJSON is the first metadata file directly in a folder.
func (r *reader) firstJSON(dir string) string {
	paths, _ := r.files.entries(dir, false)
	for _, p := range paths {
		if isJSON(p) {
			return p
		}
	}
	return ""
}

// passOver notes the files of the root that the chosen layout does not read.
func (r *reader) passOver(top []string, except, reason string) {
	for _, p := range top {
		if p != except {
			r.files.note(p, RoleIgnored, reason)
		}
	}
}

// rulesSection finds a text that may have a rules section at all.
var rulesSection = regexp.MustCompile(`(?m)(^|[{,])\s*["']?rules["']?\s*:`)

// pipelineFile finds the YAML file of a folder: tenant.yaml when it has a section
// rules (or cannot be parsed, so that the reader says why), else the one
// file whose rules name scripts. With force, any single YAML file will do. It
// answers false when the choice is ambiguous.
func (r *reader) pipelineFile(top []string, force bool) (string, bool) {
	var tenants, files, others []string
	for _, p := range top {
		if !isYAML(p) {
			continue
		}
		l := r.files.read(p)
		isTenant := stem(p) == tenantFile
		others = append(others, p)
		if l.text == nil {
			if isTenant {
				tenants = append(tenants, p)
			}
			continue
		}
		if !rulesSection.MatchString(l.text.File.Text) {
			continue
		}
		root, y, problems := readYAML(l.text)
		switch {
		case isTenant && (problems.HasErrors() || y.field(root, "rules") != nil):
			tenants = append(tenants, p)
		case !isTenant && y.namesScripts(root):
			files = append(files, p)
		}
	}
	found := tenants
	if len(found) == 0 {
		found = files
	}
	if len(found) == 0 && force {
		found = others
	}
	switch len(found) {
	case 0:
		return "", true
	case 1:
		return found[0], true
	}
	names := make([]string, len(found))
	for i, p := range found {
		names[i] = r.files.show(p)
	}
	r.settled = true
	r.say(diag.ForPath(diag.AmbiguousFolder, r.show(), "several YAML files describe rules: %s", strings.Join(names, ", ")).
		WithNote("name the file instead of the folder"))
	return "", false
}

// hasText reports whether an object has a field with a text in it.
func hasText(members []member, key string) bool {
	for _, m := range members {
		if m.key == key {
			return m.value.kind == kindText
		}
	}
	return false
}

// readScripts reads the layout in which the scripts are the rules: a rule's name is
// its file's base name, and a .json file of that name may describe it.
//
// Below a folder rules (strict) sub-folders count, names must match the platform's
// pattern, and a .json file without a script is worth a warning.
func (r *reader) readScripts(paths []string, strict bool) {
	metadata := map[string][]string{}
	var scripts []string
	for _, p := range paths {
		switch {
		case isScript(p):
			scripts = append(scripts, p)
		case isJSON(p):
			metadata[stem(p)] = append(metadata[stem(p)], p)
		default:
			r.files.note(p, RoleIgnored, "neither a script nor metadata")
		}
	}
	used := map[string]bool{}
	for _, p := range scripts {
		r.settled = true
		rule := &Rule{Name: stem(p), Enabled: true, Stage: StageLoginSuccess, Path: p}
		rule.nameAt = place{path: r.files.show(p)}
		if strict {
			rule.checkName()
		}
		for i, m := range metadata[rule.Name] {
			used[m] = true
			r.files.note(m, RoleMetadata, "")
			if i > 0 {
				r.say(diag.ForPath(diag.DuplicateName, r.files.show(m), "the rule %q has two metadata files", rule.Name).
					WithNote("the other one is %s", r.files.show(metadata[rule.Name][0])))
				continue
			}
			rule.Metadata = m
			o := r.object(m)
			rule.problems = append(rule.problems, o.problems...)
			rule.describe(o.members, "enabled", "order", "stage")
		}
		r.script(rule)
	}
	for _, p := range paths {
		if !isJSON(p) || used[p] {
			continue
		}
		if !strict {
			r.files.note(p, RoleIgnored, "no script has its name")
			continue
		}
		r.files.note(p, RoleMetadata, "")
		d := diag.ForPath(diag.OrphanMetadata, r.files.show(p), "there is no script %s.js for this metadata", stem(p))
		if near := nearest(stem(p), names(r.folder.Rules)); near != "" {
			d = d.WithNote("did you mean %q?", near)
		}
		r.say(d)
		// What it says is not read, but a broken file is told now, not when the script comes.
		r.say(asWarnings(r.object(p).problems)...)
	}
}
