package peers

import (
	"context"
	"errors"

	"github.com/cedar-policy/cedar-go"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
)

// OPA with a prepared query, given its input in two ways: as a Go map, which it converts as a
// whole, and as a lazy object, of which it converts what the policy reads. The faster one counts.
var (
	opaMap = inOPA("opa_map", "OPA, prepared query, input as a map", func(l *cases.Login) rego.EvalOption {
		return rego.EvalInput(map[string]any{"user": l.User, "context": l.Context})
	})
	opaLazy = inOPA("opa_lazy", "OPA, prepared query, input as a lazy object", func(l *cases.Login) rego.EvalOption {
		return rego.EvalParsedInput(ast.LazyObject(map[string]any{"user": l.User, "context": l.Context}))
	})
)

func inOPA(name, title string, input func(l *cases.Login) rego.EvalOption) Contender {
	return deciding(name, title, func(_ *cases.Case, written conditions) (func(*cases.Login) (bool, error), error) {
		data := map[string]any{}
		if written.list != nil {
			allowed := map[string]any{}
			for _, entry := range written.list() {
				allowed[entry] = true
			}
			data["allowed"] = allowed
		}
		background := context.Background()
		query, err := rego.New(
			rego.Query("data.rule.deny"), rego.Module("rule.rego", "package rule\ndefault deny := false\n"+written.rego+"\n"),
			rego.Store(inmem.NewFromObject(data)),
		).PrepareForEval(background)
		if err != nil {
			return nil, err
		}
		return func(l *cases.Login) (bool, error) {
			result, err := query.Eval(background, input(l))
			if err != nil {
				return false, err
			}
			if len(result) != 1 {
				return false, errors.New("no result")
			}
			denied, ok := result[0].Expressions[0].Value.(bool)
			if !ok {
				return false, errors.New("the result is no boolean")
			}
			return denied, nil
		}, nil
	})
}

// inCedar is cedar-go. A login is new each time, so its entities are made within the measured
// time, with the attributes that a case's policy names; lists that stand fast belong to the
// resource, which is made once.
var inCedar = deciding("cedar", "cedar-go", func(c *cases.Case, written conditions) (func(*cases.Login) (bool, error), error) {
	policies, err := cedar.NewPolicySetFromBytes("rule.cedar", []byte("permit (principal, action, resource);\nforbid (principal, action, resource) "+written.cedar+";\n"))
	if err != nil {
		return nil, err
	}
	resource := cedar.Entity{UID: cedar.NewEntityUID("Application", "portal")}
	if written.list != nil {
		var allowed []cedar.Value
		for _, entry := range written.list() {
			allowed = append(allowed, cedar.String(entry))
		}
		resource.Attributes = cedar.NewRecord(cedar.RecordMap{"allowed": cedar.NewSet(allowed...)})
	}
	action := cedar.NewEntityUID("Action", "login")
	attributes := cedarAttributes(c)
	return func(l *cases.Login) (bool, error) {
		id, _ := l.User["user_id"].(string)
		user, login := attributes(l)
		principal := cedar.Entity{UID: cedar.NewEntityUID("User", cedar.String(id)), Attributes: user}
		decision, diagnostic := cedar.Authorize(policies, cedar.EntityMap{principal.UID: principal, resource.UID: resource},
			cedar.Request{Principal: principal.UID, Action: action, Resource: resource.UID, Context: login})
		if len(diagnostic.Errors) > 0 {
			return false, errors.New(diagnostic.Errors[0].Message)
		}
		return decision == cedar.Deny, nil
	}, nil
})

// cedarAttributes are what the policy of a case needs of a login: attributes of the principal,
// and the context.
func cedarAttributes(c *cases.Case) func(l *cases.Login) (user, context cedar.Record) {
	switch c.CodeName() {
	case "deny/unverified_email":
		return func(l *cases.Login) (user, context cedar.Record) {
			verified, _ := l.User["email_verified"].(bool)
			return cedar.NewRecord(cedar.RecordMap{"email_verified": cedar.Boolean(verified)}), context
		}
	case "deny/by_audience":
		return func(l *cases.Login) (user, context cedar.Record) {
			request, _ := l.Context["request"].(map[string]any)
			query, _ := request["query"].(map[string]any)
			audience, ok := query["audience"].(string)
			if !ok {
				body, _ := request["body"].(map[string]any)
				audience, _ = body["audience"].(string)
			}
			return user, cedar.NewRecord(cedar.RecordMap{"audience": cedar.String(audience)})
		}
	case "deny/unless_admin":
		return func(l *cases.Login) (user, context cedar.Record) {
			metadata, _ := l.User["app_metadata"].(map[string]any)
			list, _ := metadata["roles"].([]any)
			roles := make([]cedar.Value, 0, len(list))
			for _, role := range list {
				name, _ := role.(string)
				roles = append(roles, cedar.String(name))
			}
			return cedar.NewRecord(cedar.RecordMap{"roles": cedar.NewSet(roles...)}), context
		}
	case "deny/flagged_user":
		return func(l *cases.Login) (user, context cedar.Record) {
			metadata, _ := l.User["app_metadata"].(map[string]any)
			flags := cedar.RecordMap{}
			for _, name := range [...]string{"blocked", "deleted"} {
				if flag, ok := metadata[name].(bool); ok {
					flags[cedar.String(name)] = cedar.Boolean(flag)
				}
			}
			return cedar.NewRecord(flags), context
		}
	case "country/closed_list":
		return func(l *cases.Login) (user, context cedar.Record) {
			request, _ := l.Context["request"].(map[string]any)
			place, _ := request["geoip"].(map[string]any)
			country, _ := place["country_code"].(string)
			return user, cedar.NewRecord(cedar.RecordMap{"country": cedar.String(country)})
		}
	case "usual_deny/client_whitelist_some":
		return func(l *cases.Login) (user, context cedar.Record) {
			client, _ := l.Context["clientName"].(string)
			return cedarEmail(l), cedar.NewRecord(cedar.RecordMap{"clientName": cedar.String(client)})
		}
	}
	return func(l *cases.Login) (user, context cedar.Record) { return cedarEmail(l), context }
}

func cedarEmail(l *cases.Login) cedar.Record {
	email, _ := l.User["email"].(string)
	return cedar.NewRecord(cedar.RecordMap{"email": cedar.String(email)})
}
