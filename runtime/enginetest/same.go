package enginetest

import (
	"regexp"
	"strings"

	"github.com/ferrule-rules/ferrule/runtime"
)

var failedError = regexp.MustCompile(`^(failed (?:exception|rule) \w*Error) "`)

// Same reports whether an outcome is the wanted one, word for word. Only the text
// of an error that the JavaScript engine made, and whose words are a guess, may
// differ: it is compared by the error's name.
func Same(want, got string, o runtime.Outcome) bool {
	if want == got {
		return true
	}
	if o.Err == nil || !o.Err.Approximate {
		return false
	}
	wantFirst, wantRest, _ := strings.Cut(want, "\n")
	gotFirst, gotRest, _ := strings.Cut(got, "\n")
	ours, theirs := failedError.FindStringSubmatch(gotFirst), failedError.FindStringSubmatch(wantFirst)
	return ours != nil && theirs != nil && ours[1] == theirs[1] && wantRest == gotRest
}
