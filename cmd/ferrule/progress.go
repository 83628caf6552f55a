package main

import (
	"time"

	"github.com/jedib0t/go-pretty/v6/progress"
	"github.com/jedib0t/go-pretty/v6/text"
)

// barDelay is how long a case file must take before a progress bar appears.
const barDelay = 400 * time.Millisecond

// progressBar shows on standard error how far a case file is. It is there only when
// standard error is a terminal and the results go elsewhere. A nil one shows nothing.
type progressBar struct {
	out     *terminal
	start   time.Time
	writer  progress.Writer
	tracker *progress.Tracker
	logins  int
	bytes   int64
	size    int64 // of the file; 0 when unknown
}

func newProgress(c *command, size int64) *progressBar {
	if !c.err.isTerminal || c.out.isTerminal {
		return nil
	}
	return &progressBar{out: c.err, start: time.Now(), size: size}
}

// add counts a login that took so many bytes of the file.
func (p *progressBar) add(bytes int) {
	if p == nil {
		return
	}
	p.logins++
	p.bytes += int64(bytes)
	if p.writer == nil {
		if time.Since(p.start) < barDelay {
			return
		}
		p.show()
	}
	p.tracker.UpdateMessage(plural(p.logins, "login"))
	p.tracker.SetValue(p.bytes)
}

func (p *progressBar) show() {
	p.tracker = &progress.Tracker{Message: plural(p.logins, "login"), Total: p.size, Units: progress.UnitsBytes}
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
	p.tracker.UpdateMessage(plural(p.logins, "login"))
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
