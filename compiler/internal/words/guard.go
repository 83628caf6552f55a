package words

import (
	"fmt"
	"strconv"
	"strings"
)

// fewValues are as many values of a guard as are spelled out.
const fewValues = 4

// Guard says for which values of a property of context a rule does nothing: for some texts, or
// for all but these.
func Guard(key string, values []string, except bool) string {
	var texts []string
	for i, value := range values {
		if i == fewValues && len(values) > fewValues+1 {
			texts = append(texts, fmt.Sprintf("… (%d more)", len(values)-fewValues))
			break
		}
		texts = append(texts, strconv.Quote(value))
	}
	relation := "is one of"
	switch {
	case len(values) == 1 && except:
		relation = "is not"
	case len(values) == 1:
		relation = "is"
	case len(values) == 0:
		return "context." + key + " is a text, null or missing"
	case except:
		relation = "is none of"
	}
	return fmt.Sprintf("context.%s %s %s", key, relation, strings.Join(texts, ", "))
}
