package diag

import (
	"regexp"
	"slices"
	"strings"
)

// ExitText is what there is to say about a code of severity Exit, beside its row in the
// table. Its page in docs/exits is made of it.
type ExitText struct {
	Code Code
	// Why is the message at a place; {} stands for what was not understood, in the user's
	// spelling. Without such a spelling the row's summary is the message.
	Why string
	// Means explains the code to somebody who reads its page.
	Means string
	// Advice is the smallest rewrite of a rule that removes the exit, {} as in Why. "" when
	// there is none: NoAdvice then says why, or what helps instead.
	Advice   string
	NoAdvice string
	// Variants are advice for spellings that match, the first that matches; $1 stands for
	// a group of the pattern.
	Variants []AdviceVariant
}

// AdviceVariant is advice for one way to write what was not understood.
type AdviceVariant struct {
	Spelling *regexp.Regexp
	Advice   string
}

func variant(spelling, advice string) AdviceVariant {
	return AdviceVariant{regexp.MustCompile(spelling), advice}
}

// ExitTexts lists the texts in the order of the table of codes. The slice is new at each call.
func ExitTexts() []ExitText { return slices.Clone(exitTexts) }

// LookupExit finds the texts of a code.
func LookupExit(code Code) (ExitText, bool) {
	i := slices.IndexFunc(exitTexts, func(t ExitText) bool { return t.Code == code })
	if i < 0 {
		return ExitText{}, false
	}
	return exitTexts[i], true
}

// Reason says in one plain sentence why JavaScript takes over. note is what was not
// understood, in the user's spelling, or "".
func (t ExitText) Reason(note string) string {
	if note == "" || t.Why == "" {
		row, _ := Lookup(t.Code)
		return row.Summary
	}
	return strings.ReplaceAll(t.Why, "{}", note)
}

// AdviceFor is the advice for what was not understood; "" when there is none.
func (t ExitText) AdviceFor(note string) string {
	for _, v := range t.Variants {
		if match := v.Spelling.FindStringSubmatchIndex(note); match != nil {
			return string(v.Spelling.ExpandString(nil, v.Advice, note, match))
		}
	}
	if note == "" && strings.Contains(t.Advice, "{}") {
		return strings.ReplaceAll(t.Advice, "{}", "it")
	}
	return strings.ReplaceAll(t.Advice, "{}", note)
}

const guardFirst = "put the tests that make it unnecessary in front of it: logins that return there never need JavaScript"

