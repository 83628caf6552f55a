package modules

import (
	"embed"
	"strconv"
	"strings"
)

// shims are what stands in a variable of old runtimes, where that is not the module itself: scripts
// whose require('package') is that module.
//
//go:embed implicit/*.js
var shims embed.FS

// shimNamespace is where esbuild finds the scripts of variables.
const shimNamespace = "ferrule"

// Variable is a variable of old runtimes that rules read: what stands behind it is one of Node's
// core modules, or installed.
type Variable struct {
	Name string
	Entry
}

// Key is the name of a variable in the bundle.
func (v Variable) Key() string { return "variable " + v.Name }

// script is the text of a variable.
func (v Variable) script() string {
	behind := v.Specifier.Text
	if v.Found.Kind == Installed {
		behind = rootPrefix + v.Entry.Key()
	}
	text, err := shims.ReadFile("implicit/" + v.Name + ".js")
	if err != nil {
		text = []byte("module.exports = require('package');")
	}
	return strings.Replace(string(text), "require('package')", "require("+strconv.Quote(behind)+")", 1)
}

// IsPlain reports whether a variable of old runtimes is just what require answers.
func IsPlain(variable string) bool {
	_, err := shims.ReadFile("implicit/" + variable + ".js")
	return err != nil
}

// webCrypto are the members of crypto that today's global of that name has.
var webCrypto = setOf("subtle getRandomValues randomUUID")
