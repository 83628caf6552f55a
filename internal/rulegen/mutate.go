package rulegen

import (
	"strings"
)

// mutator changes logins.
type mutator struct {
	random
	reads Reads
}

// prototypes are keys that every object seems to have.
var prototypes = []string{"constructor", "toString", "__proto__", "hasOwnProperty", "valueOf", "length", "0", "10", "-1", "01", "", "a b", "ü", "😀"}

var hostileTexts = []string{"", " ", "  x ", "0", "-0", "1e3", "0x10", "NaN", "null", "undefined", "true", "é", "😀", "👩‍💻 dev", "İ", "ß", "ΣΑΣ", "ǆ", "a\u0301", "\u2028", "\u0000", "\t\n", "constructor", "__proto__", "toString",
	"@", "@@", "a@b@c", "ann@", "@example.com", "ann@example.com\n", "ADMIN", "admin ", " admin", ",", "a,b,,c", "[object Object]", "2026-02-30", "2026-03-02T10:30:00+05:30", "https://x.example:8443/a%20b?q=1&q=2#f", "$&", "\\", "\"quoted\"", "'"}

var hostileNumbers = []raw{"0", "-0", "1", "-1", "2", "0.1", "1.5", "-0.5", "NaN", "4294967296", "2147483648", "9007199254740993", "1e21", "1e-7", "1e300", "123456789012345680000", "1772447400000"}

// fitting is a value such as the rules compare with.
func (m *mutator) fitting() any {
	switch m.below(10) {
	case 0:
		return m.chance(50)
	case 1:
		return float64(m.below(20))
	case 2, 3:
		items := []any{}
		for range 1 + m.below(3) {
			items = append(items, m.known())
		}
		return items
	}
	return m.known()
}

// known is a text of the rules, perhaps a little changed.
func (m *mutator) known() string {
	if len(m.reads.Texts) == 0 {
		return m.word("admin web ann@example.com")
	}
	text := m.pick(m.reads.Texts...)
	switch m.below(14) {
	case 0:
		return strings.ToUpper(text)
	case 1:
		return text + m.word("x 😀 ,a @example.com")
	case 2:
		return " " + text
	case 3:
		if at := strings.IndexAny(text, "@,. "); at > 0 {
			return text[at:]
		}
	case 4:
		return "x" + text
	case 5:
		return text + "," + m.pick(m.reads.Texts...)
	}
	return text
}

// value is a new value for a place that holds old.
func (m *mutator) value(old any, depth int) any {
	switch m.below(20) {
	case 0:
		return nil
	case 1, 2, 3, 4, 5:
		return m.fitting()
	case 6, 7, 8:
		return m.pick(hostileTexts...)
	case 9, 10:
		if len(m.reads.Numbers) > 0 && m.chance(50) {
			return pickOf(m.random, m.reads.Numbers) + float64(m.below(3)-1)
		}
		if n := pickOf(m.random, hostileNumbers); n != "NaN" {
			return n
		}
		return 0.0
	case 11:
		return m.chance(50)
	case 12:
		return []any{}
	case 13:
		return newRecord()
	case 14: // nested
		if depth > 2 {
			return nil
		}
		return []any{m.value(old, depth+1), copyTree(old)}
	case 15:
		if depth > 2 {
			return "deep"
		}
		r := newRecord(m.pick(prototypes...), m.value(nil, depth+1))
		r.set(m.pick("name", "roles", "length", "a", "id", "provider"), m.value(nil, depth+1))
		return r
	case 16:
		items := []any{}
		for range m.below(6) {
			items = append(items, m.value(nil, depth+2))
		}
		return items
	}
	return m.close(old, depth)
}

// close is a value near the old one.
func (m *mutator) close(old any, depth int) any {
	switch v := old.(type) {
	case string:
		return clean(m.pick(strings.ToUpper(v), strings.ToLower(v), v+" ", v+v, v[:len(v)/2], v+"\n", "x"+v))
	case float64:
		return v + pickOf(m.random, []float64{1, -1, 0.5, 1e9, -v, 1e15})
	case bool:
		return !v
	case []any:
		items := copyTree(v).([]any)
		switch m.below(6) {
		case 0:
			return append(items, m.known())
		case 1:
			return append(items, items...)
		case 2:
			return append([]any{m.value(nil, depth+1)}, items...)
		case 3:
			if len(items) > 0 {
				items[m.below(len(items))] = m.value(items[0], depth+1)
			}
		case 4:
			return items[:len(items)/2]
		default:
			if len(items) > 0 {
				return items[0] // the element itself, not in a list
			}
		}
		return items
	case *record:
		r := copyTree(v).(*record)
		if len(r.keys) > 0 && m.chance(50) {
			r.remove(m.pick(r.keys...))
		} else {
			r.set(m.pick(prototypes...), m.value(nil, depth+1))
		}
		return r
	}
	return m.fitting()
}

// change makes one to five changes of a login.
func (m *mutator) change(s *state) {
	if m.chance(2) {
		s.dropped = true
	}
	if m.chance(10) {
		s.now = m.pick("2026-03-01T23:30:00Z", "2024-02-29T12:00:00.5Z", "2026-03-29T00:59:59.999Z", "2026-10-25T00:30:00Z", "1969-12-31T23:59:59Z")
	}
	if m.chance(10) {
		s.zone = m.pick("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")
	}
	for range 1 + m.below(3) + m.below(3) {
		if len(m.reads.Configuration) > 0 && m.chance(6) {
			key := m.pick(m.reads.Configuration...)
			if m.chance(40) {
				delete(s.configuration, key)
			} else {
				s.configuration[key] = m.pick(m.known(), m.pick(hostileTexts...))
			}
			continue
		}
		root, path := s.user, m.somewhere()
		if path[0] == "context" {
			root = s.context
		}
		m.set(parentOf(root, path), path[len(path)-1])
	}
}

// somewhere is a path, mostly one that the rules read.
func (m *mutator) somewhere() []string {
	if len(m.reads.Paths) > 0 && !m.chance(8) {
		return pickOf(m.random, m.reads.Paths)
	}
	return strings.Split(m.word("user.email user.app_metadata user.user_metadata user.roles context.idToken context.request context.request.query user.identities user.extra context.extra"), ".")
}

// set changes a property or an element.
func (m *mutator) set(parent any, key string) {
	switch p := parent.(type) {
	case *record:
		old, had := p.values[key]
		if key == "prompt" || key == "redirect" && m.chance(70) { // the pipeline's own business
			return
		}
		if had && m.chance(22) {
			p.remove(key)
			return
		}
		value := m.value(old, 0)
		p.set(key, value)
		if m.chance(4) { // and written again at the end
			p.remove(key)
			p.set(key, value)
		}
	case []any:
		if key == "0" && len(p) > 0 {
			p[m.below(len(p))] = m.value(p[0], 1)
		}
	}
}

// clean makes valid UTF-8 of a text.
func clean(text string) string { return strings.ToValidUTF8(text, "�") }
