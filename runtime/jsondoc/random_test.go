package jsondoc

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// random makes JSON texts and changes to them.
type random struct {
	*rand.Rand
	strange bool // keys twice, names with escapes, array indexes as names
}

func newRandom(seed uint64) *random {
	r := &random{Rand: rand.New(rand.NewPCG(seed, 7))}
	r.strange = r.IntN(2) == 0
	return r
}

var (
	plainNames   = []string{"a", "b", "c", "app_metadata", "roles", "email_verified_at_last_login", ""}
	strangeNames = []string{"1", "0", "20", "é", "__proto__", "a\"b", "constructor"}
	texts        = []string{``, `x`, `jane.doe@example.com`, `a longer text, which takes more than eight bytes`, `é`, `\n`, `\u0061`, `\ud83d\ude00`, `\ud800`, `say \"hi\"`, "\xff", `日本語テキスト`}
	numbers      = []string{`0`, `-0`, `1`, `1.0`, `10e-1`, `-12.5E+3`, `123456789012345678`, `1e21`, `0.1`, `5e-324`}
)

func pick[T any](r *random, list []T) T { return list[r.IntN(len(list))] }

func (r *random) name() string {
	if r.strange && r.IntN(3) == 0 {
		return pick(r, strangeNames)
	}
	return pick(r, plainNames)
}

func (r *random) space() string {
	if r.IntN(4) > 0 {
		return ""
	}
	return pick(r, []string{" ", "\n", "\t ", "\r\n  ", "  "})
}

// key spells a name.
func (r *random) key(name string) string {
	if r.strange && name == "a" && r.IntN(3) == 0 {
		return `"\u0061"`
	}
	return string(AppendString(nil, name))
}

func (r *random) object(depth int) string {
	var b strings.Builder
	b.WriteString("{" + r.space())
	var used []string
	for n := r.IntN(6); n > 0; n-- {
		name := r.name()
		if slices.Contains(used, name) && !r.strange {
			continue
		}
		if len(used) > 0 {
			b.WriteString(r.space() + "," + r.space())
		}
		used = append(used, name)
		b.WriteString(r.key(name) + r.space() + ":" + r.space() + r.value(depth+1))
	}
	b.WriteString(r.space() + "}")
	return b.String()
}

func (r *random) value(depth int) string {
	kind := r.IntN(9)
	if depth > 4 {
		kind = r.IntN(6)
	}
	switch kind {
	case 0:
		return "null"
	case 1:
		return pick(r, []string{"true", "false"})
	case 2, 3:
		return pick(r, numbers)
	case 4, 5:
		return `"` + pick(r, texts) + `"`
	case 6:
		var b strings.Builder
		b.WriteString("[" + r.space())
		for i, n := 0, r.IntN(4); i < n; i++ {
			if i > 0 {
				b.WriteString(r.space() + "," + r.space())
			}
			b.WriteString(r.value(depth + 1))
		}
		b.WriteString(r.space() + "]")
		return b.String()
	}
	return r.object(depth)
}

// tree is a new value with its key order.
func (r *random) tree(order *Order) any {
	value, own, err := Decode([]byte(r.value(3)))
	if err != nil {
		panic(err)
	}
	order.Merge(own)
	return value
}

// broken spoils a text at one place.
func (r *random) broken(text string) string {
	at := r.IntN(len(text) + 1)
	switch r.IntN(4) {
	case 0:
		return text[:at]
	case 1:
		return text[:at] + pick(r, []string{",", "}", "]", `"`, "\x00", "\\", "01", "nul", "1e999", "\ufeff", "-"}) + text[at:]
	case 2:
		if at < len(text) {
			return text[:at] + text[at+1:]
		}
	}
	return text + fmt.Sprintf("%d", at)
}
