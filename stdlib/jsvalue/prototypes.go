package jsvalue

// The names that prototypes answer to, in Node 20 or in goja. Reading one of them from a value
// that has no property of its own of that name is not lowered.

// OnObject reports whether key is a name of Object.prototype.
func OnObject(key string) bool {
	switch key {
	case "constructor", "toString", "toLocaleString", "valueOf", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "__proto__",
		"__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__":
		return true
	}
	return false
}

// OnArray reports whether key is a name of Array.prototype or Object.prototype, length left out.
func OnArray(key string) bool {
	switch key {
	case "at", "concat", "copyWithin", "entries", "every", "fill", "filter", "find", "findIndex", "findLast", "findLastIndex", "flat", "flatMap",
		"forEach", "includes", "indexOf", "join", "keys", "lastIndexOf", "map", "pop", "push", "reduce", "reduceRight", "reverse", "shift", "slice",
		"some", "sort", "splice", "toReversed", "toSorted", "toSpliced", "unshift", "values", "with":
		return true
	}
	return OnObject(key)
}

// OnString reports whether key is a name of String.prototype or Object.prototype, length left out.
func OnString(key string) bool {
	switch key {
	case "anchor", "at", "big", "blink", "bold", "charAt", "charCodeAt", "codePointAt", "concat", "endsWith", "fixed", "fontcolor", "fontsize",
		"includes", "indexOf", "isWellFormed", "italics", "lastIndexOf", "link", "localeCompare", "match", "matchAll", "normalize", "padEnd",
		"padStart", "repeat", "replace", "replaceAll", "search", "slice", "small", "split", "startsWith", "strike", "sub", "substr", "substring",
		"sup", "toLocaleLowerCase", "toLocaleUpperCase", "toLowerCase", "toUpperCase", "toWellFormed", "trim", "trimEnd", "trimLeft",
		"trimRight", "trimStart":
		return true
	}
	return OnObject(key)
}

// OnNumber reports whether key is a name of Number.prototype or Object.prototype.
func OnNumber(key string) bool {
	switch key {
	case "toExponential", "toFixed", "toPrecision":
		return true
	}
	return OnObject(key)
}

// OnCollection reports whether key is a name of Set.prototype, Map.prototype or Object.prototype, size left out.
func OnCollection(key string) bool {
	switch key {
	case "add", "clear", "delete", "difference", "entries", "forEach", "get", "has", "intersection", "isDisjointFrom", "isSubsetOf",
		"isSupersetOf", "keys", "set", "symmetricDifference", "union", "values":
		return true
	}
	return OnObject(key)
}
