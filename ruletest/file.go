package ruletest

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// Suffix is how the name of a file of cases ends.
const Suffix = ".test.yaml"

// File is a file of cases.
type File struct {
	Name  string // as shown
	Rule  string // the rule, below the file system that the file was read from
	Cases []*Case

	Tenant, Domain string
	Timeout        time.Duration // 0: the default
	Keywords       map[string]any

	fsys  fs.FS
	path  string // of the file in fsys
	text  string
	order *jsondoc.Order
}

// Case is one login and what is expected of it.
type Case struct {
	Name    string
	Line    int // in the file of cases
	Engines []string
	Skip    string // why the case does not run; "" when it does
	setup
	Expect Expectation

	mapping   *yaml.Node // of the case
	key, node *yaml.Node // of the expectation; nil when there is none
	row       bool       // of a matrix
}

// setup is what a case is given: by itself, by the file's defaults and by a login with a name.
type setup struct {
	User, Context map[string]any
	Configuration map[string]string
	Environment   map[string]string
	Now           time.Time
	Zone          *time.Location
	Prepare       bool
	Stubs         []*Stub
	Store         *Failure
	Tapes         []string // whose stubs are among Stubs
}

// Failure is what writes of metadata answer instead of being done.
type Failure struct {
	Status  int
	Message string
}

var (
	setupFields = []string{"login", "user", "context", "without", "configuration", "environment", "now", "zone", "prepare", "stubs", "tape", "store"}
	caseFields  = append([]string{"name", "matrix", "engines", "skip", "expect"}, setupFields...)
	fileFields  = []string{"rule", "description", "tenant", "domain", "timeout", "keywords", "fixtures", "logins", "defaults", "cases"}
)

// sampleLogin is the login that needs no definition.
const sampleLogin = "sample"

// Read reads a file of cases at a path of fsys; prefix is what stands before the path in messages.
//
// # Errors
//
// [ferrule.Diagnostics] with everything that is wrong, each with its line and column.
func Read(fsys fs.FS, name, prefix string) (*File, error) {
	data, err := fs.ReadFile(fsys, name)
	shown := path.Join(prefix, name)
	if err != nil {
		return nil, ferrule.Diagnostics{diag.ForPath(diag.FileUnreadable, shown, "%v", err)}
	}
	r := newReader(shown, string(data))
	f := &File{Name: shown, fsys: fsys, path: name, text: string(data), order: r.order}
	if root := r.parse(); root != nil {
		b := &builder{reader: r, file: f, prefix: prefix, logins: map[string]setup{}}
		b.read(root)
	}
	list := r.list.Sort()
	if list.HasErrors() {
		return nil, ferrule.Diagnostics(list)
	}
	return f, nil
}

// builder makes a File of a text.
type builder struct {
	*reader
	file     *File
	prefix   string
	logins   map[string]setup
	defaults setup
	names    map[string]int
}

func (b *builder) read(root *yaml.Node) {
	found, f := b.fields(root, "the file", fileFields...), b.file
	b.rule(found["rule"], root)
	f.Tenant, f.Domain = b.text(found["tenant"], "tenant"), b.text(found["domain"], "domain")
	f.Timeout = b.duration(found["timeout"], "timeout")
	f.Keywords = b.object(found["keywords"], "keywords")
	user, context := ferrule.SampleLogin()
	b.logins[sampleLogin] = setup{User: user, Context: context}
	for _, name := range b.texts(found["fixtures"], "fixtures") {
		b.fixtures(found["fixtures"], name)
	}
	b.named(found["logins"])
	if found["defaults"] != nil {
		b.defaults = b.setup(setup{}, found["defaults"], b.fields(found["defaults"], "defaults", setupFields...))
	}
	b.names = map[string]int{}
	cases := b.items(found["cases"], "cases")
	if len(cases) == 0 && !b.list.HasErrors() {
		b.bad(root, "the file has no cases")
	}
	for _, n := range cases {
		b.rows(n)
	}
}

// rule finds the rule that the file is about.
func (b *builder) rule(n *yaml.Node, root *yaml.Node) {
	f, dir := b.file, path.Dir(b.file.path)
	if n != nil {
		f.Rule = path.Join(dir, b.text(n, "rule"))
		if _, err := fs.Stat(f.fsys, f.Rule); err != nil {
			b.bad(n, "there is no rule %s", path.Join(b.prefix, f.Rule))
		}
		return
	}
	stem := strings.TrimSuffix(f.path, Suffix)
	for _, name := range []string{stem + ".js", stem + ".ts", path.Join(dir, "rule.js"), path.Join(dir, "rule.ts")} {
		if _, err := fs.Stat(f.fsys, name); err == nil {
			f.Rule = name
			return
		}
	}
	b.bad(root, "there is neither %s.js nor rule.js beside the cases; name the rule with rule: FILE", path.Base(stem))
}

