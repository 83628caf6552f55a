package gojalib

import (
	"math"
	"math/big"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/inspect"
)

// Inspector views the values of one VM as package inspect does, and makes that
// VM's util.format and util.inspect. It costs nothing until the first object is
// looked at: what it needs of the VM is fetched then. A rule that has replaced
// Reflect or Object.getOwnPropertyDescriptor by then sees its replacements called.
// Like its VM an Inspector is for one goroutine.
type Inspector struct {
	vm        *goja.Runtime
	built     *intrinsics
	inspectFn *goja.Object // util.inspect, once somebody asked for it
	work      ticker
}

// NewInspector makes the inspector of a VM.
func NewInspector(vm *goja.Runtime) *Inspector { return &Inspector{vm: vm} }

// Format is util.format(args...). It panics with what a value's own methods throw,
// so call it from a function that the VM called.
func (in *Inspector) Format(args ...goja.Value) string {
	if len(args) == 1 {
		if s, ok := args[0].(goja.String); ok && s.Length() <= inspect.DefaultMaxOutputBytes/3 {
			return s.String()
		}
	}
	return inspect.Format(in.values(args)...)
}

func (in *Inspector) values(args []goja.Value) []inspect.Value {
	values := make([]inspect.Value, len(args))
	for i, v := range args {
		values[i] = in.Value(v)
	}
	return values
}

// Inspect is util.inspect(v, options). It panics as [Inspector.Format] does.
func (in *Inspector) Inspect(v goja.Value, options *inspect.Options) string {
	return inspect.Inspect(in.Value(v), options)
}

// Value views a goja value; nil is undefined.
func (in *Inspector) Value(v goja.Value) inspect.Value {
	switch v := v.(type) {
	case nil:
		return inspect.Value{}
	case *goja.Object:
		return inspect.ObjectValue(in.object(v))
	case goja.String:
		return inspect.String(stringText(v))
	case *goja.Symbol:
		return inspect.Symbol(v.String())
	}
	switch {
	case goja.IsUndefined(v):
		return inspect.Value{}
	case goja.IsNull(v):
		return inspect.Null()
	}
	switch x := v.Export().(type) {
	case bool:
		return inspect.Bool(x)
	case *big.Int:
		value := inspect.BigInt(x)
		value.Object = in.object(v.ToObject(in.vm))
		return value
	}
	return inspect.Number(v.ToFloat())
}

// stringText keeps lone surrogates, which String() replaces.
func stringText(s goja.String) string {
	text := s.String()
	if !strings.ContainsRune(text, '\uFFFD') {
		return text
	}
	b := make([]byte, 0, len(text))
	for i := range s.Length() {
		b = inspect.AppendRune(b, rune(s.CharAt(i)))
	}
	return string(b)
}

func (in *Inspector) object(o *goja.Object) *gojaObject {
	in.work.tick(in.vm)
	return &gojaObject{in: in, o: o}
}

// gojaObject is a goja object as an inspect.Object.
type gojaObject struct {
	in      *Inspector
	o       *goja.Object
	class   inspect.Class
	classed bool
}

var (
	proxyType   = reflect.TypeFor[goja.Proxy]()
	promiseType = reflect.TypeFor[*goja.Promise]()
	bufferType  = reflect.TypeFor[goja.ArrayBuffer]()
	mapType     = reflect.TypeFor[[][2]any]()
	setType     = reflect.TypeFor[[]any]()
	bigType     = reflect.TypeFor[*big.Int]()
)

func (g *gojaObject) ID() any { return g.o }

// Class reads the internal slots from what goja would export the object as,
// which calls nothing.
func (g *gojaObject) Class() inspect.Class {
	if !g.classed {
		g.class, g.classed = g.classify(), true
	}
	return g.class
}

