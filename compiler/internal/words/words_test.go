package words_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/internal/words"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

var update = flag.Bool("update", false, "write the wanted words")

// TestWords explains the programs of testdata: an archive holds a program (ir), perhaps
// the rule's text (rule.js, for the names in it), and what is to be said (want).
func TestWords(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			assert.NotEmpty(t, archive.Comment, "say why the case exists")
			program, want, opts := "", -1, words.Options{}
			for i, f := range archive.Files {
				switch f.Name {
				case "ir":
					program = string(f.Data)
				case "rule.js":
					opts.File = source.NewFile("rule.js", string(f.Data))
				case "want":
					want = i
				}
			}
			rule, err := ir.Read(program)
			require.NoError(t, err)
			require.NoError(t, ir.Validate(rule))
			got := said(words.Rule(rule, opts))
			if *update {
				if want >= 0 {
					archive.Files = archive.Files[:want]
				}
				archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
				require.NoError(t, os.WriteFile(path, txtar.Format(archive), 0o644))
				return
			}
			require.GreaterOrEqual(t, want, 0, "no want")
			assert.Equal(t, string(archive.Files[want].Data), got)
		})
	}
}

// said is all of an explanation as text.
func said(e words.Explanation) string {
	var b strings.Builder
	b.WriteString("compiled " + string(e.Compiled) + ": " + strings.Join(e.Does, ", ") + "\n")
	b.WriteString(e.Text())
	for _, exit := range e.Exits {
		b.WriteString(exit.Error() + "\n")
		if exit.Advice != "" {
			b.WriteString("    advice: " + exit.Advice + "\n")
		}
	}
	for _, value := range e.Values {
		b.WriteString("or when " + value + "\n")
	}
	for _, term := range e.Terms {
		b.WriteString(term + ": " + words.Terms[term] + "\n")
	}
	return b.String()
}
