package main

import (
	"context"
	"errors"
	"sync"

	"github.com/ferrule-rules/ferrule/stdlib/auth0"
	"github.com/ferrule-rules/ferrule/stdlib/auth0/sqlitestore"
)

// profileStore is a metadata store that can take a whole profile.
type profileStore interface {
	auth0.Store
	auth0.Profiles
	Put(ctx context.Context, profile map[string]any) error
}

// metadata is the store of all logins of the command. With a file, metadata stays
// from login to login; without, each login has a store of its own. Either knows the
// login's user from the first write on, so that the rule reads the merged metadata.
type metadata struct {
	file *sqlitestore.Store // nil: each login by itself

	mu sync.Mutex // held while a user is looked up and put
}

// open opens the --metadata file; "" is none. It is called when the rules are loaded:
// a command that is wrong leaves no file behind.
func (m *metadata) open(ctx context.Context, name string) (err error) {
	if name != "" {
		m.file, err = sqlitestore.Open(ctx, name, &sqlitestore.Options{CreateMissing: true})
	}
	return err
}

func (m *metadata) close() error {
	if m.file == nil {
		return nil
	}
	return m.file.Close()
}

// loginStore is what the store keeps for one login, found by the run's context.
type loginStore struct {
	profile func() map[string]any

	mu    sync.Mutex
	own   profileStore // made at the first write; the file when there is one
	known bool         // the profile was put
}

type loginKey struct{}

// forLogin is a context whose run writes metadata for this login.
func (m *metadata) forLogin(ctx context.Context, profile func() map[string]any) context.Context {
	return context.WithValue(ctx, loginKey{}, &loginStore{profile: profile})
}

var errNoLogin = errors.New("the metadata of this login has no store")

// of answers the store for the login of ctx, which knows the login's user.
func (m *metadata) of(ctx context.Context) (profileStore, error) {
	l, ok := ctx.Value(loginKey{}).(*loginStore)
	if !ok {
		return nil, errNoLogin
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.own == nil {
		if m.file != nil {
			l.own = m.file
		} else {
			memory, err := auth0.NewMemoryStore(&auth0.MemoryOptions{CreateMissing: true})
			if err != nil {
				return nil, err
			}
			l.own = memory
		}
	}
	if l.known {
		return l.own, nil
	}
	l.known = true
	return l.own, m.introduce(ctx, l.own, l.profile())
}

// introduce puts the login's user into the store unless it is there. A profile that
// the store refuses stays unknown: the first write then creates the user.
func (m *metadata) introduce(ctx context.Context, store profileStore, profile map[string]any) error {
	id, ok := profile["user_id"].(string)
	if !ok || id == "" {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, found, err := store.User(ctx, id); err != nil || found {
		return err
	}
	err := store.Put(ctx, profile)
	var refused interface{ StatusCode() int }
	if errors.As(err, &refused) && refused.StatusCode() == 400 {
		return nil
	}
	return err
}

// UpdateAppMetadata is the store's, for the login of ctx.
func (m *metadata) UpdateAppMetadata(ctx context.Context, userID string, values map[string]any) (map[string]any, error) {
	store, err := m.of(ctx)
	if err != nil {
		return nil, err
	}
	return store.UpdateAppMetadata(ctx, userID, values)
}

// UpdateUserMetadata is the store's, for the login of ctx.
func (m *metadata) UpdateUserMetadata(ctx context.Context, userID string, values map[string]any) (map[string]any, error) {
	store, err := m.of(ctx)
	if err != nil {
		return nil, err
	}
	return store.UpdateUserMetadata(ctx, userID, values)
}
