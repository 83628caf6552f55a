package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/ferrule-rules/ferrule/stdlib/auth0"
)

// Store keeps users in an SQLite file. It implements [auth0.Store] and
// [auth0.Profiles] and is safe for concurrent use; other handles and processes
// may use the file at the same time.
type Store struct {
	createMissing bool
	patience      time.Duration

	// One connection writes, so writers of this process queue here, where a
	// context can end the wait. Readers never wait for it. In memory both are one.
	writer, reader *sql.DB
	closed         atomic.Bool
}

var (
	_ auth0.Store    = (*Store)(nil)
	_ auth0.Profiles = (*Store)(nil)
)

// column is a column of the table that holds metadata; its name is the
// profile's property too.
type column string

const (
	appMetadata  column = "app_metadata"
	userMetadata column = "user_metadata"
	userID              = "user_id"
)

// primaryCode masks SQLite's extended result codes.
const primaryCode = 0xff

// Close closes the file. Calls that are under way end first or fail; later ones
// answer [ErrClosed]. Closing twice does nothing.
func (s *Store) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	err := s.writer.Close()
	if s.reader != nil && s.reader != s.writer {
		err = errors.Join(err, s.reader.Close())
	}
	return err
}

// Put stores a whole profile in the place of what was stored under its user_id.
//
// # Errors
//
// *auth0.APIError with status 400 for a profile that [auth0.CleanProfile] refuses; the
// context's error when it has ended; ErrClosed; any other error is the file's.
func (s *Store) Put(ctx context.Context, profile map[string]any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	clean, err := auth0.CleanProfile(profile)
	if err != nil {
		return err
	}
	id := clean[userID].(string)
	err = s.transact(ctx, func(tx *sql.Tx) error { return insert(ctx, tx, id, clean) })
	return wrap(err, "store the profile", id)
}

// User answers the profile as it is stored now; see [auth0.Profiles].
func (s *Store) User(ctx context.Context, id string) (profile map[string]any, found bool, err error) {
	err = s.patiently(ctx, func() error {
		profile, err = read(ctx, s.reader, id)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, wrap(err, "read", id)
	}
	return profile, true, nil
}

// UpdateAppMetadata merges values into the user's app_metadata; see [auth0.Store].
//
// # Errors
//
// *auth0.APIError: 400 for values that [auth0.CleanMetadata] refuses or an empty id, 404
// for an unknown user unless the store creates missing ones. The context's error
// when it has ended; ErrClosed; any other error is the file's. Nothing was
// written then.
func (s *Store) UpdateAppMetadata(ctx context.Context, id string, values map[string]any) (map[string]any, error) {
	return s.update(ctx, appMetadata, id, values)
}

// UpdateUserMetadata merges values into the user's user_metadata; it fails as
// [Store.UpdateAppMetadata] does.
func (s *Store) UpdateUserMetadata(ctx context.Context, id string, values map[string]any) (map[string]any, error) {
	return s.update(ctx, userMetadata, id, values)
}

func (s *Store) update(ctx context.Context, target column, id string, values map[string]any) (map[string]any, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := auth0.CheckUserID(id); err != nil {
		return nil, err
	}
	clean, err := auth0.CleanMetadata(values)
	if err != nil {
		return nil, err
	}
	var updated map[string]any
	err = s.transact(ctx, func(tx *sql.Tx) error {
		updated, err = s.merge(ctx, tx, target, id, clean)
		return err
	})
	if err != nil {
		return nil, wrap(err, "update "+string(target), id)
	}
	return updated, nil
}

// merge runs within a transaction that holds the write lock, so what it read is
// still so when it writes.
func (s *Store) merge(ctx context.Context, tx *sql.Tx, target column, id string, clean map[string]any) (map[string]any, error) {
	user, err := read(ctx, tx, id)
	if errors.Is(err, sql.ErrNoRows) {
		if !s.createMissing {
			return nil, auth0.NotFound()
		}
		user = map[string]any{userID: id, string(target): auth0.Merge(nil, clean)}
		return user, insert(ctx, tx, id, user)
	}
	if err != nil {
		return nil, err
	}
	stored, _ := user[string(target)].(map[string]any)
	merged := auth0.Merge(stored, clean)
	text, err := json.Marshal(merged)
	if err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE users SET "+string(target)+" = ? WHERE user_id = ?", string(text), id); err != nil {
		return nil, err
	}
	// The caller gets what was stored, not the values it handed over; clean is
	// a copy already, so both maps are nobody else's.
	user[string(target)] = merged
	return user, nil
}

// read answers sql.ErrNoRows when there is no such user.
func read(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}, id string) (map[string]any, error) {
	var profile string
	metadata := map[column]*sql.NullString{appMetadata: {}, userMetadata: {}}
	row := db.QueryRowContext(ctx, "SELECT profile, app_metadata, user_metadata FROM users WHERE user_id = ?", id)
	if err := row.Scan(&profile, metadata[appMetadata], metadata[userMetadata]); err != nil {
		return nil, err
	}
	var user map[string]any
	if err := json.Unmarshal([]byte(profile), &user); err != nil {
		return nil, fmt.Errorf("the stored profile is damaged: %w", err)
	}
	for name, text := range metadata {
		if !text.Valid {
			continue
		}
		var object map[string]any
		if err := json.Unmarshal([]byte(text.String), &object); err != nil {
			return nil, fmt.Errorf("the stored %s is damaged: %w", name, err)
		}
		user[string(name)] = object
	}
	return user, nil
}

// insert stores a clean profile, replacing one with the same id.
func insert(ctx context.Context, tx *sql.Tx, id string, clean map[string]any) error {
	rest := auth0.Merge(clean, map[string]any{string(appMetadata): nil, string(userMetadata): nil})
	profile, err := json.Marshal(rest)
	if err != nil {
		return err
	}
	metadata := map[column]any{}
	for _, name := range []column{appMetadata, userMetadata} {
		if object, present := clean[string(name)]; present {
			text, err := json.Marshal(object)
			if err != nil {
				return err
			}
			metadata[name] = string(text)
		}
	}
	_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO users (user_id, profile, app_metadata, user_metadata) VALUES (?, ?, ?, ?)",
		id, string(profile), metadata[appMetadata], metadata[userMetadata])
	return err
}

// transact runs do in a transaction that has the write lock from its start.
func (s *Store) transact(ctx context.Context, do func(tx *sql.Tx) error) error {
	return s.patiently(ctx, func() error {
		tx, err := s.writer.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback() // after Commit it has nothing to do
		if err := do(tx); err != nil {
			return err
		}
		return tx.Commit()
	})
}

// patiently repeats do while another handle has the lock, until the store's
// patience or ctx ends. An error after ctx has ended is ctx's error.
func (s *Store) patiently(ctx context.Context, do func() error) error {
	const longestPause = 20 * time.Millisecond
	limit := time.Now().Add(s.patience)
	for pause := time.Millisecond; ; pause = min(2*pause, longestPause) {
		if s.closed.Load() {
			return ErrClosed
		}
		err := do()
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case s.closed.Load():
			return ErrClosed
		case !locked(err) || time.Now().After(limit):
			return err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func locked(err error) bool {
	var fault *sqlite.Error
	if !errors.As(err, &fault) {
		return false
	}
	code := fault.Code() & primaryCode
	return code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED
}

// wrap adds what was tried to an error of the file. Errors with a meaning of
// their own pass as they are.
func wrap(err error, what, id string) error {
	var answer *auth0.APIError
	if err == nil || errors.As(err, &answer) || errors.Is(err, ErrClosed) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("metadata store: %s of user %q: %w", what, id, err)
}
