package inspect

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// maker is the constructor that an object is shown to come from.
type maker struct {
	name string
	null bool // no prototype
}

// shape is how an object's output is put together: base open … end.
type shape struct {
	base  string // before the brace, e.g. a function's or an error's text
	open  string
	end   string
	array bool // entries may be grouped in columns
}

// className names an object by its slots, for objects whose prototypes say nothing.
func className(o Object) string {
	switch o.Class() {
	case ClassArray:
		return "Array"
	case ClassFunction:
		return "Function"
	case ClassError:
		return "Error"
	case ClassDate:
		return "Date"
	case ClassRegExp:
		return "RegExp"
	case ClassMap:
		return "Map"
	case ClassSet:
		return "Set"
	case ClassWeakMap:
		return "WeakMap"
	case ClassWeakSet:
		return "WeakSet"
	case ClassPromise:
		return "Promise"
	case ClassArrayBuffer:
		return "ArrayBuffer"
	case ClassDataView:
		return "DataView"
	case ClassTypedArray:
		return o.Slots(0).Text
	}
	return "Object"
}

// makerOf finds the constructor to show: the name of the first "constructor" on
// the prototype chain that the object is an instance of. hidden, when not nil,
// receives the printed properties of the prototypes (option showHidden).
func (p *printer) makerOf(o Object, recurse int, hidden *[]string) maker {
	id := o.ID()
	var first Object
	firstSet := false
	steps := 0
	for at := o; at != nil; at = p.next(at, &first, &firstSet) {
		if steps++; steps > maxNesting {
			break
		}
		sameAsFirst := firstSet && first != nil && first.ID() == at.ID()
		if name := at.Builtin(); name != "" && at.ID() != id {
			if hidden != nil && !sameAsFirst {
				p.prototypeProperties(o, first, recurse, hidden)
			}
			return maker{name: name}
		}
		prop, ok := at.Own(NameKey("constructor"))
		if !ok || !isFunction(prop.Value) {
			continue
		}
		name := functionName(prop.Value.Object)
		if name == "" || !o.IsInstance(prop.Value.Object) {
			continue
		}
		if hidden != nil && (!sameAsFirst || !builtinConstructors[name]) {
			from := first
			if !firstSet || first == nil {
				from = o
			}
			p.prototypeProperties(o, from, recurse, hidden)
		}
		return maker{name: name}
	}
	if first == nil {
		return maker{null: true}
	}
	name := className(o)
	if p.tooDeep(recurse) || recurse > maxNesting {
		return maker{name: name + " <Complex prototype>"}
	}
	inner := p.makerOf(first, recurse+1, hidden)
	if !inner.null {
		return maker{name: name + " <" + inner.name + ">"}
	}
	options := *p.options
	options.NoCustomInspect = true
	options.Depth = new(-1)
	return maker{name: name + " <" + newPrinter(&options).value(ObjectValue(first), 0, false) + ">"}
}

func (p *printer) next(at Object, first *Object, firstSet *bool) Object {
	proto := at.Prototype()
	if !*firstSet {
		*first, *firstSet = proto, true
	}
	return proto
}

// isFunction is typeof v === 'function', which holds for proxies of functions, too.
func isFunction(v Value) bool {
	if v.Kind != KindObject {
		return false
	}
	o := v.Object
	for steps := 0; o.Class() == ClassProxy && steps < maxNesting; steps++ {
		if o = o.Slots(0).Target; o == nil {
			return false
		}
	}
	return o.Class() == ClassFunction
}

func functionName(f Object) string {
	v := f.Get(NameKey("name"))
	switch v.Kind {
	case KindString:
		return v.Text
	case KindObject, KindSymbol:
		return ""
	}
	return plainText(v)
}

// prototypeProperties prints the data properties of user made prototypes, up to
// three layers, for the option showHidden.
func (p *printer) prototypeProperties(main, from Object, recurse int, output *[]string) {
	seen := map[any]bool{}
	at := from
	for layer := 0; layer < 3; layer++ {
		if layer != 0 || main.ID() == at.ID() {
			if at = at.Prototype(); at == nil {
				return
			}
			if c, ok := at.Own(NameKey("constructor")); ok && isFunction(c.Value) && builtinConstructors[functionName(c.Value.Object)] {
				return
			}
		}
		keys := at.Keys(KeysHidden, -1)
		p.seen = append(p.seen, main.ID())
		for _, key := range keys {
			id := any(key.Name)
			if key.Symbol != nil {
				id = key.Symbol
			}
			if key.Symbol == nil && key.Name == "constructor" || seen[id] {
				continue
			}
			seen[id] = true
			if _, own := main.Own(key); own {
				continue
			}
			prop, ok := at.Own(key)
			if !ok || isFunction(prop.Value) {
				continue
			}
			*output = append(*output, p.propertyOf(prop, main, recurse, key, inObject))
		}
		p.seen = p.seen[:len(p.seen)-1]
	}
}

