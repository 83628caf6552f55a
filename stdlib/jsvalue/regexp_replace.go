package jsvalue

import "strings"

// ReplaceIn is s.replace(re, replacement), or replaceAll when all is set.
//
// Source: ECMA-262 RegExp.prototype [ @@replace ], GetSubstitution.
func (r *Regexp) ReplaceIn(s string, replacement any, all bool) (string, error) {
	if all && !r.global {
		return "", ExitThrow
	}
	if err := r.subject(s); err != nil {
		return "", err
	}
	text, err := ToString(replacement)
	if err != nil {
		return "", err
	}
	dollar := strings.Contains(text, "$")
	if dollar && r.pattern.looseCaptures {
		return "", ExitType
	}
	var b strings.Builder
	last := 0
	replace := func(place []int) {
		if b.Len() > MaxText {
			return
		}
		b.WriteString(s[last:place[0]])
		last = place[1]
		if dollar {
			r.substitute(&b, s, place, text)
		} else {
			b.WriteString(text)
		}
	}
	if r.global {
		err = r.each(s, replace)
	} else if place := r.start.FindStringSubmatchIndex(s); place != nil {
		replace(place)
	}
	if err != nil {
		return "", err
	}
	b.WriteString(s[last:])
	if b.Len() > MaxText {
		return "", ExitSize
	}
	return b.String(), nil
}

// substitute writes a replacement and what its $ patterns stand for.
func (r *Regexp) substitute(b *strings.Builder, s string, place []int, text string) {
	for {
		at := strings.IndexByte(text, '$')
		if at < 0 || at+1 == len(text) {
			b.WriteString(text)
			return
		}
		b.WriteString(text[:at])
		text = text[at+1:]
		switch c := text[0]; {
		case c == '$':
			b.WriteByte('$')
			text = text[1:]
		case c == '&':
			b.WriteString(s[place[0]:place[1]])
			text = text[1:]
		case c == '`':
			b.WriteString(s[:place[0]])
			text = text[1:]
		case c == '\'':
			b.WriteString(s[place[1]:])
			text = text[1:]
		case c >= '0' && c <= '9':
			group, size := r.groupNumber(text)
			if size == 0 {
				b.WriteByte('$')
				continue
			}
			writeCapture(b, s, place, group)
			text = text[size:]
		case c == '<' && r.pattern.names != nil:
			name, rest, closed := strings.Cut(text[1:], ">")
			if !closed {
				b.WriteByte('$')
				continue
			}
			if group, ok := r.pattern.names[name]; ok {
				writeCapture(b, s, place, group)
			}
			text = rest
		default:
			b.WriteByte('$')
		}
	}
}

// groupNumber reads one or two digits that name a capture; size is 0 when they do not.
func (r *Regexp) groupNumber(text string) (group, size int) {
	one := int(text[0] - '0')
	if len(text) > 1 && text[1] >= '0' && text[1] <= '9' {
		if two := one*10 + int(text[1]-'0'); two >= 1 && two <= r.pattern.groups {
			return two, 2
		}
	}
	if one >= 1 && one <= r.pattern.groups {
		return one, 1
	}
	return 0, 0
}

func writeCapture(b *strings.Builder, s string, place []int, group int) {
	if place[2*group] >= 0 {
		b.WriteString(s[place[2*group]:place[2*group+1]])
	}
}

// SplitIn is s.split(re, limit).
//
// Source: ECMA-262 RegExp.prototype [ @@split ].
func (r *Regexp) SplitIn(s string, limit any) ([]any, error) {
	if err := r.subject(s); err != nil {
		return nil, err
	}
	most := ^uint32(0)
	if !IsUndefined(limit) {
		var err error
		if most, err = ToUint32(limit); err != nil {
			return nil, err
		}
	}
	if r.pattern.groups > 0 && r.pattern.looseCaptures {
		return nil, ExitType
	}
	items := []any{}
	if most == 0 {
		return items, nil
	}
	if s == "" {
		if r.start.MatchString(s) {
			return items, nil
		}
		return []any{s}, nil
	}
	last := 0
	add := func(item any) {
		if uint32(len(items)) < most {
			items = append(items, item)
		}
	}
	err := r.each(s, func(place []int) {
		if place[0] >= len(s) || place[1] == last {
			return // an empty match at the end, or where the last one ended
		}
		add(s[last:place[0]])
		for i := 1; i <= r.pattern.groups; i++ {
			add(capture(s, place, i))
		}
		last = place[1]
	})
	if err != nil {
		return nil, err
	}
	add(s[last:])
	return items, nil
}

// Groups is the number of captures.
func (r *Regexp) Groups() int { return r.pattern.groups }

// places are the matches that s.replace(re, …) replaces: all with flag g, else the first.
func (r *Regexp) places(s string) (places [][]int, err error) {
	if err := r.subject(s); err != nil {
		return nil, err
	}
	if r.pattern.groups > 0 && r.pattern.looseCaptures {
		return nil, ExitType
	}
	if r.global {
		err = r.each(s, func(place []int) { places = append(places, place) })
	} else if place := r.start.FindStringSubmatchIndex(s); place != nil {
		places = append(places, place)
	}
	return places, err
}

// Matches lists what a replacement function of s.replace(re, f) is called with: for each
// match an array of the whole match and its captures.
func (r *Regexp) Matches(s string) ([]any, error) {
	places, err := r.places(s)
	if err != nil {
		return nil, err
	}
	list := make([]any, len(places))
	for i, place := range places {
		match := &List{Items: make([]any, 1+r.pattern.groups)}
		for g := range match.Items {
			match.Items[g] = capture(s, place, g)
		}
		list[i] = match
	}
	return list, nil
}

// ReplaceEach is s.replace(re, f), with what f answers for each match.
//
// Source: ECMA-262 RegExp.prototype [ @@replace ].
func (r *Regexp) ReplaceEach(s string, replacements []any) (string, error) {
	places, err := r.places(s)
	if err != nil {
		return "", err
	}
	if len(places) != len(replacements) {
		return "", ExitType
	}
	var b strings.Builder
	last := 0
	for i, place := range places {
		text, err := ToString(replacements[i])
		if err != nil {
			return "", err
		}
		b.WriteString(s[last:place[0]])
		b.WriteString(text)
		if last = place[1]; b.Len() > MaxText {
			return "", ExitSize
		}
	}
	b.WriteString(s[last:])
	return b.String(), nil
}
