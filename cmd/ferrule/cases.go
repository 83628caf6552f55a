package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	goruntime "runtime"
	"sync"
	"time"

	"github.com/ferrule-rules/ferrule"
)

const (
	// maxCaseBytes is how long a line of a case file may be.
	maxCaseBytes = 64 << 20
	// inFlightBytes is how much text of cases is held at once, a single longer line aside.
	inFlightBytes = 64 << 20
	// windowPerWorker is how many cases may wait for an earlier one to end.
	windowPerWorker = 16
)

// job is one case: a line, and what came of it once done is closed.
type job struct {
	number int
	line   []byte // nil when it was too long
	bytes  int    // of the line in the file
	done   chan struct{}

	result summaryRow
	json   []byte
	err    error
}

// counts is what a summary tells.
type counts struct {
	total   int
	of      map[ferrule.Decision]int
	reasons map[string]int // why logins were denied or failed
	more    int            // reasons that were not counted because there are too many
	took    time.Duration
}

// maxReasons bounds counts.reasons.
const maxReasons = 1000

// workers is how many logins of a case file run at once.
func (f *runFlags) workers() int {
	if f.jobs > 0 {
		return f.jobs
	}
	return goruntime.GOMAXPROCS(0)
}

// runCases runs the case file.
func (r *runner) runCases(ctx context.Context) error {
	var in io.Reader
	size := int64(0)
	r.caseName = stdinName
	if r.flags.cases == "-" {
		in = r.stdin
	} else {
		file, err := os.Open(r.flags.cases)
		if err != nil {
			return fileError("--cases", r.flags.cases, err)
		}
		defer file.Close()
		info, err := file.Stat()
		if err == nil && info.IsDir() {
			return fmt.Errorf("--cases: %s is a folder", r.flags.cases)
		}
		if err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
		in, r.caseName = file, r.flags.cases
	}
	r.progress = newLoginProgress(r.command, size)
	counts, err := r.stream(ctx, in)
	r.progress.end(err == nil)
	if !r.flags.json {
		r.summary(counts)
	}
	if err != nil {
		return err
	}
	if counts.of[ferrule.Denied]+counts.of[ferrule.Failed] > 0 {
		return errRefused
	}
	return nil
}

// stream reads cases and writes their results in the same order. Cases run on all
// workers; what is held at once does not depend on how many there are. Each result is
// written as soon as it and all before it are there.
func (r *runner) stream(ctx context.Context, in io.Reader) (*counts, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	workers := r.flags.workers()
	ordered := make(chan *job, workers*windowPerWorker)
	todo := make(chan *job, workers)
	held := newBudget(inFlightBytes)
	readErr := make(chan error, 1)
	go func() {
		defer close(ordered)
		defer close(todo)
		readErr <- readLines(in, func(number int, line []byte, size int) bool {
			if !held.take(ctx, size) {
				return false
			}
			j := &job{number: number, line: line, bytes: size, done: make(chan struct{})}
			return send(ctx, ordered, j) && send(ctx, todo, j)
		})
	}()
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for {
				select {
				case j, ok := <-todo:
					if !ok {
						return
					}
					r.work(ctx, j)
					close(j.done)
				case <-ctx.Done():
					return
				}
			}
		})
	}
	defer group.Wait()
	defer stop()

	all := &counts{of: map[ferrule.Decision]int{}, reasons: map[string]int{}}
	start := time.Now()
	defer func() { all.took = time.Since(start) }()
	for {
		j, ok := receive(ctx, ordered)
		if !ok {
			break
		}
		if err := r.write(all, j); err != nil {
			return all, err
		}
		held.give(j.bytes)
		r.progress.add(j.bytes)
	}
	if ctx.Err() != nil {
		return all, errInterrupted
	}
	if err := <-readErr; err != nil {
		return all, fileError("--cases", r.caseName, err)
	}
	return all, nil
}