// named reads logins with a name; a login may build on one before it.
func (b *builder) named(n *yaml.Node) {
	if n == nil {
		return
	}
	if f := follow(n); f.Kind != yaml.MappingNode {
		b.bad(n, "logins must be an object, and this is %s", describe(n))
		return
	}
	for _, p := range b.pairs(follow(n)) {
		b.logins[p.key.Value] = b.setup(setup{}, p.value, b.fields(p.value, "a login", setupFields...))
	}
}

// fixtures reads the logins of another file. What is wrong there is said of that file.
func (b *builder) fixtures(at *yaml.Node, name string) {
	name = path.Join(path.Dir(b.file.path), name)
	data, err := fs.ReadFile(b.file.fsys, name)
	if err != nil {
		b.bad(at, "fixtures: %v", err)
		return
	}
	mine := b.reader.file
	defer func() { b.reader.file = mine }()
	b.reader.file = source.NewFile(path.Join(b.prefix, name), string(data))
	if root := b.parse(); root != nil {
		b.named(b.fields(root, "a file of fixtures", "logins")["logins"])
	}
}

// setup lays what a node says over what was there.
func (b *builder) setup(base setup, n *yaml.Node, found map[string]*yaml.Node) setup {
	for _, name := range b.texts(found["login"], "login") {
		login, known := b.logins[name]
		if !known {
			b.bad(found["login"], "there is no login %s: they are %s", quoted(name), strings.Join(slices.Sorted(maps.Keys(b.logins)), ", "))
		}
		base = b.over(base, login)
	}
	own := setup{
		User: b.object(found["user"], "user"), Context: b.object(found["context"], "context"),
		Configuration: b.strings(found["configuration"], "configuration"),
		Environment:   b.strings(found["environment"], "environment"),
		Prepare:       b.boolean(found["prepare"], "prepare"),
		Stubs:         b.stubs(found["stubs"]),
	}
	if found["now"] != nil {
		when, err := time.Parse(time.RFC3339, b.text(found["now"], "now"))
		if err != nil {
			b.bad(found["now"], "now is written like 2026-03-02T10:30:00Z, and this is %s", describe(found["now"]))
		}
		own.Now = when
	}
	if found["zone"] != nil {
		name := b.text(found["zone"], "zone")
		zone, err := time.LoadLocation(name)
		if err != nil || name == "" || name == "Local" {
			b.bad(found["zone"], "zone is UTC or a name like Europe/Berlin, not %s", quoted(name))
		}
		own.Zone = zone
	}
	if found["store"] != nil {
		store := b.fields(found["store"], "store", "status", "message")
		own.Store = &Failure{Status: 500, Message: b.text(store["message"], "message")}
		if store["status"] != nil {
			own.Store.Status = b.status(store["status"])
		}
	}
	tapes, taped := b.tape(found["tape"])
	own.Tapes, own.Stubs = tapes, append(own.Stubs, taped...)
	base = b.over(base, own)
	for _, text := range b.texts(found["without"], "without") {
		b.remove(&base, found["without"], text)
	}
	return base
}

// remove takes a path of user or context away.
func (b *builder) remove(s *setup, at *yaml.Node, text string) {
	parts, ok := splitPath(text), false
	if len(parts) >= 2 {
		switch parts[0] {
		case "user":
			s.User, ok = without(s.User, parts[1:], b.order)
		case "context":
			s.Context, ok = without(s.Context, parts[1:], b.order)
		case "configuration":
			if _, ok = s.Configuration[parts[1]]; ok {
				s.Configuration = maps.Clone(s.Configuration)
				delete(s.Configuration, parts[1])
			}
		}
	}
	if !ok {
		b.bad(at, "without: the login has no %s", quoted(text))
	}
}

// over lays one setup over another.
func (b *builder) over(base, own setup) setup {
	object := func(base, own map[string]any) map[string]any {
		if own == nil {
			return base
		}
		if base == nil {
			base = map[string]any{}
		}
		return merge(base, own, b.order).(map[string]any)
	}
	texts := func(base, own map[string]string) map[string]string {
		if len(own) == 0 {
			return base
		}
		merged := maps.Clone(base)
		if merged == nil {
			merged = map[string]string{}
		}
		maps.Copy(merged, own)
		return merged
	}
	base.User, base.Context = object(base.User, own.User), object(base.Context, own.Context)
	base.Configuration, base.Environment = texts(base.Configuration, own.Configuration), texts(base.Environment, own.Environment)
	if !own.Now.IsZero() {
		base.Now = own.Now
	}
	if own.Zone != nil {
		base.Zone = own.Zone
	}
	if own.Store != nil {
		base.Store = own.Store
	}
	base.Tapes = append(slices.Clone(own.Tapes), base.Tapes...)
	base.Prepare = base.Prepare || own.Prepare
	base.Stubs = append(slices.Clone(own.Stubs), base.Stubs...) // the nearest answer first
	return base
}

