package cases

import (
	"encoding/json"
	"fmt"
)

// usual is the login of every day of 1 KB that the test data's usual rules are tried with.
const usual = `{
"user": {"user_id": "auth0|5f7c8ec7c33c6c004bbafe82", "email": "jane.doe@example.com", "email_verified": true, "name": "Jane Doe", "given_name": "Jane",
	"family_name": "Doe", "nickname": "jane.doe", "picture": "https://img.example.com/jane.png", "created_at": "2024-11-02T09:14:22.101Z",
	"updated_at": "2026-03-01T18:02:11.500Z", "identities": [{"connection": "Username-Password-Authentication", "provider": "auth0",
	"user_id": "5f7c8ec7c33c6c004bbafe82", "isSocial": false}], "app_metadata": {"plan": "pro"}, "user_metadata": {"lang": "en"}},
"context": {"clientID": "a1B2c3D4e5F6g7H8", "clientName": "Acme Portal", "clientMetadata": {}, "connection": "Username-Password-Authentication",
	"connectionStrategy": "auth0", "samlConfiguration": {}, "protocol": "oidc-basic-profile", "stats": {"loginsCount": 7},
	"sso": {"current_clients": ["a1B2c3D4e5F6g7H8"]}, "accessToken": {}, "idToken": {}, "authentication": {"methods": [{"name": "pwd",
	"timestamp": 1772447400000}]}, "authorization": {"roles": ["viewer"]}, "sessionID": "s_81f", "request": {"userAgent": "Mozilla/5.0",
	"ip": "203.0.113.7", "hostname": "acme.example", "query": {"scope": "openid profile email", "response_type": "code"}, "body": {},
	"geoip": {"country_code": "DE", "country_name": "Germany", "city_name": "Berlin"}}}}`

// Usual is a login of 1 KB, a new one at each call.
func Usual() Login {
	var l Login
	if err := json.Unmarshal([]byte(usual), &l); err != nil {
		panic(fmt.Sprintf("internal error: the usual login: %v", err))
	}
	l.Name, l.Now = "usual", Monday
	return l
}

// The shapes of large logins.
const (
	Shape10K        = "10k"        // nested metadata, 10 KB
	ShapeMetadata   = "metadata"   // nested metadata, 100 KB
	ShapeIdentities = "identities" // 500 identities, 100 KB
	ShapeGroups     = "groups"     // 4,000 texts, 100 KB
)

// Shapes are all shapes, the small one first.
var Shapes = []string{Shape10K, ShapeMetadata, ShapeIdentities, ShapeGroups}

// grow makes a login as large as a shape says. What a rule reads stays as it was.
func grow(l *Login, shape string) {
	switch shape {
	case Shape10K:
		l.User["preferences"] = metadata(28)
	case ShapeMetadata:
		l.User["preferences"] = metadata(308)
	case ShapeIdentities:
		for i := range 499 {
			identities, _ := l.User["identities"].([]any)
			l.User["identities"] = append(identities, map[string]any{
				"connection": "google-oauth2", "provider": "google-oauth2", "user_id": fmt.Sprintf("1150%017d", i*7919), "isSocial": true,
				"profileData": map[string]any{"email": fmt.Sprintf("jane.doe.%d@example.com", i), "email_verified": i%3 > 0, "name": "Jane Doe"},
			})
		}
	case ShapeGroups:
		groups := make([]any, 4000)
		for i := range groups {
			groups[i] = fmt.Sprintf("CN=Group %04d,OU=Sales", i)
		}
		l.User["directory_groups"] = groups
	}
}

// metadata is nested metadata with so many sections of a third of a KB each.
func metadata(sections int) map[string]any {
	all := map[string]any{}
	for i := range sections {
		all[fmt.Sprintf("section_%03d", i)] = map[string]any{
			"enabled": i%2 == 0, "weight": float64(i) * 1.25, "label": fmt.Sprintf("Section number %d of the profile", i),
			"channels": []any{"email", "sms", "push"}, "parent": nil,
			"history": []any{
				map[string]any{"at": "2026-02-11T08:30:00.000Z", "by": fmt.Sprintf("auth0|%024d", i), "from": map[string]any{"value": "off"}, "to": map[string]any{"value": "on"}},
			},
		}
	}
	return all
}

// sized are the rules that are run with large logins, too.
var sized = []string{"deny/unverified_email", "roles/admin_and_guest", "claims/namespaced", "mfa/for_admins"}

// SizedCases are cases of singles with large logins.
func SizedCases(singles []Case) []Case {
	var all []Case
	for _, shape := range Shapes {
		for _, name := range sized {
			for _, single := range singles {
				if single.Name != name {
					continue
				}
				c := single
				c.Name, c.Group, c.Shape, c.Rule, c.Checked = name+", "+shape, Sized, shape, name, nil
				login := single.Timed[0].Copy()
				grow(&login, shape)
				c.Timed = []Login{login}
				all = append(all, c)
			}
		}
	}
	return all
}
