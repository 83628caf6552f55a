package main

import (
	"time"

	"github.com/jedib0t/go-pretty/v6/progress"
	"github.com/jedib0t/go-pretty/v6/text"
)

// barDelay is how long a case file must take before a progress bar appears.
const barDelay = 400 * time.Millisecond

// progressBar shows on standard error how far work is that may be long. A nil one shows
// nothing.
type progressBar struct {
	out     *terminal
	start   time.Time
	writer  progress.Writer
	tracker *progress.Tracker
	word    string // what is counted
	units   progress.Units
	count   int
	done    int64
	size    int64 // what done is at the end; 0 when unknown
}

// newProgress is a bar of so many things, each of which is added by itself. It is there only
// when standard error is a terminal.
func newProgress(c *command, word string, size int) *progressBar {
	if !c.err.isTerminal {
		return nil
	}
	return &progressBar{out: c.err, start: time.Now(), word: word, size: int64(size)}
}

// newLoginProgress is the bar of a case file, in bytes. It is there only when the results go
// elsewhere.
func newLoginProgress(c *command, size int64) *progressBar {
	if !c.err.isTerminal || c.out.isTerminal {
		return nil
	}
	return &progressBar{out: c.err, start: time.Now(), word: "login", units: progress.UnitsBytes, size: size}
}

// add counts one, which takes the work so far on.
func (p *progressBar) add(done int) {
	if p == nil {
		return
	}
	p.count++
	p.done += int64(done)
	if p.writer == nil {
		if time.Since(p.start) < barDelay {
			return
		}
		p.show()
	}
	p.tracker.UpdateMessage(plural(p.count, p.word))
	p.tracker.SetValue(p.done)
}

func (p *progressBar) show() {
	p.tracker = &progress.Tracker{Message: plural(p.count, p.word), Total: p.size, Units: p.units}
	if p.size > 0 {
		p.tracker.Total = p.size + 1 // the tracker must not end before the last result is written
	}
	p.writer = progress.NewWriter()
	p.writer.SetOutputWriter(p.out)
	p.writer.SetUpdateFrequency(100 * time.Millisecond)
	p.writer.SetMessageLength(18)
	p.writer.SetTrackerLength(30)
	p.writer.SetTrackerPosition(progress.PositionRight)
	p.writer.SetTerminalWidth(p.out.columns)
	style := progress.StyleBlocks
	if p.out.colour {
		style.Colors = progress.StyleColors{Message: text.Colors{text.FgCyan}, Tracker: text.Colors{text.FgGreen}}
	}
	style.Visibility = progress.StyleVisibility{ETA: p.size > 0, Percentage: p.size > 0, Tracker: true, Value: true}
	style.Options.PercentFormat = "%3.0f%%"
	p.writer.SetStyle(style)
	p.writer.AppendTracker(p.tracker)
	go p.writer.Render()
}

// log writes a line above the bar; false when there is no bar.
func (p *progressBar) log(line string) bool {
	if p == nil || p.writer == nil {
		return false
	}
	p.writer.Log("%s", line)
	return true
}

// end leaves the bar's last line behind.
func (p *progressBar) end(complete bool) {
	if p == nil || p.writer == nil {
		return
	}
	p.tracker.UpdateMessage(plural(p.count, p.word))
	if complete {
		p.tracker.MarkAsDone()
	} else {
		p.tracker.MarkAsErrored()
	}
	p.writer.Stop()
	for p.writer.IsRenderInProgress() {
		time.Sleep(time.Millisecond)
	}
	p.writer = nil
}
