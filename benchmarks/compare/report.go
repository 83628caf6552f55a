package main

import (
	"encoding/json"
	"io"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
	"github.com/ferrule-rules/ferrule/benchmarks/peers"
	"github.com/ferrule-rules/ferrule/benchmarks/timing"
)

// report is the result of a run, and its JSON form.
type report struct {
	Date       string            `json:"date"`
	Machine    machine           `json:"machine"`
	Versions   map[string]string `json:"versions"` // of Go, Node and all peers
	Commit     string            `json:"commit"`
	Quick      bool              `json:"quick"`
	Rounds     int               `json:"rounds"`
	Seconds    float64           `json:"seconds"`
	Ratios     ratios            `json:"ratios"`
	Targets    []verdict         `json:"targets"`
	Notes      []string          `json:"notes,omitempty"`
	Contenders map[string]string `json:"contenders"`
	Cases      []row             `json:"cases"`

	order   []string // of the contenders
	figures map[string]counted
}

// row is the result of one case.
type row struct {
	Case    string                   `json:"case"`
	Group   string                   `json:"group"`
	Shape   string                   `json:"shape,omitempty"`
	Bytes   int                      `json:"bytes"`              // of the login as JSON
	NS      map[string]timing.Figure `json:"ns"`                 // of a login
	LeftOut map[string]string        `json:"left_out,omitempty"` // and why

	Allocations *[2]float64 `json:"allocations,omitempty"` // of Ferrule with maps and with JSON; only of rules that write nothing
}

type machine struct {
	CPU   string `json:"cpu"`
	Cores int    `json:"cores"`
	OS    string `json:"os"`
}

// peerModules are the modules whose versions are reported.
var peerModules = []string{
	"github.com/dop251/goja", "github.com/grafana/sobek", "github.com/robertkrimen/otto", "modernc.org/quickjs", "github.com/expr-lang/expr",
	"cel.dev/cel-go", "github.com/open-policy-agent/opa", "github.com/cedar-policy/cedar-go",
}

func newReport(f flags, contenders []peers.Contender) *report {
	r := &report{
		Date:     time.Now().UTC().Format(time.RFC3339),
		Machine:  machine{cpuModel(), runtime.NumCPU(), runtime.GOOS + "/" + runtime.GOARCH},
		Versions: map[string]string{"go": runtime.Version()}, Quick: f.quick, Rounds: f.timing().Rounds,
		Ratios: ratios{}, Contenders: map[string]string{},
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			for _, name := range peerModules {
				if module.Path == name {
					r.Versions[name] = module.Version
				}
			}
		}
	}
	for _, contender := range contenders {
		r.Contenders[contender.Name] = contender.Title
		r.order = append(r.order, contender.Name)
	}
	r.Commit = commit()
	return r
}

// cpuModel is the processor's name as the system tells it.
func cpuModel() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

func (r *report) writeJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(r)
}

// least is what a figure counts at the least, in nanoseconds: the resolution of a batch of
// 32 logins with a clock of some ten. No code that looks a login up is that fast.
const least = 1

// mean is the geometric mean of over/under over the cases of a group that have both;
// ok is false when there is none.
func (r *report) mean(over, under string, in func(row) bool) (mean float64, n int) {
	sum := 0.0
	for _, one := range r.Cases {
		a, hasA := one.NS[over]
		b, hasB := one.NS[under]
		if hasA && hasB && in(one) {
			sum += math.Log(max(a.NS, least) / max(b.NS, least))
			n++
		}
	}
	return math.Exp(sum / float64(max(n, 1))), n
}

// in is the cases of one group.
func in(group cases.Group) func(row) bool {
	return func(r row) bool { return r.Group == string(group) }
}

// figure is what a contender takes for a case; ok is false when it was not measured.
func (r *report) figure(name, contender string) (ns float64, ok bool) {
	for _, one := range r.Cases {
		if one.Case == name {
			f, ok := one.NS[contender]
			return max(f.NS, least), ok
		}
	}
	return 0, false
}
