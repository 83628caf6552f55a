package ferrule_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"testing/fstest"
	"time"

	"github.com/ferrule-rules/ferrule"
)

// The whole way of a login: load a folder of rules, run one login, read the decision,
// the changed objects and what the tokens receive.
func Example() {
	rules, err := ferrule.Load(os.DirFS("testdata/pipelines/acme"), &ferrule.Options{Tenant: "acme"})
	if err != nil {
		fmt.Println(err)
		return
	}
	user := map[string]any{
		"user_id": "auth0|7", "email": "ada.admin@acme.example", "email_verified": true,
		"user_metadata": map[string]any{"terms_version": "2026-01"},
	}
	login := map[string]any{
		"clientName": "Acme Shop",
		"connection": "Username-Password-Authentication",
		"protocol":   "oidc-basic-profile",
		"request":    map[string]any{"query": map[string]any{"scope": "openid email"}},
	}
	user, login = ferrule.PrepareLogin(user, login)
	out, err := rules.Run(context.Background(), ferrule.Input{User: user, Context: login})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(out.Rules), "rules:", out.Decision)
	fmt.Println("roles:", user["app_metadata"].(map[string]any)["roles"])
	for _, claim := range out.Tokens().ID {
		fmt.Println(claim.Name, "=", claim.Value)
	}
	if err := rules.Close(context.Background()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 11 rules: allowed
	// roles: [guest employee admin]
	// email = ada.admin@acme.example
	// email_verified = true
	// https://acme.example/claims/roles = [guest employee admin]
	// https://acme.example/claims/plan = basic
	// https://acme.example/claims/language = en
}

