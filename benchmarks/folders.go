package benchmarks

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/benchmarks/cases"
)

// ruleBytes is how large a rule of a generated folder is at least: 1,000 of them have
// 2 MB.
const ruleBytes = 2000

// Folder is a folder of rules made of the rules of the patterns: each of its rules
// holds as many of them as make 2 KB, and runs the first.
//
// # Errors
//
// A pattern that cannot be read.
func Folder(rules int) (fs.FS, error) {
	texts, err := patternRules()
	if err != nil {
		return nil, err
	}
	fsys := fstest.MapFS{}
	next := 0
	for i := range rules {
		var b strings.Builder
		fmt.Fprintf(&b, "function rule%d(user, context, callback) {\n  var parts = [\n", i)
		for b.Len() < ruleBytes {
			b.WriteString(texts[next%len(texts)])
			b.WriteString("\n,\n")
			next++
		}
		b.WriteString("  ];\n  user.parts = (user.parts || 0) + parts.length;\n  callback(null, user, context);\n}\n")
		name := fmt.Sprintf("rules/rule-%04d", i)
		fsys[name+".js"] = &fstest.MapFile{Data: []byte(b.String())}
		fsys[name+".json"] = &fstest.MapFile{Data: fmt.Appendf(nil, `{"enabled": true, "order": %d}`, i+1)}
	}
	return fsys, nil
}

// PatternFolder is a folder of rules as people write them: the rules of the patterns, one
// after the other and again from the first. Those that change JavaScript's own objects are
// left out, because no rule behind one is compiled.
//
// # Errors
//
// A pattern that cannot be read.
func PatternFolder(rules int) (fs.FS, error) {
	texts, err := patternRules()
	if err != nil {
		return nil, err
	}
	texts = slices.DeleteFunc(texts, func(text string) bool {
		_, err := ferrule.Compile("rule.js", text, &ferrule.Options{Engine: ferrule.EngineExpr})
		var found ferrule.Diagnostics
		errors.As(err, &found)
		return slices.ContainsFunc(found, func(d ferrule.Diagnostic) bool { return strings.Contains(d.Message, "builtin-changed") })
	})
	fsys := fstest.MapFS{}
	for i := range rules {
		name := fmt.Sprintf("rules/rule-%05d", i)
		fsys[name+".js"] = &fstest.MapFile{Data: []byte(texts[i%len(texts)] + "\n")}
		fsys[name+".json"] = &fstest.MapFile{Data: fmt.Appendf(nil, `{"enabled": true, "order": %d}`, i+1)}
	}
	return fsys, nil
}

// patternRules are the JavaScript rules of all patterns that end where their function
// ends.
func patternRules() ([]string, error) {
	files, err := filepath.Glob(filepath.Join(cases.Testdata(), "patterns", "*", "*.txtar"))
	if err != nil {
		return nil, err
	}
	var texts []string
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			return nil, err
		}
		for _, f := range archive.Files {
			if text := strings.TrimSpace(string(f.Data)); strings.HasSuffix(f.Name, ".js") && strings.HasSuffix(text, "}") {
				texts = append(texts, text)
			}
		}
	}
	if len(texts) == 0 {
		return nil, fmt.Errorf("there are no rules below %s", cases.Testdata())
	}
	return texts, nil
}
