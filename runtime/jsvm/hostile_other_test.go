//go:build !unix

package jsvm_test

func limitMemory() {}
