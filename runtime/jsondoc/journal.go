package jsondoc

// Journal tells what was written to the objects of a tree, in order.
type Journal interface {
	// Writes is how many there are.
	Writes() int
	// Write is one of them.
	Write(i int) Write
	// Order is the key order as it is by now.
	Order() *Order
}

// Write is one write to a property of an object.
type Write struct {
	Object map[string]any // nil: it was something else that changed
	Key    string
	Added  bool // the object did not have the property
	// Removed says that it has it no longer, after Added if both are set.
	Removed bool
	// Arranged says that the object was given another order of its keys, in place of Key.
	Arranged bool
}
