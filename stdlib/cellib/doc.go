// Package cellib is the CEL library of Ferrule's rules: the functions of package stdlib,
// macros for JavaScript's array methods, and JavaScript's values as CEL values.
package cellib