// namePrefix is the text before the brace: constructor, size and tag.
func namePrefix(m maker, tag, fallback, size string) string {
	if m.null {
		if tag != "" && fallback != tag {
			return "[" + fallback + size + ": null prototype] [" + tag + "] "
		}
		return "[" + fallback + size + ": null prototype] "
	}
	if tag != "" && m.name != tag {
		return m.name + size + " [" + tag + "] "
	}
	return m.name + size + " "
}

func ordinaryPrefix(o Object, m maker, tag string) string {
	fallback := ""
	if m.null {
		if fallback = className(o); fallback == tag {
			fallback = "Object"
		}
	}
	return namePrefix(m, tag, fallback, "")
}

// tagOf is the object's Symbol.toStringTag, unless it prints among the properties.
func (p *printer) tagOf(o Object) string {
	key := symbolKey(SymbolToStringTag)
	v := o.Get(key)
	if v.Kind != KindString || v.Text == "" {
		return ""
	}
	if prop, own := o.Own(key); own && (p.showHidden || prop.Enumerable) {
		return ""
	}
	return v.Text
}

// object prints an object by its class.
func (p *printer) object(o Object, recurse int, inBuffer bool) string {
	var hidden *[]string
	if p.showHidden && !p.tooDeep(recurse) {
		hidden = new([]string)
	}
	m := p.makerOf(o, recurse, hidden)
	protoProps := 0
	if hidden != nil {
		protoProps = len(*hidden)
	}
	tag := p.tagOf(o)
	f := form{object: o, maker: m, tag: tag, bare: protoProps == 0, inBuffer: inBuffer}
	if done := p.classify(&f, recurse); done {
		return p.leaf(f.shape.base)
	}
	if p.tooDeep(recurse) {
		name := strings.TrimSuffix(ordinaryPrefix(o, m, tag), " ")
		if !m.null {
			name = "[" + name + "]"
		}
		return name
	}
	if p.nesting > maxNesting {
		return interrupted(strings.TrimSuffix(ordinaryPrefix(o, m, tag), " "))
	}
	recurse++
	id := o.ID()
	p.seen = append(p.seen, id)
	p.currentDepth = recurse

	var output []string
	if f.entries != nil {
		output = f.entries(recurse)
	}
	place := inObject
	if f.shape.array {
		place = inExtras
	}
	for _, key := range f.keys {
		if p.cut {
			break
		}
		output = append(output, p.property(o, recurse, key, place))
	}
	if hidden != nil {
		output = append(output, *hidden...)
	}
	if n := p.circular[id]; n > 0 {
		reference := "<ref *" + strconv.Itoa(n) + ">"
		switch {
		case p.compact == CompactAll:
			f.shape.open = reference + " " + f.shape.open
		case f.shape.base == "":
			f.shape.base = reference
		default:
			f.shape.base = reference + " " + f.shape.base
		}
	}
	p.seen = p.seen[:len(p.seen)-1]
	p.sortOutput(output, len(f.keys), f.shape.array)
	return p.layout(f.shape, output, recurse, ObjectValue(o))
}

// form is an object on its way to be printed.
type form struct {
	object   Object
	maker    maker
	tag      string
	bare     bool // no prototype properties to show
	inBuffer bool

	keys    []Key
	shape   shape
	entries func(recurse int) []string // what comes before the properties
}

func (f *form) plain() bool { return len(f.keys) == 0 && f.bare }

