//go:build ignore

package main

import (
	"encoding/json"
	"log"
	"os/exec"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// own are core modules whose bundle is of Node's own library, and what of it the bundle exports.
// What they need of Node beside the scripts of taken is in node_internals.js.
var own = map[string]string{
	"url":         "const u = require('url'); module.exports = { Url: u.Url, parse: u.parse, resolve: u.resolve, resolveObject: u.resolveObject, format: u.format };",
	"path":        "module.exports = require('path');",
	"assert":      "module.exports = require('assert');",
	"events":      "module.exports = require('events');",
	"querystring": "module.exports = require('querystring');",
	"node": `module.exports = name => {
	switch (name) {
	case 'internal/validators': return require('internal/validators');
	case 'internal/constants': return require('internal/constants');
	case 'internal/querystring': return require('internal/querystring');
	case 'internal/fixed_queue': return require('internal/fixed_queue');
	default: return require('./node_internals.js')[name];
	}
};`,
}

// shared are the scripts that the bundle node has for the other ones.
var shared = regexp.MustCompile(`^internal/(querystring|constants|validators|fixed_queue)$`)

// taken are the scripts of Node's library that bundles are of.
var taken = regexp.MustCompile(`^(url|path|assert|events|querystring|internal/(querystring|constants|validators|fixed_queue|util/comparisons|assert/(assertion_error|calltracker)))$`)

// library reads the scripts from Node 20 itself.
func library() map[string]string {
	out, err := exec.Command("node", "--no-warnings", "-p", "process.version.startsWith('v20.') && JSON.stringify(process.binding('natives'))").Output()
	texts := map[string]string{}
	if err == nil {
		err = json.Unmarshal(out, &texts)
	}
	if err != nil {
		log.Fatalf("node 20: %v", err)
	}
	return texts
}

// plugin resolves require of Node's library for a bundle.
func plugin(name string, texts map[string]string) api.Plugin {
	return api.Plugin{Name: "node", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			switch {
			case name != "querystring" && a.Path == "querystring":
				return api.OnResolveResult{Path: a.Path, External: true}, nil
			case strings.HasSuffix(a.Importer, "node_internals.js"):
				return api.OnResolveResult{Path: a.Path, External: true}, nil
			case a.Path == "./node_internals.js":
				return api.OnResolveResult{}, nil
			case taken.MatchString(a.Path) && (name == "node" || !shared.MatchString(a.Path)):
				return api.OnResolveResult{Path: a.Path, Namespace: "node"}, nil
			case strings.HasPrefix(a.Path, "internal/"):
				return api.OnResolveResult{Path: a.Path, Namespace: "internals"}, nil
			}
			return api.OnResolveResult{Path: a.Path, External: true}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "node"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			text := process.ReplaceAllString(withoutPrimordials(texts[a.Path]), "require('process').$1")
			return api.OnLoadResult{Contents: &text, ResolveDir: "."}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "internals"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			text := "module.exports = internal.node('" + a.Path + "');"
			if name == "node" {
				text = "module.exports = require('./node_internals.js')['" + a.Path + "'];"
			}
			return api.OnLoadResult{Contents: &text, ResolveDir: "."}, nil
		})
	}}
}

var (
	primordials = regexp.MustCompile(`(?s)const \{([^}]*)\} = primordials;`)
	method      = regexp.MustCompile(`\b(Array|BigInt|Boolean|Date|Error|Function|Number|Object|RegExp|Set|Map|String|Symbol|TypedArray|Promise)Prototype([A-Z]\w*)\(`)
	static      = regexp.MustCompile(`^(Array|Error|JSON|Math|Number|Object|Reflect|Promise|String)([A-Z][A-Za-z_]*)$`)
	process     = regexp.MustCompile(`\bprocess\.(\w+)`)
	bindings    = regexp.MustCompile(`internalBinding\(('\w+')\)`)
)

