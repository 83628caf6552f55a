package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// report writes what came of one login for a person. before is the login as it went in.
func (r *runner) report(res result, before ferrule.Input) error {
	o := &res.outcome
	p := &printer{terminal: r.out}
	p.headline(o)
	p.rules(o, r.pipeline.Rules())
	p.console(o)
	p.effects(o)
	if o.Decision == ferrule.Allowed || o.Decision == ferrule.Redirect {
		if err := p.changes(res, before, r.pipeline); err != nil {
			return err
		}
	}
	_, err := r.out.Write(p.text.Bytes())
	if err != nil {
		return fmt.Errorf("cannot write the result: %w", err)
	}
	return nil
}

// printer collects the text of a report.
type printer struct {
	*terminal
	text bytes.Buffer
}

func (p *printer) line(parts ...string) {
	p.text.WriteString(strings.TrimRight(strings.Join(parts, ""), " ") + "\n")
}

func (p *printer) section(title string) { p.line("\n" + p.strong(title)) }

// headline says the decision and why.
func (p *printer) headline(o *ferrule.Outcome) {
	word := p.paint(p.decision(o.Decision, o.Decision.String()), text.Bold)
	count := p.faint(fmt.Sprintf("(%s in %s)", plural(len(o.Rules), "rule"), duration(o.Duration)))
	switch {
	case o.Err != nil:
		by := ""
		if o.Err.Rule != "" {
			by = " by rule " + p.strong(oneLine(o.Err.Rule))
		}
		p.line(word, by, " ", count)
		p.failure(o)
	case o.RedirectTo != nil:
		p.line(word, " to ", p.info(oneLine(o.RedirectTo.URL)), " ", count)
	default:
		p.line(word, " ", count)
	}
	if mfa := o.Multifactor; mfa != nil {
		detail := "provider " + oneLine(mfa.Provider)
		if mfa.AllowRememberBrowser != nil {
			detail += fmt.Sprintf(", remember browser %t", *mfa.AllowRememberBrowser)
		}
		if mfa.OAuth != "" {
			detail += ": this flow cannot ask the user"
		}
		p.line("  ", p.warn("multifactor"), " ", detail)
	}
	p.delivery(o)
}

// failure writes the error with its place and the line of the rule.
func (p *printer) failure(o *ferrule.Outcome) {
	e := o.Err
	name := e.Name
	if name != "" {
		name += ": "
	}
	p.line("  ", p.decision(o.Decision, printable(indent(name+e.Message))))
	var facts []string
	if e.Kind != ferrule.KindRule {
		facts = append(facts, "kind "+string(e.Kind))
	}
	if e.Code != "" {
		facts = append(facts, "code "+oneLine(e.Code))
	}
	if e.StatusCode != 0 {
		facts = append(facts, fmt.Sprintf("status %d", e.StatusCode))
	}
	if len(facts) > 0 {
		p.line("  ", p.faint(strings.Join(facts, ", ")))
	}
	if e.Cause != "" {
		p.line("  caused by ", printable(oneLine(e.Cause)))
	}
	if e.Pos.IsValid() {
		p.line("  at ", p.strong(fmt.Sprintf("%s:%s", oneLine(e.File), e.Pos)))
		p.text.WriteString(p.snippet(e.File, e.Pos))
	}
}

// snippet is the rule's line with a caret; "" when the file cannot be read any more.
func (p *printer) snippet(name string, pos source.Pos) string {
	data, err := os.ReadFile(name)
	if err != nil {
		return ""
	}
	file := source.NewFile(name, string(data))
	if pos.Line > file.LineCount() || pos.Column > len(file.Line(pos.Line))+1 {
		return ""
	}
	end := pos
	end.Column++
	end.Offset++
	var b strings.Builder
	d := diag.Diagnostic{Severity: diag.Error, File: file, Span: source.Span{Start: pos, End: end}}
	_ = diag.Fprint(&b, diag.List{d}, p.diagStyle()) // a strings.Builder takes everything
	_, snippet, _ := strings.Cut(b.String(), "\n")
	return snippet
}

