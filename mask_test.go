package ferrule_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

// TestConfigurationIsMasked holds what people read of a run free of the configuration's values, by
// either engine, and the rules' answer as the rules gave it.
func TestConfigurationIsMasked(t *testing.T) {
	const pem = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\n-----END PRIVATE KEY-----"
	configuration := map[string]string{
		"API_KEY": "s3cr3t-0123456789", "PART": "s3cr3t", "SHOWN": "https://shown.example/", "LIMIT": "1234567", "SHORT": "abc", "PEM": pem, "NUMBER": "5550123456789", "SPACED": "a b/c?d=e", "WORD": "undefined",
	}
	cases := []struct {
		name, body string
		console    string // the text of the only line; "" is none
		decision   ferrule.Decision
		message    string
	}{
		{"a value", "console.log('key ' + configuration.API_KEY); callback(null, user, context);",
			"key [configuration.API_KEY]", ferrule.Allowed, ""},
		{"the longest wins", "console.log(configuration.API_KEY, configuration.PART); callback(null, user, context);",
			"[configuration.API_KEY] [configuration.PART]", ferrule.Allowed, ""},
		{"what may be shown, numbers, short ones", "console.log(configuration.SHOWN, configuration.LIMIT, configuration.SHORT); callback(null, user, context);",
			"https://shown.example/ 1234567 abc", ferrule.Allowed, ""},
		{"a long number", "console.log(Number(configuration.NUMBER) + 0); callback(null, user, context);", "[configuration.NUMBER]", ferrule.Allowed, ""},
		{"in a URL", "console.log('/' + encodeURIComponent(configuration.SPACED)); callback(null, user, context);", "/[configuration.SPACED]", ferrule.Allowed, ""},
		{"in base64", "const k = configuration.API_KEY, b = s => Buffer.from(s).toString('base64'); console.log(b(k) + ' Basic ' + b('me:' + k) + ' ' + b('ann:' + k + ':x') + ' ' + Buffer.from(k).toString('hex')); callback(null, user, context);",
			"[configuration.API_KEY]k= Basic bWU6[configuration.API_KEY]k= YW5uOn[configuration.API_KEY]Ong= [configuration.API_KEY]", ferrule.Allowed, ""},
		{"in JSON", "console.log(JSON.stringify({k: configuration.PEM})); callback(null, user, context);",
			`{"k":"[configuration.PEM]"}`, ferrule.Allowed, ""},
		{"line by line", "console.log({k: configuration.PEM}); callback(null, user, context);",
			"{\n  k: '[configuration.PEM]\\n' +\n    '[configuration.PEM]\\n' +\n    '[configuration.PEM]'\n}", ferrule.Allowed, ""},
		{"an error", "callback(new Error('no ' + configuration.API_KEY));",
			"", ferrule.Failed, "no [configuration.API_KEY]"},
		{"a word of the language", "callback(new Error('' + undefined));",
			"", ferrule.Failed, "undefined"},
		{"the other fields of an error", "var e = new Error('m'); e.name = e.code = e.description = configuration.API_KEY; callback(e);",
			"", ferrule.Failed, "m"},
		{"an exception", "throw new Error('no ' + configuration.API_KEY);",
			"", ferrule.Failed, "no [configuration.API_KEY]"},
		{"a denial is the answer", "callback(new UnauthorizedError('ask ' + configuration.API_KEY));",
			"", ferrule.Denied, "ask s3cr3t-0123456789"},
		{"a claim is the answer", "context.idToken.k = configuration.API_KEY; callback(null, user, context);",
			"", ferrule.Allowed, ""},
	}
	for _, engine := range []ferrule.Engine{ferrule.EngineAuto, ferrule.EngineJS} {
		for _, c := range cases {
			t.Run(string(engine)+"/"+c.name, func(t *testing.T) {
				p, err := ferrule.Compile("rule.js", "function rule(user, context, callback) { "+c.body+" }",
					&ferrule.Options{Engine: engine, Configuration: configuration, ShowConfiguration: []string{"SHOWN"}})
				require.NoError(t, err)
				in := ferrule.Input{User: map[string]any{}, Context: map[string]any{"idToken": map[string]any{}}}
				out, err := p.Run(context.Background(), in)
				require.NoError(t, err)
				assert.Equal(t, c.decision, out.Decision)
				if c.console != "" && assert.Len(t, out.Console, 1) {
					assert.Equal(t, c.console, out.Console[0].Text)
				}
				if out.Err != nil && out.Err.Kind == ferrule.KindRule && !out.Err.Denied() {
					assert.NotContains(t, fmt.Sprintf("%+v", *out.Err), configuration["API_KEY"])
				}
				if out.Err != nil {
					assert.Equal(t, c.message, out.Err.Message)
					assert.NotContains(t, out.Err.Stack, configuration["API_KEY"])
				}
				if c.name == "a claim is the answer" {
					assert.Equal(t, map[string]any{"k": configuration["API_KEY"]}, out.Context["idToken"])
				}
				texts, err := p.RunJSON(context.Background(), ferrule.JSONInput{User: []byte(`{}`), Context: []byte(`{"idToken":{}}`)})
				require.NoError(t, err)
				if texts.Err != nil {
					assert.Equal(t, c.message, texts.Err.Message)
				}
				verdict, err := p.Decide(context.Background(), in)
				require.NoError(t, err)
				if verdict.Err != nil {
					assert.Equal(t, c.message, verdict.Err.Message)
				}
			})
		}
	}
}

// TestConfigurationShown holds the option that shows everything, and a run's own configuration.
func TestConfigurationShown(t *testing.T) {
	const rule = "function rule(user, context, callback) { console.log(configuration.API_KEY); callback(null, user, context); }"
	own := map[string]string{"API_KEY": "another-secret"}
	for want, shown := range map[string][]string{
		"another-secret": {ferrule.ShowAll}, "[configuration.API_KEY]": nil,
	} {
		p, err := ferrule.Compile("rule.js", rule, &ferrule.Options{ShowConfiguration: shown})
		require.NoError(t, err)
		out, err := p.Run(context.Background(), ferrule.Input{Configuration: own})
		require.NoError(t, err)
		require.Len(t, out.Console, 1)
		assert.Equal(t, want, out.Console[0].Text)
	}
}

// Each run's own configuration is masked, whatever the run before had.
func TestConfigurationOfEachRunIsMasked(t *testing.T) {
	const rule = "function rule(user, context, callback) { console.log(configuration.A, user.b); callback(null, user, context); }"
	for _, engine := range []ferrule.Engine{ferrule.EngineAuto, ferrule.EngineJS} {
		p, err := ferrule.Compile("rule.js", rule, &ferrule.Options{Engine: engine, Configuration: map[string]string{"A": "the-secret-of-all"}})
		require.NoError(t, err)
		for _, secret := range []string{"first-secret", "second-secret", "the-secret-of-all"} {
			in := ferrule.Input{User: map[string]any{"b": secret}}
			if secret != "the-secret-of-all" {
				in.Configuration = map[string]string{"A": secret}
			}
			out, err := p.Run(context.Background(), in)
			require.NoError(t, err)
			require.Len(t, out.Console, 1)
			assert.Equal(t, "[configuration.A] [configuration.A]", out.Console[0].Text)
		}
	}
}
