package steps_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/race"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// guard is a rule that lets everybody through after three looks.
func guard(t testing.TB) *steps.Runner {
	b := newRule("x")
	verified := b.test(func(f *steps.Frame) bool { return f.User.(map[string]any)["email_verified"] == true })
	return b.compile(t,
		&program.If{At: at, Cond: verified, Else: []program.Step{&program.Deny{At: at, Message: program.None}, &program.Return{At: at}}},
		&program.Let{At: at, Local: 0, Value: b.path("user", "email")},
		&program.If{At: at, Cond: b.test(func(f *steps.Frame) bool { return f.Locals[0] == "x" }), Then: []program.Step{done, &program.Return{At: at}}},
		done,
	)
}

// TestNoGarbage: a rule that writes nothing and logs nothing allocates nothing.
func TestNoGarbage(t *testing.T) {
	r, run, began := guard(t), newRun(), time.Now()
	l := newLogin(t, `{"email_verified":true,"email":"a"}`, `{}`)
	if race.Enabled {
		return
	}
	require.Zero(t, testing.AllocsPerRun(1000, func() {
		if end := r.Run(context.Background(), run, &l.work, began); end.Err != nil || end.Exit != nil {
			t.Fail()
		}
	}))
}

func BenchmarkRunner(b *testing.B) {
	claim := newRule()
	for name, r := range map[string]*steps.Runner{
		"guard": guard(b),
		"claim": claim.compile(b, set(place("context", "idToken", "https://example.com/plan"), claim.path("user", "plan")), done),
	} {
		b.Run("rule="+name, func(b *testing.B) {
			run, began := newRun(), time.Now()
			l := newLogin(b, `{"email_verified":true,"email":"a","plan":"free"}`, `{"idToken":{}}`)
			b.ReportAllocs()
			for b.Loop() {
				if end := r.Run(context.Background(), run, &l.work, began); end.Err != nil || end.Exit != nil {
					b.Fail()
				}
				l.work.Undo()
			}
		})
	}
}