// Compile makes a pipeline of one rule.
func ExampleCompile() {
	p, err := ferrule.Compile("hello.js", `function (user, context, callback) {
  console.log('hello', user.name);
  context.idToken['https://example.com/plan'] = 'free';
  callback(null, user, context);
}`, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := p.Run(context.Background(), ferrule.Input{
		User:    map[string]any{"name": "Ann"},
		Context: map[string]any{"idToken": map[string]any{}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.Decision, out.Context)
	for _, line := range out.Console {
		fmt.Printf("%s %s: %s\n", line.Rule, line.Level, line.Text)
	}
	// Output:
	// allowed map[idToken:map[https://example.com/plan:free]]
	// hello log: hello Ann
}

// A rule that cannot run is reported with its place, its code and the likely cause.
func ExampleCompile_diagnostics() {
	_, err := ferrule.Compile("rule.js", "const limit = 3;\nfunction (user, context, callback) {}\n", nil)
	var found ferrule.Diagnostics
	if errors.As(err, &found) {
		for _, d := range found {
			fmt.Print(d.Text())
		}
	}
	// Output:
	// rule.js:1:1: error: there is code beside the function: unexpected const [not-one-expression]
	//      1 | const limit = 3;
	//        | ^~~~~
	//     note: only the function may stand in the file: put everything else inside it
}

// Load reads a folder. Rules run by the order in their metadata files, then by name.
func ExampleLoad() {
	files := fstest.MapFS{
		"rules/second.js":         {Data: []byte(`function (user, context, callback) { user.seen += ' and ' + configuration.TEAM; callback(null, user, context); }`)},
		"rules/second.json":       {Data: []byte(`{"order": 2}`)},
		"rules/first.js":          {Data: []byte(`function (user, context, callback) { user.seen += ' first'; callback(null, user, context); }`)},
		"rules/first.json":        {Data: []byte(`{"order": 1}`)},
		"rules/off.js":            {Data: []byte(`function (user, context, callback) { callback(new Error('off')); }`)},
		"rules/off.json":          {Data: []byte(`{"enabled": false, "order": 3}`)},
		"rules-configs/TEAM.json": {Data: []byte(`{"value": "acme"}`)},
	}
	p, err := ferrule.Load(files, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, rule := range p.Rules() {
		fmt.Println(rule.Order, rule.Name, rule.File)
	}
	out, err := p.Run(context.Background(), ferrule.Input{User: map[string]any{"seen": "by"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.Decision, out.User["seen"])
	// Output:
	// 1 first rules/first.js
	// 2 second rules/second.js
	// allowed by first and acme
}

// A rule that hands an UnauthorizedError to its callback denies the login: an
// outcome, not a Go error. The caller's objects are then as they were.
func ExamplePipeline_Run_deny() {
	p, err := ferrule.Compile("verified.js", `function (user, context, callback) {
  user.checked = true;
  if (!user.email_verified) return callback(new UnauthorizedError('Please verify your email.'));
  callback(null, user, context);
}`, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	user := map[string]any{"email_verified": false}
	out, err := p.Run(context.Background(), ferrule.Input{User: user})
	if err != nil {
		fmt.Println(err)
		return
	}
	switch out.Decision {
	case ferrule.Allowed:
		fmt.Println("welcome")
	case ferrule.Denied, ferrule.Failed:
		fmt.Println(out.Decision, out.Err.Kind, out.Err.Name, out.Err.OAuth)
		fmt.Println(out.Err)
	}
	fmt.Println(user)
	// Output:
	// denied rule UnauthorizedError unauthorized
	// verified.js:3:45: rule "verified": UnauthorizedError: Please verify your email.
	// map[email_verified:false]
}

// A rule asks for a redirect by context.redirect. Run answers where to send the
// user; Resume goes on when the user comes back with the state.
func ExamplePipeline_Resume() {
	p, err := ferrule.Compile("consent.js", `function (user, context, callback) {
  if (context.protocol === 'redirect-callback') {
    user.consent = context.request.query.answer;
  } else {
    context.redirect = { url: 'https://consent.example.com/ask' };
  }
  callback(null, user, context);
}`, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	out, err := p.Run(ctx, ferrule.Input{
		User:    map[string]any{"user_id": "auth0|7"},
		Context: map[string]any{"protocol": "oidc-basic-profile"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	state := out.RedirectTo.State
	fmt.Println(out.Decision, out.RedirectTo.URL == "https://consent.example.com/ask?state="+state)

	back := ferrule.Resumption{Query: map[string]any{"answer": "yes", "state": state}}
	out, err = p.Resume(ctx, state, back)
	fmt.Println(out.Decision, out.User["consent"], err)

	_, err = p.Resume(ctx, state, back)
	var stale *ferrule.StateError
	fmt.Println(errors.As(err, &stale), err)
	// Output:
	// redirect true
	// allowed yes <nil>
	// true resume a login: the state was used before; a login is resumed once
}

// printStore keeps nothing and prints what rules write.
type printStore struct{}

func (printStore) UpdateAppMetadata(_ context.Context, userID string, values map[string]any) (map[string]any, error) {
	fmt.Println("app metadata of", userID, values)
	return map[string]any{"user_id": userID, "app_metadata": values}, nil
}

func (printStore) UpdateUserMetadata(_ context.Context, userID string, values map[string]any) (map[string]any, error) {
	return nil, errors.New("user metadata is read only here")
}

// A Store receives what rules write through auth0.users. Its errors reach the rule.
func ExampleOptions_store() {
	p, err := ferrule.Compile("count.js", `async function (user, context, callback) {
  await auth0.users.updateAppMetadata(user.user_id, { logins: user.app_metadata.logins + 1 });
  try {
    await auth0.users.updateUserMetadata(user.user_id, { seen: true });
  } catch (e) {
    console.warn(e.message);
  }
  callback(null, user, context);
}`, &ferrule.Options{Store: printStore{}})
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := p.Run(context.Background(), ferrule.Input{
		User: map[string]any{"user_id": "auth0|7", "app_metadata": map[string]any{"logins": 1}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.Decision, out.Console[0].Text)
	for _, write := range out.Metadata {
		fmt.Println(write.Target, write.UserID, write.JSON())
	}
	// Output:
	// app metadata of auth0|7 map[logins:2]
	// allowed user metadata is read only here
	// app auth0|7 {"logins":2}
	// user auth0|7 {"seen":true}
}

// Limits bound what rules may use. The zero value of each field is its default:
// 20 s for all rules of a login, as on the platform.
func ExampleLimits() {
	p, err := ferrule.Compile("endless.js", `function (user, context, callback) { while (true) {} }`,
		&ferrule.Options{Limits: ferrule.Limits{Timeout: 50 * time.Millisecond}})
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := p.Run(context.Background(), ferrule.Input{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.Decision, out.Err.Kind, out.Err.Message)
	fmt.Println(out.Err.OAuth, out.Err.OAuthDescription())

	_, err = ferrule.Compile("rule.js", `function (user, context, callback) {}`,
		&ferrule.Options{Limits: ferrule.Limits{Timeout: time.Hour}})
	fmt.Println(err)
	// Output:
	// failed timeout the rules took longer than 50ms together
	// access_denied Request to Webtask exceeded allowed execution time
	// options: error: Limits.Timeout is 1h0m0s: the largest is 5m0s [bad-option]
}

// PrepareLogin does what the platform did before the first rule: app_metadata is laid
// over the root of user, and the objects that rules write to are there.
func ExamplePrepareLogin() {
	user, login := ferrule.PrepareLogin(
		map[string]any{"user_id": "auth0|7", "app_metadata": map[string]any{"plan": "gold", "user_id": "never"}},
		map[string]any{"clientName": "Shop"},
	)
	fmt.Println(user["plan"], user["user_id"])
	fmt.Println(login)
	// Output:
	// gold auth0|7
	// map[accessToken:map[] clientName:Shop idToken:map[] samlConfiguration:map[] stats:map[]]
}

// Deliver makes the answer that tells the application about a login that the rules
// ended, in the response mode that it asked for.
func ExampleOutcome_Deliver() {
	p, err := ferrule.Compile("deny.js", `function (user, context, callback) { callback(new UnauthorizedError('Not today, & not here.')); }`, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := p.Run(context.Background(), ferrule.Input{Context: map[string]any{
		"protocol": "oidc-basic-profile",
		"request": map[string]any{"query": map[string]any{
			"redirect_uri": "https://app.example.com/callback", "response_type": "code", "state": "xyz",
		}},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	// Deliver checks the form of redirect_uri alone: compare it with the application's
	// registered list before, or set it here.
	answer, err := out.Deliver(ferrule.DeliveryOptions{})
	fmt.Println(answer.Status, answer.Location, err)
	// Output:
	// 302 https://app.example.com/callback?error=unauthorized&error_description=Not%20today%2C%20%26%20not%20here.&state=xyz <nil>
}

// Build writes a pipeline's rules as one file, and Read runs it: a service needs neither
// the rules' texts nor, with package runtime/load, the compiler. See examples/embedded for
// a program that embeds such a file.
func ExampleBuild() {
	var file bytes.Buffer
	if _, err := ferrule.Build(&file, os.DirFS("testdata/pipelines/acme"), ".", &ferrule.Options{Tenant: "acme"}, ferrule.KeepAll); err != nil {
		fmt.Println(err)
		return
	}
	p, err := ferrule.Read(&file, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, rule := range p.Rules()[:2] {
		fmt.Println(rule.Order, rule.Name, rule.File)
	}
	// Output:
	// 1 log-login rules/log-login.js
	// 10 deny-unverified-email rules/deny-unverified-email.js
}
