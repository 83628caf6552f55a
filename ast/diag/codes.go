package diag

import "slices"

// The codes. A code says what is wrong; it is never reused and never renamed.
const (
	// Reading a rule.
	SyntaxError       Code = "syntax-error"
	NotUTF8           Code = "not-utf8"
	EmptyRule         Code = "empty-rule"
	NotAFunction      Code = "not-a-function"
	NotOneExpression  Code = "not-one-expression"
	TrailingSemicolon Code = "trailing-semicolon"
	GeneratorRule     Code = "generator-rule"
	UnsupportedSyntax Code = "unsupported-syntax"
	BadHeader         Code = "bad-header"
	NestingTooDeep    Code = "nesting-too-deep"
	RuleTooLarge      Code = "rule-too-large"

	// Reading a folder.
	FileUnreadable    Code = "file-unreadable"
	NoRules           Code = "no-rules"
	AmbiguousFolder   Code = "ambiguous-folder"
	BadJSON           Code = "bad-json"
	BadYAML           Code = "bad-yaml"
	BadField          Code = "bad-field"
	UnknownField      Code = "unknown-field"
	MissingScript     Code = "missing-script"
	ScriptOutside     Code = "script-outside"
	BadRuleName       Code = "bad-rule-name"
	DuplicateName     Code = "duplicate-name"
	DuplicateOrder    Code = "duplicate-order"
	CaseClash         Code = "case-clash"
	BadStage          Code = "bad-stage"
	StageNotRun       Code = "stage-not-run"
	OrphanMetadata    Code = "orphan-metadata"
	IgnoredScript     Code = "ignored-script"
	BadConfigKey      Code = "bad-config-key"
	BadConfigValue    Code = "bad-config-value"
	DuplicateConfig   Code = "duplicate-config"
	BadMapping        Code = "bad-mapping"
	UnresolvedKeyword Code = "unresolved-keyword"
	UnknownRule       Code = "unknown-rule"
	PipelineSize      Code = "pipeline-size"

	// Modules that rules require.
	MissingModule  Code = "missing-module"
	RefusedModule  Code = "refused-module"
	AbsentModule   Code = "absent-module"
	BrokenModule   Code = "broken-module"
	ComputedModule Code = "computed-module"
	ImplicitModule Code = "implicit-module"

	// Lowering: where a compiled rule hands over to JavaScript.
	CallNotPure     Code = "call-not-pure"
	NeedsModule     Code = "needs-module"
	NeedsHTTP       Code = "needs-http"
	Waits           Code = "waits"
	Timer           Code = "timer"
	UnknownName     Code = "unknown-name"
	GlobalState     Code = "global-state"
	BuiltinChanged  Code = "builtin-changed"
	LoopUnbounded   Code = "loop-unbounded"
	Recursion       Code = "recursion"
	FunctionAsValue Code = "function-as-value"
	CallbackEscapes Code = "callback-escapes"
	CallbackArgs    Code = "callback-args"
	NoCallback      Code = "no-callback"
	NotLowered      Code = "not-lowered"
	DynamicCode     Code = "dynamic-code"
	UsesThis        Code = "uses-this"
	ClassUsed       Code = "class-used"
	RegexpDiffers   Code = "regexp-differs"
	LocaleDependent Code = "locale-dependent"
	RandomValue     Code = "random-value"
	Throws          Code = "throws"
	Destructures    Code = "destructures"
	NestedWrite     Code = "nested-write"
	RuleTooComplex  Code = "rule-too-complex"
	NeedsJavaScript Code = "needs-javascript"

	// Values that leave the lowered shape.
	NullishParent Code = "nullish-parent"
	ValueType     Code = "value-type"
	PrototypeKey  Code = "prototype-key"
	KeyOrder      Code = "key-order"
	LoneSurrogate Code = "lone-surrogate"
	ForeignValue  Code = "foreign-value"
	ValueSize     Code = "value-size"
	SharedArray   Code = "shared-array"
	StoreRefused  Code = "store-refused"
	NotJSONValue  Code = "not-json-value"
	Forced        Code = "forced"

	// Options.
	BadOption Code = "bad-option"
)

// Row is one line of the table of codes.
type Row struct {
	Code     Code
	Stage    string // parse, folder, modules, lower, run, options
	Severity Severity
	Summary  string // one line
}

