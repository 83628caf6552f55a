package ast_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// corpus is the text of every rule of this package's testdata, by file name.
func corpus(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.js")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	out := map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		out[file] = string(text)
	}
	return out
}

// allRules adds the rules of the whole project: script files and archives.
func allRules(t testing.TB) map[string]string {
	out := corpus(t)
	err := filepath.WalkDir("../testdata", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		switch filepath.Ext(path) {
		case ".js", ".ts":
			out[path] = string(text)
		case ".txtar":
			for _, f := range txtar.Parse(text).Files {
				if ext := filepath.Ext(f.Name); ext == ".js" || ext == ".ts" {
					out[path+"/"+f.Name] = string(f.Data)
				}
			}
		}
		return err
	})
	require.NoError(t, err)
	return out
}

func read(t testing.TB, name, text string) *parse.Script {
	t.Helper()
	script, found := parse.Rule(source.NewFile(name, text), parse.Options{})
	require.False(t, found.HasErrors(), "%s", texts(found))
	return script
}

func texts(list diag.List) string {
	var b strings.Builder
	_ = diag.Fprint(&b, list, diag.Style{})
	return b.String()
}

func TestPrintRoundTrip(t *testing.T) {
	own := corpus(t)
	for name, text := range allRules(t) {
		t.Run(name, func(t *testing.T) {
			script, found := parse.Rule(source.NewFile(name, text), parse.Options{})
			if found.HasErrors() && own[name] == "" {
				return // a broken rule is testdata, too
			}
			require.False(t, found.HasErrors(), "%s", texts(found))
			printed := ast.Print(script.Tree)
			again := read(t, "printed.js", printed)
			require.Equal(t, ast.Dump(script.Tree), ast.Dump(again.Tree), "printed:\n%s", printed)
			assert.Equal(t, printed, ast.Print(again.Tree), "printing is stable")
		})
	}
}

// TestCorpusHasEveryNode keeps the corpus complete: a node that no file holds is
// not tested by the round trip.
func TestCorpusHasEveryNode(t *testing.T) {
	seen := map[string]bool{}
	for name, text := range corpus(t) {
		ast.Inspect(read(t, name, text).Tree, func(n ast.Node) bool {
			seen[reflect.TypeOf(n).Elem().Name()] = true
			return true
		})
	}
	source, err := os.ReadFile("nodes.go")
	require.NoError(t, err)
	for line := range strings.SplitSeq(string(source), "\n") {
		if name, ok := strings.CutPrefix(line, "func (*"); ok && strings.Contains(line, " node()") {
			name, _, _ = strings.Cut(name, ")")
			assert.True(t, seen[name], "no file of testdata holds a %s", name)
		}
	}
}

// TestSpans holds for every node of every rule: it lies in its parent, children
// come in source order, and its text begins and ends with no blank.
func TestSpans(t *testing.T) {
	for name, text := range corpus(t) {
		t.Run(name, func(t *testing.T) {
			script := read(t, name, text)
			var check func(parent ast.Node)
			check = func(parent ast.Node) {
				slice := script.File.Slice(parent.Span())
				require.NotEmpty(t, slice, "%T at %s", parent, parent.Span())
				assert.Equal(t, strings.TrimSpace(slice), slice, "%T", parent)
				last := parent.Span().Start.Offset
				for _, child := range ast.Children(parent) {
					s := child.Span()
					assert.GreaterOrEqual(t, s.Start.Offset, last, "%T in %T: %q in %q", child, parent, script.File.Slice(s), slice)
					assert.LessOrEqual(t, s.End.Offset, parent.Span().End.Offset, "%T in %T: %q in %q", child, parent, script.File.Slice(s), slice)
					last = s.Start.Offset
					check(child)
				}
			}
			check(script.Tree)
		})
	}
}

// TestSpanTexts says what some nodes span.
func TestSpanTexts(t *testing.T) {
	script := read(t, "r.js", "\uFEFFfunction (é) {\r\n\treturn (é.b) + (('😀')) * f((é), `x${(1)}y`) ;\r\n}")
	var got []string
	ast.Inspect(script.Tree, func(n ast.Node) bool {
		got = append(got, strings.TrimPrefix(reflect.TypeOf(n).String(), "*ast.")+" "+script.File.Slice(n.Span()))
		return true
	})
	want := []string{
		"Function " + strings.TrimPrefix(script.File.Text, "\uFEFF"),
		"Params (é)", "Binding é", "Ident é",
		"Block " + script.File.Text[strings.Index(script.File.Text, "{"):],
		"Return return (é.b) + (('😀')) * f((é), `x${(1)}y`) ;",
		"Binary (é.b) + (('😀')) * f((é), `x${(1)}y`)",
		"Member é.b", "Ident é",
		"Binary (('😀')) * f((é), `x${(1)}y`)", "String '😀'", "Call f((é), `x${(1)}y`)", "Ident f", "Ident é",
		"Template `x${(1)}y`", "Number 1",
	}
	assert.Equal(t, want, got)
}

