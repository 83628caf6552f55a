package ferrule_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

func TestRunJSON(t *testing.T) {
	p := compile(t, `function (user, context, callback) {
		if (!user.email_verified) return callback(new UnauthorizedError('No.'));
		context.idToken['https://x/plan'] = 'free';
		callback(null, user, context);
	}`, nil)
	out, err := p.RunJSON(context.Background(), ferrule.JSONInput{User: []byte(`{"email_verified":true}`), Context: []byte(`{"idToken":{}}`)})
	require.NoError(t, err)
	assert.Equal(t, ferrule.Allowed, out.Decision)
	assert.Equal(t, `{"email_verified":true}`, string(out.User))
	assert.Equal(t, `{"idToken":{"https://x/plan":"free"}}`, string(out.Context))

	out, err = p.RunJSON(context.Background(), ferrule.JSONInput{})
	require.NoError(t, err)
	assert.Equal(t, ferrule.Denied, out.Decision)
	assert.Equal(t, "{}", string(out.User))

	for _, text := range []string{`{"a":1`, `{"a":01}`, ` `, `[]`, `null`, `{} x`} {
		out, err = p.RunJSON(context.Background(), ferrule.JSONInput{User: []byte(`{}`), Context: []byte(text)})
		var input *ferrule.InputError
		require.ErrorAs(t, err, &input, text)
		assert.Equal(t, "context", input.What)
		assert.Equal(t, ferrule.Failed, out.Decision)
		assert.Equal(t, ferrule.KindInput, out.Err.Kind)
		_, _, wrong := jsondoc.Decode([]byte(text))
		if wrong != nil {
			assert.Equal(t, wrong, input.Err)
		}
	}
}
