package modules

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// fence keeps what is no package's out of a bundle: packages may ask of the disk what they like,
// and the files of the machine that compiles are nobody's to keep.
type fence struct {
	mu     sync.Mutex
	linked map[string]bool   // folders of packages that stand outside of node_modules
	real   map[string]string // folders by where links to them lead
	above  map[string]string // by folder and name: see installedAbove
}

func newFence() *fence {
	return &fence{linked: map[string]bool{}, real: map[string]string{}, above: map[string]string{}}
}

// admits reports whether a file is of the package that a require asks for.
func (f *fence) admits(required, importer, from, found string) bool {
	base := folderOf(importer)
	if !IsPath(required) && !strings.HasPrefix(required, "#") {
		if installed := f.installedAbove(from, Parse(required).Name); installed != "" {
			base = installed
		}
	}
	return f.within(base, found)
}

// within reports whether a file is below the folder of a package.
func (f *fence) within(dir, file string) bool {
	if dir == "" {
		return false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	real, ok := f.real[dir]
	if !ok {
		real = dir
		if at, err := filepath.EvalSymlinks(dir); err == nil {
			real = at
		}
		f.real[dir] = real
	}
	if !inside(real, file) {
		return false
	}
	if !isInstalled(real) {
		f.linked[real] = true
	}
	return true
}

// keepsOut reports whether a file is of no package: one that a pattern meets.
func (f *fence) keepsOut(file string) bool {
	if isInstalled(file) {
		return false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for dir := range f.linked {
		if inside(dir, file) {
			return false
		}
	}
	return true
}

func isInstalled(file string) bool {
	return strings.Contains(filepath.ToSlash(file), "/node_modules/")
}

// inside reports whether a file is below a folder. Neither is a link: esbuild names files so.
func inside(dir, file string) bool {
	way, err := filepath.Rel(dir, file)
	return err == nil && filepath.IsLocal(way)
}

// folderOf is the folder of the package that a file belongs to: the one in node_modules, or, for
// one that is linked, that with its package.json.
func folderOf(file string) string {
	dir := filepath.Dir(file)
	parts := strings.Split(filepath.ToSlash(dir), "/")
	for i := len(parts) - 2; i >= 0; i-- {
		if parts[i] != "node_modules" {
			continue
		}
		end := i + 2
		if strings.HasPrefix(parts[i+1], "@") {
			end++
		}
		return filepath.FromSlash(strings.Join(parts[:min(end, len(parts))], "/"))
	}
	return packageFolder(dir)
}

// installedAbove is where a package is installed for the code in a folder; "" when it is not.
func (f *fence) installedAbove(dir, name string) (at string) {
	key := dir + "\x00" + name
	f.mu.Lock()
	defer f.mu.Unlock()
	if at, ok := f.above[key]; ok {
		return at
	}
	defer func() { f.above[key] = at }()
	for ; ; dir = filepath.Dir(dir) {
		at = filepath.Join(dir, "node_modules", filepath.FromSlash(name))
		if _, err := os.Stat(at); err == nil && filepath.Base(dir) != "node_modules" {
			return at
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}
