package program

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Need is something that a rule reads of the login, or has to know of before it writes there.
type Need struct {
	Root string   // user or context
	Keys []string // none for all of the root
	// Glance says that it does not matter what an array or object there holds.
	Glance bool
}

// NeedsText is the form in which a Rule keeps its needs, one a line:
//
//	user.app_metadata?
//	context.idToken["https://example.com/role"]
func NeedsText(needs []Need) string {
	var b strings.Builder
	for i, need := range needs {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(need.Root)
		for _, key := range need.Keys {
			if isWord(key) {
				b.WriteString("." + key)
				continue
			}
			quoted, _ := json.Marshal(key) // a text has no error
			fmt.Fprintf(&b, "[%s]", quoted)
		}
		if need.Glance {
			b.WriteByte('?')
		}
	}
	return strings.Clone(b.String()) // without the room to grow: it lives as long as the rule
}

// ReadNeeds reads what NeedsText writes.
//
// # Errors
//
// A text that it does not write.
func ReadNeeds(text string) ([]Need, error) {
	var needs []Need
	for line := range strings.Lines(text) {
		need, ok := readNeed(strings.TrimSuffix(line, "\n"))
		if !ok {
			return nil, fmt.Errorf("%q is nothing that a rule can need", line)
		}
		needs = append(needs, need)
	}
	return needs, nil
}

func readNeed(line string) (need Need, ok bool) {
	line, need.Glance = strings.CutSuffix(line, "?")
	root := len(line)
	if end := strings.IndexAny(line, ".["); end >= 0 {
		root = end
	}
	need.Root, line = line[:root], line[root:]
	if need.Root != "user" && need.Root != "context" {
		return need, false
	}
	for line != "" {
		key := ""
		if line[0] == '.' {
			end := 1
			for end < len(line) && isWord(line[1:end+1]) {
				end++
			}
			key, line = line[1:end], line[end:]
			if key == "" {
				return need, false
			}
		} else {
			decoder := json.NewDecoder(strings.NewReader(line[1:]))
			if line[0] != '[' || decoder.Decode(&key) != nil {
				return need, false
			}
			rest, closed := strings.CutPrefix(line[1+decoder.InputOffset():], "]")
			if !closed {
				return need, false
			}
			line = rest
		}
		need.Keys = append(need.Keys, key)
	}
	return need, true
}

func isWord(text string) bool {
	for i, c := range []byte(text) {
		if !(c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z' || i > 0 && '0' <= c && c <= '9') {
			return false
		}
	}
	return text != ""
}
