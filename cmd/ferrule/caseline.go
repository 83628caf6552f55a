package main

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// readCase reads one line of a case file:
//
//	{"id":"1","user":{…},"context":{…},"configuration":{…},"now":"2026-03-02T10:30:00Z","tz":"Europe/Berlin"}
//
// All members may be absent: the flags' values take their place. Members of other
// names are ignored. When the line cannot be run, ok is false and the result
// says why.
func (r *runner) readCase(number int, line []byte) (l login, bad result, ok bool) {
	l.id = strconv.Itoa(number)
	at := fmt.Sprintf("%s:%d", r.caseName, number)
	tree, order, err := jsondoc.Decode(line)
	if err != nil {
		var syntax *jsondoc.SyntaxError
		if errors.As(err, &syntax) {
			return l, unreadable(l.id, nil, nil, fmt.Sprintf("%s:%d: not JSON: %s", at, syntax.Offset+1, syntax.Problem)), false
		}
		return l, unreadable(l.id, nil, nil, fmt.Sprintf("%s: %v", at, err)), false
	}
	members, isObject := tree.(map[string]any)
	if !isObject {
		return l, unreadable(l.id, nil, nil, fmt.Sprintf("%s: a case must be a JSON object, and this is %s", at, kindOf(tree))), false
	}
	switch id := members["id"].(type) {
	case nil:
	case string:
		l.id = id
	case float64:
		l.id = string(jsvalue.AppendNumber(nil, id))
	default:
		return l, unreadable(l.id, members, order, fmt.Sprintf("%s: the id must be a text, and this is %s", at, kindOf(id))), false
	}
	if err := r.fillCase(&l, members, order); err != nil {
		return l, unreadable(l.id, members, order, fmt.Sprintf("%s: %v", at, err)), false
	}
	l.profile = func() map[string]any { return r.profileOf(line) }
	return l, result{}, true
}

// fillCase reads the members of a case; what is absent comes from the flags.
func (r *runner) fillCase(l *login, members map[string]any, order *jsondoc.Order) error {
	in := r.defaults()
	in.Order = order
	if err := caseObject(members, "user", r.user, &in.User, order); err != nil {
		return err
	}
	if err := caseObject(members, "context", r.context, &in.Context, order); err != nil {
		return err
	}
	if value, given := members["configuration"]; given && value != nil {
		configuration, err := readConfiguration(value)
		if err != nil {
			return err
		}
		in.Configuration = configuration
	}
	if err := caseText(members, "now", func(text string) (err error) { in.Now, err = timeNamed(text); return err }); err != nil {
		return err
	}
	if err := caseText(members, "tz", func(text string) (err error) { in.Zone, err = zoneNamed(text); return err }); err != nil {
		return err
	}
	if r.flags.prepare {
		prepare(&in)
	}
	l.input = in
	return nil
}

// caseText hands a member that must be a text to use; absent and null are nothing.
func caseText(members map[string]any, name string, use func(string) error) error {
	value := members[name]
	if value == nil {
		return nil
	}
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("%s must be a text, and this is %s", name, kindOf(value))
	}
	if err := use(text); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// caseObject reads user or context of a case: the member, else the flag's document,
// else {}.
func caseObject(members map[string]any, name string, otherwise *document, to *map[string]any, order *jsondoc.Order) error {
	value, given := members[name]
	if !given {
		return readInto(to, otherwise, name, order)
	}
	object, ok := value.(map[string]any)
	if !ok {
		return fmt.Errorf("the %s must be an object, and this is %s", name, kindOf(value))
	}
	*to = object
	return nil
}

// readInto reads a flag's document, if there is one, as user or context.
func readInto(to *map[string]any, from *document, name string, order *jsondoc.Order) error {
	if from == nil {
		return nil
	}
	object, known, err := from.object("the " + name)
	if err != nil {
		return err
	}
	order.Merge(known)
	*to = object
	return nil
}

// profileOf reads the user of a case once more: the run changes the one it has.
func (r *runner) profileOf(line []byte) map[string]any {
	tree, _, err := jsondoc.Decode(line)
	members, _ := tree.(map[string]any)
	if user, ok := members["user"].(map[string]any); ok && err == nil {
		return user
	}
	if r.user != nil {
		user, _, _ := r.user.object("the user") // it was read before, when the command started
		return user
	}
	return nil
}
