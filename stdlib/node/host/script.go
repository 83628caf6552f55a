package host

import (
	"strings"
	"sync"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// scriptPrefix begins the file names of scripts of Ferrule's own: a stack that is shown to
// people passes over them, as Node's passes over node:internal.
const scriptPrefix = "node:internal/"

// IsScript reports whether a file name of a stack is that of a script of Ferrule's own.
func IsScript(file string) bool { return strings.HasPrefix(file, scriptPrefix) }

// Script is a module that is written in JavaScript: the body of a function of exports, require,
// module, internal and shareSettings. Require reaches core modules only. What exports do not lead to, and runs could
// change, is told by shareSettings(object). The text is compiled at the first use,
// once for all VMs; it must compile.
type Script struct {
	name, text string
	once       sync.Once
	program    *goja.Program
}

// NewScript names a script; name is for stacks.
func NewScript(name, text string) *Script { return &Script{name: name, text: text} }

// Evaluate runs the script in a VM and answers its module.exports. Members of internal are what
// Go offers to it; nil is none. It has two more, for errors: fail ([gojalib.NodeError]) and
// describe ([Describe]).
func (s *Script) Evaluate(h Host, internal map[string]any) *goja.Object {
	vm, own := h.VM(), h.VM().NewObject()
	gojalib.SetProperty(own, "fail", gojalib.NodeError(vm))
	gojalib.SetProperty(own, "describe", func(call goja.FunctionCall) goja.Value { return vm.ToValue(Describe(vm, call.Argument(0))) })
	for name, member := range internal {
		gojalib.SetProperty(own, name, member)
	}
	return s.evaluate(h, vm.ToValue(func(call goja.FunctionCall) goja.Value { return h.Require(call.Argument(0).String()) }), own)
}

// EvaluateWith is Evaluate with an object for internal, which several scripts may share, and
// without require.
func (s *Script) EvaluateWith(h Host, internal *goja.Object) *goja.Object {
	return s.evaluate(h, goja.Undefined(), internal)
}

func (s *Script) evaluate(h Host, require goja.Value, internal *goja.Object) *goja.Object {
	s.once.Do(func() {
		program, err := gojalib.Compile(scriptPrefix+s.name, "(function (exports, require, module, internal, shareSettings) {"+s.text+"\n})")
		s.program = program
		if err != nil {
			panic("internal error: " + s.name + ": " + err.Error())
		}
	})
	vm := h.VM()
	made, err := vm.RunProgram(s.program)
	gojalib.PassOn(err)
	function, _ := goja.AssertFunction(made)
	module, exports := vm.NewObject(), vm.NewObject()
	gojalib.SetProperty(module, "exports", exports)
	_, err = function(exports, exports, require, module, internal, vm.ToValue(shareSettings(h)))
	gojalib.PassOn(err)
	return module.Get("exports").ToObject(vm)
}