var exitTexts = []ExitText{
	{
		Code: CallNotPure, Why: "{} is called, and what that does is not known",
		Means:    "Only functions of the rule itself and the built-in ones that are listed can be compiled: any other function may do more than answer a value. JavaScript runs the rule, so that all of it happens.",
		NoAdvice: "Write what the function does in the rule itself: a loop, or built-in functions that are compiled.",
		Variants: []AdviceVariant{
			variant(`^(.+?)\.findLast\(`, "take the last one of those that match: const found = $1.filter(…), then found[found.length - 1]"),
			variant(`^(.+?)\.toSorted\(\)$`, "sort a copy: $1.slice().sort()"),
			variant(`^(.+?)\.toReversed\(\)$`, "reverse a copy: $1.slice().reverse()"),
		},
	},
	{
		Code: NeedsModule, Why: "the rule uses the module {}",
		Means:    "A module is JavaScript of somebody else; it is not compiled. To require one is no reason to leave: JavaScript takes over where the module is used.",
		NoAdvice: "Where JavaScript has the same built in, use that. Otherwise " + guardFirst + ".",
		Variants: []AdviceVariant{
			variant(`^(lodash|underscore)\b`, "use the methods that arrays and objects have built in instead of $1: includes, find, filter, map, some, Object.keys; ?. instead of get"),
			variant(`^(url)\b`, "use new URL(text), which is built in, instead of the module $1"),
			variant(`^(querystring|qs)\b`, "use new URLSearchParams(…), which is built in, instead of the module $1"),
		},
	},
	{
		Code: NeedsHTTP, Why: "{} makes an HTTP call",
		Means:    "A call over the network takes its answer from elsewhere, and what the rule does with it begins later. JavaScript makes the call.",
		NoAdvice: "There is no rewrite without the call. But " + guardFirst + ".",
	},
	{
		Code: Waits, Why: "the rule waits for {}",
		Means:    "What stands behind an await, or in a then, begins later, when other things may have happened. Metadata updates of auth0.users are waited for in compiled rules; other promises are not.",
		NoAdvice: "Where it really is a promise, " + guardFirst + ".",
		Variants: []AdviceVariant{
			variant(`^(?:await )?Promise\.resolve\((.+)\)$`, "take the promise away: use $1 itself"),
			variant(`^(?:await )?(?:new )?Promise\b`, ""),
			variant(`^await (.+)$`, "where $1 is no promise, take await away"),
		},
	},
	{
		Code: Timer, Why: "{} does something later",
		Means:  "setTimeout, setInterval and setImmediate run code when the rule's own is done. JavaScript has the clock and the queue that this needs.",
		Advice: "do directly what {} puts off",
	},
	{
		Code: UnknownName, Why: "nothing declares {}",
		Means:  "The rule uses a name that it does not declare and that JavaScript does not have. JavaScript throws a ReferenceError when it gets there, unless another rule made a global variable of that name.",
		Advice: "declare {} in the rule, or correct its spelling: const {} = …",
	},
	{
		Code: GlobalState, Why: "{} outlives the rule",
		Means:    "A variable that is written without a declaration is a property of global, as one written by that name is: other rules and later logins may see it. JavaScript keeps it.",
		Advice:   "declare {} in the rule: let {}",
		NoAdvice: "What other rules need can be handed on in a property of user or context.",
		Variants: []AdviceVariant{
			variant(`^global\b`, "use a variable of the rule, or a property of user or context, instead of global"),
		},
	},
	{
		Code: BuiltinChanged, Why: "{} may change what all rules use",
		Means:  "A rule that writes to a built-in object or to a prototype changes what later rules do. From there on all rules of the pipeline run as JavaScript.",
		Advice: "make a function of the rule instead of changing what all rules share; eval and new Function may do that, too",
	},
	{
		Code: Recursion, Why: "{} is called while it runs",
		Means:  "Functions of the rule are compiled into the places that call them. One that calls itself would never end there.",
		Advice: "write a loop instead of the function that calls itself",
	},
	{
		Code: FunctionAsValue, Why: "{} is used as a value",
		Means:  "Functions of the rule are compiled where they are called by name. One that is kept in an array, in a property of user or context, or compared is data, and data of a compiled rule is JSON.",
		Advice: "call the function by its name where it is needed, instead of keeping it in a list or an object",
	},
	{
		Code: CallbackEscapes, Why: "nobody knows what is called in the end: {}",
		Means:  "The compiled rule has to see each call of the callback. What a value of the login does when it is called as a function, or whether it can be, is not known before.",
		Advice: "write the function itself in its place: function (err) { callback(err, user, context); }",
	},
	{
		Code: CallbackArgs, Why: "{} hands on something else than user and context",
		Means:  "The callback takes an error, or null with the user and the context that the rule was given. Another object in their place is what later rules get; JavaScript hands it over.",
		Advice: "change user and context themselves, and end with callback(null, user, context)",
	},
	{
		Code: NoCallback, Why: "the rule ends here without a call of the callback: {}",
		Means:  "A rule that never calls back keeps the login waiting until the time limit ends it. JavaScript waits for what the rule may have left running.",
		Advice: "call the callback on this way, too: return callback(null, user, context)",
	},
	{
		Code: NotLowered, Why: "this is not compiled: {}",
		Means:    "JavaScript has more constructs than are compiled. The rare ones are left to JavaScript, which knows them all.",
		NoAdvice: "Write it with plainer means: if, for, a variable more, a function of the rule.",
		Variants: []AdviceVariant{
			variant("^String\\.raw`", "write a plain text instead of String.raw"),
			variant(`^a hole in an array`, "write undefined where the array has a hole"),
		},
	},
	{
		Code: DynamicCode, Why: "{} makes code of a text",
		Means:  "eval, new Function and with decide while the rule runs what its text means. It cannot be compiled before.",
		Advice: "write the code itself; a property whose name is computed is object[name]",
		Variants: []AdviceVariant{
			variant(`^with\b`, "write the object in front of each of its properties instead of with"),
		},
	},
	{
		Code: UsesThis, Why: "{} depends on how the function is called",
		Means:  "this, arguments and new.target are not the rule's parameters; what they are depends on the caller.",
		Advice: "give the function named parameters and use those instead of this and arguments",
	},
	{
		Code: ClassUsed, Why: "this is not compiled: {}",
		Means:  "Classes, generators, getters and setters run code where a rule seems to read a property or to loop.",
		Advice: "write a plain function or a plain object: without class, get, set and function*",
		Variants: []AdviceVariant{
			variant(`^class ([A-Za-z_$][\w$]*)`, "write a plain function instead of the class $1"),
		},
	},
	{
		Code: RegexpDiffers, Why: "{} may match otherwise outside JavaScript",
		Means:  "Compiled rules match by an engine of another kind, which never runs long. Lookahead, lookbehind, references to groups and some escapes are not the same there, or do not exist.",
		Advice: "write the pattern without lookahead, lookbehind and references to groups, or use startsWith, endsWith, includes or split",
	},
	{
		Code: LocaleDependent, Why: "{} depends on a language or a calendar",
		Means:    "What the functions with Locale in their name answer is a matter of language data, which differs from system to system. JavaScript's own answer is used.",
		NoAdvice: "Use a function that knows no language.",
		Variants: []AdviceVariant{
			variant(`^(.+)\.toLocaleLowerCase\(.*\)$`, "write $1.toLowerCase()"),
			variant(`^(.+)\.toLocaleUpperCase\(.*\)$`, "write $1.toUpperCase()"),
			variant(`^(.+)\.toLocaleDateString\(.*\)$`, "write the date as 2026-03-02: $1.toISOString().slice(0, 10)"),
		},
	},
	{
		Code: RandomValue, Why: "{} is random",
		Means:    "A compiled rule has the same answer for the same login, so that it can be undone and run again. Random numbers and keys are made by JavaScript.",
		NoAdvice: "There is no rewrite that stays random. A share of the logins that is the same for each user can be chosen by the user's id.",
	},
	{
		Code: Throws, Why: "JavaScript throws here: {}",
		Means:  "An error that is thrown is not one that is handed to the callback: it carries a stack, a catch may be waiting for it, and the login fails as by a mistake in the rule. JavaScript throws it.",
		Advice: "hand the error to the callback instead of throwing it: return callback(new Error(…))",
		Variants: []AdviceVariant{
			variant(`^throw (new .+?);?$`, "hand the error to the callback instead of throwing it: return callback($1)"),
			variant(`^([A-Za-z_$][\w$]*)$`, "declare $1 before it is read, and with let where it is written again"),
		},
	},
	{
		Code: Destructures, Why: "this way to take a value apart is not compiled: {}",
		Means:  "Patterns are compiled in declarations, parameters and assignments. What a catch clause gets is not taken apart.",
		Advice: "give the whole value a name, and read its properties one by one",
	},
	{
		Code: NestedWrite, Why: "a property of {} is written, which is no data",
		Means:  "A compiled rule writes to user and context and to objects of its own, so that the write can be undone. Functions have no properties there.",
		Advice: "keep the value in a variable of its own instead of in a property of {}",
	},
	{
		Code: RuleTooComplex, Why: "the compiled rule would grow too large: {}",
		Means:  "Functions of the rule are compiled into each place that calls them. Functions that call others more than once can make the program many times as large as the rule.",
		Advice: "call a function once and keep its answer in a variable, or make two rules of the rule",
	},
	{
		Code: NullishParent, Why: "{} may be missing or null, and a property of it is read",
		Means:  "JavaScript throws a TypeError where a property of undefined or null is read, and the login fails. It throws it for compiled rules, too.",
		Advice: "if the login should not fail there, write {}?. in front of the property",
	},
	{
		Code: ValueType, Why: "{} has another type than the rule expects",
		Means:  "An operation is compiled for the type that its value has in a proper login: toLowerCase for a string, some for an array. For other values JavaScript decides what happens; mostly it throws a TypeError.",
		Advice: "if such logins are normal, test the type first: typeof {} === 'string', or Array.isArray({})",
	},
	{
		Code: PrototypeKey, Why: "{} is a name that every object knows",
		Means:  "constructor, toString, __proto__ and some others are answered by an object's prototype when the object has no such key. A compiled rule knows keys only.",
		Advice: "look the value up in a Map, or test a list of the known keys before",
	},
	{
		Code: KeyOrder, Why: "the order of the keys of {} matters",
		Means:    "An object that came as a Go map has no order of keys, and JavaScript lists keys in an order. Logins that are read from JSON keep theirs.",
		NoAdvice: "Give the order with the login (Input.Order), or list the keys that the rule needs by name.",
	},
	{
		Code: LoneSurrogate, Why: "{} may cut a character in two",
		Means:  "JavaScript's strings consist of units of 16 bits, and characters like emoji take two of them. Half of such a character is a string only in JavaScript.",
		Advice: "take the characters apart as a whole: Array.from({})",
	},
	{
		Code: ForeignValue, Why: "{} is a Go value that is no decoded JSON",
		Means:    "Compiled rules read maps, slices of any, strings, numbers and booleans, as encoding/json decodes them. Other Go values are converted for JavaScript when it reads them.",
		NoAdvice: "The rule is not to blame: hand in a user and a context as encoding/json decodes them.",
	},
	{
		Code: LoopUnbounded, Why: "{} makes a million turns",
		Means:    "A compiled rule makes a million turns of its loops. Beyond that JavaScript runs it under its own limits: it may never end.",
		NoAdvice: "There is no rewrite: the rule needs that many turns, or has a mistake.",
	},
	{
		Code: ValueSize, Why: "{} grows too large",
		Means:    "Texts and arrays of a compiled rule are bounded. Beyond that JavaScript runs the rule under its own limits.",
		NoAdvice: "There is no rewrite: the rule needs a value of that size, or has a mistake.",
	},
	{
		Code: SharedArray, Why: "{} is changed, and something else is the same array",
		Means:  "An array that two places refer to changes in both. A compiled rule keeps such arrays together where it can see both; where it cannot, JavaScript runs the rule.",
		Advice: "make a new array instead of changing it: {}.concat([item])",
	},
	{
		Code: StoreRefused, Why: "the metadata store refused a write: {}",
		Means:    "The store answered an error. What the rule does then, JavaScript decides; the store is not asked again.",
		NoAdvice: "The rule is not to blame: see what the store says.",
	},
	{
		Code: NotJSONValue, Why: "{} is no JSON value, and is stored in user or context",
		Means:  "What a rule leaves in user and context is JSON. Sets, maps, functions and objects that contain themselves are made JSON by JavaScript, or refused.",
		Advice: "store a plain array or object: Array.from({})",
	},
	{
		Code: Forced, Why: "a test asked for it: {}",
		Means:    "Tests can make a compiled rule leave at any of its steps, to compare the answers. It does not happen otherwise.",
		NoAdvice: "It does not happen outside of tests.",
	},
}
