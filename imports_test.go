package ferrule_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/ferrule-rules/ferrule"

// side is the half of the table that a package stands in. The rows above the
// bar see both halves.
type side string

const (
	both    side = "both"
	left    side = "compiler"
	right   side = "runtime"
	goFirst      = "Go's library"
)

// place is a package's row and half. Every import goes down at least one row.
type place struct {
	row  float64
	side side
}

// rows says where each package of the module stands. A name that ends in /*
// stands for every package below it that has no line of its own. A package without
// a place fails the test: give it one here, and a line in RATIONALE.md
// when it moves.
var rows = map[string]place{
	"cmd/ferrule": {7, both},

	"examples/*": {6, both},

	"ruletest": {6, both},
	"report":   {6, both},

	".":    {5, both}, // the façade
	"lint": {5, both},

	"internal/rulegen": {4, both},  // for tests only
	"internal/peers":   {0, both},  // for tests only
	"internal/nodejs":  {0, right}, // for tests only
	"internal/race":    {0, both},  // for tests only

	"compiler":     {4, left},
	"runtime/load": {4, right},

	"runtime/exprvm": {3.5, right},
	"runtime/celvm":  {3.5, right},
	"runtime/mixed":  {3.5, right},

	"ast/parse":           {3, left},
	"compiler/modules":    {3, left},
	"compiler/internal/*": {3, left},

	"runtime/steps":      {3, right},
	"runtime/jsvm":       {3, right},
	"runtime/enginetest": {3, right},
	// Both stand above the stores' rules, in auth0.
	"stdlib/auth0/sqlitestore": {3, right},
	"stdlib/auth0/storetest":   {3, right},
	"stdlib/auth0/management":  {3, right},

	"compiler/ir":     {2, left},
	"compiler/folder": {2, left},

	"runtime":        {2, right},
	"runtime/saved":  {2, right}, // what compiler writes and runtime/load reads
	"stdlib/exprlib": {2, right},
	"stdlib/cellib":  {2, right},
	"stdlib/gojalib": {2, right},
	// Node's core modules need each other through their host, not by import; tls, http and
	// what lists them all stand above.
	"stdlib/node/host":  {2.1, right},
	"stdlib/node/*":     {2.2, right},
	"stdlib/node/tls":   {2.3, right},
	"stdlib/node/dns":   {2.3, right},
	"stdlib/node/http":  {2.4, right},
	"stdlib/node/https": {2.5, right},
	"stdlib/node/fetch": {2.5, right},
	"stdlib/node":       {2.8, right}, // the list of all
	"stdlib/auth0":      {2, right},

	"ast":      {1, left},
	"ast/diag": {1, left},

	"stdlib":          {1, right},
	"stdlib/inspect":  {1, right},
	"stdlib/egress":   {1, right},
	"runtime/program": {1, right},
	"runtime/jsondoc": {1, right},

	"ast/source":     {0, left},
	"gallery":        {1, both},
	"stdlib/jsvalue": {0, right},
}

// sideways are the orders within one row: an import goes from a later group to
// an earlier one.
var sideways = [][][]string{
	{
		{"stdlib/inspect"},
		{"stdlib"},
	},
	{
		{"compiler/internal/lower"},
		{"compiler/internal/recognize"},
		{"compiler/internal/simplify"},
		{"compiler/internal/names"},
		{"compiler/internal/exprgen", "compiler/internal/celgen"},
		{"compiler/internal/emit"},
	},
	{
		{"stdlib/node/host"},
		{"stdlib/node/buffer", "stdlib/node/events", "stdlib/node/util", "stdlib/node/url"},
		{"stdlib/node/stream"},
		{"stdlib/node/crypto", "stdlib/node/zlib", "stdlib/node/net"},
		{"stdlib/node/tls"},
		{"stdlib/node/http"},
		{"stdlib/node/https"},
	},
}

// across are the imports from one half into the other.
var across = []struct {
	from string
	to   []string
}{
	{"compiler", []string{"*"}},
	{"compiler/internal/*", []string{"stdlib", "stdlib/jsvalue", "runtime/program"}},
	{"compiler/ir", []string{"stdlib", "stdlib/jsvalue"}},
	{"runtime", []string{"ast/source"}},
	{"runtime/*", []string{"ast/source"}},
}

