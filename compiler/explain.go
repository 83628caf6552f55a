package compiler

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/internal/words"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/celvm"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

// RuleExplanation says in words what was understood of a rule: how much of it is
// compiled, its program with the lines of the rule's file, where JavaScript takes over and
// why, and the texts that the expression engines run.
type RuleExplanation struct {
	words.Explanation
	Exprs   []program.Expr // the texts, with their places in the rule's file
	lowered *program.Rule
	IR      string // the program in the compiler's own form; "" when there is none
}

// ExtentOf is how much of a rule is compiled.
type ExtentOf = words.Extent

// The extents.
const (
	Wholly = words.Wholly
	InPart = words.InPart
	Not    = words.Not
)

// Term is the definition of a word that a program in words uses.
func Term(word string) string { return words.Terms[word] }

// Explain explains the rules of a program, in the order in which they run.
func Explain(p *Program) []RuleExplanation {
	list := make([]RuleExplanation, 0, len(p.Units))
	changer := ""
	for _, unit := range p.Units {
		e := explain(unit)
		if unit.hazard != nil {
			if changer == "" {
				changer = unit.Name
			} else {
				blame(&e, changer)
			}
		}
		list = append(list, e)
	}
	return list
}

// blame says of a rule that is not compiled because of an earlier one which that is.
func blame(e *RuleExplanation, changer string) {
	why := fmt.Sprintf("the rule %s may change JavaScript's own objects, and this one runs behind it", changer)
	e.Program = []words.Line{{Number: 1, Text: "JavaScript takes over: " + why}}
	for i := range e.Exits {
		e.Exits[i].Message, e.Exits[i].Advice = why, ""
	}
}

// explain explains one rule.
func explain(u *Unit) RuleExplanation {
	if u.IR == nil {
		return RuleExplanation{Explanation: words.Explanation{
			Rule: u.Name, File: u.Origin.Original.Name, Compiled: Not,
			Program: []words.Line{{Number: 1, Text: "JavaScript runs the whole rule"}},
		}}
	}
	e := RuleExplanation{IR: ir.Print(u.IR), Explanation: words.Rule(u.IR, words.Options{
		File: u.Origin.File, Relocate: u.Origin.Relocate,
		Line: func(at source.Pos) int { return u.Origin.Position(at.Offset).Line },
	})}
	e.Rule, e.File = u.Name, u.Origin.Original.Name
	if u.Lowered != nil {
		e.Exprs, e.lowered = u.Lowered.Exprs, u.Lowered
		for _, guard := range u.Lowered.Guards {
			e.Skipped = append(e.Skipped, words.Guard(guard.Key, guard.Values, guard.Except))
		}
	}
	return e
}

// CELCost is CEL's static estimate of what the rule's texts cost at least and at most, in
// CEL's units; max is math.MaxUint64 when nothing bounds it. ok is false when the rule has no
// texts. See celvm.EstimateCost for what is assumed.
func (e RuleExplanation) CELCost() (min, max uint64, ok bool) {
	if e.lowered == nil {
		return 0, 0, false
	}
	min, max, err := celvm.EstimateCost(e.lowered)
	return min, max, err == nil
}

// AddExit adds a place where JavaScript takes over, of a rule whose text is not at hand.
func (e *RuleExplanation) AddExit(code diag.Code, at source.Pos) {
	text, _ := diag.LookupExit(code)
	row, _ := diag.Lookup(code)
	e.Exits = append(e.Exits, words.Exit{
		Diagnostic: diag.Diagnostic{Code: code, Severity: diag.Exit, Path: e.File, Span: source.Span{Start: at, End: at}, Message: row.Summary},
		Advice:     text.AdviceFor(""),
	})
}

// TextsOf says which texts a JSON explanation holds beside the words.
type TextsOf struct{ Expr, CEL, IR bool }

type jsonText struct {
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Text   string `json:"text"`
}

// JSON is the explanation as one JSON object, with the texts that are asked for.
func (e RuleExplanation) JSON(texts TextsOf) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false) // rules are full of < and &
	if err := encoder.Encode(e.Explanation); err != nil {
		return nil, err
	}
	more := map[string]any{}
	list := func(text func(program.Expr) string) []jsonText {
		made := []jsonText{}
		for _, x := range e.Exprs {
			made = append(made, jsonText{x.At.Line, x.At.Column, text(x)})
		}
		return made
	}
	if texts.Expr {
		more["expr"] = list(func(x program.Expr) string { return x.Expr })
	}
	if texts.CEL {
		more["cel"] = list(func(x program.Expr) string { return x.CEL })
		if min, max, ok := e.CELCost(); ok {
			more["cel_cost"] = map[string]uint64{"min": min, "max": max}
		}
	}
	if texts.IR {
		more["ir"] = e.IR
	}
	whole := bytes.TrimSpace(b.Bytes())
	if len(more) == 0 {
		return whole, nil
	}
	var members bytes.Buffer
	encoder = json.NewEncoder(&members)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(more); err != nil {
		return nil, err
	}
	whole = append(whole[:len(whole)-1], ',')
	return append(whole, bytes.TrimSpace(members.Bytes())[1:]...), nil
}
