package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"ferrule": main})
}

// TestScript runs the script files. Beside testscript's own commands they have:
//
//	masked FILE COPY      writes COPY with 0 for durations in JSON, TIME for those in
//	                      tables, STACK for stacks, STATE for the random states of redirects
//	fill FILE BYTES       writes a JSON object of about that many bytes
//	lines FILE N          writes N cases, every tenth of them a bad line
//	eachid FILE N         wants results with the ids 1 to N in order
//	serve KIND NAME       starts a server on loopback; see serve
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"masked": masked, "fill": fill, "lines": lines, "eachid": eachID, "serve": serve,
		},
	})
}

var masks = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`("duration_ns":)\d+`), "${1}0"},
	{regexp.MustCompile(`("stack":)"(\\.|[^"\\])*"`), `${1}"STACK"`},
	{regexp.MustCompile(`[\w-]{32}\.[\w-]{43}`), "STATE"},
	{regexp.MustCompile(`[\d.]+ (µs|ms|s)\b`), "TIME"},
	{regexp.MustCompile(`, \d+ a second`), ""},
	{regexp.MustCompile(` +TIME`), " TIME"},
}

func masked(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	for _, mask := range masks {
		text = mask.pattern.ReplaceAllString(text, mask.with)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o666))
}

func fill(ts *testscript.TestScript, _ bool, args []string) {
	size, err := strconv.Atoi(args[1])
	ts.Check(err)
	one := `{"k":"` + strings.Repeat("é", 20) + `","n":[1,2,{"deep":true}]}`
	list := strings.Repeat(one+",", size/len(one)) + one
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(`{"user_id":"auth0|big","email":"big@example.com","list":[`+list+`]}`), 0o666))
}

func lines(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	var b strings.Builder
	for i := 1; i <= n; i++ {
		if i%10 == 0 {
			b.WriteString("{bad\n")
			continue
		}
		fmt.Fprintf(&b, "{\"user\":{\"n\":%d}}\n", i)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o666))
}

func eachID(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	results := strings.Split(strings.TrimSuffix(ts.ReadFile(args[0]), "\n"), "\n")
	if len(results) != n {
		ts.Fatalf("%d results, want %d", len(results), n)
	}
	for i, line := range results {
		outcome := "allowed"
		if (i+1)%10 == 0 {
			outcome = "failed"
		}
		if want := fmt.Sprintf(`{"id":"%d","outcome":"%s",`, i+1, outcome); !strings.HasPrefix(line, want) {
			ts.Fatalf("result %d is %.80s…, want %s", i+1, line, want)
		}
	}
}
