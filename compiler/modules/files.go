package modules

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// The largest file of a package that goes into a bundle beside the code, and how much of one
// package, which is the largest file that a script names in full. What is larger is not there for
// the package that looks for it.
const (
	maxFileBytes  = 1 << 20
	maxFilesBytes = 2 << 20
)

// files collects what packages read of their own folders: templates, tables, type lists. A
// package is taken to read when its scripts have to do with both fs and their own place.
type files struct {
	mu      sync.Mutex
	readers map[string]habits // by the folder of the package
	others  map[string]string // single files, from where they stand to their path on disk
	askers  map[string]bool   // folders of packages that require what they compute
	// climbers are the folders of packages that look from which module they were required: they can read
	// the package.json of the packages that require them.
	climbers map[string]bool
	requirer map[string][]string // by the file, the files of other packages that require it
}

func newFiles() *files {
	return &files{readers: map[string]habits{}, others: map[string]string{}, askers: map[string]bool{}, climbers: map[string]bool{}, requirer: map[string][]string{}}
}

// habits are what scripts of a package have to do with.
type habits struct{ fs, place bool }

var (
	readsFiles = regexp.MustCompile(`\b(?:require|import|from)\b\s*\(?\s*['"](?:node:)?(?:fs|fs/promises|fs-extra|graceful-fs)['"]`)
	ownPlace   = regexp.MustCompile(`\b__dirname\b|\b__filename\b|\brequire\.resolve\b`)
	ownModule  = regexp.MustCompile(`=\s*module\s*[;,]|\bmodule\.(?:parent|filename|paths)\b`)
	resolves   = regexp.MustCompile(`\brequire\.resolve\(\s*(?:'([^']+)'|"([^"]+)")\s*\)`)
	named      = regexp.MustCompile(`['"/]([\w./-]+\.[A-Za-z]\w*)['"]`)
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
				if IsPath(name) || slices.Contains(strings.Split(name, "/"), "..") {
					continue // no package has such a name
				}
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
func (c *files) visit(b api.PluginBuild, around *fence, path, text string) string {
	climbs := ownModule.MatchString(text)
	own, reads, computes := climbs || ownPlace.MatchString(text), readsFiles.MatchString(text), asks.MatchString(text)
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
	if climbs && reads && root != "" {
		c.climbers[root] = true
	}
	before := c.readers[root]
	c.readers[root] = habits{before.fs || reads, before.place || own}
	if !own {
		return text
	}
	if reads && root != "" {
		for _, match := range named.FindAllStringSubmatch(text, -1) {
			at := filepath.Join(dir, filepath.FromSlash(match[1]))
			real, err := filepath.EvalSymlinks(at)
			if err != nil || !around.within(root, real) || packageFolder(filepath.Dir(real)) != root {
				continue
			}
			if info, err := os.Stat(real); err == nil && info.Mode().IsRegular() {
				c.others[virtual(at)] = real
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
		if len(found.Errors) > 0 || found.Path == "" || !around.admits(name, path, dir, found.Path) {
			return call
		}
		if reads {
			c.others[virtual(found.Path)] = found.Path
		}
		return `"` + virtual(found.Path) + `"`
	})
}

// requires notes that a file requires one of another package.
func (c *files) requires(file, other string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requirer[other] = append(c.requirer[other], file)
}

// above are the package.json files of the packages that require climbers.
func (c *files) above() []string {
	var found []string
	for other, by := range c.requirer {
		if len(c.climbers) == 0 || !c.climbers[packageFolder(filepath.Dir(other))] {
			continue
		}
		for _, file := range by {
			if root := packageFolder(filepath.Dir(file)); root != "" {
				found = append(found, filepath.Join(root, "package.json"))
			}
		}
	}
	return found
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
	for _, at := range c.above() {
		if data, err := os.ReadFile(at); err == nil && len(data) <= maxFileBytes {
			found[virtual(at)] = data
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