func send(ctx context.Context, to chan<- *job, j *job) bool {
	select {
	case to <- j:
		return true
	case <-ctx.Done():
		return false
	}
}

// receive answers the next job once it is done; not ok at the end or when ctx ends.
func receive(ctx context.Context, from <-chan *job) (*job, bool) {
	select {
	case j, ok := <-from:
		if !ok {
			return nil, false
		}
		select {
		case <-j.done:
			return j, j.err == nil || !errors.Is(j.err, errInterrupted)
		case <-ctx.Done():
		}
	case <-ctx.Done():
	}
	return nil, false
}

// work runs a case and makes the text of its result.
func (r *runner) work(ctx context.Context, j *job) {
	var res result
	if j.line == nil {
		res = unreadable(fmt.Sprint(j.number), nil, nil,
			fmt.Sprintf("%s:%d: the line is longer than %d MB", r.caseName, j.number, maxCaseBytes>>20))
	} else if l, bad, ok := r.readCase(j.number, j.line); !ok {
		res = bad
	} else if res, j.err = r.decide(ctx, l); j.err != nil {
		return
	}
	j.line = nil
	j.result = rowOf(res)
	if r.flags.json {
		j.json, j.err = appendResult(nil, res)
		j.json = append(j.json, '\n')
	}
}

// write puts out a result and counts it.
func (r *runner) write(all *counts, j *job) error {
	if j.err != nil {
		return fmt.Errorf("%s:%d: cannot write the result as JSON: %w", r.caseName, j.number, j.err)
	}
	var err error
	if r.flags.json {
		_, err = r.out.Write(j.json)
	} else {
		err = r.writeRow(all.total == 0, j.result)
	}
	if err != nil {
		return fmt.Errorf("cannot write the results: %w", err)
	}
	all.add(j.result)
	return nil
}

func (c *counts) add(row summaryRow) {
	c.total++
	c.of[row.decision]++
	if row.reason == "" {
		return
	}
	if _, known := c.reasons[row.reason]; known || len(c.reasons) < maxReasons {
		c.reasons[row.reason]++
	} else {
		c.more++
	}
}

// readLines calls each for every line that is not blank, until it answers false. A
// line longer than maxCaseBytes is nil. size is what the line takes in the file,
// blank lines before it included.
func readLines(in io.Reader, each func(number int, line []byte, size int) bool) error {
	buffered := bufio.NewReaderSize(in, 64<<10)
	skipped := 0
	for number := 1; ; number++ {
		line, size, err := readLine(buffered)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if number == 1 {
			line = withoutBOM(line)
		}
		switch {
		case line != nil && len(bytes.TrimSpace(line)) == 0:
			skipped += size
		case !each(number, line, size+skipped):
			return nil
		default:
			skipped = 0
		}
		if err != nil {
			return nil
		}
	}
}

// readLine reads to the next line feed. The line is never nil unless it is too long.
func readLine(in *bufio.Reader) (line []byte, size int, err error) {
	line = []byte{}
	for {
		part, err := in.ReadSlice('\n')
		size += len(part)
		if size > maxCaseBytes {
			line = nil
		}
		if line != nil {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, size, err
		}
	}
}

// budget bounds how much is held at once. Who asks for more than all of it waits
// until nothing else is held.
type budget struct {
	mu      sync.Mutex
	changed chan struct{} // closed when something was given back
	max     int
	used    int
}

func newBudget(limit int) *budget { return &budget{max: limit, changed: make(chan struct{})} }

// take waits for room; false when ctx ends before there is some.
func (b *budget) take(ctx context.Context, n int) bool {
	for {
		b.mu.Lock()
		if b.used == 0 || b.used+n <= b.max {
			b.used += n
			b.mu.Unlock()
			return true
		}
		changed := b.changed
		b.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}

func (b *budget) give(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.used -= n
	close(b.changed)
	b.changed = make(chan struct{})
}
