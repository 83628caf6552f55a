package ferrule_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing/fstest"

	"github.com/ferrule-rules/ferrule"
)

// Rules reach public addresses, and what is local or private where the policy allows it. The
// outcome says what they asked for, and what was refused.
func ExampleOptions_network() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"plan": "gold"}`) }))
	defer server.Close()
	allowed, err := ferrule.ParseNetworkRules("127.0.0.1, *.internal.example:443")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, allow := range [][]ferrule.NetworkRule{allowed, nil} {
		p, err := ferrule.Compile("plan.js", `function (user, context, callback) {
			fetch(configuration.PLANS + '/of?user=' + user.user_id).then(res => res.json()).then(body => {
				context.idToken['https://example.com/plan'] = body.plan;
				callback(null, user, context);
			}).catch(err => callback(null, user, context));
		}`, &ferrule.Options{
			Configuration: map[string]string{"PLANS": server.URL},
			Network:       ferrule.NetworkPolicy{Allow: allow, Limits: ferrule.NetworkLimits{Requests: 10}},
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		out, err := p.Run(context.Background(), ferrule.Input{User: map[string]any{"user_id": "auth0|7"}, Context: map[string]any{"idToken": map[string]any{}}})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(out.Decision, out.Context["idToken"])
		for _, call := range out.Calls {
			fmt.Printf("%s, status %d, %d bytes, error %q\n", call.Method, call.Status, call.ResponseBytes, call.Error)
		}
		for _, warning := range out.Warnings {
			fmt.Println(warning.Code)
		}
	}
	// Output:
	// allowed map[https://example.com/plan:gold]
	// GET, status 200, 16 bytes, error ""
	// allowed map[]
	// GET, status 0, 0 bytes, error "EEGRESS"
	// network-refused
}

// A package that is not installed is found when rules are compiled, with what mends it. Node's own
// modules are always there.
func ExampleOptions_modules() {
	rules := fstest.MapFS{"hash.js": {Data: []byte(`function (user, context, callback) {
		const crypto = require('crypto'), moment = require('moment');
		user.day = moment().format('dddd');
		user.hash = crypto.createHash('sha256').update(user.email).digest('hex');
		callback(null, user, context);
	}`)}}
	_, err := ferrule.Load(rules, nil)
	var found ferrule.Diagnostics
	fmt.Println(errors.As(err, &found))
	for _, d := range found {
		fmt.Println(d.Code, d.Severity, d.Message)
	}
	// Output:
	// true
	// missing-module error module "moment" is not installed
}
