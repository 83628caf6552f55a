package management

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/ferrule-rules/ferrule/stdlib/auth0"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// Options configure a [Client].
type Options struct {
	// BaseURL is that of the tenant or of its API: https://example.auth0.com, with or
	// without /api/v2. Plain http is for loopback addresses only, because a token is sent.
	BaseURL string
	// Token answers the access token for a request, and for a rule that reads
	// auth0.accessToken. It is called for each, from many goroutines; see [Static].
	Token func(ctx context.Context) (string, error)
	// Policy is the egress policy of the requests: give that of the pipeline, for its proxy, roots of
	// certificates, deny-list and limits. The host and the port of BaseURL are granted, nothing
	// else is, and redirects are never followed. Rules that call the API themselves go by
	// the policy of the pipeline.
	Policy egress.Policy
	// InFlight is how many requests may be on their way at once; 0 means 10.
	InFlight int
	// RequestTime limits one request; 0 means 10 s. The run's time limits all together.
	RequestTime time.Duration
	// Gather is how long a user's first write waits for others to go along; 0 means 1 ms,
	// a negative one not at all.
	Gather time.Duration
	// Backoff says how to try again after 429. Its Budget holds for calls without a
	// deadline, too.
	Backoff auth0.Backoff
}

// Defaults of [Options]; ResponseBytes is that of its Policy's limits.
const (
	DefaultInFlight      = 10
	DefaultRequestTime   = 10 * time.Second
	DefaultGather        = time.Millisecond
	DefaultResponseBytes = 2 << 20
)

// Client is a store of metadata over HTTP. It implements auth0.Store and
// auth0.Profiles and is safe for concurrent use.
type Client struct {
	base    *url.URL
	options Options
	egress  *egress.Client
	limiter *limiter

	mu     sync.Mutex
	queues map[string]*queue // by user id; only those with work
}

// Static is a source of one token that does not change.
func Static(token string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { return token, nil }
}

// New makes a client.
//
// # Errors
//
// When BaseURL is no absolute http(s) URL without query and user, when it is plain http
// to another host than this one, and when Token is nil.
func New(o Options) (*Client, error) {
	base, err := baseURL(o.BaseURL)
	if err != nil {
		return nil, err
	}
	if o.Token == nil {
		return nil, errors.New("the Management API needs a token")
	}
	if o.InFlight <= 0 {
		o.InFlight = DefaultInFlight
	}
	if o.RequestTime <= 0 {
		o.RequestTime = DefaultRequestTime
	}
	if o.Gather == 0 {
		o.Gather = DefaultGather
	}
	if o.Backoff.Now == nil {
		o.Backoff.Now = time.Now
	}
	if o.Backoff.Budget <= 0 {
		o.Backoff.Budget = auth0.DefaultBudget
	}
	port := base.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[base.Scheme]
	}
	rule, err := egress.ParseRule(net.JoinHostPort(base.Hostname(), port))
	if err != nil {
		return nil, fmt.Errorf("the base URL of the Management API: %w", err)
	}
	policy := o.Policy
	policy.Allow, policy.Only = []egress.Rule{rule}, []egress.Rule{rule}
	policy.Limits.RequestTime = o.RequestTime
	policy.Limits.InFlight, policy.Limits.RunInFlight = o.InFlight, o.InFlight
	if policy.Limits.ResponseBytes == 0 {
		policy.Limits.ResponseBytes = DefaultResponseBytes
	}
	out, err := egress.New(policy)
	if err != nil {
		return nil, err
	}
	return &Client{base: base, options: o, egress: out, limiter: newLimiter(o.InFlight, o.Backoff.Now), queues: map[string]*queue{}}, nil
}

// baseURL reads Options.BaseURL. Its messages leave the text out: it may hold a password.
func baseURL(text string) (*url.URL, error) {
	base, err := url.Parse(text)
	if err != nil || base.Scheme != "https" && base.Scheme != "http" || base.Hostname() == "" {
		return nil, errors.New("the base URL of the Management API is no http(s) URL with a host")
	}
	if base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return nil, errors.New("the base URL of the Management API has neither user, query nor fragment")
	}
	if host := base.Hostname(); base.Scheme == "http" && host != "localhost" {
		if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
			return nil, fmt.Errorf("the base URL of the Management API is plain http to %s: the token would be sent unprotected", host)
		}
	}
	base.Path = strings.TrimSuffix(base.Path, "/")
	base.RawPath = ""
	if !strings.HasSuffix(base.Path, "/api/v2") {
		base.Path += "/api/v2"
	}
	return base, nil
}

// BaseURL is that of the API, without a slash at its end: https://example.auth0.com/api/v2.
func (c *Client) BaseURL() string { return c.base.String() }

// AccessToken is the token that Options.Token answers now.
//
// # Errors
//
// When there is none; the cause is left out: it may name a secret.
func (c *Client) AccessToken(ctx context.Context) (string, error) {
	token, err := c.options.Token(ctx)
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil || token == "":
		return "", errToken
	}
	return token, nil
}

// Close closes connections; what is on its way goes on to its end.
func (c *Client) Close() error {
	c.egress.Close()
	return nil
}

// UpdateAppMetadata merges values into the user's app_metadata; see [auth0.Store].
//
// # Errors
//
// *auth0.APIError for what the API refuses, and for values that auth0.CleanMetadata
// refuses; ctx's error; an error of the transport.
func (c *Client) UpdateAppMetadata(ctx context.Context, userID string, values map[string]any) (map[string]any, error) {
	return c.BeginUpdate(ctx, "app", userID, values)()
}

// UpdateUserMetadata merges values into the user's user_metadata; it fails as
// [Client.UpdateAppMetadata] does.
func (c *Client) UpdateUserMetadata(ctx context.Context, userID string, values map[string]any) (map[string]any, error) {
	return c.BeginUpdate(ctx, "user", userID, values)()
}

// User asks for the profile as it is stored now; see [auth0.Profiles].
//
// # Errors
//
// As of [Client.UpdateAppMetadata].
func (c *Client) User(ctx context.Context, userID string) (map[string]any, bool, error) {
	if err := checkID(userID); err != nil {
		return nil, false, err
	}
	ctx, cancel := c.limited(ctx)
	defer cancel()
	user, err := c.request(ctx, call{method: http.MethodGet, userID: userID})
	var refused *auth0.APIError
	if errors.As(err, &refused) && refused.Status == http.StatusNotFound {
		return nil, false, nil
	}
	return user, err == nil, err
}

// limited is ctx with the budget as its deadline where it has none.
func (c *Client) limited(ctx context.Context) (context.Context, context.CancelFunc) {
	if _, ok := ctx.Deadline(); ok {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, c.options.Backoff.Budget)
}

// checkID refuses ids that would name another resource of the API, beside those that every
// store refuses.
func checkID(userID string) error {
	if userID == "." || userID == ".." {
		return &auth0.APIError{Status: http.StatusBadRequest, Code: auth0.CodeInvalidURI, Message: "The user id must not be a part of a path."}
	}
	return auth0.CheckUserID(userID)
}
