package ruletest

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/ferrule-rules/ferrule"
)

// Coverage says which statements and branches of the rules were reached by cases.
type Coverage struct{ Rules []*RuleCoverage }

// RuleCoverage is that of one rule.
type RuleCoverage struct {
	Name   string // of the file, as shown
	Source string
	Points []Point
	Hits   []int  // for each point how many cases reached it
	Why    string // it could not be counted; "" when it could
}

// Count answers how many statements, or branches, there are, and how many some case reached.
func (r *RuleCoverage) Count(branches bool) (reached, all int) {
	for i, p := range r.Points {
		if p.Branch == branches {
			all++
			if r.Hits[i] > 0 {
				reached++
			}
		}
	}
	return reached, all
}

// Uncovered lists lines with statements that no case reached, as "3-5", and branches, as "7 else".
func (r *RuleCoverage) Uncovered() []string {
	missed := map[int]bool{}
	counted := map[int]bool{}
	for i, p := range r.Points {
		if !p.Branch {
			counted[p.At.Line] = true
			missed[p.At.Line] = missed[p.At.Line] || r.Hits[i] == 0
		}
	}
	var lines []string
	first, last := 0, 0
	flush := func() {
		switch {
		case first == 0:
		case first == last:
			lines = append(lines, strconv.Itoa(first))
		default:
			lines = append(lines, fmt.Sprintf("%d-%d", first, last))
		}
		first = 0
	}
	for line := 1; line <= strings.Count(r.Source, "\n")+1; line++ {
		switch {
		case missed[line]:
			if first == 0 {
				first = line
			}
			last = line
		case counted[line]:
			flush()
		}
		for i, p := range r.Points {
			if p.Branch && p.At.Line == line && r.Hits[i] == 0 && !missed[line] && !missed[p.first] {
				flush()
				lines = append(lines, fmt.Sprintf("%d %s", line, p.What))
			}
		}
	}
	flush()
	return lines
}

// Cover runs the cases of files on the engine js with counters in the rules' own text, and answers what
// they reached. Outcomes are those of [Run] and not looked at.
//
// # Errors
//
// Those of Run.
func Cover(ctx context.Context, files []*File, o Options) (*Coverage, error) {
	o.Engines, o.Done, o.cover = []string{string(ferrule.EngineJS)}, nil, &recorder{rules: map[string]*covered{}}
	if _, err := Run(ctx, files, o); err != nil {
		return nil, err
	}
	c := &Coverage{}
	for _, name := range sortedKeys(o.cover.rules) {
		c.Rules = append(c.Rules, &o.cover.rules[name].RuleCoverage)
	}
	return c, nil
}

// recorder collects what cases reach, from many goroutines.
type recorder struct {
	mu    sync.Mutex
	rules map[string]*covered
}

type covered struct {
	RuleCoverage
	text string
}

// rule answers the instrumented text of a file's rule; ok is false when there is none.
func (c *recorder) rule(f *File) (rule *covered, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	name := f.RuleName()
	if known := c.rules[name]; known != nil {
		return known, known.Why == ""
	}
	rule = &covered{RuleCoverage: RuleCoverage{Name: name}}
	c.rules[name] = rule
	data, err := fs.ReadFile(f.fsys, f.Rule)
	if err != nil {
		rule.Why = "it is no single file"
		return rule, false
	}
	rule.Source = string(data)
	made := instrument(name, rule.Source)
	rule.text, rule.Points, rule.Why, rule.Hits = made.text, made.points, made.why, make([]int, len(made.points))
	return rule, rule.Why == ""
}

// hits are the points that one case reached.
type hits struct {
	recorder *recorder
	rule     *covered
	mu       sync.Mutex
	seen     map[int]bool
	last     map[int]bool // of the case before
}

// line reads a console line.
func (h *hits) line(text string) {
	if number, ok := strings.CutPrefix(text, marker); ok {
		if n, err := strconv.Atoi(number); err == nil && n < len(h.rule.Hits) {
			h.mu.Lock()
			h.seen[n] = true
			h.mu.Unlock()
		}
	}
}

