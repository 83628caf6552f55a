package modules

import (
	"regexp"
	"slices"
	"strings"
)

// Specifier is what require is called with.
type Specifier struct {
	Text    string // as it is written
	Name    string // of the package or core module, with its scope: "@scope/name"
	Version string // as it is pinned; "" when it is not
	Sub     string // behind the name: "fp" in lodash/fp; "" for the package itself
}

// withVersion is the platform's pattern: all up to the second @ is the name, or up to the first
// when the name does not begin with one; the rest is the version.
var withVersion = regexp.MustCompile(`^(@?[^@]+)@(.+)$`)

// Parse reads a specifier. There is no text that is none: one that nobody has is missing later.
func Parse(text string) Specifier {
	s := Specifier{Text: text, Name: text}
	if IsPath(text) {
		return s
	}
	if name, ok := strings.CutPrefix(text, corePrefix); ok {
		s.Name = name
		return s
	}
	if m := withVersion.FindStringSubmatch(text); m != nil {
		s.Name = m[1]
		s.Version, s.Sub, _ = strings.Cut(m[2], "/")
	}
	parts := strings.SplitN(s.Name, "/", 3)
	words := 1
	if strings.HasPrefix(s.Name, "@") {
		words = 2
	}
	if len(parts) > words && s.Sub == "" && !isCore(s.Name) {
		s.Sub = strings.Join(parts[words:], "/")
		s.Name = strings.Join(parts[:words], "/")
	}
	return s
}

// IsPath reports whether a specifier names a file and no module.
func IsPath(text string) bool {
	return text == "." || text == ".." || strings.HasPrefix(text, "./") || strings.HasPrefix(text, "../") ||
		strings.HasPrefix(text, "/") || strings.HasPrefix(text, "file:") || strings.ContainsAny(text, "\\\x00") ||
		slices.Contains(strings.Split(text, "/"), "..")
}

// Alias is the name under which npm installs this very version beside others:
// "axios-0.21.1". It is "" without a version.
func (s Specifier) Alias() string {
	if s.Version == "" {
		return ""
	}
	return s.Name + "-" + strings.ToLower(s.Version)
}

// IsCore reports whether the specifier means one of Node's core modules, or bcrypt, which Ferrule
// provides as if it were one.
func (s Specifier) IsCore() bool {
	if s.Name == bcrypt {
		return s.Sub == ""
	}
	return s.Version == "" && s.Sub == "" && !strings.HasSuffix(s.Text, "/") && (strings.HasPrefix(s.Text, corePrefix) || isCore(s.Name))
}

const (
	corePrefix = "node:"
	bcrypt     = "bcrypt"
)

// isCore reports whether Node 20 has a core module of this name.
func isCore(name string) bool { return coreNames[name] }

var coreNames = setOf(`assert assert/strict async_hooks buffer child_process cluster console constants crypto
	dgram diagnostics_channel dns dns/promises domain events fs fs/promises http http2 https inspector
	inspector/promises module net os path path/posix path/win32 perf_hooks process punycode querystring readline
	readline/promises repl stream stream/consumers stream/promises stream/web string_decoder sys timers
	timers/promises tls trace_events tty url util util/types v8 vm wasi worker_threads zlib`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}
