package benchmarks

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

// Case is some rules and one login: what every contender runs.
type Case struct {
	Name          string // family/name of the pattern, or what the pipeline is
	Rules         []Rule // in order
	User, Context map[string]any
	Configuration map[string]string
	Now           time.Time // of the compiler's cases
	Allowed       bool      // the wanted outcome, which every contender must give
}

// Rule is a rule's text.
type Rule struct{ File, Source string }

// pipelineCase are rules that let the login of the other cases in, one after another.
var pipelineCase = []string{
	"hello/log_line", "roles/admin_and_guest", "roles/claims_guarded", "claims/configuration_namespace", "saml/mapping_for_client", "mfa/for_admins",
	"profile/from_identities", "profile/nickname_and_delete",
}

// engineCases are rules without asynchronous parts, one for each kind of effect.
var engineCases = []string{
	"hello/log_line", "roles/admin_and_guest", "roles/claims_guarded", "deny/unverified_email", "deny/unless_admin", "allowlist/indexof_minus_one",
	"allowlist/some_function", "claims/namespaced", "claims/configuration_namespace", "saml/mapping_for_client", "scopes/by_role_table", "mfa/for_admins",
	"profile/from_identities", "profile/picture",
}

// Testdata is the folder of the product's test data.
func Testdata() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "testdata")
}

// Cases reads the engine cases. The login is the rule's first case, laid over a
// realistic login of 2 KB.
//
// # Errors
//
// A pattern that cannot be read.
func Cases() ([]Case, error) {
	var cases []Case
	for _, name := range engineCases {
		c, err := readCase(name)
		if err != nil {
			return nil, err
		}
		cases = append(cases, c)
	}
	pipeline := Case{Name: "pipeline of 8 rules", Allowed: true}
	for i, name := range pipelineCase {
		c, err := readCase(name)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			pipeline.User, pipeline.Context = c.User, c.Context
		}
		if c.Configuration != nil {
			pipeline.Configuration = c.Configuration
		}
		pipeline.Rules = append(pipeline.Rules, Rule{fmt.Sprintf("%d.js", i), c.Rules[0].Source})
	}
	return append(cases, pipeline), nil
}

// readCase is a pattern with its first login.
func readCase(name string) (Case, error) {
	logins, err := readPattern(name, true)
	if err != nil {
		return Case{Name: name}, err
	}
	return logins[0], nil
}

// readPattern reads a pattern with one JavaScript rule: a case for each of its logins, laid
// over the realistic one or not. Logins with a time zone or limits of their own are passed over.
func readPattern(name string, realistic bool) ([]Case, error) {
	archive, err := txtar.ParseFile(filepath.Join(Testdata(), "patterns", filepath.FromSlash(name)+".txtar"))
	if err != nil {
		return nil, err
	}
	pattern := Case{Name: name}
	wants, logins := map[string]bool{}, []txtar.File{}
	for _, f := range archive.Files {
		switch {
		case f.Name == "rule.js":
			pattern.Rules = []Rule{{f.Name, string(f.Data)}}
		case f.Name == "configuration.json":
			if err := json.Unmarshal(f.Data, &pattern.Configuration); err != nil {
				return nil, fmt.Errorf("%s: %s: %w", name, f.Name, err)
			}
		case strings.HasSuffix(f.Name, ".in.json"):
			logins = append(logins, f)
		case strings.HasSuffix(f.Name, ".want"):
			wants[strings.TrimSuffix(f.Name, ".want")] = strings.HasPrefix(string(f.Data), "allowed")
		}
	}
	if len(pattern.Rules) == 0 {
		return nil, fmt.Errorf("%s: not one rule in JavaScript", name)
	}
	var cases []Case
	for _, f := range logins {
		c := pattern
		usable, err := c.read(f.Data, realistic)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", name, f.Name, err)
		}
		if usable {
			c.Allowed = wants[strings.TrimSuffix(f.Name, ".in.json")]
			cases = append(cases, c)
		}
	}
	if len(cases) == 0 {
		return nil, fmt.Errorf("%s: no login that can be used", name)
	}
	return cases, nil
}

// read takes a login of a pattern, unless it needs what contenders have not.
func (c *Case) read(data []byte, realistic bool) (usable bool, err error) {
	in := struct {
		User, Context map[string]any
		Configuration map[string]string
		Now           time.Time
		TZ            string
		TimeoutMS     int `json:"timeout_ms"`
		RuleTimeoutMS int `json:"rule_timeout_ms"`
	}{Now: now}
	if err := json.Unmarshal(data, &in); err != nil {
		return false, err
	}
	if in.Configuration != nil {
		c.Configuration = in.Configuration
	}
	c.User, c.Context, c.Now = in.User, in.Context, in.Now
	if realistic {
		if c.User, err = over("user.json", in.User); err == nil {
			c.Context, err = over("context.json", in.Context)
		}
	}
	return in.TZ == "" && in.TimeoutMS == 0 && in.RuleTimeoutMS == 0 && c.User != nil && c.Context != nil, err
}

// over lays an object over one of the realistic login's.
func over(file string, object map[string]any) (map[string]any, error) {
	data, err := os.ReadFile(filepath.Join(Testdata(), "pipelines", "acme", file))
	if err != nil {
		return nil, err
	}
	var base map[string]any
	if err := json.Unmarshal(data, &base); err != nil {
		return nil, err
	}
	for key, value := range object {
		base[key] = value
	}
	return base, nil
}

// Copy is a deep copy of decoded JSON: each iteration of each contender runs on one.
func Copy(value any) any {
	switch v := value.(type) {
	case map[string]any:
		m := make(map[string]any, len(v))
		for key, element := range v {
			m[key] = Copy(element)
		}
		return m
	case []any:
		a := make([]any, len(v))
		for i, element := range v {
			a[i] = Copy(element)
		}
		return a
	}
	return value
}

// CopyObject is Copy for an object.
func CopyObject(object map[string]any) map[string]any {
	m, _ := Copy(object).(map[string]any)
	return m
}
