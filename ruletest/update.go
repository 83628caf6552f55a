package ruletest

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// Update answers the text of the file with what happened in the place of what was expected, for those
// cases of results, all of this file, that failed; comments and all else stay. Matchers stay where they
// fit. left are the failed cases that it cannot change: rows of a matrix, requests that no stub
// answers, and cases on which engines disagree.
func (f *File) Update(results []*Result) (text string, updated int, left []*Result) {
	var edits []edit
	for _, r := range results {
		if !r.Failed() {
			continue
		}
		seen := r.reference()
		if seen == nil || r.Case.row || len(seen.unexpected()) > 0 || slices.ContainsFunc(r.Runs, func(e *EngineRun) bool { return len(e.Differences) > 0 }) {
			left = append(left, r)
			continue
		}
		e, ok := f.replace(r.Case, r.Case.refreshed(seen, f.order))
		if !ok {
			left = append(left, r)
			continue
		}
		edits = append(edits, e)
		updated++
	}
	slices.SortFunc(edits, func(a, b edit) int { return b.start - a.start })
	text = f.text
	for _, e := range edits {
		text = text[:e.start] + e.text + text[e.end:]
	}
	return text, updated, left
}

// reference is what the first engine observed that ran the case.
func (r *Result) reference() *observation {
	for _, e := range r.Runs {
		if e.seen != nil {
			return e.seen
		}
	}
	return nil
}

// edit puts text in the place of a part of the file.
type edit struct {
	start, end int
	text       string
}

// replace writes an expectation in the place of the one that the case has.
func (f *File) replace(c *Case, object map[string]any) (edit, bool) {
	r := newReader(f.Name, f.text)
	offset := func(n *yaml.Node) int { return r.file.FromCodePoints(n.Line, n.Column-1).Offset }
	lineStart := func(at int) int { return strings.LastIndexByte(f.text[:at], '\n') + 1 }
	if c.mapping == nil || c.mapping.Kind != yaml.MappingNode {
		return edit{}, false
	}
	if c.mapping.Style&yaml.FlowStyle != 0 {
		value := "expect: " + flow(object, f.order)
		if c.key == nil {
			end := flowEnd(f.text, offset(c.mapping))
			return edit{end - 1, end - 1, ", " + value}, end > 0
		}
		start := offset(c.key)
		end := flowEnd(f.text, offset(c.node))
		if end < 0 {
			end = offset(c.node) + len(c.node.Value)
			if c.node.Kind != yaml.ScalarNode || !strings.HasPrefix(f.text[offset(c.node):], c.node.Value) {
				return edit{}, false
			}
		}
		return edit{start, end, value}, true
	}
	first := offset(c.mapping)
	column := first - lineStart(first)
	indent := strings.Repeat(" ", column)
	var b strings.Builder
	b.WriteString("expect:\n")
	block(&b, object, f.order, indent+"  ")
	start, end := 0, 0
	if c.key == nil {
		end = blockEnd(f.text, first, column)
		return edit{end, end, indent + b.String()}, true
	}
	start = offset(c.key)
	end = blockEnd(f.text, start, column+1)
	return edit{start, end, b.String()}, true
}

// blockEnd is where a block ends that begins in the line of an offset: in front of the next line whose
// indentation is less than column. Blank lines and comments behind it do not belong to it.
func blockEnd(text string, at, column int) int {
	next := func(from int) int {
		if i := strings.IndexByte(text[from:], '\n'); i >= 0 {
			return from + i + 1
		}
		return len(text)
	}
	end := next(at)
	for line := end; line < len(text); line = next(line) {
		content := strings.TrimLeft(text[line:next(line)], " ")
		if trimmed := strings.TrimSpace(content); trimmed == "" || trimmed[0] == '#' {
			continue
		}
		if next(line)-line-len(content) < column {
			break
		}
		end = next(line)
	}
	return end
}

// flowEnd is the offset behind a flow collection or a text in quotes that begins at an offset; -1 when there
// begins none.
func flowEnd(text string, at int) int {
	depth := 0
	for i := at; i < len(text); i++ {
		switch c := text[i]; c {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth <= 0 {
				return i + 1
			}
		case '"', '\'':
			if depth > 0 && !strings.ContainsRune(" {[,:\n", rune(text[i-1])) {
				continue // inside of a plain text
			}
			for i++; i < len(text) && text[i] != c; i++ {
				if text[i] == '\\' && c == '"' {
					i++
				}
			}
			if depth == 0 {
				return i + 1
			}
		default:
			if depth == 0 {
				return -1
			}
		}
	}
	return -1
}

