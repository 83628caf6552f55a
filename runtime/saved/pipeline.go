package saved

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"

	"github.com/ferrule-rules/ferrule/runtime/program"
)

// Pipeline is what a file holds.
type Pipeline struct {
	// Tenant and Domain are those that the pipeline was built for; "" when the build did
	// not say.
	Tenant string `json:"tenant,omitempty"`
	Domain string `json:"domain,omitempty"`
	// Configuration are the rules' configuration values, when the build was asked to keep
	// them; they are secrets. nil: whoever loads the file gives them.
	Configuration map[string]string `json:"configuration,omitempty"`
	// Engine says what may run the rules: auto, expr, cel or js.
	Engine string `json:"engine"`
	// Modules are the packages that the rules require; nil when they require none.
	Modules *program.Modules `json:"modules,omitempty"`
	// Strict says that a rule cannot require what is not there. Without it, as in files that
	// were written before there were packages, require answers a stand-in that throws when it
	// is called.
	Strict bool `json:"strict,omitempty"`
	// Rules are those that run, in order.
	Rules []Rule `json:"rules"`
}

// Rule is one rule of a pipeline.
type Rule struct {
	Name  string  `json:"name"`
	File  string  `json:"file"`
	Order float64 `json:"order"`
	// Source is the SHA-256 of the rule's file as it was read, in hex.
	Source string `json:"source"`
	// Engine is the one that was chosen for the rule: expr, cel or js.
	Engine string `json:"engine"`
	// Program is the compiled rule; nil when JavaScript runs the whole rule.
	Program *program.Rule `json:"program,omitempty"`
	// Exits are the places of Program where JavaScript takes over.
	Exits []Exit `json:"exits,omitempty"`
	// Folded is what Program depends on beside the login.
	Folded Folded `json:"folded,omitzero"`
	// Script is the rule for the JavaScript engine; nil when the build left it out.
	Script *Script `json:"script,omitempty"`
}

// Exit is a place where JavaScript takes over.
type Exit struct {
	Code   string `json:"code"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// Script is a rule's text for the JavaScript engine.
type Script struct {
	Code  string   `json:"code"`  // an expression
	Words []string `json:"words"` // its identifier-like words, sorted
	Map   string   `json:"map"`   // from the code's places to the file's: see ReadMap
}

// Folded is what a program was specialised by: values that were known when it was made and
// stand in it as constants.
type Folded struct {
	Keys   []string `json:"keys,omitempty"`   // of the configuration, sorted
	Hash   string   `json:"hash,omitempty"`   // of their values: see HashOf
	Domain bool     `json:"domain,omitempty"` // the Pipeline's Domain, the base URL or the token of auth0 is in it
}

// Holds reports whether a program that was specialised so is right for a configuration
// and a domain.
func (f Folded) Holds(configuration map[string]string, built, domain string) bool {
	if f.Domain && built != domain {
		return false
	}
	return len(f.Keys) == 0 || f.Hash == HashOf(f.Keys, configuration)
}

// FoldedBy is what a program is specialised by when it depends on keys of a configuration.
func FoldedBy(keys []string, configuration map[string]string, domain bool) Folded {
	f := Folded{Domain: domain}
	if len(keys) > 0 {
		f.Keys = slices.Compact(slices.Sorted(slices.Values(keys)))
		f.Hash = HashOf(f.Keys, configuration)
	}
	return f
}

// HashOf is a hash of a configuration's values at keys, and of which of them are absent.
// It does not hide a value that can be guessed.
func HashOf(keys []string, configuration map[string]string) string {
	var text []byte
	add := func(s string) {
		text = strconv.AppendInt(text, int64(len(s)), 10)
		text = append(append(text, ':'), s...)
	}
	for _, key := range keys {
		add(key)
		if value, ok := configuration[key]; ok {
			add(value)
		} else {
			text = append(text, '-')
		}
	}
	return Hash(string(text))
}

// Hash is the SHA-256 of a text in hex.
func Hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// WordList is a set of words as a Script has it.
func WordList(words map[string]bool) []string { return slices.Sorted(maps.Keys(words)) }
