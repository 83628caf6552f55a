// Package diag holds what Ferrule has to say about a text: one [Diagnostic] for
// each finding, a [List] of them, the table of codes and the two printed forms
// (text with a snippet and a caret, JSON).
//
// A diagnostic is data: a code that never changes, a severity, a place, a
// message and notes. It becomes text only when somebody prints it, so callers
// match with errors.As and by code, never by text.
package diag

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/source"
)

// Severity says what a diagnostic means for the program.
type Severity uint8

const (
	Error   Severity = iota + 1 // no program comes of this text
	Exit                        // goja takes over there
	Warning                     // the program runs; something is probably wrong
	Note                        // for information
)

var severityNames = map[Severity]string{Error: "error", Exit: "exit", Warning: "warning", Note: "note"}

// String is the severity's name in messages and in JSON.
func (s Severity) String() string { return severityNames[s] }

// Code is the stable name of a kind of finding: kebab-case, never reused.
type Code string

// Diagnostic is one finding.
type Diagnostic struct {
	Code     Code
	Severity Severity
	File     *source.File // the text it speaks of; nil for a whole folder
	Path     string       // what to show when File is nil: a folder or file name
	Span     source.Span  // the zero Span when it speaks of the whole file
	Message  string       // lower case, no full stop
	Notes    []string     // advice and facts, one a line
}

// New makes a diagnostic with the severity that the code's table row has.
func New(code Code, file *source.File, span source.Span, format string, args ...any) Diagnostic {
	return Diagnostic{Code: code, Severity: severityOf(code), File: file, Span: span, Message: fmt.Sprintf(format, args...)}
}

// ForPath makes a diagnostic about a file or folder that has no text at hand.
func ForPath(code Code, path, format string, args ...any) Diagnostic {
	return Diagnostic{Code: code, Severity: severityOf(code), Path: path, Message: fmt.Sprintf(format, args...)}
}

// WithNote returns d with a note added.
func (d Diagnostic) WithNote(format string, args ...any) Diagnostic {
	d.Notes = append(slices.Clip(d.Notes), fmt.Sprintf(format, args...))
	return d
}

// Name is the file's or folder's name as the user spelled it.
func (d Diagnostic) Name() string {
	if d.File != nil {
		return d.File.Name
	}
	return d.Path
}

// Error is the first line of the text form: "deny.js:12:7: error: … [code]".
func (d Diagnostic) Error() string {
	var b strings.Builder
	if name := d.Name(); name != "" {
		b.WriteString(name + ":")
	}
	if d.Span.IsValid() {
		b.WriteString(d.Span.Start.String() + ":")
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	fmt.Fprintf(&b, "%s: %s [%s]", d.Severity, d.Message, d.Code)
	return b.String()
}

// List is a set of findings. As an error it says the first of them and how many
// there are; read its elements for the rest.
type List []Diagnostic

// Error is the first finding's first line, and the number of the others.
func (l List) Error() string {
	switch len(l) {
	case 0:
		return "no diagnostics"
	case 1:
		return l[0].Error()
	}
	return fmt.Sprintf("%s (and %d more)", l[0].Error(), len(l)-1)
}

// Unwrap lets errors.As find a single Diagnostic.
func (l List) Unwrap() []error {
	errs := make([]error, len(l))
	for i, d := range l {
		errs[i] = d
	}
	return errs
}

// HasErrors reports whether any finding is of severity Error.
func (l List) HasErrors() bool { return l.Count(Error) > 0 }

// Count is the number of findings of one severity.
func (l List) Count(s Severity) int {
	n := 0
	for _, d := range l {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Err is l as an error when it holds an error, else nil.
func (l List) Err() error {
	if l.HasErrors() {
		return l
	}
	return nil
}

// Sort orders by file name, place, severity, code and message, and drops what is
// said twice. It changes l's array and returns the shorter slice.
func (l List) Sort() List {
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Name(), b.Name()),
			cmp.Compare(a.Span.Start.Offset, b.Span.Start.Offset),
			cmp.Compare(a.Span.Start.Line, b.Span.Start.Line),
			cmp.Compare(a.Severity, b.Severity),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(l, func(a, b Diagnostic) bool {
		return a.Name() == b.Name() && a.Span == b.Span && a.Code == b.Code && a.Message == b.Message
	})
}

// FromError finds the diagnostics inside an error; nil when it holds none.
func FromError(err error) List {
	var list List
	if errors.As(err, &list) {
		return list
	}
	var one Diagnostic
	if errors.As(err, &one) {
		return List{one}
	}
	return nil
}
