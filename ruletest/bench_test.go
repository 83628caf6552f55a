package ruletest_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ruletest"
)

// BenchmarkThousandCases reads and runs 1,000 cases over 100 rules on all engines: allow-lists with
// configuration, and every tenth rule asks a service.
func BenchmarkThousandCases(b *testing.B) {
	fsys := fstest.MapFS{}
	for i := range 100 {
		rule := fmt.Sprintf(`function (user, context, callback) {
  const allowed = ['ann%d@example.com', configuration.EXTRA];
  console.log('checking', user.email);
  if (!allowed.includes(user.email)) return callback(new UnauthorizedError('Access denied.'));
  user.app_metadata = user.app_metadata || {};
  user.app_metadata.roles = ['member'];
  context.idToken['https://example.com/at'] = new Date().toISOString();
  callback(null, user, context);
}`, i)
		if i%10 == 0 {
			rule = strings.Replace(rule, "function", "async function", 1)
			rule = strings.Replace(rule, "  user.app_metadata =", "  user.plan = (await (await fetch('https://crm.example.com/plan')).json()).plan;\n  user.app_metadata =", 1)
		}
		var cases strings.Builder
		cases.WriteString("defaults:\n  login: sample\n  now: 2026-03-02T10:30:00Z\n  configuration: {EXTRA: bob@example.com}\n" +
			"  stubs: [{request: GET https://crm.example.com/plan, answer: {json: {plan: gold}}}]\ncases:\n")
		for k := range 10 {
			if k%2 == 0 {
				fmt.Fprintf(&cases, "  - {name: in %d, user: {email: ann%d@example.com}, expect: {user: {app_metadata: {roles: [member]}}}}\n", k, i)
			} else {
				fmt.Fprintf(&cases, "  - {name: out %d, user: {email: eve%d@example.com}, expect: {message: Access denied.}}\n", k, k)
			}
		}
		fsys[fmt.Sprintf("r%03d.js", i)] = &fstest.MapFile{Data: []byte(rule)}
		fsys[fmt.Sprintf("r%03d.test.yaml", i)] = &fstest.MapFile{Data: []byte(cases.String())}
	}
	b.ReportAllocs()
	for b.Loop() {
		var files []*ruletest.File
		for i := range 100 {
			file, err := ruletest.Read(fsys, fmt.Sprintf("r%03d.test.yaml", i), "")
			require.NoError(b, err)
			files = append(files, file)
		}
		report, err := ruletest.Run(context.Background(), files, ruletest.Options{})
		require.NoError(b, err)
		if report.Failed() != 0 || len(report.Results) != 1000 {
			b.Fatalf("%d of %d cases failed", report.Failed(), len(report.Results))
		}
	}
}
