package modules

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// ComputedKey begins the keys of packages that packages require by a name which they compute: that
// of package program, which is on the other side.
const ComputedKey = "computed:"

// Bundled is one script with all packages of a pipeline.
type Bundled struct {
	// Text is the body of a function of exports, require and module. It sets module.exports to an
	// object of functions, by [Key]: each evaluates its module at the first call, as its packages
	// do among themselves, and answers its module.exports. Require reaches core modules, and is
	// asked for those that the packages can do without, for which it must throw Node's error.
	Text string
	// Map leads places in Text back to the files of the packages (source map, version 3).
	Map []byte
	// Packages are all that are in it, sorted by name and version.
	Packages []Package
	// Files are what the packages read of their own folders, by the paths that they know them by:
	// "/node_modules/saml/lib/saml20.template".
	Files map[string][]byte
}

// Entry is a module that rules require.
type Entry struct {
	Specifier Specifier
	Found     Found
}

// Key is the name of an entry in the bundle: with the version that is installed.
func (e Entry) Key() string {
	key := e.Specifier.Name + "@" + e.Found.Version
	if e.Specifier.Sub != "" {
		key += "/" + e.Specifier.Sub
	}
	return key
}

// BundleError lists why packages cannot be bundled.
type BundleError struct{ Problems []Problem }

// Problem is one of them.
type Problem struct {
	Key  string // of the entry that it is about; "" when that cannot be told
	Text string
}

func (e *BundleError) Error() string {
	texts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		texts[i] = p.Text
	}
	return strings.Join(texts, "\n")
}

// Bundle makes one script of the entries, which are installed, of the variables, and of all that
// they require.
func Bundle(entries []Entry, variables ...Variable) (*Bundled, error) {
	r := roots{entries: map[string]Entry{}, scripts: map[string]string{}}
	var main strings.Builder
	keys := make([]string, 0, len(entries)+len(variables))
	for _, e := range entries {
		r.entries[e.Key()] = e
		keys = append(keys, e.Key())
	}
	for _, v := range variables {
		if v.Found.Kind == Installed {
			entries = append(entries[:len(entries):len(entries)], v.Entry)
			r.entries[v.Entry.Key()] = v.Entry
		}
		r.scripts[v.Key()] = v.script()
		keys = append(keys, v.Key())
	}
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		quoted := strconv.Quote(rootPrefix + key)
		fmt.Fprintf(&main, "exports[%s] = function () { return require(%s); };\n", strconv.Quote(key), quoted)
	}
	dir := workingDir(entries)
	refused := &computed{byFile: map[string][]place{}, broken: map[string]string{}}
	read := newFiles()
	options := api.BuildOptions{
		Stdin:  &api.StdinOptions{Contents: main.String(), Sourcefile: "ferrule:modules", ResolveDir: dir},
		Bundle: true, Write: false, Outfile: "modules.js", AbsWorkingDir: dir, LogLevel: api.LogLevelSilent,
		Format: api.FormatCommonJS, Platform: api.PlatformNode, MainFields: []string{"main"}, Conditions: []string{},
		KeepNames: true, Target: api.ESNext, Supported: lacking, Charset: api.CharsetUTF8, LegalComments: api.LegalCommentsNone,
		Sourcemap: api.SourceMapExternal, SourcesContent: api.SourcesContentExclude, Metafile: true,
		Plugins: []api.Plugin{{Name: "ferrule", Setup: func(b api.PluginBuild) { setUp(b, r, refused, read) }}},
	}
	build := func() api.BuildResult {
		result := api.Build(options)
		for len(result.Errors) > 0 && refused.learn(dir, result.Errors) {
			result = api.Build(options)
		}
		return result
	}
	result := build()
	if peers := read.peers(); len(peers) > 0 && len(result.Errors) == 0 {
		for _, name := range slices.Sorted(maps.Keys(peers)) {
			e := peers[name]
			r.entries[e.Key()] = e
			fmt.Fprintf(&main, "exports[%s] = function () { return require(%s); };\n", strconv.Quote(ComputedKey+name), strconv.Quote(rootPrefix+e.Key()))
		}
		options.Stdin = &api.StdinOptions{Contents: main.String(), Sourcefile: "ferrule:modules", ResolveDir: dir}
		if more := build(); len(more.Errors) == 0 {
			result = more
		}
	}
	if len(result.Errors) > 0 {
		problems := &BundleError{}
		for _, m := range result.Errors {
			text := m.Text
			key, _ := m.Detail.(string)
			if m.Location != nil && key == "" {
				text = fmt.Sprintf("%s:%d:%d: %s", m.Location.File, m.Location.Line, m.Location.Column+1, text)
			}
			problems.Problems = append(problems.Problems, Problem{key, text})
		}
		return nil, problems
	}
	bundled := &Bundled{Files: read.contents()}
	for _, file := range result.OutputFiles {
		if strings.HasSuffix(file.Path, ".map") {
			bundled.Map = file.Contents
		} else {
			bundled.Text = asNode(string(file.Contents))
		}
	}
	var err error
	bundled.Packages, err = packagesIn(result.Metafile, dir)
	return bundled, err
}

// workingDir is the folder above all node_modules of the entries: paths in the bundle are
// relative to it, so that they say nothing of the machine.
func workingDir(entries []Entry) string {
	dir := ""
	for _, e := range entries {
		at := filepath.Clean(strings.TrimSuffix(e.Found.Dir, filepath.Join("node_modules", filepath.FromSlash(e.Found.Installed))))
		if dir == "" || len(at) < len(dir) {
			dir = at // folders of one look-up are above each other
		}
	}
	return dir
}