// fences name the modules that only some packages may import.
var fences = []struct {
	modules []string
	users   []string
}{
	{[]string{"github.com/evanw/esbuild"}, []string{"ast/parse", "compiler/modules"}},
	{[]string{"github.com/dop251/goja", "github.com/dop251/goja_nodejs"}, []string{"ast/parse", "runtime/jsvm", "stdlib/gojalib", "stdlib/node", "stdlib/node/*"}},
	{[]string{"github.com/expr-lang/expr"}, []string{"runtime/exprvm", "stdlib/exprlib"}},
	{[]string{"cel.dev/cel-go", "github.com/google/cel-go"}, []string{"runtime/celvm", "stdlib/cellib"}},
	{[]string{"modernc.org/sqlite"}, []string{"stdlib/auth0/sqlitestore"}},
	{[]string{module + "/stdlib/auth0/sqlitestore"}, []string{"cmd/ferrule"}},
	{[]string{"github.com/stretchr/testify"}, []string{"runtime/enginetest", "stdlib/auth0/storetest", "stdlib/node/host/hosttest"}},
}

// listed is what `go list` says about a package.
type listed struct {
	ImportPath string
	Imports    []string
}

// TestImports holds the table above against the imports of every package, those
// of tests aside.
func TestImports(t *testing.T) {
	command := exec.Command("go", "list", "-e", "-json=ImportPath,Imports", "./...")
	var stderr bytes.Buffer
	command.Stderr = &stderr
	output, err := command.Output()
	require.NoError(t, err, stderr.String())
	seen := 0
	for decoder := json.NewDecoder(bytes.NewReader(output)); ; seen++ {
		var pkg listed
		if err := decoder.Decode(&pkg); errors.Is(err, io.EOF) {
			break
		} else {
			require.NoError(t, err)
		}
		for _, fault := range faults(pkg) {
			t.Error(fault)
		}
	}
	assert.NotZero(t, seen)
}

// faults says what is wrong with a package's imports.
func faults(pkg listed) []string {
	from := shortName(pkg.ImportPath)
	here, ok := placeOf(from)
	if !ok {
		return []string{fmt.Sprintf("%s has no row: add it to the table in imports_test.go", from)}
	}
	var found []string
	for _, path := range pkg.Imports {
		if why := fault(from, here, path); why != "" {
			found = append(found, fmt.Sprintf("%s (row %v) imports %s: %s", from, here.row, path, why))
		}
	}
	return found
}

// fault says why the package from must not import path; "" when it may.
func fault(from string, here place, path string) string {
	for _, fence := range fences {
		if slices.ContainsFunc(fence.modules, func(m string) bool { return within(path, m) }) &&
			!slices.ContainsFunc(fence.users, func(u string) bool { return matches(from, u) }) {
			return "only " + strings.Join(fence.users, ", ") + " may"
		}
	}
	if !within(path, module) {
		if here.row == 0 && strings.Contains(strings.Split(path, "/")[0], ".") {
			return "row 0 imports only " + goFirst
		}
		return ""
	}
	to := shortName(path)
	there, ok := placeOf(to)
	switch {
	case !ok:
		return "it has no row in the table of imports_test.go"
	case here.row == 0:
		return "row 0 imports only " + goFirst
	case here.row < there.row:
		return fmt.Sprintf("that goes up, to row %v", there.row)
	case here.row == there.row && !ordered(from, to):
		return "that goes sideways, and the row has no order for the two"
	case here.side != there.side && here.side != both && !mayCross(from, to):
		return fmt.Sprintf("that crosses from the %s's half of the table to the %s's", here.side, there.side)
	}
	return ""
}

func placeOf(name string) (place, bool) {
	if p, ok := rows[name]; ok {
		return p, true
	}
	for pattern, p := range rows {
		if strings.HasSuffix(pattern, "/*") && matches(name, pattern) {
			return p, true
		}
	}
	return place{}, false
}

// ordered reports whether a row's own order puts to below from.
func ordered(from, to string) bool {
	for _, groups := range sideways {
		f := slices.IndexFunc(groups, func(g []string) bool { return slices.Contains(g, from) })
		t := slices.IndexFunc(groups, func(g []string) bool { return slices.Contains(g, to) })
		if t >= 0 && t < f {
			return true
		}
	}
	return false
}

func mayCross(from, to string) bool {
	for _, rule := range across {
		if matches(from, rule.from) && slices.ContainsFunc(rule.to, func(p string) bool { return p == "*" || p == to }) {
			return true
		}
	}
	return false
}

