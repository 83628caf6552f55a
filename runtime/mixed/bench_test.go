package mixed_test

import (
	"context"
	"testing"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// BenchmarkRun runs whole logins through compiled rules.
func BenchmarkRun(b *testing.B) {
	guard := compiled(b, expressions{func(f *steps.Frame) any { return f.User.(map[string]any)["email_verified"] == true }},
		&program.If{At: at, Cond: 0, Else: []program.Step{&program.Deny{At: at, Message: program.None}, &program.Return{}}}, &program.Done{At: at})
	nothing := compiled(b, nil, &program.Done{At: at})
	for name, runners := range map[string][]*steps.Runner{
		"nothing": {nothing},
		"guard":   {guard},
		"guards":  {guard, guard, guard, guard, guard},
		"claim":   {guard, sets(b, "v", "app_metadata", "claim")},
	} {
		b.Run("rules="+name, func(b *testing.B) {
			pipeline, _ := chain(nil, runtime.Options{}, runners...)
			metadata := map[string]any{}
			user, login := map[string]any{"email_verified": true, "app_metadata": metadata}, map[string]any{}
			b.ReportAllocs()
			for b.Loop() {
				out, err := pipeline.Run(context.Background(), runtime.Input{User: user, Context: login})
				if err != nil || out.Decision != runtime.Allowed {
					b.Fail()
				}
				delete(metadata, "claim")
			}
		})
	}
}