// delivery says what the application receives when the login ended with an error.
func (p *printer) delivery(o *ferrule.Outcome) {
	delivery, err := o.Deliver(runtime.DeliveryOptions{})
	label := p.faint("  the application receives ")
	var foreign *runtime.NotOAuthResponse
	switch {
	case errors.Is(err, runtime.ErrNothingToDeliver):
	case errors.As(err, &foreign):
		p.line(label, fmt.Sprintf("a %s answer with status %s and text %q", oneLine(foreign.Protocol), oneLine(foreign.Status), oneLine(foreign.Text)))
	case err != nil:
		p.line(p.faint("  " + oneLine(err.Error())))
	case delivery.Location != "":
		p.line(label, fmt.Sprintf("%d ", delivery.Status), oneLine(delivery.Location))
	default:
		var fields []string
		for _, field := range delivery.Fields {
			fields = append(fields, fmt.Sprintf("%s=%q", field.Name, oneLine(field.Value)))
		}
		p.line(label, fmt.Sprintf("%d (%s) ", delivery.Status, delivery.Mode), strings.Join(fields, ", "))
	}
}

// rules is the table of rules; those behind the one that ended the login were not
// reached.
func (p *printer) rules(o *ferrule.Outcome, all []ferrule.RuleInfo) {
	p.section("rules")
	table := p.newTable("rule", "engine", "time")
	for i, info := range all {
		if i >= len(o.Rules) {
			table.AppendRow([]any{p.faint(oneLine(info.Name)), p.faint("not reached"), ""})
			continue
		}
		rule := &o.Rules[i]
		name := oneLine(rule.Name)
		if o.Err != nil && i == len(o.Rules)-1 {
			name = p.decision(o.Decision, name)
		}
		engine := rule.Engine
		if exit := rule.Exit; exit != nil {
			engine += fmt.Sprintf(" (%s at %d:%d)", exit.Code, exit.Line, exit.Column)
		}
		table.AppendRow([]any{name, engine, duration(rule.Duration)})
	}
	p.line(table.Render())
}

// console writes what the rules logged.
func (p *printer) console(o *ferrule.Outcome) {
	if len(o.Console) == 0 {
		return
	}
	p.section("console")
	for _, line := range o.Console {
		level := fmt.Sprintf("%-5s", line.Level)
		switch line.Level {
		case "error":
			level = p.bad(level)
		case "warn":
			level = p.warn(level)
		default:
			level = p.faint(level)
		}
		p.line("  ", p.info(oneLine(line.Rule)), " ", level, " ", printable(indent(line.Text)))
	}
}

// effects writes warnings, metadata writes and calls.
func (p *printer) effects(o *ferrule.Outcome) {
	if len(o.Warnings) > 0 {
		p.section("warnings")
	}
	for _, w := range o.Warnings {
		rule := ""
		if w.Rule != "" {
			rule = p.info(oneLine(w.Rule)) + " "
		}
		p.line("  ", rule, p.warn(printable(indent(w.Text))), " ", p.faint("["+string(w.Code)+"]"))
	}
	if len(o.Metadata) > 0 {
		p.section("metadata")
	}
	for _, w := range o.Metadata {
		p.line("  ", fmt.Sprintf("%s_metadata of %s ", w.Target, oneLine(w.UserID)), clip(oneLine(w.JSON()), p.room(30)))
	}
	if len(o.Calls) > 0 {
		p.section("calls")
	}
	for _, call := range o.Calls {
		p.line("  ", p.info(oneLine(call.Rule)), fmt.Sprintf(" %s %s ", call.Method, oneLine(call.URL)),
			fmt.Sprint(call.Status), " ", oneLine(call.Error), " ", p.faint(duration(call.Duration)))
	}
}

