package ruletest

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// text writes the cases that were kept.
func (g *generator) text() string {
	var b strings.Builder
	b.WriteString("# Made by ferrule cases: what the rule does now. Read it, and give the cases names that say why.\n")
	if stem := strings.TrimSuffix(path.Base(g.file.Rule), path.Ext(g.file.Rule)); stem+Suffix != path.Base(g.file.path) {
		b.WriteString("rule: " + scalar(path.Base(g.file.Rule)) + "\n")
	}
	fmt.Fprintf(&b, "defaults:\n  login: %s\n  now: %s\n", sampleLogin, generatedNow.Format(time.RFC3339))
	if len(g.configuration) > 0 {
		fmt.Fprintf(&b, "  configuration: %s\n", flow(texts(g.configuration), nil))
	}
	b.WriteString("cases:\n")
	names := map[string]int{}
	for _, a := range g.kept {
		name := a.name()
		if names[name]++; names[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, names[name])
		}
		var one strings.Builder
		block(&one, g.members(a, name), g.file.order, "    ")
		b.WriteString("  - " + strings.TrimPrefix(one.String(), "    "))
	}
	return b.String()
}

func texts(values map[string]string) map[string]any {
	object := map[string]any{}
	for key, value := range values {
		object[key] = value
	}
	return object
}

// name says what is special about an attempt.
func (a *attempt) name() string {
	var parts []string
	for _, set := range a.sets {
		at := set.path[0]
		for _, key := range set.path[1:] {
			at = memberPath(at, key)
		}
		if set.absent {
			parts = append(parts, "no "+at)
		} else {
			parts = append(parts, at+" is "+encode(set.value, nil))
		}
	}
	switch a.service {
	case "":
	case failReset:
		parts = append(parts, "the service resets")
	default:
		parts = append(parts, "the service answers "+a.service)
	}
	if len(parts) == 0 {
		parts = []string{"the sample login"}
	}
	name := a.seen.outcome + ": " + strings.Join(parts, ", ")
	if runes := []rune(name); len(runes) > 120 {
		name = string(runes[:120]) + "…"
	}
	return name
}

// members are those of the case in the file.
func (g *generator) members(a *attempt, name string) map[string]any {
	order := g.file.order
	object, keys := map[string]any{}, []string{}
	set := func(key string, value any) {
		object[key] = value
		keys = append(keys, key)
	}
	set("name", name)
	overlay := map[string]any{"user": map[string]any{}, "context": map[string]any{}}
	configuration := map[string]any{}
	var removed []any
	for _, one := range a.sets {
		at := one.path[0]
		switch {
		case at == serviceRoot:
		case at == clockRoot:
			set("now", one.value)
		case one.absent || at == "configuration" && !isString(one.value):
			for _, key := range one.path[1:] {
				at = memberPath(at, key)
			}
			removed = append(removed, at)
		case at == "configuration":
			configuration[one.path[1]] = one.value
		default:
			overlay = merge(overlay, nested(one.path, one.value), order).(map[string]any)
		}
	}
	for _, root := range []string{"user", "context"} {
		if part := overlay[root].(map[string]any); len(part) > 0 {
			set(root, part)
		}
	}
	if len(configuration) > 0 {
		set("configuration", configuration)
	}
	if len(removed) > 0 {
		set("without", removed)
	}
	if stubs := g.stubs(a); len(stubs) > 0 {
		set("stubs", stubs)
	}
	expected := a.made.refreshed(a.seen, order)
	if a.loose { // what differs from run to run is left to the reader
		for _, key := range []string{"user", "context", "console", "metadata", "exact"} {
			delete(expected, key)
		}
		order.Set(expected, slices.DeleteFunc(order.Keys(expected), func(key string) bool { _, there := expected[key]; return !there }))
	}
	set("expect", expected)
	order.Set(object, keys)
	return object
}

func isString(value any) bool { _, ok := value.(string); return ok }

// stubs are the services that an attempt called.
func (g *generator) stubs(a *attempt) []any {
	seen := map[string]bool{}
	for _, call := range a.seen.calls {
		seen[call.Method+" "+call.URL] = true
	}
	var all []any
	for _, request := range slices.Sorted(maps.Keys(seen)) {
		answer := map[string]any{"status": 500.0}
		switch a.service {
		case "":
			value, _ := decode(a.made.Stubs[0].Answers[0].Body)
			answer = map[string]any{"json": value}
		case failReset:
			answer = map[string]any{"error": failReset}
		}
		all = append(all, ordered(g.file.order, "request", request, "answer", answer))
	}
	return all
}
