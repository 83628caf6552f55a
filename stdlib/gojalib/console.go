package gojalib

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/inspect"
)

// Levels of console lines, by the method that wrote them.
const (
	levelLog   = "log" // log, dir, dirxml, table, group, count, timeLog, timeEnd
	levelInfo  = "info"
	levelWarn  = "warn"  // warn, assert
	levelError = "error" // error, trace
	levelDebug = "debug"
)

// maxGroupIndent bounds the columns that nested groups indent a line by; Node
// has no bound.
const maxGroupIndent = 200

// consoleNames are the methods in Node's order. Like Node's, this console has no
// method exception.
var consoleNames = []string{
	"log", "warn", "dir", "time", "timeEnd", "timeLog", "trace", "assert", "clear", "count", "countReset", "group",
	"groupEnd", "table", "debug", "info", "dirxml", "error", "groupCollapsed", "profile", "profileEnd", "timeStamp",
}

// NewConsole makes the global console of a VM. Each line that it prints goes to
// sink, whole and without a line end: level is "log", "info", "warn", "error" or
// "debug", text is what Node would write, group indentation included. env gives
// the time; timers advance with it, so within one turn of the event loop they
// show 0ms. Node's process warnings about unknown labels are not printed.
//
// Methods are made when a rule first asks for them, since most rules ask for one
// or none; a rule may replace, delete and add members. Symbol members cannot be
// set, and the object cannot be frozen.
func NewConsole(vm *goja.Runtime, env *Env, sink func(level, text string)) goja.Value {
	return vm.NewDynamicObject(&console{env: env, sink: sink, in: Inspector{vm: vm}})
}

// console is the object behind the global console: a goja.DynamicObject.
type console struct {
	env  *Env
	sink func(level, text string)
	in   Inspector

	members map[string]goja.Value // made or assigned so far
	changed bool                  // a member was assigned or deleted
	gone    map[string]bool       // methods deleted
	added   []string              // names that are not methods

	indent string
	counts map[string]int
	timers map[string]time.Time
}

// Get makes a method at its first use.
func (c *console) Get(name string) goja.Value {
	if v, ok := c.members[name]; ok {
		return v
	}
	if !c.isMethod(name) {
		return nil
	}
	v := c.in.function(name, func(call goja.FunctionCall) goja.Value {
		c.run(name, call.Arguments)
		return goja.Undefined()
	})
	c.put(name, v)
	return v
}

func (c *console) isMethod(name string) bool {
	return !c.gone[name] && slices.Contains(consoleNames, name)
}

func (c *console) put(name string, v goja.Value) {
	if c.members == nil {
		c.members = make(map[string]goja.Value, 2)
	}
	c.members[name] = v
}

// Set stores a member that the rule assigns.
func (c *console) Set(name string, v goja.Value) bool {
	if _, known := c.members[name]; !known && !c.isMethod(name) {
		c.added = append(c.added, name)
	}
	c.changed = true
	c.put(name, v)
	return true
}

// Has reports whether there is such a member.
func (c *console) Has(name string) bool {
	_, known := c.members[name]
	return known || c.isMethod(name)
}

// Delete removes a member.
func (c *console) Delete(name string) bool {
	c.changed = true
	delete(c.members, name)
	if i := slices.Index(c.added, name); i >= 0 {
		c.added = slices.Delete(c.added, i, i+1)
	} else if slices.Contains(consoleNames, name) {
		if c.gone == nil {
			c.gone = map[string]bool{}
		}
		c.gone[name] = true
	}
	return true
}

// Keys lists the members.
func (c *console) Keys() []string {
	names := make([]string, 0, len(consoleNames)+len(c.added))
	for _, name := range consoleNames {
		if !c.gone[name] {
			names = append(names, name)
		}
	}
	return append(names, c.added...)
}

// call runs a method as Node's methods call each other: through the object, so
// that a log function which the rule put there is used.
func (c *console) call(name string, args ...goja.Value) {
	if !c.changed {
		c.run(name, args)
		return
	}
	f, ok := goja.AssertFunction(c.Get(name))
	if !ok {
		panic(c.in.vm.NewTypeError("this.%s is not a function", name))
	}
	_, err := f(goja.Undefined(), args...)
	PassOn(err)
}

