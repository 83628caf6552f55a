package folder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// Role says what a file was to the reader.
type Role string

// The roles of a file.
const (
	RoleRule          Role = "rule"          // the script of a rule
	RoleMetadata      Role = "metadata"      // order, stage and the like of a rule
	RoleConfiguration Role = "configuration" // a configuration value
	RolePipeline      Role = "pipeline"      // the YAML file
	RoleIgnored       Role = "ignored"       // not read; Reason says why
)

// Entry is one file or folder that the reader met.
type Entry struct {
	Path   string `json:"path"` // as shown in diagnostics
	Role   Role   `json:"role"`
	Reason string `json:"reason,omitempty"` // why it was ignored
}

// errOutside is why a path is refused.
var errOutside = errors.New("leads outside the folder")

// loaded is a file that was read, or the reason why not.
type loaded struct {
	text     *Text // nil when it could not be read
	problems diag.List
}

// files reads below one folder of a file system, each file once.
type files struct {
	fsys   fs.FS
	base   string // nothing outside is read
	prefix string // for names in messages
	limit  int    // bytes a file may have
	words  *keywords

	texts map[string]loaded
	plain map[string]bool // paths known to be no symbolic link
	roles map[string]Entry
}

// show is a path as messages spell it.
func (f *files) show(p string) string {
	if f.prefix == "" {
		return p
	}
	return path.Join(f.prefix, p)
}

func (f *files) note(p string, role Role, reason string) {
	f.roles[p] = Entry{Path: f.show(p), Role: role, Reason: reason}
}

// list is every file met, sorted by path.
func (f *files) list() []Entry {
	out := make([]Entry, 0, len(f.roles))
	for _, file := range f.roles {
		out = append(out, file)
	}
	slices.SortFunc(out, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// within reports whether a clean path lies in the folder, or is it.
func (f *files) within(p string) bool {
	if f.base == "." {
		return fs.ValidPath(p)
	}
	return p == f.base || strings.HasPrefix(p, f.base+"/")
}

// relative is a path in the folder as seen from it, cut at the slashes.
func (f *files) relative(p string) []string {
	if p == f.base {
		return nil
	}
	if f.base != "." {
		p = strings.TrimPrefix(p, f.base+"/")
	}
	return strings.Split(p, "/")
}

// maxLinks bounds the symbolic links on one path.
const maxLinks = 40

// resolve follows the symbolic links of a path, as far as the file system tells,
// and refuses those that lead out of the folder.
func (f *files) resolve(p string) (string, error) {
	links, ok := f.fsys.(fs.ReadLinkFS)
	if !ok {
		return p, nil
	}
	cur, rest := f.base, f.relative(p)
	for hops := 0; len(rest) > 0; {
		next := path.Join(cur, rest[0])
		rest = rest[1:]
		if f.plain[next] {
			cur = next
			continue
		}
		info, err := links.Lstat(next)
		if err != nil {
			return p, nil // opening it will say why
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			f.plain[next] = true
			cur = next
			continue
		}
		if hops++; hops > maxLinks {
			return "", errors.New("has too many symbolic links")
		}
		target, err := links.ReadLink(next)
		if err != nil {
			return "", err
		}
		absolute := filepath.IsAbs(target) || path.IsAbs(filepath.ToSlash(target))
		target = path.Join(cur, filepath.ToSlash(target))
		if absolute || !f.within(target) {
			return "", errOutside
		}
		cur, rest = f.base, append(f.relative(target), rest...)
	}
	return cur, nil
}

// read reads a file and replaces its keywords. The problems of a file are told
// at the first reading and at each later one.
func (f *files) read(p string) loaded {
	if l, ok := f.texts[p]; ok {
		return l
	}
	l := f.readFile(p)
	f.texts[p] = l
	return l
}

func (f *files) readFile(p string) loaded {
	fail := func(code diag.Code, format string, args ...any) loaded {
		return loaded{problems: diag.List{diag.ForPath(code, f.show(p), format, args...)}}
	}
	real, err := f.resolve(p)
	if err != nil {
		code := diag.FileUnreadable
		if errors.Is(err, errOutside) {
			code = diag.ScriptOutside
		}
		return fail(code, "the symbolic link %s", cause(err))
	}
	data, err := f.bytes(real)
	if err != nil {
		return fail(diag.FileUnreadable, "%s", cause(err))
	}
	file := source.NewFile(f.show(p), string(data))
	if at, bad := file.InvalidUTF8(); bad {
		d := diag.New(diag.NotUTF8, file, source.Span{Start: at, End: at}, "the byte 0x%02x here is not UTF-8", data[at.Offset])
		return loaded{problems: diag.List{d.WithNote("save the file as UTF-8")}}
	}
	text, problems := f.words.replace(file)
	if !isYAML(p) { // there only some sections matter
		problems = append(problems, unresolved(text)...)
	}
	return loaded{text: text, problems: problems}
}

// bytes is the content of a regular file within the limit.
func (f *files) bytes(p string) ([]byte, error) {
	info, err := fs.Stat(f.fsys, p)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errors.New("is a folder, not a file")
	case !info.Mode().IsRegular():
		return nil, errors.New("is no regular file")
	case info.Size() > int64(f.limit):
		return nil, f.tooLarge()
	}
	file, err := f.fsys.Open(p)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, int64(f.limit)+1))
	if err == nil && len(data) > f.limit {
		return nil, f.tooLarge()
	}
	return data, err
}

