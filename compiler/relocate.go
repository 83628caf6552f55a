package compiler

import (
	"reflect"

	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

// relocate makes the places of a program speak of the user's own file: it was made of the
// text behind keyword replacement.
func relocate(rule *program.Rule, origin *folder.Rule) {
	if origin.File == origin.Original {
		return
	}
	rewritePlaces(reflect.ValueOf(rule), func(at program.Pos) program.Pos {
		if at.Line == 0 {
			return at
		}
		pos := origin.Position(origin.File.At(at.Line, at.Column).Offset)
		return program.Pos{Line: pos.Line, Column: pos.Column}
	})
}

var placeType = reflect.TypeFor[program.Pos]()

// rewritePlaces replaces every place below v. The forms of program are trees of pointers,
// structs, slices and interfaces.
func rewritePlaces(v reflect.Value, place func(program.Pos) program.Pos) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			rewritePlaces(v.Elem(), place)
		}
	case reflect.Slice:
		for i := range v.Len() {
			rewritePlaces(v.Index(i), place)
		}
	case reflect.Struct:
		if v.Type() == placeType {
			v.Set(reflect.ValueOf(place(v.Interface().(program.Pos))))
			return
		}
		for i := range v.NumField() {
			rewritePlaces(v.Field(i), place)
		}
	}
}
