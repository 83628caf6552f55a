package http

import (
	"bufio"
	"context"
	"fmt"
	"io"
	gonet "net"
	gohttp "net/http"
	"net/textproto"
	"sync"
	"time"

	"github.com/ferrule-rules/ferrule/stdlib/egress"
	"github.com/ferrule-rules/ferrule/stdlib/node/net"
)

// carrier is a socket of a script that carries a request: an agent or a proxy's tunnel made it.
// Egress judged and limits the socket, not the request.
type carrier struct {
	socket *net.Socket
	inform func(status int, header textproto.MIMEHeader) error
	most   int64 // bytes of a response's header
}

// roundTrip sends a request and answers the response when its header is there.
func (c *carrier) roundTrip(ctx context.Context, r *gohttp.Request) (*gohttp.Response, error) {
	conn, err := c.socket.Take()
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	failed := make(chan error, 1)
	go func() {
		if err := r.Write(conn); err != nil {
			failed <- err
		}
	}()
	head := &headed{Reader: conn, most: c.most}
	reader := bufio.NewReader(head)
	for {
		response, err := gohttp.ReadResponse(reader, r)
		if err == nil && response.StatusCode/100 == 1 && response.StatusCode != gohttp.StatusSwitchingProtocols {
			if err = c.inform(response.StatusCode, textproto.MIMEHeader(response.Header)); err == nil {
				continue
			}
		}
		if err != nil {
			stop()
			if head.failed != nil {
				return nil, head.failed
			}
			select {
			case cause := <-failed:
				return nil, cause
			default:
				return nil, err
			}
		}
		head.over = true
		response.Body = &carried{ReadCloser: response.Body, reader: reader, conn: conn, socket: c.socket, stop: stop}
		if response.StatusCode == gohttp.StatusSwitchingProtocols || r.Method == gohttp.MethodConnect {
			_ = response.Body.(*carried).Close()
		}
		return response, nil
	}
}

// headed limits what is read until the header of a response is over.
type headed struct {
	io.Reader
	read, most int64
	over       bool
	failed     error
}

func (h *headed) Read(p []byte) (int, error) {
	if !h.over && h.read > h.most {
		h.failed = &egress.LimitError{Limit: "HeaderBytes", Max: fmt.Sprintf("%d bytes", h.most)}
		return 0, h.failed
	}
	n, err := h.Reader.Read(p)
	if !h.over {
		h.read += int64(n)
	}
	return n, err
}

// carried is a body that gives its socket back when it ends.
type carried struct {
	io.ReadCloser
	reader *bufio.Reader
	conn   gonet.Conn
	socket *net.Socket
	stop   func() bool
	once   sync.Once
}

func (c *carried) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	if err != nil {
		c.release()
	}
	return n, err
}

// Close does not read what is left: who closes early destroys the socket.
func (c *carried) Close() error {
	c.release()
	return nil
}

func (c *carried) release() {
	c.once.Do(func() {
		c.stop()
		kept, _ := c.reader.Peek(c.reader.Buffered())
		c.socket.Release(append([]byte(nil), kept...))
	})
}
