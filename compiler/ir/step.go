package ir

import "github.com/ferrule-rules/ferrule/ast/source"

// Rule is one compiled rule.
type Rule struct {
	Name   string
	Locals []string // every variable, in order of first appearance
	Steps  []Step
	// MutatesLists says that a step changes an array in place (Mutate, AddRole, a Set of an
	// index) that is not a variable's own new one: arrays of the login are then shared by
	// reference, as in JavaScript. Without it a step that meets such an array exits.
	MutatesLists bool
}

// Step is one thing that a rule does. The interface is sealed. Steps run in order; a
// rule whose steps end without Return has run to its end.
type Step interface {
	Span() source.Span
	step()
}

// Place is where a step writes: a property reached from a root or a variable.
//
//	context.idToken["role"]
//	out.name
type Place struct {
	At   source.Span
	Base Expr   // a *Root or *Local
	Keys []Expr // one or more for Set and Delete; none when Mutate changes the base itself
}

// Let gives a variable a value; a variable may get several, one after the other.
//
//	let roles = user.app_metadata.roles or []
type Let struct {
	At    source.Span
	Name  string
	Value Expr
}

// Set writes a property. It exits when the object to write to is null, undefined or no
// object, or when a key is one that a prototype or an array's length answers to.
//
//	set context.idToken.role = "admin"
type Set struct {
	At     source.Span
	Target Place
	Value  Expr
}

// Default is x.y = x.y || value, and if (!x.y) x.y = value: it writes only where the
// property is falsy. As x.y = x.y || value it also writes back what is there, which
// nobody can see.
//
//	default user.app_metadata = {}
type Default struct {
	At     source.Span
	Target Place
	Value  Expr
}

// Delete removes a property.
//
//	delete user.app_metadata.secret
type Delete struct {
	At     source.Span
	Target Place
}

// Mutate changes an array in place: push, pop, shift, unshift, splice, reverse, sort
// (without a function), fill; or a set or map that the rule made: add, set, delete, clear.
//
// A push whose answer nobody wants is an append; its arguments stand behind spaces.
//
//	append user.roles "admin" ...more
//	mutate list.splice(0, 1) -> removed
type Mutate struct {
	At     source.Span
	Method string
	Target Place
	Args   []Item
	Result string // variable that gets the method's answer; "" for none
}

// AddRole is the Mutate of a push that stands behind a test that the value is not there
// yet, as in: if (list.indexOf(r) < 0) list.push(r).
//
//	add "admin" to user.roles unless there
type AddRole struct {
	At     source.Span
	Target Place
	Value  Expr
}

// If chooses steps.
//
//	if cond { … } else if other { … } else { … }
type If struct {
	At   source.Span
	Cond Expr
	Then []Step
	Else []Step
}

// For runs its body for the items of an array as it grows or shrinks meanwhile
// (for-of, forEach, loops over an index). Item and Index are variables, set before each
// turn; each "" when not read. ForEach semantics: with Fixed, the length is read once
// before the first turn, and holes do not exist. In the text _ is an Item that is not read.
//
//	for l1: role in user.roles { … }
//	forEach l1: role, i in user.roles { … }
type For struct {
	At    source.Span
	Label string // unique in the rule; Leave and Next name it
	Item  string
	Index string
	List  Expr
	Fixed bool
	Body  []Step
}

// ForKeys runs its body for the own keys of an object, in JavaScript's order.
//
//	for l1: key k of user.app_metadata { … }
type ForKeys struct {
	At     source.Span
	Label  string
	Key    string // variable
	Object Expr   // null and undefined have no keys
	Body   []Step
}

// Count is a loop with a number: for (let i = from; i < to; i += step), whose variable is
// written by the loop only and whose bounds are read anew before each turn.
//
//	count l1: i from 0 while i < list.length by 1 { … }
type Count struct {
	At    source.Span
	Label string
	Name  string // variable
	From  Expr
	While Expr
	By    float64 // not 0
	Body  []Step
}

// Block is a piece of the rule that Leave can end: an inlined function, a switch, a
// labelled statement.
//
//	block b1 { … }
type Block struct {
	At    source.Span
	Label string // unique in the rule
	Body  []Step
}

// Leave goes on behind the block or loop of that label.
//
//	leave b1
type Leave struct {
	At    source.Span
	Label string
}

// Next goes on with the next turn of the loop of that label.
//
//	next l1
type Next struct {
	At    source.Span
	Label string
}

// Eval computes an expression only because it may exit.
//
//	eval user.app_metadata.plan
type Eval struct {
	At source.Span
	X  Expr
}

