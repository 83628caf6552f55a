package gojalib

import "strings"

// exactMessages are goja's texts which V8 writes otherwise, always in the same
// way. The keys have the error's name before them.
var exactMessages = map[string]string{
	"TypeError: No initial value":                                                                            "Reduce of empty array with no initial value",
	"TypeError: Promise self-resolution":                                                                     "Chaining cycle detected for promise #<Promise>",
	"TypeError: Constructor Promise requires 'new'":                                                          "Promise constructor cannot be invoked without 'new'",
	"TypeError: RegExp doesn't have global flag set":                                                         "String.prototype.matchAll called with a non-global RegExp argument",
	"TypeError: String.prototype.toString is called on incompatible receiver":                                "String.prototype.toString requires that 'this' be a String",
	"TypeError: String.prototype.valueOf is called on incompatible receiver":                                 "String.prototype.valueOf requires that 'this' be a String",
	"TypeError: Method Boolean.prototype.valueOf is called on incompatible receiver":                         "Boolean.prototype.valueOf requires that 'this' be a Boolean",
	"TypeError: Method Boolean.prototype.toString is called on incompatible receiver":                        "Boolean.prototype.toString requires that 'this' be a Boolean",
	"TypeError: Method Symbol.prototype.toString is called on incompatible receiver":                         "Symbol.prototype.toString requires that 'this' be a Symbol",
	"TypeError: Illegal generator state":                                                                     "Generator is already running",
	"TypeError: prototype is not an object":                                                                  "Function has non-object prototype 'undefined' in instanceof check",
	"ReferenceError: Must call super constructor in derived class before accessing 'this'":                   "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
	"ReferenceError: Must call super constructor in derived class before returning from derived constructor": "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
	"RangeError: toFixed() precision must be between 0 and 100":                                              "toFixed() digits argument must be between 0 and 100",
	"RangeError: toExponential() precision must be between 0 and 100":                                        "toExponential() argument must be between 0 and 100",
	"RangeError: toPrecision() precision must be between 1 and 100":                                          "toPrecision() argument must be between 1 and 100",
	"RangeError: The normalization form should be one of NFC, NFD, NFKC, NFKD":                               "The normalization form should be one of NFC, NFD, NFKC, NFKD.",
	"RangeError: Source is too large":                                                                        "offset is out of bounds",
	"RangeError: exponent must be positive":                                                                  "undefined must be positive",
	"URIError: Malformed URI":                                                                                "URI malformed",
}

// unprovable are the beginnings of goja's texts which say less than V8's: the
// same text stands for several of V8's, or V8 quotes the source.
var unprovable = []string{
	"Cannot read property '", "Object has no member '", "Value is not an object: ", "Value is not object coercible", "Value is not callable: ",
	"Value is not a constructor", "Value is not a number", "object is not iterable", "Cannot convert undefined or null to object",
	"Cannot access a variable before initialization", "Class constructor cannot be invoked without 'new'",
	"Class extends value is not a constructor or null", "Cannot assign to read only property '", "Cannot delete property '",
	"Receiver is not an object: ", "Constructor TypedArray requires 'new'", "Proxy already revoked", "Not a function: ",
	"Invalid index ", "Index ", "Method ", "iterator.next is missing", "Expecting a function in instanceof check", "'get' on proxy", "Invalid property descriptor.",
	"Unterminated ", "Unmatched ", "Invalid group", "Invalid regular expression (", "SyntaxError: ", "Invalid flags supplied", "Cannot convert ", "Dynamic object is not callable",
}

// TranslateMessage turns the text of an error that goja itself made into V8's.
// ok reports that the result is provably the text of Node 20; a text that needs
// no change is. When ok is false, message is the best guess: good enough for a
// person, but to be compared by name only.
//
//	TranslateMessage("URIError", "Malformed URI")                            // "URI malformed", true
//	TranslateMessage("TypeError", "Cannot read property 'a' of undefined")   // "Cannot read properties of undefined (reading 'a')", false
//
// The second is a guess because goja says "of undefined" of null, too. Only the
// caller can know that goja made the error: a rule that throws an Error with one
// of these texts keeps its text.
func TranslateMessage(name, message string) (text string, ok bool) {
	if text, found := exactMessages[name+": "+message]; found {
		return text, true
	}
	if name == "TypeError" && message == "" {
		return "", false // a write to a frozen array
	}
	if strings.HasPrefix(message, "Could not convert &{") && strings.HasSuffix(message, "to primitive") {
		return "Cannot convert object to primitive value", true
	}
	if name == "RangeError" {
		if rest, found := strings.CutPrefix(message, "Byte length of "); found {
			return "byte length of " + rest, true
		}
		if rest, found := strings.CutPrefix(message, "Start offset of "); found {
			return "start offset of " + rest, true
		}
		if rest, found := strings.CutPrefix(message, "Cannot convert "); found && strings.HasSuffix(rest, " to a BigInt") {
			return "The number " + strings.TrimSuffix(rest, " to a BigInt") + " cannot be converted to a BigInt because it is not an integer", true
		}
	}
	if rest, found := strings.CutPrefix(message, "Cannot write private member "); found {
		return "Cannot write private member " + strings.Replace(rest, " from an object ", " to an object ", 1), true
	}
	if name == "SyntaxError" || name == "TypeError" || name == "RangeError" || name == "ReferenceError" {
		for _, prefix := range unprovable {
			if strings.HasPrefix(message, prefix) {
				return guess(message), false
			}
		}
	}
	return message, true
}

// guess is V8's text of the commonest case.
func guess(message string) string {
	if rest, found := strings.CutPrefix(message, "Cannot read property '"); found {
		for _, tail := range []string{"' of undefined", "' of undefined or null"} {
			if property, found := strings.CutSuffix(rest, tail); found {
				return "Cannot read properties of undefined (reading '" + property + "')"
			}
		}
	}
	if rest, found := strings.CutPrefix(message, "Object has no member '"); found {
		return strings.TrimSuffix(rest, "'") + " is not a function"
	}
	return message
}
