package gojalib

import (
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// matchMethods match as JavaScript does where goja's engines do not: an empty match may
// follow another at its end, \b knows words of ASCII only, and without flag u no other
// character equals one of ASCII.
//
//	'AZZ'.match(/\w{2,}|/g) // ['AZZ', '']
//	/kelvin/i.test('\u212aelvin') // false
var matchMethods = []Method{
	{"String.prototype", "match", func(vm *goja.Runtime, env *Env) goja.Value { return stringMatch(vm, env, "match") }},
	{"String.prototype", "matchAll", func(vm *goja.Runtime, env *Env) goja.Value { return stringMatch(vm, env, "matchAll") }},
	{"String.prototype", "search", func(vm *goja.Runtime, env *Env) goja.Value { return stringMatch(vm, env, "search") }},
	{"String.prototype", "split", stringSplit},
	{"RegExp.prototype", "test", func(vm *goja.Runtime, env *Env) goja.Value { return regexpMatch(vm, env, "test") }},
	{"RegExp.prototype", "exec", func(vm *goja.Runtime, env *Env) goja.Value { return regexpMatch(vm, env, "exec") }},
	{"RegExp.prototype", "compile", regexpCompile},
}

// twins knows, for the regular expressions of a VM, others that match in their stead.
type twins struct {
	vm    *goja.Runtime
	proto *goja.Object
	make  *goja.Object // goja's constructor
	exec  goja.Value   // goja's own
	run   goja.Callable
	known map[*goja.Object]*twin
	same  map[string]*twin // by flags and source: a literal is a new object at each turn
	empty *goja.Object     // see everywhere
	// slow says that RegExp.prototype.exec is ours: goja then calls it for every place of
	// a text that is split.
	slow bool
}

// twin is what is known of one regular expression.
type twin struct {
	*pattern
	source, flags string
	plain, fixed  *goja.Object // the same pattern, and the one written anew; made when wanted
}

// maxTwins bounds what is kept of regular expressions that a rule makes in a loop.
const maxTwins = 256

// twinsOf are the VM's.
func twinsOf(vm *goja.Runtime, env *Env) *twins {
	if env == nil {
		env = &Env{}
	}
	if env.twins == nil {
		proto := lookup(vm, "RegExp", "prototype").(*goja.Object)
		exec := proto.Get("exec") // may be ours, which is built at this read and makes the twins
		if env.twins == nil {
			run, _ := goja.AssertFunction(exec)
			env.twins = &twins{vm: vm, proto: proto, make: lookup(vm, "RegExp").(*goja.Object), exec: exec, run: run, known: map[*goja.Object]*twin{}, same: map[string]*twin{}}
		}
	}
	return env.twins
}

// of is what is known of a regular expression; nil for anything else, and for one with
// methods of its own.
func (t *twins) of(v goja.Value) *twin {
	o, ok := v.(*goja.Object)
	if !ok || o.ClassName() != "RegExp" {
		return nil
	}
	if known := t.known[o]; known != nil {
		return known
	}
	if o.Prototype() != t.proto || len(o.GetOwnPropertyNames()) != 1 || len(o.Symbols()) > 0 || t.run == nil {
		return nil
	}
	if len(t.known) >= maxTwins {
		clear(t.known)
	}
	source, flags := o.Get("source").String(), o.Get("flags").String()
	key := flags + "/" + source
	same := t.same[key]
	if same == nil {
		if len(t.same) >= maxTwins {
			clear(t.same)
		}
		same = &twin{pattern: patternOf(source, flags), source: source, flags: flags}
		t.same[key] = same
	}
	t.known[o] = same
	return same
}

// standIn is the regular expression that matches a text in v's stead; nil where v may do it
// itself. all says that the method looks for every match.
func (t *twins) standIn(v goja.Value, text goja.Value, all bool) (*goja.Object, *twin) {
	k := t.of(v)
	if k == nil {
		return nil, nil
	}
	noWord := k.noWord && (t.slow || k.look || !all) // which regexp2 may come to read
	if k.pattern.fixed && (k.boundary || k.fold || k.named) && (k.wide || noWord || !isASCII(text)) {
		if k.fixed == nil {
			flags := k.flags
			if k.fold {
				flags = strings.ReplaceAll(flags, "i", "")
			}
			k.fixed = t.made(t.vm.ToValue(rewritten(k.source, k.flags)), flags)
		}
		return k.fixed, k
	}
	// goja forgets flag y, and with flag u to stop at the first match, when it replaces.
	if all && (k.nullable || strings.Contains(k.flags, "y") || strings.Contains(k.flags, "u") && !isASCII(text)) {
		if k.plain == nil {
			k.plain = t.made(v, k.flags)
		}
		return k.plain, k
	}
	return nil, k
}

// made is a regular expression whose exec is its own, so that goja matches step by step.
func (t *twins) made(source goja.Value, flags string) *goja.Object {
	o, err := t.vm.New(t.make, source, t.vm.ToValue(flags))
	must(err)
	must(o.DefineDataProperty("exec", t.exec, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	return o
}

// everywhere matches the empty text at every place.
func (t *twins) everywhere() *goja.Object {
	if t.empty == nil {
		t.empty = t.made(t.vm.ToValue("(?:)"), "g")
	}
	return t.empty
}

// instead calls a method with the stand-in and keeps lastIndex where the rule looks.
func (t *twins) instead(v goja.Value, twin *goja.Object, method func() (goja.Value, error)) goja.Value {
	must(twin.Set("lastIndex", v.(*goja.Object).Get("lastIndex")))
	result := rethrow(method())
	if err := v.(*goja.Object).Set("lastIndex", twin.Get("lastIndex")); err != nil {
		return rethrow(nil, err)
	}
	return result
}

// isASCII reports whether a text is ASCII; what is no text yet counts as none.
func isASCII(v goja.Value) bool {
	if _, isText := v.(goja.String); !isText {
		return true
	}
	text := v.String()
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// stringMatch mends match, matchAll and search.
func stringMatch(vm *goja.Runtime, env *Env, name string) goja.Value {
	method := callable(vm, "String", "prototype", name)
	return native(vm, name, 1, func(call goja.FunctionCall) goja.Value {
		if _, isObject := call.Argument(0).(*goja.Object); !isObject {
			return rethrow(method(call.This, call.Arguments...))
		}
		t := twinsOf(vm, env)
		if twin, k := t.standIn(call.Argument(0), call.This, name == "match"); twin != nil {
			if name == "match" && strings.Contains(k.flags, "g") || strings.Contains(k.flags, "y") || name == "matchAll" {
				return t.instead(call.Argument(0), twin, func() (goja.Value, error) { return method(call.This, twin) })
			}
			must(twin.Set("lastIndex", 0))
			return rethrow(method(call.This, twin))
		}
		return rethrow(method(call.This, call.Arguments...))
	})
}

// regexpMatch mends test and exec.
func regexpMatch(vm *goja.Runtime, env *Env, name string) goja.Value {
	method, t := callable(vm, "RegExp", "prototype", name), twinsOf(vm, env)
	t.slow = t.slow || name == "exec"
	return native(vm, name, 1, func(call goja.FunctionCall) goja.Value {
		text := call.Argument(0)
		if _, isObject := text.(*goja.Object); isObject && t.of(call.This) != nil {
			text = asString(text)
		}
		if twin, _ := t.standIn(call.This, text, false); twin != nil {
			return t.instead(call.This, twin, func() (goja.Value, error) { return method(twin, text) })
		}
		return rethrow(method(call.This, append([]goja.Value{text}, call.Arguments[min(1, len(call.Arguments)):]...)...))
	})
}

// regexpCompile forgets what was known.
func regexpCompile(vm *goja.Runtime, env *Env) goja.Value {
	compile, t := callable(vm, "RegExp", "prototype", "compile"), twinsOf(vm, env)
	return native(vm, "compile", 2, func(call goja.FunctionCall) goja.Value {
		if o, ok := call.This.(*goja.Object); ok {
			delete(t.known, o)
		}
		return rethrow(compile(call.This, call.Arguments...))
	})
}

// stringSplit mends split for patterns that may match nothing.
func stringSplit(vm *goja.Runtime, env *Env) goja.Value {
	split := callable(vm, "String", "prototype", "split")
	return native(vm, "split", 2, func(call goja.FunctionCall) goja.Value {
		_, isObject := call.Argument(0).(*goja.Object)
		if text, ok := call.This.(goja.String); ok && isObject {
			t := twinsOf(vm, env)
			if twin, k := t.standIn(call.Argument(0), text, true); twin != nil || t.slow && k != nil {
				return t.split(call.Argument(0).(*goja.Object), twin, k, text, call.Argument(1))
			}
		}
		return rethrow(split(call.This, call.Arguments...))
	})
}

// split takes a text apart. Searching for the next match finds the place where matching
// place by place would.
//
// Source: ECMA-262 RegExp.prototype [ @@split ].
func (t *twins) split(re, twin *goja.Object, k *twin, text goja.String, limit goja.Value) goja.Value {
	most := uint32(1<<32 - 1)
	if !goja.IsUndefined(limit) {
		most = uint32(limit.ToInteger())
	}
	source, flags := goja.Value(re), strings.ReplaceAll(k.flags, "y", "")
	if twin != nil && twin == k.fixed {
		source = twin
		if k.fold {
			flags = strings.ReplaceAll(flags, "i", "")
		}
	}
	if !strings.Contains(flags, "g") {
		flags += "g"
	}
	parts := []any{}
	if most == 0 {
		return t.vm.NewArray(parts...)
	}
	search, err := t.vm.New(t.make, source, t.vm.ToValue(flags))
	must(err)
	size, last := text.Length(), 0
	for at := 0; at < size || size == 0; {
		must(search.Set("lastIndex", at))
		found, _ := rethrow(t.run(search, text)).(*goja.Object)
		if size == 0 {
			if found != nil {
				return t.vm.NewArray(parts...)
			}
			break
		}
		if found == nil {
			break
		}
		from, to := int(found.Get("index").ToInteger()), int(search.Get("lastIndex").ToInteger())
		if from >= size {
			break
		}
		if to == last {
			at = from + 1
			if strings.Contains(flags, "u") && from+1 < size && isPair(text.CharAt(from), text.CharAt(from+1)) {
				at++
			}
			continue
		}
		parts = append(parts, text.Substring(last, from))
		for i := 1; i < pairCount(found) && uint32(len(parts)) < most; i++ {
			parts = append(parts, found.Get(itoa(i)))
		}
		if uint32(len(parts)) >= most {
			return t.vm.NewArray(parts[:most]...)
		}
		last, at = to, to
	}
	return t.vm.NewArray(append(parts, text.Substring(last, size))...)
}

func isPair(first, second uint16) bool {
	return first >= 0xD800 && first < 0xDC00 && second >= 0xDC00 && second < 0xE000
}
