// Package storetest holds the cases that every metadata store must pass. The
// test of a store calls [Run]:
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, func(t *testing.T, start storetest.Start) storetest.Handles {
//			store := open(t, start)
//			return func(t *testing.T) storetest.Store { return store }
//		})
//	}
//
// The cases are those of package auth0's documentation: how an update merges,
// what is refused, that nothing is shared with the caller, and that of many
// updates at the same time none is lost.
package storetest

import (
	"context"
	"testing"

	"github.com/ferrule-rules/ferrule/stdlib/auth0"
)

// Store is what a store must offer to be tested.
type Store interface {
	auth0.Store
	auth0.Profiles
}

// Start says what a case begins with.
type Start struct {
	Users         []map[string]any // profiles that are there already
	CreateMissing bool             // an update of an unknown user creates it
}

// Handles opens handles on the data of one case: each call may answer the same
// store or another one that reads and writes the same data.
type Handles func(t *testing.T) Store

// Run runs every case. open makes fresh data for each of them and closes it with
// t.Cleanup.
func Run(t *testing.T, open func(t *testing.T, start Start) Handles) {
	t.Run("merge", func(t *testing.T) { merges(t, open) })
	t.Run("values", func(t *testing.T) { values(t, open) })
	t.Run("refused", func(t *testing.T) { refused(t, open) })
	t.Run("users", func(t *testing.T) { users(t, open) })
	t.Run("copies", func(t *testing.T) { copies(t, open) })
	t.Run("context", func(t *testing.T) { contexts(t, open) })
	t.Run("parallel", func(t *testing.T) { parallel(t, open) })
}

type opener = func(t *testing.T, start Start) Handles

// update is one of the two methods, with the property it writes.
type update struct {
	property string
	call     func(s Store, ctx context.Context, id string, values map[string]any) (map[string]any, error)
}

var updates = []update{
	{"app_metadata", Store.UpdateAppMetadata},
	{"user_metadata", Store.UpdateUserMetadata},
}

type object = map[string]any
