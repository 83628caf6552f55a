package program

// Rule is one compiled rule. It is immutable and safe for concurrent use.
type Rule struct {
	Name   string
	File   string // the user's file
	Paths  []Path
	Locals []string // variables; all undefined at the start
	Exprs  []Expr
	Steps  []Step
	// MutatesLists says that arrays must be shared by reference: see steps.
	MutatesLists bool
	// Needs is all that the rule can read of user and context, if Projects says so; else it
	// may read anything. See NeedsText.
	Needs    string
	Projects bool
	// Guards say for which logins the rule does nothing. Each of them is enough by itself.
	Guards []Guard
}

// Guard says for which values of a property of context the rule does nothing but succeed, on
// user and context that are objects: for the texts of Values; with Except for undefined, null,
// and all texts but these.
type Guard struct {
	Key    string // of context
	Values []string
	Except bool
}

// Path is a chain of fixed properties that texts read as one variable.
type Path struct {
	Name string   // in the texts: user.app_metadata.plan; user or context for a root itself
	Root string   // user or context
	Keys []string // none for a root itself
}

// Pos is a place in the user's file: 1-based line and column, the column in bytes.
type Pos struct{ Line, Column int }

// Expr is one expression of a rule.
type Expr struct {
	Expr string // its text for expr
	CEL  string // its text for CEL
	// Test says that the text's value is a boolean that a condition needs: the texts hold
	// the test of truthiness.
	Test bool
	// Fresh says that an array the expression answers is referred to by nothing else, but
	// by *jsvalue.List values: it may become one.
	Fresh  bool
	Paths  []int // what the texts read, indexes of Rule.Paths
	Locals []int // indexes of Rule.Locals
	At     Pos
	// ExprMarks and CELMarks place parts of the texts in the user's file, by ascending
	// Offset (code points): a part ends where the next begins.
	ExprMarks []Mark
	CELMarks  []Mark
}

// Mark says that a text comes from At of the user's file, from Offset on.
type Mark struct {
	Offset int // code points
	At     Pos
}

// None is the number of no expression or no variable.
const None = -1

// Place is where a step writes: keys from a root or a variable.
type Place struct {
	Root  string // user or context; "" when Local counts
	Local int    // index of Rule.Locals
	Keys  []Key
}

// Key is one property of a Place: Name, or when Expr is not None the value of that expression.
type Key struct {
	Name string
	Expr int
}

// Arg is an argument; with Spread all items of the value.
type Arg struct {
	Expr   int
	Spread bool
}

// Field is a property that is set on an error.
type Field struct {
	Name  string
	Value int
}

// Step is one thing that a rule does; compiler/ir describes each. The interface is sealed.
type Step interface{ step() }

// The steps mirror those of compiler/ir. Numbers are indexes of Rule.Exprs and Rule.Locals;
// labels are the loops' and blocks' own.
type (
	// Let gives a variable a value.
	Let struct {
		At    Pos
		Local int
		Value int
	}
	// Set writes a property.
	Set struct {
		At     Pos
		Target Place
		Value  int
	}
	// Default writes a property that is falsy.
	Default struct {
		At     Pos
		Target Place
		Value  int
	}
	// Delete removes a property.
	Delete struct {
		At     Pos
		Target Place
	}
	// Mutate changes an array, set, map, date or URL in place.
	Mutate struct {
		At     Pos
		Method string
		Target Place
		Args   []Arg
		Result int // variable, or None
	}
	// AddUnless appends a value to an array that does not hold it yet (===).
	AddUnless struct {
		At     Pos
		Target Place
		Value  int
	}
	// If chooses steps.
	If struct {
		At   Pos
		Cond int
		Then []Step
		Else []Step
	}
	// For runs its body for the items of an array.
	For struct {
		At    Pos
		Label string
		Item  int // variable, or None
		Index int // variable, or None
		List  int
		Fixed bool
		Body  []Step
	}
	// ForKeys runs its body for the own keys of an object.
	ForKeys struct {
		At     Pos
		Label  string
		Key    int
		Object int
		Body   []Step
	}
	// Count is a loop with a number.
	Count struct {
		At    Pos
		Label string
		Local int
		From  int
		While int
		By    float64
		Body  []Step
	}
	// Block is what Leave can end.
	Block struct {
		At    Pos
		Label string
		Body  []Step
	}
	// Leave goes on behind a block or loop.
	Leave struct{ Label string }
	// Next goes on with a loop's next turn.
	Next struct{ Label string }
	// Eval computes an expression only because it may exit.
	Eval struct {
		At Pos
		X  int
	}
	// Log writes a console line.
	Log struct {
		At    Pos
		Level string
		Args  []Arg
	}
	// Done is the callback's success.
	Done struct {
		At      Pos
		User    Pass
		Context Pass
		Falsy   string
	}
	// Deny is UnauthorizedError.
	Deny struct {
		At      Pos
		Message int // or None
	}
	// Fail is any other error; see ir.Fail.
	Fail struct {
		At      Pos
		Name    string
		Message int // or None
		Fields  []Field
	}
	// Persist is a metadata write.
	Persist struct {
		At     Pos
		Target string
		UserID int
		Values int
		Await  bool
		Then   []Step
		Style  string
	}
	// Return ends the steps.
	Return struct{ At Pos }
	// Exit hands over to goja.
	Exit struct {
		At   Pos
		Code string
	}
)

// Pass is what success hands on: own, missing or dropped (null).
type Pass string

// The ways to pass on.
const (
	Own     Pass = ""
	Missing Pass = "missing"
	Dropped Pass = "dropped"
)

func (*Let) step()       {}
func (*Set) step()       {}
func (*Default) step()   {}
func (*Delete) step()    {}
func (*Mutate) step()    {}
func (*AddUnless) step() {}
func (*If) step()        {}
func (*For) step()       {}
func (*ForKeys) step()   {}
func (*Count) step()     {}
func (*Block) step()     {}
func (*Leave) step()     {}
func (*Next) step()      {}
func (*Eval) step()      {}
func (*Log) step()       {}
func (*Done) step()      {}
func (*Deny) step()      {}
func (*Fail) step()      {}
func (*Persist) step()   {}
func (*Return) step()    {}
func (*Exit) step()      {}
