package folder

import (
	"path"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
)

func (r *Rule) say(list ...diag.Diagnostic) { r.problems = append(r.problems, list...) }

// called is ` "name"`, or nothing for a rule without a name.
func (r *Rule) called() string {
	if r.Name == "" {
		return ""
	}
	return " " + quoteShort(r.Name)
}

// wants says that a field has a value of the wrong type.
func (v value) wants(field, what string) diag.Diagnostic {
	d := v.at.diagnostic(diag.BadField, "%s is %s; it must be %s", field, v.describe(), what)
	switch {
	case v.kind == kindText && (v.text == "true" || v.text == "false"):
		return d.WithNote("write %s without quotes", v.text)
	case v.kind == kindText && field == "order" && isNumberText(v.text):
		return d.WithNote("write %s without quotes", v.text)
	case v.kind == kindText && field == "enabled" && slices.Contains([]string{"yes", "on", "no", "off"}, strings.ToLower(v.text)):
		return d.WithNote("YAML knows only true and false")
	case (v.kind == kindNumber || v.kind == kindBool || v.tag == "!!timestamp") && strings.Contains(what, "text"):
		return d.WithNote("put it between quotes")
	}
	return d
}

func isNumberText(text string) bool {
	_, ok := yamlNumber(strings.TrimSpace(text))
	return ok
}

// describe takes over enabled, order and stage, and complains about fields that
// this kind of file does not know. The others are left to the caller.
func (r *Rule) describe(members []member, known ...string) {
	for _, m := range members {
		if !slices.Contains(known, m.key) {
			d := m.keyAt.diagnostic(diag.UnknownField, "nothing reads the field %s", quoteShort(m.key))
			switch near := nearest(m.key, known); {
			case near != "":
				d = d.WithNote("did you mean %q?", near)
			case m.key == "name":
				d = d.WithNote("the rule is called as its file is: %q", r.Name)
			case m.key == "script":
				d = d.WithNote("the script is the .js file of the same name")
			}
			r.say(d)
			continue
		}
		switch v := m.value; m.key {
		case "enabled":
			if v.kind != kindBool {
				r.say(v.wants("enabled", "true or false"))
				continue
			}
			r.Enabled = v.boolean
		case "order":
			switch v.kind {
			case kindNumber:
				r.Order, r.HasOrder, r.orderAt = v.number+0, true, v.at
			case kindNull:
			default:
				r.say(v.wants("order", "a number or null"))
			}
		case "stage":
			r.readStage(v)
		}
	}
}

// stageUserRegistration is a stage that only the oldest pages list.
const stageUserRegistration = "user_registration"

func (r *Rule) readStage(v value) {
	if v.kind != kindText {
		r.say(v.wants("stage", "a text"))
		return
	}
	switch v.text {
	case StageLoginSuccess:
	case StageLoginFailure, StagePreAuthorize, stageUserRegistration:
		r.say(v.at.diagnostic(diag.StageNotRun, "rules of the stage %s do not run", v.text).
			WithNote("only rules of the stage %s run", StageLoginSuccess))
	default:
		d := v.at.diagnostic(diag.BadStage, "there is no stage %s", quoteShort(v.text))
		stages := []string{StageLoginSuccess, StageLoginFailure, StagePreAuthorize}
		if near := nearest(v.text, stages); near != "" {
			d = d.WithNote("did you mean %q?", near)
		} else {
			d = d.WithNote("the stages are %s", strings.Join(stages, ", "))
		}
		r.say(d)
		return
	}
	r.Stage = v.text
}

// checkName holds a name against the platform's pattern.
func (r *Rule) checkName() {
	if !validName(r.Name) {
		r.say(r.nameAt.diagnostic(diag.BadRuleName, "%s is no name for a rule", quoteShort(r.Name)).
			WithNote("a name has at least three characters: letters, digits, spaces and -, with no space or - at either end"))
	}
}

