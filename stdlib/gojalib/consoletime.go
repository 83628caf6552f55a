package gojalib

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/dop251/goja"
)

// maxLabels bounds the counters and the timers of one console; labels beyond it
// are not remembered.
const maxLabels = 10_000

// count counts a label, or forgets it. As in Node countReset knows string labels only.
func (c *console) count(method string, v goja.Value) {
	if method == "countReset" {
		if _, ok := v.(goja.String); ok || goja.IsUndefined(v) {
			delete(c.counts, c.label(v))
		}
		return
	}
	label := c.label(v)
	if c.counts == nil {
		c.counts = map[string]int{}
	}
	n := c.counts[label] + 1
	if n > 1 || len(c.counts) < maxLabels {
		c.counts[label] = n
	}
	c.call("log", c.in.vm.ToValue(label+": "+strconv.Itoa(n)))
}

// timer starts a timer, or prints what it shows.
func (c *console) timer(method string, args []goja.Value) {
	label := c.label(argument(args, 0))
	start, running := c.timers[label]
	if method == "time" {
		if c.timers == nil {
			c.timers = map[string]time.Time{}
		}
		if !running && len(c.timers) < maxLabels {
			c.timers[label] = c.env.Now()
		}
		return
	}
	if !running {
		return
	}
	elapsed := c.env.Now().Sub(start)
	line := []goja.Value{
		c.in.vm.ToValue("%s: %s"), c.in.vm.ToValue(label),
		c.in.vm.ToValue(durationText(float64(elapsed.Nanoseconds()) / 1e6)),
	}
	if method == "timeLog" && len(args) > 1 {
		line = append(line, args[1:]...)
	}
	c.call("log", line...)
	if method == "timeEnd" {
		delete(c.timers, label)
	}
}

// durationText prints milliseconds as Node's timers do: 1.5ms, 2.000s, 1:02.000 (m:ss.mmm).
func durationText(ms float64) string {
	if ms < 1000 {
		rounded, _ := strconv.ParseFloat(strconv.FormatFloat(ms, 'f', 3, 64), 64)
		return strconv.FormatFloat(rounded, 'f', -1, 64) + "ms"
	}
	hours := math.Floor(ms / 3_600_000)
	ms = math.Mod(ms, 3_600_000)
	minutes := math.Floor(ms / 60_000)
	seconds := math.Mod(ms, 60_000) / 1000
	if hours == 0 && minutes == 0 {
		return strconv.FormatFloat(seconds, 'f', 3, 64) + "s"
	}
	whole, thousandths, _ := strings.Cut(strconv.FormatFloat(seconds, 'f', 3, 64), ".")
	if len(whole) < 2 {
		whole = "0" + whole
	}
	if hours != 0 {
		return fmt.Sprintf("%.0f:%02.0f:%s.%s (h:mm:ss.mmm)", hours, minutes, whole, thousandths)
	}
	return fmt.Sprintf("%.0f:%s.%s (m:ss.mmm)", minutes, whole, thousandths)
}
