package runtime

// FastPaths is a set of ways to run a pipeline faster. None of them changes an answer, so
// they are on unless [Options].Without turns them off: for tests, and to see what each gives.
type FastPaths uint8

const (
	// Kernels compute canonical expressions in Go instead of by their text.
	Kernels FastPaths = 1 << iota
	// GuardIndex passes over rules that a constant of the login sends away at once.
	GuardIndex
	// Projection reads of a login's JSON text only what the rules need.
	Projection
)

// Has reports whether all of one are among f.
func (f FastPaths) Has(one FastPaths) bool { return f&one == one }