// lacking is what goja has not, and what esbuild must leave as it is: see ast/parse.
var lacking = map[string]bool{
	"async-generator": false, "for-await": false, "class-private-brand-check": false, "decorators": false, "using": false,
	"dynamic-import": false, "top-level-await": false,
	"regexp-dot-all-flag": true, "regexp-lookbehind-assertions": true, "regexp-match-indices": true,
	"regexp-named-capture-groups": true, "regexp-set-notation": true, "regexp-sticky-and-unicode-flags": true,
	"regexp-unicode-property-escapes": false,
}

const (
	rootPrefix = "ferrule:"
	resolved   = "resolved" // marks a resolution of our own, which is not ours to resolve again
)

// roots are what the script of a bundle requires, by key.
type roots struct {
	entries map[string]Entry
	scripts map[string]string // of variables
}

func setUp(b api.PluginBuild, r roots, refused *computed, read *files) {
	around := newFence()
	b.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
		if args.PluginData == resolved || args.Kind == api.ResolveEntryPoint {
			return api.OnResolveResult{}, nil
		}
		path, from := args.Path, args.ResolveDir
		key, isRoot := strings.CutPrefix(path, rootPrefix)
		if _, isScript := r.scripts[key]; isRoot && isScript {
			return api.OnResolveResult{Path: key, Namespace: shimNamespace}, nil
		} else if isRoot {
			e := r.entries[key]
			path = e.Found.Installed
			if e.Specifier.Sub != "" {
				path += "/" + e.Specifier.Sub
			}
			from = strings.TrimSuffix(filepath.ToSlash(e.Found.Dir), "node_modules/"+e.Found.Installed)
		} else if s := Parse(path); !IsPath(path) && s.IsCore() {
			return api.OnResolveResult{Path: path, External: true}, nil
		}
		found := b.Resolve(path, api.ResolveOptions{Kind: args.Kind, ResolveDir: from, Importer: args.Importer, PluginData: resolved})
		lost := len(found.Errors) > 0
		if !lost && !found.External && found.Namespace == "file" {
			if isRoot {
				lost = !around.within(r.entries[key].Found.Dir, found.Path)
			} else {
				lost = !around.admits(path, args.Importer, from, found.Path)
			}
		}
		switch {
		case lost && isRoot:
			return api.OnResolveResult{Errors: []api.Message{{Text: "Cannot find module '" + key + "'", Detail: key}}}, nil
		case lost: // the package may do without; require throws when it is run
			return api.OnResolveResult{Path: args.Path, External: true}, nil
		}
		if !isRoot && !IsPath(path) {
			read.requires(args.Importer, found.Path)
		}
		return api.OnResolveResult{Path: found.Path, External: found.External, Namespace: found.Namespace, Suffix: found.Suffix}, nil
	})
	b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: shimNamespace}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		text := r.scripts[args.Path]
		return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, nil
	})
	b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "file"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		if !around.keepsOut(args.Path) {
			return api.OnLoadResult{}, nil
		}
		text := "throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' });"
		return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, nil
	})
	b.OnLoad(api.OnLoadOptions{Filter: `\.node$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		text := "throw Object.assign(new Error(" + strconv.Quote("native addons do not run here: "+virtual(args.Path)) + `), {code: "ERR_DLOPEN_FAILED"});`
		return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, nil
	})
	b.OnLoad(api.OnLoadOptions{Filter: `\.[cm]?js$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		data, err := os.ReadFile(args.Path)
		if err != nil {
			return api.OnLoadResult{}, err
		}
		if broken, ok := refused.isBroken(args.Path); ok {
			return api.OnLoadResult{Contents: &broken, Loader: api.LoaderJS}, nil
		}
		text := read.visit(b, around, args.Path, withNeighbours(withoutEval(withIterators(unalias(string(data))))))
		if strings.Contains(text, "__dirname") || strings.Contains(text, "__filename") {
			text = withPlace(text, virtual(args.Path))
		}
		if text = refused.mend(args.Path, text); text == string(data) {
			return api.OnLoadResult{}, nil
		}
		return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS, ResolveDir: filepath.Dir(args.Path)}, nil
	})
	b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "file"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		broken, ok := refused.isBroken(args.Path)
		if !ok {
			switch filepath.Ext(args.Path) {
			case ".js", ".cjs", ".mjs", ".json", ".node", "":
				return api.OnLoadResult{}, nil
			}
			broken = notAScript("Invalid or unexpected token") // the pattern of a computed require meets it
		}
		return api.OnLoadResult{Contents: &broken, Loader: api.LoaderJS}, nil
	})
}

// virtual is where a file of a package stands for its own code: nothing of this machine is in it.
func virtual(path string) string {
	path = filepath.ToSlash(path)
	if i := strings.LastIndex(path, "/node_modules/"); i >= 0 {
		return path[i:]
	}
	return "/" + filepath.Base(path)
}

// opening is what must stay in front: a #! line, comments and directives.
var opening = regexp.MustCompile(`^(?:\x{FEFF})?(?:#!.*)?(?:\s+|//.*|/\*[\s\S]*?\*/|'use strict';?|"use strict";?)*`)

// withPlace sets __filename and __dirname on the line where the code begins, so that no line moves.
func withPlace(text, path string) string {
	at := len(opening.FindString(text))
	dir := path[:max(strings.LastIndex(path, "/"), 1)]
	return text[:at] + ";var __filename=" + strconv.Quote(path) + ",__dirname=" + strconv.Quote(dir) + ";" + text[at:]
}