func (c *console) run(name string, args []goja.Value) {
	switch name {
	case "log", "dirxml":
		c.write(levelLog, c.in.Format(args...))
	case "info":
		c.write(levelInfo, c.in.Format(args...))
	case "debug":
		c.write(levelDebug, c.in.Format(args...))
	case "warn":
		c.write(levelWarn, c.in.Format(args...))
	case "error":
		c.write(levelError, c.in.Format(args...))
	case "dir":
		options := inspect.Options{NoCustomInspect: true}
		c.in.readOptions(argument(args, 1), &options)
		c.write(levelLog, c.in.Inspect(argument(args, 0), &options))
	case "trace":
		c.trace(args)
	case "assert":
		c.assert(args)
	case "group", "groupCollapsed":
		if len(args) > 0 {
			c.call("log", args...)
		}
		if len(c.indent) < maxGroupIndent {
			c.indent += "  "
		}
	case "groupEnd":
		c.indent = c.indent[:max(len(c.indent)-2, 0)]
	case "table":
		c.table(args)
	case "count", "countReset":
		c.count(name, argument(args, 0))
	case "time", "timeEnd", "timeLog":
		c.timer(name, args)
	}
}

func argument(args []goja.Value, i int) goja.Value {
	if i < len(args) {
		return args[i]
	}
	return goja.Undefined()
}

// write hands a line on, indented by the groups that are open.
func (c *console) write(level, text string) {
	if c.indent != "" {
		text = c.indent + strings.ReplaceAll(text, "\n", "\n"+c.indent)
	}
	c.sink(level, text)
}

// label is `${v}`, "default" for undefined.
func (c *console) label(v goja.Value) string {
	if goja.IsUndefined(v) {
		return "default"
	}
	return c.text(v)
}

// text is `${v}`.
func (c *console) text(v goja.Value) string {
	if _, ok := v.(*goja.Symbol); ok {
		panic(c.in.vm.NewTypeError("Cannot convert a Symbol value to a string"))
	}
	return v.String()
}

func (c *console) assert(args []goja.Value) {
	if argument(args, 0).ToBoolean() {
		return
	}
	text := "Assertion failed"
	rest := []goja.Value{nil}
	if len(args) > 1 {
		text += ": " + c.text(args[1])
		rest = slices.Clone(args[1:])
	}
	rest[0] = c.in.vm.ToValue(text)
	c.call("warn", rest...)
}

// trace prints its arguments like an error with the name Trace.
func (c *console) trace(args []goja.Value) {
	var b strings.Builder
	b.WriteString("Trace")
	if message := c.in.Format(args...); message != "" {
		b.WriteString(": " + message)
	}
	for i, frame := range c.in.vm.CaptureCallStack(0, nil) {
		if i == 0 && frame.SrcName() == "<native>" {
			continue // console.trace itself
		}
		place := "<anonymous>"
		if p := frame.Position(); p.Line > 0 {
			place = fmt.Sprintf("%s:%d:%d", frame.SrcName(), p.Line, p.Column)
		}
		if name := frame.FuncName(); name != "" && name != "<anonymous>" {
			place = name + " (" + place + ")"
		}
		b.WriteString("\n    at " + place)
	}
	c.call("error", c.in.vm.ToValue(b.String()))
}

func (c *console) table(args []goja.Value) {
	data := argument(args, 0)
	var columns []string
	if p := argument(args, 1); !goja.IsUndefined(p) {
		array, ok := p.(*goja.Object)
		if !ok || array.ClassName() != "Array" {
			panic(c.argumentError("properties", "an instance of Array", p))
		}
		columns = []string{}
		c.in.vm.ForOf(array, func(v goja.Value) bool {
			columns = append(columns, v.String())
			return true
		})
	}
	text, ok := inspect.Table(c.in.Value(data), columns)
	if !ok {
		c.call("log", data)
		return
	}
	c.call("log", c.in.vm.ToValue(text))
}

// argumentError is Node's ERR_INVALID_ARG_TYPE.
func (c *console) argumentError(name, want string, got goja.Value) *goja.Object {
	received := "an instance of " + c.in.Inspect(got, &inspect.Options{Depth: new(-1)})
	switch o := got.(type) {
	case *goja.Object:
		if f, ok := o.Get("constructor").(*goja.Object); ok {
			received = "an instance of " + f.Get("name").String()
		}
	default:
		received = c.in.Inspect(got, nil)
		if !goja.IsNull(got) {
			received = "type " + typeName(c.in.Value(got).Kind) + " (" + received + ")"
		}
	}
	e := c.in.vm.NewTypeError(`The "%s" argument must be %s. Received %s`, name, want, received)
	_ = e.Set("code", "ERR_INVALID_ARG_TYPE")
	return e
}

func typeName(k inspect.Kind) string {
	switch k {
	case inspect.KindBool:
		return "boolean"
	case inspect.KindNumber:
		return "number"
	case inspect.KindString:
		return "string"
	case inspect.KindBigInt:
		return "bigint"
	case inspect.KindSymbol:
		return "symbol"
	}
	return "undefined"
}
