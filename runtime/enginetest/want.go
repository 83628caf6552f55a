package enginetest

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// Tree is decoded JSON with its key order.
type Tree struct {
	Value any
	Order *jsondoc.Order
}

// ParseTree reads JSON text; it panics on anything else, which is a broken case.
func ParseTree(text []byte) Tree {
	value, order, err := jsondoc.Decode(text)
	if err != nil {
		panic(fmt.Sprintf("%v in %.200s", err, text))
	}
	return Tree{value, order}
}

func (t Tree) json(value any) string {
	text, err := jsondoc.Encode(value, t.Order)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// Want is the text form of an outcome: one fact a line, as in a `.want` section.
// user and context are what the run was given.
func Want(user, context Tree, o runtime.Outcome) string {
	lines := []string{first(o)}
	if o.Decision == runtime.Allowed || o.Decision == runtime.Redirect {
		lines = append(lines, changes("user", user, o.UserJSON)...)
		lines = append(lines, changes("context", context, o.ContextJSON)...)
		if o.Multifactor != nil {
			if text, err := o.ContextJSON(); err == nil {
				after := ParseTree(text)
				lines = append(lines, "multifactor "+after.json(after.Value.(map[string]any)["multifactor"]))
			}
		}
	}
	none := Tree{}
	for _, write := range o.Metadata {
		lines = append(lines, fmt.Sprintf("metadata %s %s %s", write.Target, none.json(write.UserID), write.JSON()))
	}
	for _, warning := range o.Warnings {
		rule := warning.Rule
		if rule == "" {
			rule = "-"
		}
		lines = append(lines, fmt.Sprintf("warning %s %s", rule, warning.Code))
	}
	for _, line := range o.Console {
		lines = append(lines, fmt.Sprintf("log %s %s %s", line.Rule, line.Level, none.json(line.Text)))
	}
	return strings.Join(lines, "\n") + "\n"
}

func first(o runtime.Outcome) string {
	none := Tree{}
	switch o.Decision {
	case runtime.Denied, runtime.Failed:
		name := o.Err.Name
		if name == "" {
			name = "-"
		}
		if o.Decision == runtime.Denied {
			return fmt.Sprintf("denied %s %s", name, none.json(o.Err.Message))
		}
		// The words of the other kinds are the engine's own, not the rule's.
		if o.Err.Kind != runtime.KindRule && o.Err.Kind != runtime.KindException {
			return fmt.Sprintf("failed %s", o.Err.Kind)
		}
		return fmt.Sprintf("failed %s %s %s", o.Err.Kind, name, none.json(o.Err.Message))
	case runtime.Redirect:
		redirect, _ := o.Context["redirect"].(map[string]any)
		return fmt.Sprintf("redirect %s", none.json(redirect["url"]))
	}
	return o.Decision.String()
}

func changes(root string, before Tree, after func() ([]byte, error)) []string {
	text, err := after()
	if err != nil {
		return []string{root + ": " + err.Error()}
	}
	c := comparison{before: before, after: ParseTree(text)}
	c.compare(root, c.before.Value, c.after.Value)
	return append(c.set, c.gone...)
}

// comparison walks two values: what is new or differs in the order of the result,
// then what went away in the order of the input. Arrays go by index.
type comparison struct {
	before, after Tree
	set, gone     []string
}

func (c *comparison) compare(path string, before, after any) {
	if old, ok := before.(map[string]any); ok {
		if object, ok := after.(map[string]any); ok {
			for _, key := range c.after.Order.Keys(object) {
				if value, had := old[key]; had {
					c.compare(member(path, key), value, object[key])
				} else {
					c.add(member(path, key), object[key])
				}
			}
			for _, key := range c.before.Order.Keys(old) {
				if _, stays := object[key]; !stays {
					c.gone = append(c.gone, "- "+member(path, key))
				}
			}
			return
		}
	}
	if old, ok := before.([]any); ok {
		if array, ok := after.([]any); ok {
			for i, value := range array {
				if at := fmt.Sprintf("%s[%d]", path, i); i < len(old) {
					c.compare(at, old[i], value)
				} else {
					c.add(at, value)
				}
			}
			for i := len(array); i < len(old); i++ {
				c.gone = append(c.gone, fmt.Sprintf("- %s[%d]", path, i))
			}
			return
		}
	}
	if c.before.json(before) != c.after.json(after) {
		c.add(path, after)
	}
}

func (c *comparison) add(path string, value any) {
	c.set = append(c.set, path+" = "+c.after.json(value))
}

var identifier = regexp.MustCompile(`^[A-Za-z_$][A-Za-z0-9_$]*$`)

func member(path, key string) string {
	if identifier.MatchString(key) {
		return path + "." + key
	}
	return path + "[" + Tree{}.json(key) + "]"
}
