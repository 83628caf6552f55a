package rulegen

import (
	"fmt"
	"strings"
)

// thrown is one value to throw.
func (g *generator) thrown() string {
	return g.pick("new Error('thrown')", "new UnauthorizedError('thrown')", "'thrown'", "new TypeError('t')", "{ message: 'object' }", "42", "null")
}

// ending calls back. Most rules end with success; every way of the contract is there.
func (g *generator) ending() {
	ok := g.success()
	done := ok + ";"
	if g.chance(35) {
		done = "return " + done
	}
	user, context, cb := g.user, g.context, g.callback
	if g.awaits {
		g.line("await %s;", g.pick("null", "auth0.users.updateAppMetadata("+g.rooted("user.user_id")+", { seen: true })", "Promise.resolve(1)"))
		g.line("%s", done)
		return
	}
	rare := 1
	if g.dense {
		rare = 4
	}
	lines := g.weigh(
		way{60, func() string { return done }},
		way{5, func() string { return g.persisted() }},
		way{rare, func() string { return cb + "(null, " + user + ");" }},
		way{rare, func() string { return cb + "(null);" }},
		way{rare, func() string { return cb + "();" }},
		way{rare, func() string { return fmt.Sprintf("%s(%s);", cb, g.pick("undefined", "false", "0", "''")) }},
		way{rare, func() string {
			return fmt.Sprintf("%s(%s, %s, %s);", cb, g.pick("undefined", "false", "0", "''"), user, context)
		}},
		way{rare, func() string { return fmt.Sprintf("return %s(null, null, %s);", cb, context) }},
		way{2, func() string { return "return " + g.denial() + ";" }},
		way{rare, func() string { return "throw " + g.thrown() + ";" }},
		way{rare, func() string { return done + "\n" + ok + ";" }},
		way{rare, func() string {
			return ok + ";\n" + g.target(text) + " = 'late';\nconsole.log('after', " + g.rooted("user.email") + ");"
		}},
		way{rare, func() string { return ok + ";\nthrow new Error('late');" }},
		way{rare, func() string { return ok + ";\n" + g.denial() + ";" }},
		way{rare, func() string { return fmt.Sprintf("%s(null, Object.assign({}, %s), %s);", cb, user, context) }},
		way{rare, func() string { return fmt.Sprintf("%s(null, %s, { idToken: {} });", cb, user) }},
		way{rare, func() string { return fmt.Sprintf("%s(null, %s, %s);", cb, context, user) }},
		way{rare, func() string {
			return fmt.Sprintf("%s.%s;", cb, g.pick("apply(null, [null, "+user+", "+context+"])", "call(null, null, "+user+", "+context+")"))
		}},
		way{rare, func() string {
			return fmt.Sprintf("if (%s) {\n  %s\n} else {\n  %s;\n}", bare(g.truth(1)), done, g.denial())
		}},
		way{rare, func() string { return fmt.Sprintf("%s ? %s : %s;", g.truth(1), ok, g.denial()) }},
		way{rare, func() string {
			return fmt.Sprintf("(function (err) {\n  %s(err, %s, %s);\n})(%s);", cb, user, context, g.pick("null", "null", "new Error('inner')"))
		}},
		way{rare, func() string { return "return void " + ok + ";" }},
	)
	for line := range strings.SplitSeq(lines, "\n") {
		g.line("%s", line)
	}
}

// persisted writes metadata and calls back when that is done.
func (g *generator) persisted() string {
	method := g.pick("updateAppMetadata", "updateAppMetadata", "updateUserMetadata")
	values := g.rooted("user.app_metadata")
	if method == "updateUserMetadata" {
		values = g.rooted("user.user_metadata")
	}
	if g.chance(40) {
		values = "{ plan: " + g.value(text, 0) + ", count: " + g.value(number, 0) + " }"
	}
	id := g.rooted("user.user_id")
	ok := g.success()
	switch g.below(4) {
	case 0:
		return fmt.Sprintf("auth0.users.%s(%s, %s, function (err) {\n  if (err) return %s(err);\n  %s;\n});", method, id, values, g.callback, ok)
	case 1:
		if g.era != old {
			return fmt.Sprintf("auth0.users.%s(%s, %s)\n  .then(() => %s)\n  .catch(err => %s(err));", method, id, values, ok, g.callback)
		}
	case 2:
		if g.async {
			return fmt.Sprintf("await auth0.users.%s(%s, %s);\n%s;", method, id, values, ok)
		}
	}
	after := g.pick("", "", "\nconsole.log('asked');", "\n"+g.target(text)+" = 'pending';")
	return fmt.Sprintf("auth0.users.%s(%s, %s)\n  .then(function () {\n    %s;\n  })\n  .catch(function (err) {\n    %s(err);\n  });%s", method, id, values, ok, g.callback, after)
}
