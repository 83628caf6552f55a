package jsvm

import (
	goruntime "runtime"
	"strings"
)

// engineFault is a panic of goja's own, as on the property - of a text. What the rule did is
// no fault of ours and shows in no other rule: only the rule fails. It cannot catch that.
type engineFault struct{ cause goruntime.Error }

func (e *engineFault) Error() string { return "the engine broke here: " + e.cause.Error() }

// brokeInEngine reports whether code of goja's panicked, for the function that recovers.
// goja panics again with what it cannot handle; the first panic is the deepest.
func brokeInEngine() bool {
	places := make([]uintptr, 1<<12)
	frames := goruntime.CallersFrames(places[:goruntime.Callers(0, places)])
	panicked, engine := false, false
	for {
		frame, more := frames.Next()
		switch {
		case strings.HasPrefix(frame.Function, "runtime."):
			panicked = panicked || frame.Function == "runtime.gopanic"
		case panicked:
			panicked = false
			engine = strings.HasPrefix(frame.Function, "github.com/dop251/goja.")
		}
		if !more {
			return engine
		}
	}
}
