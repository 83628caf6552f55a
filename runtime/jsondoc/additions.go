package jsondoc

// Additions are keys that were written to objects which did not have them, in order: what
// Order.Appended would learn of them, kept in little room for the case that somebody asks. The zero
// value is none.
type Additions struct {
	few  [fewAdditions]addedKey
	more []addedKey // behind few
	n    int        // in few
}

type addedKey struct {
	object map[string]any
	key    string
}

const fewAdditions = 4

// Add says that a key was written to an object: it comes last there.
func (a *Additions) Add(object map[string]any, key string) {
	if a.n < fewAdditions {
		a.few[a.n] = addedKey{object, key}
		a.n++
		return
	}
	a.more = append(a.more, addedKey{object, key})
}

// Over is what under knows and then the additions: under itself, which may be nil, when there
// are none.
func (a *Additions) Over(under *Order) *Order {
	if a.n == 0 {
		return under
	}
	order := Over(under)
	for i := range a.n {
		order.Appended(a.few[i].object, a.few[i].key)
	}
	for i := range a.more {
		order.Appended(a.more[i].object, a.more[i].key)
	}
	return order
}

// Reset makes it none.
func (a *Additions) Reset() {
	if a.n > 0 {
		*a = Additions{}
	}
}

// Any reports whether there are some.
func (a *Additions) Any() bool { return a.n > 0 }
