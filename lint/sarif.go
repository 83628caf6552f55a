package lint

import (
	"encoding/json"
	"io"
	"net/url"
	"path/filepath"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/ast/diag"
)

// The part of SARIF 2.1.0 that is written.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      diag.Code         `json:"id"`
		Short   sarifText         `json:"shortDescription"`
		Full    *sarifText        `json:"fullDescription,omitempty"`
		Help    *sarifText        `json:"help,omitempty"`
		Default map[string]string `json:"defaultConfiguration"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    diag.Code       `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact map[string]string `json:"artifactLocation"`
		Region   *sarifRegion      `json:"region,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
)

// SARIF writes findings, the compiler's included, in the form that code scanners read:
// SARIF 2.1.0, columns in code points.
func SARIF(w io.Writer, list diag.List) error {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "ferrule", Rules: []sarifRule{}}
	place := map[diag.Code]int{}
	for _, d := range list {
		index, known := place[d.Code]
		if !known {
			index = len(run.Tool.Driver.Rules)
			place[d.Code] = index
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(d.Code))
		}
		text := d.Message
		for _, n := range d.Notes {
			text += "\n" + n
		}
		run.Results = append(run.Results, sarifResult{
			RuleID: d.Code, RuleIndex: index, Level: level(d.Severity), Message: sarifText{text},
			Locations: []sarifLocation{{sarifPhysical{Artifact: map[string]string{"uri": uri(d.Name())}, Region: region(d)}}},
		})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run},
	})
}

func sarifRuleOf(code diag.Code) sarifRule {
	if c, ok := Lookup(code); ok {
		return sarifRule{
			ID: code, Short: sarifText{c.Title}, Full: &sarifText{c.Why}, Help: &sarifText{c.Instead},
			Default: map[string]string{"level": level(c.Severity)},
		}
	}
	row, _ := diag.Lookup(code)
	return sarifRule{ID: code, Short: sarifText{row.Summary}, Default: map[string]string{"level": level(row.Severity)}}
}

func level(s diag.Severity) string {
	switch s {
	case diag.Error:
		return "error"
	case diag.Warning:
		return "warning"
	}
	return "note"
}

// uri is a file's name as a relative reference, or a file URL for an absolute one.
func uri(name string) string {
	u := url.URL{Path: filepath.ToSlash(name)}
	if filepath.IsAbs(name) {
		u.Scheme = "file"
	}
	return u.String()
}

func region(d diag.Diagnostic) *sarifRegion {
	if !d.Span.IsValid() {
		return nil
	}
	column := func(line, column int) int {
		if d.File == nil {
			return column
		}
		text := d.File.Line(line)
		return utf8.RuneCountInString(text[:min(max(column-1, 0), len(text))]) + 1
	}
	start, end := d.Span.Start, d.Span.End
	return &sarifRegion{start.Line, column(start.Line, start.Column), end.Line, column(end.Line, end.Column)}
}
