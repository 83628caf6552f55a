package ferrule_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/internal/rulegen"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/stdlib/auth0"
)

// jsonEngine is the pipeline as everybody gets it, with logins as JSON text. Each login runs
// three times: with the projection, without it, and with another spelling; what differs
// stands in the answer.
func jsonEngine() namedEngine {
	return namedEngine{"json", func(rules []enginetest.Rule) (func(rulegen.Login) answer, func(), error) {
		files := fstest.MapFS{}
		for _, rule := range rules {
			files[rule.File] = &fstest.MapFile{Data: []byte(rule.Text)}
		}
		store := &freshStore{}
		var pipelines [2]*ferrule.Pipeline
		for i, without := range []ferrule.FastPaths{0, ferrule.Projection} {
			options := ferrule.Options{Store: store, Modules: standIns, Without: without}
			options.Limits.Timeout = 5 * time.Second
			p, err := ferrule.Load(files, &options)
			if err != nil {
				return nil, nil, err
			}
			pipelines[i] = p
		}
		run := func(login rulegen.Login) answer {
			store.reset()
			first, out := runText(pipelines[0], login, orEmpty(login.User), orEmpty(login.Context))
			store.reset()
			slow, other := runText(pipelines[1], login, orEmpty(login.User), orEmpty(login.Context))
			if !bytes.Equal(out.User, other.User) || !bytes.Equal(out.Context, other.Context) {
				first.text += fmt.Sprintf("without projection %s\n%s\n", other.User, other.Context)
			}
			if slow.text != first.text {
				first.text += "without projection " + slow.text
			}
			store.reset()
			respelled, _ := runText(pipelines[0], login, respell(orEmpty(login.User)), respell(orEmpty(login.Context)))
			if respelled.text != first.text {
				first.text += "respelled " + respelled.text
			}
			return first
		}
		end := func() {
			for _, p := range pipelines {
				ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
				_ = p.Close(ctx)
				cancel()
			}
		}
		return run, end, nil
	}}
}

// textPipeline runs logins as JSON text where the caller has Go maps.
type textPipeline struct {
	*ferrule.Pipeline
	user, context []byte
	out           ferrule.JSONOutcome
}

// Run is RunJSON with the texts; of the input only the rest counts. The maps of the outcome are
// read from its texts.
func (p *textPipeline) Run(ctx context.Context, in ferrule.Input) (ferrule.Outcome, error) {
	user, login := bytes.Clone(p.user), bytes.Clone(p.context)
	var err error
	p.out, err = p.RunJSON(ctx, ferrule.JSONInput{User: user, Context: login, Configuration: in.Configuration, Now: in.Now, Zone: in.Zone})
	out := p.out.Outcome
	if err == nil && (!bytes.Equal(user, p.user) || !bytes.Equal(login, p.context)) {
		return out, fmt.Errorf("the input's bytes have changed")
	}
	if out.Err != nil {
		return out, err
	}
	for _, part := range []struct {
		text []byte
		to   *map[string]any
	}{{p.out.User, &out.User}, {p.out.Context, &out.Context}} {
		tree, _, wrong := jsondoc.Decode(part.text)
		if wrong != nil {
			return out, fmt.Errorf("%w: %s", wrong, part.text)
		}
		*part.to, _ = tree.(map[string]any)
	}
	return out, err
}

