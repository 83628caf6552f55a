package folder

import "github.com/ferrule-rules/ferrule/ast/source"

// Kept is the text of a rule for as long as its pipeline lives: little beside the text
// itself. It is immutable.
type Kept struct {
	name string
	file string // the user's file
	text string
	// replaced is there only where the text is not the file's own: keywords were replaced, or it
	// stands in a file of another format.
	replaced *Text
}

// Keep is what is to be kept of a rule whose script could be read.
func (r *Rule) Keep() Kept {
	k := Kept{name: r.Name, file: r.Original.Name, text: r.File.Text}
	if r.File != r.Original {
		k.replaced = r.text
	}
	return k
}

// Rule is the rule again, new at each call: its name, its texts and the way from one to the
// other, and that it runs. What else its folder says is not known any more.
func (k Kept) Rule() *Rule {
	text := k.replaced
	if text == nil {
		file := source.NewFile(k.file, k.text)
		text = &Text{File: file, Original: file}
	}
	return &Rule{Name: k.name, Enabled: true, Stage: StageLoginSuccess, File: text.File, Original: text.Original, text: text}
}
