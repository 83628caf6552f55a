package ruletest

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// The elements of a JUnit report, as CI systems read it.
type (
	junitSuites struct {
		XMLName  xml.Name      `xml:"testsuites"`
		Tests    int           `xml:"tests,attr"`
		Failures int           `xml:"failures,attr"`
		Errors   int           `xml:"errors,attr"`
		Skipped  int           `xml:"skipped,attr"`
		Time     string        `xml:"time,attr"`
		Suites   []*junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Skipped  int          `xml:"skipped,attr"`
		Time     string       `xml:"time,attr"`
		Cases    []*junitCase `xml:"testcase"`
		taken    time.Duration
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		File    string        `xml:"file,attr"`
		Line    int           `xml:"line,attr,omitempty"`
		Time    string        `xml:"time,attr"`
		Failure *junitMessage `xml:"failure"`
		Error   *junitMessage `xml:"error"`
		Skipped *junitMessage `xml:"skipped"`
	}
	junitMessage struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// WriteJUnit writes the report in the XML form of JUnit: a suite for each file. broken are files that
// could not be read, by name, with what is wrong.
func (r *Report) WriteJUnit(w io.Writer, broken map[string]string) error {
	all, byName := &junitSuites{Time: seconds(r.Duration)}, map[string]*junitSuite{}
	suite := func(name string) *junitSuite {
		if byName[name] == nil {
			byName[name] = &junitSuite{Name: name}
			all.Suites = append(all.Suites, byName[name])
		}
		return byName[name]
	}
	wrong := func(name, text string) {
		s := suite(name)
		s.Cases = append(s.Cases, &junitCase{Name: "can be read", Class: className(name), File: name, Time: "0", Error: &junitMessage{"the file or its rule is wrong", clean(text)}})
		s.Tests, s.Errors = s.Tests+1, s.Errors+1
	}
	for _, result := range r.Results {
		s := suite(result.File.Name)
		c := &junitCase{Name: clean(result.Case.Name), Class: className(result.File.Name), File: result.File.Name, Line: result.Case.Line, Time: seconds(result.Duration)}
		s.Tests++
		s.taken += result.Duration
		switch {
		case result.Failed():
			s.Failures++
			lines := result.lines()
			c.Failure = &junitMessage{clean(lines[0]), clean(strings.Join(lines, "\n"))}
		case result.Skipped():
			s.Skipped++
			c.Skipped = &junitMessage{Message: clean(result.Case.Skip)}
		}
		s.Cases = append(s.Cases, c)
	}
	for _, b := range r.Broken {
		wrong(b.File.Name, b.Err.Error())
	}
	for _, name := range sortedKeys(broken) {
		wrong(name, broken[name])
	}
	for _, s := range all.Suites {
		s.Time = seconds(s.taken)
		all.Tests, all.Failures, all.Errors, all.Skipped = all.Tests+s.Tests, all.Failures+s.Failures, all.Errors+s.Errors, all.Skipped+s.Skipped
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// lines says what is wrong with a failed case, each text once.
func (r *Result) lines() []string {
	var lines []string
	seen := map[string]bool{}
	for _, e := range r.Runs {
		add := func(m Mismatch, want string) {
			line := fmt.Sprintf("%s: %s %s, actual %s", m.Path, want, m.Expected, m.Actual)
			if m.Line > 0 {
				line += fmt.Sprintf(" (%s:%d)", r.File.RuleName(), m.Line)
			}
			if !seen[line] {
				lines = append(lines, line)
			}
			seen[line] = true
		}
		for _, m := range e.Mismatches {
			add(m, "expected")
		}
		for _, m := range e.Differences {
			m.Path = "the engine " + e.Engine + " differs: " + m.Path
			add(m, r.Runs[0].Engine)
		}
	}
	return lines
}

func className(file string) string {
	return strings.ReplaceAll(strings.TrimSuffix(file, Suffix), "/", ".")
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }

// clean takes the characters away that XML cannot have.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return '\uFFFD'
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}
