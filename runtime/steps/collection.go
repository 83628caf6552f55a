package steps

import (
	"slices"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Mutable is a value of the library with methods that change it: the parameters of a URL. A
// method that is not covered answers an exit and changes nothing.
type Mutable interface {
	Mutate(method string, args []any) (result any, err error)
}

// changeOther is a method of a set, a map, a date or a [Mutable] that changes it. Nobody
// sees a change behind the callback: JSON cannot carry such values, dates apart, which do not
// come here then.
func changeOther(on any, method string, args []any) (any, error) {
	switch o := on.(type) {
	case *jsvalue.Set:
		return changeSet(o, method, args)
	case *jsvalue.Map:
		return changeMap(o, method, args)
	case *jsvalue.Date:
		return changeDate(o, method, args)
	case Mutable:
		return o.Mutate(method, args)
	}
	return nil, jsvalue.NotOf(on)
}

// changeDate is a set method of Date.
//
// Source: ECMA-262 Date.prototype.setDate and the like.
func changeDate(d *jsvalue.Date, method string, args []any) (any, error) {
	if len(args) == 0 {
		return nil, jsvalue.ExitType
	}
	numbers := make([]float64, len(args))
	for i, arg := range args {
		var err error
		if numbers[i], err = jsvalue.ToNumber(arg); err != nil {
			return nil, err
		}
	}
	if d.Zone == nil {
		return nil, jsvalue.ExitType
	}
	zone := jsvalue.NewZone(d.Zone)
	setter, known := jsvalue.DateSetters[method]
	switch {
	case method == "setTime":
		d.Time = jsvalue.TimeClip(numbers[0])
	case method == "setYear":
		d.Time = jsvalue.SetYear(d.Time, zone, numbers[0])
	case known:
		d.Time = setter.Set(d.Time, zone, numbers)
	default:
		return nil, jsvalue.ExitType
	}
	return d.Time, nil
}

// argument is an argument, undefined when it was left out.
func argument(args []any, i int) any {
	if i < len(args) {
		return args[i]
	}
	return jsvalue.Undefined
}

// entryKey is the key of a set's or map's entry, with -0 made 0.
func entryKey(x any) (value, key any, err error) {
	if n, ok := x.(float64); ok && n == 0 {
		x = 0.0
	}
	key, err = jsvalue.MapKey(x)
	return x, key, err
}

// changeSet is a method of Set.
//
// Source: ECMA-262 Set.prototype.add, delete, clear.
func changeSet(s *jsvalue.Set, method string, args []any) (any, error) {
	if method == "clear" {
		s.Items, s.At = nil, nil
		return jsvalue.Undefined, nil
	}
	value, key, err := entryKey(argument(args, 0))
	if err != nil {
		return nil, err
	}
	at, there := s.At[key]
	switch method {
	case "add":
		if !there {
			if len(s.Items) >= maxItems {
				return nil, jsvalue.ExitSize
			}
			if s.At == nil {
				s.At = map[any]int{}
			}
			s.At[key] = len(s.Items)
			s.Items = append(s.Items, value)
		}
		return s, nil
	case "delete":
		if there {
			s.Items = slices.Delete(s.Items, at, at+1)
			closeGap(s.At, key, at)
		}
		return there, nil
	}
	return nil, jsvalue.ExitType
}

// changeMap is a method of Map.
//
// Source: ECMA-262 Map.prototype.set, delete, clear.
func changeMap(m *jsvalue.Map, method string, args []any) (any, error) {
	if method == "clear" {
		m.Keys, m.Values, m.At = nil, nil, nil
		return jsvalue.Undefined, nil
	}
	value, key, err := entryKey(argument(args, 0))
	if err != nil {
		return nil, err
	}
	at, there := m.At[key]
	switch method {
	case "set":
		if there {
			m.Values[at] = argument(args, 1)
			return m, nil
		}
		if len(m.Keys) >= maxItems {
			return nil, jsvalue.ExitSize
		}
		if m.At == nil {
			m.At = map[any]int{}
		}
		m.At[key] = len(m.Keys)
		m.Keys = append(m.Keys, value)
		m.Values = append(m.Values, argument(args, 1))
		return m, nil
	case "delete":
		if there {
			m.Keys = slices.Delete(m.Keys, at, at+1)
			m.Values = slices.Delete(m.Values, at, at+1)
			closeGap(m.At, key, at)
		}
		return there, nil
	}
	return nil, jsvalue.ExitType
}

// closeGap takes a key out of an index of places.
func closeGap(places map[any]int, key any, at int) {
	delete(places, key)
	for other, place := range places {
		if place > at {
			places[other] = place - 1
		}
	}
}