func (g *gojaObject) classify() inspect.Class {
	exported := g.o.ExportType()
	if exported == proxyType {
		return inspect.ClassProxy
	}
	switch g.o.ClassName() {
	case "Array":
		return inspect.ClassArray
	case "Function":
		return inspect.ClassFunction
	case "Error":
		return inspect.ClassError
	case "Date":
		return inspect.ClassDate
	case "RegExp":
		return inspect.ClassRegExp
	case "Arguments":
		return inspect.ClassArguments
	case "String", "Number", "Boolean":
		return inspect.ClassBoxed
	}
	switch exported {
	case promiseType:
		return inspect.ClassPromise
	case bufferType:
		return inspect.ClassArrayBuffer
	case mapType:
		return inspect.ClassMap
	case setType:
		return inspect.ClassSet
	case bigType:
		return inspect.ClassBoxed
	case nil:
		return inspect.ClassOrdinary
	}
	switch exported.Kind() {
	case reflect.Func:
		return inspect.ClassFunction
	case reflect.String:
		return inspect.ClassBoxed // of a symbol
	case reflect.Slice:
		return inspect.ClassTypedArray
	case reflect.Map:
		return g.in.intrinsics().inherited(g.o)
	}
	return inspect.ClassOrdinary
}

func (g *gojaObject) Slots(limit int) inspect.Slots {
	var s inspect.Slots
	built := g.in.intrinsics
	switch g.Class() {
	case inspect.ClassArray:
		s.Length = int(g.o.Get("length").ToInteger())
	case inspect.ClassTypedArray:
		s.Text = built().call(typedName, g.o).String()
		s.Length = int(built().call(typedLength, g.o).ToInteger())
		s.Items = typedItems(g.o, min(limit, s.Length))
	case inspect.ClassMap:
		s.Length = int(built().call(mapSize, g.o).ToInteger())
		s.Items = g.in.items(g.o, true, limit)
	case inspect.ClassSet:
		s.Length = int(built().call(setSize, g.o).ToInteger())
		s.Items = g.in.items(g.o, false, limit)
	case inspect.ClassDate:
		s.Millis = math.NaN()
		if t, ok := g.o.Export().(time.Time); ok {
			s.Millis = float64(t.UnixMilli())
		}
	case inspect.ClassRegExp:
		s.Text = valueText(built().call(regexpText, g.o))
	case inspect.ClassPromise:
		if p, ok := g.o.Export().(*goja.Promise); ok {
			s.State = inspect.PromiseState(p.State())
			s.Value = g.in.Value(p.Result())
		}
	case inspect.ClassArrayBuffer:
		if b, ok := g.o.Export().(goja.ArrayBuffer); ok {
			s.Detached = b.Detached()
			s.Bytes = b.Bytes()
		}
	case inspect.ClassBoxed:
		s.Value = g.in.Value(built().unboxed(g.o))
	case inspect.ClassProxy:
		if p, ok := g.o.Export().(goja.Proxy); ok && p.Target() != nil {
			s.Target = g.in.object(p.Target())
			if h := p.Handler(); h != nil {
				s.Handler = g.in.object(h)
			}
		}
	case inspect.ClassFunction:
		s.Text = valueText(built().call(sourceText, g.o))
		if s.Function = built().functionKind(g.o); s.Function == inspect.PlainFunction && asyncMethod.MatchString(s.Text) {
			s.Function = inspect.AsyncFunction
		}
	}
	return s
}

// typedItems reads the first n numbers of a typed array from the memory behind it.
func typedItems(o *goja.Object, n int) []inspect.Value {
	items := reflect.ValueOf(o.Export())
	if items.Kind() != reflect.Slice {
		return nil
	}
	n = min(n, items.Len())
	values := make([]inspect.Value, 0, max(n, 0))
	for i := range n {
		switch item := items.Index(i); item.Kind() {
		case reflect.Float32, reflect.Float64:
			values = append(values, inspect.Number(item.Float()))
		case reflect.Int64:
			values = append(values, inspect.BigInt(big.NewInt(item.Int())))
		case reflect.Uint64:
			values = append(values, inspect.BigInt(new(big.Int).SetUint64(item.Uint())))
		case reflect.Int8, reflect.Int16, reflect.Int32:
			values = append(values, inspect.Number(float64(item.Int())))
		default:
			values = append(values, inspect.Number(float64(item.Uint())))
		}
	}
	return values
}

