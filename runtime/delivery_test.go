package runtime

import (
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

func denial(message string) *RuleError {
	return &RuleError{Kind: KindRule, Name: "UnauthorizedError", Code: "unauthorized", Message: message, OAuth: OAuthUnauthorized}
}

func deniedLogin(message string, protocol string, query map[string]any) *Outcome {
	return &Outcome{Decision: Denied, Err: denial(message), Context: loginContext(protocol, query)}
}

// Contract 2.3, the table and the published examples: where the answer goes.
func TestDeliverRedirects(t *testing.T) {
	tests := []struct {
		name     string
		message  string
		protocol string
		query    map[string]any
		mode     ResponseMode
		want     string
	}{
		{"published, code", "Members only", ProtocolBasic, map[string]any{"redirect_uri": "https://app.example/cb"},
			ModeQuery, "https://app.example/cb?error=unauthorized&error_description=Members%20only"},
		{"published, implicit", "User did not consent!", ProtocolImplicit, map[string]any{"redirect_uri": "http://jwt.io/"},
			ModeFragment, "http://jwt.io/#error=unauthorized&error_description=User%20did%20not%20consent!"},
		{"state comes last", "No", ProtocolBasic, map[string]any{"redirect_uri": "https://a/cb", "state": "x&y= z", "response_type": "code"},
			ModeQuery, "https://a/cb?error=unauthorized&error_description=No&state=x%26y%3D%20z"},
		{"empty state is echoed", "No", ProtocolBasic, map[string]any{"redirect_uri": "https://a/", "state": ""},
			ModeQuery, "https://a/?error=unauthorized&error_description=No&state="},
		{"a state that is no text is as good as absent", "No", ProtocolBasic, map[string]any{"redirect_uri": "https://a/", "state": 1.0},
			ModeQuery, "https://a/?error=unauthorized&error_description=No"},
		{"what stays and what is encoded", "az AZ 09 -_.!~*'() \"#%&+,/:;<=>?@[\\]^`{|}\té€😀", ProtocolBasic, map[string]any{"redirect_uri": "https://a/"},
			ModeQuery, "https://a/?error=unauthorized&error_description=az%20AZ%2009%20-_.!~*'()%20%22%23%25%26%2B%2C%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E%60%7B%7C%7D%09%C3%A9%E2%82%AC%F0%9F%98%80"},
		{"redirect_uri with a query", "No", ProtocolBasic, map[string]any{"redirect_uri": "https://a/cb?x=1"},
			ModeQuery, "https://a/cb?x=1&error=unauthorized&error_description=No"},
		{"redirect_uri with an empty query", "No", ProtocolBasic, map[string]any{"redirect_uri": "https://a/cb?"},
			ModeQuery, "https://a/cb?error=unauthorized&error_description=No"},
		{"redirect_uri whose query ends in &", "No", ProtocolBasic, map[string]any{"redirect_uri": "https://a/cb?x=1&"},
			ModeQuery, "https://a/cb?x=1&error=unauthorized&error_description=No"},
		{"query mode keeps a fragment last", "No", ProtocolBasic, map[string]any{"redirect_uri": "https://a/cb#top"},
			ModeQuery, "https://a/cb?error=unauthorized&error_description=No#top"},
		{"a ? in the fragment is no query", "No", ProtocolBasic, map[string]any{"redirect_uri": "https://a/cb#/r?x=1"},
			ModeQuery, "https://a/cb?error=unauthorized&error_description=No#/r?x=1"},
		{"fragment mode keeps a query", "No", ProtocolImplicit, map[string]any{"redirect_uri": "https://a/cb?x=1"},
			ModeFragment, "https://a/cb?x=1#error=unauthorized&error_description=No"},
		{"fragment mode goes on with a fragment", "No", ProtocolImplicit, map[string]any{"redirect_uri": "https://a/cb#x=1"},
			ModeFragment, "https://a/cb#x=1&error=unauthorized&error_description=No"},
		{"fragment mode with an empty fragment", "No", ProtocolImplicit, map[string]any{"redirect_uri": "https://a/cb#"},
			ModeFragment, "https://a/cb#error=unauthorized&error_description=No"},
		{"response_type id_token", "No", ProtocolBasic, map[string]any{"redirect_uri": "https://a/", "response_type": "id_token"},
			ModeFragment, "https://a/#error=unauthorized&error_description=No"},
		{"response_type code token", "No", protocolHybrid, map[string]any{"redirect_uri": "https://a/", "response_type": "code token"},
			ModeFragment, "https://a/#error=unauthorized&error_description=No"},
		{"response_type code wins over the protocol's name", "No", ProtocolImplicit, map[string]any{"redirect_uri": "https://a/", "response_type": "code"},
			ModeQuery, "https://a/?error=unauthorized&error_description=No"},
		{"response_mode wins over response_type", "No", ProtocolBasic, map[string]any{"redirect_uri": "https://a/", "response_type": "code", "response_mode": "fragment"},
			ModeFragment, "https://a/#error=unauthorized&error_description=No"},
		{"response_mode query", "No", ProtocolImplicit, map[string]any{"redirect_uri": "https://a/", "response_type": "token", "response_mode": "query"},
			ModeQuery, "https://a/?error=unauthorized&error_description=No"},
		{"unknown response_mode", "No", ProtocolBasic, map[string]any{"redirect_uri": "https://a/", "response_type": "token", "response_mode": "carrier.pigeon"},
			ModeFragment, "https://a/#error=unauthorized&error_description=No"},
		{"unknown protocol", "No", "new", map[string]any{"redirect_uri": "https://a/"},
			ModeQuery, "https://a/?error=unauthorized&error_description=No"},
		{"an application's own scheme", "No", ProtocolBasic, map[string]any{"redirect_uri": "com.example.app://cb/x"},
			ModeQuery, "com.example.app://cb/x?error=unauthorized&error_description=No"},
		{"letters beyond ASCII in the path", "No", ProtocolBasic, map[string]any{"redirect_uri": "https://a/ü"},
			ModeQuery, "https://a/%C3%BC?error=unauthorized&error_description=No"},
		{"an empty message", "", ProtocolBasic, map[string]any{"redirect_uri": "https://a/"},
			ModeQuery, "https://a/?error=unauthorized&error_description="},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := deniedLogin(tt.message, tt.protocol, tt.query).Deliver(DeliveryOptions{})
			require.NoError(t, err)
			assert.Equal(t, tt.mode, d.Mode)
			assert.Equal(t, 302, d.Status)
			assert.Equal(t, tt.want, d.Location)
			assert.Equal(t, tt.want, d.Header["Location"])
			assert.Equal(t, "no-store", d.Header["Cache-Control"])
			assert.Empty(t, d.Body)
		})
	}
}

