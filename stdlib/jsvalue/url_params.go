package jsvalue

import "slices"

// URLParams is a JavaScript URLSearchParams, by itself or that of a URL, which it changes.
type URLParams struct {
	pairs []string // name, value, name, value
	url   *URL     // nil for none
}

// NewURLParams makes parameters of name, value, name, value.
func NewURLParams(pairs []string) *URLParams { return &URLParams{pairs: pairs} }

// Pairs are name, value, name, value: a copy.
func (p *URLParams) Pairs() []string { return slices.Clone(p.pairs) }

// Class is URLSearchParams.
func (p *URLParams) Class() string { return "URLSearchParams" }

// Property is the size; methods exit.
func (p *URLParams) Property(key string) (any, error) {
	switch key {
	case "size":
		return float64(len(p.pairs) / 2), nil
	case "append", "getAll", "sort":
		return nil, ExitPrototype
	}
	return absent(OnCollection(key))
}

// Text is toString: application/x-www-form-urlencoded.
func (p *URLParams) Text() (string, error) { return FormText(p.pairs), nil }

// Entry is get: the first value of a name, nil when there is none.
func (p *URLParams) Entry(key any) (any, error) {
	name, err := paramText(key)
	if err != nil {
		return nil, err
	}
	if i := p.find(name); i >= 0 {
		return p.pairs[i+1], nil
	}
	return nil, nil
}

// HasEntry is has.
func (p *URLParams) HasEntry(key any) (bool, error) {
	name, err := paramText(key)
	return err == nil && p.find(name) >= 0, err
}

// All is getAll: a new array of a name's values.
func (p *URLParams) All(key any) ([]any, error) {
	name, err := paramText(key)
	if err != nil {
		return nil, err
	}
	values := []any{}
	for i := 0; i < len(p.pairs); i += 2 {
		if p.pairs[i] == name {
			values = append(values, p.pairs[i+1])
		}
	}
	return values, nil
}

// Spread is the pairs of names and values.
func (p *URLParams) Spread() ([]any, error) {
	all := make([]any, 0, len(p.pairs)/2)
	for i := 0; i < len(p.pairs); i += 2 {
		all = append(all, &List{Items: []any{p.pairs[i], p.pairs[i+1]}})
	}
	return all, nil
}

// Mutate is append, set, delete or sort, which all answer undefined. A URL's text follows.
// Other methods, and missing arguments, exit; nothing is changed then.
func (p *URLParams) Mutate(method string, args []any) (any, error) {
	if p.url != nil && p.url.Opaque {
		return nil, ExitType // spaces at the end of the path would go
	}
	texts := make([]string, len(args))
	for i, arg := range args {
		var err error
		if texts[i], err = paramText(arg); err != nil {
			return nil, err
		}
	}
	switch {
	case method == "append" && len(args) >= 2:
		p.pairs = append(p.pairs, texts[:2]...)
	case method == "set" && len(args) >= 2:
		p.set(texts[0], texts[1])
	case method == "delete" && len(args) >= 1:
		p.delete(func(i int) bool { return p.pairs[i] == texts[0] && (len(args) == 1 || p.pairs[i+1] == texts[1]) })
	case method == "sort":
		if err := p.sort(); err != nil {
			return nil, err
		}
	default:
		return nil, ExitType
	}
	if p.url != nil {
		p.url.Query = FormText(p.pairs)
		p.url.HasQuery = p.url.Query != ""
	}
	return Undefined, nil
}

// paramText is ToString for WebIDL's USVString. An undefined exits: the argument may be
// left out, which throws.
func paramText(x any) (string, error) {
	if IsUndefined(x) {
		return "", ExitType
	}
	s, err := ToString(x)
	return ToUTF8(s), err
}

func (p *URLParams) find(name string) int {
	for i := 0; i < len(p.pairs); i += 2 {
		if p.pairs[i] == name {
			return i
		}
	}
	return -1
}

// set replaces the first value of a name and drops the others.
func (p *URLParams) set(name, value string) {
	at := p.find(name)
	if at < 0 {
		p.pairs = append(p.pairs, name, value)
		return
	}
	p.pairs[at+1] = value
	p.delete(func(i int) bool { return i > at && p.pairs[i] == name })
}

// delete drops the pairs whose place gone reports.
func (p *URLParams) delete(gone func(i int) bool) {
	var kept []string
	for i := 0; i < len(p.pairs); i += 2 {
		if !gone(i) {
			kept = append(kept, p.pairs[i], p.pairs[i+1])
		}
	}
	p.pairs = kept
}

// sort orders by name, in UTF-16 units; pairs of one name stay in their order.
func (p *URLParams) sort() error {
	type pair struct{ name, value string }
	var all []pair
	for i := 0; i < len(p.pairs); i += 2 {
		all = append(all, pair{p.pairs[i], p.pairs[i+1]})
	}
	var failed error
	slices.SortStableFunc(all, func(a, b pair) int {
		order, err := CompareStrings(a.name, b.name)
		if err != nil {
			failed = err
		}
		return order
	})
	if failed != nil {
		return failed
	}
	p.pairs = p.pairs[:0:0]
	for _, one := range all {
		p.pairs = append(p.pairs, one.name, one.value)
	}
	return nil
}