// refreshed is the expectation of a case with what was observed: what it looked at, and of a case
// without one all that happened.
func (c *Case) refreshed(o *observation, order *jsondoc.Order) map[string]any {
	e := &c.Expect
	all := c.key == nil
	object, keys := map[string]any{}, []string{}
	set := func(key string, value any) {
		object[key] = value
		keys = append(keys, key)
	}
	set("outcome", o.outcome)
	ended := o.err != nil
	if ended {
		if all && o.err.Approximate { // the words may be other ones in Node
			set("error", ordered(order, "kind", string(o.err.Kind), "name", o.err.Name))
		} else {
			set("message", o.err.Message)
		}
		if m, ok := e.Error["message"]; ok && matches(m, o.err.Message, order) {
			object["message"] = m
		}
		if kept := refresh(withoutKey(e.Error, "message", order), errorTree(o.err), order); kept != nil {
			set("error", kept)
		}
	}
	if o.outcome == ferrule.Redirect.String() {
		set("redirect", refreshValue(e.Redirect, e.HasRedirect, o.redirect, order))
	}
	if e.HasFactor || all && o.multifactor != nil {
		factor := o.multifactor
		if factor == nil {
			factor = map[string]any{"$absent": true}
		}
		set("multifactor", refreshValue(e.Multifactor, e.HasFactor, factor, order))
	}
	if !ended {
		for _, part := range []struct {
			name          string
			before, patch map[string]any
			after         any
		}{{"user", c.User, e.User, o.user}, {"context", c.Context, e.Context, o.context}} {
			if after, isObject := part.after.(map[string]any); isObject && (e.Exact || all) {
				if changes := changed(part.before, after, part.patch, o.order, order); changes != nil {
					set(part.name, changes)
				}
			} else if fresh := refresh(part.patch, part.after, order); fresh != nil {
				set(part.name, clone(fresh, order, order))
			}
		}
		if fresh := refresh(e.Tokens, o.tokens, order); fresh != nil {
			set("tokens", fresh)
		}
	}
	list := func(name string, given bool, old, got []any, short func(any) any) {
		if !given && (!all || len(got) == 0) {
			return
		}
		fresh := []any{}
		for i, item := range got {
			if i < len(old) && matches(old[i], item, order) {
				kept := old[i]
				if line, ok := kept.(map[string]any); ok && name == "console" && len(line) == 1 && line["text"] != nil {
					kept = line["text"] // as it was written
				}
				fresh = append(fresh, kept)
			} else {
				fresh = append(fresh, short(item))
			}
		}
		set(name, fresh)
	}
	list("console", e.HasConsole, e.Console, o.console, func(item any) any {
		line := item.(map[string]any)
		if line["level"] == "log" {
			return line["text"]
		}
		return ordered(order, "level", line["level"], "text", line["text"])
	})
	list("warnings", e.HasWarnings, e.Warnings, o.warnings, func(item any) any { return item })
	list("metadata", e.HasMetadata || e.Exact && len(o.metadata) > 0, e.Metadata, o.metadata, func(item any) any {
		write := item.(map[string]any)
		return ordered(order, "target", write["target"], "values", write["values"])
	})
	if e.HasCalls || all && len(o.calls) > 0 {
		calls := []any{}
		for _, call := range o.calls {
			calls = append(calls, call.Method+" "+call.URL)
		}
		set("calls", calls)
	}
	if (e.Exact || all) && !ended {
		set("exact", true)
	}
	order.Set(object, keys)
	return object
}

// ordered makes an object of names and values.
func ordered(order *jsondoc.Order, pairs ...any) map[string]any {
	object, keys := map[string]any{}, []string{}
	for i := 0; i < len(pairs); i += 2 {
		object[pairs[i].(string)] = pairs[i+1]
		keys = append(keys, pairs[i].(string))
	}
	order.Set(object, keys)
	return object
}

func withoutKey(object map[string]any, key string, order *jsondoc.Order) map[string]any {
	kept, ok := without(object, []string{key}, order)
	if ok && len(kept) == 0 {
		return nil
	}
	return kept
}

// refresh is an expected object with the values that are there now; nil for nil.
func refresh(want map[string]any, got any, order *jsondoc.Order) map[string]any {
	if want == nil {
		return nil
	}
	fresh, keys := map[string]any{}, order.Keys(want)
	object, _ := got.(map[string]any)
	for _, key := range keys {
		value, there := object[key]
		if !there {
			fresh[key] = map[string]any{"$absent": true}
			continue
		}
		fresh[key] = refreshValue(want[key], true, value, order)
	}
	order.Set(fresh, keys)
	return fresh
}

func refreshValue(want any, given bool, got any, order *jsondoc.Order) any {
	if given && matches(want, got, order) {
		return want
	}
	if object, ok := want.(map[string]any); ok {
		if _, isMatcher := matcherOf(want); !isMatcher {
			if _, both := got.(map[string]any); both {
				return refresh(object, got, order)
			}
		}
	}
	return got
}

// changed is the patch that leads from before to after; nil when nothing changed. Where old, an earlier
// patch, has a matcher that fits, that stays.
func changed(before, after, old map[string]any, afterOrder, order *jsondoc.Order) map[string]any {
	patch, keys := map[string]any{}, []string{}
	for _, key := range order.Keys(before) {
		if _, stays := after[key]; !stays {
			patch[key] = map[string]any{"$absent": true}
			keys = append(keys, key)
		}
	}
	for _, key := range afterOrder.Keys(after) {
		value, was := before[key]
		if was && equal(value, after[key]) {
			continue
		}
		expected, given := old[key]
		if _, isMatcher := matcherOf(expected); given && isMatcher && matches(expected, after[key], order) {
			patch[key] = expected
			keys = append(keys, key)
			continue
		}
		b, wasObject := value.(map[string]any)
		a, isObject := after[key].(map[string]any)
		inner, _ := expected.(map[string]any)
		switch {
		case isObject && (wasObject || !was):
			if patch[key] = changed(b, a, inner, afterOrder, order); patch[key].(map[string]any) == nil {
				patch[key] = map[string]any{}
			}
		default:
			patch[key] = clone(after[key], afterOrder, order)
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil
	}
	order.Set(patch, keys)
	return patch
}

// equal compares decoded JSON; the order of keys does not count.
func equal(a, b any) bool {
	cmp := &comparison{exact: true}
	if _, isMatcher := matcherOf(a); isMatcher {
		return false
	}
	cmp.value("", a, b, true)
	return len(cmp.found) == 0
}
