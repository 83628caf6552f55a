module github.com/ferrule-rules/ferrule/benchmarks

go 1.26.0

replace github.com/ferrule-rules/ferrule => ../
