package jsondoc

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Shape says what of a JSON object is needed. It is made once, by Need and Glance, and not
// changed after the first Project; then it is safe for concurrent use.
type Shape struct {
	root    shapeNode
	members int          // nodes but for the root
	objects []*shapeNode // those with members, the root first
	unfit   bool         // there is a name that cannot be compared byte by byte
	once    sync.Once
	pool    sync.Pool // of *Projection
}

// shapeNode is a property that is needed.
type shapeNode struct {
	name    string
	whole   bool // all that is in its value
	arrays  bool // all that is in its value, if that is an array
	fields  []*shapeNode
	lengths uint64 // bit n%64 says that a field's name has n bytes
	member  int    // its number among the members
	object  int    // its number among those that have fields
}

// Need says that the value at a path of properties is read, with all that is in it. Arrays
// on the way are read whole.
func (s *Shape) Need(path ...string) { s.at(path).whole = true }

// Glance says that of the value at a path only this is read: whether it is there, its
// type, and the value itself where it is no array and no object; with arrays, also an array.
func (s *Shape) Glance(arrays bool, path ...string) {
	n := s.at(path)
	n.arrays = n.arrays || arrays
}

// Whole reports whether all of the object is needed.
func (s *Shape) Whole() bool { return s.root.whole || s.unfit }

func (s *Shape) at(path []string) *shapeNode {
	n := &s.root
	for _, name := range path {
		if !utf8.ValidString(name) || strings.ContainsRune(name, utf8.RuneError) {
			s.unfit = true // other bytes are read as this name
		}
		i := slices.IndexFunc(n.fields, func(f *shapeNode) bool { return f.name == name })
		if i < 0 {
			i = len(n.fields)
			n.fields = append(n.fields, &shapeNode{name: name})
		}
		n = n.fields[i]
	}
	return n
}

// seal numbers the nodes.
func (s *Shape) seal() { s.once.Do(func() { s.number(&s.root) }) }

func (s *Shape) number(n *shapeNode) {
	if n.whole {
		n.fields = nil
	}
	if len(n.fields) == 0 && n != &s.root {
		return
	}
	n.object = len(s.objects)
	s.objects = append(s.objects, n)
	for _, f := range n.fields {
		n.lengths |= 1 << (len(f.name) & 63)
		f.member = s.members
		s.members++
		s.number(f)
	}
}

// field finds a property by its name.
func (n *shapeNode) field(name string) *shapeNode {
	if n.lengths>>(len(name)&63)&1 == 0 {
		return nil
	}
	for _, f := range n.fields {
		if name == f.name {
			return f
		}
	}
	return nil
}

// unread stands in arrays and objects of which nothing is read. It is no JSON: who reads
// it all the same leaves a compiled rule.
type unread struct{}

var (
	unreadObject = map[string]any{"": unread{}}
	unreadArray  = []any{unread{}}
)

func isUnread(value any) bool {
	switch v := value.(type) {
	case map[string]any:
		_, is := v[""].(unread)
		return is
	case []any:
		if len(v) == 1 {
			_, is := v[0].(unread)
			return is
		}
	}
	return false
}

func isIndexName(name string) bool {
	_, is := jsvalue.ArrayIndex(name)
	return is
}
