package ruletest_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ruletest"
)

func cover(t *testing.T, rule, cases string) *ruletest.RuleCoverage {
	t.Helper()
	file, err := ruletest.Read(files(rule, cases), "rule.test.yaml", "")
	require.NoError(t, err)
	found, err := ruletest.Cover(context.Background(), []*ruletest.File{file}, ruletest.Options{})
	require.NoError(t, err)
	require.Len(t, found.Rules, 1)
	return found.Rules[0]
}

// constructs has what can stand where a counter goes. Each line that ends in // no is not reached.
const constructs = `function (user, context, callback) {
  'use strict';
  function unused() {
    return 1; // no
  }
  const é = { a: 1, b() { return 2; }, get c() { return 3; } }
  let total = 0
  if (user.none) total = 100; // no
  else total += 1;
  if (user.some) total += é.b()
  ;
  if (user.none) { total = 7; } else if (user.some) { total += 1 } // no: then
  else { total = 9; } // no
  for (let i = 0; i < 2; i++) total += i;
  for (const k in é) if (k === 'a') total++
  for (const v of [1, 2]) { if (v > 1) continue; total += v }
  while (total > 1000) total = 0; // no
  do total++; while (total < 3)
  outer: for (;;) { for (;;) break outer; }
  switch (user.some) {
    case 'x': total = 4; break; // no
    case (true ? 'y' : 'z'):
    default:
      total += 2;
  }
  const f = x => x * 2, g = () => ({ y: 1 }), h = async (x) => { await x; return x; };
  total += f(1) + g().y + (user.some ? (1) : 2);
  try { null.x; } catch { total += 1 } finally { total += 1 }
  class A { constructor() { this.v = 1 } static s() { return 4; } }
  total += new A().v + A.s();
  const t = ` + "`${user.some ?? 'none'}`" + `;
  h(1).then(() => {
    user.total = total; user.t = t
    user.last = user.some && (user.last || 'end')
    return callback(null, user, context)
  })
}`

func TestCoverageCountsAllConstructsAndChangesNone(t *testing.T) {
	const cases = `cases: [{name: c, user: {some: "yes"}, expect: {user: {total: 21, t: "yes", last: end}, exact: true}}]`
	report := run(t, constructs, cases, ruletest.Options{Engines: []string{"js"}})
	require.Empty(t, told(report))
	report = run(t, ruletest.Instrument("rule.js", constructs), cases, ruletest.Options{Engines: []string{"js"}})
	require.Empty(t, told(report))
	r := cover(t, constructs, cases)
	require.Empty(t, r.Why)
	assert.Equal(t, []string{"4-6", "8", "10 else", "12-13", "17", "21", "22 second value", "22 case", "27 second value", "31 right side of ??"}, r.Uncovered())
}

func TestCoverageOfCases(t *testing.T) {
	const rule = `async (user, context) => {
  if (!user.email) throw new Error('no address');
  return user.email.endsWith('@example.com') ? 1 : 2;
}`
	two := cover(t, `function (user, context, callback) {
  if (!user.email) return callback(new Error('no'));
  if (user.a || user.b) user.c = 1;
  callback(null, user, context);
  setImmediate(() => console.log('late'));
}`, "cases: [{name: a, user: {email: x}}, {name: b, user: {email: x, b: 1}}]")
	assert.Equal(t, []string{"2"}, two.Uncovered(), "statements on the line of an if count")
	reached, all := two.Count(true)
	assert.Equal(t, [2]int{4, 5}, [2]int{reached, all})
	reached, all = two.Count(false)
	assert.Equal(t, [2]int{6, 7}, [2]int{reached, all})
	assert.Empty(t, cover(t, rule, "cases: [{name: a}]").Why)

	var lcov, page bytes.Buffer
	found := &ruletest.Coverage{Rules: []*ruletest.RuleCoverage{two}}
	require.NoError(t, found.WriteLCOV(&lcov))
	assert.Contains(t, lcov.String(), "SF:rule.js\nBRDA:2,1,1,0\nBRDA:2,1,3,2\n")
	assert.Contains(t, lcov.String(), "BRF:5\nBRH:4\nDA:2,0\nDA:3,1\nDA:4,2\nDA:5,2\nLF:4\nLH:3\nend_of_record\n")
	require.NoError(t, found.WriteHTML(&page))
	assert.Contains(t, page.String(), `<span class="missed"><i>   2   0× </i>  if (!user.email) return callback(new Error(&#39;no&#39;));</span>`)
	assert.Contains(t, page.String(), `86 % (6 of 7)`)
}

func TestRulesThatCannotBeCounted(t *testing.T) {
	r := cover(t, "function (user, context, callback) { user.a = @@PLAN@@; callback(null, user, context); }",
		"keywords: {PLAN: 1}\ncases: [{name: a}]")
	assert.NotEmpty(t, r.Why)
}
