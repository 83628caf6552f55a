package words

import (
	"fmt"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// loop writes a loop.
func (w *writer) loop(s ir.Step) {
	var label, noun, title string
	var body []ir.Step
	switch s := s.(type) {
	case *ir.For:
		label, noun, body = s.Label, "item", s.Body
		list, item, index := w.value(s.List), w.local(s.Item), w.local(s.Index)
		switch {
		case s.Item != "" && s.Index != "":
			title = fmt.Sprintf("for each %s of %s, at position %s", item, list, index)
		case s.Item != "":
			title = fmt.Sprintf("for each %s of %s", item, list)
		case s.Index != "":
			title = fmt.Sprintf("for each position %s of %s", index, list)
		default:
			title = "for each item of " + list
		}
	case *ir.ForKeys:
		label, noun, body = s.Label, "key", s.Body
		title = fmt.Sprintf("for each key %s of %s", w.local(s.Key), w.value(s.Object))
	case *ir.Count:
		label, noun, body = s.Label, "turn", s.Body
		if w.reads[s.Name] == 0 {
			title = "while " + w.condition(s.While)
			break
		}
		title = fmt.Sprintf("count %s from %s in steps of %s while %s", w.local(s.Name), w.value(s.From), number(s.By), w.condition(s.While))
	}
	w.line(s.Span(), "%s:", title)
	w.loops = append(w.loops, loop{label: label, noun: noun, title: fmt.Sprintf("the loop of line %d", w.number(s.Span()))})
	w.indented(body, false)
	w.loops = w.loops[:len(w.loops)-1]
}

// block writes a part that a step can leave. A part that is only ever left where it ends
// anyway is written without a heading.
func (w *writer) block(s *ir.Block, ends bool) {
	body := withoutLastLeave(s.Body, s.Label)
	if !leaves(body, s.Label) {
		w.steps(body, ends)
		return
	}
	w.parts++
	name := fmt.Sprintf("part %d", w.parts)
	w.line(s.At, "%s:", name)
	w.loops = append(w.loops, loop{label: s.Label, title: name})
	w.indented(body, ends)
	w.loops = w.loops[:len(w.loops)-1]
}

// leave writes what ends a loop or part.
func (w *writer) leave(s *ir.Leave) {
	for i := len(w.loops) - 1; i >= 0; i-- {
		l := w.loops[i]
		switch {
		case l.label != s.Label:
		case l.noun == "":
			w.line(s.At, "go on behind %s", l.title)
		case w.innermost() == i:
			w.line(s.At, "end the loop")
		default:
			w.line(s.At, "end %s", l.title)
		}
	}
}

// next writes what goes on with a loop's next turn.
func (w *writer) next(s *ir.Next) {
	for i := len(w.loops) - 1; i >= 0; i-- {
		l := w.loops[i]
		switch {
		case l.label != s.Label:
		case w.innermost() == i:
			w.line(s.At, "go on with the next %s", l.noun)
		default:
			w.line(s.At, "go on with the next %s of %s", l.noun, l.title)
		}
	}
}

// innermost is the index of the innermost loop that is no part.
func (w *writer) innermost() int {
	for i := len(w.loops) - 1; i >= 0; i-- {
		if w.loops[i].noun != "" {
			return i
		}
	}
	return -1
}

// withoutLastLeave takes a block's own Leave away where control reaches the block's end
// anyway.
func withoutLastLeave(list []ir.Step, label string) []ir.Step {
	if len(list) == 0 {
		return list
	}
	rest, last := list[:len(list)-1:len(list)-1], list[len(list)-1]
	switch s := last.(type) {
	case *ir.Leave:
		if s.Label == label {
			return withoutLastLeave(rest, label)
		}
	case *ir.If:
		return append(rest, &ir.If{At: s.At, Cond: s.Cond, Then: withoutLastLeave(s.Then, label), Else: withoutLastLeave(s.Else, label)})
	case *ir.Block:
		return append(rest, &ir.Block{At: s.At, Label: s.Label, Body: withoutLastLeave(s.Body, label)})
	}
	return list
}

// leaves reports whether a step of the list, or inside one, leaves the label.
func leaves(list []ir.Step, label string) bool {
	found := false
	ir.Walk(list, func(s ir.Step) bool {
		if leave, ok := s.(*ir.Leave); ok && leave.Label == label {
			found = true
		}
		return !found
	}, nil)
	return found
}
