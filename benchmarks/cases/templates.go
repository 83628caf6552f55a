package cases

import (
	"fmt"
	"strings"
)

// AllowList is a rule that lets those in whose address is in a list of so many. The logins
// ask for 32 addresses all over the list, a quarter of them not there: few enough to stay in
// the processor's caches, so that it is not memory that is measured.
func AllowList(entries int) Case {
	var list strings.Builder
	for i := range entries {
		fmt.Fprintf(&list, "    '%s',\n", Address(i))
	}
	c := Case{
		Name: fmt.Sprintf("allowlist of %d", entries), Group: Single,
		Rules: []Rule{{Name: "rule", File: "rule.js", Source: fmt.Sprintf(`function (user, context, callback) {
  const allowed = [
%s  ];
  if (!user.email || allowed.indexOf(user.email) === -1) {
    return callback(new UnauthorizedError('Access denied.'));
  }
  callback(null, user, context);
}
`, list.String())}},
	}
	for i := range 32 {
		l := Usual()
		at := (i*3001 + 7) * 31 % entries
		if i%4 == 3 {
			at = entries + i
		}
		l.Name, l.User["email"] = fmt.Sprintf("address %d", at), Address(at)
		c.Timed = append(c.Timed, l)
	}
	for _, email := range []any{nil, "", []any{Address(1)}, 5.0, "Person-000001@example.com"} {
		l := Usual()
		l.Name, l.User["email"] = fmt.Sprintf("%v", email), email
		c.Checked = append(c.Checked, l)
	}
	absent := Usual()
	absent.Name = "absent"
	delete(absent.User, "email")
	c.Checked = append(c.Checked, absent)
	return c
}

// Address is the i-th address of allow-lists.
func Address(i int) string { return fmt.Sprintf("person-%06d@example.com", i) }

// pipelineRules are the rules of the pipeline of twelve, in order: all let the usual login
// in. The first three are the pipeline of three, the first ten run in that of sixty.
var pipelineRules = []string{
	"deny/unverified_email", "usual_roles/push_into_metadata", "claims/namespaced", "country/closed_list", "domain/list_of_domains",
	"usual_claims/email_to_access_token", "mfa/for_admins", "scopes/fixed", "metadata/default_objects", "roles/admin_and_guest",
	"usual_claims/group_membership_flags", "deny/flagged_user",
}

// Guarded is how many rules of the pipeline of sixty are for other applications.
const Guarded = 50

// The names of the pipelines.
const (
	Pipeline3     = "pipeline of 3"
	Pipeline10    = "pipeline of 10"
	Pipeline12    = "pipeline of 12"
	Pipeline60    = "pipeline of 60, 50 guarded"
	guardedName   = "guarded %d"
	guardedClient = "application-%02d"
)

// Pipelines are whole pipelines. PipelineParts says what each is made of.
func Pipelines(singles []Case) []Case {
	texts := map[string]string{}
	for _, c := range singles {
		texts[c.Name] = c.Rules[0].Source
	}
	var all []Case
	for _, name := range []string{Pipeline3, Pipeline10, Pipeline12, Pipeline60} {
		c := Case{Name: name, Group: Pipeline, Timed: []Login{Usual()}}
		for i, part := range PipelineParts(name) {
			text, ok := texts[part]
			if !ok {
				text = guardedRule(part)
			}
			rule := fmt.Sprintf("rule-%02d", i)
			c.Rules = append(c.Rules, Rule{Name: rule, File: rule + ".js", Source: text})
		}
		unverified, ours := Usual(), Usual()
		unverified.Name, unverified.User["email_verified"] = "unverified", false
		ours.Name, ours.Context["clientID"] = "guarded rule", fmt.Sprintf(guardedClient, 7)
		c.Checked = []Login{unverified, ours}
		all = append(all, c)
	}
	return all
}

// PipelineParts are the rules of a pipeline: names of single rules, or of [GuardedClient].
func PipelineParts(name string) []string {
	switch name {
	case Pipeline3:
		return pipelineRules[:3]
	case Pipeline10:
		return pipelineRules[:10]
	case Pipeline12:
		return pipelineRules
	}
	var parts []string
	for i := range Guarded {
		if i%5 == 0 {
			parts = append(parts, pipelineRules[i/5])
		}
		parts = append(parts, fmt.Sprintf(guardedName, i))
	}
	return parts
}

// GuardedClient is the application that a guarded rule is for.
func GuardedClient(part string) (client string, ok bool) {
	var i int
	if _, err := fmt.Sscanf(part, guardedName, &i); err != nil {
		return "", false
	}
	return fmt.Sprintf(guardedClient, i), true
}

// guardedRule is a rule for one application that the usual login is not for.
func guardedRule(part string) string {
	client, _ := GuardedClient(part)
	return fmt.Sprintf(`function (user, context, callback) {
  if (context.clientID !== '%s') {
    return callback(null, user, context);
  }
  context.idToken['https://example.com/application'] = '%s';
  callback(null, user, context);
}
`, client, client)
}
