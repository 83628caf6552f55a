package peers

import (
	"fmt"
	"strings"

	exprlang "github.com/expr-lang/expr"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/ext"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
)

// conditions are a deny case as somebody would write it for each policy engine: true denies,
// in Cedar a forbid that applies. They hold for logins of the usual shape, not for every
// login as the rule does.
type conditions struct {
	expr, cel, rego, cedar string
	// list makes the entries that a condition asks for, where they are no part of its text.
	list func() []string
}

var denials = map[string]conditions{
	"deny/unverified_email": {
		expr:  `user.email_verified != true`,
		cel:   `!has(user.email_verified) || user.email_verified != true`,
		rego:  `deny if not input.user.email_verified`,
		cedar: `unless { principal has email_verified && principal.email_verified }`,
	},
	"deny/by_audience": {
		expr: `(context.request.query.audience ?? context.request.body.audience ?? "") in ["", "https://internal.example.com"]`,
		cel: `(has(context.request.query.audience) ? context.request.query.audience : has(context.request.body.audience) ? ` +
			`context.request.body.audience : "") in ["", "https://internal.example.com"]`,
		rego: `audience := object.get(input.context.request.query, "audience", object.get(input.context.request.body, "audience", ""))
deny if audience in {"", "https://internal.example.com"}`,
		cedar: `when { ["", "https://internal.example.com"].contains(context.audience) }`,
	},
	"deny/unless_admin": {
		expr:  `"admin" not in user.app_metadata.roles`,
		cel:   `!("admin" in user.app_metadata.roles)`,
		rego:  `deny if not "admin" in input.user.app_metadata.roles`,
		cedar: `unless { principal.roles.contains("admin") }`,
	},
	"deny/flagged_user": {
		expr: `user.app_metadata.blocked == true or user.app_metadata.deleted == true`,
		cel:  `has(user.app_metadata.blocked) && user.app_metadata.blocked == true || has(user.app_metadata.deleted) && user.app_metadata.deleted == true`,
		rego: `deny if input.user.app_metadata.blocked == true
deny if input.user.app_metadata.deleted`,
		cedar: `when { principal has blocked && principal.blocked || principal has deleted && principal.deleted }`,
	},
	"usual_deny/client_whitelist_some": {
		expr: `context.clientName == "Acme Backoffice" and user.email not in ["jane.doe@example.com", "joe@example.com"]`,
		cel:  `context.clientName == "Acme Backoffice" && !(user.email in ["jane.doe@example.com", "joe@example.com"])`,
		rego: `deny if {
	input.context.clientName == "Acme Backoffice"
	not input.user.email in {"jane.doe@example.com", "joe@example.com"}
}`,
		cedar: `when { context.clientName == "Acme Backoffice" && !["jane.doe@example.com", "joe@example.com"].contains(principal.email) }`,
	},
	"domain/split_index_one": {
		expr:  `not (user.email endsWith "@example.com")`,
		cel:   `!user.email.endsWith("@example.com")`,
		rego:  `deny if not endswith(input.user.email, "@example.com")`,
		cedar: `unless { principal.email like "*@example.com" }`,
	},
	"domain/list_of_domains": {
		expr: `lower(split(user.email, "@")[-1]) not in ["example.com", "example.org", "acme.example", "globex.example", "umbrella.test"]`,
		cel:  `!(user.email.split("@")[1].lowerAscii() in ["example.com", "example.org", "acme.example", "globex.example", "umbrella.test"])`,
		rego: `deny if not lower(split(input.user.email, "@")[1]) in {"example.com", "example.org", "acme.example", "globex.example", "umbrella.test"}`,
		cedar: `unless { principal.email like "*@example.com" || principal.email like "*@example.org" || principal.email like "*@acme.example" ` +
			`|| principal.email like "*@globex.example" || principal.email like "*@umbrella.test" }`,
	},
	"country/closed_list": {
		expr:  `context.request.geoip.country_code in ["KP", "SY", "CU", "IR"]`,
		cel:   `context.request.geoip.country_code in ["KP", "SY", "CU", "IR"]`,
		rego:  `deny if input.context.request.geoip.country_code in {"KP", "SY", "CU", "IR"}`,
		cedar: `when { ["KP", "SY", "CU", "IR"].contains(context.country) }`,
	},
}