func (g *gojaObject) Prototype() inspect.Object {
	p := g.o.Prototype()
	if p == nil {
		return nil
	}
	if g.Class() == inspect.ClassFunction && g.in.intrinsics().functionProto == p && g.isAsyncMethod() {
		p = g.in.intrinsics().object(asyncProto)
	}
	return g.in.object(p)
}

// asyncMethod matches the source of an async method, to which goja gives the
// prototype of plain functions.
var asyncMethod = regexp.MustCompile(`^async\s+[^\s(=]`)

func (g *gojaObject) isAsyncMethod() bool {
	built := g.in.intrinsics()
	return asyncMethod.MatchString(valueText(built.call(sourceText, g.o)))
}

// maxExtraKeys is how many elements of an array are gone through in search of
// properties that are not elements.
const maxExtraKeys = 100_000

func (g *gojaObject) Keys(filter inspect.KeyFilter, limit int) []inspect.Key {
	built := g.in.intrinsics()
	hidden := filter&inspect.KeysHidden != 0
	noIndex := filter&inspect.KeysNoIndex != 0
	var names []inspect.Key
	switch {
	case !hidden && limit >= 0:
		names = g.keyList(built.call(firstKeys, nil, g.o, g.in.vm.ToValue(limit)))
	case noIndex && g.lengthOf() > maxExtraKeys:
		names = g.keyList(built.call(firstKeys, nil, g.o, g.in.vm.ToValue(maxExtraKeys)))
		if len(names) == maxExtraKeys {
			names = nil
		}
		names = slices.DeleteFunc(names, func(k inspect.Key) bool { _, own := g.Own(k); return !own })
	case hidden:
		names = g.keyList(built.call(ownKeys, nil, g.o))
		if g.Class() == inspect.ClassFunction {
			slices.SortStableFunc(names, func(a, b inspect.Key) int { return functionKeyRank(a) - functionKeyRank(b) })
		}
	default:
		names = g.enumerableNames(built)
	}
	keys := names
	if noIndex {
		keys = names[:0:0]
		for _, k := range names {
			if k.Symbol != nil || !isArrayIndex(k.Name) {
				keys = append(keys, k)
			}
		}
	}
	if !hidden {
		for _, symbol := range g.o.Symbols() {
			keys = append(keys, symbolKey(symbol))
		}
	}
	return keys
}

// functionKeyRank orders the members of a function as V8 has them.
func functionKeyRank(k inspect.Key) int {
	if i := slices.Index([]string{"length", "name", "prototype"}, k.Name); i >= 0 && k.Symbol == nil {
		return i
	}
	return 3
}

func symbolKey(s *goja.Symbol) inspect.Key {
	return inspect.Key{Name: inspect.Symbol(s.String()).Text, Symbol: s, Ref: s}
}

func (g *gojaObject) lengthOf() int64 {
	switch g.Class() {
	case inspect.ClassArray:
		return g.o.Get("length").ToInteger()
	case inspect.ClassTypedArray:
		built := g.in.intrinsics()
		return built.call(typedLength, g.o).ToInteger()
	}
	return 0
}

func isArrayIndex(s string) bool {
	if s == "" || len(s) > 10 || s[0] == '0' && len(s) > 1 {
		return false
	}
	n, err := strconv.ParseUint(s, 10, 32)
	return err == nil && n < math.MaxUint32
}

// enumerableNames reads the enumerable string keys; goja's Keys loses lone
// surrogates, so a name with a replacement character is read again.
func (g *gojaObject) enumerableNames(built *intrinsics) []inspect.Key {
	names := g.o.Keys()
	keys := make([]inspect.Key, len(names))
	for i, name := range names {
		if strings.ContainsRune(name, '\uFFFD') {
			return g.keyList(built.call(objectKeys, nil, g.o))
		}
		keys[i] = inspect.NameKey(name)
	}
	return keys
}

func (g *gojaObject) keyList(v goja.Value) []inspect.Key {
	array, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	keys := make([]inspect.Key, int(array.Get("length").ToInteger()))
	for i := range keys {
		switch k := array.Get(strconv.Itoa(i)).(type) {
		case *goja.Symbol:
			keys[i] = symbolKey(k)
		case goja.String:
			keys[i] = inspect.Key{Name: inspect.String(stringText(k)).Text, Ref: k}
		}
	}
	return keys
}

