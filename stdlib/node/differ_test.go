package node_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/stdlib/node"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
)

// known are cases that differ from Node, by their names, and why.
var known = map[string][]struct {
	name *regexp.Regexp
	why  string
}{
	"buffer": {
		{regexp.MustCompile(`^(readUIntBE|writeUIntLE bl)\((30|31):`), "which of two errors a symbol, or a BigInt, is for a size"},
		{regexp.MustCompile(`^TD .*,(utf-16be|iso-8859-2|shift_jis|gbk|euc-kr|koi8-r|macintosh|big5|gb18030|iso-2022-jp)`), "encodings that TextDecoder lacks"},
		{regexp.MustCompile(`^TD 255,254.*,(latin1|windows-1252|ascii),{"ignoreBOM":true}`), "Node drops a byte of latin1 that would be half a byte order mark"},
		{regexp.MustCompile(`^transcode (255,254|239,187,191)`), "ICU takes a byte order mark away"},
		{regexp.MustCompile(`^inspect$`), "properties of a buffer's own are not shown"},
	},
	"assert": {
		{regexp.MustCompile(`^misc \(\) => assert(\.ok)?\((0|null)`), "the text of the call, which Node reads from the rule's file"},
		{regexp.MustCompile(`^inspect AE$`), "brackets around an error without a frame"},
	},
	"events": {
		{regexp.MustCompile(`^interleave .*\b3\b`), "immediates are timers in the tests' host, and have an order of their own in the engine"},
	},
	"url": {
		{regexp.MustCompile(`^punycode\.\w+\(`), "what is no text calls methods that are not there"},
		{regexp.MustCompile(`^(URL|URLb|set) `), "URLs of other schemes with odd hosts: what ada and the WHATWG parser here make of them"},
	},
}

// engine are messages of the engine, which says the same in other words than V8.
var engine = []struct {
	message *regexp.Regexp
	common  string
}{
	{regexp.MustCompile(`Cannot read propert(?:y '[^']*' of \w+(?: or null)?|ies of \w+ \(reading '[^']*'\))`), "Cannot read"},
	{regexp.MustCompile(`TypeError\[undefined\]\('[^']*(?:is not a function'|has no member [^)]*)`), "not a function"},
	{regexp.MustCompile(`TypeError\[undefined\]\('[^']*(?:is not iterable|not iterable)[^)]*`), "not iterable"},
	{regexp.MustCompile(`TypeError\[undefined\]\('(?:Cannot destructure|Value is not object coercible)[^)]*`), "no object"},
	{regexp.MustCompile(`TypeError\[undefined\]\('(?:Cannot convert object to primitive value|Could not convert &.* to primitive)`), "no primitive"},
	{regexp.MustCompile(`Class constructor (\w+ )?cannot be invoked`), "Class constructor cannot be invoked"},
	{regexp.MustCompile(`\\ud[89a-f][0-9a-f]{2}`), `\ufffd`}, // a lone surrogate in a message
}

type outcome struct{ name, result string }

// Each case of testdata/differ gives in Node what it gives here: a value, or an error of the same
// name, code and message. The cases are made of tables of odd values, and of a generator with a seed.
func TestGeneratedCasesDoWhatTheyDoInNode(t *testing.T) {
	frame, err := os.ReadFile("testdata/differ/frame.js")
	require.NoError(t, err)
	files, err := filepath.Glob("testdata/differ/*.js")
	require.NoError(t, err)
	require.Greater(t, len(files), 1)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".js")
		if name == "frame" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			cases, err := os.ReadFile(file)
			require.NoError(t, err)
			script := string(frame) + string(cases) + "\nrun();"
			command := nodejs.Command(t, "--no-warnings", "-")
			command.Stdin, command.Dir = strings.NewReader(script), "/"
			want := outcomes(t, nodejs.Output(t, command))
			got := outcomes(t, hosttest.New(node.Modules(), node.Globals()).Print(t, script))
			require.Len(t, got, len(want))
			differ := 0
			for i, w := range want {
				if w == got[i] || inCommon(w) == inCommon(got[i]) || excused(name, w.name) {
					continue
				}
				if differ++; differ <= 20 {
					t.Errorf("%s\n  Node %s\n  here %s", w.name, w.result, got[i].result)
				}
			}
			t.Logf("%d cases, %d differ", len(want), differ)
		})
	}
}

func outcomes(t *testing.T, printed string) []outcome {
	t.Helper()
	var all []outcome
	for line := range strings.SplitSeq(printed, "\n") {
		var pair [2]string
		require.NoError(t, json.Unmarshal([]byte(line), &pair), line)
		all = append(all, outcome{pair[0], pair[1]})
	}
	return all
}

// inCommon is an outcome with messages as both engines have them.
func inCommon(o outcome) outcome {
	for _, e := range engine {
		o.result = e.message.ReplaceAllString(o.result, e.common)
	}
	return o
}

func excused(file, name string) bool {
	for _, k := range known[file] {
		if k.name.MatchString(name) {
			return true
		}
	}
	return false
}
