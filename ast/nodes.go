package ast

import "github.com/ferrule-rules/ferrule/ast/source"

// The list of all nodes and what each may stand for.

func (n *Ident) Span() source.Span          { return n.At }
func (n *This) Span() source.Span           { return n.At }
func (n *Super) Span() source.Span          { return n.At }
func (n *Null) Span() source.Span           { return n.At }
func (n *Bool) Span() source.Span           { return n.At }
func (n *Number) Span() source.Span         { return n.At }
func (n *BigInt) Span() source.Span         { return n.At }
func (n *String) Span() source.Span         { return n.At }
func (n *RegExp) Span() source.Span         { return n.At }
func (n *Template) Span() source.Span       { return n.At }
func (n *TaggedTemplate) Span() source.Span { return n.At }
func (n *Array) Span() source.Span          { return n.At }
func (n *Object) Span() source.Span         { return n.At }
func (n *Prop) Span() source.Span           { return n.At }
func (n *Spread) Span() source.Span         { return n.At }
func (n *Function) Span() source.Span       { return n.At }
func (n *Arrow) Span() source.Span          { return n.At }
func (n *Params) Span() source.Span         { return n.At }
func (n *Class) Span() source.Span          { return n.At }
func (n *Method) Span() source.Span         { return n.At }
func (n *Field) Span() source.Span          { return n.At }
func (n *StaticBlock) Span() source.Span    { return n.At }
func (n *PrivateName) Span() source.Span    { return n.At }
func (n *Member) Span() source.Span         { return n.At }
func (n *Index) Span() source.Span          { return n.At }
func (n *PrivateMember) Span() source.Span  { return n.At }
func (n *PrivateIn) Span() source.Span      { return n.At }
func (n *Chain) Span() source.Span          { return n.At }
func (n *Call) Span() source.Span           { return n.At }
func (n *New) Span() source.Span            { return n.At }
func (n *NewTarget) Span() source.Span      { return n.At }
func (n *Unary) Span() source.Span          { return n.At }
func (n *Update) Span() source.Span         { return n.At }
func (n *Binary) Span() source.Span         { return n.At }
func (n *Logical) Span() source.Span        { return n.At }
func (n *Conditional) Span() source.Span    { return n.At }
func (n *Assign) Span() source.Span         { return n.At }
func (n *Sequence) Span() source.Span       { return n.At }
func (n *Await) Span() source.Span          { return n.At }
func (n *Yield) Span() source.Span          { return n.At }
func (n *Binding) Span() source.Span        { return n.At }
func (n *ArrayPattern) Span() source.Span   { return n.At }
func (n *ObjectPattern) Span() source.Span  { return n.At }
func (n *PatternProp) Span() source.Span    { return n.At }
func (n *Var) Span() source.Span            { return n.At }
func (n *FunctionDecl) Span() source.Span   { return n.At }
func (n *ClassDecl) Span() source.Span      { return n.At }
func (n *Directive) Span() source.Span      { return n.At }
func (n *ExprStmt) Span() source.Span       { return n.At }
func (n *Block) Span() source.Span          { return n.At }
func (n *Empty) Span() source.Span          { return n.At }
func (n *If) Span() source.Span             { return n.At }
func (n *For) Span() source.Span            { return n.At }
func (n *ForIn) Span() source.Span          { return n.At }
func (n *ForOf) Span() source.Span          { return n.At }
func (n *While) Span() source.Span          { return n.At }
func (n *DoWhile) Span() source.Span        { return n.At }
func (n *Return) Span() source.Span         { return n.At }
func (n *Break) Span() source.Span          { return n.At }
func (n *Continue) Span() source.Span       { return n.At }
func (n *Throw) Span() source.Span          { return n.At }
func (n *Try) Span() source.Span            { return n.At }
func (n *Switch) Span() source.Span         { return n.At }
func (n *Case) Span() source.Span           { return n.At }
func (n *Labelled) Span() source.Span       { return n.At }
func (n *With) Span() source.Span           { return n.At }
func (n *Debugger) Span() source.Span       { return n.At }