// withoutPrimordials writes calls of Node's copies of built-in functions as plain calls:
// StringPrototypeSlice(s, 1) is s.slice(1), ObjectKeys(o) is Object.keys(o).
func withoutPrimordials(text string) string {
	// The engine has no generators of promises, and so no prototype of their own.
	text = strings.ReplaceAll(text, "ObjectGetPrototypeOf(async function* () {}).prototype", "{ __proto__: { [SymbolAsyncIterator]() { return this; } } }")
	text = bindings.ReplaceAllString(text, "require('internal/binding')[$1]")
	var names []string
	if m := primordials.FindStringSubmatch(text); m != nil {
		names = strings.FieldsFunc(regexp.MustCompile(`//.*`).ReplaceAllString(m[1], ""), func(r rune) bool { return r == ',' || r == ' ' || r == '\n' })
		text = strings.Replace(text, m[0], "\x00", 1)
	}
	for {
		at := method.FindStringSubmatchIndex(text)
		if at == nil {
			break
		}
		class, name := text[at[2]:at[3]], text[at[4]:at[5]]
		first, rest := argument(text[at[1]:])
		end := at[1] + len(first) + len(rest)
		text = text[:at[0]] + called(class, name, first, rest) + text[end:]
	}
	var head strings.Builder
	for _, name := range names {
		m := method.FindStringSubmatch(name + "(")
		switch {
		case name == "SafeStringPrototypeSearch":
			head.WriteString("const SafeStringPrototypeSearch = (text, pattern) => text.search(pattern);\n")
		case m != nil && strings.HasPrefix(name, m[1]+"Prototype") && regexp.MustCompile(`\b`+name+`\b`).MatchString(text):
			head.WriteString("const " + name + " = Function.prototype.call.bind(" + m[1] + ".prototype." + lower(m[2]) + ");\n")
		case m != nil && strings.HasPrefix(name, m[1]+"Prototype"):
		case strings.HasSuffix(name, "Prototype"):
			head.WriteString("const " + name + " = " + strings.TrimSuffix(name, "Prototype") + ".prototype;\n")
		case strings.HasPrefix(name, "Safe"):
			head.WriteString("const " + name + " = " + strings.TrimPrefix(name, "Safe") + ";\n")
		case name == "SymbolDispose" || name == "SymbolAsyncDispose":
			head.WriteString("const " + name + " = Symbol.for('nodejs." + lower(strings.TrimPrefix(name, "Symbol")) + "');\n")
		case strings.HasPrefix(name, "Symbol") && name != "Symbol":
			head.WriteString("const " + name + " = Symbol." + lower(strings.TrimPrefix(name, "Symbol")) + ";\n")
		case static.MatchString(name) && !strings.HasSuffix(name, "Error"):
			m := static.FindStringSubmatch(name)
			member := lower(m[2])
			if strings.ToUpper(m[2]) == m[2] {
				member = m[2]
			}
			bound := ""
			if m[1] == "Promise" {
				bound = ".bind(Promise)"
			}
			head.WriteString("const " + name + " = " + m[1] + "." + member + bound + ";\n")
		}
	}
	return strings.Replace(text, "\x00", head.String(), 1)
}

// called is a call up to its closing parenthesis.
func called(class, name, first, rest string) string {
	if !regexp.MustCompile(`^[\w.$\[\]]+$`).MatchString(first) {
		first = "(" + first + ")"
	}
	others := strings.TrimLeft(strings.TrimPrefix(rest, ","), " \n")
	switch {
	case name == "GetSymbolToStringTag":
		return "(" + first + "[Symbol.toStringTag]"
	case class == "TypedArray" && strings.HasPrefix(name, "Get"):
		return "(" + first + "." + lower(strings.TrimPrefix(name, "Get"))
	case class == "RegExp" && strings.HasPrefix(name, "Symbol"):
		return first + "[Symbol." + lower(strings.TrimPrefix(name, "Symbol")) + "](" + others
	case class == "Object", name == "ValueOf", name == "GetTime":
		return class + ".prototype." + lower(name) + ".call(" + first + rest
	}
	return first + "." + lower(name) + "(" + others
}

// argument parts the first argument of a call from what follows it, up to the closing parenthesis.
func argument(text string) (first, rest string) {
	depth, from, quote := 0, -1, byte(0)
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"' || c == '`':
			quote = c
		case strings.IndexByte("([{", c) >= 0:
			depth++
		case strings.IndexByte(")]}", c) >= 0:
			if depth == 0 {
				if from < 0 {
					return text[:i], ""
				}
				return text[:from], text[from:i]
			}
			depth--
		case c == ',' && depth == 0 && from < 0:
			from = i
		}
	}
	log.Fatal("a call without an end")
	return "", ""
}

func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }
