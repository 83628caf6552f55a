package parse_test

import (
	"strings"
	"testing"

	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
)

const benchStatement = `
  // only members of the staff may pass
  if (!user.email_verified || allowed.indexOf(user.email) === -1) {
    return callback(new UnauthorizedError('Access denied.'));
  }
  user.app_metadata = user.app_metadata || {};
  context.idToken['https://example.com/roles'] = (user.app_metadata.roles || []).map(function (r) { return r.name; });
`

// BenchmarkRule reads rules of about 2 kB: as they are, with types, and with
// syntax that has to be lowered.
func BenchmarkRule(b *testing.B) {
	body := "const allowed = ['ann@example.com'];" + strings.Repeat(benchStatement, 6) + "\n  callback(null, user, context);\n}"
	for _, c := range []struct{ name, file, text string }{
		{"js", "r.js", "function (user, context, callback) { " + body},
		{"ts", "r.ts", "function (user: any, context: any, callback: Function) { " + body},
		{"lowered", "r.js", "async function (user, context, callback) { for await (const x of user.list) {} " + body},
	} {
		b.Run("rule="+c.name, func(b *testing.B) {
			file := source.NewFile(c.file, c.text)
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, found := parse.Rule(file, parse.Options{}); found.HasErrors() {
					b.Fatal(found)
				}
			}
		})
	}
}
