package compiler_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
)

// statements are ways in which rules say things: each is one statement, some with a body.
var statements = []string{
	"if (user.email_verified === false && context.clientID !== 'c%d') { return callback(new UnauthorizedError('no %[1]d')); }",
	"user.app_metadata.plan%d = user.app_metadata.plan || 'free';",
	"const domain%d = user.email.split('@')[1].toLowerCase();",
	"context.idToken['https://acme.example/claim%d'] = user.app_metadata.role;",
	"if (['a%d', 'b', 'c'].indexOf(context.clientID) !== -1) { context.accessToken.scope = ['s%[1]d']; }",
	"let list%d = (user.groups || []).filter(g => g.startsWith('team-')).map(g => g.slice(5));",
	"for (const group of user.groups || []) { if (group === 'g%d') { user.app_metadata.found = true; } }",
	"user.user_metadata.name%d = `${user.given_name} ${user.family_name}`.trim();",
	"switch (context.connection) { case 'c%d': user.kind = 'one'; break; default: user.kind = 'other'; }",
	"console.log('step %d', user.user_id, context.clientName);",
}

// ruleOf is a rule with so many statements.
func ruleOf(n int) string {
	var b strings.Builder
	b.WriteString("function (user, context, callback) {\n")
	for i := range n - 1 {
		b.WriteString("  ")
		fmt.Fprintf(&b, statements[i%len(statements)], i)
		b.WriteString("\n")
	}
	b.WriteString("  callback(null, user, context);\n}\n")
	return b.String()
}

// BenchmarkCompile compiles one rule, from its text to the program that runs. The time for
// a byte of the text, ns/byte, says whether it grows faster than the text.
func BenchmarkCompile(b *testing.B) {
	for _, engine := range []compiler.Engine{compiler.Auto, compiler.Expr, compiler.CEL, compiler.JS} {
		for _, n := range []int{6, 60, 600} {
			text := ruleOf(n)
			b.Run(fmt.Sprintf("engine=%s/statements=%d", engine, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					read, list := folder.One("rule.js", text, folder.Options{})
					require.NoError(b, list.Err())
					_, list = compiler.Compile(read.Rules, compiler.Options{Engine: engine, Modules: standIns})
					require.NoError(b, list.Err())
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(text)), "ns/byte")
			})
		}
	}
}
