package inspect

import (
	"strings"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Format is util.format(args...), the text of a console.log call. A first
// argument that is a string may hold placeholders; other arguments follow,
// strings raw, all else as by [Inspect], joined by spaces.
//
//	%s  String(x), objects without an own toString by Inspect with depth 0
//	%d  Number(x)       %i  parseInt(x)       %f  parseFloat(x)
//	%j  JSON.stringify  %o  Inspect with hidden properties, depth 4
//	%O  Inspect         %c  nothing           %%  a per cent sign
//
//	Format(String("%s is %d"), String("a"), Number(1), String("b")) // a is 1 b
func Format(args ...Value) string { return FormatWithOptions(nil, args...) }

// FormatWithOptions is util.formatWithOptions: [Format] with options for its
// Inspect calls. A nil options means the defaults.
func FormatWithOptions(options *Options, args ...Value) string {
	if options == nil {
		options = &Options{}
	}
	f := formatter{options: options, limit: options.MaxOutputBytes}
	if f.limit <= 0 {
		f.limit = DefaultMaxOutputBytes
	}
	f.format(args)
	return outputText(cutText(f.out.String(), f.limit, false))
}

type formatter struct {
	options *Options
	limit   int
	out     strings.Builder
}

func (f *formatter) full() bool { return f.out.Len() > f.limit }

func (f *formatter) format(args []Value) {
	if len(args) == 0 {
		return
	}
	next := 0
	join := ""
	if args[0].Kind == KindString {
		if len(args) == 1 {
			f.out.WriteString(args[0].Text)
			return
		}
		text := args[0].Text
		last := 0
		for i := 0; i < len(text)-1 && !f.full(); i++ {
			if text[i] != '%' {
				continue
			}
			i++
			if text[i] == '%' {
				f.out.WriteString(text[last:i])
				last = i + 1
				continue
			}
			if next+1 == len(args) || strings.IndexByte("sjdOoifc", text[i]) < 0 {
				continue
			}
			next++
			f.out.WriteString(text[last : i-1])
			f.placeholder(text[i], args[next])
			last = i + 1
		}
		if last != 0 {
			next++
			join = " "
			f.out.WriteString(text[last:])
		}
	}
	for _, v := range args[next:] {
		if f.full() {
			return
		}
		f.out.WriteString(join)
		join = " "
		if v.Kind == KindString {
			f.out.WriteString(v.Text)
		} else {
			f.inspect(v, *f.options)
		}
	}
}

func (f *formatter) inspect(v Value, options Options) {
	p := newPrinter(&options)
	f.out.WriteString(p.finish(p.value(v, 0, false)))
}

func (f *formatter) number(n float64) string {
	return (&printer{options: f.options}).number(n)
}

func (f *formatter) placeholder(letter byte, v Value) {
	bigText := ""
	if v.Kind == KindBigInt {
		bigText = (&printer{options: f.options}).primitive(v)
	}
	switch letter {
	case 's':
		switch {
		case v.Kind == KindNumber:
			f.out.WriteString(f.number(v.Number))
		case bigText != "":
			f.out.WriteString(bigText)
		case v.Kind != KindObject, isFunction(v), !hasBuiltinToString(v.Object):
			f.out.WriteString(plainText(v))
		default:
			options := *f.options
			options.Depth, options.Compact = new(0), new(3)
			f.inspect(v, options)
		}
	case 'd':
		if bigText == "" {
			bigText = f.number(toNumber(v))
		}
		f.out.WriteString(bigText)
	case 'i':
		if bigText == "" {
			bigText = f.number(jsvalue.ParseInt(numberSource(v), 0))
		}
		f.out.WriteString(bigText)
	case 'f':
		f.out.WriteString(f.number(parseFloat(numberSource(v))))
	case 'j':
		f.out.WriteString(jsonText(v))
	case 'O':
		f.inspect(v, *f.options)
	case 'o':
		options := *f.options
		options.ShowHidden, options.ShowProxy, options.Depth = true, true, new(4)
		f.inspect(v, options)
	}
}

// numberSource is what parseInt and parseFloat read: String(v), NaN for a symbol.
func numberSource(v Value) string {
	if v.Kind == KindSymbol {
		return ""
	}
	return plainText(v)
}

func jsonText(v Value) string {
	switch v.Kind {
	case KindString:
		return jsonQuote(v.Text)
	case KindNumber:
		switch s := plainText(v); s {
		case "NaN", "Infinity", "-Infinity":
			return "null"
		default:
			return s
		}
	case KindSymbol:
		return "undefined"
	}
	if v.Object != nil {
		return v.Object.JSON()
	}
	return plainText(v)
}

// hasBuiltinToString reports whether String(o) would be of no use, because the
// toString method is one of the language's own.
func hasBuiltinToString(o Object) bool {
	if o.Class() == ClassProxy {
		if o = o.Slots(0).Target; o == nil {
			return true
		}
	}
	toString, toPrimitive := NameKey("toString"), symbolKey(SymbolToPrimitive)
	lookString, lookPrimitive := true, true
	own := func(o Object, k Key) bool { _, ok := o.Own(k); return ok }
	switch {
	case !isFunction(o.Get(toString)):
		if !isFunction(o.Get(toPrimitive)) {
			return true
		}
		if own(o, toPrimitive) {
			return false
		}
		lookString = false
	case own(o, toString):
		return false
	case !isFunction(o.Get(toPrimitive)):
		lookPrimitive = false
	case own(o, toPrimitive):
		return false
	}
	at := o.Prototype()
	for steps := 0; at != nil && steps < maxNesting; steps++ {
		if lookString && own(at, toString) || lookPrimitive && own(at, toPrimitive) {
			c, ok := at.Own(NameKey("constructor"))
			return ok && isFunction(c.Value) && builtinConstructors[functionName(c.Value.Object)]
		}
		at = at.Prototype()
	}
	return true
}
