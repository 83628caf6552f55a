package celvm_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
	"github.com/ferrule-rules/ferrule/stdlib/auth0"
)

const testdata = "../../testdata"

// TestConformance runs every case of the contract's suite with compiled rules as cel programs,
// and JavaScript where they exit. What is listed as a difference of goja's is none where a rule
// never reaches it, so the list is not asked: such a case may pass or fail.
func TestConformance(t *testing.T) {
	skip := enginetest.Skips(t, testdata+"/skip.txt")
	for _, p := range enginetest.Patterns(t, testdata+"/patterns") {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			for _, c := range p.Cases {
				_, whole := skip[p.Name]
				_, one := skip[p.Name+"/"+c.Name]
				got, outcome, err := p.Run(c, compile)
				if !assert.NoError(t, err, c.Name) || whole || one {
					continue
				}
				if !enginetest.Same(c.Want, got, outcome) {
					assert.Equal(t, c.Want, got, c.Name)
				}
			}
		})
	}
}

func compile(rules []enginetest.Rule, options runtime.Options) (enginetest.Pipeline, error) {
	files := fstest.MapFS{}
	for _, rule := range rules {
		files[rule.File] = &fstest.MapFile{Data: []byte(rule.Text)}
	}
	store, err := auth0.NewMemoryStore(&auth0.MemoryOptions{CreateMissing: true})
	if err != nil {
		return nil, err
	}
	return ferrule.Load(files, &ferrule.Options{
		Expressions: ferrule.EngineCEL, Configuration: options.Configuration, Limits: options.Limits, Store: store,
	})
}
