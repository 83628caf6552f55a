package modules

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// The largest file of a package that goes into a bundle beside the code, and how much of one
// package. What is larger is not there for the package that looks for it.
const (
	maxFileBytes  = 256 << 10
	maxFilesBytes = 2 << 20
)

// files collects what packages read of their own folders: templates, tables, type lists. A
// package is taken to read when its scripts have to do with both fs and their own place.
type files struct {
	mu      sync.Mutex
	readers map[string]habits // by the folder of the package
	others  map[string]string // single files, from where they stand to their path on disk
	askers  map[string]bool   // folders of packages that require what they compute
}

func newFiles() *files {
	return &files{readers: map[string]habits{}, others: map[string]string{}, askers: map[string]bool{}}
}

// habits are what scripts of a package have to do with.
type habits struct{ fs, place bool }

var (
	readsFiles = regexp.MustCompile(`\b(?:require|import|from)\b\s*\(?\s*['"](?:node:)?(?:fs|fs/promises|fs-extra|graceful-fs)['"]`)
	ownPlace   = regexp.MustCompile(`\b__dirname\b|\b__filename\b|\brequire\.resolve\b`)
	resolves   = regexp.MustCompile(`\brequire\.resolve\(\s*(?:'([^']+)'|"([^"]+)")\s*\)`)
	scripts    = regexp.MustCompile(`['"/]([\w./-]+\.[cm]?js)['"]`)
	folderName = regexp.MustCompile(`(?i)^(node_modules|\..*|tests?|__tests__|specs?|docs?|examples?|coverage|benchmarks?)$`)
	noData     = regexp.MustCompile(`(?i)(\.([cm]?[jt]sx?|map|md|markdown|flow|node|lock)|^\.|^(licen[sc]e|readme|changelog|changes|history|authors|contributors|notice|makefile)[^/]*)$`)
)

// asks is a require of a variable. Packages get to those that they can work with so: sequelize to pg.
var asks = regexp.MustCompile(`\brequire\(\s*[A-Za-z_$][\w$.]*\s*\)`)

// peers are the packages that are installed and that packages with such a require name as their
// peers or as optional, by name.
func (c *files) peers() map[string]Entry {
	found := map[string]Entry{}
	for root := range c.askers {
		data, err := os.ReadFile(filepath.Join(root, "package.json"))
		var p struct {
			PeerDependencies, PeerDependenciesMeta, OptionalDependencies map[string]any
		}
		if err != nil || json.Unmarshal(data, &p) != nil {
			continue
		}
		for _, names := range []map[string]any{p.PeerDependencies, p.PeerDependenciesMeta, p.OptionalDependencies} {
			for name := range names {
				e := Entry{Specifier: Parse(name)}
				if e.Found = (Resolver{Dir: root}).Resolve(e.Specifier); e.Found.Kind == Installed {
					found[name] = e
				}
			}
		}
	}
	return found
}

// visit looks whether a script reads files. The places that it asks of require.resolve are
// written into it: require.resolve is not there when it runs.
func (c *files) visit(b api.PluginBuild, path, text string) string {
	own, reads, computes := ownPlace.MatchString(text), readsFiles.MatchString(text), asks.MatchString(text)
	if !own && !reads && !computes {
		return text
	}
	dir := filepath.Dir(path)
	c.mu.Lock()
	defer c.mu.Unlock()
	root := packageFolder(dir)
	if computes && root != "" {
		c.askers[root] = true
	}
	before := c.readers[root]
	c.readers[root] = habits{before.fs || reads, before.place || own}
	if !own {
		return text
	}
	if reads && root != "" {
		for _, match := range scripts.FindAllStringSubmatch(text, -1) {
			at := filepath.Join(dir, filepath.FromSlash(match[1]))
			if info, err := os.Stat(at); err == nil && info.Mode().IsRegular() && packageFolder(filepath.Dir(at)) == root {
				c.others[virtual(at)] = at
			}
		}
	}
	return resolves.ReplaceAllStringFunc(text, func(call string) string {
		match := resolves.FindStringSubmatch(call)
		name := match[1] + match[2]
		if Parse(name).IsCore() {
			return `"` + name + `"`
		}
		found := b.Resolve(name, api.ResolveOptions{Kind: api.ResolveJSRequireCall, ResolveDir: dir, Importer: path, PluginData: resolved})
		if len(found.Errors) > 0 || found.Path == "" {
			return call
		}
		if reads {
			c.others[virtual(found.Path)] = found.Path
		}
		return `"` + virtual(found.Path) + `"`
	})
}

// packageFolder is the folder of the package that a folder belongs to; "" outside of node_modules.
func packageFolder(dir string) string {
	for ; filepath.Base(dir) != "node_modules" && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if p, ok := readPackage(dir); ok && p.Name != "" {
			return dir
		}
	}
	return ""
}

// contents are the files by the paths that packages know them by.
func (c *files) contents() map[string][]byte {
	found := map[string][]byte{}
	for name, at := range c.others {
		if data, err := os.ReadFile(at); err == nil && len(data) <= maxFilesBytes {
			found[name] = data
		}
	}
	for root, has := range c.readers {
		if root == "" || !has.fs || !has.place {
			continue
		}
		left := maxFilesBytes
		_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil // what cannot be read is not there
			case entry.IsDir():
				if path != root && folderName.MatchString(entry.Name()) {
					return filepath.SkipDir
				}
				return nil
			case !entry.Type().IsRegular() || noData.MatchString(entry.Name()):
				return nil
			}
			if info, err := entry.Info(); err != nil || info.Size() > maxFileBytes || info.Size() > int64(left) {
				return nil
			}
			if data, err := os.ReadFile(path); err == nil {
				left -= len(data)
				found[virtual(path)] = data
			}
			return nil
		})
	}
	if len(found) == 0 {
		return nil
	}
	return found
}
