package steps

import (
	"errors"
	"strings"
	"time"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// persist asks the store for a metadata write.
func (f *frame) persist(s *program.Persist, then []op) error {
	userID, err := f.value(s.UserID, s.At)
	if err != nil {
		return err
	}
	id, ok := userID.(string)
	if !ok || id == "" {
		return jsvalue.ExitType
	}
	given, err := f.eval(s.Values, s.At)
	if err != nil {
		return err
	}
	if _, ok := jsvalue.AsObject(given); !ok {
		return jsvalue.NotOf(given)
	}
	order := &jsondoc.Order{}
	p := plainer{work: f.work, into: order, dates: true}
	plain, _, err := p.plain(given, nil, 0)
	if err != nil {
		return err
	}
	update := f.run.Update(f.runner.name, runtime.MetadataWrite{Target: s.Target, UserID: id, Values: plain.(map[string]any), Order: order}, nil)
	f.updates = append(f.updates, update)
	if s.Await && f.decided {
		return &ExitError{Code: "waits", At: s.At} // it goes on after the rule has answered
	}
	if s.Await {
		return f.await(waiting{update: update, step: s})
	}
	f.queue = append(f.queue, waiting{update, s, then})
	return nil
}

// await waits for the answer to an update. A refusal exits: goja then hears of it. So does the
// end of the time.
func (f *frame) await(w waiting) error {
	timer := time.NewTimer(time.Until(f.deadline()))
	defer timer.Stop()
	select {
	case <-w.update.Done():
	case <-f.ctx.Done():
		return exitAt(exitStore, w.step.At)
	case <-timer.C:
		return exitAt(exitStore, w.step.At)
	}
	if _, err := w.update.Answer(); err != nil {
		return exitAt(exitStore, w.step.At)
	}
	f.ticking = false // a new turn of the event loop
	return nil
}

// watch warns of updates that nobody waited for, should the store refuse them. They go on
// behind the run's answer.
func (f *frame) watch() {
	for _, w := range f.queue {
		select {
		case <-w.update.Done():
			if _, err := w.update.Answer(); err == nil {
				continue
			}
		default:
		}
		run, rule, update, release := f.run, f.runner.name, w.update, f.run.Hold()
		handled := w.step.Style == "callback"
		run.Go(func() {
			defer release()
			<-update.Done()
			if _, err := update.Answer(); err != nil && !handled {
				run.Warn(rule, runtime.WarnUnhandledRejection, "a promise rejected and nothing handles it: "+describe(err))
			}
		})
	}
}

// describe is a store's error as the rule's promise rejects with it.
func describe(err error) string {
	name := "Error"
	var status interface{ StatusCode() int }
	if errors.As(err, &status) {
		name = "APIError"
	}
	return strings.TrimPrefix(name+": "+err.Error(), ": ")
}
