package exprvm_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// deciding is a pipeline that holds Decide against Run at each login.
type deciding struct{ *ferrule.Pipeline }

func (d deciding) Run(ctx context.Context, in runtime.Input) (runtime.Outcome, error) {
	order := &jsondoc.Order{}
	own := in
	own.User, _ = in.Order.Copy(in.User, order).(map[string]any)
	own.Context, _ = in.Order.Copy(in.Context, order).(map[string]any)
	own.Order = order
	verdict, failed := d.Pipeline.Decide(ctx, own)
	out, err := d.Pipeline.Run(ctx, in)
	switch {
	case verdict.Decision != out.Decision || (failed == nil) != (err == nil):
		return out, fmt.Errorf("Decide: %v, %v; Run: %v, %v", verdict.Decision, failed, out.Decision, err)
	case !sameError(verdict.Err, out.Err):
		return out, fmt.Errorf("Decide fails with %v, Run with %v", verdict.Err, out.Err)
	case (verdict.RedirectTo == nil) != (out.RedirectTo == nil) || (verdict.Multifactor == nil) != (out.Multifactor == nil):
		return out, fmt.Errorf("Decide asks for %v and %v, Run for %v and %v", verdict.RedirectTo, verdict.Multifactor, out.RedirectTo, out.Multifactor)
	case !reflect.DeepEqual(own.User, in.User) || !reflect.DeepEqual(own.Context, in.Context):
		return out, fmt.Errorf("Decide leaves %v and %v, Run %v and %v", own.User, own.Context, in.User, in.Context)
	}
	return out, err
}

func sameError(a, b *runtime.RuleError) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Kind == b.Kind && a.Name == b.Name && a.Message == b.Message && a.OAuth == b.OAuth && a.Pos == b.Pos
}

// TestDecide: the decision, what rules ask for and what they change is that of Run.
func TestDecide(t *testing.T) {
	enginetest.Agree(t, testdata+"/patterns", enginetest.Skips(t, testdata+"/skip.txt"), func(rules []enginetest.Rule, options runtime.Options) (enginetest.Pipeline, error) {
		p, err := compile(rules, options, 0)
		if err != nil {
			return nil, err
		}
		return deciding{p.(*ferrule.Pipeline)}, nil
	})
}
