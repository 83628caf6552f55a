package jsvm

import (
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime"
)

// TestGuardedTellsWhoBroke: a panic of our own code is an internal error, through however
// much of goja it comes.
func TestGuardedTellsWhoBroke(t *testing.T) {
	vm := goja.New()
	require.NoError(t, vm.Set("ours", func(list []int) int { return list[:0][len(list)] }))
	for code, theirs := range map[string]bool{
		`'a'['-']`:                                 true,
		`[1].map(() => 'a'['-'])`:                  true,
		`try { 'a'['-'] } finally { 1 }`:           true,
		`ours([])`:                                 false,
		`[1].map(() => ours([]))`:                  false,
		`try { [1].map(() => ours([])) } catch {}`: false,
	} {
		err := guarded(func() error { _, err := vm.RunString(code); return err })
		var fault *engineFault
		var internal *runtime.InternalError
		if theirs {
			assert.ErrorAs(t, err, &fault, code)
		} else {
			assert.ErrorAs(t, err, &internal, code)
		}
	}
}
