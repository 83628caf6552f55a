package peers

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// ManagementToken is the token that the stand-in of the Management API gives and asks for.
const ManagementToken = "management-token"

// management is a small stand-in of the platform's Management API. It knows two users and
// forgets what is written to them.
func (h *HTTP) management(mux *http.ServeMux) {
	mux.HandleFunc("POST /oauth/token", func(w http.ResponseWriter, r *http.Request) {
		var in map[string]any
		if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
			_ = json.NewDecoder(r.Body).Decode(&in)
		} else {
			_ = r.ParseForm()
			in = map[string]any{"grant_type": r.PostForm.Get("grant_type"), "client_id": r.PostForm.Get("client_id"), "client_secret": r.PostForm.Get("client_secret")}
		}
		if in["grant_type"] != "client_credentials" || in["client_secret"] != "secret" {
			answer(w, http.StatusUnauthorized, map[string]any{"error": "access_denied", "error_description": "Unauthorized"})
			return
		}
		answer(w, http.StatusOK, map[string]any{"access_token": ManagementToken, "expires_in": 86400, "token_type": "Bearer"})
	})
	mux.HandleFunc("GET /api/v2/users/{id}", authorized(func(w http.ResponseWriter, r *http.Request) {
		if u := userOf(r.PathValue("id")); u != nil {
			answer(w, http.StatusOK, u)
			return
		}
		answer(w, http.StatusNotFound, map[string]any{"statusCode": 404, "error": "Not Found", "message": "The user does not exist.", "errorCode": "inexistent_user"})
	}))
	mux.HandleFunc("PATCH /api/v2/users/{id}", authorized(func(w http.ResponseWriter, r *http.Request) {
		u := userOf(r.PathValue("id"))
		var in map[string]any
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || u == nil {
			answer(w, http.StatusBadRequest, map[string]any{"statusCode": 400, "error": "Bad Request", "message": "Payload validation error"})
			return
		}
		for key, value := range in {
			u[key] = value
		}
		answer(w, http.StatusOK, u)
	}))
	mux.HandleFunc("GET /api/v2/users", authorized(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("q") == `email:"busy@example.com"` {
			tooMany(w)
			return
		}
		answer(w, http.StatusOK, []any{userOf("auth0|ann"), userOf("auth0|bob")})
	}))
	mux.HandleFunc("GET /api/v2/users-by-email", authorized(func(w http.ResponseWriter, r *http.Request) {
		found := []any{}
		for _, id := range []string{"auth0|ann", "auth0|bob"} {
			if u := userOf(id); u["email"] == r.URL.Query().Get("email") {
				found = append(found, u)
			}
		}
		answer(w, http.StatusOK, found)
	}))
	mux.HandleFunc("GET /api/v2/users/{id}/roles", authorized(func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, []any{map[string]any{"id": "rol_1", "name": "admin", "description": "All"}})
	}))
	mux.HandleFunc("POST /api/v2/users/{id}/identities", authorized(func(w http.ResponseWriter, r *http.Request) {
		answer(w, http.StatusCreated, []any{map[string]any{"provider": "auth0", "user_id": strings.TrimPrefix(r.PathValue("id"), "auth0|")}})
	}))
}

// authorized asks for the token.
func authorized(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+ManagementToken {
			answer(w, http.StatusUnauthorized, map[string]any{"statusCode": 401, "error": "Unauthorized", "message": "Invalid token"})
			return
		}
		next(w, r)
	}
}

func tooMany(w http.ResponseWriter) {
	w.Header().Set("X-RateLimit-Limit", "10")
	w.Header().Set("X-RateLimit-Remaining", "0")
	w.Header().Set("X-RateLimit-Reset", strconv.FormatInt(time.Now().Add(time.Second).Unix(), 10))
	answer(w, http.StatusTooManyRequests, map[string]any{"statusCode": 429, "error": "Too Many Requests", "message": "Global limit has been reached", "errorCode": "too_many_requests"})
}

// userOf is a new copy of a user, or nil.
func userOf(id string) map[string]any {
	switch id {
	case "auth0|ann":
		return map[string]any{"user_id": id, "email": "ann@example.com", "name": "Ann", "app_metadata": map[string]any{"plan": "pro"}, "user_metadata": map[string]any{"lang": "en"}}
	case "auth0|bob":
		return map[string]any{"user_id": id, "email": "bob@example.com", "name": "Bob", "blocked": true}
	}
	return nil
}
