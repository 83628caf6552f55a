package ir_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/source"
)

// plain writes any tree field by field, without spans: what Print has no part in.
func plain(x any) string {
	var b strings.Builder
	writePlain(&b, reflect.ValueOf(x))
	return b.String()
}

func writePlain(b *strings.Builder, v reflect.Value) {
	switch v.Kind() {
	case reflect.Invalid:
		b.WriteString("nil")
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		writePlain(b, v.Elem())
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[source.Span]() {
			return
		}
		b.WriteString(v.Type().Name() + "{")
		for i := range v.NumField() {
			writePlain(b, v.Field(i))
			b.WriteString(" ")
		}
		b.WriteString("}")
	case reflect.Slice:
		b.WriteString("[")
		for i := range v.Len() {
			writePlain(b, v.Index(i))
			b.WriteString(",")
		}
		b.WriteString("]")
	case reflect.Float64:
		fmt.Fprintf(b, "%x", math.Float64bits(v.Float()))
	default:
		fmt.Fprintf(b, "%s(%#v)", v.Type(), v)
	}
}
