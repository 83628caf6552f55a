package mixed

import (
	"container/list"
	"maps"
	"slices"
	"strconv"
	"sync"
)

// maxSpecialized is how many configurations are remembered.
const maxSpecialized = 16

// specialized remembers the plans of the configurations that were used last.
type specialized struct {
	mu      sync.Mutex
	entries map[string]*list.Element
	used    list.List // of *entry, the latest first
}

type entry struct {
	key  string
	once sync.Once
	plan *plan
}

// get answers what specialize answers for a configuration. Callers with the same one wait
// for each other.
func (s *specialized) get(configuration map[string]string, specialize func(map[string]string) *plan) *plan {
	e := s.entry(contentOf(configuration))
	e.once.Do(func() { e.plan = specialize(maps.Clone(configuration)) })
	return e.plan
}

func (s *specialized) entry(key string) *entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	if found, ok := s.entries[key]; ok {
		s.used.MoveToFront(found)
		return found.Value.(*entry)
	}
	if s.entries == nil {
		s.entries = map[string]*list.Element{}
	}
	if s.used.Len() >= maxSpecialized {
		oldest := s.used.Back()
		delete(s.entries, s.used.Remove(oldest).(*entry).key)
	}
	e := &entry{key: key}
	s.entries[key] = s.used.PushFront(e)
	return e
}

// contentOf is a text that is the same for equal configurations only.
func contentOf(configuration map[string]string) string {
	var text []byte
	for _, key := range slices.Sorted(maps.Keys(configuration)) {
		for _, part := range [...]string{key, configuration[key]} {
			text = strconv.AppendInt(text, int64(len(part)), 10)
			text = append(append(text, ':'), part...)
		}
	}
	return string(text)
}
