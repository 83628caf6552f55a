package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Memory is the path of a store that lives in the process only.
const Memory = ":memory:"

// DefaultBusyTimeout is how long a store waits for another writer of its file.
const DefaultBusyTimeout = 5 * time.Second

// Options says how a [Store] behaves. nil and the zero value are the defaults.
type Options struct {
	// CreateMissing lets an update of an unknown user create it. Without it the
	// answer is the API's: 404.
	CreateMissing bool

	// BusyTimeout is how long a call waits while another handle writes; 0 means
	// DefaultBusyTimeout. The call's context may end the wait earlier.
	BusyTimeout time.Duration
}

const (
	applicationID = 0x4645524c // "FERL", in the header of the file
	schemaVersion = 1          // in user_version

	maxReaders = 4
	// lockWait is how long SQLite itself waits for a lock. It cannot be woken by a
	// context, so it is short and the store tries again.
	lockWait = 50 * time.Millisecond
)

const schema = `CREATE TABLE users (
	user_id       TEXT PRIMARY KEY NOT NULL,
	profile       TEXT NOT NULL,
	app_metadata  TEXT,
	user_metadata TEXT
) STRICT`

// Open opens the store in the file at path, making the file when it is missing,
// or a store of its own in memory when path is [Memory].
//
// # Errors
//
// *FileError when the file cannot be made or read, is not a metadata store, or
// was written by a later version; the context's error when it has ended.
func Open(ctx context.Context, path string, opts *Options) (*Store, error) {
	if opts == nil {
		opts = &Options{}
	}
	s := &Store{createMissing: opts.CreateMissing, patience: opts.BusyTimeout}
	if s.patience <= 0 {
		s.patience = DefaultBusyTimeout
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	name, err := fileURI(path)
	if err != nil {
		return nil, err
	}
	if s.writer, err = openPool(name, 1, "_txlock", "immediate", "_pragma", "synchronous(FULL)"); err != nil {
		return nil, &FileError{Path: path, Problem: "cannot be opened", Err: err}
	}
	s.reader = s.writer
	if path != Memory {
		if s.reader, err = openPool(name, maxReaders, "_pragma", "query_only(1)"); err != nil {
			return nil, errors.Join(&FileError{Path: path, Problem: "cannot be opened", Err: err}, s.Close())
		}
	}
	if err := s.prepare(ctx, path); err != nil {
		_ = s.Close() // the reason for failing says more than what closing could
		return nil, err
	}
	return s, nil
}

// fileURI makes sure that the file exists, for its owner only, and spells its
// name so that no character of it is taken for an option.
func fileURI(path string) (string, error) {
	if path == Memory {
		return "file::memory:", nil
	}
	if path == "" {
		return "", &FileError{Path: `""`, Problem: "needs a file name, or " + Memory}
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", &FileError{Path: path, Problem: "has no absolute name", Err: err}
	}
	file, err := os.OpenFile(absolute, os.O_RDWR|os.O_CREATE, 0o600)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", &FileError{Path: path, Problem: "its folder does not exist; make it first", Err: err}
	case err != nil:
		return "", &FileError{Path: path, Problem: "cannot be read and written", Err: err}
	}
	if err := file.Close(); err != nil {
		return "", &FileError{Path: path, Problem: "cannot be closed", Err: err}
	}
	slashed := filepath.ToSlash(absolute)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // a drive letter
	}
	return (&url.URL{Scheme: "file", Path: slashed}).String(), nil
}

func openPool(name string, size int, options ...string) (*sql.DB, error) {
	query := url.Values{"_pragma": {fmt.Sprintf("busy_timeout(%d)", lockWait.Milliseconds())}}
	for i := 0; i < len(options); i += 2 {
		query.Add(options[i], options[i+1])
	}
	pool, err := sql.Open("sqlite", name+"?"+query.Encode())
	if err != nil {
		return nil, err
	}
	// The connections stay: in memory the one connection is the data.
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	return pool, nil
}

// prepare looks whether the file is ours or empty before it writes to it, and
// makes what is missing. A file that is complete is opened without waiting for
// whoever writes to it.
func (s *Store) prepare(ctx context.Context, path string) error {
	return s.patiently(ctx, func() error {
		version, err := inspectFile(ctx, s.writer, path)
		if err != nil || version == schemaVersion {
			return err
		}
		if _, err := s.writer.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
			return fileProblem(path, err)
		}
		tx, err := s.writer.BeginTx(ctx, nil)
		if err != nil {
			return fileProblem(path, err)
		}
		defer tx.Rollback() // after Commit it has nothing to do
		// Another process may have made the tables since.
		version, err = inspectFile(ctx, tx, path)
		if err != nil {
			return err
		}
		if version == 0 {
			for _, statement := range []string{
				schema,
				fmt.Sprintf("PRAGMA application_id = %d", applicationID),
				fmt.Sprintf("PRAGMA user_version = %d", schemaVersion),
			} {
				if _, err := tx.ExecContext(ctx, statement); err != nil {
					return fileProblem(path, err)
				}
			}
		}
		if err := tx.Commit(); err != nil {
			return fileProblem(path, err)
		}
		return nil
	})
}

// inspectFile answers the version of the schema in a file: 0 when the file is
// empty, else one that this package knows.
func inspectFile(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}, path string) (version int, err error) {
	var application, objects int
	const query = `SELECT (SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)`
	if err := db.QueryRowContext(ctx, query).Scan(&application, &version, &objects); err != nil {
		return 0, fileProblem(path, err)
	}
	switch {
	case application == 0 && version == 0 && objects == 0:
		return 0, nil
	case application != applicationID || version < 1:
		return 0, &FileError{Path: path, Problem: "is the database of another program; name another file"}
	case version > schemaVersion:
		return 0, &FileError{Path: path, Problem: fmt.Sprintf(
			"has schema %d, this version knows up to %d; use a later version of Ferrule", version, schemaVersion)}
	}
	return version, nil
}

func fileProblem(path string, err error) error {
	problem := "cannot be read and written"
	var fault *sqlite.Error
	if errors.As(err, &fault) && fault.Code()&primaryCode == sqlite3.SQLITE_NOTADB {
		problem = "is not an SQLite database; name another file"
	}
	return &FileError{Path: path, Problem: problem, Err: err}
}
