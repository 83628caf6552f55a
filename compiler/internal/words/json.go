package words

import (
	"bytes"
	"encoding/json"
)

type jsonLine struct {
	Line  int    `json:"line,omitempty"`
	Depth int    `json:"depth,omitempty"`
	Text  string `json:"text"`
}

type jsonExplanation struct {
	Rule     string            `json:"rule"`
	File     string            `json:"file"`
	Compiled Extent            `json:"compiled"`
	Does     []string          `json:"does"`
	Program  []jsonLine        `json:"program"`
	Exits    []json.RawMessage `json:"exits"`
	Values   []string          `json:"values"`
	Skipped  []string          `json:"skipped"`
}

// MarshalJSON writes the explanation as one object. An exit is a diagnostic; its
// notes are advice. Lists are never null.
func (e Explanation) MarshalJSON() ([]byte, error) {
	j := jsonExplanation{
		Rule: e.Rule, File: e.File, Compiled: e.Compiled,
		Does: append([]string{}, e.Does...), Program: []jsonLine{}, Exits: []json.RawMessage{}, Values: append([]string{}, e.Values...),
		Skipped: append([]string{}, e.Skipped...),
	}
	for _, l := range e.Program {
		j.Program = append(j.Program, jsonLine{l.Number, l.Depth, l.Text})
	}
	for _, exit := range e.Exits {
		d := exit.Diagnostic
		if exit.Advice != "" {
			d = d.WithNote("%s", exit.Advice)
		}
		raw, err := json.Marshal(d)
		if err != nil {
			return nil, err
		}
		j.Exits = append(j.Exits, raw)
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false) // rules are full of < and &
	err := encoder.Encode(j)
	return b.Bytes(), err
}
