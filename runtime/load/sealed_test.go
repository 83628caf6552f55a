package load_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime/saved"
)

// sealed makes a file of a body's JSON.
func sealed(t *testing.T, text []byte) []byte {
	t.Helper()
	var body bytes.Buffer
	zip := gzip.NewWriter(&body)
	_, err := zip.Write(text)
	require.NoError(t, err)
	require.NoError(t, zip.Close())
	return fmt.Appendf(nil, "ferrule-pipeline %d %d %s\n%s", saved.Version, body.Len(), saved.Hash(body.String()), body.Bytes())
}
