package stdlib_test

import (
	"testing"

	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

var (
	boolSink bool
	anySink  any
	numSink  float64
)

// BenchmarkFunctions times the functions that most rules call. None of them allocates.
func BenchmarkFunctions(b *testing.B) {
	var email, domain, missing any = "ann@example.com", "@example.com", jsvalue.Undefined
	var groups any = []any{"staff", "editors", "admins", "owners"}
	var owners, key any = "owners", "plan"
	var user any = map[string]any{"plan": "gold", "email": email}
	var made any = &jsvalue.Object{Keys: []string{"plan"}, Values: map[string]any{"plan": "gold"}}
	var one, two any = 1.0, 2.0
	set := must(stdlib.NewSet(groups))
	tests := []struct {
		name string
		call func() error
	}{
		{"truthy", func() (err error) { boolSink, err = stdlib.Truthy(email); return }},
		{"same", func() (err error) { boolSink, err = stdlib.Same(email, domain); return }},
		{"equal", func() (err error) { boolSink, err = stdlib.Equal(missing, missing); return }},
		{"less", func() (err error) { boolSink, err = stdlib.Less(one, two); return }},
		{"get", func() (err error) { anySink, err = stdlib.Get(user, key); return }},
		{"get/object", func() (err error) { anySink, err = stdlib.Get(made, key); return }},
		{"get/index", func() (err error) { anySink, err = stdlib.Get(groups, one); return }},
		{"has", func() (err error) { boolSink, err = stdlib.Has(user, key); return }},
		{"isNullish", func() (err error) { boolSink, err = stdlib.IsNullish(missing); return }},
		{"includes/list", func() (err error) { boolSink, err = stdlib.Includes(groups, owners, missing); return }},
		{"includes/text", func() (err error) { boolSink, err = stdlib.Includes(email, domain, missing); return }},
		{"indexOf/list", func() (err error) { numSink, err = stdlib.IndexOf(groups, owners, missing); return }},
		{"endsWith", func() (err error) { boolSink, err = stdlib.EndsWith(email, domain, missing); return }},
		{"hasEntry", func() (err error) { boolSink, err = stdlib.HasEntry(set, owners); return }},
		{"toLowerCase", func() (err error) { _, err = stdlib.ToLowerCase(email); return }},
	}
	for _, tt := range tests {
		b.Run("function="+tt.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := tt.call(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestFunctionsDoNotAllocate holds the benchmark's claim.
func TestFunctionsDoNotAllocate(t *testing.T) {
	var email, domain any = "ann@example.com", "@example.com"
	var groups, owners, key any = []any{"staff", "owners"}, "owners", "plan"
	var user any = map[string]any{"plan": "gold"}
	allocations := testing.AllocsPerRun(100, func() {
		boolSink, _ = stdlib.Truthy(email)
		boolSink, _ = stdlib.Same(email, domain)
		boolSink, _ = stdlib.Includes(groups, owners, jsvalue.Undefined)
		boolSink, _ = stdlib.Includes(email, domain, jsvalue.Undefined)
		numSink, _ = stdlib.IndexOf(groups, owners, jsvalue.Undefined)
		boolSink, _ = stdlib.StartsWith(email, domain, jsvalue.Undefined)
		anySink, _ = stdlib.Get(user, key)
		boolSink, _ = stdlib.Has(user, key)
		_, _ = stdlib.ToLowerCase(email)
		_, _ = stdlib.Trim(email)
	})
	if allocations != 0 {
		t.Errorf("%v allocations, want none", allocations)
	}
}
