package jsvalue

// RegexpMatch is what match answers without flag g: an array of the match and its captures
// with the properties index, input and groups. It is read only: array methods exit, but
// for what reads items.
type RegexpMatch struct {
	items []any
	index float64
	input string
	names map[string]int
}

func (r *Regexp) newMatch(s string, place []int) (any, error) {
	if r.pattern.groups > 0 && r.pattern.looseCaptures {
		return nil, ExitType
	}
	m := &RegexpMatch{input: s, names: r.pattern.names, items: make([]any, 1+r.pattern.groups)}
	for i := range m.items {
		m.items[i] = capture(s, place, i)
	}
	n, err := Length(s[:place[0]])
	m.index = float64(n)
	return m, err
}

// Class is Array.
func (m *RegexpMatch) Class() string { return "Array" }

// Property reads an item, length, index, input or groups.
func (m *RegexpMatch) Property(key string) (any, error) {
	if i, ok := ArrayIndex(key); ok {
		if int64(i) < int64(len(m.items)) {
			return m.items[i], nil
		}
		return Undefined, nil
	}
	switch key {
	case "length":
		return float64(len(m.items)), nil
	case "index":
		return m.index, nil
	case "input":
		return m.input, nil
	case "groups":
		if m.names != nil {
			return nil, ExitPrototype // an object without a prototype
		}
		return Undefined, nil
	}
	if OnArray(key) {
		return nil, ExitPrototype
	}
	return Undefined, nil
}

// Text is the items joined by commas.
func (m *RegexpMatch) Text() (string, error) { return Join(m.items, ",") }

// JSON is the array of the items.
func (m *RegexpMatch) JSON() (any, error) { return append([]any(nil), m.items...), nil }
