package celvm_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime/celvm"
)

// conditions are tests of rules.
var conditions = []struct{ name, text string }{
	{"true", `true`},
	{"truthy", `truthy(user.email_verified)`},
	{"same", `user.app_metadata.plan == "gold"`},
	{"and", `user.app_metadata.plan == "gold" ? !truthy(user.blocked) : false`},
	{"in", `user.email in ["bob@example.com", "eve@example.com", "ann@example.com"]`},
	{"four", `(context.clientID == "abc" ? truthy(user.app_metadata) && user.app_metadata.plan in ["gold", "silver"] : false)
		? greater(context.stats.loginsCount, 3.0) : false`},
	{"some", `user.groups.some(g, g == "admin")`},
	{"includes", `includes(user.groups, "admin")`},
	{"bind", `truthy(cel.bind(it, indexOf(user.email, "@"), truthy(it) ? it : 1.0))`},
}

func BenchmarkTest(b *testing.B) {
	for _, c := range conditions {
		b.Run("rule="+c.name+"/engine=cel", func(b *testing.B) {
			rule := ruleOf(c.text, true)
			evaluator, err := celvm.Compile(rule)
			require.NoError(b, err)
			frame := frameOf(rule)
			b.ReportAllocs()
			for b.Loop() {
				if yes, err := evaluator.Test(frame, 0); err != nil || !yes {
					b.Fatal(yes, err)
				}
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	for _, c := range conditions {
		b.Run("rule="+c.name, func(b *testing.B) {
			rule := ruleOf(c.text, true)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := celvm.Compile(rule); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
