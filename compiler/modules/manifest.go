package modules

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// Manifest is a package.json. What it holds beside dependencies is kept as it is, in its order.
type Manifest struct {
	members      []member
	dependencies map[string]string
}

type member struct {
	key   string
	value json.RawMessage
}

// ReadManifest reads a package.json; an empty text gives a new private one.
func ReadManifest(text []byte) (*Manifest, error) {
	m := &Manifest{dependencies: map[string]string{}}
	if len(bytes.TrimSpace(text)) == 0 {
		m.members = []member{{"private", json.RawMessage("true")}}
		return m, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\uFEFF"))))
	if t, err := decoder.Token(); err != nil || t != json.Delim('{') {
		return nil, fmt.Errorf("it is no JSON object")
	}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, err
		}
		m.members = append(m.members, member{fmt.Sprint(key), value})
		if key == "dependencies" {
			if err := json.Unmarshal(value, &m.dependencies); err != nil {
				return nil, fmt.Errorf("its dependencies: %w", err)
			}
		}
	}
	if _, err := decoder.Token(); err != nil {
		return nil, err
	}
	if m.dependencies == nil {
		m.dependencies = map[string]string{}
	}
	return m, nil
}

// Add makes npm install what a specifier asks for, and reports whether anything had to be added:
// an entry that is there is kept.
func (m *Manifest) Add(s Specifier) bool {
	name, version := s.Name, DefaultVersion(s.Name)
	switch {
	case s.Version != "":
		name, version = s.Alias(), "npm:"+s.Name+"@"+s.Version
	case version == "":
		version = "*"
	}
	if _, ok := m.dependencies[name]; ok {
		return false
	}
	m.dependencies[name] = version
	return true
}

// Text is the file, with dependencies sorted as npm sorts them.
func (m *Manifest) Text() ([]byte, error) {
	members := slices.Clone(m.members)
	if len(m.dependencies) > 0 {
		value, err := json.Marshal(m.dependencies)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(members, func(e member) bool { return e.key == "dependencies" })
		if at < 0 {
			at = len(members)
			members = append(members, member{key: "dependencies"})
		}
		members[at].value = value
	}
	var b bytes.Buffer
	b.WriteByte('{')
	for i, e := range members {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(e.key)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%s:%s", key, e.value)
	}
	b.WriteByte('}')
	var out bytes.Buffer
	if err := json.Indent(&out, b.Bytes(), "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}