func (f *files) tooLarge() error {
	return fmt.Errorf("the file is larger than %s", bytesText(f.limit))
}

// cause is an error of the file system without the path that the message has already.
func cause(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file or folder"
	}
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return err.Error()
}

// entries lists a folder's files that can matter, by name; what cannot is noted
// as ignored. Sub-folders are entered when deep is set.
func (f *files) entries(dir string, deep bool) ([]string, diag.List) {
	var problems diag.List
	if _, err := f.resolve(dir); err != nil {
		return nil, diag.List{diag.ForPath(diag.FileUnreadable, f.show(dir), "the symbolic link %s", cause(err))}
	}
	list, err := fs.ReadDir(f.fsys, dir)
	if err != nil {
		problems = append(problems, diag.ForPath(diag.FileUnreadable, f.show(dir), "%s", cause(err)))
	}
	var out []string
	for _, entry := range list {
		p := path.Join(dir, entry.Name())
		isDir := entry.IsDir()
		if reason := notARule(entry.Name(), isDir); reason != "" {
			f.note(p, RoleIgnored, reason)
			continue
		}
		if entry.Type()&fs.ModeSymlink != 0 {
			if info, err := fs.Stat(f.fsys, p); err == nil && info.IsDir() {
				f.note(p, RoleIgnored, "a symbolic link to a folder")
				continue
			}
		}
		if !isDir {
			out = append(out, p)
			continue
		}
		if deep {
			sub, more := f.entries(p, true)
			out = append(out, sub...)
			problems = append(problems, more...)
		}
	}
	return out, problems
}

// notARule says why a name is passed over; "" when it is not.
func notARule(name string, isDir bool) string {
	lower := strings.ToLower(name)
	switch {
	case strings.HasPrefix(name, "."):
		return "its name starts with a dot"
	case isDir && lower == "node_modules":
		return "installed modules"
	case isDir:
		return ""
	case strings.HasSuffix(lower, ".d.ts"):
		return "type declarations"
	}
	stem := strings.TrimSuffix(lower, path.Ext(lower))
	if path.Ext(stem) == ".test" {
		return "a test"
	}
	return ""
}

// extension is a file's extension in small letters.
func extension(p string) string { return strings.ToLower(path.Ext(p)) }

// stem is a file's base name without its extension.
func stem(p string) string {
	base := path.Base(p)
	return strings.TrimSuffix(base, path.Ext(base))
}

func isScript(p string) bool { return extension(p) == ".js" || extension(p) == ".ts" }
func isJSON(p string) bool   { return extension(p) == ".json" }
func isYAML(p string) bool   { return extension(p) == ".yaml" || extension(p) == ".yml" }
