package exprvm_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime/exprvm"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

var (
	benchUser = map[string]any{
		"email": "ann@example.com", "email_verified": true, "logins_count": 7.0, "groups": []any{"staff", "admin"},
		"app_metadata": map[string]any{"plan": "gold", "roles": []any{"a", "b"}},
	}
	benchContext = map[string]any{"clientID": "abc", "connection": "google", "stats": map[string]any{"loginsCount": 7.0}}
)

var benchPaths = []program.Path{
	{Name: "user.email", Root: "user", Keys: []string{"email"}},
	{Name: "user.email_verified", Root: "user", Keys: []string{"email_verified"}},
	{Name: "user.app_metadata", Root: "user", Keys: []string{"app_metadata"}},
	{Name: "user.app_metadata.plan", Root: "user", Keys: []string{"app_metadata", "plan"}},
	{Name: "user.blocked", Root: "user", Keys: []string{"blocked"}},
	{Name: "user.groups", Root: "user", Keys: []string{"groups"}},
	{Name: "user.groups.length", Root: "user", Keys: []string{"groups", "length"}},
	{Name: "context.clientID", Root: "context", Keys: []string{"clientID"}},
	{Name: "context.stats.loginsCount", Root: "context", Keys: []string{"stats", "loginsCount"}},
}

// conditions are tests of rules, and what a person would write in Go for them.
var conditions = []struct {
	name, text string
	byHand     func(user, context map[string]any) bool
}{
	{"true", `true`, func(_, _ map[string]any) bool { return true }},
	{"truthy", `truthy(user.email_verified)`, func(user, _ map[string]any) bool { return truthy(user["email_verified"]) }},
	{"same", `user.app_metadata.plan == "gold"`, func(user, _ map[string]any) bool {
		app, _ := user["app_metadata"].(map[string]any)
		return app["plan"] == "gold"
	}},
	{"and", `user.app_metadata.plan == "gold" && !truthy(user.blocked)`, func(user, _ map[string]any) bool {
		app, _ := user["app_metadata"].(map[string]any)
		return app["plan"] == "gold" && !truthy(user["blocked"])
	}},
	{"in", `user.email in ["bob@example.com", "eve@example.com", "ann@example.com"]`, func(user, _ map[string]any) bool {
		email, _ := user["email"].(string)
		_, ok := emails[email]
		return ok
	}},
	{"four", `context.clientID == "abc" && truthy(user.app_metadata) && user.app_metadata.plan in ["gold", "silver"] && context.stats.loginsCount > 3`,
		func(user, context map[string]any) bool {
			if context["clientID"] != "abc" || !truthy(user["app_metadata"]) {
				return false
			}
			app, _ := user["app_metadata"].(map[string]any)
			plan, _ := app["plan"].(string)
			stats, _ := context["stats"].(map[string]any)
			count, _ := stats["loginsCount"].(float64)
			return (plan == "gold" || plan == "silver") && count > 3
		}},
	{"typeof", `typeof(user.email) == "string" && toLowerCase(user.email) in ["ann@example.com"]`, func(user, _ map[string]any) bool {
		email, ok := user["email"].(string)
		_, in := emails[strings.ToLower(email)]
		return ok && in
	}},
	{"length", `user.groups.length > 1`, func(user, _ map[string]any) bool {
		groups, _ := user["groups"].([]any)
		return len(groups) > 1
	}},
	{"any", `any(user.groups, # == "admin")`, func(user, _ map[string]any) bool {
		groups, _ := user["groups"].([]any)
		for _, g := range groups {
			if g == "admin" {
				return true
			}
		}
		return false
	}},
	{"includes", `includes(user.groups, "admin")`, func(user, _ map[string]any) bool {
		groups, _ := user["groups"].([]any)
		for _, g := range groups {
			if g == "admin" {
				return true
			}
		}
		return false
	}},
	{"endsWith", `user.email endsWith "@example.com" && truthy(user.email_verified)`, func(user, _ map[string]any) bool {
		email, _ := user["email"].(string)
		return len(email) >= 12 && email[len(email)-12:] == "@example.com" && truthy(user["email_verified"])
	}},
}

var emails = map[string]struct{}{"bob@example.com": {}, "eve@example.com": {}, "ann@example.com": {}}

func truthy(x any) bool {
	switch x := x.(type) {
	case nil:
		return false
	case bool:
		return x
	case string:
		return x != ""
	case float64:
		return x != 0 && x == x
	}
	return true
}

func benchRule(texts ...string) *program.Rule {
	rule := &program.Rule{Name: "bench", Paths: benchPaths}
	for _, text := range texts {
		rule.Exprs = append(rule.Exprs, program.Expr{Expr: text, Test: true})
	}
	return rule
}

func BenchmarkTest(b *testing.B) {
	for i, c := range conditions {
		b.Run("case="+c.name+"/by=expr", func(b *testing.B) {
			rule := benchRule(conditions[i].text)
			e, err := exprvm.Compile(rule)
			require.NoError(b, err)
			f := &steps.Frame{Paths: rule.Paths, User: benchUser, Context: benchContext}
			b.ReportAllocs()
			for b.Loop() {
				if yes, err := e.Test(f, 0); !yes || err != nil {
					b.Fatal(yes, err)
				}
			}
		})
		b.Run("case="+c.name+"/by=hand", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if !c.byHand(benchUser, benchContext) {
					b.Fatal("false")
				}
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	texts := make([]string, len(conditions))
	for i, c := range conditions {
		texts[i] = c.text
	}
	rule := benchRule(texts...)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := exprvm.Compile(rule); err != nil {
			b.Fatal(err)
		}
	}
}
