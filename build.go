package ferrule

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"path"

	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/runtime/load"
	"github.com/ferrule-rules/ferrule/runtime/saved"
)

// Keep says what a built file holds of the configuration. Its values may be secrets.
type Keep = compiler.Keep

// What a built file holds of the configuration: the values that compiled rules use (they
// stand in their programs), all of it, or nothing (rules that use it run in JavaScript).
const (
	KeepUsed = compiler.KeepUsed
	KeepAll  = compiler.KeepAll
	KeepNone = compiler.KeepNone
)

// FileError is what is wrong with a built file.
type FileError = saved.FileError

// Build compiles the rules below root of fsys, as LoadPath does, and writes them as one
// file, which Read and package runtime/load turn into a pipeline. The same rules and
// options give the same bytes.
//
// # Errors
//
// Those of LoadPath, and the error of w. The diagnostics are warnings when there is no error.
func Build(w io.Writer, fsys fs.FS, root string, opts *Options, keep Keep) (warnings Diagnostics, err error) {
	var none *Pipeline
	defer recovered(&none, &err)
	read, list := folder.Read(fsys, path.Clean(root), opts.folderOptions())
	program, found := compiler.Compile(read.Rules, opts.compilerOptions(fsys, opts.configuration(read.Configuration)))
	list = append(append(list, found...), opts.problems()...).Sort()
	if err := list.Err(); err != nil {
		return nil, Diagnostics(list)
	}
	return list, compiler.Save(w, program, compiler.SaveOptions{
		Tenant: opts.orDefaults().Tenant, Keep: keep, Prefix: opts.folderOptions().Prefix,
	})
}

// Read makes a pipeline of a file that Build or the command wrote. Options.Folder does
// not matter; Options.Configuration is laid over the one in the file, if it holds one. A
// program that wants no compiler linked uses package runtime/load instead.
//
// # Errors
//
//   - [Diagnostics] with what is wrong with the options.
//   - [*FileError]: it is no such file, of another version, truncated or damaged.
//   - *load.RefusedError: a rule needs JavaScript, and Options.Engine allows none.
//   - The error of r.
func Read(r io.Reader, opts *Options) (*Pipeline, error) {
	if list := opts.problems(); list.HasErrors() {
		return nil, Diagnostics(list)
	}
	loaded, err := load.Read(r)
	if err != nil {
		return nil, err
	}
	o := opts.orDefaults()
	chain, err := loaded.Chain(load.Options{
		Options: opts.runtimeOptions(o.Configuration), Engine: string(o.Engine), Text: string(o.Expressions),
	})
	if err != nil {
		return nil, err
	}
	p := &Pipeline{chain: chain, packages: loaded.Packages()}
	for _, rule := range loaded.Rules() {
		p.rules = append(p.rules, RuleInfo{Name: rule.Name, File: rule.File, Order: rule.Order})
	}
	return p, nil
}

// Open is LoadPath, and Read where root is a built file.
func Open(fsys fs.FS, root string, opts *Options) (*Pipeline, error) {
	file, err := openBuilt(fsys, root)
	if err != nil || file == nil {
		return LoadPath(fsys, root, opts) // which says what is wrong with the path
	}
	defer file.Close()
	return Read(file, opts)
}

// openBuilt opens a built file; nil when root is something else: a folder, a rule.
func openBuilt(fsys fs.FS, root string) (io.ReadCloser, error) {
	file, err := fsys.Open(path.Clean(root))
	if err != nil {
		return nil, err
	}
	buffered := bufio.NewReader(file)
	head, err := buffered.Peek(20)
	if !saved.Is(head) {
		closed := file.Close()
		if err != nil && !errors.Is(err, io.EOF) {
			closed = nil // a folder cannot be read
		}
		return nil, closed
	}
	return struct {
		io.Reader
		io.Closer
	}{buffered, file}, nil
}
