package management

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/stdlib/auth0"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// call is a request to /users/{id}.
type call struct {
	method, userID string
	body           map[string]map[string]any // nil: none
	run            *runtime.Run              // where it is recorded; nil: nowhere
	rule           string                    // in whose name
}

var errToken = errors.New("there is no access token for the Management API")

// request sends a call, again after 429, and answers the user.
func (c *Client) request(ctx context.Context, k call) (user map[string]any, err error) {
	var body []byte
	if k.body != nil {
		if body, err = json.Marshal(k.body); err != nil {
			return nil, fmt.Errorf("the metadata cannot be sent: %w", err)
		}
	}
	err = auth0.Retry(ctx, c.options.Backoff, func(ctx context.Context) error {
		if err := c.limiter.enter(ctx); err != nil {
			return err
		}
		user, err = c.once(ctx, k, body)
		return err
	})
	if err != nil {
		return nil, err
	}
	return user, nil
}

// once sends a call and reads the answer. The caller has entered the limiter.
func (c *Client) once(ctx context.Context, k call, body []byte) (user map[string]any, err error) {
	var response *http.Response
	defer func() { c.limiter.leave(response) }()
	token, err := c.AccessToken(ctx)
	if err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, c.options.RequestTime)
	defer cancel()
	target := c.base.String() + "/users/" + url.PathEscape(k.userID)
	var content io.Reader
	if body != nil {
		content = bytes.NewReader(body)
	}
	request, err := http.NewRequestWithContext(limited, k.method, target, content)
	if err != nil {
		return nil, mask(err, token)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Accept", "application/json")
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	answer, err := c.egress.Session(limited, k.observer()).For(k.rule).RoundTrip(request, egress.Options{})
	if err != nil {
		return nil, c.broken(ctx, limited, err, token)
	}
	defer func() { _ = answer.Body.Close() }()
	response = answer
	text, err := io.ReadAll(answer.Body) // the policy limits it
	if err != nil {
		return nil, c.broken(ctx, limited, err, token)
	}
	text = bytes.ReplaceAll(text, []byte(token), []byte("***"))
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return nil, refusal(answer, text, token)
	}
	if err := json.Unmarshal(text, &user); err != nil || user == nil {
		return nil, fmt.Errorf("the Management API's answer (status %d) is no JSON object", answer.StatusCode)
	}
	return user, nil
}

// broken is why there is no answer: the caller's time, the request's, or the network.
func (c *Client) broken(ctx, limited context.Context, err error, token string) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case limited.Err() != nil:
		return fmt.Errorf("the Management API did not answer within %v", c.options.RequestTime)
	}
	return fmt.Errorf("the Management API cannot be reached: %w", mask(err, token))
}

// observer records the request in its run.
func (k call) observer() egress.Observer {
	if k.run == nil {
		return egress.Observer{}
	}
	return k.run.Observer()
}

// refusal is an answer that is no success as an error.
func refusal(answer *http.Response, text []byte, token string) error {
	var body struct {
		Error, Message, ErrorCode string
	}
	_ = json.Unmarshal(text, &body) // an answer of a proxy, perhaps: the status says enough
	refused := &auth0.APIError{Status: answer.StatusCode, Code: body.ErrorCode, Message: body.Message}
	if refused.Message == "" {
		refused.Message = body.Error
	}
	if refused.Message == "" {
		refused.Message = http.StatusText(answer.StatusCode)
	}
	if refused.Message == "" {
		refused.Message = fmt.Sprintf("status %d", answer.StatusCode)
	}
	for _, name := range []string{auth0.HeaderLimit, auth0.HeaderRemaining, auth0.HeaderReset, "Retry-After"} {
		if value := answer.Header.Get(name); value != "" {
			if refused.Header == nil {
				refused.Header = map[string]string{}
			}
			refused.Header[name] = strings.ReplaceAll(value, token, "***")
		}
	}
	return refused
}

// mask is err without the token. It is err itself unless the token stands in its text.
func mask(err error, token string) error {
	if text := err.Error(); strings.Contains(text, token) {
		return errors.New(strings.ReplaceAll(text, token, "***"))
	}
	return err
}
