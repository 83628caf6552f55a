package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
	"github.com/ferrule-rules/ferrule/benchmarks/peers"
)

// readReport reads what -json or -save has written.
func readReport(file string) (*report, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	r := &report{}
	if err := json.Unmarshal(text, r); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for _, contender := range peers.All(&peers.Node{}) {
		if _, ok := r.Contenders[contender.Name]; ok {
			r.order = append(r.order, contender.Name)
		}
	}
	return r, nil
}

// save keeps the results as JSON and as tables, and puts the figures into the README.
func (r *report) save() error {
	day, _, _ := strings.Cut(r.Date, "T")
	var asJSON, tables, figures bytes.Buffer
	if err := r.writeJSON(&asJSON); err != nil {
		return err
	}
	if err := r.writeTables(&tables); err != nil {
		return err
	}
	r.writeMarkdown(&figures)
	if err := os.MkdirAll("results", 0o755); err != nil {
		return err
	}
	for ending, text := range map[string][]byte{".json": asJSON.Bytes(), ".txt": tables.Bytes()} {
		if err := os.WriteFile(filepath.Join("results", day+ending), text, 0o644); err != nil {
			return err
		}
	}
	return replaceBetween("README.md", "figures", figures.String())
}

// replaceBetween puts a text between two markers of a file: <!-- NAME --> and <!-- /NAME -->.
func replaceBetween(file, name, text string) error {
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(old), "<!-- "+name+" -->\n")
	_, after, ends := strings.Cut(rest, "<!-- /"+name+" -->")
	if !found || !ends {
		return fmt.Errorf("%s has no markers %q", file, name)
	}
	return os.WriteFile(file, []byte(before+"<!-- "+name+" -->\n"+text+"<!-- /"+name+" -->"+after), 0o644)
}

// writeMarkdown writes the figures as the README shows them.
func (r *report) writeMarkdown(w io.Writer) {
	kind := "full"
	if r.Quick {
		kind = "quick"
	}
	fmt.Fprintf(w, "%s, commit %s: %s, %d cores, %s; %d rounds, %.0f s (%s).\n", r.Date, r.Commit, r.Machine.CPU, r.Machine.Cores, r.Machine.OS, r.Rounds, r.Seconds, kind)
	var versions []string
	for name, version := range r.Versions {
		versions = append(versions, name+" "+version)
	}
	slices.Sort(versions)
	fmt.Fprintf(w, "Versions: %s.\n\n", strings.Join(versions, ", "))
	fmt.Fprint(w, "| name | what | value | cases | target | |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, v := range r.Targets {
		fmt.Fprintf(w, "| `%s` | %s | **%s** | %d | %s | %s |\n", v.Name, v.What, ratioText(v.Value, v.Cases), v.Cases, v.Target, v.word())
	}
	for _, note := range r.Notes {
		fmt.Fprintf(w, "\n%s.\n", note)
	}
	r.writeMeans(w)
	fmt.Fprint(w, "\nNanoseconds a login, the lower quartile of the rounds; + is the way to the upper one where it is more than a fifth.\n\n")
	columns := slices.DeleteFunc([]string{"hand", "auto", "expr", "cel", "js", "goja_pooled", "goja_parse", "quickjs", "node_maps", "run_json", "node_json"},
		func(name string) bool { return !r.has(name) })
	fmt.Fprintf(w, "| case | %s |\n|%s\n", strings.Join(columns, " | "), strings.Repeat(" --- |", len(columns)+1))
	for _, one := range r.Cases {
		if !every(one) {
			continue
		}
		fmt.Fprintf(w, "| %s |", one.Case)
		for _, name := range columns {
			fmt.Fprintf(w, " %s |", nanoseconds(one, name))
		}
		fmt.Fprintln(w)
	}
}

// writeMeans writes how much longer each contender takes than Ferrule that gets the login in
// the same form.
func (r *report) writeMeans(w io.Writer) {
	fmt.Fprint(w, "\n| contender | what | / Ferrule, single rules | pipelines | cases |\n| --- | --- | --- | --- | --- |\n")
	for _, name := range r.order {
		base := "auto"
		if strings.Contains(name, "json") {
			base = "run_json"
		}
		if name == base || name == "empty" || name == "copy" {
			continue
		}
		value, n := r.mean(name, base, in(cases.Single))
		whole, pipelines := r.mean(name, base, in(cases.Pipeline))
		if n+pipelines > 0 {
			fmt.Fprintf(w, "| `%s` | %s | %s | %s | %d |\n", name, r.Contenders[name], ratioText(value, n), ratioText(whole, pipelines), n)
		}
	}
}
