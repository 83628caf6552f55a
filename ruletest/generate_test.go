package ruletest_test

import (
	"context"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ruletest"
)

func TestGeneratedCasesReachTheRuleAndPass(t *testing.T) {
	fsys := fstest.MapFS{"pure.js": {Data: []byte(`function (user, context, callback) {
  const allowed = ['a.example.com', configuration.EXTRA];
  const { app_metadata = {} } = user;
  const roles = app_metadata.roles || [];
  if (context.clientName !== 'Portal') return callback(null, user, context);
  if (!user.email_verified) return callback(new UnauthorizedError('Verify your address.'));
  const domain = user.email.split('@')[1];
  if (!allowed.includes(domain)) return callback(new UnauthorizedError('Not from ' + domain));
  if (roles.includes('admin') && context.request.geoip.country_code === 'US') {
    context.multifactor = { provider: 'any' };
  }
  if (context.stats.loginsCount > 7) user.regular = true;
  else user.fresh = Math.random();
  callback(null, user, context);
}`)}, "call.js": {Data: []byte(`async function (user, context, callback) {
  const response = await fetch(configuration.SERVICE_URL + '/risk', { method: 'POST' });
  if (!response.ok) return callback(new Error('no answer'));
  const answer = await response.json();
  if (answer.level === 'high') return callback(new UnauthorizedError('Too risky.'));
  callback(null, user, context);
}`)}}
	for _, name := range []string{"pure", "call"} {
		made, err := ruletest.Generate(context.Background(), fsys, name+".js", "", ruletest.Options{})
		require.NoError(t, err)
		assert.InDelta(t, 100, made.Coverage.Percent(true), 0, "branches: %v", made.Coverage.Uncovered())
		again, err := ruletest.Generate(context.Background(), fsys, name+".js", "", ruletest.Options{})
		require.NoError(t, err)
		assert.Equal(t, made.Text, again.Text)
		fsys[name+".test.yaml"] = &fstest.MapFile{Data: []byte(made.Text)}
		file, err := ruletest.Read(fsys, name+".test.yaml", "")
		require.NoError(t, err, made.Text)
		report, err := ruletest.Run(context.Background(), []*ruletest.File{file}, ruletest.Options{})
		require.NoError(t, err)
		assert.Empty(t, told(report), made.Text)
		assert.Len(t, report.Results, made.Cases)
	}
	_, err := ruletest.Generate(context.Background(), fstest.MapFS{"x.js": {Data: []byte("function (")}}, "x.js", "", ruletest.Options{})
	require.ErrorContains(t, err, "x.js:1:")
}
