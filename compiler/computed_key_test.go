package compiler_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ferrule-rules/ferrule/compiler/modules"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

func TestComputedKey(t *testing.T) {
	assert.Equal(t, program.ComputedKey, modules.ComputedKey)
}
