package modules

import (
	"regexp"
	"strings"
)

// iterators are how packages come by the prototype of async iterators, in JavaScript that goja has
// not: what takes the place of an async generator has no such prototype. The second form is
// whatwg-url's, which asks a realm.
var iterators = []*regexp.Regexp{
	regexp.MustCompile(`Object\.getPrototypeOf\(\s*Object\.getPrototypeOf\(\s*async function\s*\*\s*\(\)\s*\{\s*\}\s*\)\.prototype\s*\)`),
	regexp.MustCompile(`Object\.getPrototypeOf\(\s*Object\.getPrototypeOf\(\s*\w+\.eval\(\s*["']\(async function\s*\*\s*\(\)\s*\{\s*\}\)["']\s*\)\.prototype\s*\)\s*\)`),
}

// withIterators writes an object with the same member instead. No line moves.
func withIterators(text string) string {
	for _, form := range iterators {
		text = form.ReplaceAllStringFunc(text, func(found string) string {
			return "({ [Symbol.asyncIterator]() { return this; } }" + strings.Repeat("\n", strings.Count(found, "\n")) + ")"
		})
	}
	return text
}

// Machines in which code calls eval by its name serve one run only, because nothing can tell what
// such a call declares. These forms are known to declare nothing.

// idleEval is a call that nothing reaches, by which packages told old engines not to optimize a
// function:
//
//	return object;
//	eval(object);
var idleEval = regexp.MustCompile(`(\breturn\s+(\w+);\s*)eval\((\w+)\);`)

// valueEval is how bson, to which MongoDB's client hands what it reads, makes a function of its text:
//
//	eval('value = ' + functionString);
var valueEval = regexp.MustCompile(`\beval\('(\w+) = ' \+ (\w+)\);`)

// requireEval is how packages keep bundlers from seeing require; the second is protobufjs's.
var requireEval = regexp.MustCompile(`\beval\((?:'require'|"require"|"quire"\.replace\(/\^/, ?"re"\))\)`)

// withoutEval leaves the first form out, makes a call of Function of the second, whose function sees
// global names and none of the package's, and require of the third.
func withoutEval(text string) string {
	text = idleEval.ReplaceAllStringFunc(text, func(found string) string {
		if match := idleEval.FindStringSubmatch(found); match[2] == match[3] {
			return match[1]
		}
		return found
	})
	text = requireEval.ReplaceAllString(text, "require")
	strict := ""
	if strings.Contains(opening.FindString(text), "use strict") {
		strict = `"use strict"; `
	}
	return valueEval.ReplaceAllString(text, "$1 = Function('"+strict+`return ' + $2 + '\n')();`)
}
