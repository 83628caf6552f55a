package main
import ("fmt";"github.com/dop251/goja";"github.com/evanw/esbuild/pkg/api")
func main(){ 
 src:="class A { m(){ return (async () => [this.x, arguments.length, new.target])() } }\nvar q = function(){ return [1].map(x => arguments) };\nvar z = async (a, {b}, ...c) => { await 1; return () => this };"
 r:=api.Transform(src,api.TransformOptions{Target:api.ESNext,Supported:map[string]bool{"arrow":false},Sourcemap:api.SourceMapInline})
 fmt.Println(string(r.Code), r.Errors)
 for _,src:=range []string{
 `(function(){ arguments; var f=() => Math.max.apply(this, arguments); return f() })(1,2)`,
 `(function(){ return (() => (arguments,arguments).length)() })(1,2)`,
 }{ vm:=goja.New(); v,err:=vm.RunString(src); fmt.Println(src,"=>",v,err) } }
