// Command embedded decides about a login by rules that were compiled ahead of time: the
// file stands in the program, and neither the compiler nor the rules' texts are needed
// where it runs.
package main

import (
	"bytes"
	"context"
	_ "embed" // for the pipeline's file
	"fmt"
	"io"
	"log"
	"os"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/load"
)

//go:generate go run github.com/ferrule-rules/ferrule/cmd/ferrule build rules -o pipeline.ferrule

//go:embed pipeline.ferrule
var pipeline []byte

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// run lets two users log in.
func run(ctx context.Context, out io.Writer) error {
	file, err := load.Read(bytes.NewReader(pipeline))
	if err != nil {
		return err
	}
	rules, err := file.Open(load.Options{})
	if err != nil {
		return err
	}
	for _, user := range []map[string]any{
		{"email": "ada@example.com", "email_verified": true},
		{"email": "bob@example.com", "email_verified": false},
	} {
		user, login := runtime.PrepareLogin(user, nil)
		outcome, err := rules.Run(ctx, runtime.Input{User: user, Context: login})
		if err != nil {
			return err
		}
		fmt.Fprintln(out, user["email"], outcome.Decision)
		for _, claim := range outcome.Tokens().ID {
			fmt.Fprintln(out, " ", claim.Name, "=", claim.Value)
		}
	}
	return rules.Close(ctx)
}
