package jsvm

import "github.com/dop251/goja"

// members are properties by their names. Few are kept side by side, because a rule touches
// few of an object's.
type members struct {
	few  []member
	many map[string]goja.Value // nil while there are few
}

type member struct {
	name  string
	value goja.Value
}

// fewMembers is how many are looked through one by one.
const fewMembers = 8

func (m *members) get(name string) (goja.Value, bool) {
	if m.many != nil {
		value, ok := m.many[name]
		return value, ok
	}
	for i := range m.few {
		if m.few[i].name == name {
			return m.few[i].value, true
		}
	}
	return nil, false
}

func (m *members) put(name string, value goja.Value) {
	if m.many != nil {
		m.many[name] = value
		return
	}
	for i := range m.few {
		if m.few[i].name == name {
			m.few[i].value = value
			return
		}
	}
	switch len(m.few) {
	case 0:
		m.few = make([]member, 0, 4)
	case fewMembers:
		m.many = make(map[string]goja.Value, 2*fewMembers)
		for _, one := range m.few {
			m.many[one.name] = one.value
		}
		m.many[name] = value
		m.few = nil
		return
	}
	m.few = append(m.few, member{name, value})
}

func (m *members) len() int { return len(m.few) + len(m.many) }

// keys appends the names, in no order.
func (m *members) keys(names []string) []string {
	for i := range m.few {
		names = append(names, m.few[i].name)
	}
	for name := range m.many {
		names = append(names, name)
	}
	return names
}
