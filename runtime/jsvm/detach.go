package jsvm

import (
	"reflect"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// detach makes the VM's objects independent of the input, which its owner changes once the
// rules have ended: what rules left running may still read them.
func (c *converter) detach() {
	d := detaching{order: c.order, made: make(map[uintptr]map[string]any, len(c.attached))}
	for _, o := range c.attached {
		o.from, o.lasting = d.object(o.from), true
	}
	c.attached = nil
}

// detaching copies objects of the input, each once: an object and the one that holds it
// must still belong together.
type detaching struct {
	order *jsondoc.Order
	made  map[uintptr]map[string]any
}

func (d *detaching) object(from map[string]any) map[string]any {
	at := reflect.ValueOf(from).Pointer()
	if made, ok := d.made[at]; ok {
		return made
	}
	made := make(map[string]any, len(from))
	d.made[at] = made
	if d.order.Known(from) {
		d.order.Set(made, d.order.Keys(from))
	}
	for key, value := range from {
		made[key] = d.value(value)
	}
	return made
}

func (d *detaching) value(value any) any {
	switch v := value.(type) {
	case nil, string, bool, float64, int, int64:
		return value
	case map[string]any:
		if v == nil {
			return nil
		}
		return d.object(v)
	case []any:
		if v == nil {
			return nil
		}
		made := make([]any, len(v))
		for i, item := range v {
			made[i] = d.value(item)
		}
		return made
	}
	tree, order, err := jsondoc.FromGo(value)
	if err != nil {
		return value // who reads it gets the error
	}
	d.order.Merge(order)
	return tree
}
