package folder

import (
	"path"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// One makes a folder of one rule whose text is at hand. name is the file's name in
// messages; the rule's own name is its base name without the ending.
func One(name, text string, opts Options) (*Folder, diag.List) {
	limit := opts.MaxFileBytes
	if limit <= 0 {
		limit = DefaultMaxFileBytes
	}
	words, list := newKeywords(opts.Mappings, opts.Env, limit)
	rule := &Rule{Name: stem(path.Base(name)), Enabled: true, Stage: StageLoginSuccess, Path: name}
	one := &Folder{Format: File, Configuration: map[string]string{}, Rules: []*Rule{rule}}
	file := source.NewFile(name, text)
	if at, bad := file.InvalidUTF8(); bad {
		d := diag.New(diag.NotUTF8, file, source.Span{Start: at, End: at}, "the byte 0x%02x here is not UTF-8", text[at.Offset])
		return one, append(list, d.WithNote("save the file as UTF-8"))
	}
	replaced, problems := words.replace(file)
	if replaced != nil {
		rule.text, rule.File, rule.Original = replaced, replaced.File, replaced.Original
		problems = append(problems, unresolved(replaced)...)
	}
	return one, append(list, problems...).Sort()
}
