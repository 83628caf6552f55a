package bcrypt

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	reference "golang.org/x/crypto/bcrypt"
)

func TestHashIsTheReferences(t *testing.T) {
	for _, password := range []string{"", "a", "correct horse", "pässwörd"} {
		salt, err := newSalt("a", 4)
		require.NoError(t, err)
		s, ok := parse(salt)
		require.True(t, ok)
		hashed, err := s.hash(context.Background(), []byte(password))
		require.NoError(t, err)
		assert.NoError(t, reference.CompareHashAndPassword([]byte(hashed), []byte(password)), password)
		theirs, err := reference.GenerateFromPassword([]byte(password), 4)
		require.NoError(t, err)
		for _, prefix := range []string{"$2a", "$2b", "$2y"} {
			equal, err := compare(context.Background(), []byte(password), prefix+string(theirs[3:]))
			require.NoError(t, err)
			assert.True(t, equal, password)
		}
		equal, err := compare(context.Background(), []byte(password+"x"), string(theirs))
		require.NoError(t, err)
		assert.False(t, equal)
	}
}

func TestHashEndsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	s, ok := parse("$2b$31$......................")
	require.True(t, ok)
	_, err := s.hash(ctx, []byte("a"))
	assert.ErrorIs(t, err, context.DeadlineExceeded)
}

func TestSalts(t *testing.T) {
	for _, bad := range []string{"", "foo", "$2x$10$......................", "$2b$03$......................", "$2b$32$......................", "$2b$10$short"} {
		_, ok := parse(bad)
		assert.False(t, ok, bad)
	}
}