// Contract 1.4 and 2.3: which code and which text.
func TestDeliverCodes(t *testing.T) {
	context := loginContext(ProtocolBasic, map[string]any{"redirect_uri": "https://a/"})
	mfa := func(code string) *Outcome {
		return &Outcome{Decision: Allowed, Multifactor: &Multifactor{Provider: "any", OAuth: code}, Context: context}
	}
	tests := []struct {
		name    string
		outcome *Outcome
		options DeliveryOptions
		code    string
		text    string
	}{
		{"denied", &Outcome{Decision: Denied, Err: denial("m")}, DeliveryOptions{}, "unauthorized", "m"},
		{"denied, always access_denied", &Outcome{Decision: Denied, Err: denial("m")}, DeliveryOptions{AlwaysAccessDenied: true}, "access_denied", "m"},
		{"denied by an error without its code", &Outcome{Decision: Denied, Err: &RuleError{Message: "m"}}, DeliveryOptions{}, "unauthorized", "m"},
		{"failed by a rule", &Outcome{Decision: Failed, Err: &RuleError{Kind: KindRule, Message: "m", OAuth: OAuthAccessDenied}}, DeliveryOptions{}, "access_denied", "m"},
		{"failed without a code", &Outcome{Decision: Failed, Err: &RuleError{Kind: KindException, Message: "x is not defined"}}, DeliveryOptions{}, "access_denied", "x is not defined"},
		{"timeout", &Outcome{Decision: Failed, Err: &RuleError{Kind: KindTimeout, Message: "rule r took 20 s"}}, DeliveryOptions{}, "access_denied", PlatformTimeout},
		{"redirect impossible", &Outcome{Decision: Failed, Err: &RuleError{Kind: KindContract, Message: "m", OAuth: OAuthInteractionRequired}},
			DeliveryOptions{AlwaysAccessDenied: true}, "interaction_required", "m"},
		{"failed without an error", &Outcome{Decision: Failed}, DeliveryOptions{}, "access_denied", ""},
		{"factor impossible", mfa(OAuthInteractionRequired), DeliveryOptions{}, "interaction_required", "Multifactor authentication required"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.outcome.Context = context
			d, err := tt.outcome.Deliver(tt.options)
			require.NoError(t, err)
			assert.Equal(t, []Field{{"error", tt.code}, {"error_description", tt.text}}, d.Fields)
		})
	}
	for _, outcome := range []*Outcome{{}, {Decision: Allowed, Context: context}, mfa(""), {Decision: Redirect, Context: context}} {
		_, err := outcome.Deliver(DeliveryOptions{})
		assert.ErrorIs(t, err, ErrNothingToDeliver, outcome.Decision)
	}
}

