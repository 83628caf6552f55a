package gojalib

import (
	"fmt"
	"sync"

	"github.com/dop251/goja"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// comparer is a resolved Intl.Collator: the order of CLDR's root collation,
// which is that of en-US.
type comparer struct {
	locale      string
	usage       string
	sensitivity string // variant, accent, base
}

// collators are pooled, because a Collator is not safe for concurrent use and
// costs more to make than to use.
var collators = map[string]*sync.Pool{
	"variant": collatorPool(),
	"accent":  collatorPool(collate.IgnoreCase),
	"base":    collatorPool(collate.IgnoreCase, collate.IgnoreDiacritics),
}

func collatorPool(options ...collate.Option) *sync.Pool {
	return &sync.Pool{New: func() any { return collate.New(language.AmericanEnglish, options...) }}
}

func newComparer(vm *goja.Runtime, locales, options goja.Value) *comparer {
	c := &comparer{locale: requestedLocale(vm, locales)}
	r := newOptionReader(vm, "Intl.Collator", options)
	c.usage = r.text("usage", "sort", "sort", "search")
	r.text("localeMatcher", "", "lookup", "best fit")
	r.only("collation", "default")
	if v := r.value("numeric"); v != nil && v.ToBoolean() {
		r.unsupported("numeric", "true", "false is")
	}
	if first := r.text("caseFirst", "false", "upper", "lower", "false"); first != "false" {
		r.unsupported("caseFirst", first, "false is")
	}
	c.sensitivity = r.text("sensitivity", "variant", "base", "accent", "case", "variant")
	if c.sensitivity == "case" {
		r.unsupported("sensitivity", "case", "variant, accent and base are")
	}
	if v := r.value("ignorePunctuation"); v != nil && v.ToBoolean() {
		r.unsupported("ignorePunctuation", "true", "false is")
	}
	return c
}

// orderedRanges are the characters whose order the tests hold against ICU.
// Elsewhere golang.org/x/text knows an older Unicode than Node.
var orderedRanges = [][2]rune{
	{0x0000, 0x02AF},                                     // Latin with its extensions, phonetic letters
	{0x0391, 0x03A1}, {0x03A3, 0x03A9}, {0x03B1, 0x03C9}, // Greek
	{0x0400, 0x045F}, // Cyrillic
	{0x05D0, 0x05EA}, // Hebrew
	{0x1E00, 0x1EFF}, // Latin, additional
	{0x2013, 0x2014}, {0x2022, 0x2022}, {0x2026, 0x2026}, {0x20AC, 0x20AC},
	{0x3041, 0x3096}, {0x30A1, 0x30FA}, // Kana
	{0xAC00, 0xD7A3}, // Hangul
}

func ordered(c rune) bool {
	for _, r := range orderedRanges {
		if c <= r[1] {
			return c >= r[0]
		}
	}
	return false
}

// compare answers -1, 0 or 1. It throws for characters whose order it does not
// know.
func (c *comparer) compare(vm *goja.Runtime, a, b string) int {
	if a == b {
		return 0
	}
	for _, text := range [2]string{a, b} {
		for _, r := range text {
			if !ordered(r) {
				panic(newRangeError(vm, fmt.Sprintf("comparing by locale is not supported for the character %q (%U)", r, r)))
			}
		}
	}
	pool := collators[c.sensitivity]
	collator := pool.Get().(*collate.Collator)
	defer pool.Put(collator)
	return collator.CompareString(a, b)
}

func localeCompare(vm *goja.Runtime, _ *Env) goja.Value {
	return intlFunc(vm, "localeCompare", 1, func(call goja.FunctionCall) goja.Value {
		if goja.IsUndefined(call.This) || goja.IsNull(call.This) {
			panic(vm.NewTypeError("String.prototype.localeCompare called on null or undefined"))
		}
		a, b := stringOf(vm, call.This), stringOf(vm, call.Argument(0))
		return vm.ToValue(newComparer(vm, call.Argument(1), call.Argument(2)).compare(vm, a, b))
	})
}

func buildCollator(vm *goja.Runtime) *goja.Object {
	constructor, prototype, state := intlClass(vm, "Collator", func(locales, options goja.Value) any {
		return newComparer(vm, locales, options)
	})
	define(prototype, "resolvedOptions", intlFunc(vm, "resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
		c := state(call.This, "Intl.Collator.prototype.resolvedOptions").(*comparer)
		o := vm.NewObject()
		set := func(name string, v any) { SetProperty(o, name, v) }
		set("locale", c.locale)
		set("usage", c.usage)
		set("sensitivity", c.sensitivity)
		set("ignorePunctuation", false)
		set("collation", "default")
		set("numeric", false)
		set("caseFirst", "false")
		return o
	}))
	defineBound(vm, prototype, "compare", 2, func(this goja.Value) func(goja.FunctionCall) goja.Value {
		c := state(this, "get Intl.Collator.prototype.compare").(*comparer)
		return func(call goja.FunctionCall) goja.Value {
			return vm.ToValue(c.compare(vm, stringOf(vm, call.Argument(0)), stringOf(vm, call.Argument(1))))
		}
	})
	return constructor
}
