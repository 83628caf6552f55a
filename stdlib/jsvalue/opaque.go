package jsvalue

// Opaque is a value with behaviour of its own: *Date, a URL, its parameters, a regular
// expression. Set and Map are not Opaque.
//
// What is not covered is an *Exit: a property that the class's prototype answers to and that
// is no plain data ([ExitPrototype]), a text that needs more than the value knows.
type Opaque interface {
	// Class is the name that the value's constructor has in JavaScript: Date, URL.
	Class() string
	// Property reads a property; undefined when there is none of that name.
	Property(key string) (any, error)
	// Text is ECMA-262 ToString of the value: what String(x) and `${x}` answer.
	Text() (string, error)
}

// Numeric is an [Opaque] whose ToNumber is not that of its text: a Date. Values that are not
// Numeric become numbers by way of Text.
type Numeric interface {
	Number() (float64, error)
}

// Entries is an [Opaque] that holds entries by key: URLSearchParams. Sets and maps answer to the
// same library functions without it.
type Entries interface {
	Entry(key any) (any, error)       // .get(key)
	HasEntry(key any) (bool, error)   // .has(key)
	Spread() (items []any, err error) // what [...x] holds, new
}

// JSONer is an [Opaque] whose JSON is not that of an object without properties: a Date
// answers its ISO text or nil, a URL its href.
type JSONer interface {
	JSON() (any, error)
}

// Pattern is a regular expression as an argument of string methods.
type Pattern interface {
	// ReplaceIn is s.replace(pattern, replacement), or replaceAll when all is set.
	// replacement is any value but a function; a string's $ patterns count.
	ReplaceIn(s string, replacement any, all bool) (string, error)
	// SplitIn is s.split(pattern, limit); limit may be undefined.
	SplitIn(s string, limit any) ([]any, error)
}