// rows reads a case, one for each row of its matrix.
func (b *builder) rows(n *yaml.Node) {
	var matrix *yaml.Node
	named := false // the rows by the name of the case
	if f := follow(n); f.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(f.Content); i += 2 {
			switch f.Content[i].Value {
			case "matrix":
				matrix = follow(f.Content[i+1])
			case "name":
				named = strings.Contains(f.Content[i+1].Value, "${")
			}
		}
	}
	if matrix == nil {
		b.one(n, "")
		return
	}
	begin := len(b.file.Cases)
	defer func() {
		for _, c := range b.file.Cases[begin:] {
			c.row = true
		}
	}()
	for _, row := range b.matrix(matrix) {
		values := map[string]*yaml.Node{}
		var words []string
		for _, p := range row {
			values[p.key.Value] = p.value
			if !named {
				words = append(words, p.key.Value+"="+b.short(p.value))
			}
		}
		b.one(b.substitute(n, values), strings.Join(words, ", "))
	}
}

func (b *builder) short(n *yaml.Node) string {
	if f := follow(n); f.Kind == yaml.ScalarNode {
		return f.Value
	}
	return encode(b.value(n), b.order)
}

// maxRows bounds what a matrix makes.
const maxRows = 10_000

// matrix reads rows: a list of objects, or an object of lists, all combinations of which are rows.
func (b *builder) matrix(n *yaml.Node) [][]pair {
	if n.Kind == yaml.SequenceNode {
		var rows [][]pair
		for _, item := range n.Content {
			if f := follow(item); f.Kind == yaml.MappingNode {
				rows = append(rows, b.pairs(f))
			} else {
				b.bad(item, "a row of a matrix must be an object, and this is %s", describe(item))
			}
		}
		return rows
	}
	if n.Kind != yaml.MappingNode {
		b.bad(n, "matrix must be an object of lists or a list of objects, and this is %s", describe(n))
		return nil
	}
	rows := [][]pair{nil}
	for _, p := range b.pairs(n) {
		values := b.items(p.value, "matrix."+p.key.Value)
		if len(rows)*len(values) > maxRows {
			b.bad(n, "the matrix has more than %d rows", maxRows)
			return nil
		}
		var next [][]pair
		for _, row := range rows {
			for _, value := range values {
				next = append(next, append(slices.Clone(row), pair{p.key, value}))
			}
		}
		rows = next
	}
	return rows
}

// one reads one case.
func (b *builder) one(n *yaml.Node, row string) {
	found := b.fields(n, "a case", caseFields...)
	c := &Case{Name: b.text(found["name"], "name"), Line: follow(n).Line, Skip: b.text(found["skip"], "skip")}
	if c.Name == "" {
		b.bad(n, "a case needs a name")
	}
	if row != "" {
		c.Name = fmt.Sprintf("%s (%s)", c.Name, row)
	}
	if b.names[c.Name]++; b.names[c.Name] == 2 {
		b.bad(n, "there are two cases %s", quoted(c.Name))
	}
	for _, name := range b.texts(found["engines"], "engines") {
		if !slices.Contains(Engines, name) {
			b.bad(found["engines"], "the engines are %s, not %s", strings.Join(Engines, ", "), quoted(name))
		}
		c.Engines = append(c.Engines, name)
	}
	base := b.defaults
	if found["login"] != nil { // a case that names its login leaves that of the defaults
		base.User, base.Context = nil, nil
	}
	c.setup = b.setup(base, n, found)
	c.Expect, c.mapping, c.node = b.expectation(found["expect"]), follow(n), found["expect"]
	for _, child := range c.mapping.Content {
		if c.key == nil && child.Kind == yaml.ScalarNode && child.Value == "expect" && c.node != nil {
			c.key = child
		}
	}
	b.file.Cases = append(b.file.Cases, c)
}

// input makes the login anew: a run changes what it is given.
func (c *Case) input(order *jsondoc.Order) ferrule.Input {
	in := ferrule.Input{Order: &jsondoc.Order{}, Configuration: c.Configuration, Now: c.Now, Zone: c.Zone}
	if in.Configuration == nil {
		in.Configuration = map[string]string{}
	}
	user, context := c.User, c.Context
	if c.Prepare {
		user, context = ferrule.PrepareLogin(user, context)
	}
	in.User, _ = clone(user, order, in.Order).(map[string]any)
	in.Context, _ = clone(context, order, in.Order).(map[string]any)
	return in
}
