package jsvm

import (
	"github.com/dop251/goja"
)

// enter is a function of JavaScript that calls another. goja runs the promises' jobs when
// the outermost call returns; inside of one from JavaScript, Go code returns before them.
var enter = goja.MustCompile("node:internal/enter", "(function (run) { run(); })", false)

// performTask runs the task of a turn with Node's order behind it: the ticks that the task asked
// for, then promises, then the ticks that these asked for, until there are none.
func (l *loop) performTask(owner *ruleRun, run func() error) {
	if !l.bundle.ticks {
		l.judge(owner, guarded(run))
		return
	}
	l.inside(owner, func() {
		l.judge(owner, guarded(run))
		l.drainTicks()
	})
	for len(l.ticks) > 0 && l.stopped.Load() == nil {
		l.inside(owner, l.drainTicks)
	}
	l.owner = owner
}

// drainTicks runs the ticks that wait, and those that they ask for, before any promise.
func (l *loop) drainTicks() {
	for len(l.ticks) > 0 && l.stopped.Load() == nil {
		next := l.ticks[0]
		l.ticks = l.ticks[1:]
		l.owner = next.owner
		l.judge(next.owner, guarded(next.turn))
	}
}

// inside calls a function of Go from JavaScript.
func (l *loop) inside(owner *ruleRun, run func()) {
	err := guarded(func() error {
		if l.entry == nil {
			made, err := l.vm.RunProgram(enter)
			if err != nil {
				return err
			}
			l.entry, _ = goja.AssertFunction(made)
		}
		_, err := l.entry(goja.Undefined(), l.vm.ToValue(func(goja.FunctionCall) goja.Value {
			run()
			return goja.Undefined()
		}))
		return err
	})
	if err != nil && (l.stopped.Load() == nil || owner.decided.Load() == nil) {
		l.judge(owner, err)
	}
}
