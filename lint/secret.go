package lint

import (
	"math"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// known are the forms of keys that services give out.
var known = []struct {
	form *regexp.Regexp
	what string
}{
	{regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----`), "a private key"},
	{regexp.MustCompile(`\bAKIA[0-9A-Z]{16}\b`), "an AWS access key"},
	{regexp.MustCompile(`\b[sr]k_(?:live|test)_[0-9A-Za-z]{16,}`), "a Stripe key"},
	{regexp.MustCompile(`\bxox[abprs]-[0-9A-Za-z-]{10,}`), "a Slack token"},
	{regexp.MustCompile(`^https://hooks\.slack\.com/services/T[0-9A-Z]{6,}/B[0-9A-Z]{6,}/[0-9A-Za-z]{16,}`), "a Slack webhook, whose address is its secret"},
	{regexp.MustCompile(`\bgh[pousr]_[0-9A-Za-z]{36}`), "a GitHub token"},
	{regexp.MustCompile(`\bSG\.[0-9A-Za-z_-]{16,}\.[0-9A-Za-z_-]{16,}`), "a SendGrid key"},
	{regexp.MustCompile(`\bkey-[0-9a-f]{32}\b`), "a Mailgun key"},
	{regexp.MustCompile(`\bAIza[0-9A-Za-z_-]{35}\b`), "a Google API key"},
	{regexp.MustCompile(`\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}`), "a JSON web token"},
	{regexp.MustCompile(`^[Bb]asic [0-9A-Za-z+/]{12,}={0,2}$`), "credentials of basic authentication"},
	{regexp.MustCompile(`^[Bb]earer [0-9A-Za-z._~+/-]{16,}=*$`), "a bearer token"},
}

// secretWords are words of names that hold secrets; with key, only together with one of
// keyWords.
var (
	secretWords = []string{"secret", "password", "passwd", "pwd", "passphrase", "token", "apikey", "authtoken", "skey", "ikey", "credential", "credentials"}
	keyWords    = []string{"api", "private", "secret", "access", "auth", "master", "write", "server", "encryption", "signing", "shared", "license", "account", "client", "subscription", "integration"}
	// placeWords make of a secret's name the name of where it is, how it is called, or when it ends.
	placeWords = []string{"url", "uri", "endpoint", "host", "path", "name", "type", "audience", "issuer", "iss", "header", "expires", "expiration", "lifetime", "ttl", "field", "id", "param", "policy", "reset", "public", "algorithm", "grant", "message", "error", "page", "prefix", "namespace", "claim", "format", "regex"}
)

// placeholder is what stands in samples for a secret.
var placeholder = regexp.MustCompile(`(?i)your|example|change|replace|todo|xxx|\*\*|\.\.\.|<.*>|^\{.*\}$|\{\{|##|@@|insert|placeholder|dummy|sample|fixme|^(?:test|secret|password|token|none|null|undefined|basic|bearer|string|key|default|access_token|id_token|refresh_token)$|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$`)

// secrets is L07.
func secrets(r *rule) {
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.String:
			r.secretText(n, n.Value)
		case *ast.Template:
			for _, part := range n.Parts {
				r.secretText(n, part.Cooked)
			}
		}
	}
}

func (r *rule) secretText(n ast.Expr, text string) {
	if len(text) < 4 || len(text) > 20_000 {
		return
	}
	const advice = "put it into the tenant's configuration, read configuration.%s here, and change it at the service: it has been seen"
	if strings.Contains(text, "://") && strings.Contains(text, "@") {
		if u, err := url.Parse(text); err == nil && u.User != nil {
			if password, ok := u.User.Password(); ok && password != "" && (password == "pass" || password == "password" || !placeholder.MatchString(password)) {
				note(r.say("L07", n.Span(), "the URL holds a password for %s", u.Host), advice, "DATABASE_URL")
				return
			}
		}
	}
	for _, k := range known {
		if found := k.form.FindString(text); found != "" && !placeholder.MatchString(strings.TrimPrefix(found, "-----BEGIN ")) {
			note(r.say("L07", n.Span(), "%s stands in the source", k.what), advice, "A_NAME")
			return
		}
	}
	if _, isText := n.(*ast.String); !isText {
		return
	}
	name := r.nameFor(n)
	if name == "" || !secretName(name) || !r.secretValue(text) && !passphrase(name, text) {
		return
	}
	note(r.say("L07", n.Span(), "%s looks like a secret, and its value stands in the source", short(name)), advice, strings.ToUpper(strings.Join(parts(name), "_")))
}

