package rulegen

import (
	"github.com/rogpeppe/go-internal/txtar"
)

// Golden is a rule and a login as a pattern of testdata; the wanted outcome is still to be
// written by the tools that testdata's README names.
func Golden(comment, src string, login Login) string {
	archive := &txtar.Archive{Comment: []byte("# " + comment + "\n")}
	if login.Dropped {
		archive.Files = append(archive.Files, txtar.File{Name: "rules/0-drop.js", Data: []byte(Dropper)}, txtar.File{Name: "rules/rule.js", Data: []byte(src)})
	} else {
		archive.Files = append(archive.Files, txtar.File{Name: "rule.js", Data: []byte(src)})
	}
	archive.Files = append(archive.Files, txtar.File{Name: "run/generated.in.json", Data: append(login.JSON(), '\n')})
	return string(txtar.Format(archive))
}
