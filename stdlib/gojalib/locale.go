package gojalib

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// localeMethods are the methods of built-ins that format or compare by locale.
// Those of Date belong to [dateGlobals].
var localeMethods = []Method{
	{"Number.prototype", "toLocaleString", numberToLocaleString},
	{"BigInt.prototype", "toLocaleString", bigIntToLocaleString},
	{"String.prototype", "localeCompare", localeCompare},
}

// languageTag is the form of a BCP 47 language tag, without the irregular
// ones.
var languageTag = regexp.MustCompile(`^(?i)[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*(-[a-wyz0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?$|^[a-z]{5,8}$`)

// beginsAsTag tells the malformed tags for which Node quotes the tag.
var beginsAsTag = regexp.MustCompile(`^(?i)([a-z]{2,3}|[a-z]{5,8})-[a-z0-9-]*$`)

// requestedLocale is the locale that a built-in answers in: en-US or en. It
// throws for malformed tags as Node does, and for every other locale, because a
// text in the wrong language would be worse than an error.
func requestedLocale(vm *goja.Runtime, v goja.Value) string {
	for _, tag := range localeTags(vm, v) {
		switch strings.ToLower(tag) {
		case "en-us":
			return "en-US"
		case "en":
			return "en"
		}
		panic(newRangeError(vm, fmt.Sprintf("locale %q is not supported: only en-US is", tag)))
	}
	return "en-US"
}

// localeTags is ECMA-402 CanonicalizeLocaleList, without the canonical case.
func localeTags(vm *goja.Runtime, v goja.Value) []string {
	var tags []string
	add := func(v goja.Value) {
		object, isObject := v.(*goja.Object)
		if !isObject && !goja.IsString(v) {
			panic(vm.NewTypeError("Language ID should be string or object."))
		}
		if isObject && object.ClassName() == "Intl.Locale" {
			v = object.Get("baseName")
		}
		tag := stringOf(vm, v)
		switch {
		case languageTag.MatchString(tag):
		case beginsAsTag.MatchString(tag):
			panic(newRangeError(vm, "Invalid language tag: "+tag))
		default:
			panic(newRangeError(vm, "Incorrect locale information provided"))
		}
		tags = append(tags, tag)
	}
	switch {
	case v == nil || goja.IsUndefined(v):
	case goja.IsNull(v):
		panic(vm.NewTypeError("Cannot convert undefined or null to object"))
	case goja.IsString(v):
		add(v)
	default:
		list := v.ToObject(vm)
		length := list.Get("length")
		if length == nil {
			break
		}
		for i := range int(min(max(length.ToNumber().ToFloat(), 0), 1000)) {
			if item := list.Get(fmt.Sprint(i)); item != nil {
				add(item)
			}
		}
	}
	return tags
}

// optionReader reads the options of an Intl constructor with its errors.
type optionReader struct {
	vm      *goja.Runtime
	service string       // "Intl.NumberFormat"
	object  *goja.Object // nil when no options were given
}

func newOptionReader(vm *goja.Runtime, service string, v goja.Value) optionReader {
	r := optionReader{vm: vm, service: service}
	switch {
	case v == nil || goja.IsUndefined(v):
	case goja.IsNull(v):
		panic(vm.NewTypeError("Cannot convert undefined or null to object"))
	default:
		r.object = v.ToObject(vm)
	}
	return r
}

// value returns an option, nil when it is absent or undefined.
func (r optionReader) value(name string) goja.Value {
	if r.object == nil {
		return nil
	}
	v := r.object.Get(name)
	if v == nil || goja.IsUndefined(v) {
		return nil
	}
	return v
}

// text returns an option that must be one of the allowed texts, fallback when
// it is absent. No allowed texts allow any.
func (r optionReader) text(name, fallback string, allowed ...string) string {
	v := r.value(name)
	if v == nil {
		return fallback
	}
	text := stringOf(r.vm, v)
	if len(allowed) > 0 && !slices.Contains(allowed, text) {
		panic(newRangeError(r.vm, fmt.Sprintf("Value %s out of range for %s options property %s", text, r.service, name)))
	}
	return text
}

// number returns an integer option, fallback when it is absent.
func (r optionReader) number(name string, lowest, highest, fallback int) int {
	v := r.value(name)
	if v == nil {
		return fallback
	}
	return r.inRange(v, name, lowest, highest)
}

func (r optionReader) inRange(v goja.Value, name string, lowest, highest int) int {
	f := v.ToNumber().ToFloat()
	if !(f >= float64(lowest) && f <= float64(highest)) {
		panic(newRangeError(r.vm, name+" value is out of range."))
	}
	return int(f)
}

// unsupported throws for a value that Node knows and we do not.
func (r optionReader) unsupported(name, value, only string) {
	panic(newRangeError(r.vm, fmt.Sprintf("%s option %s %q is not supported: only %s", r.service, name, value, only)))
}

// only reads an option of which one value is supported.
func (r optionReader) only(name, value string) {
	if text := r.text(name, value); !strings.EqualFold(text, value) {
		r.unsupported(name, text, value+" is")
	}
}
