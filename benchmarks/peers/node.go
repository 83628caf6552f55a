package peers

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
)

//go:embed node.js
var nodeScript string

// Node is a Node process, whose V8 runs the rules and which reads its own clock. It is told
// by lines what to do, so that it takes turns with the contenders in this process.
type Node struct {
	Version string

	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	begun   *cases.Case
	warm    time.Duration
}

// StartNode starts node; warm is how long each case runs before it is timed, by objects and
// by texts.
//
// # Errors
//
// There is no node, or it does not answer.
func StartNode(warm time.Duration) (*Node, error) {
	path, err := exec.LookPath("node")
	if err != nil {
		return nil, err
	}
	// Large young generations make collections rare, as they are in this process.
	n := &Node{command: exec.Command(path, "--max-semi-space-size=64", "-e", nodeScript), warm: warm}
	if n.in, err = n.command.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := n.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	n.out = bufio.NewReaderSize(out, 1<<20)
	if err := n.command.Start(); err != nil {
		return nil, err
	}
	var answer struct{ Version string }
	if err := n.ask(map[string]any{"op": "version"}, &answer); err != nil {
		n.Close()
		return nil, err
	}
	n.Version = answer.Version
	return n, nil
}

// Close ends the process.
func (n *Node) Close() {
	_ = n.in.Close()
	_ = n.command.Wait() // it ends with its input
}

// ask sends a command and reads its answer.
func (n *Node) ask(command map[string]any, answer any) error {
	line, err := json.Marshal(command)
	if err != nil {
		return err
	}
	if _, err := n.in.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("node does not read: %w", err)
	}
	if line, err = n.out.ReadBytes('\n'); err != nil {
		return fmt.Errorf("node does not answer: %w", err)
	}
	var failed struct{ Broken string }
	if err := json.Unmarshal(line, &failed); err == nil && failed.Broken != "" {
		return unable("node: %s", strings.SplitN(failed.Broken, "\n", 2)[0])
	}
	return json.Unmarshal(line, answer)
}

// begin hands a case over, unless it is the one at hand.
func (n *Node) begin(c *cases.Case) error {
	if n.begun == c {
		return nil
	}
	n.begun = nil
	var rules []string
	for _, rule := range c.Rules {
		rules = append(rules, rule.Source)
	}
	var logins []map[string]any
	for _, l := range c.Timed {
		logins = append(logins, map[string]any{"user": string(l.UserText), "context": string(l.ContextText)})
	}
	now := c.Timed[0].Now
	if now.IsZero() {
		now = cases.Monday
	}
	err := n.ask(map[string]any{
		"op": "begin", "rules": rules, "configuration": c.Configuration, "logins": logins, "now": now.UnixMilli(), "warm": n.warm.Milliseconds(),
	}, &struct{}{})
	if err == nil {
		n.begun = c
	}
	return err
}

// contenders are the two ways to run rules in Node.
//
//	node_maps  user and context are objects in V8 already
//	node_json  JSON.parse of both, the rules, JSON.stringify of both
func (n *Node) contenders() []Contender {
	return []Contender{
		n.contender("node_maps", "Node, objects ready in V8", "maps"),
		n.contender("node_json", "Node, JSON.parse, rule, JSON.stringify", "json"),
	}
}

func (n *Node) contender(name, title, mode string) Contender {
	return Contender{Name: name, Title: title, Start: func(c *cases.Case) (*Worker, error) {
		if err := n.begin(c); err != nil {
			return nil, err
		}
		return &Worker{
			Turn: func(logins int, slice time.Duration) (time.Duration, error) {
				if err := n.begin(c); err != nil { // another case was measured meanwhile
					return 0, err
				}
				var answer struct{ NS int64 }
				err := n.ask(map[string]any{"op": "turn", "mode": mode, "n": logins, "slice": slice.Nanoseconds()}, &answer)
				return time.Duration(answer.NS), err
			},
			Answer: func(l *cases.Login) (Answer, error) {
				var answer struct {
					Allowed       bool
					Name, Message string
					User, Context map[string]any
				}
				if err := n.ask(map[string]any{"op": "answer", "user": string(l.UserText), "context": string(l.ContextText)}, &answer); err != nil {
					return Answer{}, err
				}
				switch {
				case answer.Allowed:
					return Answer{User: answer.User, Context: answer.Context}, nil
				case answer.Name == "UnauthorizedError":
					return Answer{Err: &cases.Denial{Message: answer.Message}}, nil
				}
				return Answer{Err: fmt.Errorf("%s: %s", answer.Name, answer.Message)}, nil
			},
		}, nil
	}}
}
