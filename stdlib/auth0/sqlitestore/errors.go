package sqlitestore

import (
	"errors"
	"fmt"
)

// ErrClosed is the answer of a store after Close.
var ErrClosed = errors.New("sqlitestore: the store is closed")

// FileError says why a file could not be opened as a store.
type FileError struct {
	Path    string // as given to Open
	Problem string // what is wrong and what helps
	Err     error  // the cause; nil when Problem says it all
}

// Error names the file, the problem and the cause.
func (e *FileError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("metadata store %s: %s", e.Path, e.Problem)
	}
	return fmt.Sprintf("metadata store %s: %s: %v", e.Path, e.Problem, e.Err)
}

// Unwrap is the cause.
func (e *FileError) Unwrap() error { return e.Err }
