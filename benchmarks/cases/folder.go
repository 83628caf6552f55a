package cases

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ferrule-rules/ferrule/compiler/folder"
)

// mostTimed bounds how many logins of a file are timed.
const mostTimed = 256

// largeBytes is from where on a login counts as a large one.
const largeBytes = 5_000

// From are the cases of somebody's own rules: each rule alone, and all rules as one pipeline
// where there are several. path is a rule file or a folder as `ferrule run` takes it. Logins
// are read from inputs, a file or a folder; "" means inputs/ or cases.ndjson in the
// folder, and if there are none the usual login of 1 KB and the large ones. Each
// file of logins is a case of its own: JSON (one login or an array of them) or NDJSON (one a
// line), each with user, context and, if it matters, now. A file that is called like a rule
// is for this rule only.
//
// Logins of 1 KB and so count as single cases, larger ones as sized, pipelines as pipelines
// unless whole asks for nothing else.
//
// # Errors
//
// What is wrong with the folder or a file.
func From(path, inputs string, whole bool) ([]Case, error) {
	rules, configuration, err := readRules(path)
	if err != nil {
		return nil, err
	}
	sets, err := readInputs(path, inputs)
	if err != nil {
		return nil, err
	}
	var all []Case
	add := func(name string, group Group, rules []Rule, set inputSet) {
		c := Case{Name: name, Group: group, Rules: rules, Configuration: configuration, Timed: set.logins}
		if len(sets) > 1 {
			c.Name += ", " + set.name
		}
		if set.bytes > largeBytes && group == Single {
			c.Group, c.Shape = Sized, set.name
		}
		all = append(all, c)
	}
	for _, set := range sets {
		if !whole {
			for _, rule := range rules {
				if set.name == rule.Name || !slices.ContainsFunc(rules, func(r Rule) bool { return r.Name == set.name }) {
					add(rule.Name, Single, []Rule{rule}, set)
				}
			}
		}
		switch {
		case whole:
			add("pipeline", Single, rules, set)
		case len(rules) > 1:
			add("pipeline", Pipeline, rules, set)
		}
	}
	return all, nil
}

// readRules reads the rules that run, in their order, and their configuration.
func readRules(path string) ([]Rule, map[string]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	dir, root := path, "."
	if !info.IsDir() {
		dir, root = filepath.Split(path)
	}
	read, found := folder.Read(os.DirFS(filepath.Clean(dir)), root, folder.Options{Prefix: dir})
	if err := found.Err(); err != nil {
		return nil, nil, err
	}
	var rules []Rule
	for _, rule := range read.Rules {
		if rule.Runs() {
			rules = append(rules, Rule{Name: rule.Name, File: fmt.Sprintf("%03d-%s.js", len(rules), plainName(rule.Name)), Source: rule.File.Text})
			if strings.HasSuffix(rule.Path, ".ts") {
				rules[len(rules)-1].File = strings.TrimSuffix(rules[len(rules)-1].File, ".js") + ".ts"
			}
		}
	}
	if len(rules) == 0 {
		return nil, nil, fmt.Errorf("%s: no rule runs", path)
	}
	return rules, read.Configuration, nil
}

// plainName is a rule's name as the name of a file.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}, name)
}

// inputSet is the logins of one file.
type inputSet struct {
	name   string // without the ending
	logins []Login
	bytes  int // of the first
}

func readInputs(path, inputs string) ([]inputSet, error) {
	for _, usual := range []string{"inputs", "cases.ndjson"} {
		if _, err := os.Stat(filepath.Join(path, usual)); inputs == "" && err == nil {
			inputs = filepath.Join(path, usual)
		}
	}
	if inputs == "" {
		return usualSets(), nil
	}
	var sets []inputSet
	err := filepath.WalkDir(inputs, func(name string, entry fs.DirEntry, err error) error {
		ending := filepath.Ext(name)
		if err != nil || entry.IsDir() || name != inputs && ending != ".json" && ending != ".ndjson" && ending != ".jsonl" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		set := inputSet{name: strings.TrimSuffix(filepath.Base(name), ending)}
		if set.logins, set.bytes, err = parseLogins(data); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		sets = append(sets, set)
		return nil
	})
	if err == nil && len(sets) == 0 {
		err = fmt.Errorf("%s: there are no files of logins (.json, .ndjson)", inputs)
	}
	return sets, err
}

// usualSets are the usual login and the large ones.
func usualSets() []inputSet {
	sets := []inputSet{{name: "1k", logins: []Login{Usual()}}}
	for _, shape := range Shapes {
		l := Usual()
		grow(&l, shape)
		sets = append(sets, inputSet{name: shape, logins: []Login{l}, bytes: 10_000})
	}
	return sets
}

// parseLogins reads one login, an array of logins, or one a line.
func parseLogins(data []byte) (logins []Login, size int, err error) {
	var texts []json.RawMessage
	if json.Unmarshal(data, &texts) != nil {
		if json.Valid(data) {
			texts = []json.RawMessage{data}
		} else {
			lines := bufio.NewScanner(bytes.NewReader(data))
			lines.Buffer(nil, 64<<20)
			for lines.Scan() {
				if line := bytes.TrimSpace(lines.Bytes()); len(line) > 0 {
					texts = append(texts, bytes.Clone(line))
				}
			}
			if err := lines.Err(); err != nil {
				return nil, 0, err
			}
		}
	}
	for i, text := range texts {
		var in struct {
			ID            any
			User, Context map[string]any
			Configuration map[string]string
			Now           time.Time
			TZ            string
		}
		if err := json.Unmarshal(text, &in); err != nil {
			return nil, 0, fmt.Errorf("login %d: %w", i+1, err)
		}
		if in.Configuration != nil || in.TZ != "" {
			continue // contenders by hand have one configuration, and UTC
		}
		l := Login{Name: strconv.Itoa(i + 1), User: in.User, Context: in.Context, Now: in.Now}
		if in.ID != nil {
			l.Name = fmt.Sprint(in.ID)
		}
		if l.User == nil {
			l.User = map[string]any{}
		}
		if l.Context == nil {
			l.Context = map[string]any{}
		}
		if l.Now.IsZero() {
			l.Now = Monday
		}
		if len(logins) == 0 {
			size = len(text)
		}
		if len(logins) < mostTimed {
			logins = append(logins, l)
		}
	}
	if len(logins) == 0 {
		return nil, 0, errors.New("there is no login without a configuration or zone of its own")
	}
	return logins, size, nil
}