// validName is the pattern ^[^-\s][a-zA-Z0-9-\s]+[^-\s]$ as JavaScript reads it,
// that is in UTF-16 units: the ends may be any other character, but one outside
// the basic plane is two units and does not fit.
func validName(name string) bool {
	r := []rune(name)
	if len(r) < 3 {
		return false
	}
	for i, c := range r {
		inner := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || isJSSpace(c)
		isEnd := i == 0 || i == len(r)-1
		switch {
		case isEnd && (c == '-' || isJSSpace(c) || c > 0xFFFF):
			return false
		case !isEnd && !inner:
			return false
		}
	}
	return true
}

// isJSSpace is \s of a JavaScript regular expression.
func isJSSpace(c rune) bool {
	switch {
	case c >= '\t' && c <= '\r', c == ' ', c == 0xA0, c == 0x1680, c >= 0x2000 && c <= 0x200A,
		c == 0x2028, c == 0x2029, c == 0x202F, c == 0x205F, c == 0x3000, c == 0xFEFF:
		return true
	}
	return false
}

// readConfigs reads the folder rules-configs. Beside deploy CLI metadata (keyed) a
// file holds its key; else the key is the file's base name.
func (r *reader) readConfigs(keyed bool) {
	dir := path.Join(r.root, configsDir)
	if !r.isDir(dir) {
		return
	}
	paths, problems := r.files.entries(dir, false)
	r.say(problems...)
	for _, p := range paths {
		if !isJSON(p) {
			r.files.note(p, RoleIgnored, "not a .json file")
			continue
		}
		r.files.note(p, RoleConfiguration, "")
		o := r.object(p)
		r.say(o.problems...)
		if !o.ok || len(o.members) == 0 {
			continue
		}
		key := ""
		if !keyed {
			key = stem(p)
		}
		r.config(o.members, place{text: o.text}, key)
	}
}

// config takes over one configuration value. Without a key from the file's name
// it needs a field key. An empty object is skipped.
func (r *reader) config(members []member, whole place, key string) {
	if len(members) == 0 {
		return
	}
	byName := key != ""
	keyAt := whole
	var keyValue, val *value
	for i, m := range members {
		switch {
		case m.key == "value":
			val = &members[i].value
		case m.key == "key" && !byName:
			keyValue = &members[i].value
		case m.key == "key":
			d := m.keyAt.diagnostic(diag.UnknownField, `nothing reads the field "key"`)
			r.say(d.WithNote("the key is the file's name: %q", key))
		default:
			r.say(m.keyAt.diagnostic(diag.UnknownField, "nothing reads the field %s", quoteShort(m.key)))
		}
	}
	switch {
	case byName:
	case keyValue == nil:
		r.say(whole.diagnostic(diag.BadConfigKey, "the configuration value has no key"))
	case keyValue.kind != kindText:
		d := keyValue.wants("key", "a text")
		d.Code = diag.BadConfigKey
		r.say(d)
		keyValue = nil
	default:
		key, keyAt = keyValue.text, keyValue.at
	}
	usable := (byName || keyValue != nil) && validConfigKey(key)
	if (byName || keyValue != nil) && !usable {
		r.say(keyAt.diagnostic(diag.BadConfigKey, "%s is no configuration key", quoteShort(key)).
			WithNote("a key has letters, digits, _ and - only"))
	}
	switch {
	case val == nil:
		r.say(whole.diagnostic(diag.BadConfigValue, "the configuration key %s has no value", quoteShort(key)))
		return
	case val.kind != kindText:
		d := val.wants("value", "a text")
		d.Code = diag.BadConfigValue
		r.say(d)
		return
	}
	if !usable {
		return
	}
	if other, twice := r.configFrom[key]; twice {
		r.say(keyAt.diagnostic(diag.DuplicateConfig, "the configuration key %s is set twice", quoteShort(key)).
			WithNote("the other one is at %s", other))
		return
	}
	r.configFrom[key] = keyAt
	r.folder.Configuration[key] = val.text
}

// validConfigKey is the pattern ^[A-Za-z0-9_-]*$, and not empty.
func validConfigKey(key string) bool {
	for _, c := range []byte(key) {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-') {
			return false
		}
	}
	return key != ""
}
