package ferrule_test

import (
	"context"
	"testing"

	"github.com/ferrule-rules/ferrule"
)

// BenchmarkSmallRun runs a realistic login through small rules: what a run costs around them.
func BenchmarkSmallRun(b *testing.B) {
	const begin, end = "function (user, context, callback) {\n", "\n  callback(null, user, context);\n}"
	guard := begin + "if (!user.email_verified) return callback(new UnauthorizedError('no'));" + end
	for name, rules := range map[string][]string{
		"nothing": {begin + end},
		"guard":   {guard},
		"guards":  {guard, guard, guard, guard, guard},
		"skipped": {begin + "if (context.clientID !== 'other') return callback(null, user, context); user.a = 1;" + end},
		"claim":   {begin + "context.idToken['https://example.com/email'] = user.email;" + end},
		"deny":    {begin + "if (user.email_verified) return callback(new UnauthorizedError('no'));" + end},
	} {
		b.Run("rules="+name, func(b *testing.B) {
			files := map[string]string{}
			for i, rule := range rules {
				files[string(rune('a'+i))+".js"] = rule
			}
			p := load(b, files, nil)
			user, login := ferrule.SampleLogin()
			claims := login["idToken"].(map[string]any)
			in := ferrule.Input{User: user, Context: login}
			ctx := context.Background()
			b.ReportAllocs()
			for b.Loop() {
				if out, err := p.Run(ctx, in); err != nil || (out.Decision == ferrule.Allowed) == (name == "deny") {
					b.Fail()
				}
				delete(claims, "https://example.com/email")
			}
		})
	}
}

// BenchmarkParallelRun runs logins of their own on all cores through one pipeline.
func BenchmarkParallelRun(b *testing.B) {
	p := compile(b, "function (user, context, callback) {\n  if (!user.email_verified) return callback(new UnauthorizedError('no'));\n  callback(null, user, context);\n}", nil)
	ctx := context.Background()
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		user, login := ferrule.SampleLogin()
		in := ferrule.Input{User: user, Context: login}
		for pb.Next() {
			if out, err := p.Run(ctx, in); err != nil || out.Decision != ferrule.Allowed {
				b.Fail()
			}
		}
	})
}
