package auth0

import (
	"context"
	"maps"
	"sync"
)

// MemoryOptions says how a [MemoryStore] starts. nil and the zero value: no
// users, and an update of an unknown user is refused.
type MemoryOptions struct {
	// Users are the profiles to begin with, each a decoded JSON object with a
	// user_id. They are copied. Of two with one id the later one counts.
	Users []map[string]any

	// CreateMissing lets an update of an unknown user create it, with the id and
	// the metadata as its profile. Without it the answer is the API's: 404.
	CreateMissing bool
}

// MemoryStore keeps users in the process, as long as it lives. It implements
// [Store] and [Profiles] and is safe for concurrent use.
type MemoryStore struct {
	createMissing bool

	mu sync.RWMutex
	// users holds profiles that are never changed in place: an update puts a new
	// one in the old one's stead, so reading copies outside the lock.
	users map[string]map[string]any
}

// NewMemoryStore makes a store with the users of opts.
//
// # Errors
//
// *APIError with status 400 when a user has no user_id, or metadata that the API
// would refuse.
func NewMemoryStore(opts *MemoryOptions) (*MemoryStore, error) {
	if opts == nil {
		opts = &MemoryOptions{}
	}
	s := &MemoryStore{createMissing: opts.CreateMissing, users: make(map[string]map[string]any, len(opts.Users))}
	for _, user := range opts.Users {
		if err := s.Put(context.Background(), user); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Put stores a whole profile in the place of what was stored under its user_id.
//
// # Errors
//
// *APIError with status 400 for a profile that [CleanProfile] refuses; the
// context's error when it has ended.
func (s *MemoryStore) Put(ctx context.Context, profile map[string]any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	clean, err := CleanProfile(profile)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[clean[propertyUserID].(string)] = clean
	return nil
}

// User answers the profile as it is stored now; see [Profiles].
func (s *MemoryStore) User(ctx context.Context, userID string) (map[string]any, bool, error) {
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	s.mu.RLock()
	profile, found := s.users[userID]
	s.mu.RUnlock()
	if !found {
		return nil, false, nil
	}
	return CopyTree(profile).(map[string]any), true, nil
}

// UpdateAppMetadata merges values into the user's app_metadata; see [Store].
//
// # Errors
//
// *APIError: 400 for values that [CleanMetadata] refuses or an empty id, 404 for an
// unknown user unless the store creates missing ones. The context's error when
// it has ended.
func (s *MemoryStore) UpdateAppMetadata(ctx context.Context, userID string, values map[string]any) (map[string]any, error) {
	return s.update(ctx, propertyAppMetadata, userID, values)
}

// UpdateUserMetadata merges values into the user's user_metadata; it fails as
// [MemoryStore.UpdateAppMetadata] does.
func (s *MemoryStore) UpdateUserMetadata(ctx context.Context, userID string, values map[string]any) (map[string]any, error) {
	return s.update(ctx, propertyUserMetadata, userID, values)
}

func (s *MemoryStore) update(ctx context.Context, property, userID string, values map[string]any) (map[string]any, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := CheckUserID(userID); err != nil {
		return nil, err
	}
	clean, err := CleanMetadata(values)
	if err != nil {
		return nil, err
	}
	updated, err := s.merge(property, userID, clean)
	if err != nil {
		return nil, err
	}
	return CopyTree(updated).(map[string]any), nil
}

func (s *MemoryStore) merge(property, userID string, clean map[string]any) (map[string]any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	stored, found := s.users[userID]
	if !found {
		if !s.createMissing {
			return nil, NotFound()
		}
		stored = map[string]any{propertyUserID: userID}
	}
	metadata, _ := stored[property].(map[string]any)
	updated := maps.Clone(stored)
	updated[property] = Merge(metadata, clean)
	s.users[userID] = updated
	return updated, nil
}

// CopyTree copies plain decoded JSON deeply.
func CopyTree(v any) any {
	switch v := v.(type) {
	case map[string]any:
		tree := make(map[string]any, len(v))
		for key, value := range v {
			tree[key] = CopyTree(value)
		}
		return tree
	case []any:
		tree := make([]any, len(v))
		for i, element := range v {
			tree[i] = CopyTree(element)
		}
		return tree
	default:
		return v
	}
}
