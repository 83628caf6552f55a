package egress

import (
	"io"
	"net"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWireSpelling(t *testing.T) {
	ours, theirs := net.Pipe()
	w := &wire{Conn: ours, max: 1 << 10}
	w.expect([]string{"x-b", "HOST", "X-List", "x-list", "gone"})
	got := make(chan string)
	go func() {
		all := make([]byte, 1<<10)
		n, _ := io.ReadAtLeast(theirs, all, 60)
		got <- string(all[:n])
		_, _ = io.WriteString(theirs, "HTTP/1.1 100 Continue\r\na: b\r\n\r\nHTTP/1.1 200 OK\r\nx-One: 1\r\nTwo:  2 \r\n go on\r\n\r\nbody: x\r\n\r\n")
		_ = theirs.Close()
	}()
	for _, part := range []string{"GET / HTTP/1.1\r\nHost: h\r\nX-", "B: 1\r\nX-List: 1\r\nX-List: 2\r\nZ: z\r\n\r", "\nbody"} {
		n, err := w.Write([]byte(part))
		require.NoError(t, err)
		assert.Equal(t, len(part), n)
	}
	assert.Equal(t, "GET / HTTP/1.1\r\nx-b: 1\r\nHOST: h\r\nX-List: 1\r\nx-list: 2\r\nZ: z\r\n\r\nbody", <-got)
	_, err := io.ReadAll(w)
	require.NoError(t, err)
	assert.Equal(t, []string{"x-One", "1", "Two", "2 go on"}, w.lines())
}
