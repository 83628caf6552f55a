package words

import (
	"cmp"
	"slices"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// reason says why JavaScript takes over.
func reason(code diag.Code, note string) string {
	text, ok := diag.LookupExit(code)
	if !ok {
		panic("internal error: " + string(code) + " is no code of an exit")
	}
	return text.Reason(note)
}

// exits lists the places where JavaScript takes over, by place. Places that an inlined
// function or a repeated part has more than once are listed once.
func exits(rule *ir.Rule, opts Options) []Exit {
	var list []Exit
	for _, exit := range ir.Exits(rule) {
		code := diag.Code(exit.Code)
		text, _ := diag.LookupExit(code)
		list = append(list, Exit{
			Diagnostic: diag.New(code, opts.File, exit.At, "%s", reason(code, exit.Note)),
			Advice:     text.AdviceFor(exit.Note),
		})
	}
	order := func(a, b Exit) int {
		return cmp.Or(cmp.Compare(a.Span.Start.Offset, b.Span.Start.Offset), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	}
	slices.SortStableFunc(list, order)
	list = slices.CompactFunc(list, func(a, b Exit) bool { return order(a, b) == 0 })
	if opts.Relocate != nil {
		for i := range list {
			list[i].Diagnostic = opts.Relocate(diag.List{list[i].Diagnostic})[0]
		}
	}
	return list
}
