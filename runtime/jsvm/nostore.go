package jsvm

import "context"

// noStore answers metadata writes without keeping them.
type noStore struct{}

func (noStore) UpdateAppMetadata(_ context.Context, userID string, values map[string]any) (map[string]any, error) {
	return map[string]any{"user_id": userID, "app_metadata": values}, nil
}

func (noStore) UpdateUserMetadata(_ context.Context, userID string, values map[string]any) (map[string]any, error) {
	return map[string]any{"user_id": userID, "user_metadata": values}, nil
}
