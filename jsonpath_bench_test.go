package ferrule_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/ferrule-rules/ferrule"
)

// rulesForJSON are rules as most are: one that only reads, one that writes a claim, one that
// adds to a list.
var rulesForJSON = []struct{ name, text string }{
	{"verified", `function (user, context, callback) {
		if (!user.email_verified) return callback(new UnauthorizedError('Please verify your email.'));
		callback(null, user, context);
	}`},
	{"claims", `function (user, context, callback) {
		const ns = 'https://acme.example/';
		context.idToken[ns + 'plan'] = (user.app_metadata || {}).plan;
		context.accessToken[ns + 'email'] = user.email;
		callback(null, user, context);
	}`},
	{"roles", `function (user, context, callback) {
		user.app_metadata = user.app_metadata || {};
		const roles = user.app_metadata.roles || [];
		if (user.email && user.email.endsWith('@example.com') && roles.indexOf('staff') < 0) roles.push('staff');
		user.app_metadata.roles = roles;
		context.idToken['https://acme.example/roles'] = roles;
		callback(null, user, context);
	}`},
	{"groups", `function (user, context, callback) {
		if (!user.groups || user.groups.indexOf('group-7-members') < 0) return callback(new UnauthorizedError('No.'));
		callback(null, user, context);
	}`},
}

// textOfShape is a user of about so many bytes beside a login of 0.5 KB.
func textOfShape(shape string, size int) (user, loginContext []byte) {
	text := `{"user_id":"auth0|5f7c8ec7c33c6c004bbafe82","email":"jane.doe@example.com","email_verified":true,"name":"Jane Doe","nickname":"jane.doe",` +
		`"picture":"https://cdn.example.com/avatars/jd.png","created_at":"2024-03-18T09:12:44.301Z","logins_count":111,` +
		`"app_metadata":{"plan":"pro","roles":["admin","editor"]},"user_metadata":{"lang":"en"},"groups":["a","group-7-members"]`
	item := map[string]func(i int) string{
		"nested": func(i int) string {
			return fmt.Sprintf(`"section%d":{"title":"Section number %d","enabled":true,"weight":%d.5,"tags":["a","b"],"more":{"x":%d,"y":null}}`, i, i, i, i)
		},
		"identities": func(i int) string {
			return fmt.Sprintf(`{"connection":"conn-%d","provider":"samlp","user_id":"%024d","isSocial":false,"profileData":{"email":"user%d@example.com","email_verified":true}}`, i, i, i)
		},
		"groups": func(i int) string { return fmt.Sprintf(`"group-%d-members"`, i) },
	}[shape]
	open := map[string]string{"nested": `,"preferences":{`, "identities": `,"identities":[`, "groups": `,"groups":[`}[shape]
	var b strings.Builder
	b.WriteString(text)
	if shape == "groups" {
		b.Reset()
		b.WriteString(strings.Replace(text, `,"groups":["a","group-7-members"]`, "", 1))
	}
	b.WriteString(open)
	for i := 0; b.Len() < size || i == 0; i++ {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString(item(i))
	}
	b.WriteString(map[string]string{"nested": "}}", "identities": "]}", "groups": "]}"}[shape])
	return []byte(b.String()), []byte(`{"clientID":"q2hnj2iu5Y1ZpJxC3kVtB8sWlE7aRmN0","clientName":"Default App","connection":"Username-Password-Authentication",` +
		`"protocol":"oidc-basic-profile","stats":{"loginsCount":111},"accessToken":{},"idToken":{},"authorization":{"roles":[]},` +
		`"request":{"userAgent":"Mozilla/5.0","ip":"203.0.113.17","query":{"scope":"openid profile email","response_type":"code"},"geoip":{"country_code":"DE"}}}`)
}

func BenchmarkRunJSON(b *testing.B) {
	for _, size := range []int{400, 10_000, 100_000} {
		for _, shape := range []string{"nested", "identities", "groups"} {
			if size == 400 && shape != "nested" {
				continue
			}
			user, loginContext := textOfShape(shape, size)
			for _, rule := range rulesForJSON {
				p := compile(b, rule.text, nil)
				in := ferrule.JSONInput{User: user, Context: loginContext}
				b.Run(fmt.Sprintf("bytes=%d/shape=%s/rule=%s", size, shape, rule.name), func(b *testing.B) {
					b.SetBytes(int64(len(user) + len(loginContext)))
					b.ReportAllocs()
					for b.Loop() {
						if out, err := p.RunJSON(context.Background(), in); err != nil || out.Decision != ferrule.Allowed {
							b.Fatal(out.Decision, err)
						}
					}
				})
			}
		}
	}
}