// conditionsOf are the conditions of a case; ok is false when it has none.
func conditionsOf(c *cases.Case) (conditions, bool) {
	var entries int
	if _, err := fmt.Sscanf(c.CodeName(), "allowlist of %d", &entries); err != nil {
		found, ok := denials[c.CodeName()]
		return found, ok
	}
	list := func() []string {
		all := make([]string, entries)
		for i := range all {
			all[i] = cases.Address(i)
		}
		return all
	}
	return conditions{
		expr:  `user.email not in [` + quoted(list()) + `]`,
		cel:   `!(user.email in [` + quoted(list()) + `])`,
		rego:  `deny if not data.allowed[input.user.email]`,
		cedar: `unless { resource.allowed.contains(principal.email) }`,
		list:  list,
	}, true
}

func quoted(list []string) string {
	var b strings.Builder
	for i, text := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", text)
	}
	return b.String()
}

// NoDenyCase is why those that only decide have no part in most cases.
const NoDenyCase = "no deny case"

// deciding starts contenders that compute a condition.
func deciding(name, title string, prepare func(c *cases.Case, written conditions) (denies func(l *cases.Login) (bool, error), err error)) Contender {
	return Contender{Name: name, Title: title, Start: func(c *cases.Case) (*Worker, error) {
		written, ok := conditionsOf(c)
		if !ok {
			return nil, &Unable{NoDenyCase}
		}
		denies, err := prepare(c, written)
		if err != nil {
			return nil, unable("it does not compile: %s", firstLine(err))
		}
		return &Worker{Decides: true, Run: func(l *cases.Login) (Answer, error) {
			denied, err := denies(l)
			if denied {
				return Answer{Err: errDenied}, err
			}
			return Answer{}, err
		}}, nil
	}}
}

// plainExpr and plainCEL are the engines of Ferrule by themselves.
var (
	plainExpr = deciding("plain_expr", "an expr condition by hand", func(_ *cases.Case, written conditions) (func(*cases.Login) (bool, error), error) {
		program, err := exprlang.Compile(written.expr, exprlang.Env(map[string]any{"user": map[string]any{}, "context": map[string]any{}}),
			exprlang.AsBool(), exprlang.MaxNodes(0))
		if err != nil {
			return nil, err
		}
		env := map[string]any{}
		return func(l *cases.Login) (bool, error) {
			env["user"], env["context"] = l.User, l.Context
			out, err := exprlang.Run(program, env)
			denied, _ := out.(bool)
			return denied, err
		}, nil
	})
	plainCEL = deciding("plain_cel", "a CEL condition by hand", func(_ *cases.Case, written conditions) (func(*cases.Login) (bool, error), error) {
		env, err := cel.NewEnv(cel.Variable("user", cel.MapType(cel.StringType, cel.DynType)), cel.Variable("context", cel.MapType(cel.StringType, cel.DynType)),
			ext.Strings(), cel.ParserExpressionSizeLimit(1<<24))
		if err != nil {
			return nil, err
		}
		tree, issues := env.Compile(written.cel)
		if issues.Err() != nil {
			return nil, issues.Err()
		}
		program, err := env.Program(tree, cel.EvalOptions(cel.OptOptimize))
		if err != nil {
			return nil, err
		}
		values := map[string]any{}
		return func(l *cases.Login) (bool, error) {
			values["user"], values["context"] = l.User, l.Context
			out, _, err := program.Eval(values)
			if err != nil {
				return false, err
			}
			denied, _ := out.Value().(bool)
			return denied, nil
		}, nil
	})
)
