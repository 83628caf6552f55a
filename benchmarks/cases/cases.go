// Package cases are the rules and logins that contenders are compared on: what is timed is
// tested, so most of them are patterns of the product's test data, and the others are made
// here from templates. A folder of anybody's rules can take their place.
package cases

import (
	"encoding/json"
	"path/filepath"
	"runtime"
	"time"
)

// Group says how a case counts.
type Group string

// The groups. The geometric means of the table are over Single.
const (
	Single   Group = "single"   // one rule, logins of 1 KB
	Sized    Group = "sized"    // one rule, logins of 10 KB and 100 KB
	Pipeline Group = "pipeline" // whole pipelines, logins of 1 KB
	Folder   Group = "folder"   // of a folder that the user named
)

// Case is some rules and the logins that they decide about.
type Case struct {
	Name  string
	Group Group
	Shape string // of a Sized case: 10k, or a shape of 100 KB: metadata, identities, groups
	Rule  string // of a Sized or a generated case: what its code by hand is called; else Name
	Rules []Rule // in order

	Configuration map[string]string

	// Timed are the logins that are timed, one after the other and again from the first.
	// Checked are further ones on which contenders that claim JavaScript's meaning must agree.
	Timed, Checked []Login
}

// Rule is a rule's text.
type Rule struct {
	Name   string // unique in the case, without an ending
	File   string
	Source string
}

// Login is what a run is about. Whoever runs a rule may change User and Context.
type Login struct {
	Name          string
	User, Context map[string]any
	Now           time.Time // zero: the clock's

	UserText, ContextText []byte // the same as JSON texts, see [Case.Write]
}

// Denial is an UnauthorizedError, as contenders answer it.
type Denial struct{ Message string }

func (d *Denial) Error() string { return d.Message }

// Copy is a login that shares nothing with l.
func (l Login) Copy() Login {
	l.User, l.Context = CopyObject(l.User), CopyObject(l.Context)
	return l
}

// Write makes the JSON texts of all logins.
//
// # Errors
//
// A value that JSON has not.
func (c *Case) Write() error {
	for _, logins := range [][]Login{c.Timed, c.Checked} {
		for i := range logins {
			l := &logins[i]
			var err error
			if l.UserText, err = json.Marshal(l.User); err != nil {
				return err
			}
			if l.ContextText, err = json.Marshal(l.Context); err != nil {
				return err
			}
		}
	}
	return nil
}

// CodeName is the name under which a case's code by hand and conditions are kept.
func (c Case) CodeName() string {
	if c.Rule != "" {
		return c.Rule
	}
	return c.Name
}

// CopyObject is a deep copy of a decoded JSON object.
func CopyObject(object map[string]any) map[string]any {
	m := make(map[string]any, len(object))
	for key, element := range object {
		m[key] = copied(element)
	}
	return m
}

func copied(value any) any {
	switch v := value.(type) {
	case map[string]any:
		return CopyObject(v)
	case []any:
		a := make([]any, len(v))
		for i, element := range v {
			a[i] = copied(element)
		}
		return a
	}
	return value
}

// Testdata is the folder of the product's test data.
func Testdata() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..", "testdata")
}
