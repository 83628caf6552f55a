package steps

import (
	"strconv"

	"github.com/ferrule-rules/ferrule/runtime"
)

// dateLost warns of the date that the commit has made a text of, as the JavaScript engine does:
// where the warnings of the callback stand. What the rule does not hand on is lost unseen. A
// date that is reached in two ways exits.
func (f *frame) dateLost() error {
	lost := f.work.date
	if lost == nil {
		return nil
	}
	var paths []string
	if !f.dropsUser {
		paths = pathsTo(lost, f.work.user, "user", paths, 0)
	}
	if !f.dropsContext {
		paths = pathsTo(lost, f.work.context, "context", paths, 0)
	}
	if len(paths) > 1 {
		return exitNotJSON
	}
	if len(paths) == 0 {
		return nil
	}
	text := runtime.Warning{Rule: f.runner.name, Code: runtime.WarnNotJSON, Text: "JSON cannot carry " + paths[0] + " (a date became a text)"}
	later := append([]runtime.Warning{text}, f.warnings[f.warned:]...)
	f.warnings = append(f.warnings[:f.warned], later...)
	return nil
}

// pathsTo lists the ways from a value to a property, as a rule would write them.
func pathsTo(lost *replacement, value any, path string, paths []string, depth int) []string {
	if depth > maxNesting || len(paths) > 1 {
		return paths
	}
	switch v := value.(type) {
	case map[string]any:
		if identical(v, lost.object) {
			return append(paths, path+"."+lost.key)
		}
		for key, inner := range v {
			paths = pathsTo(lost, inner, path+"."+key, paths, depth+1)
		}
	case []any:
		for i, inner := range v {
			paths = pathsTo(lost, inner, path+"["+strconv.Itoa(i)+"]", paths, depth+1)
		}
	}
	return paths
}
