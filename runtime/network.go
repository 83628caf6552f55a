package runtime

import (
	"sync"

	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// network is the way out of a pipeline. It is made when the first run needs it, and ends with
// the pipeline.
type network struct {
	policy egress.Policy
	mu     sync.Mutex
	client *egress.Client
	closed bool
}

// open answers the client, or nil when the pipeline is closed. The policy is valid.
func (n *network) open() *egress.Client {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.client == nil && !n.closed {
		client, err := egress.New(n.policy)
		if err != nil {
			panic("internal error: " + err.Error())
		}
		n.client = client
	}
	return n.client
}

func (n *network) close() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.closed = true
	if n.client != nil {
		n.client.Close()
	}
}

// Network is the way out to the network in the name of a rule, or nil where there is none. What
// goes through it is recorded; it ends with Context.
func (r *Run) Network(rule string) *egress.Session {
	if r.network == nil {
		return nil
	}
	ctx := r.Context() // shares the run
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.egress == nil {
		client := r.network.open()
		if client == nil {
			return nil
		}
		r.egress = client.Session(ctx, r.Observer())
	}
	return r.egress.For(rule)
}

// Observer records what goes over the network in the run.
func (r *Run) Observer() egress.Observer {
	return egress.Observer{
		Called: func(c egress.Call) {
			r.Called(Call{
				Rule: c.Rule, Method: c.Method, URL: c.URL(), Status: c.Status, Error: c.Error, Duration: c.Duration,
				RequestBytes: c.RequestBytes, ResponseBytes: c.ResponseBytes,
			})
		},
		Refused: func(rule string, e *egress.Refusal) { r.Warn(rule, WarnNetworkRefused, e.Error()) },
		Limited: func(rule string, e *egress.LimitError) { r.Warn(rule, WarnNetworkLimit, e.Error()) },
	}
}

// flushNetwork records the calls that still go on.
func (r *Run) flushNetwork() {
	if !r.shared.Load() {
		return // without Context there is no session
	}
	r.mu.Lock()
	session := r.egress
	r.mu.Unlock()
	if session != nil {
		session.Flush()
	}
}