// classify sets the keys, the shape and the entries that the class calls for. It
// reports true when the object has nothing inside and shape.base is all of its text.
func (p *printer) classify(f *form, recurse int) (done bool) {
	o := f.object
	class := o.Class()
	f.shape = shape{open: "{", end: "}"}
	switch class {
	case ClassArray, ClassMap, ClassSet, ClassTypedArray:
		if f.maker.null || o.Has(symbolKey(SymbolIterator)) {
			return p.classifyIterable(f, class)
		}
		class = ClassOrdinary
	}
	f.keys = p.keysOf(o, 0)
	switch {
	case class == ClassFunction:
		f.shape.base = functionText(o, f.maker, f.tag)
		return f.plain()
	case f.maker.name == "Object" && !f.maker.null:
		if class == ClassArguments {
			f.shape.open = "[Arguments] {"
		} else if f.tag != "" {
			f.shape.open = namePrefix(f.maker, f.tag, "Object", "") + "{"
		}
		f.shape.base = ""
		if f.plain() {
			f.shape.base = f.shape.open + "}"
			return true
		}
		return false
	}
	switch class {
	case ClassArguments:
		return p.classifyArguments(f)
	case ClassRegExp:
		f.shape.base = prefixed(namePrefix(f.maker, f.tag, "RegExp", ""), "RegExp ", o.Slots(0).Text)
		return f.plain() || p.tooDeep(recurse)
	case ClassDate:
		f.shape.base = prefixed(namePrefix(f.maker, f.tag, "Date", ""), "Date ", dateText(o.Slots(0).Millis))
		return f.plain()
	case ClassError:
		f.shape.base = p.errorText(f)
		return f.plain()
	case ClassArrayBuffer:
		head := namePrefix(f.maker, f.tag, "ArrayBuffer", "")
		if f.inBuffer && f.plain() {
			f.shape.base = head + "{ byteLength: " + p.number(o.Get(NameKey("byteLength")).Number) + " }"
			return true
		}
		if !f.inBuffer {
			f.entries = func(int) []string { return p.bufferEntries(o) }
		}
		f.shape.open = head + "{"
		f.keys = append([]Key{NameKey("byteLength")}, f.keys...)
	case ClassDataView:
		f.shape.open = namePrefix(f.maker, f.tag, "DataView", "") + "{"
		f.keys = append([]Key{NameKey("byteLength"), NameKey("byteOffset"), NameKey("buffer")}, f.keys...)
	case ClassPromise:
		f.shape.open = namePrefix(f.maker, f.tag, "Promise", "") + "{"
		f.entries = func(recurse int) []string { return p.promiseEntries(o, recurse) }
	case ClassWeakMap, ClassWeakSet:
		f.shape.open = namePrefix(f.maker, f.tag, className(o), "") + "{"
		f.entries = func(int) []string { return []string{"<items unknown>"} }
	case ClassBoxed:
		f.shape.base = p.boxedText(f)
		return f.plain()
	default:
		f.shape.open = ordinaryPrefix(o, f.maker, f.tag) + "{"
		if f.plain() {
			f.shape.base = f.shape.open + "}"
			return true
		}
	}
	return false
}

// classifyArguments covers an arguments object whose prototype was changed.
func (p *printer) classifyArguments(f *form) (done bool) {
	f.shape.open = ordinaryPrefix(f.object, f.maker, f.tag) + "{"
	if f.plain() {
		f.shape.base = f.shape.open + "}"
		return true
	}
	return false
}

func prefixed(prefix, usual, text string) string {
	if prefix == usual {
		return text
	}
	return prefix + text
}

// dateText is Date.prototype.toISOString, or "Invalid Date".
func dateText(millis float64) string {
	if math.IsNaN(millis) || math.Abs(millis) > 8.64e15 {
		return "Invalid Date"
	}
	t := time.UnixMilli(int64(millis)).UTC()
	year := strconv.Itoa(t.Year())
	switch y := t.Year(); {
	case y >= 0 && y <= 9999:
		year = strings.Repeat("0", 4-len(year)) + year
	case y < 0:
		year = "-" + strings.Repeat("0", 7-len(year)) + year[1:]
	default:
		year = "+" + strings.Repeat("0", 6-len(year)) + year
	}
	return year + t.Format("-01-02T15:04:05.000Z")
}

// boxedText prints the wrapper object of a primitive: [Number: 3].
func (p *printer) boxedText(f *form) string {
	v := f.object.Slots(0).Value
	kind := map[Kind]string{
		KindNumber: "Number", KindString: "String", KindBool: "Boolean", KindBigInt: "BigInt",
	}[v.Kind]
	if kind == "" {
		kind = "Symbol"
	}
	if v.Kind == KindString {
		f.keys = f.keys[min(length(v.Text), len(f.keys)):] // the characters
	}
	text := "[" + kind
	switch {
	case f.maker.null:
		text += " (null prototype)"
	case f.maker.name != kind:
		text += " (" + f.maker.name + ")"
	}
	text += ": " + p.primitive(v) + "]"
	if f.tag != "" && (f.maker.null || f.tag != f.maker.name) {
		text += " [" + f.tag + "]"
	}
	return text
}

// builtinConstructors are the global names that Node holds for built in classes.
var builtinConstructors = func() map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(`Object Function Array Number Infinity NaN Boolean String Symbol Date Promise RegExp
		Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError JSON Math Intl ArrayBuffer
		Atomics Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float32Array Float64Array
		Uint8ClampedArray BigUint64Array BigInt64Array DataView Map BigInt Set WeakMap WeakSet WeakRef Proxy Reflect
		FinalizationRegistry SharedArrayBuffer WebAssembly`) {
		set[name] = true
	}
	return set
}()
