package main

import (
	"bufio"
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPickATemplate(t *testing.T) {
	pick := func(answers string) (string, *newFlags, error) {
		var out, errs bytes.Buffer
		c, f := &command{out: newTerminal(&out), err: newTerminal(&errs)}, &newFlags{}
		template, err := c.pick(f, bufio.NewReader(strings.NewReader(answers)))
		if err != nil {
			return out.String() + errs.String(), f, err
		}
		return template.Name + out.String() + errs.String(), f, nil
	}
	said, f, err := pick("nothing\nweekdays-only\nit's\nabc\n")
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(said, "weekdays-only"))
	assert.Contains(t, said, `There is no template "nothing".`)
	assert.Contains(t, said, "a value has letters")
	assert.Equal(t, map[string]string{"CLIENT_ID_OF_THE_BACK_OFFICE": "abc"}, f.set)

	_, f, err = pick("weekdays-only\n\n")
	require.NoError(t, err)
	assert.Empty(t, f.set)

	_, _, err = pick("")
	assert.ErrorContains(t, err, "nothing was picked")
}
