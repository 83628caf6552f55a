package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"strings"
	"time"
)

// watchPause is how long watch waits between two looks at the files.
const watchPause = 250 * time.Millisecond

// stamp is what tells that a file has changed.
type stamp struct {
	changed time.Time
	size    int64
}

// watchTests runs the cases, and again whenever a file at or beside the paths changes, until Ctrl-C.
func (c *command) watchTests(ctx context.Context, f *testFlags, args []string) error {
	if len(args) == 0 {
		args = []string{"."}
	}
	for {
		seen := stamps(args)
		err := c.testOnce(ctx, f, args)
		if errors.Is(err, errInterrupted) {
			return err
		}
		if err != nil && !errors.Is(err, errFailedCases) && !errors.Is(err, errWrong) {
			c.conclude(nil, err)
		}
		fmt.Fprintln(c.out, c.out.faint("waiting for a change; Ctrl-C ends"))
		for maps.Equal(seen, stamps(args)) {
			select {
			case <-ctx.Done():
				return errInterrupted
			case <-time.After(watchPause):
			}
		}
	}
}

// stamps looks at the rules, cases and data below paths and beside files.
func stamps(paths []string) map[string]stamp {
	all := map[string]stamp{}
	for _, name := range paths {
		fsys, root, prefix := casePlace(name)
		if info, err := fs.Stat(fsys, root); err == nil && !info.IsDir() {
			root = path.Dir(root)
		}
		// What cannot be read is not there.
		_ = fs.WalkDir(fsys, root, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return fs.SkipDir
			case entry.IsDir() && name != root && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".")):
				return fs.SkipDir
			case entry.IsDir():
				return nil
			}
			switch path.Ext(name) {
			case ".js", ".ts", ".json", ".yaml", ".yml":
				if info, err := entry.Info(); err == nil {
					all[path.Join(prefix, name)] = stamp{info.ModTime(), info.Size()}
				}
			}
			return nil
		})
	}
	return all
}