var table = []Row{
	{SyntaxError, "parse", Error, "the rule is not JavaScript (or TypeScript)"},
	{NotUTF8, "parse", Error, "the file is not UTF-8 text"},
	{EmptyRule, "parse", Error, "the file holds no code"},
	{NotAFunction, "parse", Error, "the rule's text is an expression whose value cannot be a function"},
	{NotOneExpression, "parse", Error, "there is code beside the function"},
	{TrailingSemicolon, "parse", Warning, "a semicolon follows the function; the platform refused that"},
	{GeneratorRule, "parse", Warning, "a generator function never calls back"},
	{UnsupportedSyntax, "parse", Error, "JavaScript that no engine here can run"},
	{BadHeader, "parse", Warning, "a template header has a malformed tag"},
	{NestingTooDeep, "parse", Error, "the text nests deeper than the parsers may go"},
	{RuleTooLarge, "parse", Error, "the text is larger than a rule may be"},
	{FileUnreadable, "folder", Error, "a file or folder cannot be read"},
	{NoRules, "folder", Error, "there is no rule to load"},
	{AmbiguousFolder, "folder", Error, "a folder has the marks of two layouts"},
	{BadJSON, "folder", Error, "a metadata file is not JSON"},
	{BadYAML, "folder", Error, "the pipeline file is not YAML"},
	{BadField, "folder", Error, "a metadata field has the wrong type or value"},
	{UnknownField, "folder", Warning, "a metadata field that nothing reads"},
	{MissingScript, "folder", Error, "a rule names a script that does not exist"},
	{ScriptOutside, "folder", Error, "a rule names a script outside the folder"},
	{BadRuleName, "folder", Error, "a rule's name does not match the pattern"},
	{DuplicateName, "folder", Error, "two rules have one name"},
	{DuplicateOrder, "folder", Error, "two rules have one order"},
	{CaseClash, "folder", Warning, "two file names differ in case only"},
	{BadStage, "folder", Error, "a stage that does not exist"},
	{StageNotRun, "folder", Warning, "a rule of a stage that does not run"},
	{OrphanMetadata, "folder", Warning, "a metadata file without a rule"},
	{IgnoredScript, "folder", Warning, "a script that no metadata file names"},
	{BadConfigKey, "folder", Error, "a configuration key does not match the pattern"},
	{BadConfigValue, "folder", Error, "a configuration value is not a string"},
	{DuplicateConfig, "folder", Error, "two configuration files set one key"},
	{BadMapping, "folder", Error, "a keyword mapping that cannot be used"},
	{UnresolvedKeyword, "folder", Warning, "a keyword marker without a mapping"},
	{UnknownRule, "folder", Error, "a flag names a rule that does not exist"},
	{PipelineSize, "folder", Warning, "the enabled rules together pass 100 kB"},
	{MissingModule, "modules", Error, "a module that is not installed; inside of try a warning"},
	{RefusedModule, "modules", Error, "a rule requires a file; inside of try a warning"},
	{AbsentModule, "modules", Error, "a module of Node's own that is not provided; inside of try a warning"},
	{BrokenModule, "modules", Error, "an installed package that cannot be bundled"},
	{ComputedModule, "modules", Warning, "the name of a required module cannot be told from the rule's text"},
	{ImplicitModule, "modules", Warning, "a variable that only old runtimes had without a require"},
	{CallNotPure, "lower", Exit, "a function is called whose effects are not known"},
	{NeedsModule, "lower", Exit, "the rule requires a module"},
	{NeedsHTTP, "lower", Exit, "the rule makes an HTTP call"},
	{Waits, "lower", Exit, "the rule waits for a promise"},
	{Timer, "lower", Exit, "the rule sets a timer"},
	{UnknownName, "lower", Exit, "a name that the rule does not declare and JavaScript does not have"},
	{GlobalState, "lower", Exit, "the rule reads or writes global, or an undeclared variable"},
	{BuiltinChanged, "lower", Exit, "a rule of the pipeline may change JavaScript's own objects"},
	{Recursion, "lower", Exit, "a function that calls itself"},
	{FunctionAsValue, "lower", Exit, "a function is used as a value"},
	{CallbackEscapes, "lower", Exit, "the callback is handed to something else"},
	{CallbackArgs, "lower", Exit, "the callback is called with arguments that are not understood"},
	{NoCallback, "run", Exit, "the rule ends without having called the callback"},
	{NotLowered, "lower", Exit, "a construct that is not compiled"},
	{DynamicCode, "lower", Exit, "code is made from text while the rule runs"},
	{UsesThis, "lower", Exit, "this, arguments or new.target is used"},
	{ClassUsed, "lower", Exit, "a class, a generator or an accessor is used"},
	{RegexpDiffers, "lower", Exit, "a regular expression that matches otherwise outside JavaScript"},
	{LocaleDependent, "lower", Exit, "the answer depends on a language or a calendar"},
	{RandomValue, "lower", Exit, "the answer is random"},
	{Throws, "lower", Exit, "JavaScript throws here"},
	{Destructures, "lower", Exit, "a destructuring that is not compiled"},
	{NestedWrite, "lower", Exit, "a write to something that is no path of user, context or a variable"},
	{RuleTooComplex, "lower", Exit, "the rule grows beyond the size that is compiled"},
	{NeedsJavaScript, "lower", Error, "the chosen engine runs no JavaScript, and the rule needs it"},
	{NullishParent, "run", Exit, "a property of null or undefined is read: JavaScript throws a TypeError"},
	{ValueType, "run", Exit, "a value has another type than the operation is compiled for"},
	{PrototypeKey, "run", Exit, "a property that a prototype answers to"},
	{KeyOrder, "run", Exit, "the order of an object's keys matters and is not known"},
	{LoneSurrogate, "run", Exit, "a string holds half of a surrogate pair"},
	{ForeignValue, "run", Exit, "a Go value of the input that is no decoded JSON"},
	{LoopUnbounded, "run", Exit, "a loop makes more turns than a compiled rule may"},
	{ValueSize, "run", Exit, "a value grows beyond the size that is compiled"},
	{SharedArray, "run", Exit, "an array that is reached in two ways is changed"},
	{StoreRefused, "run", Exit, "the metadata store refused a write"},
	{NotJSONValue, "run", Exit, "a value that JSON cannot carry is stored"},
	{Forced, "run", Exit, "a test forced the exit"},
	{BadOption, "options", Error, "an option that cannot be used"},
}

// Table lists all codes in the order of the table. The slice is new at each call.
func Table() []Row { return slices.Clone(table) }

// Lookup finds a code's row.
func Lookup(code Code) (Row, bool) {
	i := slices.IndexFunc(table, func(r Row) bool { return r.Code == code })
	if i < 0 {
		return Row{}, false
	}
	return table[i], true
}

func severityOf(code Code) Severity {
	row, ok := Lookup(code)
	if !ok {
		panic("internal error: diagnostic code " + string(code) + " is not in the table")
	}
	return row.Severity
}
