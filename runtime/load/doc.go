// Package load runs pipelines that were compiled ahead of time. A service that imports it,
// and not the façade, links no compiler:
//
//	//go:embed pipeline.ferrule
//	var file []byte
//
//	loaded, err := load.Read(bytes.NewReader(file))
//	…
//	p, err := loaded.Open(load.Options{})
//	…
//	outcome, err := p.Run(ctx, runtime.Input{User: user, Context: login})
//
// What goes in is a file that `ferrule build` or the compiler wrote (package
// runtime/saved describes it); what comes out is a [Pipeline]. Only the texts of the
// chosen engine are compiled; the JavaScript of the rules is compiled when a login needs it
// for the first time.
//
// A program that was specialised by the configuration or by auth0.domain is used
// where these are what they were when it was made; elsewhere its rule runs in JavaScript.
//
// The package never reads rules' sources and links neither esbuild nor the compiler.
package load
