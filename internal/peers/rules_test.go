package peers_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
)

const testdata = "../../testdata/modules"

// rule is a file of testdata/modules/rules: one rule, run with each of its packages in turn where
// the text says PACKAGE, and once where it does not.
type rule struct {
	name, about, code, peer string
	packages                []string
	inputs                  map[string]string // of each case, laid over login.json
	wants                   map[string]string // by case, or by case/package where the packages differ
	archive                 *txtar.Archive
}

// job is one run of one rule, in the form that testdata/node/modules.js takes.
type job struct {
	ID            string            `json:"id"`
	Rules         []jobRule         `json:"rules"`
	User          json.RawMessage   `json:"user"`
	Context       json.RawMessage   `json:"context"`
	Configuration map[string]string `json:"configuration"`

	of      *rule
	run     string // the case
	variant string // the package, "" where there is one run for all
}

type jobRule struct {
	Name string `json:"name"`
	Code string `json:"code"`
}

func readRules(t *testing.T) []*rule {
	t.Helper()
	files, err := filepath.Glob(testdata + "/rules/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var all []*rule
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		r := &rule{
			name: strings.TrimSuffix(filepath.Base(file), ".txtar"), archive: archive,
			about:  strings.TrimPrefix(strings.TrimSpace(string(archive.Comment)), "# "),
			inputs: map[string]string{}, wants: map[string]string{},
		}
		for _, f := range archive.Files {
			text := string(f.Data)
			switch run, isRun := strings.CutPrefix(f.Name, "run/"); {
			case f.Name == "rule.js":
				r.code = text
			case f.Name == "peer":
				r.peer = strings.TrimSpace(text)
			case f.Name == "packages":
				r.packages = strings.Split(strings.TrimSpace(text), "\n")
			case isRun && strings.HasSuffix(run, ".in.json"):
				r.inputs[strings.TrimSuffix(run, ".in.json")] = text
			case isRun && strings.HasSuffix(run, ".want"):
				r.wants[strings.TrimSuffix(run, ".want")] = text
			default:
				t.Fatalf("%s: no such section: %s", file, f.Name)
			}
		}
		require.NotEmpty(t, r.code, file)
		require.NotEmpty(t, r.packages, file)
		require.NotEmpty(t, r.inputs, file)
		r.usesAll(t)
		all = append(all, r)
	}
	return all
}

// usesAll sees that the rule requires every package that its file lists: the table lists them as tested.
func (r *rule) usesAll(t *testing.T) {
	t.Helper()
	if strings.Contains(r.code, "PACKAGE") {
		return
	}
	for _, name := range r.packages {
		if !strings.HasSuffix(name, " (Node)") {
			bare := name[:1] + strings.Split(name[1:], "@")[0]
			require.Contains(t, r.code, "('"+bare, r.name)
		}
	}
}

// variants are the packages that PACKAGE stands for, or "" for a rule without the word.
func (r *rule) variants() []string {
	if !strings.Contains(r.code, "PACKAGE") {
		return []string{""}
	}
	return r.packages
}

func (r *rule) jobs(t *testing.T, configuration map[string]string) []*job {
	t.Helper()
	var all []*job
	for _, variant := range r.variants() {
		for _, run := range sortedKeys(r.inputs) {
			j := &job{ID: r.name + "/" + run, of: r, run: run, variant: variant, Configuration: configuration}
			if variant != "" {
				j.ID += "/" + variant
			}
			j.Rules = []jobRule{{Name: r.name, Code: strings.ReplaceAll(r.code, "PACKAGE", variant)}}
			j.User, j.Context = login(t, r.inputs[run])
			all = append(all, j)
		}
	}
	return all
}

// want is the wanted outcome of a job.
func (j *job) want() string {
	if text, ok := j.of.wants[j.run+"/"+j.variant]; ok {
		return text
	}
	return j.of.wants[j.run]
}

// login is testdata/modules/login.json with what a case changes laid over it, object by object.
func login(t *testing.T, changes string) (user, context json.RawMessage) {
	t.Helper()
	data, err := os.ReadFile(testdata + "/login.json")
	require.NoError(t, err)
	var base, over map[string]any
	require.NoError(t, json.Unmarshal(data, &base))
	require.NoError(t, json.Unmarshal([]byte(changes), &over))
	lay(base, over)
	user, err = json.Marshal(base["user"])
	require.NoError(t, err)
	context, err = json.Marshal(base["context"])
	require.NoError(t, err)
	return user, context
}

func lay(base, over map[string]any) {
	for key, value := range over {
		object, isObject := value.(map[string]any)
		if under, ok := base[key].(map[string]any); ok && isObject {
			lay(under, object)
		} else {
			base[key] = value
		}
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// write puts outcomes into the file: one section a case where the packages agree, else one for each.
func (r *rule) write(t *testing.T, outcomes map[string]map[string]string) {
	t.Helper()
	var files []txtar.File
	for _, f := range r.archive.Files {
		if !strings.HasSuffix(f.Name, ".want") {
			files = append(files, f)
		}
		run, isInput := strings.CutSuffix(strings.TrimPrefix(f.Name, "run/"), ".in.json")
		if !isInput {
			continue
		}
		variants := r.variants()
		same := true
		for _, v := range variants {
			same = same && outcomes[run][v] == outcomes[run][variants[0]]
		}
		for i, v := range variants {
			name := "run/" + run + "/" + v + ".want"
			if same {
				name = "run/" + run + ".want"
			}
			if !same || i == 0 {
				files = append(files, txtar.File{Name: name, Data: []byte(outcomes[run][v])})
			}
		}
	}
	data := txtar.Format(&txtar.Archive{Comment: r.archive.Comment, Files: files})
	path := filepath.Join(testdata, "rules", r.name+".txtar")
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	if !bytes.Equal(before, data) {
		require.NoError(t, os.WriteFile(path, data, 0o644))
	}
}
