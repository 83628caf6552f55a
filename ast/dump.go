package ast

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/source"
)

// Dump is the tree as indented text without positions, one node a line, made for
// comparing: two trees with equal dumps mean the same program.
//
//	Call
//	  Callee: Ident Name="f"
//	  Args:
//	    - Number Value=1 Raw="1"
//
// Fields that are false, empty or nil are left out; a hole is "- hole".
func Dump(n Node) string {
	var b strings.Builder
	if n == nil {
		return ""
	}
	dump(&b, reflect.ValueOf(n), "")
	return b.String()
}

var spanType = reflect.TypeFor[source.Span]()

// dump writes the rest of the line for one node and its fields below it.
func dump(b *strings.Builder, v reflect.Value, indent string) {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	b.WriteString(v.Type().Name())
	t := v.Type()
	for i := range v.NumField() { // the plain fields stand on the node's line
		f := v.Field(i)
		if f.Type() == spanType || f.IsZero() {
			continue
		}
		switch f.Kind() {
		case reflect.String:
			fmt.Fprintf(b, " %s=%q", t.Field(i).Name, f.String())
		case reflect.Bool, reflect.Float64, reflect.Uint8:
			fmt.Fprintf(b, " %s=%v", t.Field(i).Name, f.Interface())
		}
	}
	b.WriteByte('\n')
	for i := range v.NumField() {
		f := v.Field(i)
		if f.Type() == spanType || f.IsZero() {
			continue
		}
		name := indent + "  " + t.Field(i).Name + ":"
		switch f.Kind() {
		case reflect.Interface, reflect.Pointer:
			b.WriteString(name + " ")
			dump(b, f, indent+"  ")
		case reflect.Slice:
			if f.Len() > 0 {
				b.WriteString(name + "\n")
			}
			for j := range f.Len() {
				item := f.Index(j)
				b.WriteString(indent + "    - ")
				if item.Kind() != reflect.Struct && item.IsNil() {
					b.WriteString("hole\n")
					continue
				}
				dump(b, item, indent+"    ")
			}
		}
	}
}
