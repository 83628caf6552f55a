package folder

import (
	"fmt"
	"io/fs"
	"path"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// Format is a way to keep rules in files; the package comment describes each.
type Format uint8

// The formats.
const (
	Auto Format = iota // decided by what is there
	File
	Plain
	Extension
	DeployCLI
	YAML
)

// DefaultMaxFileBytes is how large a file may be unless Options say otherwise.
const DefaultMaxFileBytes = 10_000_000

// Options say how to read. The zero value is the documented default.
type Options struct {
	Format Format

	// Prefix is put before every file name in messages: the folder as the user
	// spelled it.
	Prefix string

	// Mappings are the values of keyword markers, by keyword: JSON values.
	Mappings map[string]any

	// Env, when not nil, is asked first for a keyword's value; os.LookupEnv is
	// what the platform's tools do. Nil means none: the reader never looks at the
	// process's environment by itself.
	Env func(key string) (string, bool)

	// Exclude names rules that do not run but count when orders are compared. A
	// name that no rule has is allowed.
	Exclude []string

	// Enable, Disable and Only name rules and override what the files say. With
	// Only, every other rule is disabled.
	Enable, Disable, Only []string

	// MaxFileBytes bounds each file before and after keyword replacement; 0 means
	// DefaultMaxFileBytes.
	MaxFileBytes int
}

// Folder is what was read. It is not changed by this package afterwards.
type Folder struct {
	Format Format
	Reason string // what Auto decided by; "" when the format was given

	// Rules are sorted in the order in which they run: by Order, then by name
	// (bytes), in a plain folder by file name. Disabled and excluded rules are
	// among them.
	Rules []*Rule

	// Configuration are the values of rules-configs, by key; never nil.
	Configuration map[string]string

	// Files are all files and folders that were met, sorted by path.
	Files []Entry
}

// Stages that rules can have. Only StageLoginSuccess runs.
const (
	StageLoginSuccess = "login_success"
	StageLoginFailure = "login_failure"
	StagePreAuthorize = "pre_authorize"
)

// Rule is one rule of a folder.
type Rule struct {
	Name string

	// Order is the place in the pipeline: lower runs first. Without one of its
	// own (HasOrder false) a rule of an extension repository or a plain folder
	// has 0, one of the deploy CLI comes behind all that have an order.
	Order    float64
	HasOrder bool

	Enabled  bool // what the file says, or the override
	Excluded bool
	Stage    string

	Path     string // of the script, in the file system that was read
	Metadata string // of the file that describes the rule; "" when there is none

	// File is the script after keyword replacement, Original as it is on disk.
	// Both are nil when the script could not be read; a diagnostic says why, and
	// the rule does not run.
	File, Original *source.File

	text     *Text
	problems diag.List // its own; mere warnings when the rule does not run
	nameAt   place
	orderAt  place
}

// Runs reports whether the rule is part of the pipeline.
func (r *Rule) Runs() bool {
	return r.wanted() && r.File != nil
}

// wanted reports whether the rule is to run, be it broken or not.
func (r *Rule) wanted() bool {
	return r.Enabled && !r.Excluded && r.Stage == StageLoginSuccess
}

// Position is the place in the user's file of an offset in File's text.
// The zero Pos when the script could not be read.
func (r *Rule) Position(offset int) source.Pos {
	if r.text == nil {
		return source.Pos{}
	}
	return r.text.Position(offset)
}

// Span is the stretch of the user's file that a stretch of File's text comes from.
func (r *Rule) Span(s source.Span) source.Span {
	if r.text == nil || !s.IsValid() {
		return s
	}
	return r.text.Span(s.Start.Offset, s.End.Offset)
}

// Relocate makes diagnostics about File speak of the user's file. Those of a rule
// that does not run become warnings.
func (r *Rule) Relocate(list diag.List) diag.List {
	if r.text != nil {
		list = r.text.Relocate(list)
	}
	if r.wanted() {
		return list
	}
	return asWarnings(list)
}

// Read reads the rules below root, a file or a folder of fsys ("." is fsys itself).
// It reports everything it finds in one list, sorted by file and place. When the
// list holds errors the folder is no pipeline; what could be read is in it all the
// same, so that a caller can look for errors in the scripts, too, and report them
// together. A rule that does not run (disabled, excluded, of another stage) never
// makes an error by its own fault, only by its name or order clashing with another's.
func Read(fsys fs.FS, root string, opts Options) (*Folder, diag.List) {
	root = path.Clean(root)
	limit := opts.MaxFileBytes
	if limit <= 0 {
		limit = DefaultMaxFileBytes
	}
	words, problems := newKeywords(opts.Mappings, opts.Env, limit)
	r := &reader{
		opts:   opts,
		root:   root,
		folder: &Folder{Configuration: map[string]string{}},
		list:   problems,
		files: &files{
			fsys: fsys, base: root, prefix: opts.Prefix, limit: limit, words: words,
			texts: map[string]loaded{}, plain: map[string]bool{}, roles: map[string]Entry{},
		},
		objects:    map[string]object{},
		configFrom: map[string]place{},
	}
	r.read()
	r.folder.Files = r.files.list()
	return r.folder, r.list.Sort()
}

// reader is one reading of a folder.
type reader struct {
	opts       Options
	root       string
	folder     *Folder
	files      *files
	list       diag.List
	objects    map[string]object // metadata files already parsed
	configFrom map[string]place
	settled    bool // there is a rule, or it is already said why there is none
}

// object is a metadata file that was parsed.
type object struct {
	text     *Text
	members  []member
	problems diag.List
	ok       bool
}

func (r *reader) say(list ...diag.Diagnostic) { r.list = append(r.list, list...) }

func (r *reader) read() {
	if !fs.ValidPath(r.root) {
		r.say(diag.ForPath(diag.FileUnreadable, r.root, "a path must lie below the file system's root and use slashes"))
		return
	}
	info, err := fs.Stat(r.files.fsys, r.root)
	if err != nil {
		r.say(diag.ForPath(diag.FileUnreadable, r.show(), "%s", cause(err)))
		return
	}
	if info.IsDir() {
		r.readFolder()
	} else {
		r.files.base = path.Dir(r.root)
		r.files.plain[r.root] = true // a link that the caller names is meant
		r.readSingle()
	}
	if len(r.folder.Rules) == 0 && !r.settled {
		r.say(r.noRules())
	}
	r.validate()
}

// show is the root as messages spell it.
func (r *reader) show() string { return r.files.show(r.root) }

// readSingle reads a root that is a file.
func (r *reader) readSingle() {
	format := r.opts.Format
	if format == Auto {
		switch {
		case isScript(r.root):
			format = File
			r.folder.Reason = "a single script"
		case isYAML(r.root):
			format = YAML
			r.folder.Reason = "a YAML file"
		default:
			r.settled = true
			r.say(diag.ForPath(diag.NoRules, r.show(), "a rule is a .js or .ts file, a pipeline a .yaml file or a folder"))
			return
		}
	}
	r.folder.Format = format
	switch format {
	case File:
		r.script(&Rule{Name: stem(r.root), Enabled: true, Stage: StageLoginSuccess, Path: r.root})
	case YAML:
		r.readPipelineFile(r.root)
	default:
		r.settled = true
		r.say(diag.ForPath(diag.BadOption, r.show(), "the format %s needs a folder, and this is a file", format))
	}
}

// script reads a rule's script and adds the rule to the folder. When nothing can
// be read the rule stays without a text.
func (r *reader) script(rule *Rule) {
	l := r.files.read(rule.Path)
	r.files.note(rule.Path, RoleRule, "")
	rule.problems = append(rule.problems, l.problems...)
	if l.text != nil {
		rule.text, rule.File, rule.Original = l.text, l.text.File, l.text.Original
	}
	if rule.nameAt == (place{}) {
		rule.nameAt = place{path: r.files.show(rule.Path)}
	}
	r.folder.Rules = append(r.folder.Rules, rule)
}

// object reads and parses a metadata file.
func (r *reader) object(p string) object {
	if o, ok := r.objects[p]; ok {
		return o
	}
	l := r.files.read(p)
	o := object{text: l.text, problems: l.problems}
	if l.text != nil {
		var problems diag.List
		o.members, problems, o.ok = readJSON(l.text)
		o.problems = append(o.problems[:len(o.problems):len(o.problems)], problems...)
	}
	r.objects[p] = o
	return o
}

// noRules is what to say about a root that holds no rule.
func (r *reader) noRules() diag.Diagnostic {
	d := diag.ForPath(diag.NoRules, r.show(), "there is no rule here")
	switch r.folder.Format {
	case Plain:
		return d.WithNote("looked for *.js and *.ts files, a folder rules, and tenant.yaml")
	case Extension:
		return d.WithNote("looked for .js and .ts files in %s", path.Join(r.show(), "rules"))
	case DeployCLI:
		return d.WithNote("looked for .json files with a script in %s", path.Join(r.show(), "rules"))
	case YAML:
		return d.WithNote("the YAML file has no rules section, or an empty one")
	}
	return d
}

var formatNames = map[Format]string{
	Auto: "auto", File: "file", Plain: "plain", Extension: "extension", DeployCLI: "deploy-cli", YAML: "yaml",
}

// String is the format's name, as a flag takes it.
func (f Format) String() string { return formatNames[f] }

// MarshalText writes the format's name.
func (f Format) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads a format's name.
func (f *Format) UnmarshalText(text []byte) error {
	for format, name := range formatNames {
		if name == string(text) {
			*f = format
			return nil
		}
	}
	return fmt.Errorf("unknown format %q: want auto, file, plain, extension, deploy-cli or yaml", text)
}