func TestQuote(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", `''`},
		{`it's`, `'it\'s'`},
		{"\\\n\r\t\x00\x7f", `'\\\n\r\t\x00\x7f'`},
		{"é😀", `'é😀'`},
		{"\u2028\uFEFF", `'\u2028\ufeff'`},
		{ast.FromUTF16([]uint16{0xD83D, 'x', 0xDE00}), `'\ud83dx\ude00'`},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, ast.Quote(tt.in), "Quote(%q)", tt.in)
	}
}

func TestUTF16(t *testing.T) {
	for _, units := range [][]uint16{{}, {'a'}, {0xD83D, 0xDE00}, {0xD83D}, {0xDE00, 0xD83D}, {0xD83D, 0xD83D, 0xDE00}, {0xFFFD, 0xE9}} {
		text := ast.FromUTF16(units)
		assert.Equal(t, units, ast.UTF16(text))
		lone := len(units) > 0 && units[0] >= 0xD800 && units[0] < 0xE000 && text != "😀"
		assert.Equal(t, lone, ast.LoneSurrogate(text), "%x", units)
	}
}

// TestPrintParts prints nodes that are no whole rule, and trees that no parser makes.
func TestPrintParts(t *testing.T) {
	x, y := &ast.Ident{Name: "x"}, &ast.Ident{Name: "y"}
	tests := []struct {
		node ast.Node
		want string
	}{
		{&ast.ExprStmt{X: &ast.String{Value: "a"}}, "('a');"},
		{&ast.If{Test: x, Then: &ast.If{Test: y, Then: &ast.Empty{}}, Else: &ast.Empty{}}, "if (x) {\n  if (y) ;\n}\nelse ;"},
		{&ast.Binding{Target: x, Init: y}, "x = y"},
		{&ast.Params{List: []*ast.Binding{{Target: x}}, Rest: y}, "(x, ...y)"},
		{&ast.PatternProp{Key: &ast.String{Value: "a"}, Target: x}, "a: x"},
		{&ast.ArrayPattern{Elements: []*ast.Binding{nil, {Target: x}}}, "[, x]"},
		{&ast.ObjectPattern{}, "{}"},
		{&ast.Case{Body: []ast.Stmt{&ast.Empty{}}}, "default:\n  ;"},
		{&ast.Prop{Key: x, Computed: true, Value: y}, "[x]: y"},
		{&ast.Spread{X: x}, "...x"},
		{&ast.Field{Key: &ast.String{Value: "get"}, Static: true}, "static 'get';"},
		{&ast.StaticBlock{Body: &ast.Block{}}, "static {}"},
		{&ast.Method{Key: &ast.String{Value: "m"}, Func: &ast.Function{Params: &ast.Params{}, Body: &ast.Block{}}}, "m() {}"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, ast.Print(tt.node))
	}
	assert.Empty(t, ast.Dump(nil))
	ast.Inspect(nil, func(ast.Node) bool { t.Fatal("visited nil"); return false })
}

func FuzzPrint(f *testing.F) {
	for _, text := range corpus(f) {
		f.Add(text)
	}
	f.Add("function(){ a<b<c; x = {a, ...b}; }")
	f.Fuzz(func(t *testing.T, text string) {
		script, found := parse.Rule(source.NewFile("r.js", text), parse.Options{MaxSourceBytes: 4096})
		if found.HasErrors() {
			return
		}
		printed := ast.Print(script.Tree)
		again, found := parse.Rule(source.NewFile("printed.js", printed), parse.Options{})
		if found.HasErrors() {
			t.Fatalf("printed text does not parse: %s\n%s", texts(found), printed)
		}
		if got, want := ast.Dump(again.Tree), ast.Dump(script.Tree); got != want {
			t.Fatalf("printed:\n%s\ngot:\n%s\nwant:\n%s", printed, got, want)
		}
	})
}
