package stdlib_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

var urlParts = []string{"href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"}

// urlAnswer joins the parts of a URL and its parameters; "throws" for an exit.
func urlAnswer(t *testing.T, input, base any) string {
	t.Helper()
	u, err := stdlib.NewURL(input, base)
	if err != nil {
		require.IsType(t, &jsvalue.Exit{}, err)
		return err.Error()
	}
	var texts []string
	for _, part := range urlParts {
		text, err := jsvalue.Get(u, part)
		require.NoError(t, err)
		texts = append(texts, text.(string))
	}
	params, err := jsvalue.Get(u, "searchParams")
	require.NoError(t, err)
	text, err := jsvalue.ToString(params)
	require.NoError(t, err)
	return strings.Join(append(texts, text), "\n")
}

const urlScript = `try {
	const u = new URL(%s);
	return [%s, u.searchParams].join('\n');
} catch (e) { return e.code }`

func nodeURL(args ...any) string {
	reads := make([]string, len(urlParts))
	for i, part := range urlParts {
		reads[i] = "u." + part
	}
	return fmt.Sprintf(urlScript, javascriptList(args), strings.Join(reads, ", "))
}

var (
	urlSchemes = []string{"http:", "https:", "HTTP:", "ftp:", "ws:", "wss:", "file:", "mailto:", "javascript:", "data:", "blob:", "com.example.app:", "urn:", "", "1a:", "h ttp:", "http", "about:"}
	urlSlashes = []string{"//", "//", "//", "/", "", "///", `\\`, `/\`, "////"}
	urlUsers   = []string{"", "", "", "", "user@", "u:p@", ":@", "u:@", ":p@", "a b:c/d@", "é@", "%41@", "u@v@", "a:b:c@", "'@", "|@"}
	urlHosts   = []string{
		"example.com", "EXAMPLE.com", "localhost", "127.0.0.1", "0x7f.1", "1.2.3", "256.1.1.1", "1.2.3.4.5", "[::1]", "[1:2:3:4:5:6:7:8]", "[::ffff:1.2.3.4]", "[", "[::g]", "",
		"exa mple.com", "ex%41mple.com", "%zz", "a..b", ".com", "example.com.", "xn--nxasmq6b.com", "bücher.example", "faß.de", "日本.jp", "a_b.com", "a|b", "a<b", "a^b", "*.com", "a%00b", "a\tb.com",
		"-a.com", "ａ.com", "a\u00adb.com", "1e3", "0", "4294967296", "0300.1", "09.1.1.1", "a,b", "a;b", "a$b", "a&b", "a=b", "a+b", "a!b", "(a)", "a'b", "a\"b", "a`b", "{a}", "a~b", "xn--", "xn--a", "a.xn--zca",
		"1.", "1..", "0x", "0x.0x", "a.1", "a.0x", "a.1.", "[::1%25]", "[::127.0.0.1]", "[0:0:0:0:0:0:0:0]", "[1::2:0:0:3]", "[::1]x", "%E2%98%83",
	}
	urlPorts  = []string{"", "", "", ":80", ":443", ":21", ":8080", ":0", ":65535", ":65536", ":", ":a", ":8 0", ":080", ":-1", ":00000000000000443"}
	urlPaths  = []string{"", "/", "/a/b", "/a/../b", "/./a", "/..", "/a//b", "//x", "/é", "/%41", "/%zz", "/a b", "/a;b", "/C|/x", "/C:/x/..", "/a\\b", "/\t", "/{a}", "/`", "/<>", "/\"", "/%2e%2e/x", "/.%2e", "/a/.", "/^", "/|", "/~!$&'()*+,;=:@", "/[]", "x", "ann@example.com", "text/plain,hi ", "/😀", "/%", "/a?", " ", "/\u00a0", "/.."}
	urlSearch = []string{"", "", "?", "?a=b", "?a=b&c=d&a=e", "?a b", "?é", "?%zz", "?'\"<>", "?a=%20+%2B", "?&&=&x", "?a=b=c", "?#", "?|`{}", "?a=😀", "?%FF%FE", "?a\tb", "?[]=1", "?\\"}
	urlHashes = []string{"", "", "", "#", "#a", "#a b", "#é", "#`<>\"", "#?x", "##", "#{}|^"}
	urlPieces = []string{"/", "\\", "?", "#", "@", ":", ".", "..", "%", "%2e", "%2F", "[", "]", "é", "\t", "\n", " ", "0", "-", "_", "|", "^", "\x7f", "\x01", "\u200d", "\uffff", "😀", "xn--", "ß", "'", "\"", "<", "{", "`", "+", "&", "=", ";", "//", "~", "A"}
	urlBases  = []string{"https://example.com/a/b?c#d", "http://u:p@host:81/x/", "file:///C:/a/b", "file:///x/y", "mailto:ann@example.com", "data:text/plain,x", "com.app://h/p/q", "nonsense", "", "https://[::1]:8/"}
)

