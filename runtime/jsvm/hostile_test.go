package jsvm_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

// hostileLimit is the time limit of a hostile rule. A process that outlives its
// limit by outlives has survived it.
const (
	hostileLimit = 300 * time.Millisecond
	deepLimit    = 10 * time.Second // what is deep takes some time to make
	outlives     = 200 * time.Millisecond
)

// outlivesVariable makes a process live on for longer, to see what an abandoned
// attack becomes.
const outlivesVariable = "FERRULE_HOSTILE_OUTLIVES"

// hostileVariable names the attack that a child process of the test runs.
const hostileVariable = "FERRULE_HOSTILE"

// verdict is what a child process says of an attack.
type verdict struct {
	Decision string
	Kind     ferrule.Kind
	Message  string
	Took     time.Duration
	Innocent bool // another rule ran well after the attack
	Ended    bool // nothing of the attack was left after a while
}

// attacksVariable chooses: all attacks, which takes a quarter of an hour, or the
// unstoppable ones; otherwise a sample and once.
const attacksVariable = "FERRULE_HOSTILE_ATTACKS"

// once are attacks that ended the process before something was mended.
var once = []string{
	"thrown proxy", "error with endless getters", "rejected proxy", "cyclic array in itself", "recursion through callbacks of what is deep",
	"recursion through parse of what is deep", "recursion through join of what is deep", "Function of parentheses", "Function called",
	"constructor of a function", "constructor through Reflect", "constructor extended", "Array map", "Array sort", "Array toSorted", "Array apply",
	"Array apply of an array-like", "Function.apply of a length", "Reflect.apply of a length", "ArrayBuffer", "typed array", "typed array of a length",
	"Buffer of a length", "BigInt asIntN", "replace that grows by the rest, 1e6", "replaceAll of nothing", "join of shared texts", "callback of shared arrays",
	"callback of a long array", "console of shared arrays", "flat of shared arrays", "stringify of shared arrays",
}

// TestHostileRules runs the attacks, each in a process of its own: a rule must not be able
// to end the process, and another rule must run after it. The time it takes is
// logged and not judged.
func TestHostileRules(t *testing.T) {
	if name := os.Getenv(hostileVariable); name != "" {
		attackHere(name)
	}
	chosen := attacks
	switch os.Getenv(attacksVariable) {
	case "all":
	case "unstoppable":
		chosen = unstoppable
	default:
		chosen = nil
		for i, a := range attacks {
			if i%16 == 0 && !strings.HasPrefix(a.name, "deep ") || slices.Contains(once, a.name) {
				chosen = append(chosen, a)
			}
		}
	}
	for _, a := range chosen {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			v, output, err := attackInChild(t, a.name)
			require.NoError(t, err, "the process died:\n%s", output)
			t.Logf("%s %s %q after %v, ended %v", v.Decision, v.Kind, v.Message, v.Took.Round(time.Millisecond), v.Ended)
			if v.Decision == string(ferrule.Failed) {
				assert.Contains(t, []ferrule.Kind{ferrule.KindTimeout, ferrule.KindLimit, ferrule.KindException, ferrule.KindContract}, v.Kind)
			}
			assert.True(t, v.Innocent, "another rule runs")
		})
	}
}

// attackInChild starts the test's own program for one attack. An error is the death
// of the process.
func attackInChild(t *testing.T, name string) (v verdict, output string, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestHostileRules$")
	cmd.Env = append(os.Environ(), hostileVariable+"="+name)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err = cmd.Run(); err == nil {
		err = json.Unmarshal(stdout.Bytes(), &v)
	}
	output = strings.TrimSpace(stderr.String())
	return v, output[:min(len(output), 1500)], err
}

// attackHere runs an attack in this process, which ends with it.
func attackHere(name string) {
	limitMemory()
	for _, a := range slices.Concat(attacks, unstoppable) {
		if a.name == name {
			_ = json.NewEncoder(os.Stdout).Encode(attack(a.name, a.body))
			os.Exit(0)
		}
	}
	os.Exit(3)
}

func attack(name, body string) verdict {
	limit := hostileLimit
	if strings.HasPrefix(name, "deep ") {
		limit = deepLimit
	}
	p, err := ferrule.Compile("rule.js", "function (user, context, callback) {\n"+body+"\n;callback(null, user, context); }",
		&ferrule.Options{Limits: ferrule.Limits{Timeout: limit}})
	if err != nil {
		return verdict{Decision: "refused", Message: err.Error(), Innocent: true, Ended: true}
	}
	began := time.Now()
	out, err := p.Run(context.Background(), ferrule.Input{User: map[string]any{"email": "ann@example.com", "list": []any{1, 2}}})
	v := verdict{Decision: string(out.Decision), Took: time.Since(began)}
	switch {
	case err != nil:
		v.Message = err.Error()
	case out.Err != nil:
		v.Kind, v.Message = out.Err.Kind, out.Err.Message[:min(len(out.Err.Message), 200)]
	}
	innocent, err := ferrule.Compile("rule.js", `function (user, context, callback) { user.sum = user.list.map(function (x) { return x * 2; }).join(); callback(null, user, context); }`, inJS(nil))
	if err == nil {
		out, err = innocent.Run(context.Background(), ferrule.Input{User: map[string]any{"list": []any{1, 2}}})
		v.Innocent = err == nil && out.Decision == ferrule.Allowed
	}
	wait, err := time.ParseDuration(os.Getenv(outlivesVariable))
	if err != nil {
		wait = outlives
	}
	ctx, cancel := context.WithTimeout(context.Background(), wait)
	defer cancel()
	v.Ended = p.Close(ctx) == nil
	return v
}
