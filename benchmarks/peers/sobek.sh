#!/bin/sh
# sobek.sh: sobek.go from goja.go, since the two have the same interface.
set -e
{
	echo '// Code generated from goja.go by sobek.sh; DO NOT EDIT.'
	echo
	sed -e '/go:generate/d; /gojaWrapped/d; /gojaBareWrapped/d; s/dop251\/goja/grafana\/sobek/; s/Goja/Sobek/g; s/goja/sobek/g' goja.go
} | gofmt >sobek.go