// matches compares a package with a name, or with a pattern that ends in /*.
func matches(name, pattern string) bool {
	if folder, ok := strings.CutSuffix(pattern, "/*"); ok {
		return strings.HasPrefix(name, folder+"/")
	}
	return name == pattern
}

// within reports whether path is the module or a package of it.
func within(path, module string) bool {
	return path == module || strings.HasPrefix(path, module+"/")
}

func shortName(path string) string {
	if path == module {
		return "."
	}
	return strings.TrimPrefix(path, module+"/")
}

func TestImportRules(t *testing.T) {
	cases := []struct {
		from, to string
		want     string // a part of the fault; "" when the import is right
	}{
		{"cmd/ferrule", ".", ""},
		{"cmd/ferrule", "stdlib/auth0/sqlitestore", ""},
		{".", "compiler", ""},
		{".", "runtime/jsvm", ""},
		{"compiler", "runtime", ""},
		{"compiler", "ast/parse", ""},
		{"compiler/internal/simplify", "compiler/internal/lower", ""},
		{"compiler/internal/celgen", "runtime/program", ""},
		{"runtime/exprvm", "runtime/steps", ""},
		{"runtime", "ast/source", ""},
		{"runtime/jsvm", "ast/source", ""},
		{"runtime/jsvm", "github.com/dop251/goja/file", ""},
		{"stdlib/node/https", "stdlib/node/http", ""},
		{"stdlib/node/http", "stdlib/egress", ""},
		{"ast/source", "unicode/utf8", ""},
		{"compiler/folder", "go.yaml.in/yaml/v4", ""},

		{"runtime", "runtime/jsvm", "goes up, to row 3"},
		{"compiler", ".", "goes up, to row 5"},
		{"runtime/jsvm", "runtime/steps", "goes sideways"},
		{"runtime/exprvm", "runtime/celvm", "goes sideways"},
		{"stdlib/auth0", "runtime", "goes sideways"},
		{"compiler/internal/lower", "compiler/internal/simplify", "goes sideways"},
		{"compiler/internal/exprgen", "compiler/internal/celgen", "goes sideways"},
		{"stdlib/node/http", "stdlib/node/https", "goes up, to row 2.5"},
		{"stdlib/node/url", "stdlib/node/events", "goes sideways"},
		{"stdlib/node/host", "stdlib/node/url", "goes up, to row 2.2"},
		{"runtime/jsvm", "ast", "crosses from the runtime's half"},
		{"compiler/folder", "runtime/jsondoc", "crosses from the compiler's half"},
		{"compiler/internal/lower", "runtime", "crosses from the compiler's half"},
		{"stdlib/gojalib", "ast/source", "crosses from the runtime's half"},
		{"ast/source", "stdlib/jsvalue", "row 0 imports only"},
		{"stdlib/jsvalue", "golang.org/x/text/unicode/norm", "row 0 imports only"},
		{".", "stdlib/auth0/sqlitestore", "only cmd/ferrule may"},
		{"compiler", "github.com/evanw/esbuild/pkg/api", "only ast/parse, compiler/modules may"},
		{"runtime", "github.com/dop251/goja", "only ast/parse, runtime/jsvm"},
		{"stdlib/inspect", "github.com/dop251/goja_nodejs/url", "only ast/parse, runtime/jsvm"},
		{"compiler/internal/exprgen", "github.com/expr-lang/expr", "only runtime/exprvm"},
		{"compiler", "cel.dev/cel-go/cel", "only runtime/celvm"},
		{"runtime", "github.com/stretchr/testify/assert", "only runtime/enginetest"},
		{"runtime", "stdlib/unheard", "has no row"},
	}
	for _, c := range cases {
		t.Run(strings.ReplaceAll(c.from+" to "+c.to, "/", "."), func(t *testing.T) {
			path := c.to
			if _, ours := placeOf(c.to); ours || c.want == "has no row" {
				path = strings.TrimSuffix(module+"/"+c.to, "/.")
			}
			got := faults(listed{ImportPath: strings.TrimSuffix(module+"/"+c.from, "/."), Imports: []string{path}})
			if c.want == "" {
				assert.Empty(t, got)
				return
			}
			require.Len(t, got, 1)
			assert.Contains(t, got[0], c.want)
		})
	}
	assert.Contains(t, faults(listed{ImportPath: module + "/newcomer"})[0], "newcomer has no row")
}
