package runtime

import "github.com/ferrule-rules/ferrule/runtime/jsondoc"

// PrepareLogin prepares a login as the platform did before the first rule, for
// callers that have a stored profile and a bare context:
//
//   - the properties of user.app_metadata are laid over the root of user, where they
//     hide properties of the same name; names that app_metadata cannot have on
//     the platform (user_id, email, identities …) are left alone;
//   - context.accessToken, idToken, samlConfiguration and stats are there, as {} when
//     the context has none or null.
//
// Run never does this by itself. The arguments are decoded JSON objects (nil means
// {}) and stay untouched; the results share nothing with them, nor the root of
// user with its app_metadata.
func PrepareLogin(user, context map[string]any) (preparedUser, preparedContext map[string]any) {
	preparedUser = cloneObject(user)
	for key, value := range readObject(user["app_metadata"]) {
		if !profileOnly[key] {
			preparedUser[key] = cloneJSON(value)
		}
	}
	preparedContext = cloneObject(context)
	for _, name := range [...]string{"accessToken", "idToken", "samlConfiguration", "stats"} {
		if preparedContext[name] == nil {
			preparedContext[name] = map[string]any{}
		}
	}
	return preparedUser, preparedContext
}

// profileOnly are the names that app_metadata must not contain, and the two
// metadata objects themselves.
var profileOnly = nameSet(`__tenant _id blocked clientID created_at email_verified email globalClientID global_client_id
	identities lastIP lastLogin loginsCount metadata multifactor_last_modified multifactor updated_at user_id
	app_metadata user_metadata`)

// cloneJSON copies decoded JSON; other Go values become what encoding/json writes
// for them, or stay when they are no JSON.
func cloneJSON(value any) any {
	switch v := value.(type) {
	case nil, string, bool, float64:
		return value
	case []any:
		if v == nil {
			return value
		}
		list := make([]any, len(v))
		for i := range v {
			list[i] = cloneJSON(v[i])
		}
		return list
	case map[string]any:
		if v == nil {
			return value
		}
		return cloneObject(v)
	}
	plain, _, err := jsondoc.FromGo(value)
	if err != nil {
		return value
	}
	return plain
}

func cloneObject(object map[string]any) map[string]any {
	clone := make(map[string]any, len(object)+4)
	for key, value := range object {
		clone[key] = cloneJSON(value)
	}
	return clone
}

// SampleLogin is a realistic login for trying rules without one's own: a database
// user of an interactive login with the authorization code flow, prepared as the
// platform would. Each call answers new maps.
func SampleLogin() (user, context map[string]any) {
	const userID = "auth0|5f7c8ec7c33c6c004bbafe82"
	user = map[string]any{
		"user_id":        userID,
		"email":          "jane.doe@example.com",
		"email_verified": true,
		"name":           "Jane Doe",
		"nickname":       "jane.doe",
		"given_name":     "Jane",
		"family_name":    "Doe",
		"picture":        "https://cdn.example.com/avatars/jd.png",
		"created_at":     "2024-03-18T09:12:44.301Z",
		"updated_at":     "2026-03-02T10:29:58.117Z",
		"last_login":     "2026-03-02T10:29:58.117Z",
		"last_ip":        "203.0.113.17",
		"logins_count":   float64(111),
		"identities": []any{map[string]any{
			"connection": "Username-Password-Authentication",
			"provider":   "auth0",
			"user_id":    "5f7c8ec7c33c6c004bbafe82",
			"isSocial":   false,
		}},
		"app_metadata":  map[string]any{},
		"user_metadata": map[string]any{},
	}
	context = map[string]any{
		"tenant":             "example",
		"clientID":           "q2hnj2iu5Y1ZpJxC3kVtB8sWlE7aRmN0",
		"clientName":         "Default App",
		"clientMetadata":     map[string]any{},
		"connectionID":       "con_fpe5kj482KO1eOzQ",
		"connection":         "Username-Password-Authentication",
		"connectionStrategy": "auth0",
		"connectionOptions":  map[string]any{},
		"connectionMetadata": map[string]any{},
		"protocol":           ProtocolBasic,
		"sessionID":          "jYA5wG32BUpJgxVgSOAbnSnXWm3RVJoF",
		"primaryUser":        userID,
		"stats":              map[string]any{"loginsCount": float64(111)},
		"sso": map[string]any{
			"with_auth0": false, "with_dbconn": false, "current_clients": []any{},
		},
		"accessToken":       map[string]any{},
		"idToken":           map[string]any{},
		"samlConfiguration": map[string]any{},
		"authentication": map[string]any{"methods": []any{
			map[string]any{"name": "pwd", "timestamp": float64(1772447398117)},
		}},
		"authorization": map[string]any{"roles": []any{}},
		"request": map[string]any{
			"userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:137.0) Gecko/20100101 Firefox/137.0",
			"ip":        "203.0.113.17",
			"hostname":  "example.auth0.com",
			"query": map[string]any{
				"client_id":     "q2hnj2iu5Y1ZpJxC3kVtB8sWlE7aRmN0",
				"redirect_uri":  "https://app.example.com/callback",
				"response_type": "code",
				"scope":         "openid profile email",
				"audience":      "https://api.example.com/",
				"state":         "g6Fo2SBjNTRyanlVa3ZqeHN4aUg",
				"nonce":         "n-0S6_WzA2Mj",
			},
			"body": map[string]any{},
			"geoip": map[string]any{
				"country_code":     "DE",
				"country_code3":    "DEU",
				"country_name":     "Germany",
				"city_name":        "Hamburg",
				"latitude":         53.5507,
				"longitude":        9.993,
				"time_zone":        "Europe/Berlin",
				"continent_code":   "EU",
				"subdivision_code": "HH",
				"subdivision_name": "Hamburg",
			},
		},
	}
	return user, context
}
