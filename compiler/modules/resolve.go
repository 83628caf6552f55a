package modules

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// Kind says what a specifier stands for.
type Kind string

// The kinds.
const (
	Core      Kind = "core"
	Installed Kind = "installed"
	Missing   Kind = "missing"
	Refused   Kind = "refused" // a path: rules have no files
)

// Found is what a specifier stands for.
type Found struct {
	Kind    Kind
	Version string // that of an installed package
	// Dir is the folder of an installed package, and Installed the name that the folder has in
	// its node_modules: the alias or the package's own.
	Dir, Installed string
}

// Resolver looks modules up for rules of one folder.
type Resolver struct {
	Dir string // the folder of the rules; node_modules there and in the folders above count; "": none
}

// Resolve says what a specifier stands for.
func (r Resolver) Resolve(s Specifier) Found {
	switch {
	case IsPath(s.Text):
		return Found{Kind: Refused}
	case s.IsCore():
		return Found{Kind: Core}
	}
	start, err := filepath.Abs(r.Dir)
	if err != nil || r.Dir == "" || !validName(s.Name) {
		return Found{Kind: Missing}
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		if filepath.Base(dir) != "node_modules" {
			for _, name := range []string{s.Alias(), s.Name} {
				if name == "" {
					continue
				}
				at := filepath.Join(dir, "node_modules", filepath.FromSlash(name))
				p, ok := readPackage(at)
				if ok && (s.Version == "" || p.Name == s.Name && strings.EqualFold(p.Version, s.Version)) {
					return Found{Kind: Installed, Version: p.Version, Dir: at, Installed: name}
				}
			}
		}
		if dir == filepath.Dir(dir) {
			return Found{Kind: Missing}
		}
	}
}

// Find says what a use stands for. Behind a variable of old runtimes stands the version that
// they had, else the one that is installed.
func (r Resolver) Find(u Use) Found {
	found := r.Resolve(u.Specifier)
	if found.Kind == Missing && u.Variable != "" {
		if other := r.Resolve(Specifier{Text: u.Specifier.Name, Name: u.Specifier.Name}); other.Kind == Installed {
			return other
		}
	}
	return found
}

// validName reports whether npm can have a package of this name; it keeps names that would leave
// node_modules out.
func validName(name string) bool {
	parts := strings.Split(name, "/")
	if len(parts) > 2 || (len(parts) == 2) != strings.HasPrefix(name, "@") {
		return false
	}
	for _, part := range parts {
		if part == "" || part == "@" || strings.HasPrefix(part, ".") || strings.ContainsAny(part, "\\:\x00") {
			return false
		}
	}
	return true
}

// packageFile is what is read of a package.json.
type packageFile struct {
	Name     string          `json:"name"`
	Version  string          `json:"version"`
	License  json.RawMessage `json:"license"`
	Licenses json.RawMessage `json:"licenses"`
}

func readPackage(dir string) (p packageFile, ok bool) {
	text, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err != nil || json.Unmarshal(text, &p) != nil {
		return p, false
	}
	return p, true
}

// license is the licence in the words of the package; older packages have an object or a list.
func (p packageFile) license() string {
	for _, raw := range []json.RawMessage{p.License, p.Licenses} {
		var text string
		var one struct{ Type string }
		var many []struct{ Type string }
		switch {
		case len(raw) == 0:
		case json.Unmarshal(raw, &text) == nil:
			return text
		case json.Unmarshal(raw, &one) == nil:
			return one.Type
		case json.Unmarshal(raw, &many) == nil:
			var types []string
			for _, m := range many {
				types = append(types, m.Type)
			}
			return strings.Join(types, " OR ")
		}
	}
	return ""
}
