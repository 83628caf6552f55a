package inspect

import (
	"math"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Infinite is the value of an option that means "without limit".
const Infinite = math.MaxInt

// DefaultMaxOutputBytes is the size at which output is cut unless
// [Options.MaxOutputBytes] says otherwise: 1 MiB. Node cuts at about 128 MiB.
const DefaultMaxOutputBytes = 1 << 20

// CutMarker ends an output that was cut.
const CutMarker = "... output cut"

// maxNesting is the depth at which values are cut as if the stack were full,
// which in Node happens some thousand levels deep.
const maxNesting = 500

// Getters tells which accessors are read instead of being named.
type Getters uint8

// The zero Getters reads none.
const (
	GettersNone Getters = iota
	GettersAll
	GettersOnly    // those without a setter
	GettersSetters // those with a setter
)

// Options are the options of util.inspect. The zero value is Node's default; nil
// pointers mean the default named beside them.
type Options struct {
	Depth            *int // levels of nested objects; nil means 2, Infinite has no limit
	ShowHidden       bool
	NoCustomInspect  bool
	ShowProxy        bool
	MaxArrayLength   *int // items; nil means 100
	MaxStringLength  *int // UTF-16 units; nil means 10000
	BreakLength      *int // columns; nil means 80
	Compact          *int // inner levels joined on one line; nil means 3, 0 is false, CompactAll is true
	Sorted           bool
	Getters          Getters
	NumericSeparator bool
	MaxOutputBytes   int // 0 means DefaultMaxOutputBytes
}

// CompactAll is the option "compact: true".
const CompactAll = -1

// Inspect is util.inspect(v, options): the text of v as a debugger would show
// it. A nil options means the defaults.
//
//	Inspect(v, nil) // [ 'a', { b: [Object] } ]
func Inspect(v Value, options *Options) string {
	p := newPrinter(options)
	return outputText(p.finish(p.value(v, 0, false)))
}

// printer holds the state of one inspection.
type printer struct {
	options     *Options
	depth       int // Infinite, or -1 for "name objects only"
	showHidden  bool
	maxArray    int
	maxString   int
	breakLength int
	compact     int
	limit       int // output bytes

	indent       int
	currentDepth int
	nesting      int
	seen         []any       // IDs of the objects around the current one
	circular     map[any]int // ID to reference number
	produced     int         // bytes of primitives so far
	copied       int         // bytes of laid out objects, which nesting copies once per level
	cut          bool        // the output is larger than limit
}

func newPrinter(options *Options) *printer {
	if options == nil {
		options = &Options{}
	}
	or := func(p *int, def int) int {
		if p == nil {
			return def
		}
		return *p
	}
	p := &printer{
		options:     options,
		depth:       or(options.Depth, 2),
		showHidden:  options.ShowHidden,
		maxArray:    max(or(options.MaxArrayLength, 100), 0),
		maxString:   max(or(options.MaxStringLength, 10000), 0),
		breakLength: or(options.BreakLength, 80),
		compact:     or(options.Compact, 3),
		limit:       options.MaxOutputBytes,
	}
	if p.limit <= 0 {
		p.limit = DefaultMaxOutputBytes
	}
	return p
}

// finish cuts the result of a whole inspection to its limit.
func (p *printer) finish(s string) string { return cutText(s, p.limit, p.cut) }

func cutText(s string, limit int, cut bool) string {
	if len(s) > limit {
		for limit > 0 && !utf8.RuneStart(s[limit]) {
			limit--
		}
		return s[:limit] + CutMarker
	}
	if cut {
		return s + CutMarker
	}
	return s
}

// leaf accounts for a text that was made from one value.
func (p *printer) leaf(s string) string {
	if p.produced += len(s); p.produced > p.limit {
		p.cut = true
	}
	return s
}

// copy accounts for a text that was put together from others.
func (p *printer) copy(s string) string {
	if p.copied += len(s); p.copied > 256*p.limit {
		p.cut = true
	}
	return s
}

func (p *printer) tooDeep(recurse int) bool { return recurse > p.depth }

// value prints any value. inBuffer is set for the buffer of a typed array, whose
// contents are not repeated.
func (p *printer) value(v Value, recurse int, inBuffer bool) string {
	if p.cut {
		return "..."
	}
	if v.Kind != KindObject {
		return p.leaf(p.primitive(v))
	}
	p.nesting++
	defer func() { p.nesting-- }()

	object, receiver := v.Object, v.Object
	if object.Class() == ClassProxy {
		slots := object.Slots(0)
		if slots.Target == nil {
			return "<Revoked Proxy>"
		}
		if p.options.ShowProxy {
			return p.proxy(slots, recurse)
		}
		object = slots.Target
	}
	if !p.options.NoCustomInspect {
		depth := p.depth
		if depth != Infinite {
			depth -= recurse
		}
		if result, ok := object.Custom(receiver, depth, p.options); ok {
			if result.Kind != KindString {
				if p.nesting > maxNesting {
					return interrupted("Object")
				}
				return p.value(result, recurse, false)
			}
			return p.leaf(strings.ReplaceAll(result.Text, "\n", "\n"+p.spaces(0)))
		}
	}
	id := object.ID()
	for _, s := range p.seen {
		if s == id {
			if p.circular == nil {
				p.circular = map[any]int{}
			}
			if p.circular[id] == 0 {
				p.circular[id] = len(p.circular) + 1
			}
			return "[Circular *" + strconv.Itoa(p.circular[id]) + "]"
		}
	}
	return p.object(object, recurse, inBuffer)
}

func interrupted(name string) string {
	return "[" + name + ": Inspection interrupted prematurely. Maximum call stack size exceeded.]"
}

// spaces is the indentation of the current level and more columns. It is bounded,
// since nesting is.
func (p *printer) spaces(more int) string { return strings.Repeat(" ", p.indent+more) }

func (p *printer) proxy(slots Slots, recurse int) string {
	if p.tooDeep(recurse) {
		return "Proxy [Array]"
	}
	recurse++
	p.indent += 2
	output := []string{
		p.value(ObjectValue(slots.Target), recurse, false),
		p.value(ObjectValue(slots.Handler), recurse, false),
	}
	p.indent -= 2
	return p.layout(shape{open: "Proxy [", end: "]", array: true}, output, recurse, Value{})
}

// minLineLength is the length up to which a string is never split into lines.
const minLineLength = 16

func (p *printer) primitive(v Value) string {
	switch v.Kind {
	case KindString:
		return p.stringText(v.Text)
	case KindNumber:
		return p.number(v.Number)
	case KindBigInt:
		if p.options.NumericSeparator {
			return separateDigits(v.Text) + "n"
		}
		return v.Text + "n"
	case KindBool:
		return strconv.FormatBool(v.Bool)
	case KindNull:
		return "null"
	case KindSymbol:
		return "Symbol(" + v.Text + ")"
	}
	return "undefined"
}

func (p *printer) number(n float64) string {
	if p.options.NumericSeparator {
		return separateDigits(numberText(n))
	}
	return numberText(n)
}

// stringText quotes a string. A long one of several lines is written as a sum,
// one line each.
func (p *printer) stringText(s string) string {
	trailer := ""
	units := length(s)
	if units > p.maxString {
		rest := units - p.maxString
		s, units = prefix(s, p.maxString), p.maxString
		trailer = "... " + strconv.Itoa(rest) + " more character" + plural(rest)
	}
	if p.compact != CompactAll && units > minLineLength && units > p.breakLength-p.indent-4 &&
		strings.Contains(s, "\n") {
		lines := strings.SplitAfter(s, "\n")
		if last := len(lines) - 1; lines[last] == "" {
			lines = lines[:last]
		}
		for i, line := range lines {
			lines[i] = quote(line)
		}
		return strings.Join(lines, " +\n"+p.spaces(2)) + trailer
	}
	return quote(s) + trailer
}

func plural(n int) string {
	if n > 1 {
		return "s"
	}
	return ""
}

func moreItems(n int) string { return "... " + strconv.Itoa(n) + " more item" + plural(n) }

// propertyPlace says how a property is written.
type propertyPlace uint8

const (
	inObject propertyPlace = iota // name: value
	inArray                       // value alone
	inExtras                      // name: value, beside array elements
)

// property prints one own property of o.
func (p *printer) property(o Object, recurse int, key Key, place propertyPlace) string {
	prop, ok := o.Own(key)
	if !ok {
		prop = Property{Value: o.Get(key), Enumerable: true}
	}
	return p.propertyOf(prop, o, recurse, key, place)
}

// propertyOf prints a property that was read already; receiver is what a getter is called on.
func (p *printer) propertyOf(prop Property, receiver Object, recurse int, key Key, place propertyPlace) string {
	var text string
	extra := " "
	switch {
	case prop.Getter || prop.Setter:
		text = p.accessor(prop, receiver, recurse, key)
	case prop.Value.Kind == KindUndefined:
		text = "undefined"
	default:
		diff := 2
		if p.compact == CompactAll && place == inObject {
			diff = 3
		}
		p.indent += diff
		text = p.value(prop.Value, recurse, false)
		if diff == 3 && p.breakLength < width(text) {
			extra = "\n" + p.spaces(0)
		}
		p.indent -= diff
	}
	if place == inArray {
		return text
	}
	var name string
	switch {
	case key.Symbol != nil:
		name = "[" + escapeName("Symbol("+key.Name+")") + "]"
	case key.Name == "__proto__":
		name = "['__proto__']"
	case !prop.Enumerable:
		name = "[" + escapeName(key.Name) + "]"
	case isIdentifier(key.Name):
		name = key.Name
	default:
		name = quote(key.Name)
	}
	p.produced += len(name)
	return p.copy(name + ":" + extra + text)
}

// accessor names a getter or setter, or reads it when the options ask for that.
func (p *printer) accessor(prop Property, receiver Object, recurse int, key Key) string {
	label := "Getter"
	switch {
	case !prop.Getter:
		return "[Setter]"
	case prop.Setter:
		label = "Getter/Setter"
	}
	g := p.options.Getters
	if g == GettersAll || g == GettersOnly && !prop.Setter || g == GettersSetters && prop.Setter {
		v := receiver.Get(key)
		p.indent += 2
		defer func() { p.indent -= 2 }()
		if v.Kind == KindObject {
			return "[" + label + "] " + p.value(v, recurse, false)
		}
		return "[" + label + ": " + p.primitive(v) + "]"
	}
	return "[" + label + "]"
}

// keysOf lists the keys that are printed.
func (p *printer) keysOf(o Object, filter KeyFilter) []Key {
	if p.showHidden {
		filter |= KeysHidden
	}
	return o.Keys(filter, -1)
}

// sortOutput orders printed properties when the option "sorted" is on; array
// elements stay where they are.
func (p *printer) sortOutput(output []string, keys int, array bool) {
	if !p.options.Sorted {
		return
	}
	if array {
		output = output[max(len(output)-keys, 0):]
	}
	sort.Slice(output, func(i, j int) bool { return lessUnits(output[i], output[j]) })
}

// lessUnits orders strings by UTF-16 units.
func lessUnits(a, b string) bool {
	for len(a) > 0 && len(b) > 0 {
		r, n := decodeUnit(a)
		s, m := decodeUnit(b)
		if r != s {
			// A pair sorts as its high half, below U+E000 to U+FFFF.
			if r > 0xFFFF && s >= 0xD800 && s <= 0xFFFF {
				return s >= 0xE000 || 0xD800+(r-0x10000)>>10 < s
			}
			if s > 0xFFFF && r >= 0xD800 && r <= 0xFFFF {
				return r < 0xE000 && r <= 0xD800+(s-0x10000)>>10
			}
			return r < s
		}
		a, b = a[n:], b[m:]
	}
	return len(a) < len(b)
}