func (*Ident) node()          {}
func (*This) node()           {}
func (*Super) node()          {}
func (*Null) node()           {}
func (*Bool) node()           {}
func (*Number) node()         {}
func (*BigInt) node()         {}
func (*String) node()         {}
func (*RegExp) node()         {}
func (*Template) node()       {}
func (*TaggedTemplate) node() {}
func (*Array) node()          {}
func (*Object) node()         {}
func (*Prop) node()           {}
func (*Spread) node()         {}
func (*Function) node()       {}
func (*Arrow) node()          {}
func (*Params) node()         {}
func (*Class) node()          {}
func (*Method) node()         {}
func (*Field) node()          {}
func (*StaticBlock) node()    {}
func (*PrivateName) node()    {}
func (*Member) node()         {}
func (*Index) node()          {}
func (*PrivateMember) node()  {}
func (*PrivateIn) node()      {}
func (*Chain) node()          {}
func (*Call) node()           {}
func (*New) node()            {}
func (*NewTarget) node()      {}
func (*Unary) node()          {}
func (*Update) node()         {}
func (*Binary) node()         {}
func (*Logical) node()        {}
func (*Conditional) node()    {}
func (*Assign) node()         {}
func (*Sequence) node()       {}
func (*Await) node()          {}
func (*Yield) node()          {}
func (*Binding) node()        {}
func (*ArrayPattern) node()   {}
func (*ObjectPattern) node()  {}
func (*PatternProp) node()    {}
func (*Var) node()            {}
func (*FunctionDecl) node()   {}
func (*ClassDecl) node()      {}
func (*Directive) node()      {}
func (*ExprStmt) node()       {}
func (*Block) node()          {}
func (*Empty) node()          {}
func (*If) node()             {}
func (*For) node()            {}
func (*ForIn) node()          {}
func (*ForOf) node()          {}
func (*While) node()          {}
func (*DoWhile) node()        {}
func (*Return) node()         {}
func (*Break) node()          {}
func (*Continue) node()       {}
func (*Throw) node()          {}
func (*Try) node()            {}
func (*Switch) node()         {}
func (*Case) node()           {}
func (*Labelled) node()       {}
func (*With) node()           {}
func (*Debugger) node()       {}

func (*Ident) expr()          {}
func (*This) expr()           {}
func (*Super) expr()          {}
func (*Null) expr()           {}
func (*Bool) expr()           {}
func (*Number) expr()         {}
func (*BigInt) expr()         {}
func (*String) expr()         {}
func (*RegExp) expr()         {}
func (*Template) expr()       {}
func (*TaggedTemplate) expr() {}
func (*Array) expr()          {}
func (*Object) expr()         {}
func (*Spread) expr()         {}
func (*Function) expr()       {}
func (*Arrow) expr()          {}
func (*Class) expr()          {}
func (*PrivateName) expr()    {}
func (*Member) expr()         {}
func (*Index) expr()          {}
func (*PrivateMember) expr()  {}
func (*PrivateIn) expr()      {}
func (*Chain) expr()          {}
func (*Call) expr()           {}
func (*New) expr()            {}
func (*NewTarget) expr()      {}
func (*Unary) expr()          {}
func (*Update) expr()         {}
func (*Binary) expr()         {}
func (*Logical) expr()        {}
func (*Conditional) expr()    {}
func (*Assign) expr()         {}
func (*Sequence) expr()       {}
func (*Await) expr()          {}
func (*Yield) expr()          {}

func (*Var) stmt()          {}
func (*FunctionDecl) stmt() {}
func (*ClassDecl) stmt()    {}
func (*Directive) stmt()    {}
func (*ExprStmt) stmt()     {}
func (*Block) stmt()        {}
func (*Empty) stmt()        {}
func (*If) stmt()           {}
func (*For) stmt()          {}
func (*ForIn) stmt()        {}
func (*ForOf) stmt()        {}
func (*While) stmt()        {}
func (*DoWhile) stmt()      {}
func (*Return) stmt()       {}
func (*Break) stmt()        {}
func (*Continue) stmt()     {}
func (*Throw) stmt()        {}
func (*Try) stmt()          {}
func (*Switch) stmt()       {}
func (*Labelled) stmt()     {}
func (*With) stmt()         {}
func (*Debugger) stmt()     {}

func (*Ident) pattern()         {}
func (*ArrayPattern) pattern()  {}
func (*ObjectPattern) pattern() {}
func (*Member) pattern()        {}
func (*Index) pattern()         {}
func (*PrivateMember) pattern() {}

func (*Prop) property()   {}
func (*Method) property() {}
func (*Spread) property() {}

func (*Method) classMember()      {}
func (*Field) classMember()       {}
func (*StaticBlock) classMember() {}
