package runtime

// FastPaths is a set of ways to run a pipeline faster. None of them changes an answer, so
// they are on unless [Options].Without turns them off: for tests, and to see what each gives.
type FastPaths uint16

const (
	// KernelTruth computes the truthiness of a property in Go: truthy(user.a).
	KernelTruth FastPaths = 1 << iota
	// KernelCompare compares with a text or a number: user.a == "b", user.a > 1.
	KernelCompare
	// KernelMember looks up in a list of texts: user.a in ["b", "c"].
	KernelMember
	// KernelText looks at texts without making new ones: user.a endsWith "b", toLowerCase,
	// split(user.a, "@")[1].
	KernelText
	// KernelLogic is !, &&, || and ?: of what is computed in Go.
	KernelLogic
	// KernelCall calls a function of the library with what is computed in Go.
	KernelCall
	// KernelLiteral makes arrays and objects: ["a"], {"a": user.a}.
	KernelLiteral
	// KernelLoop runs any, all, find, findIndex, filter, map and let.
	KernelLoop
	// GuardIndex passes over rules that a constant of the login sends away at once.
	GuardIndex
	// SwiftRuns take usual logins through compiled rules without a session's book-keeping.
	SwiftRuns
	// Projection reads of a login's JSON text only what the rules need.
	Projection
)

// Kernels compute what is canonical in an expression in Go instead of in the machine of its
// text's language. A text in which all is canonical needs no machine.
const Kernels = KernelTruth | KernelCompare | KernelMember | KernelText | KernelLogic | KernelCall | KernelLiteral | KernelLoop

// Has reports whether all of one are among f.
func (f FastPaths) Has(one FastPaths) bool { return f&one == one }
