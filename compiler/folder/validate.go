package folder

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
)

// maxPipelineBytes is the platform's recommendation for all enabled rules together.
const maxPipelineBytes = 100_000

// validate finishes the rules: overrides, default orders, what two rules may not
// share, and the order in which they run.
func (r *reader) validate() {
	rules := r.folder.Rules
	r.override(rules)
	r.defaultOrders(rules)
	// Problems across rules are told in the order of the files, so that the note
	// of the second speaks of the first.
	r.duplicateNames(rules)
	r.duplicateOrders(rules)
	slices.SortStableFunc(rules, func(a, b *Rule) int {
		byName := cmp.Compare(a.Name, b.Name)
		if r.folder.Format == Plain {
			byName = cmp.Compare(path.Base(a.Path), path.Base(b.Path))
		}
		return cmp.Or(cmp.Compare(a.Order, b.Order), byName, cmp.Compare(a.Path, b.Path))
	})
	total := 0
	for _, rule := range rules {
		r.say(rule.ownProblems()...)
		if rule.Runs() {
			total += len(rule.File.Text)
		}
	}
	if total > maxPipelineBytes {
		r.say(diag.ForPath(diag.PipelineSize, r.show(), "the rules that run have %d bytes together; the platform recommended at most %s",
			total, bytesText(maxPipelineBytes)))
	}
}

// ownProblems are the rule's own diagnostics: warnings when it does not run anyway.
func (r *Rule) ownProblems() diag.List {
	if r.wanted() {
		return r.problems
	}
	return asWarnings(r.problems)
}

// asWarnings is a list without errors.
func asWarnings(list diag.List) diag.List {
	list = slices.Clone(list)
	for i := range list {
		if list[i].Severity == diag.Error {
			list[i].Severity = diag.Warning
		}
	}
	return list
}

// override applies what the options say about rules by name.
func (r *reader) override(rules []*Rule) {
	known := names(rules)
	has := func(list []string, name string) bool { return slices.Contains(list, name) }
	for _, list := range []struct {
		names []string
		verb  string
	}{{r.opts.Only, "run alone"}, {r.opts.Enable, "enable"}, {r.opts.Disable, "disable"}} {
		for _, name := range list.names {
			if !has(known, name) {
				d := diag.ForPath(diag.UnknownRule, r.show(), "there is no rule %q to %s", name, list.verb)
				if near := nearest(name, known); near != "" {
					d = d.WithNote("did you mean %q?", near)
				} else if len(known) > 0 {
					d = d.WithNote("the rules are %s", enumerate(known))
				}
				r.say(d)
				continue
			}
			if list.verb != "disable" && has(r.opts.Disable, name) {
				r.say(diag.ForPath(diag.BadOption, r.show(), "the rule %q is to be disabled, and it is to %s", name, list.verb))
			}
			if list.verb != "disable" && has(r.opts.Exclude, name) {
				r.say(diag.ForPath(diag.BadOption, r.show(), "the rule %q is excluded, and it is to %s", name, list.verb))
			}
		}
	}
	for _, rule := range rules {
		rule.Excluded = has(r.opts.Exclude, rule.Name)
		if len(r.opts.Only) > 0 {
			rule.Enabled = has(r.opts.Only, rule.Name)
		}
		if has(r.opts.Enable, rule.Name) {
			rule.Enabled = true
		}
		if has(r.opts.Disable, rule.Name) {
			rule.Enabled = false
		}
	}
}

// defaultOrders gives a place to the rules that have none. Extension repositories
// send 0. The deploy CLI sends nothing, and the platform then takes its largest
// order plus one.
func (r *reader) defaultOrders(rules []*Rule) {
	if r.folder.Format != DeployCLI && r.folder.Format != YAML {
		return
	}
	last := 0.0
	for _, rule := range rules {
		if rule.HasOrder {
			last = max(last, rule.Order)
		}
	}
	for _, rule := range rules {
		if !rule.HasOrder {
			rule.Order = last + 1
		}
	}
}

// duplicateNames finds names that two rules have, and file names that only a
// file system that minds case can tell apart.
func (r *reader) duplicateNames(rules []*Rule) {
	byName, byFold := map[string]*Rule{}, map[string]*Rule{}
	for _, rule := range rules {
		if rule.Path != "" {
			folded := strings.ToLower(rule.Path)
			if other, met := byFold[folded]; met && other.Path != rule.Path {
				r.say(diag.ForPath(diag.CaseClash, r.files.show(rule.Path), "the name differs from %s in case only", r.files.show(other.Path)).
					WithNote("on a file system that does not mind case one of them is lost"))
			} else {
				byFold[folded] = rule
			}
		}
		if rule.Name == "" {
			continue
		}
		if other, twice := byName[rule.Name]; twice {
			r.say(rule.nameAt.diagnostic(diag.DuplicateName, "there is another rule called %q", rule.Name).
				WithNote("the other one is at %s", other.nameAt))
			continue
		}
		byName[rule.Name] = rule
	}
}

// duplicateOrders finds orders that two rules share. Rules without an order and
// with order 0 may; excluded and disabled rules count.
func (r *reader) duplicateOrders(rules []*Rule) {
	byOrder := map[float64]*Rule{}
	for _, rule := range rules {
		if !rule.HasOrder || rule.Order == 0 {
			continue
		}
		if other, twice := byOrder[rule.Order]; twice {
			r.say(rule.orderAt.diagnostic(diag.DuplicateOrder, "the rules%s and%s both have the order %v",
				other.called(), rule.called(), rule.Order).
				WithNote("the other one is at %s", other.orderAt))
			continue
		}
		byOrder[rule.Order] = rule
	}
}

func names(rules []*Rule) []string {
	out := make([]string, 0, len(rules))
	for _, rule := range rules {
		if rule.Name != "" {
			out = append(out, rule.Name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// enumerate lists some names.
func enumerate(names []string) string {
	const most = 8
	if len(names) > most {
		return strings.Join(names[:most], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

// nearest is the candidate that a misspelled word most probably means; "" when
// none is near enough.
func nearest(word string, candidates []string) string {
	return Nearest(word, candidates, max(2, len(word)/3))
}

// Nearest is the candidate from which a word differs least, by at most that many letters; "" for none.
func Nearest(word string, candidates []string, most int) string {
	best, bestDistance := "", most+1
	for _, c := range candidates {
		if d := distance(strings.ToLower(word), strings.ToLower(c), bestDistance); d < bestDistance && d < len(c) {
			best, bestDistance = c, d
		}
	}
	return best
}

// distance is the number of letters to insert, drop, change or swap with their
// neighbour; limit when it is not below that.
func distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := row[0]
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
