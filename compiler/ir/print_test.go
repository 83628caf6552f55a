package ir_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/internal/irtest"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// everything holds each step and expression once at least, as Print writes them.
const everything = `rule "all of it"
locals roles, r, k, i, removed, ` + "`with`" + `
mutates lists
let roles = user.app_metadata.roles or []
let ` + "`with`" + ` = (if user.a then 1.5 else -0)
set context.idToken["https://example.com/role"] = roles[0].name
set context.accessToken[text("a", k)] = {"a": 1, [k]: undefined, ...r, 2: null}
default user.app_metadata = {}
delete user.app_metadata.secret
append user.roles "admin" ...roles (r or k)
append user.roles [r]
mutate roles.push(1) -> i
mutate roles.splice(0, 1, ...r) -> removed
mutate user["a b"].sort()
add "admin" to user.roles unless there
if not(user.email_verified) and user.logins == 1 {
  deny "Please verify your email."
  return
} else if user.email in {"a", 1, true, null} {
  deny
} else {
  eval (user.a).b
}
if roles {} else {
  fail value "no"
}
for l1: r in user.roles {
  next l1
}
forEach l2: _, i in [...roles, NaN, Infinity, -Infinity] {
  leave l2
}
forEach l3: r, i in roles {}
for l4: key k of user.app_metadata {}
for l5: key _ of user {}
count l6: i from 0 while i < roles.length by -1 {}
block b1 {
  leave b1
}
log warn "no roles for" user.email ...roles
log info
done
done user null
done user missing context null falsy "undefined"
fail Error "no roles" with {"code": "x", ...roles}
fail TypeError
persist app user.user_id {"plan": "free"} then {
  done
}
persist user user.user_id {} callback {}
persist user user.user_id {} await
persist app user.user_id {}
eval some(user.groups, g: g == "admin") or every(roles, (x, n): x >= n)
eval filter(map(roles, x: x.provider), x: find(x, y: findIndex(y, z: not(z)) > 0))
eval (user.a ?. it: it.name) ?? k ?? ""
eval (k ?? r) and (r or k) and (k and r or i)
eval test(/^a[/]\/+$/gi, "\x00\"é") == toLowerCase(regexp("", ""))
eval replace("a", regexp("a/b", "g"), (1).x)
eval not(k).x
exit call-not-pure "fetchRoles()"
`

func readAll(t testing.TB) *ir.Rule {
	r, err := ir.Read(everything)
	require.NoError(t, err)
	return r
}

func TestPrintReadsBack(t *testing.T) {
	r := readAll(t)
	assert.Equal(t, everything, ir.Print(r))
	assert.NoError(t, ir.Validate(r))
}

func TestReadPrintRandom(t *testing.T) {
	g := &irtest.Generator{Rand: rand.New(rand.NewPCG(1, 2))}
	for range 3000 {
		r := g.Rule()
		require.NoError(t, ir.Validate(r))
		text := ir.Print(r)
		again, err := ir.Read(text)
		require.NoError(t, err, text)
		require.Equal(t, plain(r), plain(again), text)
		require.Equal(t, text, ir.Print(again))
		require.NoError(t, ir.Validate(again))
	}
}
