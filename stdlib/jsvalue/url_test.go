package jsvalue_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

func TestForms(t *testing.T) {
	assert.Equal(t, []string{"a b", "c=d", "é", "", "", "x", "\uFFFD\uFFFD", "%zz"}, jsvalue.FormPairs("a+b=c=d&%C3%A9&=x&&%E2%82%FF=%zz"))
	assert.Equal(t, "a+b=c%3Dd&%C3%A9=*-._%7E", jsvalue.FormText([]string{"a b", "c=d", "é", "*-._~"}))
	assert.Empty(t, jsvalue.FormText(nil))
	for in, want := range map[string]string{"é": "é", "\xE2\x82": "\uFFFD", "a\xF0\x9F\x98b": "a\uFFFDb", "\xED\xA0\x80": "\uFFFD\uFFFD\uFFFD", "\xC0\x80": "\uFFFD\uFFFD", "\xF4\x90": "\uFFFD\uFFFD", "\xE0\x80": "\uFFFD\uFFFD", "\xF0\x8F": "\uFFFD\uFFFD", "😀": "😀"} {
		assert.Equal(t, want, jsvalue.DecodeUTF8([]byte(in)), "%q", in)
	}
}

func TestURLFollowsItsParams(t *testing.T) {
	u := &jsvalue.URL{Scheme: "https", Username: "u", Password: "p", Host: "example.com", HasHost: true, Port: "8080", Path: "/a", Query: "b=1", HasQuery: true, Fragment: "c", HasFragment: true, Origin: "https://example.com:8080"}
	assert.Equal(t, "https://u:p@example.com:8080/a?b=1#c", u.Href())
	v, err := u.Property("searchParams")
	require.NoError(t, err)
	params := v.(*jsvalue.URLParams)
	answer, err := params.Mutate("append", []any{"b", 2.0})
	require.NoError(t, err)
	assert.Equal(t, jsvalue.Undefined, answer)
	assert.Equal(t, "https://u:p@example.com:8080/a?b=1&b=2#c", u.Href())
	all, err := params.All("b")
	require.NoError(t, err)
	assert.Equal(t, []any{"1", "2"}, all)
	_, err = params.Mutate("delete", []any{"b"})
	require.NoError(t, err)
	assert.Equal(t, "https://u:p@example.com:8080/a#c", u.Href())
	first, err := params.Entry("b")
	require.NoError(t, err)
	assert.Nil(t, first)
	search, err := u.Property("search")
	require.NoError(t, err)
	assert.Empty(t, search)
	assert.Equal(t, "web:/.//x", (&jsvalue.URL{Scheme: "web", Path: "//x"}).Href())
	for _, opaque := range []jsvalue.Opaque{u, params} {
		_, err := opaque.Property("toString")
		assert.Equal(t, jsvalue.ExitPrototype, err, opaque.Class())
	}
}
