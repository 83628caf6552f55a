package modules

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestWithNeighbours: files that are named by the folder of the script.
func TestWithNeighbours(t *testing.T) {
	for in, want := range map[string]string{
		`require( path.join(__dirname, 'helper.js') )`:           `require("./helper.js")`,
		"require(path.resolve(__dirname,\n '..', \"lib\", 'a'))": "require(\"../lib/a\"\n)",
		`require(__dirname + '/lib/a.js')`:                       `require("./lib/a.js")`,
		`require(path.join(__dirname, name))`:                    `require(path.join(__dirname, name))`,
		`require(path.join(__dirname, 'a' + name))`:              `require(path.join(__dirname, 'a' + name))`,
		`require(__dirname + '/' + name)`:                        `require(__dirname + '/' + name)`,
	} {
		assert.Equal(t, want, withNeighbours(in), in)
	}
}