// key translates a key to goja's value.
func (g *gojaObject) key(k inspect.Key) goja.Value {
	if v, ok := k.Ref.(goja.Value); ok {
		return v
	}
	switch k.Symbol {
	case inspect.SymbolToStringTag:
		return goja.SymToStringTag
	case inspect.SymbolIterator:
		return goja.SymIterator
	case inspect.SymbolToPrimitive:
		return goja.SymToPrimitive
	}
	return g.in.vm.ToValue(k.Name)
}

func (g *gojaObject) Own(k inspect.Key) (inspect.Property, bool) {
	built := g.in.intrinsics()
	descriptor, ok := built.call(getOwn, nil, g.o, g.key(k)).(*goja.Object)
	if !ok {
		return inspect.Property{}, false
	}
	prop := inspect.Property{Enumerable: descriptor.Get("enumerable").ToBoolean()}
	if getter := descriptor.Get("get"); getter != nil {
		prop.Getter = !goja.IsUndefined(getter)
		prop.Setter = !goja.IsUndefined(descriptor.Get("set"))
		return prop, true
	}
	prop.Value = g.shown(k, g.in.Value(descriptor.Get("value")))
	return prop, true
}

func (g *gojaObject) Has(k inspect.Key) bool {
	built := g.in.intrinsics()
	return built.call(hasKey, nil, g.o, g.key(k)).ToBoolean()
}

func (g *gojaObject) Get(k inspect.Key) inspect.Value {
	var v goja.Value
	switch key := g.key(k).(type) {
	case *goja.Symbol:
		v = g.o.GetSymbol(key)
	default:
		if strings.Contains(k.Name, "\xED") { // may hold a lone surrogate, which Get cannot take
			built := g.in.intrinsics()
			v = built.call(getKey, nil, g.o, key)
		} else {
			v = g.o.Get(k.Name)
		}
	}
	return g.shown(k, g.in.Value(v))
}

// shown translates an error's stack to V8's form.
func (g *gojaObject) shown(k inspect.Key, v inspect.Value) inspect.Value {
	if k.Name == "stack" && k.Symbol == nil && v.Kind == inspect.KindString && g.Class() == inspect.ClassError {
		v.Text = g.in.nodeStack(g.o, v.Text)
	}
	return v
}

func (g *gojaObject) IsInstance(constructor inspect.Object) bool {
	c, ok := constructor.(*gojaObject)
	if !ok {
		return false
	}
	if g.Class() == inspect.ClassFunction && c.o.Get("prototype") == goja.Value(g.in.intrinsics().object(asyncProto)) && g.isAsyncMethod() {
		return true
	}
	result := false
	if g.in.vm.Try(func() { result = g.in.vm.InstanceOf(g.o, c.o) }) != nil {
		return false
	}
	return result
}

func (g *gojaObject) Builtin() string {
	switch built := g.in.intrinsics(); g.o {
	case built.objectProto:
		return "Object"
	case built.functionProto:
		return "Function"
	}
	return ""
}

func (g *gojaObject) ToText() string    { return valueText(g.o.ToString()) }
func (g *gojaObject) ToNumber() float64 { return g.o.ToNumber().ToFloat() }

func valueText(v goja.Value) string {
	if s, ok := v.(goja.String); ok {
		return stringText(s)
	}
	return v.String()
}

// JSON is JSON.stringify; an object in itself gives Node's "[Circular]".
func (g *gojaObject) JSON() string {
	built := g.in.intrinsics()
	text, err := built.fetch(stringify).call(goja.Undefined(), g.o)
	if err != nil {
		if exception, ok := err.(*goja.Exception); ok {
			if o, ok := exception.Value().(*goja.Object); ok && strings.HasPrefix(o.Get("message").String(), "Converting circular structure") {
				return "[Circular]"
			}
		}
		panic(err)
	}
	return valueText(text)
}
