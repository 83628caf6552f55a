package hand

import (
	"strings"
	"time"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

func fixedScopes(user, context map[string]any, _ time.Time) error {
	token, ok := context["accessToken"].(map[string]any)
	if !ok {
		return ErrType
	}
	metadata, _ := user["app_metadata"].(map[string]any)
	if metadata["plan"] == "pro" {
		token["scope"] = []any{"read:profile", "openid", "read:reports", "write:reports"}
	} else {
		token["scope"] = []any{"read:profile", "openid"}
	}
	return nil
}

func scopeAdded(user, context map[string]any, _ time.Time) error {
	request, ok := context["request"].(map[string]any)
	if !ok && context["request"] == nil {
		return ErrType
	}
	query, _ := request["query"].(map[string]any)
	scope, ok := query["scope"].(string)
	if !ok && truthy(query["scope"]) {
		return ErrType
	}
	scopes := make([]any, 0, strings.Count(scope, " ")+2)
	asked := false
	for one := range strings.SplitSeq(scope, " ") {
		asked = asked || one == "read:reports"
		scopes = append(scopes, one)
	}
	if !asked {
		if user["app_metadata"] == nil {
			return ErrType
		}
		if metadata, _ := user["app_metadata"].(map[string]any); metadata["plan"] == "pro" {
			scopes = append(scopes, "read:reports")
		}
	}
	token, ok := context["accessToken"].(map[string]any)
	if !ok {
		return ErrType
	}
	token["scope"] = scopes
	return nil
}

func factorForAdmins(user, context map[string]any, _ time.Time) error {
	metadata, _ := user["app_metadata"].(map[string]any)
	roles := metadata["roles"]
	if !truthy(roles) {
		return nil
	}
	admin, ok := contains(roles, "admin")
	if !ok {
		return ErrType
	}
	if admin {
		context["multifactor"] = map[string]any{"provider": "any", "allowRememberBrowser": false}
	}
	return nil
}

func factorByClient(user, context map[string]any, _ time.Time) error {
	switch context["clientID"] {
	case "a1B2c3D4e5F6g7H8", "{REPLACE_WITH_YOUR_CLIENT_ID}":
		if metadata, _ := user["user_metadata"].(map[string]any); truthy(metadata["use_mfa"]) {
			context["multifactor"] = map[string]any{"provider": "google-authenticator"}
		}
	}
	return nil
}

func defaultMetadata(user, _ map[string]any, _ time.Time) error {
	app, ok := objectOr(user, "app_metadata")
	if !ok {
		return ErrType
	}
	own, ok := objectOr(user, "user_metadata")
	if !ok {
		return ErrType
	}
	if !truthy(app["plan"]) {
		app["plan"] = "free"
	}
	if !truthy(own["lang"]) {
		if locale := user["locale"]; truthy(locale) {
			own["lang"] = locale
		} else {
			own["lang"] = "en"
		}
	}
	switch visits := own["visits"].(type) {
	case float64:
		own["visits"] = visits + 1
	case nil:
		own["visits"] = 1.0
	default:
		next, err := jsvalue.Add(visits, 1.0)
		if !truthy(visits) {
			next, err = 1.0, nil
		}
		if err != nil {
			return err
		}
		own["visits"] = next
	}
	return nil
}

func notifyFirstLogin(_, context map[string]any, _ time.Time) error {
	stats, _ := context["stats"].(map[string]any)
	if above(stats, "loginsCount", 1) || context["protocol"] == "oauth2-refresh-token" {
		return nil
	}
	return ErrOutside
}

func fetchLegacyUser(_, context map[string]any, _ time.Time) error {
	if context["connection"] != "legacy-db" {
		return nil
	}
	return ErrOutside
}