// changes writes what the rules changed: user, context, and what tokens receive.
func (p *printer) changes(res result, before ferrule.Input, pipeline *ferrule.Pipeline) error {
	o := &res.outcome
	user, context, err := res.trees()
	if err != nil {
		return err
	}
	after := ferrule.Input{}
	userTree, err := read(user)
	if err != nil {
		return err
	}
	contextTree, err := read(context)
	if err != nil {
		return err
	}
	after.User, _ = userTree.value.(map[string]any)
	after.Context, _ = contextTree.value.(map[string]any)
	changed := p.part("user", diff(tree{before.User, before.Order}, userTree))
	changed = p.part("context", diff(tree{before.Context, before.Order}, contextTree)) || changed
	if !changed {
		p.line("\n" + p.faint("user and context are unchanged"))
	}
	if o.Decision != ferrule.Allowed {
		return nil
	}
	tokens := o.Tokens()
	return p.tokens(&tokens, before)
}

func read(data []byte) (tree, error) {
	value, order, err := jsondoc.Decode(data)
	return tree{value, order}, err
}

// part writes the changes of one tree; false when there are none.
func (p *printer) part(title string, changes []change) bool {
	if len(changes) == 0 {
		return false
	}
	p.section(title)
	for _, c := range changes {
		p.change(c)
	}
	return true
}

func (p *printer) change(c change) {
	path := oneLine(c.path)
	if path != "" {
		path += "  "
	}
	room := p.room(4 + columnsOf(path))
	value := func(t *tree, columns int) string { return clip(oneLine(t.text()), columns) }
	switch {
	case c.before == nil:
		p.line("  ", p.good("+ "+path+value(c.after, room)))
	case c.after == nil:
		p.line("  ", p.bad("- "+path+value(c.before, room)))
	default:
		before, after := value(c.before, p.room(8)), value(c.after, p.room(8))
		if columnsOf(before)+columnsOf(after)+4 <= min(room, 100) {
			p.line("  ", p.warn("~ "+path), p.bad(before), " → ", p.good(after))
			return
		}
		p.line("  ", p.warn("~ "+path))
		p.line("      ", p.bad("- "+before))
		p.line("      ", p.good("+ "+after))
	}
}

// tokens writes what rules changed in the tokens, and what they set in vain.
func (p *printer) tokens(after *ferrule.Tokens, login ferrule.Input) error {
	before, failure := runtime.EffectiveTokens(runtime.TokenInput{User: login.User, Context: login.Context, Order: login.Order})
	if failure != nil {
		before = ferrule.Tokens{}
	}
	from, err := tokenTree(&before)
	if err != nil {
		return err
	}
	to, err := tokenTree(after)
	if err != nil {
		return err
	}
	changes := diff(from, to)
	if len(changes) == 0 && len(after.Dropped) == 0 {
		p.line("\n" + p.faint("tokens are unchanged"))
		return nil
	}
	p.section("tokens")
	for _, c := range changes {
		p.change(c)
	}
	for _, d := range after.Dropped {
		name := d.Token
		if d.Claim != "" {
			name = memberPath(d.Token, d.Claim)
		}
		p.line("  ", p.warn("! "+oneLine(name)), " is dropped: ", string(d.Reason))
	}
	return nil
}

// tokenTree is the JSON form of tokens without the list of dropped claims.
func tokenTree(tokens *ferrule.Tokens) (tree, error) {
	data, err := tokens.AppendJSON(nil)
	if err != nil {
		return tree{}, err
	}
	t, err := read(data)
	if object, ok := t.value.(map[string]any); ok {
		delete(object, "dropped")
	}
	return t, err
}

// indent lays the further lines of a text under its first one.
func indent(s string) string { return strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", "\n    ") }

func columnsOf(s string) int { return text.StringWidthWithoutEscSequences(s) }

func padRight(s string, columns int) string {
	return s + strings.Repeat(" ", max(0, columns-columnsOf(s)))
}
