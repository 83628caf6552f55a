package exprvm_test

import (
	"testing"
	"testing/fstest"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
	"github.com/ferrule-rules/ferrule/stdlib/auth0"
)

const testdata = "../../testdata"

// TestConformance runs every case of the contract's suite with compiled rules as expr programs,
// and JavaScript where they exit.
func TestConformance(t *testing.T) {
	enginetest.Agree(t, testdata+"/patterns", enginetest.Skips(t, testdata+"/skip.txt"), compileWithout(0))
}

// TestConformanceWithout is that with each of the fast paths off, and with all.
func TestConformanceWithout(t *testing.T) {
	for name, off := range map[string]runtime.FastPaths{
		"truth": runtime.KernelTruth, "compare": runtime.KernelCompare, "member": runtime.KernelMember, "text": runtime.KernelText, "logic": runtime.KernelLogic,
		"call": runtime.KernelCall, "literal": runtime.KernelLiteral, "loop": runtime.KernelLoop, "kernels": runtime.Kernels,
		"index": runtime.GuardIndex, "swift": runtime.SwiftRuns, "all": runtime.Kernels | runtime.GuardIndex | runtime.SwiftRuns,
	} {
		t.Run("without="+name, func(t *testing.T) {
			if testing.Short() && !off.Has(runtime.Kernels) {
				t.Skip("one fast path at a time takes a while")
			}
			enginetest.Agree(t, testdata+"/patterns", enginetest.Skips(t, testdata+"/skip.txt"), compileWithout(off))
		})
	}
}

func compileWithout(off runtime.FastPaths) func([]enginetest.Rule, runtime.Options) (enginetest.Pipeline, error) {
	return func(rules []enginetest.Rule, options runtime.Options) (enginetest.Pipeline, error) {
		return compile(rules, options, off)
	}
}

func compile(rules []enginetest.Rule, options runtime.Options, off runtime.FastPaths) (enginetest.Pipeline, error) {
	files := fstest.MapFS{}
	for _, rule := range rules {
		files[rule.File] = &fstest.MapFile{Data: []byte(rule.Text)}
	}
	store, err := auth0.NewMemoryStore(&auth0.MemoryOptions{CreateMissing: true})
	if err != nil {
		return nil, err
	}
	return ferrule.Load(files, &ferrule.Options{
		Expressions: ferrule.EngineExpr, Configuration: options.Configuration, ShowConfiguration: options.ShowConfiguration, Limits: options.Limits, Store: store, Modules: ferrule.ModuleOptions{AllowMissing: true}, Without: off,
	})
}
