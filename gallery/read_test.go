package gallery

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
)

func TestMistakes(t *testing.T) {
	const good = "title: T\noverview: O.\ndescription: D.\ncategories: [token]\n"
	for _, tt := range []struct{ name, yaml, want string }{
		{"nothing", "", "template a: template.yaml: "},
		{"an unknown member", good + "titel: x\n", "titel"},
		{"no overview", "title: T\n", "no overview"},
		{"no category", "title: T\noverview: O.\ndescription: D.\n", "no categories"},
		{"another category", "title: T\noverview: O.\ndescription: D.\ncategories: [tokens]\n", `no category "tokens"`},
		{"a setting", good + "configuration: [{name: A}]\n", `the setting "A" needs`},
		{"everything", good + "use_cases: [\"1\"]\nmodules: []\ncalls: []\noptional: []\nconfiguration: []\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := read(fstest.MapFS{"a/template.yaml": {Data: []byte(tt.yaml)}, "a/rule.js": {}, "a/a.test.yaml": {}})
			if tt.want == "" {
				assert.NoError(t, err)
			} else {
				assert.ErrorContains(t, err, tt.want)
			}
		})
	}
	_, err := read(fstest.MapFS{"a/template.yaml": {}, "a/a.test.yaml": {}})
	assert.ErrorContains(t, err, "rule.js")
}
