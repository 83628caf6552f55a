package modules

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// Package is a package that is in a bundle.
type Package struct {
	Name, Version string
	License       string   // in its own words; "" when it has none
	Bytes         int      // of Text
	Requires      []string // the packages that it requires, sorted: name@version
}

// account is what esbuild says of a bundle.
type account struct {
	Inputs map[string]struct {
		Imports []struct {
			Path     string `json:"path"`
			External bool   `json:"external"`
		} `json:"imports"`
	} `json:"inputs"`
	Outputs map[string]struct {
		Inputs map[string]struct {
			BytesInOutput int `json:"bytesInOutput"`
		} `json:"inputs"`
	} `json:"outputs"`
}

// packagesIn lists the packages of a bundle.
func packagesIn(metafile, dir string) ([]Package, error) {
	var of account
	if err := json.Unmarshal([]byte(metafile), &of); err != nil {
		return nil, err
	}
	owners := map[string]packageFile{} // by folder
	owner := func(input string) (name string, p packageFile) {
		if strings.HasPrefix(input, rootPrefix) || input == "<stdin>" {
			return "", p
		}
		file := filepath.FromSlash(input)
		if !filepath.IsAbs(file) {
			file = filepath.Join(dir, file)
		}
		folder := filepath.Dir(file)
		p, ok := owners[folder]
		if !ok {
			p = nearest(folder)
			owners[folder] = p
		}
		if p.Name == "" {
			return "", p
		}
		return p.Name + "@" + p.Version, p
	}
	found := map[string]*Package{}
	requires := map[string]map[string]bool{}
	for _, output := range of.Outputs {
		for input, size := range output.Inputs {
			name, p := owner(input)
			if name == "" {
				continue
			}
			if found[name] == nil {
				found[name] = &Package{Name: p.Name, Version: p.Version, License: p.license()}
				requires[name] = map[string]bool{}
			}
			found[name].Bytes += size.BytesInOutput
			for _, one := range of.Inputs[input].Imports {
				if one.External {
					continue
				}
				if other, _ := owner(one.Path); other != "" && other != name {
					requires[name][other] = true
				}
			}
		}
	}
	var all []Package
	for _, name := range slices.Sorted(maps.Keys(found)) {
		found[name].Requires = slices.Sorted(maps.Keys(requires[name]))
		all = append(all, *found[name])
	}
	return all, nil
}

// nearest is the package of a folder: the nearest package.json with a name and a version.
func nearest(dir string) packageFile {
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if p, ok := readPackage(dir); ok && p.Name != "" && p.Version != "" {
			return p
		}
	}
	return packageFile{}
}