// nameFor is what a text is the value of: a variable, a property, a header.
func (r *rule) nameFor(n ast.Expr) string {
	switch p := r.parents[n].(type) {
	case *ast.Binding:
		if id, ok := p.Target.(*ast.Ident); ok && p.Init == n {
			return id.Name
		}
	case *ast.Prop:
		if key, ok := p.Key.(*ast.String); ok && p.Value == n {
			return key.Value
		}
	case *ast.Assign:
		if p.Value != n {
			break
		}
		switch t := p.Target.(type) {
		case *ast.Ident:
			return t.Name
		case *ast.Member:
			return t.Name
		case *ast.Index:
			if key, ok := t.Key.(*ast.String); ok {
				return key.Value
			}
		}
	case *ast.Logical:
		if p.Op != "&&" {
			return r.nameFor(p)
		}
	case *ast.Call:
		// jwt.sign(payload, 'secret'), crypto.createHmac('sha256', 'secret')
		_, m := method(p)
		if len(p.Args) > 1 && p.Args[1] == n && (m == "sign" || m == "verify" || m == "createHmac" || m == "createCipher" || m == "createCipheriv" || m == "createDecipher" || m == "createDecipheriv") {
			return "secret"
		}
	}
	return ""
}

func secretName(name string) bool {
	words := parts(name)
	has := func(list []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
	}
	if has(placeWords) {
		return false
	}
	return has(secretWords) || slices.Contains(words, "key") && has(keyWords) || len(words) == 1 && slices.Contains([]string{"authorization", "clientsecret", "accesstoken", "privatekey"}, words[0])
}

// secretValue reports whether a text can be a secret: no placeholder, no sentence, no
// address, no plain word.
func (r *rule) secretValue(text string) bool {
	if len(text) < 8 || strings.ContainsAny(text, " \n\t") || placeholder.MatchString(text) || strings.Contains(text, "://") {
		return false
	}
	digits, letters := 0, 0
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			letters++
		}
	}
	if letters+digits == 0 {
		return false
	}
	return digits > 0 && entropy(text) > 2.5 || entropy(text) > 3.6 && !words(text)
}

// passphrase reports whether a text without digits is a secret all the same: its name says
// so, and it is more than one word.
func passphrase(name, text string) bool {
	words := parts(name)
	last := words[len(words)-1]
	return slices.Contains([]string{"secret", "password", "passwd", "pwd", "passphrase"}, last) && len(text) >= 8 &&
		!strings.ContainsAny(text, " \n\t") && !strings.Contains(text, "://") && !placeholder.MatchString(text) &&
		!regexp.MustCompile(`^[A-Za-z]?[a-z]*(?:_[a-z]+)*$`).MatchString(text)
}

// words reports whether a text is made of plain words: no upper case inside of one, no digit.
func words(text string) bool {
	return regexp.MustCompile(`^[A-Za-z]?[a-z]*(?:[-_./:][A-Za-z]?[a-z]*)*$`).MatchString(text)
}

// entropy is the bits a character of a text carries by the text's own frequencies.
func entropy(text string) float64 {
	count := map[rune]float64{}
	total := 0.0
	for _, c := range text {
		count[c]++
		total++
	}
	bits := 0.0
	for _, n := range count {
		bits -= n / total * math.Log2(n/total)
	}
	return bits
}
