package jsvm_test

import (
	"flag"
	"testing"
	"testing/fstest"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
	"github.com/ferrule-rules/ferrule/stdlib/auth0"
)

var update = flag.Bool("update", false, "write the wanted outcomes")

const testdata = "../../testdata"

// TestConformance runs every case of the contract's suite in goja.
func TestConformance(t *testing.T) {
	enginetest.Suite(t, testdata+"/patterns", *update, enginetest.Skips(t, testdata+"/skip.txt"), compilePattern)
}

func compilePattern(rules []enginetest.Rule, options runtime.Options) (enginetest.Pipeline, error) {
	files := fstest.MapFS{}
	for _, rule := range rules {
		files[rule.File] = &fstest.MapFile{Data: []byte(rule.Text)}
	}
	store, err := auth0.NewMemoryStore(&auth0.MemoryOptions{CreateMissing: true})
	if err != nil {
		return nil, err
	}
	return ferrule.Load(files, &ferrule.Options{Engine: ferrule.EngineJS, Configuration: options.Configuration, ShowConfiguration: options.ShowConfiguration, Limits: options.Limits, Store: store, Modules: ferrule.ModuleOptions{AllowMissing: true}})
}
