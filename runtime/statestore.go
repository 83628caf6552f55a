package runtime

import (
	"bytes"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// StateStore keeps logins whose user is away at a redirect. Its methods are called
// from many goroutines. pending holds personal data: keep it no longer than ttl,
// and encrypt it where others can read the store.
type StateStore interface {
	// Put keeps pending under an id that is not in use, for ttl. The store must
	// not change pending and may keep it.
	Put(ctx context.Context, id string, pending []byte, ttl time.Duration) error
	// Take answers what was put and forgets it in the same step: of several calls
	// with one id at most one succeeds. Errors that wrap ErrStateUnknown,
	// ErrStateExpired or ErrStateTaken say why there is nothing; a store that
	// cannot tell them apart answers ErrStateUnknown. Any other error means that the
	// store does not work.
	Take(ctx context.Context, id string) ([]byte, error)
}

// What a StateStore answers for an id that it has nothing for.
var (
	ErrStateUnknown = errors.New("no login waits under this state")
	ErrStateExpired = errors.New("the login waited too long")
	ErrStateTaken   = errors.New("the login was resumed before")
)

// Bounds of a [MemoryStateStore] unless its options say otherwise.
const (
	DefaultPendingLogins = 10_000
	DefaultPendingBytes  = 64 << 20
)

// MemoryOptions configure a [MemoryStateStore]. The zero value of each field is
// its default.
type MemoryOptions struct {
	// Logins is how many logins may wait; 0 means DefaultPendingLogins.
	Logins int
	// Bytes is how much they may take together; 0 means DefaultPendingBytes.
	Bytes int
	// Clock reads the time; nil means time.Now.
	Clock func() time.Time
}

// MemoryStateStore keeps pending logins in the process. When it is full the login
// that would expire first makes room: its user has to log in again. It remembers
// for another ttl which ids were taken or have expired. It starts no goroutine:
// each call removes what has expired by then. It is safe for concurrent use.
type MemoryStateStore struct {
	options MemoryOptions

	mu    sync.Mutex
	byID  map[string]*pendingEntry
	wait  entryQueue // those that wait, by the time when they expire
	gone  entryQueue // those taken or expired, by the time when they are forgotten
	bytes int        // of those that wait
}

// pendingEntry is a login that waits, or what is remembered of it.
type pendingEntry struct {
	id      string
	pending []byte
	gone    error     // why it can no longer be taken; nil while it waits
	until   time.Time // when it expires or is forgotten
	ttl     time.Duration
	place   int // in its queue
}

// NewMemoryStateStore makes an empty store.
func NewMemoryStateStore(options MemoryOptions) *MemoryStateStore {
	setDefault(&options.Logins, DefaultPendingLogins)
	setDefault(&options.Bytes, DefaultPendingBytes)
	if options.Clock == nil {
		options.Clock = time.Now
	}
	return &MemoryStateStore{options: options, byID: map[string]*pendingEntry{}}
}

// Put keeps a copy of pending.
//
// # Errors
//
// An id in use, a ttl that is not positive, or more bytes than the store holds.
func (s *MemoryStateStore) Put(_ context.Context, id string, pending []byte, ttl time.Duration) error {
	switch {
	case ttl <= 0:
		return fmt.Errorf("keep a pending login: the time to live is %v, it must be positive", ttl)
	case len(pending) > s.options.Bytes:
		return fmt.Errorf("keep a pending login: it has %d bytes, the store holds %d", len(pending), s.options.Bytes)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.options.Clock()
	s.expire(now)
	if s.byID[id] != nil {
		return errors.New("keep a pending login: the id is in use")
	}
	for len(s.wait) > 0 && (len(s.wait) >= s.options.Logins || s.bytes+len(pending) > s.options.Bytes) {
		s.forget(&s.wait, s.wait[0])
	}
	entry := &pendingEntry{id: id, pending: bytes.Clone(pending), until: now.Add(ttl), ttl: ttl}
	s.byID[id] = entry
	heap.Push(&s.wait, entry)
	s.bytes += len(entry.pending)
	return nil
}

// Take answers what was put under id, once.
func (s *MemoryStateStore) Take(_ context.Context, id string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expire(s.options.Clock())
	entry := s.byID[id]
	if entry == nil {
		return nil, ErrStateUnknown
	}
	if entry.gone != nil {
		return nil, entry.gone
	}
	pending := entry.pending
	s.retire(entry, ErrStateTaken)
	return pending, nil
}

// Len is the number of logins that wait.
func (s *MemoryStateStore) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expire(s.options.Clock())
	return len(s.wait)
}

// expire takes every step that is due: logins give up their data, and what was
// remembered of older ones is forgotten.
func (s *MemoryStateStore) expire(now time.Time) {
	for len(s.wait) > 0 && !s.wait[0].until.After(now) {
		s.retire(s.wait[0], ErrStateExpired)
	}
	for len(s.gone) > 0 && !s.gone[0].until.After(now) {
		s.forget(&s.gone, s.gone[0])
	}
}

// retire drops a login's data and remembers why until one more ttl has passed.
func (s *MemoryStateStore) retire(entry *pendingEntry, why error) {
	heap.Remove(&s.wait, entry.place)
	s.bytes -= len(entry.pending)
	entry.pending, entry.gone = nil, why
	entry.until = entry.until.Add(entry.ttl)
	for len(s.gone) >= s.options.Logins {
		s.forget(&s.gone, s.gone[0])
	}
	heap.Push(&s.gone, entry)
}

func (s *MemoryStateStore) forget(queue *entryQueue, entry *pendingEntry) {
	heap.Remove(queue, entry.place)
	s.bytes -= len(entry.pending)
	delete(s.byID, entry.id)
}

// entryQueue is a heap by time.
type entryQueue []*pendingEntry

func (q entryQueue) Len() int           { return len(q) }
func (q entryQueue) Less(i, j int) bool { return q[i].until.Before(q[j].until) }
func (q entryQueue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].place, q[j].place = i, j
}

// Push appends; heap.Push calls it.
func (q *entryQueue) Push(entry any) {
	e := entry.(*pendingEntry)
	e.place = len(*q)
	*q = append(*q, e)
}

// Pop removes the last; heap.Pop calls it.
func (q *entryQueue) Pop() any {
	last := len(*q) - 1
	entry := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return entry
}
