// Package exprlib binds the library's functions to expr: it makes Go functions of the types
// that expr's machine calls without reflection and without allocating.
//
// Such a function has no error result. It panics with the library's error instead, which
// expr's machine recovers and wraps. The package imports nothing of expr, keeps no state,
// and adds no meaning.
package exprlib
