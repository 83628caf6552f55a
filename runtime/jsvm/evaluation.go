package jsvm

import (
	"slices"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// evaluation is the first one of a package's module. What it adds to built-ins is state of the module,
// as the globals that it makes, and stays: bson's Map.Map, reflect-metadata's functions of Reflect, undici's dispatcher
// under a symbol of the global object. What it changes of built-ins is not, but for Error, where bluebird notes
// itself, and for the settings of core modules; nor is what others inherit.
type evaluation struct {
	p       *pristine
	globals []unistring.String // before
	changed []int              // by the run, before: of these objects nothing is the package's
	odd     []int
}

// firstUse runs the first evaluation of a package's module.
func (m *machine) firstUse(key string, evaluate func() goja.Value) goja.Value {
	p := m.pristine
	if p == nil || p.evaluated[key] {
		return evaluate()
	}
	e := &evaluation{p: p, globals: slices.Clone(p.objects[globalObject].innards.names().list()), changed: p.changedObjects()}
	for i := range p.odd {
		if p.odd[i].changed() {
			e.odd = append(e.odd, i)
		}
	}
	defer func(outer *evaluation) { m.evaluating = outer }(m.evaluating)
	m.evaluating = e
	exports := evaluate()
	e.keep()
	p.evaluated[key] = true
	return exports
}

// mayChange reports whether a package's module may change an object.
func (e *evaluation) mayChange(at int) bool {
	return e != nil && slices.Contains(e.p.ofModules, at) && !slices.Contains(e.changed, at)
}

// mayAdd reports whether a definition adds a property to an object.
func (e *evaluation) mayAdd(at int, key goja.Value) bool {
	if e == nil || slices.Contains(e.changed, at) || e.p.objects[at].elements != nil {
		return false
	}
	o := &e.p.objects[at]
	switch key := key.(type) {
	case *goja.Symbol:
		return !o.hasSymbol(key)
	case goja.String:
		_, has := o.values()[unistring.NewFromString(key.String())]
		return !has
	}
	return false
}

// keep takes what the evaluation has left for the module's. What it leads to is not looked at.
func (e *evaluation) keep() {
	p := e.p
	for at := range p.objects {
		if slices.Contains(e.changed, at) {
			continue
		}
		switch {
		case at == globalObject:
			p.keepGlobalSymbols()
		case e.mayChange(at) && p.changedIn(at) != "", p.hasMore(at) && !p.isPrototype(at):
			p.take(at, p.own(at))
		}
	}
	for i := range p.odd {
		if !slices.Contains(e.odd, i) {
			p.odd[i].want = p.odd[i].object.Get(p.odd[i].name)
		}
	}
	p.keepGlobals(e.globals)
}

// changedObjects are those that are not what they were. Names that the global object has got do not count.
func (p *pristine) changedObjects() (changed []int) {
	for at := range p.objects {
		if at == globalObject {
			if o := &p.objects[at]; o.innards.symbols() != o.symbolsAt || stateOfSymbols(o.symbolsAt) != o.symbols {
				changed = append(changed, at)
			}
		} else if p.changedIn(at) != "" {
			changed = append(changed, at)
		}
	}
	return changed
}

// hasMore reports whether an object has got properties, and is what it was but for them.
func (p *pristine) hasMore(at int) bool {
	o := &p.objects[at]
	if o.innards.names() == o.names && o.innards.symbols() == o.symbolsAt && stateOfSymbols(o.symbolsAt) == o.symbols {
		return false
	}
	was, now := o.names.list(), o.innards.names().list()
	if len(now) < len(was) || !slices.Equal(now[:len(was)], was) || !p.hasMoreSymbols(at) {
		return false
	}
	names, symbols, symbolsAt := o.names, o.symbols, o.symbolsAt
	o.names, o.symbolsAt = o.mark(), o.innards.symbols()
	o.symbols = stateOfSymbols(o.symbolsAt)
	p.replace(at)
	changed := p.changedIn(at)
	o.names, o.symbols, o.symbolsAt = names, symbols, symbolsAt
	return changed == ""
}

// isPrototype reports whether other objects inherit from one, or those that a constructor makes do.
func (p *pristine) isPrototype(at int) bool {
	object := p.objects[at].object
	for i := range p.objects {
		if p.objects[i].prototype == object {
			return true
		}
	}
	for i := range p.owners {
		if p.owners[i].name != "prototype" {
			continue
		}
		held := p.slots[i].want
		if property, ok := propertyIn(held); ok {
			held = *property.value()
		}
		if held == goja.Value(object) {
			return true
		}
	}
	return false
}

// hasMoreSymbols reports whether an object still has the symbols that it had, first.
func (p *pristine) hasMoreSymbols(at int) bool {
	o := &p.objects[at]
	now := o.symbolSlots()
	for i, end := p.slotsOf(at); i < end; i++ {
		if p.owners[i].object != at || p.owners[i].kind != slotOfSymbol {
			continue
		}
		if len(now) == 0 || now[0] != p.slots[i].at {
			return false
		}
		now = now[1:]
	}
	return true
}

// keepGlobalSymbols makes the symbols that the global object has got belong to it.
func (p *pristine) keepGlobalSymbols() {
	o := &p.objects[globalObject]
	symbols := o.innards.symbols()
	if stateOfSymbols(symbols) == o.symbols || !p.hasMoreSymbols(globalObject) {
		return
	}
	for _, place := range o.symbolSlots()[o.symbols.size:] {
		p.looks.note(globalObject, "", slotOfSymbol, place)
	}
	o.symbolsAt, o.symbols, o.more = symbols, stateOfSymbols(symbols), true
}