// count adds what the case reached.
func (h *hits) count(console []ferrule.ConsoleLine) {
	for _, line := range console {
		h.line(line.Text)
	}
	h.recorder.mu.Lock()
	defer h.recorder.mu.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	for n := range h.seen {
		h.rule.Hits[n]++
	}
	h.last, h.seen = h.seen, map[int]bool{}
}

// counted loads the rule with counters.
func (b *batch) counted(options *ferrule.Options) (*ferrule.Pipeline, *hits, error) {
	rule, ok := b.options.cover.rule(b.file)
	if !ok {
		p, err := ferrule.LoadPath(b.file.fsys, b.file.Rule, options)
		return p, nil, err
	}
	h := &hits{recorder: b.options.cover, rule: rule, seen: map[int]bool{}}
	options.OnLate = func(late ferrule.Late) {
		if late.Console != nil {
			h.line(late.Console.Text)
		}
	}
	options.Limits.ConsoleBytes = 1 << 20
	p, err := ferrule.Compile(path.Base(b.file.Rule), rule.text, options)
	return p, h, err
}

// WriteLCOV writes the coverage as LCOV reads it.
func (c *Coverage) WriteLCOV(w io.Writer) error {
	var b strings.Builder
	for _, r := range c.Rules {
		if r.Why != "" {
			continue
		}
		fmt.Fprintf(&b, "TN:\nSF:%s\n", r.Name)
		lines := r.lines()
		for i, p := range r.Points {
			if p.Branch {
				taken := "-"
				if r.decided(p.group) {
					taken = strconv.Itoa(r.Hits[i])
				}
				fmt.Fprintf(&b, "BRDA:%d,%d,%d,%s\n", p.At.Line, p.group, i, taken)
			}
		}
		reached, all := r.Count(true)
		fmt.Fprintf(&b, "BRF:%d\nBRH:%d\n", all, reached)
		hit := 0
		for line := 1; line <= strings.Count(r.Source, "\n")+1; line++ {
			if n, counted := lines[line]; counted {
				fmt.Fprintf(&b, "DA:%d,%d\n", line, n)
				if n > 0 {
					hit++
				}
			}
		}
		fmt.Fprintf(&b, "LF:%d\nLH:%d\nend_of_record\n", len(lines), hit)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// decided reports whether some case took one of the ways of a condition.
func (r *RuleCoverage) decided(group int) bool {
	for i, p := range r.Points {
		if p.Branch && p.group == group && r.Hits[i] > 0 {
			return true
		}
	}
	return false
}

// lines are the lines on which statements begin, with how many cases reached the rarest of them.
func (r *RuleCoverage) lines() map[int]int {
	lines := map[int]int{}
	for i, p := range r.Points {
		if p.Branch {
			continue
		}
		if n, known := lines[p.At.Line]; !known || r.Hits[i] < n {
			lines[p.At.Line] = r.Hits[i]
		}
	}
	return lines
}

// Percent is how many of the branches and statements some case reached, in percent.
func (r *RuleCoverage) Percent(branches bool) float64 {
	reached, all := r.Count(branches)
	if all == 0 {
		return 100
	}
	return 100 * float64(reached) / float64(all)
}

// missedAt are the branches of a line that no case took.
func (r *RuleCoverage) missedAt(line int) []string {
	var names []string
	for i, p := range r.Points {
		if p.Branch && p.At.Line == line && r.Hits[i] == 0 && !slices.Contains(names, p.What) {
			names = append(names, p.What)
		}
	}
	return names
}

// share is how many were reached, in words.
func share(r *RuleCoverage, branches bool) string {
	reached, all := r.Count(branches)
	return fmt.Sprintf("%.0f %% (%d of %d)", r.Percent(branches), reached, all)
}

func plainCount(n int) string { return strconv.Itoa(n) + "×" }
