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

	// Options.
	BadOption Code = "bad-option"
)

// Row is one line of the table of codes.
type Row struct {
	Code     Code
	Stage    string // parse, folder, options
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
