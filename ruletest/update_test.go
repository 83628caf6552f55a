package ruletest_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ruletest"
)

func TestUpdate(t *testing.T) {
	const before = `# Who may log in.
defaults:
  login: sample
  now: 2026-03-02T10:30:00Z
  configuration: {EXTRA: bob@example.com}
  user: {email: ann@example.com}
cases:
  - name: a part   # stays
    expect:
      outcome: allowed
      user:
        app_metadata: {roles: [admin], x: 1}   # goes
      console: [{$match: ^checking}]

  # A comment.
  - name: all
    expect: {exact: true, context: {idToken: {https://example.com/at: {$match: ^2026}}}}
  - {name: in one line, user: {email: eve@example.com}, expect: {user: {email: "{"}}}
  - {name: nothing, user: {email: eve@example.com}}
  - name: nothing in a block
    user: {email: eve@example.com}
  - name: short
    expect: denied
  - name: right
    expect: {user: {app_metadata: {roles: [member]}}}
`
	const after = `# Who may log in.
defaults:
  login: sample
  now: 2026-03-02T10:30:00Z
  configuration: {EXTRA: bob@example.com}
  user: {email: ann@example.com}
cases:
  - name: a part   # stays
    expect:
      outcome: allowed
      user: {app_metadata: {roles: [member], x: {$absent: true}}}
      console: [{$match: "^checking"}]

  # A comment.
  - name: all
    expect:
      outcome: allowed
      user: {nickname: {$absent: true}, app_metadata: {roles: [member]}}
      context: {idToken: {https://example.com/at: {$match: "^2026"}}}
      exact: true
  - {name: in one line, user: {email: eve@example.com}, expect: {outcome: denied, message: Access denied.}}
  - {name: nothing, user: {email: eve@example.com}, expect: {outcome: denied, message: Access denied., console: [checking eve@example.com]}}
  - name: nothing in a block
    user: {email: eve@example.com}
    expect:
      outcome: denied
      message: Access denied.
      console: [checking eve@example.com]
  - name: short
    expect:
      outcome: allowed
  - name: right
    expect: {user: {app_metadata: {roles: [member]}}}
`
	update := func(text string) (string, int, int) {
		file, err := ruletest.Read(files(allow, text), "rule.test.yaml", "")
		require.NoError(t, err)
		report, err := ruletest.Run(context.Background(), []*ruletest.File{file}, ruletest.Options{})
		require.NoError(t, err)
		text, updated, left := file.Update(report.Results)
		return text, updated, len(left)
	}
	text, updated, left := update(before)
	assert.Equal(t, after, text)
	assert.Equal(t, 6, updated)
	assert.Zero(t, left)
	again, updated, left := update(text)
	assert.Equal(t, after, again)
	assert.Zero(t, updated+left)
}
