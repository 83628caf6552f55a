package auth0

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"unicode/utf8"
)

// Codes of an [APIError], as the Management API names them.
const (
	CodeInexistentUser  = "inexistent_user"   // 404: no user has this id
	CodeInvalidBody     = "invalid_body"      // 400: the metadata breaks a rule
	CodeInvalidURI      = "invalid_uri"       // 400: the user id is empty or not UTF-8
	CodeTooManyRequests = "too_many_requests" // 429: the rate limit is used up
)

// APIError is an answer of the Management API that is not a success. Its text is
// the message of the answer alone, because that is what a rule reads as
// err.message. It is not changed after it was made.
type APIError struct {
	Status  int    // HTTP status, 400 and more
	Code    string // one of the codes above, or "" when the API gives none
	Message string // what the API says, a full sentence

	// Header holds the headers that matter to a caller, by their canonical
	// name; nil when there are none.
	Header map[string]string
}

// Error is the message, without the status.
func (e *APIError) Error() string { return e.Message }

// StatusCode is the HTTP status; a rule reads it as err.statusCode.
func (e *APIError) StatusCode() int { return e.Status }

// Headers returns a copy of the headers; a rule reads it as err.headers.
func (e *APIError) Headers() map[string]string { return maps.Clone(e.Header) }

// Name is the short name of the status, as in "Not Found".
func (e *APIError) Name() string { return http.StatusText(e.Status) }

// Body is the answer's JSON text. The answer to too many requests has a message
// only, as documented; every other one has four members.
//
//	{"statusCode":404,"error":"Not Found","message":"The user does not exist.","errorCode":"inexistent_user"}
func (e *APIError) Body() string {
	var body any = struct {
		StatusCode int    `json:"statusCode"`
		Error      string `json:"error"`
		Message    string `json:"message"`
		ErrorCode  string `json:"errorCode,omitempty"`
	}{e.Status, e.Name(), e.Message, e.Code}
	if e.Status == http.StatusTooManyRequests {
		body = struct {
			Message string `json:"message"`
		}{e.Message}
	}
	text, err := json.Marshal(body)
	if err != nil {
		panic("internal error: an error body of texts and numbers cannot fail to marshal: " + err.Error())
	}
	return string(text)
}

// NotFound is the answer for a user that does not exist.
func NotFound() *APIError {
	return &APIError{Status: http.StatusNotFound, Code: CodeInexistentUser, Message: "The user does not exist."}
}

// CheckUserID refuses the empty id and bytes that are not UTF-8. Any other text is
// an id: stores compare ids byte by byte.
//
// # Errors
//
// *APIError with status 400 and code invalid_uri.
func CheckUserID(userID string) error {
	if userID == "" || !utf8.ValidString(userID) {
		return &APIError{Status: http.StatusBadRequest, Code: CodeInvalidURI, Message: "The user id must be a text that is not empty."}
	}
	return nil
}

func invalidBody(format string, args ...any) *APIError {
	return &APIError{Status: http.StatusBadRequest, Code: CodeInvalidBody,
		Message: "Payload validation error: " + fmt.Sprintf(format, args...)}
}
