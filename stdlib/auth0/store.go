package auth0

import "context"

// Store keeps the metadata that rules write. The stores of this package and of
// sqlitestore have both methods, and so has every store that a pipeline accepts.
//
// A method merges values as [Merge] does and answers the updated user, which
// belongs to the caller. Methods are called from many goroutines; two updates of
// one user at the same time both take effect.
type Store interface {
	UpdateAppMetadata(ctx context.Context, userID string, values map[string]any) (map[string]any, error)
	UpdateUserMetadata(ctx context.Context, userID string, values map[string]any) (map[string]any, error)
}

// Profiles is what a [Store] may offer beside: the user as stored now. The
// profile belongs to the caller; found is false, without an error, for an id
// that the store does not know.
type Profiles interface {
	User(ctx context.Context, userID string) (profile map[string]any, found bool, err error)
}

// Names of the properties of a user that stores know about.
const (
	propertyUserID       = "user_id"
	propertyAppMetadata  = "app_metadata"
	propertyUserMetadata = "user_metadata"
)