// Log writes a console line, formatted as util.format does.
//
//	log warn "no roles for" user.email ...more
type Log struct {
	At    source.Span
	Level string // log, info, warn, error, debug
	Args  []Item
}

// Pass is what success hands on in one of callback's places.
type Pass uint8

// What Done passes on.
const (
	Own     Pass = iota // the object that the rule was given
	Missing             // nothing, or undefined: the rule's own object is kept, with a warning
	Dropped             // null
)

// Done is the callback's success; falsy names a first argument other than null
// ("undefined", "false", "0", `""`), which is worth a warning; "" for null.
// Like every call of the callback it does not end the rule: Return does, and only the first
// call counts. A later one is a warning.
//
//	done
//	done user null
//	done context missing falsy "undefined"
type Done struct {
	At      source.Span
	User    Pass
	Context Pass
	Falsy   string
}

// Deny is callback(new UnauthorizedError(message)).
//
//	deny "Access denied."
type Deny struct {
	At      source.Span
	Message Expr // nil: called without a message
}

// Fail is every other truthy first argument of the callback.
//
//	fail Error "no roles" with {"code": "E1"}
//	fail value "text"
type Fail struct {
	At   source.Span
	Name string // the class: Error, TypeError, …, ValidationError; "" for a text, number or boolean
	// Message is the constructor's message; nil when there was none. With Name "" it is the value itself:
	// a string, a number or true.
	Message Expr
	// Fields are properties written to the error before it was handed over: code,
	// description, user_id, status_code, …, constants or computed texts.
	Fields []Field
}

// Persist is a call of auth0.users.updateAppMetadata or updateUserMetadata. The store is
// asked when the step is reached; Then runs at the end of the rule's synchronous steps, or
// right away when Await. A store that refuses exits: goja then gets the recorded refusal.
//
//	persist app user.user_id {"plan": "free"} then { … }
//	persist app user.user_id {"plan": "free"} callback { … }
//	persist app user.user_id {"plan": "free"} await
//	persist app user.user_id {"plan": "free"}
type Persist struct {
	At     source.Span
	Target string // app or user
	UserID Expr
	Values Expr
	Await  bool
	Then   []Step // with Await always empty: what follows is the continuation
	// Style says how the answer is waited for: then, callback, await, or none.
	Style string
}

// Return ends the rule's steps (those of Then of a Persist, when it stands there).
//
//	return
type Return struct{ At source.Span }

// Exit hands the rule over to goja.
//
//	exit call-not-pure "fetchRoles()"
type Exit struct {
	At   source.Span
	Code string // a code of ast/diag with severity exit
	Note string // what was not understood, in the user's own spelling
}

func (s *Let) Span() source.Span     { return s.At }
func (s *Set) Span() source.Span     { return s.At }
func (s *Default) Span() source.Span { return s.At }
func (s *Delete) Span() source.Span  { return s.At }
func (s *Mutate) Span() source.Span  { return s.At }
func (s *AddRole) Span() source.Span { return s.At }
func (s *If) Span() source.Span      { return s.At }
func (s *For) Span() source.Span     { return s.At }
func (s *ForKeys) Span() source.Span { return s.At }
func (s *Count) Span() source.Span   { return s.At }
func (s *Block) Span() source.Span   { return s.At }
func (s *Leave) Span() source.Span   { return s.At }
func (s *Next) Span() source.Span    { return s.At }
func (s *Eval) Span() source.Span    { return s.At }
func (s *Log) Span() source.Span     { return s.At }
func (s *Done) Span() source.Span    { return s.At }
func (s *Deny) Span() source.Span    { return s.At }
func (s *Fail) Span() source.Span    { return s.At }
func (s *Persist) Span() source.Span { return s.At }
func (s *Return) Span() source.Span  { return s.At }
func (s *Exit) Span() source.Span    { return s.At }

func (*Let) step()     {}
func (*Set) step()     {}
func (*Default) step() {}
func (*Delete) step()  {}
func (*Mutate) step()  {}
func (*AddRole) step() {}
func (*If) step()      {}
func (*For) step()     {}
func (*ForKeys) step() {}
func (*Count) step()   {}
func (*Block) step()   {}
func (*Leave) step()   {}
func (*Next) step()    {}
func (*Eval) step()    {}
func (*Log) step()     {}
func (*Done) step()    {}
func (*Deny) step()    {}
func (*Fail) step()    {}
func (*Persist) step() {}
func (*Return) step()  {}
func (*Exit) step()    {}
