package stdlib_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/stdlib"
)

// mappedCharacter answers what testdata/characters.js does; an exit is "".
func mappedCharacter(s string) []string {
	answer := func(t string, err error) string {
		if err != nil {
			return ""
		}
		return t
	}
	return []string{
		answer(stdlib.ToLowerCase(s)), answer(stdlib.ToUpperCase(s)), answer(stdlib.Normalize(s, "NFC")), answer(stdlib.Normalize(s, "NFD")),
		answer(stdlib.Normalize(s, "NFKC")), answer(stdlib.Normalize(s, "NFKD")), answer(stdlib.ToLowerCase("A" + s + "Σ")), answer(stdlib.ToLowerCase("AΣ" + s + "b")),
		answer(stdlib.ToUpperCase("x" + s + "\u0301")), answer(stdlib.Normalize("e"+s+"\u0301", undefined)), answer(stdlib.Trim(s)),
	}
}

// TestCharacters compares the mapping of the characters that have one with goja's, and with Node's where there is one.
func TestCharacters(t *testing.T) {
	script, err := os.ReadFile("testdata/characters.js")
	require.NoError(t, err)
	// Without Han, Hangul and the planes where nothing is mapped.
	ranges := [][2]rune{{0, 0x3400}, {0xA4D0, 0xAC10}, {0xD7A0, 0xD7FF}, {0xF900, 0x12000}, {0x16000, 0x17000}, {0x1BC00, 0x20000}, {0x2F800, 0x2FA20}, {0xE0000, 0xE0200}}
	asked, err := json.Marshal(ranges)
	require.NoError(t, err)
	question := string(script) + "\nconst answer = JSON.stringify(" + string(asked) + ".flatMap(([from, to]) => characters(from, to)));\n"
	compare := func(engine, answer string) {
		var want [][]string
		require.NoError(t, json.Unmarshal([]byte(answer), &want))
		wrong, rest := 0, want
		for _, part := range ranges {
			for r := part[0]; r < part[1]; r++ {
				row := rest[0]
				rest = rest[1:]
				for way, got := range mappedCharacter(string(r)) {
					if got != "" && got != row[way] && wrong < 30 {
						wrong++
						t.Errorf("%s: U+%04X, way %d = %+q, want %+q", engine, r, way, got, row[way])
					}
				}
			}
		}
	}
	value, err := goja.New().RunString(question + "answer")
	require.NoError(t, err)
	compare("goja", value.String())
	if nodejs.Path() != "" {
		compare("Node", nodejs.Print(t, question+"process.stdout.write(answer)"))
	}
	for _, s := range []string{"é", "ß", "Σ", "İ", "😀", "字", "한", "e\u0301", "Ж"} {
		for way, got := range mappedCharacter(s) {
			assert.NotEmpty(t, got, "%q, way %d", s, way)
		}
	}
}