func TestDeliverToken(t *testing.T) {
	failed := &RuleError{Kind: KindRule, Message: "no \"x\" </script> é", OAuth: OAuthAccessDenied}
	tests := []struct {
		name     string
		outcome  *Outcome
		protocol string
		status   int
		body     string
	}{
		{"denied, password", &Outcome{Decision: Denied, Err: denial("m")}, ProtocolPassword, 401, `{"error":"unauthorized","error_description":"m"}`},
		{"denied, refresh token", &Outcome{Decision: Denied, Err: denial("m")}, ProtocolRefreshToken, 401, `{"error":"unauthorized","error_description":"m"}`},
		{"failed", &Outcome{Decision: Failed, Err: failed}, ProtocolPassword, 403, `{"error":"access_denied","error_description":"no \"x\" </script> é"}`},
		{"oauth/ro", &Outcome{Decision: Failed, Err: failed}, ProtocolResourceOwner, 403, `{"error":"access_denied","error_description":"no \"x\" </script> é"}`},
		{"delegation", &Outcome{Decision: Denied, Err: denial("m")}, ProtocolDelegation, 401, `{"error":"unauthorized","error_description":"m"}`},
		{"device flow", &Outcome{Decision: Denied, Err: denial("m")}, ProtocolDeviceCode, 401, `{"error":"unauthorized","error_description":"m"}`},
		{"redirect impossible", &Outcome{Decision: Failed, Err: &RuleError{Message: "m", OAuth: OAuthInteractionRequired}}, ProtocolPassword, 403,
			`{"error":"interaction_required","error_description":"m"}`},
		{"factor required", &Outcome{Decision: Allowed, Multifactor: &Multifactor{OAuth: OAuthMFARequired}}, ProtocolPassword, 403,
			`{"error":"mfa_required","error_description":"Multifactor authentication required","mfa_token":"t0"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// redirect_uri, state and response_mode have no meaning at the token endpoint.
			tt.outcome.Context = loginContext(tt.protocol, map[string]any{"redirect_uri": "javascript:x", "state": "s", "response_mode": "fragment"})
			d, err := tt.outcome.Deliver(DeliveryOptions{MFAToken: "t0"})
			require.NoError(t, err)
			assert.Equal(t, ModeToken, d.Mode)
			assert.Equal(t, tt.status, d.Status)
			assert.Equal(t, tt.body, string(d.Body))
			assert.Equal(t, "application/json", d.ContentType)
			assert.Equal(t, map[string]string{"Content-Type": "application/json", "Cache-Control": "no-store", "Pragma": "no-cache"}, d.Header)
			assert.Empty(t, d.Location)
		})
	}
	d, err := tests[len(tests)-1].outcome.Deliver(DeliveryOptions{})
	require.NoError(t, err)
	assert.NotContains(t, string(d.Body), "mfa_token", "a host without a token leaves it out")
}

func TestDeliverNotOAuth(t *testing.T) {
	for _, protocol := range []string{ProtocolSAML, ProtocolWSFed, ProtocolWSTrust} {
		_, err := deniedLogin("Members only", protocol, nil).Deliver(DeliveryOptions{})
		var other *NotOAuthResponse
		require.ErrorAs(t, err, &other, protocol)
		assert.Equal(t, &NotOAuthResponse{protocol, "urn:oasis:names:tc:SAML:2.0:status:Responder", "Members only"}, other)
	}
	outcome := deniedLogin("m", ProtocolRedirectCallback, nil)
	outcome.Context["original_protocol"] = ProtocolSAML
	_, err := outcome.Deliver(DeliveryOptions{})
	var other *NotOAuthResponse
	assert.ErrorAs(t, err, &other, "after a redirect the original protocol counts")
}

func TestDeliverRedirectURI(t *testing.T) {
	tests := []struct {
		uri    string
		mode   string
		reason DeliveryReason // "" for fine
	}{
		{"https://app.example.com/cb", "", ""},
		{"HTTP://localhost:3000", "", ""},
		{"https://[::1]:3000/cb", "", ""},
		{"myapp:/cb", "", ""},
		{"com.example.app://login.example.com/ios/com.example.app/callback", "", ""},
		{"urn:ietf:wg:oauth:2.0:oob", "", ""},
		{"", "", NoRedirectURI},
		{"/cb", "", UnsafeRedirect},
		{"//evil.example/cb", "", UnsafeRedirect},
		{"app.example.com/cb", "", UnsafeRedirect},
		{"https:/app.example.com", "", UnsafeRedirect},
		{"https:app.example.com", "", UnsafeRedirect},
		{"https://", "", UnsafeRedirect},
		{"myapp:", "", UnsafeRedirect},
		{":x", "", UnsafeRedirect},
		{"1a:x", "", UnsafeRedirect},
		{"javascript:alert(1)", "", UnsafeRedirect},
		{"JavaScript:alert(1)//https://x", "", UnsafeRedirect},
		{"java\tscript:alert(1)", "", UnsafeRedirect},
		{" javascript:alert(1)", "", UnsafeRedirect},
		{"\x01javascript:alert(1)", "", UnsafeRedirect},
		{"javascript:alert(1)", "form_post", UnsafeRedirect},
		{"javascript:alert(1)", "web_message", UnsafeRedirect},
		{"data:text/html,x", "", UnsafeRedirect},
		{"vbscript:x", "", UnsafeRedirect},
		{"file:///etc/passwd", "", UnsafeRedirect},
		{"blob:https://a/1", "", UnsafeRedirect},
		{"view-source:https://a", "", UnsafeRedirect},
		{"https://app.example.com@evil.example/cb", "", UnsafeRedirect},
		{"https://evil.example\\@app.example.com/cb", "", UnsafeRedirect},
		{"https://a/\r\nSet-Cookie: x=1", "", UnsafeRedirect},
		{"https://a/\x7f", "", UnsafeRedirect},
		{"https://a b/", "", UnsafeRedirect},
		{"https://[zz]/", "web_message", UnsafeRedirect},
		{"https://a:99999/", "", UnsafeRedirect},
		{"https://ａpp.example/", "", UnsafeRedirect},
		{"myapp://cb", "form_post", RedirectNeedsWeb},
		{"myapp://cb", "web_message", RedirectNeedsWeb},
	}
	for _, tt := range tests {
		t.Run(tt.uri+" "+tt.mode, func(t *testing.T) {
			d, err := deniedLogin("m", ProtocolBasic, map[string]any{"redirect_uri": tt.uri, "response_mode": tt.mode}).Deliver(DeliveryOptions{})
			if tt.reason == "" {
				require.NoError(t, err)
				assert.True(t, strings.HasPrefix(d.Location, tt.uri))
				return
			}
			var refused *DeliveryError
			require.ErrorAs(t, err, &refused)
			assert.Equal(t, tt.reason, refused.Reason)
			assert.Equal(t, Delivery{}, d)
		})
	}
}

// A rule that writes to context.request, and the /continue parameters of a resumed
// login, must not move the answer.
func TestDeliverWhereTheLoginBegan(t *testing.T) {
	login := loginContext(ProtocolBasic, map[string]any{"redirect_uri": "https://app/cb", "state": "s1"})
	resumed := deniedLogin("m", ProtocolRedirectCallback, map[string]any{"state": "of /continue", "redirect_uri": "https://evil"})
	d, err := resumed.Deliver(DeliveryOptions{Login: login})
	require.NoError(t, err)
	assert.Equal(t, "https://app/cb?error=unauthorized&error_description=m&state=s1", d.Location)

	began := resumedFlow(login)
	resumed.login = &began
	d, err = resumed.Deliver(DeliveryOptions{})
	require.NoError(t, err)
	assert.Equal(t, "https://app/cb?error=unauthorized&error_description=m&state=s1", d.Location)

	d, err = resumed.Deliver(DeliveryOptions{RedirectURI: "https://registered/cb"})
	require.NoError(t, err)
	assert.Equal(t, "https://registered/cb?error=unauthorized&error_description=m&state=s1", d.Location)
}

const nasty = "\"'<>&</script><!--<script>\u2028\u2029\\\r\n\t\x00é😀"

func TestDeliverFormPost(t *testing.T) {
	d, err := deniedLogin(nasty, ProtocolBasic, map[string]any{"redirect_uri": "https://a/cb?x=1&y=\"2", "response_mode": "form_post", "state": "\"><script>"}).Deliver(DeliveryOptions{})
	require.NoError(t, err)
	assert.Equal(t, 200, d.Status)
	assert.Equal(t, "text/html; charset=utf-8", d.Header["Content-Type"])
	assert.Equal(t, "no-store", d.Header["Cache-Control"])
	page := string(d.Body)
	assert.Contains(t, page, `<form method="post" action="https://a/cb?x=1&amp;y=&#34;2">`)
	assert.Contains(t, page, `onload="document.forms[0].submit()"`)
	assert.NotContains(t, page, "<script>")
	assert.Equal(t, [][2]string{{"error", "unauthorized"}, {"error_description", strings.ReplaceAll(nasty, "\x00", "\uFFFD")}, {"state", "\"><script>"}}, formInputs(page))
}

var input = regexp.MustCompile(`(?s)<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// formInputs reads the hidden fields of a page as a browser would.
func formInputs(page string) [][2]string {
	page = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(page)
	var fields [][2]string
	for _, match := range input.FindAllStringSubmatch(page, -1) {
		fields = append(fields, [2]string{html.UnescapeString(match[1]), html.UnescapeString(match[2])})
	}
	return fields
}

func TestDeliverWebMessage(t *testing.T) {
	d, err := deniedLogin(nasty, ProtocolBasic, map[string]any{"redirect_uri": "HTTPS://App.Example.com:443/cb", "response_mode": "web_message", "state": "s"}).Deliver(DeliveryOptions{})
	require.NoError(t, err)
	assert.Equal(t, 200, d.Status)
	assert.Equal(t, "no-store", d.Header["Cache-Control"])
	page := string(d.Body)
	assert.Equal(t, 1, strings.Count(page, "<script>"))
	assert.Equal(t, 1, strings.Count(page, "</script>"))
	assert.NotContains(t, page, "<!--")
	assert.NotContains(t, page, "\u2028")
	origin, message := webMessage(t, page)
	assert.Equal(t, "https://app.example.com", origin)
	assert.Equal(t, map[string]any{"type": "authorization_response", "response": map[string]any{
		"error": "unauthorized", "error_description": nasty, "state": "s",
	}}, message)

	for uri, want := range map[string]string{"http://localhost:3000/x": "http://localhost:3000", "http://a:80": "http://a", "https://[::1]:8443/": "https://[::1]:8443"} {
		d, err := deniedLogin("m", ProtocolBasic, map[string]any{"redirect_uri": uri, "response_mode": "web_message"}).Deliver(DeliveryOptions{})
		require.NoError(t, err)
		origin, message := webMessage(t, string(d.Body))
		assert.Equal(t, want, origin)
		assert.NotContains(t, message["response"], "state")
	}
}

// webMessage reads what a page posts, and to whom.
func webMessage(t testing.TB, page string) (origin string, message map[string]any) {
	t.Helper()
	match := regexp.MustCompile(`(?m)^var origin = (.*);\nvar message = (.*);$`).FindStringSubmatch(page)
	require.NotNil(t, match, page)
	require.NoError(t, json.Unmarshal([]byte(match[1]), &origin))
	require.NoError(t, json.Unmarshal([]byte(match[2]), &message))
	return origin, message
}

// encodeURIComponent of the real thing, for every character of the first planes.
func TestURIComponentLikeNode(t *testing.T) {
	var texts []string
	for r := rune(0); r < 0x3000; r++ {
		texts = append(texts, string(r))
	}
	texts = append(texts, "a b+c", "User did not consent!", "😀", "\uFFFD", "\U0010FFFF")
	var want []string
	nodejs.Ask(t, nodejs.Command(t, "-e", `process.stdout.write(JSON.stringify(JSON.parse(require('fs').readFileSync(0)).map(encodeURIComponent)))`), texts, &want)
	for i, text := range texts {
		require.Equal(t, want[i], string(appendURIComponent(nil, text)), "%q", text)
	}
}

func TestWellFormed(t *testing.T) {
	lone := string(jsvalue.AppendSurrogate(nil, 0xD83D))
	for in, want := range map[string]string{"a": "a", "é😀": "é😀", "x" + lone + "y": "x\uFFFDy", lone + lone: "\uFFFD\uFFFD", "a\xff\xfeb": "a\uFFFD\uFFFDb", "\xe2\x82": "\uFFFD\uFFFD"} {
		assert.Equal(t, want, wellFormed(in), "%q", in)
	}
}

// FuzzDelivery: what the application reads back is what the rule said.
func FuzzDelivery(f *testing.F) {
	f.Add("Members only", "xyz", "https://app.example/cb", "query")
	f.Add(nasty, "a=b&c", "https://app.example/cb?x=1#y", "fragment")
	f.Add("é", "", "http://localhost:3000", "form_post")
	f.Add("\xff", "s", "https://a.b", "web_message")
	f.Add("m", "s", "myapp://cb", "")
	f.Fuzz(func(t *testing.T, message, state, uri, mode string) {
		query := map[string]any{"redirect_uri": uri, "state": state, "response_mode": mode}
		d, err := deniedLogin(message, ProtocolBasic, query).Deliver(DeliveryOptions{})
		if err != nil {
			var refused *DeliveryError
			require.ErrorAs(t, err, &refused)
			return
		}
		want := map[string]string{"error": "unauthorized", "error_description": wellFormed(message), "state": wellFormed(state)}
		got := map[string]string{}
		switch d.Mode {
		case ModeQuery, ModeFragment:
			for i := 0; i < len(d.Location); i++ {
				require.True(t, ' ' < d.Location[i] && d.Location[i] < 0x7f, "%q", d.Location)
			}
			base, fragment, _ := strings.Cut(d.Location, "#")
			_, parameters, _ := strings.Cut(base, "?")
			if d.Mode == ModeFragment {
				parameters = fragment
			}
			parts := strings.Split(parameters, "&")
			for _, part := range parts[len(parts)-3:] {
				name, value, _ := strings.Cut(part, "=")
				got[name], err = url.PathUnescape(value)
				require.NoError(t, err)
			}
		case ModeFormPost:
			for name, value := range want {
				want[name] = strings.ReplaceAll(value, "\x00", "\uFFFD")
			}
			for _, field := range formInputs(string(d.Body)) {
				got[field[0]] = field[1]
			}
		case ModeWebMessage:
			require.Equal(t, 1, strings.Count(string(d.Body), "</script"))
			_, posted := webMessage(t, string(d.Body))
			for name, value := range posted["response"].(map[string]any) {
				got[name] = value.(string)
			}
		}
		require.Equal(t, want, got)
	})
}