func TestURLsAgainstNode(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 15))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	var inputs [][2]any
	add := func(text string) {
		base := jsvalue.Undefined
		if r.IntN(4) == 0 {
			base = pick(urlBases)
		}
		inputs = append(inputs, [2]any{text, base})
	}
	for _, host := range urlHosts {
		add("https://" + host + "/")
		add("foo://" + host + "/")
	}
	for range 20000 {
		text := ""
		if r.IntN(6) > 0 {
			text = pick(urlSchemes[:2+r.IntN(len(urlSchemes)-2)]) + pick(urlSlashes) + pick(urlUsers)
			if r.IntN(3) > 0 {
				text += pick(urlHosts[:5])
			} else {
				text += pick(urlHosts)
			}
			text += pick(urlPorts)
		}
		text += pick(urlPaths) + pick(urlSearch) + pick(urlHashes)
		if r.IntN(20) == 0 {
			text = pick([]string{" ", "\t", "\x00", "\n", "\u00a0", "\x1f"}) + text + pick([]string{" ", "\r", "\x00", ""})
		}
		if runes := []rune(text); len(runes) > 0 && r.IntN(3) == 0 {
			i := r.IntN(len(runes))
			text = string(runes[:i]) + pick(urlPieces) + string(runes[i+r.IntN(2):])
		}
		add(text)
	}
	bodies := make([]string, len(inputs))
	for i, in := range inputs {
		bodies[i] = nodeURL(in[0], in[1])
	}
	exits, valid, shown := 0, 0, 0
	for i, want := range nodeAnswers(t, "UTC", bodies) {
		got := urlAnswer(t, inputs[i][0], inputs[i][1])
		if want != "ERR_INVALID_URL" {
			valid++
		}
		switch {
		case strings.HasPrefix(got, "exit: "):
			if want != "ERR_INVALID_URL" {
				exits++
			}
		case got != want && shown < 40:
			shown++
			assert.Equal(t, want, got, "%q", inputs[i])
		}
	}
	t.Logf("%d URLs, %d valid, %d of them exit", len(inputs), valid, exits)
}

