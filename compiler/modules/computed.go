package modules

import (
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// place is where something stands in a file, as esbuild counts.
type place struct{ line, column int }

// computed is what esbuild refuses of packages and Node does not, before it is reached: requires whose
// text is computed of a pattern that no file meets, and files that are no scripts.
type computed struct {
	mu     sync.Mutex
	byFile map[string][]place
	broken map[string]string // the script that stands for a file: it throws
}

// learn takes in what esbuild refuses, and reports whether that is all that is wrong.
func (c *computed) learn(dir string, errors []api.Message) bool {
	for _, m := range errors {
		if m.Location == nil || m.Location.File == "" {
			return false
		}
		file := filepath.FromSlash(m.Location.File)
		if !filepath.IsAbs(file) {
			file = filepath.Join(dir, file)
		}
		_, known := c.broken[file]
		switch at := (place{m.Location.Line, m.Location.Column}); {
		case known:
			return false
		case !strings.HasPrefix(m.Text, "Could not resolve require("):
			if !strings.Contains(filepath.ToSlash(file), "/node_modules/") {
				return false
			}
			c.broken[file] = notAScript(m.Text)
		case slices.Contains(c.byFile[file], at):
			return false
		default:
			c.byFile[file] = append(c.byFile[file], at)
		}
	}
	return true
}

// isBroken answers the script that stands for a file which is none.
func (c *computed) isBroken(file string) (script string, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	script, ok = c.broken[file]
	return script, ok
}

// notAScript throws what Node throws when such a file is required.
func notAScript(message string) string {
	return "throw new SyntaxError(" + strconv.Quote(message) + ");"
}

// mend makes of the file's requires that were refused calls of which esbuild knows nothing.
func (c *computed) mend(file, text string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	places := c.byFile[file]
	if len(places) == 0 {
		return text
	}
	lines := strings.SplitAfter(text, "\n")
	slices.SortFunc(places, func(a, b place) int { return b.column - a.column }) // from the end, so that columns stay
	for _, p := range places {
		if p.line > len(lines) || p.column > len(lines[p.line-1]) {
			continue
		}
		line := lines[p.line-1]
		if at := strings.LastIndex(line[:p.column], "require"); at >= 0 {
			lines[p.line-1] = line[:at] + "(0,require)" + line[at+len("require"):]
		}
	}
	return strings.Join(lines, "")
}

// besides are the forms in which packages name a file by the folder that they are in:
//
//	require(path.join(__dirname, 'lib', 'helper.js'))
//	require(__dirname + '/lib/helper.js')
var (
	besides = regexp.MustCompile(`\brequire\(\s*(?:path\.(?:join|resolve)\(\s*__dirname\s*((?:,\s*(?:'[^'\\\n]*'|"[^"\\\n]*")\s*)+)\)|__dirname\s*\+\s*('/[^'\\\n]*'|"/[^"\\\n]*"))\s*\)`)
	quoted  = regexp.MustCompile(`'[^']*'|"[^"]*"`)
)

// withNeighbours writes such a file by its relative path.
func withNeighbours(text string) string {
	return besides.ReplaceAllStringFunc(text, func(found string) string {
		parts := []string{"."}
		for _, part := range quoted.FindAllString(found, -1) {
			parts = append(parts, part[1:len(part)-1])
		}
		file := path.Join(parts...)
		if !strings.HasPrefix(file, "../") {
			file = "./" + file
		}
		return "require(" + strconv.Quote(file) + strings.Repeat("\n", strings.Count(found, "\n")) + ")"
	})
}

// alias is a variable that a package hides require in, to keep bundlers from following it:
//
//	aliasedRequire = require; aliasedRequire('./locale/' + name);
var alias = regexp.MustCompile(`\b(\w+)\s*=\s*require\s*[;,\n]`)

// unalias writes the calls of such a variable with a pattern as calls of require.
func unalias(text string) string {
	for _, match := range alias.FindAllStringSubmatch(text, -1) {
		if match[1] != "require" {
			calls := regexp.MustCompile(`\b` + match[1] + `\(\s*(['"]\.\.?/[^'"]*['"]\s*\+)`)
			text = calls.ReplaceAllString(text, "require($1")
		}
	}
	return text
}

// found is what esbuild puts before requires of patterns, and what stands there instead: it looks
// for files as Node does, and throws Node's error. The lines are as many.
var (
	foundByName = "var __glob = (map) => (path) => {\n  var fn = map[path];\n  if (fn) return fn();\n" +
		"  throw new Error(\"Module not found in bundle: \" + path);\n};\n"
	foundAsNode = "var __glob = (map) => (path) => {\n  var fn = [\"\", \".js\", \".json\", \"/index.js\", \"/index.json\"].map((end) => map[path + end]).find((f) => f);\n" +
		"  if (fn) return fn();\n  return require(path);\n};\n"
)

// Node takes module.exports as the default of all that is not ESM, whatever it says of itself: see ast/parse.
var (
	helpersEnd = "\n// " // the name of the first file; packages may have the same helpers in themselves
	defaults   = strings.NewReplacer(
		`__defProp({}, "__esModule", { value: true })`, `__defProp(__defProp({}, "__esModule", { value: true }), Symbol.for("ferrule.module"), { value: true })`,
		"isNodeMode || !mod || !mod.__esModule ?", `!(mod && mod[Symbol.for("ferrule.module")]) ?`,
	)
)

// asNode makes Node's of what esbuild's helpers do otherwise.
func asNode(text string) string {
	helpers, rest, found := strings.Cut(text, helpersEnd)
	if !found {
		return text
	}
	helpers = strings.Replace(helpers, foundByName, foundAsNode, 1)
	helpers = strings.Replace(helpers, bareModules, nodeModules, 1)
	return defaults.Replace(helpers) + helpersEnd + rest
}
