package hand

import (
	"time"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
)

// pipeline is the rules of a pipeline, called one after the other.
func pipeline(name string) Func {
	var all []Func
	for _, part := range cases.PipelineParts(name) {
		if client, ok := cases.GuardedClient(part); ok {
			all = append(all, guarded(client))
		} else {
			all = append(all, rules[part])
		}
	}
	return func(user, context map[string]any, now time.Time) error {
		for _, rule := range all {
			if err := rule(user, context, now); err != nil {
				return err
			}
		}
		return nil
	}
}

// guarded is a rule for one application.
func guarded(client string) Func {
	return func(_, context map[string]any, _ time.Time) error {
		if context["clientID"] != client {
			return nil
		}
		token, ok := context["idToken"].(map[string]any)
		if !ok {
			return ErrType
		}
		token["https://example.com/application"] = client
		return nil
	}
}