// TestOrdinaryURLs must not exit.
func TestOrdinaryURLs(t *testing.T) {
	tests := []struct {
		input, base any
		want        string // href
	}{
		{"https://example.com", jsvalue.Undefined, "https://example.com/"},
		{"https://EXAMPLE.com:443/a/../b?x=1&y=é#z", jsvalue.Undefined, "https://example.com/b?x=1&y=%C3%A9#z"},
		{"https://example.com/.well-known/openid-configuration", jsvalue.Undefined, "https://example.com/.well-known/openid-configuration"},
		{"http://localhost:3000/callback?code=a b", jsvalue.Undefined, "http://localhost:3000/callback?code=a%20b"},
		{"http://127.0.0.1:8080/", jsvalue.Undefined, "http://127.0.0.1:8080/"},
		{"https://ann:secret@sub.example.co.uk/p", jsvalue.Undefined, "https://ann:secret@sub.example.co.uk/p"},
		{"/login?state=1", "https://example.com/a/b", "https://example.com/login?state=1"},
		{"../c", "https://example.com/a/b", "https://example.com/c"},
		{"?q", "https://example.com/a/b?c#d", "https://example.com/a/b?q"},
		{"com.example.app://callback?x=1", jsvalue.Undefined, "com.example.app://callback?x=1"},
		{"mailto:ann@example.com?subject=x", jsvalue.Undefined, "mailto:ann@example.com?subject=x"},
		{"urn:a:b", jsvalue.Undefined, "urn:a:b"},
		{[]any{"https://example.com/"}, jsvalue.Undefined, "https://example.com/"},
	}
	for _, test := range tests {
		u, err := callValue(t, "newURL", nil, test.input, test.base)
		require.NoError(t, err, "%v", test.input)
		text, err := jsvalue.ToString(u)
		require.NoError(t, err)
		assert.Equal(t, test.want, text)
		json, err := u.(jsvalue.JSONer).JSON()
		require.NoError(t, err)
		assert.Equal(t, test.want, json)
	}
	for x, want := range map[any]error{
		"example.com": jsvalue.ExitThrow, nil: jsvalue.ExitThrow, jsvalue.ExitNullish: jsvalue.ExitNullish, "https://a\xff": jsvalue.ExitSurrogate, "file:///x": jsvalue.ExitType,
		"https://bücher.example/": jsvalue.ExitType, "blob:https://a/b": jsvalue.ExitType, "https://[::1]/": jsvalue.ExitType,
	} {
		_, err := callValue(t, "newURL", nil, x, jsvalue.Undefined)
		assert.Equal(t, want, err, "%v", x)
	}
	u, err := stdlib.NewURL("https://example.com/", jsvalue.Undefined)
	require.NoError(t, err)
	for key, want := range map[string]error{"toString": jsvalue.ExitPrototype, "toJSON": jsvalue.ExitPrototype, "plan": nil} {
		_, err := jsvalue.Get(u, key)
		assert.Equal(t, want == nil, err == nil, key)
	}
	first, err := jsvalue.Get(u, "searchParams")
	require.NoError(t, err)
	second, err := jsvalue.Get(u, "searchParams")
	require.NoError(t, err)
	assert.Same(t, first, second)
}

// TestSearchParamsAgainstNode calls methods of the parameters of a URL, or of a text.
func TestSearchParamsAgainstNode(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	names := []string{"a", "b", "é", "a b", "", "😀", "\uffee", "a+b", "%41", "&", "="}
	values := []any{"1", "", "x y", "é", "a&b=c", 1.0, nil, true, []any{"p", "q"}, -0.5, "+", "%zz", "~*-._'()!", "\x00", "😀"}
	var bodies, got []string
	for range 5000 {
		text := pick([]string{"https://example.com/p?a=1&b=2&a=3#h", "https://example.com/", "https://example.com/?a=b%20c&&d", "https://example.com/?"})
		u, err := stdlib.NewURL(text, jsvalue.Undefined)
		require.NoError(t, err)
		made := "const u = new URL(" + javascript(text) + "), p = u.searchParams;"
		params, err := jsvalue.Get(u, "searchParams")
		require.NoError(t, err)
		if r.IntN(3) == 0 {
			init := pick(urlSearch)
			made = "const u = '', p = new URLSearchParams(" + javascript(init) + ");"
			params, err = callValue(t, "newSearchParams", nil, init)
			require.NoError(t, err)
			u = ""
		}
		answers := ""
		for range r.IntN(6) {
			name, value := pick(names), values[r.IntN(len(values))]
			switch method := pick([]string{"append", "set", "delete", "delete2", "sort", "get", "has", "getAll", "size"}); method {
			case "append", "set":
				_, err = params.(*jsvalue.URLParams).Mutate(method, []any{name, value})
				made += fmt.Sprintf("p.%s(%s, %s);", method, javascript(name), javascript(value))
			case "delete":
				_, err = params.(*jsvalue.URLParams).Mutate(method, []any{name})
				made += fmt.Sprintf("p.delete(%s);", javascript(name))
			case "delete2":
				_, err = params.(*jsvalue.URLParams).Mutate("delete", []any{name, value})
				made += fmt.Sprintf("p.delete(%s, %s);", javascript(name), javascript(value))
			case "sort":
				_, err = params.(*jsvalue.URLParams).Mutate(method, nil)
				made += "p.sort();"
			case "get":
				answers += call(t, "getEntry", nil, params, name) + "|"
				made += fmt.Sprintf("s += p.get(%s) + '|';", javascript(name))
			case "has":
				answers += call(t, "hasEntry", nil, params, name) + "|"
				made += fmt.Sprintf("s += p.has(%s) + '|';", javascript(name))
			case "getAll":
				answers += call(t, "getAll", nil, params, name) + "|"
				made += fmt.Sprintf("s += p.getAll(%s) + '|';", javascript(name))
			case "size":
				answers += call(t, "get", nil, params, "size") + "|"
				made += "s += p.size + '|';"
			}
			require.NoError(t, err)
		}
		href, err := jsvalue.ToString(u)
		require.NoError(t, err)
		query, err := jsvalue.ToString(params)
		require.NoError(t, err)
		pairs := call(t, "items", nil, params)
		got = append(got, strings.Join([]string{answers, href, query, pairs}, "\n"))
		bodies = append(bodies, "let s = '';"+made+"return [s, u, p, [...p]].join('\\n')")
	}
	for i, want := range nodeAnswers(t, "UTC", bodies) {
		require.Equal(t, want, got[i], bodies[i])
	}
}