// runText answers as runGo does, and what else there is to compare.
func runText(p *ferrule.Pipeline, login rulegen.Login, user, context []byte) (answer, ferrule.JSONOutcome) {
	oneLine := func(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\n"), []byte(" ")) }
	text := &textPipeline{Pipeline: p, user: oneLine(user), context: oneLine(context)}
	got := runGo(text, login)
	var b strings.Builder
	for line := range strings.Lines(got.text) {
		for _, name := range []string{"user ", "context "} {
			if json, is := strings.CutPrefix(line, name); is {
				tree := enginetest.ParseTree([]byte(json))
				canonical, _ := jsondoc.Encode(tree.Value, tree.Order)
				line = name + string(canonical) + "\n"
			}
		}
		b.WriteString(line)
	}
	got.text = b.String()
	return got, text.out
}

// respell writes a text with other blanks, numbers and texts that say the same.
func respell(text []byte) []byte {
	var b bytes.Buffer
	inText, escaped := false, false
	for i, c := range text {
		switch {
		case inText:
			b.WriteByte(c)
			if c == '"' && !escaped {
				inText = false
			}
			escaped = c == '\\' && !escaped
			continue
		case c == '"':
			inText = true
		case c >= '0' && c <= '9' && (i+1 == len(text) || strings.IndexByte(",]} \n", text[i+1]) >= 0) && isWholeNumber(text, i):
			b.WriteByte(c)
			b.WriteString(".0")
			continue
		}
		switch c {
		case '{', '[', ':', ',':
			b.WriteByte(c)
			b.WriteString("\t ")
		case '}', ']':
			b.WriteString(" \t")
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.Bytes()
}

// isWholeNumber reports whether the number that ends at i has neither fraction nor exponent.
func isWholeNumber(text []byte, i int) bool {
	for i >= 0 && strings.IndexByte("0123456789.eE+-", text[i]) >= 0 {
		if strings.IndexByte(".eE", text[i]) >= 0 {
			return false
		}
		i--
	}
	return true
}

// TestJSONConformance runs the contract's suite on logins as JSON text.
func TestJSONConformance(t *testing.T) {
	for _, without := range []ferrule.FastPaths{0, ferrule.Projection} {
		enginetest.Agree(t, "testdata/patterns", enginetest.Skips(t, "testdata/skip.txt"), func(rules []enginetest.Rule, options runtime.Options) (enginetest.Pipeline, error) {
			files := fstest.MapFS{}
			for _, rule := range rules {
				files[rule.File] = &fstest.MapFile{Data: []byte(rule.Text)}
			}
			store, err := auth0.NewMemoryStore(&auth0.MemoryOptions{CreateMissing: true})
			if err != nil {
				return nil, err
			}
			p, err := ferrule.Load(files, &ferrule.Options{Configuration: options.Configuration, ShowConfiguration: options.ShowConfiguration, Limits: options.Limits, Store: store, Modules: standIns, Without: without})
			if err != nil {
				return nil, err
			}
			return &encodingPipeline{p}, nil
		})
	}
}

// encodingPipeline makes texts of the maps that it is given.
type encodingPipeline struct{ *ferrule.Pipeline }

func (p *encodingPipeline) Run(ctx context.Context, in ferrule.Input) (ferrule.Outcome, error) {
	text := &textPipeline{Pipeline: p.Pipeline}
	var err error
	if text.user, err = jsondoc.Encode(in.User, in.Order); err != nil {
		return ferrule.Outcome{}, err
	}
	if text.context, err = jsondoc.Encode(in.Context, in.Order); err != nil {
		return ferrule.Outcome{}, err
	}
	return text.Run(ctx, in)
}

// TestJSONTokens: what follows from a login is read from its texts.
func TestJSONTokens(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	for _, s := range shippedRules(t) {
		files := fstest.MapFS{}
		for _, rule := range s.rules {
			files[rule.File] = &fstest.MapFile{Data: []byte(rule.Text)}
		}
		p, err := ferrule.Load(files, &ferrule.Options{Modules: standIns})
		require.NoError(t, err)
		for _, login := range s.logins {
			user, loginContext := enginetest.ParseTree(orEmpty(login.User)), enginetest.ParseTree(orEmpty(login.Context))
			in := ferrule.Input{Now: enginetest.Now, Configuration: login.Configuration, Order: user.Order}
			in.User, _ = user.Value.(map[string]any)
			in.Context, _ = loginContext.Value.(map[string]any)
			in.Order.Merge(loginContext.Order)
			out, err := p.Run(context.Background(), in)
			if err != nil || out.Decision == ferrule.Redirect {
				continue
			}
			text, err := p.RunJSON(context.Background(), ferrule.JSONInput{
				User: login.User, Context: login.Context, Configuration: login.Configuration, Now: enginetest.Now,
			})
			require.NoError(t, err)
			want, got := out.Tokens(), text.Tokens()
			wantJSON, err := want.AppendJSON(nil)
			require.NoError(t, err)
			gotJSON, err := got.AppendJSON(nil)
			require.NoError(t, err)
			assert.Equal(t, string(wantJSON), string(gotJSON), s.name)
			assert.Equal(t, out.Multifactor == nil, text.Multifactor == nil, s.name)
		}
		closeSoon(t, p)
	}
}
