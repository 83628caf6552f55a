package runtime

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// ShowAll among Options.ShowConfiguration shows every value.
const ShowAll = "*"

// shortestSecret is the length in bytes of the shortest value of the configuration that is hidden:
// shorter ones stand by chance in texts that have nothing to do with them.
const shortestSecret = 6

// longestNumber is the length up to which a number is none: longer ones are keys of somebody.
const longestNumber = 9

// shortestLine is the same for one line of a value of several lines, a key in PEM form say.
const shortestLine = 16

// masks hides values of the configuration in texts that people read. One belongs to a chain; the
// nil one hides nothing. It is safe for concurrent use.
type masks struct {
	own   map[string]string // the chain's configuration
	shown []string
	once  sync.Once
	made  *strings.Replacer // for own
}

func newMasks(configuration map[string]string, shown []string) *masks {
	if slices.Contains(shown, ShowAll) {
		return nil
	}
	return &masks{own: configuration, shown: shown}
}

// replacerOf replaces the values of a run's configuration by the names of their keys. A run that has
// one of its own keeps its replacer in kept.
func (m *masks) replacerOf(configuration map[string]string, kept *atomic.Pointer[strings.Replacer]) *strings.Replacer {
	if reflect.ValueOf(configuration).Pointer() == reflect.ValueOf(m.own).Pointer() {
		m.once.Do(func() { m.made = m.replacer(m.own) })
		return m.made
	}
	made := kept.Load()
	if made == nil {
		made = m.replacer(configuration)
		kept.Store(made)
	}
	return made
}

// replacer knows the values as they stand in texts, the longest first.
func (m *masks) replacer(configuration map[string]string) *strings.Replacer {
	type secret struct{ text, mask string }
	var secrets []secret
	for _, key := range slices.Sorted(maps.Keys(configuration)) {
		if slices.Contains(m.shown, key) || !isSecret(configuration[key]) {
			continue
		}
		for _, text := range spellings(configuration[key]) {
			secrets = append(secrets, secret{text, "[configuration." + key + "]"})
		}
	}
	slices.SortStableFunc(secrets, func(a, b secret) int { return cmp.Compare(len(b.text), len(a.text)) })
	pairs := make([]string, 0, 2*len(secrets))
	for _, s := range secrets {
		pairs = append(pairs, s.text, s.mask)
	}
	return strings.NewReplacer(pairs...)
}

// plain are words of JavaScript's own messages.
var plain = []string{"undefined", "object", "function", "string", "number", "boolean", "symbol"}

// isSecret reports whether a value is hidden: a usual number, a switch or a word of the language is none.
func isSecret(value string) bool {
	if len(value) < shortestSecret || slices.Contains(plain, value) {
		return false
	}
	_, err := strconv.ParseFloat(value, 64)
	return err != nil || len(value) > longestNumber
}

// component makes what encodeURIComponent answers of what url.QueryEscape does.
var component = strings.NewReplacer("+", "%20", "%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*")

// spellings are the texts as which a value is written: itself, inside a JSON text, in a URL, in base64 and hex, and
// line by line, as console.log writes texts of several lines in objects.
func spellings(value string) []string {
	quoted := jsondoc.AppendString(nil, value)
	all := []string{value, string(quoted[1 : len(quoted)-1]), url.PathEscape(value), url.QueryEscape(value), component.Replace(url.QueryEscape(value)), hex.EncodeToString([]byte(value))}
	all = append(all, inBase64(value)...)
	if lines := strings.Split(value, "\n"); len(lines) > 1 {
		for _, line := range lines {
			if line = strings.TrimSpace(line); len(line) >= shortestLine {
				all = append(all, line)
			}
		}
	}
	return all
}

// inBase64 are the characters that stand for a value in the base64 of any text with it: "user:" and a password
// in the header of a request, a claim in a token. They depend on how many bytes are before it; the first and
// the last ones hold bits of the neighbours, too, and are left.
func inBase64(value string) []string {
	var all []string
	for _, coding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 3 {
			text := coding.EncodeToString(append(make([]byte, before), value...))
			from, to := (8*before+5)/6, 8*(before+len(value))/6
			all = append(all, text[from:to])
		}
	}
	return all
}

// hide hides what is secret in a text of the run: values of its configuration, and access tokens
// that rules were given.
func (r *Run) hide(text string) string { return r.hidden(text, r.Configuration) }

func (r *Run) hidden(text string, configuration map[string]string) string {
	if tokens := r.tokens.Load(); tokens != nil {
		text = tokens.Replace(text)
	}
	if r.masks == nil || len(configuration) == 0 || len(text) < shortestSecret {
		return text
	}
	return r.masks.replacerOf(configuration, &r.ownMask).Replace(text)
}

// hideToken hides an access token in what the run records from here on.
func (r *Run) hideToken(token string) {
	var pairs []string
	for _, text := range spellings(token) {
		pairs = append(pairs, text, "[auth0.accessToken]")
	}
	r.tokens.Store(strings.NewReplacer(pairs...))
}

// masked is a failure without what is secret. What a rule says to the application with an
// UnauthorizedError is its answer, and stays as it is.
func (r *Run) masked(failure *RuleError, configuration map[string]string) *RuleError {
	if r.tokens.Load() == nil && (r.masks == nil || len(configuration) == 0) {
		return failure
	}
	own := *failure // runs may share it
	texts := []*string{&own.Stack, &own.Cause}
	if !failure.Denied() {
		texts = append(texts, &own.Name, &own.Message, &own.Code, &own.Description, &own.UserID)
	}
	same := true
	for _, text := range texts {
		hidden := r.hidden(*text, configuration)
		same = same && hidden == *text
		*text = hidden
	}
	if same {
		return failure
	}
	return &own
}
