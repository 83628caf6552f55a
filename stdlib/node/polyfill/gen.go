//go:build ignore

// Gen bundles the packages of package.json into built/, one script for a core module, and
// writes the licences of all that is in them to LICENSES.txt. Run "npm ci" before.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

var entries = map[string]string{
	"stream":      "module.exports = require('./node_modules/readable-stream/lib/stream.js');",
	"punycode":    "module.exports = require('./node_modules/punycode');",
	"web_streams": "module.exports = require('./node_modules/web-streams-polyfill');",
}

// core are the modules that a bundle takes from Ferrule, also where it names a package.
var core = regexp.MustCompile(`^(events|buffer|process|string_decoder|util|punycode|stream|querystring)/?$`)

// replaced are packages that a bundle gets from Ferrule in another form.
var replaced = map[string]string{
	"abort-controller": `exports.AbortController = function () {
  const Controller = internal.global('AbortController');
  if (Controller !== undefined) return new Controller();
  this.signal = { aborted: false, addEventListener() {}, removeEventListener() {} };
  this.abort = () => { this.signal.aborted = true; };
};
exports.AbortSignal = { any(list) { return internal.global('AbortSignal').any(list); } };`,
	"qs": `const q = require('querystring');
exports.parse = s => q.parse(s);
exports.stringify = o => q.stringify(o);`,
}

func main() {
	packages := map[string]bool{}
	fromPackages := api.Plugin{Name: "core", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			switch {
			case replaced[a.Path] != "":
				return api.OnResolveResult{Path: a.Path, Namespace: "replaced"}, nil
			case a.Path == "safe-buffer":
				return api.OnResolveResult{Path: "buffer", External: true}, nil
			case core.MatchString(a.Path):
				return api.OnResolveResult{Path: strings.TrimSuffix(a.Path, "/"), External: true}, nil
			}
			return api.OnResolveResult{}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "replaced"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			text := replaced[a.Path]
			return api.OnLoadResult{Contents: &text}, nil
		})
	}}
	for name, text := range entries {
		for _, m := range regexp.MustCompile(`"node_modules/((?:@[^/]+/)?[^/"]+)/[^"]*":`).FindAllStringSubmatch(bundle(name, text, fromPackages), -1) {
			packages[m[1]] = true
		}
	}
	texts := library()
	for name, text := range own {
		bundle(name, text, plugin(name, texts))
	}
	var names []string
	for name := range packages {
		names = append(names, name)
	}
	sort.Strings(names)
	var out strings.Builder
	fmt.Fprintf(&out, "Node.js: lib/\n-------------\n\n%s\n\n", licence(texts["url"]))
	for _, name := range names {
		files, _ := filepath.Glob("node_modules/" + name + "/[Ll][Ii][Cc][Ee][Nn]*")
		if len(files) == 0 {
			log.Fatalf("no licence of %s", name)
		}
		text, err := os.ReadFile(files[0])
		if err != nil {
			log.Fatal(err)
		}
		fmt.Fprintf(&out, "%s\n%s\n\n%s\n\n", name, strings.Repeat("-", len(name)), strings.TrimSpace(string(text)))
	}
	if err := os.WriteFile("LICENSES.txt", []byte(out.String()), 0o644); err != nil {
		log.Fatal(err)
	}
}

// bundle writes a bundle of an entry and answers what it is of.
func bundle(name, text string, plugin api.Plugin) (metafile string) {
	result := api.Build(api.BuildOptions{
		Stdin:  &api.StdinOptions{Contents: text, ResolveDir: ".", Sourcefile: "entry"},
		Bundle: true, Write: false, Metafile: true, MinifySyntax: true, MinifyWhitespace: true,
		Platform: api.PlatformNode, MainFields: []string{"main"}, Format: api.FormatCommonJS, Target: api.ES2022,
		Supported: map[string]bool{"for-await": false, "async-generator": false},
		Define: map[string]string{
			"globalThis.AbortController": "undefined", "globalThis.AbortSignal": "undefined", "process.env.NODE_DEBUG": "undefined",
			"console.warn": "internal.warn",
		},
		LegalComments: api.LegalCommentsNone, LogLevel: api.LogLevelWarning, Plugins: []api.Plugin{plugin},
	})
	if len(result.Errors) > 0 {
		log.Fatal(result.Errors)
	}
	if err := os.WriteFile("built/"+name+".js", result.OutputFiles[0].Contents, 0o644); err != nil {
		log.Fatal(err)
	}
	return result.Metafile
}

// licence is the comment that heads the scripts of Node's library.
func licence(text string) string {
	head, _, _ := strings.Cut(text, "\n\n'use strict'")
	return strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(head, "// ", ""), "//", ""))
}
