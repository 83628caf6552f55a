package hand

import (
	"fmt"
	"strings"
	"time"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
)

var errVerify = &cases.Denial{Message: "Please verify your email before logging in."}

func unverifiedEmail(user, _ map[string]any, _ time.Time) error {
	if !truthy(user["email_verified"]) {
		return errVerify
	}
	return nil
}

var errEndUsers = &cases.Denial{Message: "end_users_not_allowed"}

func byAudience(_, context map[string]any, _ time.Time) error {
	request, _ := context["request"].(map[string]any)
	audience, found := audienceOf(request, "query")
	if !found || audience == "" {
		audience, _ = audienceOf(request, "body")
	}
	if audience == "https://internal.example.com" || !truthy(audience) {
		return errEndUsers
	}
	return nil
}

// audienceOf is `request[part] && request[part].audience`; found is false for undefined.
func audienceOf(request map[string]any, part string) (audience any, found bool) {
	value, found := request[part]
	if object, ok := value.(map[string]any); ok {
		audience, found = object["audience"]
		return audience, found
	}
	if truthy(value) {
		return nil, false
	}
	return value, found
}

var errNoAdmin = &cases.Denial{Message: "Only administrators may sign in."}

func unlessAdmin(user, _ map[string]any, _ time.Time) error {
	metadata, _ := user["app_metadata"].(map[string]any)
	admin, ok := contains(metadata["roles"], "admin")
	if !ok {
		return ErrType
	}
	if !admin {
		return errNoAdmin
	}
	return nil
}

var (
	errDeleted = &cases.Denial{Message: "Access denied (deleted user)"}
	errBlocked = &cases.Denial{Message: "Access denied (blocked user)"}
)

func flaggedUser(user, _ map[string]any, _ time.Time) error {
	metadata, ok := objectOr(user, "app_metadata")
	if !ok {
		return nil // a text or a number has neither flag
	}
	if truthy(metadata["deleted"]) {
		return errDeleted
	}
	if metadata["blocked"] == true {
		return errBlocked
	}
	return nil
}

var errDenied = &cases.Denial{Message: "Access denied."}

func clientWhitelist(user, context map[string]any, _ time.Time) error {
	if context["clientName"] != "Acme Backoffice" {
		return nil
	}
	switch user["email"] {
	case "jane.doe@example.com", "joe@example.com":
		return nil
	}
	return errDenied
}

// allowListNamed reads the size of an allow-list in a case's name.
func allowListNamed(name string, entries *int) bool {
	_, err := fmt.Sscanf(name, "allowlist of %d", entries)
	return err == nil
}

func allowList(entries int) Func {
	allowed := make(map[string]struct{}, entries)
	for i := range entries {
		allowed[cases.Address(i)] = struct{}{}
	}
	return func(user, _ map[string]any, _ time.Time) error {
		email, _ := user["email"].(string)
		if _, ok := allowed[email]; !ok {
			return errDenied
		}
		return nil
	}
}

var errOneDomain = &cases.Denial{Message: "Only example.com."}

func oneDomain(user, _ map[string]any, _ time.Time) error {
	email, ok := user["email"].(string)
	if !ok {
		return ErrType
	}
	_, rest, found := strings.Cut(email, "@")
	domain, _, _ := strings.Cut(rest, "@")
	if !found || domain != "example.com" {
		return errOneDomain
	}
	return nil
}

var errNoAccess = &cases.Denial{Message: "Your organisation has no access."}

func listOfDomains(user, _ map[string]any, _ time.Time) error {
	email, ok := user["email"].(string)
	if !ok && truthy(user["email"]) {
		return ErrType
	}
	switch strings.ToLower(email[strings.LastIndexByte(email, '@')+1:]) {
	case "example.com", "example.org", "acme.example", "globex.example", "umbrella.test":
		return nil
	}
	return errNoAccess
}

var errCountry = &cases.Denial{Message: "Logins from your country are not possible."}

func closedCountries(_, context map[string]any, _ time.Time) error {
	request, _ := context["request"].(map[string]any)
	place, _ := request["geoip"].(map[string]any)
	switch place["country_code"] {
	case "KP", "SY", "CU", "IR":
		return errCountry
	}
	return nil
}

func blockedCountry(_, context map[string]any, _ time.Time) error {
	request, _ := context["request"].(map[string]any)
	place := request["geoip"]
	if place == nil {
		return ErrType
	}
	object, _ := place.(map[string]any)
	region := "row"
	switch object["country_code"] {
	case "KP", "SY":
		return errCountry
	case "US":
		region = "na"
	}
	token, ok := context["idToken"].(map[string]any)
	if !ok {
		return ErrType
	}
	token["https://acme.example/region"] = region
	return nil
}

func geoip(user, context map[string]any, _ time.Time) error {
	request := context["request"]
	if request == nil {
		return ErrType
	}
	object, _ := request.(map[string]any)
	value := object["geoip"]
	if !truthy(value) {
		return nil
	}
	place, _ := value.(map[string]any)
	token, ok := context["idToken"].(map[string]any)
	if !ok {
		return ErrType
	}
	assign(user, "country", place, "country_name")
	assign(token, "https://example.com/country", place, "country_name")
	assign(token, "https://example.com/timezone", place, "time_zone")
	return nil
}

var errWeekend = &cases.Denial{Message: "This app is available during the week"}

func weekdaysOnly(_, context map[string]any, now time.Time) error {
	if context["clientName"] == "Time Sheets" {
		if day := now.Weekday(); day == time.Sunday || day == time.Saturday {
			return errWeekend
		}
	}
	return nil
}