func TestNewSearchParams(t *testing.T) {
	run := printRun()
	tests := []struct {
		init any
		want string
	}{
		{jsvalue.Undefined, ""}, {nil, ""}, {"?a=1", "a=1"}, {"a=1&a=2", "a=1&a=2"},
		{map[string]any{"b": 1.0, "a": nil}, "a=null&b=1"},
		{&jsvalue.Object{Keys: []string{"b", "a"}, Values: map[string]any{"a": "x y", "b": jsvalue.Undefined}}, "b=undefined&a=x+y"},
		{[]any{[]any{"a", 1.0}, &jsvalue.List{Items: []any{"b", true}}}, "a=1&b=true"},
		{jsvalue.NewURLParams([]string{"a", "1"}), "a=1"},
	}
	for _, test := range tests {
		params, err := callValue(t, "newSearchParams", run, test.init)
		require.NoError(t, err)
		text, err := jsvalue.ToString(params)
		require.NoError(t, err)
		assert.Equal(t, test.want, text)
	}
	for _, init := range []any{[]any{"a"}, []any{[]any{"a"}}, 1.0, &jsvalue.Date{}, jsvalue.ExitNullish, "\xff"} {
		_, err := callValue(t, "newSearchParams", run, init)
		assert.Error(t, err, "%v", init)
	}
	_, err := callValue(t, "newSearchParams", &jsvalue.Run{}, map[string]any{"b": 1.0, "a": 2.0})
	assert.Equal(t, jsvalue.ExitOrder, err)

	params := jsvalue.NewURLParams([]string{"a", "1"})
	for method, args := range map[string][]any{"append": {"a"}, "set": {}, "delete": {}, "forEach": {"a"}, "sort2": {}} {
		_, err := params.Mutate(method, args)
		assert.Equal(t, jsvalue.ExitType, err, method)
	}
	_, err = params.HasEntry(jsvalue.Undefined)
	assert.Equal(t, jsvalue.ExitType, err)
	for _, key := range []string{"append", "get", "toString", "forEach"} {
		_, err := params.Property(key)
		assert.Equal(t, jsvalue.ExitPrototype, err, key)
	}
	opaque, err := stdlib.NewURL("mailto:ann@example.com?a=1", jsvalue.Undefined)
	require.NoError(t, err)
	of, err := jsvalue.Get(opaque, "searchParams")
	require.NoError(t, err)
	_, err = of.(*jsvalue.URLParams).Mutate("append", []any{"b", "2"})
	assert.Equal(t, jsvalue.ExitType, err)
}
