package jsvalue

import "unsafe"

// SameObject reports whether two maps are the same one. Two nil maps are.
func SameObject(a, b map[string]any) bool { return Identity(a) == Identity(b) }

// Identity is what tells one map from another for as long as it lives. A map is a pointer;
// reflect says so, too, at many times the cost.
func Identity[M ~map[K]V, K comparable, V any](m M) uintptr {
	return uintptr(*(*unsafe.Pointer)(unsafe.Pointer(&m)))
}
