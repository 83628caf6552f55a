package celgen

import (
	"strings"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

// level is how strongly a text holds together: the precedence of its outermost operator.
type level int

const (
	levelChoice level = iota // a ? b : c
	levelOr
	levelAnd
	levelCompare // == != in
	levelUnary   // ! and a minus sign
	levelPrimary
)

// piece is a part of a text: a leaf's text, or its parts in order. At is where it comes from;
// the zero Pos stands for the place of the piece around it.
type piece struct {
	at    program.Pos
	text  string
	parts []piece
	level level
}

func position(at source.Span) program.Pos {
	return program.Pos{Line: at.Start.Line, Column: at.Start.Column}
}

func leaf(at source.Span, text string) piece {
	return piece{at: position(at), text: text, level: levelPrimary}
}

// word is text of the piece around it.
func word(text string) piece { return piece{text: text, level: levelPrimary} }

func join(at source.Span, l level, parts ...piece) piece {
	return piece{at: position(at), parts: parts, level: l}
}

// within puts parentheses around a piece that holds together less than least.
func within(p piece, least level) piece {
	if p.level >= least {
		return p
	}
	return piece{parts: []piece{word("("), p, word(")")}, level: levelPrimary}
}

func binary(at source.Span, x piece, operator string, y piece, l, left, right level) piece {
	return join(at, l, within(x, left), word(operator), within(y, right))
}

func choose(at source.Span, test, then, otherwise piece) piece {
	return join(at, levelChoice, within(test, levelOr), word(" ? "), within(then, levelOr), word(" : "), within(otherwise, levelChoice))
}

func call(at source.Span, name string, args ...piece) piece {
	return join(at, levelPrimary, listed(name+"(", args, ")")...)
}

// listed writes pieces between commas.
func listed(open string, args []piece, end string) []piece {
	parts := make([]piece, 0, 2*len(args)+1)
	parts = append(parts, word(open))
	for i, arg := range args {
		if i > 0 {
			parts = append(parts, word(", "))
		}
		parts = append(parts, within(arg, levelChoice))
	}
	return append(parts, word(end))
}

// flatten puts the text together, with the places of its parts.
func flatten(p piece) (string, []program.Mark) {
	var b strings.Builder
	var marks []program.Mark
	offset := 0
	var write func(p piece, at program.Pos)
	write = func(p piece, at program.Pos) {
		if p.at.Line != 0 {
			at = p.at
		}
		if p.text != "" {
			if at.Line != 0 && (len(marks) == 0 || marks[len(marks)-1].At != at) {
				marks = append(marks, program.Mark{Offset: offset, At: at})
			}
			b.WriteString(p.text)
			offset += utf8.RuneCountInString(p.text)
		}
		for _, part := range p.parts {
			write(part, at)
		}
	}
	write(p, program.Pos{})
	return b.String(), marks
}
