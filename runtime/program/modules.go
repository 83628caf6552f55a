package program

// Modules are the packages that the rules of a pipeline require, bundled to one text.
type Modules struct {
	// Code is the body of a function of exports, require, module and internal, for goja: it puts
	// into exports a function for each key, which evaluates that module at its first call and
	// answers its exports. Its require is asked for Node's core modules only.
	Code string
	// Map is the source map of Code, version 3.
	Map string
	// Words are as those of a rule's script: what Code may reach of the sandbox.
	Words []string
	// Keys says for each rule, in their order, which key a text that it requires stands for. What
	// is in no map is a core module, or missing.
	Keys []map[string]string
	// Variables are the keys of the variables that old runtimes had without a require, by name,
	// as far as the rules read them.
	Variables map[string]string
	Packages  []Package
	// Files are what the packages read of their own folders, by path.
	Files map[string][]byte
}

// ComputedKey begins the keys of packages that packages require by a name which they compute.
const ComputedKey = "computed:"

// Package is one package of a bundle.
type Package struct {
	Name    string
	Version string
	Licence string // as its package.json says it; may be empty
	Bytes   int    // of its files in the bundle
	// Requires are the packages that it requires, sorted: name@version.
	Requires []string
}
