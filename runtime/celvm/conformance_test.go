package celvm_test

import (
	"testing"
	"testing/fstest"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
	"github.com/ferrule-rules/ferrule/stdlib/auth0"
)

const testdata = "../../testdata"

// TestConformance runs every case of the contract's suite with compiled rules as cel programs,
// and JavaScript where they exit.
func TestConformance(t *testing.T) {
	enginetest.Agree(t, testdata+"/patterns", enginetest.Skips(t, testdata+"/skip.txt"), compile)
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
		Expressions: ferrule.EngineCEL, Configuration: options.Configuration, ShowConfiguration: options.ShowConfiguration, Limits: options.Limits, Store: store, Modules: ferrule.ModuleOptions{AllowMissing: true},
	})
}
